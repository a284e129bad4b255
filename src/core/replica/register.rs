//! Registers: the shapes of their keys, their values, and the order that decides which of two registers wins.

use core::cmp::Ordering;

use crate::id::MemberId;
use crate::replica::{Key, Stamp};
use crate::team::chat::ChatKey;

/// The key of a register whose kind this version does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownKey {
    kind: u8,
    shape: Shape,
}

impl UnknownKey {
    /// Builds a key from the number of its kind. Bytes that its [`Shape`] does not need are dropped.
    pub(crate) fn new(kind: u8, first: [u8; 8], second: [u8; 8]) -> UnknownKey {
        UnknownKey { kind, shape: Shape::of(kind, first, second) }
    }

    /// The number of the kind, and the ids of the key.
    pub(crate) fn parts(self) -> (u8, Shape) {
        (self.kind, self.shape)
    }
}

/// The ids that a key consists of. They depend only on the number of the kind, so that future kinds can be decoded as
/// well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shape {
    /// One id. Kinds below 128.
    Id([u8; 8]),
    /// A chat. Kinds from 128 to 191.
    Chat(ChatKey),
    /// A chat and an id. Kinds from 192.
    ChatAnd(ChatKey, [u8; 8]),
}

impl Shape {
    /// The shape of a key of this kind. `first` is the id or the chat (see [`ChatKey::id`]). `second` is the id beside
    /// the chat, if the kind has one.
    pub fn of(kind: u8, first: [u8; 8], second: [u8; 8]) -> Shape {
        match kind {
            0..128 => Shape::Id(first),
            128..192 => Shape::Chat(ChatKey::of_id(first)),
            192.. => Shape::ChatAnd(ChatKey::of_id(first), second),
        }
    }

    /// The two arguments of [`Shape::of`]: the id or the chat, and the id beside the chat or zeroes.
    pub fn bytes(self) -> ([u8; 8], [u8; 8]) {
        match self {
            Shape::Id(id) => (id, [0; 8]),
            Shape::Chat(chat) => (chat.id(), [0; 8]),
            Shape::ChatAnd(chat, id) => (chat.id(), id),
        }
    }
}

// The replica uses only the number and the shape of a key. The kinds are declared in `team::kinds`.
impl Key {
    /// A 64-bit prefix in the same order as the keys. Few keys share a prefix, and comparing prefixes takes a fraction
    /// of the time when thousands of keys are sorted.
    pub(crate) fn sort_prefix(&self) -> u64 {
        let unknown = u64::from(matches!(self, Key::Unknown(_)));
        let (kind, shape) = self.parts();
        let name = match shape {
            Shape::Id(id) => u64::from_be_bytes(id),
            Shape::Chat(chat) => u64::from_be_bytes(chat.id()),
            // A chat has 40 bits. The zeroes after them are replaced by the first 24 bits of the id.
            Shape::ChatAnd(chat, id) => u64::from_be_bytes(chat.id()) | u64::from_be_bytes(id) >> 40,
        };
        unknown << 63 | u64::from(kind) << 55 | name >> 9
    }

    /// The same kind of key for another chat. A key that is not about a chat is returned unchanged.
    pub fn about(&self, chat: ChatKey) -> Key {
        match self.parts() {
            (_, Shape::Id(_)) => *self,
            (kind, shape) => Key::of_parts(kind, chat.id(), shape.bytes().1),
        }
    }

    /// The chat that the key is about, if any.
    pub fn chat(&self) -> Option<ChatKey> {
        match self.parts().1 {
            Shape::Id(_) => None,
            Shape::Chat(chat) | Shape::ChatAnd(chat, _) => Some(chat),
        }
    }
}

/// The value of a register. The derived order only decides between equal stamps, which no correct device creates.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Explicitly empty, for example the holder of a released chat.
    Nothing,
    /// A boolean.
    Flag(bool),
    /// A number.
    Number(u32),
    /// Text.
    Text(String),
    /// The member who holds a chat, and the reason of the hand-over. The reason is empty if the chat was claimed.
    Holder(MemberId, String),
    /// An id.
    Id([u8; 8]),
    /// A value of a later version of Baton.
    Unknown(Vec<u8>),
}

impl Value {
    /// Whether the value reads as if the register had never been written. Such a register is a tombstone. It is kept
    /// only to win against older registers that others may still publish.
    pub fn is_tombstone(&self) -> bool {
        match self {
            Value::Nothing | Value::Flag(false) => true,
            Value::Text(text) => text.is_empty(),
            Value::Flag(true) | Value::Number(_) | Value::Holder(..) | Value::Id(_) | Value::Unknown(_) => {
                false
            }
        }
    }

    /// Creates a text value.
    pub fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    /// The text, or an empty one if the value is of another type.
    pub fn as_text(&self) -> &str {
        if let Value::Text(text) = self { text } else { "" }
    }

    /// The number, if it is one.
    pub fn as_number(&self) -> Option<u32> {
        if let Value::Number(number) = self { Some(*number) } else { None }
    }

    /// Whether the value is a flag that is set.
    pub fn as_flag(&self) -> bool {
        *self == Value::Flag(true)
    }

    /// The id, if it is one.
    pub fn as_id(&self) -> Option<[u8; 8]> {
        if let Value::Id(id) = self { Some(*id) } else { None }
    }

    /// The tombstone that deletes this value.
    pub fn tombstone(&self) -> Value {
        if let Value::Flag(_) = self { Value::Flag(false) } else { Value::Nothing }
    }
}

/// A value and the stamp of the edit that wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register {
    /// The value.
    pub value: Value,
    /// The time and the device of the edit.
    pub stamp: Stamp,
}

impl Register {
    /// The order that decides which of two registers of one key wins.
    ///
    /// The later stamp wins. With equal tick and counter, a set flag wins against a cleared one, then the greater
    /// device id wins, and then the greater value, in case a faulty device used a stamp twice. This is a total order,
    /// so all replicas agree.
    pub fn precedence(&self, other: &Register) -> Ordering {
        fn rank(register: &Register) -> impl Ord + '_ {
            let Register { value, stamp } = register;
            (stamp.tick, stamp.counter, *value == Value::Flag(true), stamp.device, value)
        }
        rank(self).cmp(&rank(other))
    }
}

/// A change without a stamp.
pub type Edit = (Key, Value);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key() -> impl Strategy<Value = Key> {
        let id = || prop::array::uniform8(0..3u8);
        (any::<u8>(), id(), id()).prop_map(|(kind, first, second)| Key::of_parts(kind, first, second))
    }

    proptest! {
        #[test]
        fn sort_prefixes_are_in_the_order_of_the_keys(a in key(), b in key()) {
            let (x, y) = (a.sort_prefix(), b.sort_prefix());
            prop_assert!(x == y || x.cmp(&y) == a.cmp(&b));
        }
    }
}

//! Registers: their keys and their values.

use core::cmp::Ordering;

use crate::id::{DeviceId, FieldId, MemberId, ReplyId, TagId};
use crate::replica::Stamp;
use crate::team::chat::ChatKey;

/// The key of a register. Each fact has its own key, so that edits of two different facts never conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Text. A member exists once it has a name.
    MemberName(MemberId),
    /// Text, at most three characters.
    MemberInitials(MemberId),
    /// Number: an index into [`crate::team::tag::Colour::ALL`].
    MemberColour(MemberId),
    /// Text. A tag exists once it has a name and as long as it is not [`Key::TagGone`].
    TagName(TagId),
    /// Number: an index into [`crate::team::tag::Colour::ALL`].
    TagColour(TagId),
    /// Text: a fractional index; tags are listed by it.
    TagPlace(TagId),
    /// Flag.
    TagGone(TagId),
    /// Text. A reply exists once it has a title and as long as it is not [`Key::ReplyGone`].
    ReplyTitle(ReplyId),
    /// Text: the shortcut, which is typed after `;;`.
    ReplyShortcut(ReplyId),
    /// Text: the template that is inserted, with its `{fields}`.
    ReplyBody(ReplyId),
    /// Text: a fractional index; replies are listed by it.
    ReplyPlace(ReplyId),
    /// Flag.
    ReplyGone(ReplyId),
    /// Text: the name that a browser gives itself, and its version of Baton.
    DeviceAbout(DeviceId),
    /// Number: the last sequence number (seq) of its shard that counts. A retired device no longer publishes.
    DeviceRetired(DeviceId),
    /// A setting of the team's, by its name.
    Setting([u8; 8]),
    /// Text: the folder that a reply is kept in; none: at the top.
    ReplyFolder(ReplyId),
    /// Text: the tags, by id and parted by spaces, of the chats in which a reply is offered; none: in all.
    ReplyTags(ReplyId),
    /// Id: the member who owns a private reply. Nothing: the reply is the team's.
    ReplyOwner(ReplyId),
    /// Flag: whether a reply is archived. An archived reply is kept, but not offered.
    ReplyArchived(ReplyId),
    /// Id: the member at a browser.
    DeviceMember(DeviceId),
    /// Text: how often replies were used at a browser; see [`crate::uses::Totals`].
    DeviceUses(DeviceId),
    /// Text: the name of a team field. The field exists as long as it has a name.
    FieldName(FieldId),
    /// Text: the value of the field; several lines are choices.
    FieldValue(FieldId),
    /// Holder or nothing.
    ChatHolder(ChatKey),
    /// Number: [`crate::team::chat::State`]. Reserved: it is kept, merged and shown, and nothing writes it yet.
    ChatState(ChatKey),
    /// Text. Reserved, as [`Key::ChatState`] is.
    ChatNote(ChatKey),
    /// Number: the minute until which the chat may rest. Nothing: it does not. Reserved, as
    /// [`Key::ChatState`] is.
    ChatSnooze(ChatKey),
    /// Id: the chat's new key. A chat moves when WhatsApp reveals a more durable id for it.
    ChatMoved(ChatKey),
    /// Flag: whether the chat has the tag. Each pair has its own register, so concurrent tagging never loses a tag.
    ChatTag(ChatKey, TagId),
    /// A kind of a later version of Baton: kept, merged and published, but not interpreted.
    Later(Later),
}

/// The key of a register whose kind this version does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Later {
    kind: u8,
    first: [u8; 8],
    second: [u8; 8],
}

/// The ids that a key consists of. The number of the kind decides, so that future kinds can be decoded as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One id. Kinds below 128.
    Id([u8; 8]),
    /// A chat. Kinds from 128 to 191.
    Chat(ChatKey),
    /// A chat and an id. Kinds from 192.
    ChatAnd(ChatKey, [u8; 8]),
}

impl Key {
    /// The number of the kind, and the ids of the key.
    ///
    /// The number is part of the stored format: new kinds get new numbers, and 0 stays unused.
    pub fn parts(&self) -> (u8, Shape) {
        match *self {
            Key::MemberName(id) => (1, Shape::Id(id.0)),
            Key::MemberInitials(id) => (2, Shape::Id(id.0)),
            Key::MemberColour(id) => (3, Shape::Id(id.0)),
            Key::TagName(id) => (4, Shape::Id(id.0)),
            Key::TagColour(id) => (5, Shape::Id(id.0)),
            Key::TagPlace(id) => (6, Shape::Id(id.0)),
            Key::TagGone(id) => (7, Shape::Id(id.0)),
            Key::ReplyTitle(id) => (8, Shape::Id(id.0)),
            Key::ReplyShortcut(id) => (9, Shape::Id(id.0)),
            Key::ReplyBody(id) => (10, Shape::Id(id.0)),
            Key::ReplyPlace(id) => (11, Shape::Id(id.0)),
            Key::ReplyGone(id) => (12, Shape::Id(id.0)),
            Key::DeviceAbout(id) => (13, Shape::Id(id.0)),
            Key::DeviceRetired(id) => (14, Shape::Id(id.0)),
            Key::Setting(name) => (15, Shape::Id(name)),
            Key::ReplyFolder(id) => (16, Shape::Id(id.0)),
            Key::ReplyTags(id) => (17, Shape::Id(id.0)),
            Key::ReplyOwner(id) => (18, Shape::Id(id.0)),
            Key::ReplyArchived(id) => (19, Shape::Id(id.0)),
            Key::DeviceMember(id) => (20, Shape::Id(id.0)),
            Key::DeviceUses(id) => (21, Shape::Id(id.0)),
            Key::FieldName(id) => (22, Shape::Id(id.0)),
            Key::FieldValue(id) => (23, Shape::Id(id.0)),
            Key::ChatHolder(chat) => (128, Shape::Chat(chat)),
            Key::ChatState(chat) => (129, Shape::Chat(chat)),
            Key::ChatNote(chat) => (130, Shape::Chat(chat)),
            Key::ChatSnooze(chat) => (131, Shape::Chat(chat)),
            Key::ChatMoved(chat) => (132, Shape::Chat(chat)),
            Key::ChatTag(chat, tag) => (192, Shape::ChatAnd(chat, tag.0)),
            Key::Later(Later { kind, first, second }) => (
                kind,
                match kind {
                    0..128 => Shape::Id(first),
                    128..192 => Shape::Chat(ChatKey::of_id(first)),
                    192.. => Shape::ChatAnd(ChatKey::of_id(first), second),
                },
            ),
        }
    }

    /// A 64-bit prefix that sorts as the keys do. Few keys share one, and comparing prefixes takes a fraction of the
    /// time where thousands are sorted.
    pub(crate) fn sort_prefix(&self) -> u64 {
        let later = u64::from(matches!(self, Key::Later(_)));
        let (kind, shape) = self.parts();
        let name = match shape {
            Shape::Id(id) => u64::from_be_bytes(id),
            Shape::Chat(chat) => u64::from_be_bytes(chat.id()),
            // A chat has 40 bits. The first 24 bits of the id replace the zeroes behind them.
            Shape::ChatAnd(chat, id) => u64::from_be_bytes(chat.id()) | u64::from_be_bytes(id) >> 40,
        };
        later << 63 | u64::from(kind) << 55 | name >> 9
    }

    /// Builds a key from the number of its kind. `first` is the id or the chat (see [`ChatKey::id`]); `second` is the id
    /// beside the chat, where the kind has one.
    pub fn of_parts(kind: u8, first: [u8; 8], second: [u8; 8]) -> Key {
        match kind {
            1 => Key::MemberName(MemberId(first)),
            2 => Key::MemberInitials(MemberId(first)),
            3 => Key::MemberColour(MemberId(first)),
            4 => Key::TagName(TagId(first)),
            5 => Key::TagColour(TagId(first)),
            6 => Key::TagPlace(TagId(first)),
            7 => Key::TagGone(TagId(first)),
            8 => Key::ReplyTitle(ReplyId(first)),
            9 => Key::ReplyShortcut(ReplyId(first)),
            10 => Key::ReplyBody(ReplyId(first)),
            11 => Key::ReplyPlace(ReplyId(first)),
            12 => Key::ReplyGone(ReplyId(first)),
            13 => Key::DeviceAbout(DeviceId(first)),
            14 => Key::DeviceRetired(DeviceId(first)),
            15 => Key::Setting(first),
            16 => Key::ReplyFolder(ReplyId(first)),
            17 => Key::ReplyTags(ReplyId(first)),
            18 => Key::ReplyOwner(ReplyId(first)),
            19 => Key::ReplyArchived(ReplyId(first)),
            20 => Key::DeviceMember(DeviceId(first)),
            21 => Key::DeviceUses(DeviceId(first)),
            22 => Key::FieldName(FieldId(first)),
            23 => Key::FieldValue(FieldId(first)),
            128 => Key::ChatHolder(ChatKey::of_id(first)),
            129 => Key::ChatState(ChatKey::of_id(first)),
            130 => Key::ChatNote(ChatKey::of_id(first)),
            131 => Key::ChatSnooze(ChatKey::of_id(first)),
            132 => Key::ChatMoved(ChatKey::of_id(first)),
            192 => Key::ChatTag(ChatKey::of_id(first), TagId(second)),
            0 | 24..128 => Key::Later(Later { kind, first, second: [0; 8] }),
            133..192 => Key::Later(Later { kind, first: ChatKey::of_id(first).id(), second: [0; 8] }),
            193.. => Key::Later(Later { kind, first: ChatKey::of_id(first).id(), second }),
        }
    }

    /// The same kind of key for another chat. A key that is not about a chat is returned unchanged.
    pub fn about(&self, chat: ChatKey) -> Key {
        match self.parts() {
            (_, Shape::Id(_)) => *self,
            (kind, Shape::Chat(_)) => Key::of_parts(kind, chat.id(), [0; 8]),
            (kind, Shape::ChatAnd(_, second)) => Key::of_parts(kind, chat.id(), second),
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

/// The value of a register. The derived order decides only between equal stamps, which no correct device makes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Explicitly empty, such as the holder of a chat that nobody holds.
    Nothing,
    /// Yes or no.
    Flag(bool),
    /// A small number.
    Number(u32),
    /// Text.
    Text(String),
    /// The member who holds a chat, and why it was handed over (empty if it was claimed).
    Holder(MemberId, String),
    /// The id of something else.
    Id([u8; 8]),
    /// A value of a later version of Baton.
    Later(Vec<u8>),
}

impl Value {
    /// Whether the value reads as if the register had never been written. Such a register is a tombstone: it is kept
    /// only to win against older registers that others may still publish.
    pub fn is_absence(&self) -> bool {
        match self {
            Value::Nothing | Value::Flag(false) => true,
            Value::Text(text) => text.is_empty(),
            Value::Flag(true) | Value::Number(_) | Value::Holder(..) | Value::Id(_) | Value::Later(_) => {
                false
            }
        }
    }

    /// The tombstone that deletes this value.
    pub fn absence(&self) -> Value {
        if let Value::Flag(_) = self { Value::Flag(false) } else { Value::Nothing }
    }
}

/// A value and the stamp of the edit that wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register {
    /// The value.
    pub value: Value,
    /// When and by which device it was written.
    pub stamp: Stamp,
}

impl Register {
    /// The order in which registers of one key win.
    ///
    /// The later stamp wins. In the same tick and counter a raised flag beats a lowered one, then the greater device id
    /// wins, and then the greater value, in case a faulty device used a stamp twice. This is a total order, so all
    /// replicas agree.
    pub fn precedence(&self, other: &Register) -> Ordering {
        fn rank(register: &Register) -> impl Ord + '_ {
            let Register { value, stamp } = register;
            (stamp.tick, stamp.counter, *value == Value::Flag(true), stamp.device, value)
        }
        rank(self).cmp(&rank(other))
    }
}

/// A change that has no stamp yet.
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

    #[test]
    fn every_number_is_a_kind_and_reads_back() {
        for kind in 1..=u8::MAX {
            let key = Key::of_parts(kind, [1; 8], [2; 8]);
            let (number, shape) = key.parts();
            assert_eq!(number, kind);
            let (first, second) = match shape {
                Shape::Id(id) => (id, [0; 8]),
                Shape::Chat(chat) => (chat.id(), [0; 8]),
                Shape::ChatAnd(chat, id) => (chat.id(), id),
            };
            assert_eq!(Key::of_parts(kind, first, second), key);
        }
    }
}

//! What a register is called and what it can hold.

use core::cmp::Ordering;

use crate::chat::ChatKey;
use crate::id::{MemberId, ReplyId, TagId};
use crate::replica::Stamp;

/// Everything that is shared, one key a fact, so that two people who change two facts never meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Text. A member exists once it has a name.
    MemberName(MemberId),
    /// Text, at most three characters.
    MemberInitials(MemberId),
    /// Number: an index into [`crate::tag::Colour::ALL`].
    MemberColour(MemberId),
    /// Text. A tag exists once it has a name and as long as it is not [`Key::TagGone`].
    TagName(TagId),
    /// Number: an index into [`crate::tag::Colour::ALL`].
    TagColour(TagId),
    /// Text: a fractional index; tags are listed by it.
    TagPlace(TagId),
    /// Flag.
    TagGone(TagId),
    /// Text. A reply exists once it has a title and as long as it is not [`Key::ReplyGone`].
    ReplyTitle(ReplyId),
    /// Text: what is typed after `;;`.
    ReplyShortcut(ReplyId),
    /// Text: what is inserted, with its `{fields}`.
    ReplyBody(ReplyId),
    /// Text: a fractional index; replies are listed by it.
    ReplyPlace(ReplyId),
    /// Flag.
    ReplyGone(ReplyId),
    /// Flag: whether the chat wears the tag. One register a pair, so concurrent tagging never loses a tag.
    ChatTag(ChatKey, TagId),
    /// Holder or nothing.
    ChatHolder(ChatKey),
}

/// What a register holds. The derived order decides only between equal stamps, which no honest device makes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Written, and empty: nobody holds the chat.
    Nothing,
    /// Yes or no.
    Flag(bool),
    /// A small number.
    Number(u32),
    /// Text of a person's.
    Text(String),
    /// Who has a chat, and why it was handed over (empty when it was claimed).
    Holder(MemberId, String),
}

/// A value and the moment it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register {
    /// What was written.
    pub value: Value,
    /// When, and by which device.
    pub stamp: Stamp,
}

impl Register {
    /// The order in which registers of one key win.
    ///
    /// Later wins. Inside one moment a raised flag beats a lowered one, then the greater device id decides, and for
    /// stamps that a faulty device used twice, the greater value: a total order, so that all replicas agree.
    pub fn precedence(&self, other: &Register) -> Ordering {
        fn rank(register: &Register) -> impl Ord + '_ {
            let Register { value, stamp } = register;
            (stamp.tick, stamp.counter, *value == Value::Flag(true), stamp.device, value)
        }
        rank(self).cmp(&rank(other))
    }
}

/// A change that a person made and that has no stamp yet.
pub type Edit = (Key, Value);

//! Holders: the members that chats are assigned to.

use crate::id::MemberId;
use crate::replica::{Edit, Key, Minutes, Value};
use crate::team::Team;
use crate::team::chat::{Chat, ChatKey};

/// The holder of a chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The member who holds the chat.
    pub member: MemberId,
    /// The minute in which they got the chat.
    pub since: Minutes,
    /// The reason for the hand-over; empty if they claimed the chat.
    pub reason: String,
}

impl Holder {
    /// Reads the holder from a register that was written in the minute `since`.
    pub(super) fn of(value: &Value, since: Minutes) -> Option<Holder> {
        match value {
            Value::Holder(member, reason) => Some(Holder { member: *member, since, reason: reason.clone() }),
            _ => None,
        }
    }
}

impl Team {
    /// Returns the holder of a chat.
    pub fn holder_of(&self, chat: &ChatKey) -> Option<&Holder> {
        self.chats.get(chat)?.holder.as_ref()
    }

    /// Returns the chats that a member holds.
    pub fn held_by(&self, member: MemberId) -> impl Iterator<Item = ChatKey> + '_ {
        let held = move |chat: &Chat| chat.holder.as_ref().is_some_and(|holder| holder.member == member);
        self.chats.iter().filter(move |(_, chat)| held(chat)).map(|(key, _)| *key)
    }
}

/// Gives a chat to a member. A claim gives it to oneself without a reason; a hand-over gives it to a colleague, with or
/// without a reason.
pub fn give(chat: ChatKey, to: MemberId, reason: &str) -> Vec<Edit> {
    vec![(Key::ChatHolder(chat), Value::Holder(to, reason.trim().to_owned()))]
}

/// Releases a chat, so that it has no holder.
pub fn release(chat: ChatKey) -> Vec<Edit> {
    vec![(Key::ChatHolder(chat), Value::Nothing)]
}

//! Holders: who has a chat.

use crate::id::MemberId;
use crate::replica::{Edit, Key, Minutes, Value};
use crate::team::Team;
use crate::team::chat::{Chat, ChatKey};

/// Who has a chat, since when, and what they were told when it was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Who.
    pub member: MemberId,
    /// The minute in which they got it.
    pub since: Minutes,
    /// Why it was handed to them; empty when they claimed it.
    pub reason: String,
}

impl Holder {
    /// The holder that a register written in the minute `since` holds.
    pub(super) fn of(value: &Value, since: Minutes) -> Option<Holder> {
        match value {
            Value::Holder(member, reason) => Some(Holder { member: *member, since, reason: reason.clone() }),
            _ => None,
        }
    }
}

impl Team {
    /// Who has a chat.
    pub fn holder_of(&self, chat: &ChatKey) -> Option<&Holder> {
        self.chats.get(chat)?.holder.as_ref()
    }

    /// The chats a member has.
    pub fn held_by(&self, member: MemberId) -> impl Iterator<Item = ChatKey> + '_ {
        let held = move |chat: &Chat| chat.holder.as_ref().is_some_and(|holder| holder.member == member);
        self.chats.iter().filter(move |(_, chat)| held(chat)).map(|(key, _)| *key)
    }
}

/// Gives a chat to a member: oneself without a reason (a claim), or somebody else, perhaps with one (a hand-over).
pub fn give(chat: ChatKey, to: MemberId, reason: &str) -> Vec<Edit> {
    vec![(Key::ChatHolder(chat), Value::Holder(to, reason.trim().to_owned()))]
}

/// Releases a chat: nobody has it.
pub fn release(chat: ChatKey) -> Vec<Edit> {
    vec![(Key::ChatHolder(chat), Value::Nothing)]
}

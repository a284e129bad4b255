//! The domain model of a team, and the meaning of its registers.
//!
//! Each noun has a module, which holds its struct, the meaning of its registers, and the edits that change it.
//! [`kinds`] is the table of all registers.

pub mod chat;
pub mod describe;
pub mod device;
pub mod field;
pub mod holder;
pub mod hours;
pub mod kinds;
pub mod member;
mod place;
pub mod reply;
pub mod tag;

use crate::id::{DeviceId, FieldId, MemberId, ReplyId, TagId};
use crate::map::Map;
use crate::replica::{Document, Key, Minutes, Value};
use crate::team::chat::{Chat, ChatKey};
use crate::team::device::DeviceRegisters;
use crate::team::field::Field;
use crate::team::kinds::Thing;
use crate::team::member::MemberRegisters;
use crate::team::reply::ReplyRegisters;
use crate::team::tag::TagRegisters;

/// Members, tags, replies, and the state of every chat that has registers.
///
/// Applying a register again has no effect, so the team can follow a merge without being rebuilt.
#[derive(Clone, Debug, Default)]
pub struct Team {
    members: Map<MemberId, MemberRegisters>,
    tags: Map<TagId, TagRegisters>,
    replies: Map<ReplyId, ReplyRegisters>,
    chats: Map<ChatKey, Chat>,
    moved: Map<ChatKey, ChatKey>,
    devices: Map<DeviceId, DeviceRegisters>,
    fields: Map<FieldId, Field>,
    settings: Map<[u8; 8], Value>,
}

impl Team {
    /// Builds the team of a document.
    pub fn of(document: &Document) -> Team {
        let mut team = Team::default();
        for (key, register) in document.iter() {
            team.set(key, &register.value, register.stamp.tick);
        }
        team
    }

    /// Applies a register, written in the minute `at`. A value of the wrong type reads as empty.
    pub fn set(&mut self, key: &Key, value: &Value, at: Minutes) {
        match (key, key.thing()) {
            (Key::ChatMoved(from), _) => chat::set_moved(&mut self.moved, *from, value),
            (Key::DeviceRetired(_), _) | (_, None) => {}
            (_, Some(Thing::Member(id))) => self.members.entry(id).set(key, value),
            (_, Some(Thing::Tag(id))) => self.tags.entry(id).set(key, value),
            (_, Some(Thing::Reply(id))) => self.replies.entry(id).set(key, value),
            (_, Some(Thing::Device(id))) => self.devices.entry(id).set(key, value),
            (_, Some(Thing::Field(id))) => self.fields.entry(id).set(key, value),
            (_, Some(Thing::Chat(chat))) => self.chats.entry(chat).set(key, value, at),
            (_, Some(Thing::Setting(name))) => drop(self.settings.insert(name, value.clone())),
        }
    }

    /// Returns a setting of the team.
    pub fn setting(&self, name: &[u8; 8]) -> Option<&Value> {
        self.settings.get(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_of_the_wrong_kind_reads_as_empty() {
        let mut team = Team::default();
        team.set(&Key::TagName(TagId([1; 8])), &Value::Number(3), 0);
        team.set(&Key::ChatHolder(ChatKey([1; 5])), &Value::text("Ben"), 0);
        assert!(team.tags().is_empty());
        assert_eq!(team.holder_of(&ChatKey([1; 5])), None);
    }
}

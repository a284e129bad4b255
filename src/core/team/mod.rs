//! The team as people see it: what the registers mean.

pub mod chat;
pub mod holder;
pub mod hours;
pub mod kinds;
pub mod member;
pub mod reply;
pub mod settings;
pub mod tag;

use crate::id::{DeviceId, FieldId, MemberId, ReplyId, TagId};
use crate::map::Map;
use crate::replica::{Document, Key, Minutes, Value};
use crate::team::chat::{ChatKey, State};
use crate::team::holder::Holder;
use crate::team::member::{Member, initials};
use crate::team::reply::{Reply, tags_of_text};
use crate::team::tag::{Colour, Tag};

/// Members, tags, replies and the state of every chat anyone has touched.
///
/// It is fed one register at a time and can be fed the same one again, so it follows a merge without being rebuilt.
#[derive(Clone, Debug, Default)]
pub struct Team {
    members: Map<MemberId, MemberFacts>,
    tags: Map<TagId, TagFacts>,
    replies: Map<ReplyId, ReplyFacts>,
    chats: Map<ChatKey, Chat>,
    moved: Map<ChatKey, ChatKey>,
    devices: Map<DeviceId, DeviceFacts>,
    fields: Map<FieldId, Field>,
    settings: Map<[u8; 8], Value>,
}

/// What the team knows of a chat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chat {
    /// Who has it.
    pub holder: Option<Holder>,
    /// How far it has come.
    pub state: State,
    /// What colleagues should know.
    pub note: String,
    /// The minute until which it may rest.
    pub snoozed: Option<Minutes>,
    tags: Vec<TagId>,
}

#[derive(Clone, Debug, Default)]
struct MemberFacts {
    name: String,
    initials: String,
    colour: u32,
}

#[derive(Clone, Debug, Default)]
struct TagFacts {
    name: String,
    colour: u32,
    place: String,
    gone: bool,
}

#[derive(Clone, Debug, Default)]
struct ReplyFacts {
    title: String,
    shortcut: String,
    body: String,
    folder: String,
    tags: Vec<TagId>,
    owner: Option<MemberId>,
    archived: bool,
    place: String,
    gone: bool,
}

#[derive(Clone, Debug, Default)]
struct DeviceFacts {
    about: String,
    member: Option<MemberId>,
    uses: String,
}

/// A field of the team's, which `{its name}` in a reply is filled with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// What stands between the braces.
    pub name: String,
    /// What it is filled with; several lines are choices.
    pub value: String,
}

impl Team {
    /// The team that a document describes.
    pub fn of(document: &Document) -> Team {
        let mut team = Team::default();
        for (key, register) in document.iter() {
            team.set(key, &register.value, register.stamp.tick);
        }
        team
    }

    /// Takes in what a register holds, written in the minute `at`. A value of the wrong kind reads as empty.
    pub fn set(&mut self, key: &Key, value: &Value, at: Minutes) {
        let text = || if let Value::Text(text) = value { text.clone() } else { String::new() };
        let number = || if let Value::Number(number) = value { *number } else { 0 };
        let flag = *value == Value::Flag(true);
        let member = || if let Value::Id(id) = value { Some(MemberId(*id)) } else { None };
        match *key {
            Key::MemberName(id) => self.members.entry(id).name = text(),
            Key::MemberInitials(id) => self.members.entry(id).initials = text(),
            Key::MemberColour(id) => self.members.entry(id).colour = number(),
            Key::TagName(id) => self.tags.entry(id).name = text(),
            Key::TagColour(id) => self.tags.entry(id).colour = number(),
            Key::TagPlace(id) => self.tags.entry(id).place = text(),
            Key::TagGone(id) => self.tags.entry(id).gone = flag,
            Key::ReplyTitle(id) => self.replies.entry(id).title = text(),
            Key::ReplyShortcut(id) => self.replies.entry(id).shortcut = text(),
            Key::ReplyBody(id) => self.replies.entry(id).body = text(),
            Key::ReplyPlace(id) => self.replies.entry(id).place = text(),
            Key::ReplyGone(id) => self.replies.entry(id).gone = flag,
            Key::ReplyFolder(id) => self.replies.entry(id).folder = text(),
            Key::ReplyTags(id) => self.replies.entry(id).tags = tags_of_text(&text()),
            Key::ReplyOwner(id) => self.replies.entry(id).owner = member(),
            Key::ReplyArchived(id) => self.replies.entry(id).archived = flag,
            Key::ChatTag(chat, tag) => {
                let tags = &mut self.chats.entry(chat).tags;
                tags.retain(|worn| *worn != tag);
                if flag {
                    tags.push(tag);
                }
            }
            Key::ChatHolder(chat) => {
                self.chats.entry(chat).holder = match value {
                    Value::Holder(member, reason) => {
                        Some(Holder { member: *member, since: at, reason: reason.clone() })
                    }
                    _ => None,
                };
            }
            Key::ChatState(chat) => self.chats.entry(chat).state = State::from_number(number()),
            Key::ChatNote(chat) => self.chats.entry(chat).note = text(),
            Key::ChatSnooze(chat) => {
                self.chats.entry(chat).snoozed =
                    if let Value::Number(until) = value { Some(*until) } else { None };
            }
            Key::ChatMoved(chat) => match value {
                Value::Id(to) => drop(self.moved.insert(chat, ChatKey::of_id(*to))),
                _ => drop(self.moved.remove(&chat)),
            },
            Key::DeviceAbout(id) => self.devices.entry(id).about = text(),
            Key::DeviceMember(id) => self.devices.entry(id).member = member(),
            Key::DeviceUses(id) => self.devices.entry(id).uses = text(),
            Key::FieldName(id) => self.fields.entry(id).name = text(),
            Key::FieldValue(id) => self.fields.entry(id).value = text(),
            Key::Setting(name) => drop(self.settings.insert(name, value.clone())),
            Key::DeviceRetired(_) | Key::Unknown(_) => {}
        }
    }

    /// What a browser says of itself.
    pub fn device(&self, id: DeviceId) -> Option<&str> {
        self.devices.get(&id).map(|facts| facts.about.as_str())
    }

    /// The member at a browser.
    pub fn member_at(&self, device: DeviceId) -> Option<Member> {
        self.member(self.devices.get(&device)?.member?)
    }

    /// What each browser says of how often replies were used there; see [`crate::uses::Totals`].
    pub fn uses(&self) -> impl Iterator<Item = &str> {
        self.devices.values().map(|facts| facts.uses.as_str())
    }

    /// A field of the team's, one that has lost its name too.
    pub fn field(&self, id: FieldId) -> Option<&Field> {
        self.fields.get(&id)
    }

    /// The team's fields, by name.
    pub fn fields(&self) -> Vec<(FieldId, Field)> {
        let named = self.fields.iter().filter(|(_, field)| !field.name.is_empty());
        let mut fields: Vec<(FieldId, Field)> = named.map(|(id, field)| (*id, field.clone())).collect();
        fields.sort_unstable_by(|a, b| (&a.1.name, a.0).cmp(&(&b.1.name, b.0)));
        fields
    }

    /// A setting of the team's.
    pub fn setting(&self, name: &[u8; 8]) -> Option<&Value> {
        self.settings.get(name)
    }

    /// The chats that were moved to another key, and that key.
    pub fn moves(&self) -> impl Iterator<Item = (&ChatKey, &ChatKey)> {
        self.moved.iter()
    }

    /// The key under which a chat is spoken of now. Of keys that two people moved onto each other, it is the least.
    pub fn current(&self, chat: ChatKey) -> ChatKey {
        let mut way = vec![chat];
        while let Some(next) = way.last().and_then(|last| self.moved.get(last)) {
            if let Some(start) = way.iter().position(|passed| passed == next) {
                return way[start..].iter().copied().min().unwrap_or(chat);
            }
            way.push(*next);
        }
        way.last().copied().unwrap_or(chat)
    }

    /// The members who have a name, by name.
    pub fn members(&self) -> Vec<Member> {
        let mut members: Vec<Member> = self.members.keys().filter_map(|id| self.member(*id)).collect();
        members.sort_unstable_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        members
    }

    /// A member by id.
    pub fn member(&self, id: MemberId) -> Option<Member> {
        let facts = self.members.get(&id).filter(|facts| !facts.name.is_empty())?;
        let short = if facts.initials.is_empty() { initials(&facts.name) } else { facts.initials.clone() };
        Some(Member {
            id,
            name: facts.name.clone(),
            initials: short,
            colour: Colour::from_number(facts.colour),
        })
    }

    /// The tags, in the team's order.
    pub fn tags(&self) -> Vec<Tag> {
        let mut tags: Vec<Tag> = self.tags.keys().filter_map(|id| self.tag(*id)).collect();
        tags.sort_unstable_by(|a, b| (&a.place, a.id).cmp(&(&b.place, b.id)));
        tags
    }

    /// A tag by id, unless it was deleted.
    pub fn tag(&self, id: TagId) -> Option<Tag> {
        let facts = self.tags.get(&id).filter(|facts| !facts.gone && !facts.name.is_empty())?;
        Some(Tag {
            id,
            name: facts.name.clone(),
            colour: Colour::from_number(facts.colour),
            place: facts.place.clone(),
        })
    }

    /// The replies, in the team's order.
    pub fn replies(&self) -> Vec<Reply> {
        let mut replies: Vec<Reply> = self.replies.keys().filter_map(|id| self.reply(*id)).collect();
        replies.sort_unstable_by(|a, b| (&a.place, a.id).cmp(&(&b.place, b.id)));
        replies
    }

    /// A reply by id, unless it was deleted.
    pub fn reply(&self, id: ReplyId) -> Option<Reply> {
        let facts = self.replies.get(&id).filter(|facts| !facts.gone && !facts.title.is_empty())?;
        let ReplyFacts { title, shortcut, body, folder, tags, owner, archived, place, .. } = facts.clone();
        Some(Reply { id, title, shortcut, body, folder, tags, owner, archived, place })
    }

    /// The bytes of everything that replies say, deleted ones too, before any of it is packed. A tag or a person counts
    /// sixteen.
    pub fn reply_bytes(&self) -> usize {
        let bytes = |it: &ReplyFacts| {
            let ids = it.tags.len() + usize::from(it.owner.is_some());
            let texts = [&it.title, &it.shortcut, &it.body, &it.folder, &it.place];
            texts.iter().map(|text| text.len()).sum::<usize>() + 16 * ids
        };
        self.replies.values().map(bytes).sum()
    }

    /// The tags a chat wears, in the team's order.
    pub fn tags_of(&self, chat: &ChatKey) -> Vec<Tag> {
        let mut tags: Vec<Tag> = self
            .chats
            .get(chat)
            .into_iter()
            .flat_map(|chat| &chat.tags)
            .filter_map(|id| self.tag(*id))
            .collect();
        tags.sort_unstable_by(|a, b| (&a.place, a.id).cmp(&(&b.place, b.id)));
        tags
    }

    /// Who has a chat.
    pub fn holder_of(&self, chat: &ChatKey) -> Option<&Holder> {
        self.chats.get(chat)?.holder.as_ref()
    }

    /// The tags that were put on a chat, deleted ones too: restoring one restores it here.
    pub fn worn(&self, chat: &ChatKey) -> &[TagId] {
        self.chats.get(chat).map_or(&[], |chat| &chat.tags)
    }

    /// Whether anything is noted about a chat now.
    pub fn knows(&self, chat: &ChatKey) -> bool {
        self.chats.get(chat).is_some_and(|chat| *chat != Chat::default())
    }

    /// The chats that wear a tag.
    pub fn tagged(&self, tag: TagId) -> impl Iterator<Item = ChatKey> + '_ {
        self.chats.iter().filter(move |(_, chat)| chat.tags.contains(&tag)).map(|(key, _)| *key)
    }

    /// The chats a member has.
    pub fn held_by(&self, member: MemberId) -> impl Iterator<Item = ChatKey> + '_ {
        let held = move |chat: &Chat| chat.holder.as_ref().is_some_and(|holder| holder.member == member);
        self.chats.iter().filter(move |(_, chat)| held(chat)).map(|(key, _)| *key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    #[test]
    fn tags_are_listed_by_place_and_gone_ones_are_not() {
        let mut team = Team::default();
        for (id, name, place) in [(1, "Order", "b"), (2, "Returns", "a"), (3, "Urgent", "c")] {
            team.set(&Key::TagName(TagId([id; 8])), &text(name), 0);
            team.set(&Key::TagPlace(TagId([id; 8])), &text(place), 0);
        }
        let chat = ChatKey([7; 5]);
        for id in [1, 2, 3] {
            team.set(&Key::ChatTag(chat, TagId([id; 8])), &Value::Flag(true), 0);
        }
        team.set(&Key::TagGone(TagId([3; 8])), &Value::Flag(true), 0);
        let names = |tags: Vec<Tag>| tags.into_iter().map(|tag| tag.name).collect::<Vec<_>>();
        assert_eq!(names(team.tags()), ["Returns", "Order"]);
        assert_eq!(names(team.tags_of(&chat)), ["Returns", "Order"]);
        team.set(&Key::TagGone(TagId([3; 8])), &Value::Flag(false), 1);
        assert_eq!(names(team.tags_of(&chat)), ["Returns", "Order", "Urgent"]);
    }

    #[test]
    fn a_value_of_the_wrong_kind_reads_as_empty() {
        let mut team = Team::default();
        team.set(&Key::TagName(TagId([1; 8])), &Value::Number(3), 0);
        team.set(&Key::ChatHolder(ChatKey([1; 5])), &text("Ben"), 0);
        assert!(team.tags().is_empty());
        assert_eq!(team.holder_of(&ChatKey([1; 5])), None);
    }

    #[test]
    fn a_member_without_initials_gets_them_from_the_name() {
        let mut team = Team::default();
        let id = MemberId([1; 8]);
        assert_eq!(team.member(id), None);
        team.set(&Key::MemberName(id), &text("Ben Okafor"), 0);
        assert_eq!(team.member(id).map(|member| member.initials), Some("BO".into()));
    }

    #[test]
    fn a_chat_that_moved_is_found_where_it_is_now() {
        let mut team = Team::default();
        let key = |n| ChatKey([n; 5]);
        let moves =
            |team: &mut Team, from, to: ChatKey| team.set(&Key::ChatMoved(key(from)), &Value::Id(to.id()), 0);
        moves(&mut team, 1, key(2));
        moves(&mut team, 2, key(3));
        assert_eq!([1, 2, 3, 4].map(|n| team.current(key(n))), [key(3), key(3), key(3), key(4)]);
        // Two people moved them onto each other: everybody settles on the same one.
        moves(&mut team, 3, key(2));
        assert_eq!([1, 2, 3].map(|n| team.current(key(n))), [key(2); 3]);
    }
}

//! Chats: WhatsApp conversations, and the keys by which a team refers to them without revealing a phone number.

use core::cmp::Ordering;
use core::fmt;

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use crate::id::{TagId, TeamId};
use crate::map::Map;
use crate::optimistic_team::OptimisticTeam;
use crate::replica::{Edit, Key, Minutes, Value};
use crate::team::Team;
use crate::team::holder::Holder;
use crate::team::tag::Tag;

/// WhatsApp's id of a chat, from the most to the least durable kind.
///
/// A LID looks like a phone number, but is not one, so ids of different kinds are never compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChatId {
    /// The digits of `<digits>@lid`.
    Lid(String),
    /// The digits of `<digits>@c.us`.
    Phone(String),
    /// The part before `@g.us`.
    Group(String),
    /// The title on screen, if no better id is known.
    Title(String),
}

impl ChatId {
    /// Parses one of WhatsApp's own identifiers, such as `4915112345678@c.us`. `None` for kinds that Baton does not
    /// serve.
    pub fn from_jid(jid: &str) -> Option<ChatId> {
        let (user, server) = jid.split_once('@')?;
        let user = user.split(':').next().unwrap_or(user);
        if user.is_empty() {
            return None;
        }
        match server {
            "lid" => Some(ChatId::Lid(user.to_owned())),
            "c.us" | "s.whatsapp.net" => Some(ChatId::Phone(user.to_owned())),
            "g.us" => Some(ChatId::Group(user.to_owned())),
            _ => None,
        }
    }

    /// The id that follows from a title alone: a phone number if the title is one (an unsaved contact), else the title.
    pub fn from_title(title: &str) -> ChatId {
        let digits: String = title.chars().filter(char::is_ascii_digit).collect();
        let number = title.starts_with('+')
            && digits.len() >= 7
            && title.chars().all(|c| c.is_ascii_digit() || "+-() \u{a0}\u{202a}\u{202c}".contains(c));
        if number { ChatId::Phone(digits) } else { ChatId::Title(title.trim().to_owned()) }
    }

    /// Whether only the title on screen identifies the chat. A renamed contact would then look like another chat.
    pub fn by_name(&self) -> bool {
        matches!(self, ChatId::Title(_))
    }
}

impl fmt::Display for ChatId {
    /// The canonical form that every linked browser derives the same [`ChatKey`] from.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ChatId::Lid(digits) => write!(f, "{digits}@lid"),
            ChatId::Phone(digits) => write!(f, "{digits}@c.us"),
            ChatId::Group(user) => write!(f, "{user}@g.us"),
            ChatId::Title(title) => write!(f, "title:{title}"),
        }
    }
}

/// The key that is shared instead of a [`ChatId`]: 5 bytes that only a holder of the [`NamingKey`] can link to a chat.
///
/// Keys are sent once a chat and can't be compressed, so they are a fifth of the data that a team publishes. The
/// probability that any two of 3,000 chats have the same key is 1 in 240,000. With eight bytes, a sixth less data would
/// fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ChatKey(pub [u8; 5]);

impl ChatKey {
    /// The chat of an 8-byte id: its first five bytes.
    pub fn of_id([a, b, c, d, e, ..]: [u8; 8]) -> ChatKey {
        ChatKey([a, b, c, d, e])
    }

    /// The 8-byte id of the chat: its bytes, followed by zeroes.
    pub fn id(self) -> [u8; 8] {
        let [a, b, c, d, e] = self.0;
        [a, b, c, d, e, 0, 0, 0]
    }

    /// The key as a number with the same order. Sorting thousands of keys as numbers takes a fraction of the time.
    pub(crate) fn number(self) -> u64 {
        u64::from_be_bytes(self.id())
    }
}

impl Ord for ChatKey {
    fn cmp(&self, other: &ChatKey) -> Ordering {
        self.number().cmp(&other.number())
    }
}

impl PartialOrd for ChatKey {
    fn partial_cmp(&self, other: &ChatKey) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<[u8; 8]> for ChatKey {
    fn from(id: [u8; 8]) -> ChatKey {
        ChatKey::of_id(id)
    }
}

impl From<ChatKey> for [u8; 8] {
    fn from(chat: ChatKey) -> [u8; 8] {
        chat.id()
    }
}

/// The secret from which chat keys are derived. It never rotates: it names chats, it does not protect them.
#[derive(Clone, PartialEq, Eq)]
pub struct NamingKey([u8; 32]);

impl NamingKey {
    /// Derives the key from the account, so that all browsers linked to it agree without exchanging anything.
    ///
    /// `account` is the account's own id as WhatsApp writes it. Everybody who knows that id can derive this key.
    /// A team whose members have keys will use a random naming key instead.
    pub fn of_account(account: &str) -> NamingKey {
        NamingKey(Sha256::new().chain_update(b"baton naming\0").chain_update(account).finalize().into())
    }

    /// The key of a chat.
    pub fn name(&self, chat: &ChatId) -> ChatKey {
        let mut bytes = [0; 5];
        // An HMAC accepts a key of any length, so this can't fail. If it did, a zero key would still name the chat.
        if let Ok(mut mac) = <Hmac<Sha256> as Mac>::new_from_slice(&self.0) {
            mac.update(chat.to_string().as_bytes());
            bytes.copy_from_slice(&mac.finalize().into_bytes()[..5]);
        }
        ChatKey(bytes)
    }
}

/// The id of the team of a WhatsApp account: equal in all its linked browsers, different for every account.
pub fn team_of_account(account: &str) -> TeamId {
    let digest = Sha256::new().chain_update(b"baton team\0").chain_update(account).finalize();
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&digest[..8]);
    TeamId(bytes)
}

/// The state of a chat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chat {
    /// The chat's holder.
    pub holder: Option<Holder>,
    /// The state of its work.
    pub state: State,
    /// A note for colleagues.
    pub note: String,
    /// The minute until which the chat is snoozed.
    pub snoozed: Option<Minutes>,
    tags: Vec<TagId>,
}

impl Chat {
    /// Applies a register of the chat, written in the minute `at`.
    pub(super) fn set(&mut self, key: &Key, value: &Value, at: Minutes) {
        match key {
            Key::ChatTag(_, tag) => {
                self.tags.retain(|worn| worn != tag);
                if value.as_flag() {
                    self.tags.push(*tag);
                }
            }
            Key::ChatHolder(_) => self.holder = Holder::of(value, at),
            Key::ChatState(_) => self.state = State::from_number(value.as_number().unwrap_or_default()),
            Key::ChatNote(_) => self.note = value.as_text().to_owned(),
            Key::ChatSnooze(_) => self.snoozed = value.as_number(),
            _ => {}
        }
    }
}

/// The state of a chat's work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// The team has to act. This is the default.
    #[default]
    Open,
    /// The customer has to act.
    Waiting,
    /// Nothing is left to do.
    Closed,
}

impl State {
    /// The state with a stored number. The states of later versions read as open, so that no chat is overlooked.
    pub fn from_number(number: u32) -> State {
        match number {
            1 => State::Waiting,
            2 => State::Closed,
            _ => State::Open,
        }
    }

    /// The number in the stored format, which never changes.
    pub fn number(self) -> u32 {
        self as u32
    }
}

/// Applies a register of kind [`Key::ChatMoved`].
pub(super) fn set_moved(moved: &mut Map<ChatKey, ChatKey>, from: ChatKey, value: &Value) {
    match value.as_id() {
        Some(to) => drop(moved.insert(from, ChatKey::of_id(to))),
        None => drop(moved.remove(&from)),
    }
}

impl Team {
    /// The chats that were moved to another key, and that key.
    pub fn moves(&self) -> impl Iterator<Item = (&ChatKey, &ChatKey)> {
        self.moved.iter()
    }

    /// Returns the current key of a chat. If moves form a cycle, because two people moved keys onto each other, all
    /// devices choose the least key of the cycle.
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

    /// Returns the tags of a chat, in the team's order.
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

    /// Returns the tags that were put on a chat, including deleted tags: restoring a deleted tag restores it on the
    /// chat.
    pub fn worn(&self, chat: &ChatKey) -> &[TagId] {
        self.chats.get(chat).map_or(&[], |chat| &chat.tags)
    }

    /// Whether a chat has any register that differs from the default.
    pub fn knows(&self, chat: &ChatKey) -> bool {
        self.chats.get(chat).is_some_and(|chat| *chat != Chat::default())
    }

    /// Returns the chats with a tag.
    pub fn tagged(&self, tag: TagId) -> impl Iterator<Item = ChatKey> + '_ {
        self.chats.iter().filter(move |(_, chat)| chat.tags.contains(&tag)).map(|(key, _)| *key)
    }
}

/// Puts a tag on a chat or takes it off.
pub fn set_tag(chat: ChatKey, tag: TagId, on: bool) -> Vec<Edit> {
    vec![(Key::ChatTag(chat, tag), Value::Flag(on))]
}

/// Moves the registers of a chat to another key of the same chat. A register is moved only if it is later than the one
/// at the new key. The registers at the old key are emptied, and a [`Key::ChatMoved`] register forwards devices that
/// still use the old key.
pub fn move_to(shared: &OptimisticTeam, from: ChatKey, to: ChatKey) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (key, value) in shared.about(from) {
        let there = key.about(to);
        if shared.written(&key) > shared.written(&there) {
            edits.push((there, value.clone()));
        }
        edits.push((key, value.tombstone()));
    }
    if !edits.is_empty() && shared.team().current(from) != to {
        edits.push((Key::ChatMoved(from), Value::Id(to.id())));
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jids_keep_their_kinds_apart() {
        assert_eq!(ChatId::from_jid("123:4@lid"), Some(ChatId::Lid("123".into())));
        assert_eq!(ChatId::from_jid("123@c.us"), Some(ChatId::Phone("123".into())));
        assert_eq!(ChatId::from_jid("123-456@g.us"), Some(ChatId::Group("123-456".into())));
        assert_eq!(ChatId::from_jid("status@broadcast"), None);
        assert_eq!(ChatId::from_jid("nonsense"), None);
        let key = NamingKey::of_account("1@lid");
        assert_ne!(key.name(&ChatId::Lid("123".into())), key.name(&ChatId::Phone("123".into())));
    }

    #[test]
    fn a_title_that_is_a_number_is_a_number() {
        assert_eq!(ChatId::from_title("+55 43 9123-4567"), ChatId::Phone("554391234567".into()));
        assert_eq!(ChatId::from_title("Mei Lin"), ChatId::Title("Mei Lin".into()));
        assert_eq!(ChatId::from_title("+1 team"), ChatId::Title("+1 team".into()));
    }

    #[test]
    fn accounts_never_share_names() {
        let chat = ChatId::Phone("123".into());
        assert_ne!(NamingKey::of_account("1@lid").name(&chat), NamingKey::of_account("2@lid").name(&chat));
        assert_ne!(team_of_account("1@lid"), team_of_account("2@lid"));
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
        // Two people moved the keys onto each other. All devices choose the same key.
        moves(&mut team, 3, key(2));
        assert_eq!([1, 2, 3].map(|n| team.current(key(n))), [key(2); 3]);
    }

    #[test]
    fn everything_about_a_chat_moves_and_the_old_key_leads_on() {
        let (old, new, tag) = (ChatKey([1; 5]), ChatKey([2; 5]), TagId([7; 8]));
        let mut shared = OptimisticTeam::default();
        let note = |chat| (Key::ChatNote(chat), Value::text("calls after six"));
        shared.edit(vec![(Key::ChatTag(old, tag), Value::Flag(true)), note(old)], 10);
        let edits = move_to(&shared, old, new);
        shared.edit(edits, 11);
        assert_eq!(shared.about(new), [note(new), (Key::ChatTag(new, tag), Value::Flag(true))]);
        assert_eq!((shared.about(old), shared.team().current(old)), (vec![], new));
        assert_eq!(move_to(&shared, old, new), [], "there is nothing left to move");
    }
}

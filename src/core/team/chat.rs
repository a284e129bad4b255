//! A chat: a WhatsApp conversation, and the name under which a team speaks of it without saying whose it is.

use core::cmp::Ordering;
use core::fmt;

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use crate::id::TeamId;

/// What WhatsApp calls a chat, from the most to the least durable name.
///
/// A LID looks like a phone number and is none, so the kinds are never compared with each other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChatId {
    /// The digits of `<digits>@lid`.
    Lid(String),
    /// The digits of `<digits>@c.us`.
    Phone(String),
    /// The part before `@g.us`.
    Group(String),
    /// Nothing better than the title on screen is known.
    Title(String),
}

impl ChatId {
    /// Reads one of WhatsApp's own identifiers, such as `4915112345678@c.us`. `None` for kinds Baton does not serve.
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

    /// The id that a title alone gives: a number where the title is one (an unsaved contact), else the title itself.
    pub fn from_title(title: &str) -> ChatId {
        let digits: String = title.chars().filter(char::is_ascii_digit).collect();
        let number = title.starts_with('+')
            && digits.len() >= 7
            && title.chars().all(|c| c.is_ascii_digit() || "+-() \u{a0}\u{202a}\u{202c}".contains(c));
        if number { ChatId::Phone(digits) } else { ChatId::Title(title.trim().to_owned()) }
    }

    /// Whether the chat is known by its name on screen only, so that a renamed contact would look like another chat.
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

/// What is shared in place of a [`ChatId`]: 5 bytes that only a holder of the [`NamingKey`] can link to a chat.
///
/// A name is sent once for each chat and can't be made smaller, so its length is a fifth of what a team publishes. That
/// any two of 3,000 chats get one name has a chance of 1 in 240,000; with eight bytes, a sixth less would fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ChatKey(pub [u8; 5]);

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

/// How far a chat has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// Somebody has to do something. So is every chat that nobody has said otherwise of.
    #[default]
    Open,
    /// The customer has to do something.
    Waiting,
    /// Nothing is left to do.
    Closed,
}

impl State {
    /// The state with a stored number. What a later version knows beyond these reads as open: nothing is overlooked.
    pub fn from_number(number: u32) -> State {
        match number {
            1 => State::Waiting,
            2 => State::Closed,
            _ => State::Open,
        }
    }

    /// The number that is stored, for ever.
    pub fn number(self) -> u32 {
        self as u32
    }
}

impl ChatKey {
    /// The chat that a register names as any other thing: its bytes, and zeroes behind them.
    pub fn of_id([a, b, c, d, e, ..]: [u8; 8]) -> ChatKey {
        ChatKey([a, b, c, d, e])
    }

    /// The chat as any other thing is named.
    pub fn id(self) -> [u8; 8] {
        let [a, b, c, d, e] = self.0;
        [a, b, c, d, e, 0, 0, 0]
    }

    /// A number in the order of chats: where thousands are sorted or looked for, it takes a fraction of the time.
    pub(crate) fn number(self) -> u64 {
        u64::from_be_bytes(self.id())
    }
}

/// The secret under which chats are named. It never rotates: it names, it does not protect.
#[derive(Clone, PartialEq, Eq)]
pub struct NamingKey([u8; 32]);

impl NamingKey {
    /// The key that all browsers linked to `account` agree on without having met.
    ///
    /// `account` is the account's own id as WhatsApp writes it. Whoever knows that id can derive this key;
    /// a team with members' keys will carry a random one instead.
    pub fn of_account(account: &str) -> NamingKey {
        NamingKey(Sha256::new().chain_update(b"baton naming\0").chain_update(account).finalize().into())
    }

    /// The key of `chat`.
    pub fn name(&self, chat: &ChatId) -> ChatKey {
        let mut bytes = [0; 5];
        // An HMAC takes a key of any length, so this can't fail; a zero key would still be a valid name.
        if let Ok(mut mac) = <Hmac<Sha256> as Mac>::new_from_slice(&self.0) {
            mac.update(chat.to_string().as_bytes());
            bytes.copy_from_slice(&mac.finalize().into_bytes()[..5]);
        }
        ChatKey(bytes)
    }
}

/// The team of a WhatsApp account: the same in all its linked browsers, different for every account.
pub fn team_of_account(account: &str) -> TeamId {
    let digest = Sha256::new().chain_update(b"baton team\0").chain_update(account).finalize();
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&digest[..8]);
    TeamId(bytes)
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
}

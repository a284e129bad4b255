//! Describes a register for people: its subject and its content. The message that names its kind is in the table of
//! kinds.

use crate::id::MemberId;
use crate::replica::{Key, Value};
use crate::team::Team;
use crate::team::chat::{ChatKey, State};
use crate::team::kinds::{Holds, Thing};
use crate::team::reply::tags_of_text;
use crate::team::tag::Colour;

/// The content of a register, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A text, which may be empty.
    Text(String),
    /// A colour.
    Colour(Colour),
    /// The name of a message of `_locales`.
    Message(&'static str),
    /// A moment, in milliseconds since the epoch.
    Time(u64),
}

/// Returns the name of the register's subject: of a tag, a reply or a person, or the beginning of a chat's key.
pub fn subject(team: &Team, key: &Key) -> String {
    let name = match key.thing() {
        Some(Thing::Member(id)) => team.member(id).map(|member| member.name),
        Some(Thing::Tag(id)) => team.tag(id).map(|tag| tag.name),
        Some(Thing::Reply(id)) => team.reply(id).map(|reply| reply.title),
        Some(Thing::Device(id)) => team.device(id).map(str::to_owned),
        Some(Thing::Field(id)) => team.field(id).map(|field| field.name.clone()),
        Some(Thing::Setting(name)) => {
            Some(String::from_utf8_lossy(&name).trim_matches(|c: char| c.is_control() || c == ' ').to_owned())
        }
        Some(Thing::Chat(chat)) => Some(code(chat)),
        None => key.chat().map(code),
    };
    name.unwrap_or_default()
}

/// Returns the short form of a chat's key, for chats whose title is not known.
fn code(chat: ChatKey) -> String {
    chat.0.iter().take(3).map(|byte| format!("{byte:02x}")).collect()
}

/// Returns the content of a register, for people.
pub fn content(team: &Team, key: &Key, value: &Value) -> Content {
    match (key.kind().holds, value) {
        (Holds::Colour, Value::Number(number)) => Content::Colour(Colour::from_number(*number)),
        (Holds::TagOnChat, Value::Flag(worn)) => match key {
            Key::ChatTag(_, tag) if *worn => {
                Content::Text(team.tag(*tag).map(|tag| tag.name).unwrap_or_default())
            }
            _ => Content::Text(String::new()),
        },
        (Holds::State, Value::Number(number)) => Content::Message(match State::from_number(*number) {
            State::Open => "register_open",
            State::Waiting => "register_waiting",
            State::Closed => "register_closed",
        }),
        (Holds::Minute, Value::Number(minute)) => Content::Time(u64::from(*minute) * 60_000),
        // A fractional index is meaningless to people.
        (Holds::Place, Value::Text(_)) => Content::Message("register_place"),
        (Holds::Tags, Value::Text(tags)) => {
            let names = tags_of_text(tags).into_iter().filter_map(|tag| team.tag(tag));
            Content::Text(names.map(|tag| tag.name).collect::<Vec<_>>().join(", "))
        }
        (Holds::Member, Value::Id(id)) => {
            Content::Text(team.member(MemberId(*id)).map(|member| member.name).unwrap_or_default())
        }
        (_, Value::Text(text)) => Content::Text(text.clone()),
        (_, Value::Flag(flag)) => Content::Message(if *flag { "register_yes" } else { "register_no" }),
        (_, Value::Number(number)) => Content::Text(number.to_string()),
        (_, Value::Holder(member, reason)) => {
            let name = team.member(*member).map_or_else(|| member.to_string(), |member| member.name);
            Content::Text(if reason.is_empty() { name } else { [&name, ": ", reason].concat() })
        }
        (_, Value::Id(id)) => Content::Text(code(ChatKey::of_id(*id))),
        (_, Value::Unknown(_)) => Content::Message("register_unknown"),
        (_, Value::Nothing) => Content::Text(String::new()),
    }
}

//! What a fact is called and what it says, for people who are to compare two.

use crate::id::MemberId;
use crate::replica::{Key, Value};
use crate::team::Team;
use crate::team::chat::{ChatKey, State};
use crate::team::reply::tags_of_text;
use crate::team::tag::Colour;

/// What a fact says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Text, perhaps none.
    Text(String),
    /// A colour.
    Colour(Colour),
    /// A message of `_locales`.
    Said(&'static str),
    /// A moment, in milliseconds since the epoch.
    Time(u64),
}

/// The message that names a fact, such as "Tag name".
pub fn name(key: &Key) -> &'static str {
    match key {
        Key::MemberName(_) => "fact_member_name",
        Key::MemberInitials(_) => "fact_member_initials",
        Key::MemberColour(_) => "fact_member_colour",
        Key::TagName(_) => "fact_tag_name",
        Key::TagColour(_) => "fact_tag_colour",
        Key::TagPlace(_) => "fact_tag_place",
        Key::TagGone(_) => "fact_tag_gone",
        Key::ReplyTitle(_) => "fact_reply_title",
        Key::ReplyShortcut(_) => "fact_reply_shortcut",
        Key::ReplyBody(_) => "fact_reply_body",
        Key::ReplyPlace(_) => "fact_reply_place",
        Key::ReplyGone(_) => "fact_reply_gone",
        Key::ReplyFolder(_) => "fact_reply_folder",
        Key::ReplyTags(_) => "fact_reply_tags",
        Key::ReplyOwner(_) => "fact_reply_owner",
        Key::ReplyArchived(_) => "fact_reply_archived",
        Key::DeviceAbout(_) | Key::DeviceRetired(_) | Key::DeviceMember(_) | Key::DeviceUses(_) => {
            "fact_device"
        }
        Key::FieldName(_) => "fact_field_name",
        Key::FieldValue(_) => "fact_field_value",
        Key::Setting(_) => "fact_setting",
        Key::ChatHolder(_) => "fact_chat_holder",
        Key::ChatState(_) => "fact_chat_state",
        Key::ChatNote(_) => "fact_chat_note",
        Key::ChatSnooze(_) => "fact_chat_snooze",
        Key::ChatMoved(_) => "fact_chat_moved",
        Key::ChatTag(..) => "fact_chat_tag",
        Key::Later(_) => "fact_later",
    }
}

/// What a fact is about, as people call it: a tag, a reply, a person, or the beginning of a chat's code.
pub fn subject(team: &Team, key: &Key) -> String {
    let name = match *key {
        Key::MemberName(id) | Key::MemberInitials(id) | Key::MemberColour(id) => {
            team.member(id).map(|member| member.name)
        }
        Key::TagName(id) | Key::TagColour(id) | Key::TagPlace(id) | Key::TagGone(id) => {
            team.tag(id).map(|tag| tag.name)
        }
        Key::ReplyTitle(id)
        | Key::ReplyShortcut(id)
        | Key::ReplyBody(id)
        | Key::ReplyPlace(id)
        | Key::ReplyGone(id)
        | Key::ReplyFolder(id)
        | Key::ReplyTags(id)
        | Key::ReplyOwner(id)
        | Key::ReplyArchived(id) => team.reply(id).map(|reply| reply.title),
        Key::DeviceAbout(id) | Key::DeviceRetired(id) | Key::DeviceMember(id) | Key::DeviceUses(id) => {
            team.device(id).map(str::to_owned)
        }
        Key::FieldName(id) | Key::FieldValue(id) => team.field(id).map(|field| field.name.clone()),
        Key::Setting(name) => {
            Some(String::from_utf8_lossy(&name).trim_matches(|c: char| c.is_control() || c == ' ').to_owned())
        }
        _ => key.chat().map(code),
    };
    name.unwrap_or_default()
}

/// How a chat is written where its title is not known.
pub fn code(chat: ChatKey) -> String {
    chat.0.iter().take(3).map(|byte| format!("{byte:02x}")).collect()
}

/// What a fact says.
pub fn content(team: &Team, key: &Key, value: &Value) -> Content {
    match (key, value) {
        (Key::MemberColour(_) | Key::TagColour(_), Value::Number(number)) => {
            Content::Colour(Colour::from_number(*number))
        }
        (Key::ChatTag(_, tag), Value::Flag(worn)) => match team.tag(*tag) {
            Some(tag) if *worn => Content::Text(tag.name),
            _ => Content::Text(String::new()),
        },
        (Key::ChatState(_), Value::Number(number)) => Content::Said(match State::from_number(*number) {
            State::Open => "fact_open",
            State::Waiting => "fact_waiting",
            State::Closed => "fact_closed",
        }),
        (Key::ChatSnooze(_), Value::Number(minute)) => Content::Time(u64::from(*minute) * 60_000),
        // An index between two others says nothing to anybody.
        (Key::TagPlace(_) | Key::ReplyPlace(_), Value::Text(_)) => Content::Said("fact_place"),
        (Key::ReplyTags(_), Value::Text(tags)) => {
            let names = tags_of_text(tags).into_iter().filter_map(|tag| team.tag(tag));
            Content::Text(names.map(|tag| tag.name).collect::<Vec<_>>().join(", "))
        }
        (Key::ReplyOwner(_) | Key::DeviceMember(_), Value::Id(id)) => {
            Content::Text(team.member(MemberId(*id)).map(|member| member.name).unwrap_or_default())
        }
        (_, Value::Text(text)) => Content::Text(text.clone()),
        (_, Value::Flag(flag)) => Content::Said(if *flag { "fact_yes" } else { "fact_no" }),
        (_, Value::Number(number)) => Content::Text(number.to_string()),
        (_, Value::Holder(member, reason)) => {
            let name = team.member(*member).map_or_else(|| member.to_string(), |member| member.name);
            Content::Text(if reason.is_empty() { name } else { [&name, ": ", reason].concat() })
        }
        (_, Value::Id(id)) => Content::Text(code(ChatKey::of_id(*id))),
        (_, Value::Later(_)) => Content::Said("fact_unknown"),
        (_, Value::Nothing) => Content::Text(String::new()),
    }
}

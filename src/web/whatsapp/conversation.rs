//! Identifies the chat of the open conversation by several of its parts.
//!
//! When another chat is opened, the parts change one after the other, in some layouts a second apart. Since 2025-09 the
//! composer's label names the chat too, in every language. While label and header name different chats, the chat is
//! unsettled.

use baton_core::team::chat::ChatId;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::locators::{GROUP, MESSAGE, MESSAGE_ID, SUBTITLE, TITLES};
use super::messages::{Direction, Message};
use super::parts::Parts;
use super::text;

/// Whether the composer's label names a chat other than `title`.
pub(super) fn names_another(composer: &Element, title: &str) -> bool {
    let label = composer.get_attribute("aria-label");
    let placeholder = composer.get_attribute("aria-placeholder");
    // Before 2025-09 the label was the placeholder's text, or there was none.
    match (label, placeholder) {
        (Some(label), Some(placeholder)) => label != placeholder && !text::contains_title(&label, title),
        _ => false,
    }
}

/// The chat named by the ids of the messages, which included it until 2026-03. `None` if they name several: then one
/// conversation is just being replaced by another.
pub(super) fn chat_of_messages(conversation: &Element) -> Option<ChatId> {
    // A selector of ours is valid.
    let nodes = conversation.query_selector_all(MESSAGE).ok()?;
    let mut chats = (0..nodes.length())
        .filter_map(|i| nodes.item(i)?.dyn_into::<Element>().ok()?.get_attribute(MESSAGE_ID))
        .filter_map(|id| chat_in(&id));
    let first = chats.next()?;
    chats.all(|chat| chat == first).then_some(first)
}

/// The kind of the open conversation, in the words of a report. `None` if it is unknown.
pub(super) fn kind(parts: &Parts, messages: &[Message], title: &str) -> Option<&'static str> {
    let has = |part: &str| messages.iter().any(|message| message.id.contains(part));
    let header = parts.header.as_ref()?;
    // A chat with oneself says so behind its title, and its messages' ids end like this.
    let titles = header.query_selector_all(TITLES).ok().map_or(0, |it| it.length());
    if messages.iter().any(|message| message.id.ends_with("_out")) {
        Some("self")
    } else if has("@newsletter") {
        Some("channel")
    } else if has("@g.us") || is_group(header, messages, title) {
        Some("group")
    } else if parts.composer.is_some() {
        Some(if titles > 1 && messages.iter().all(|it| it.direction == Direction::Out) {
            "self"
        } else {
            "person"
        })
    } else {
        None
    }
}

/// Whether the chat is a group: members are listed under the title, or messages have authors other than the title.
fn is_group(header: &Element, messages: &[Message], title: &str) -> bool {
    let members = SUBTITLE.find(header).and_then(|it| it.get_attribute("title"));
    // Commas of Latin, Arabic and Chinese script.
    members.is_some_and(|it| it.contains([',', '،', '、', '，']))
        || GROUP.find(header).is_some()
        || messages
            .iter()
            .filter_map(|it| it.author.as_deref())
            .any(|by| text::title_key(by) != text::title_key(title))
}

/// The chat in `true_<chat>_<key>` or `album-false_<chat>_…`.
fn chat_in(id: &str) -> Option<ChatId> {
    let id = id.strip_prefix("album-").unwrap_or(id);
    let rest = id.strip_prefix("true_").or_else(|| id.strip_prefix("false_"))?;
    ChatId::from_jid(rest.split('_').next()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn older_ids_name_the_chat() {
        for (id, chat) in [
            ("true_4915112345678@c.us_3EB0", Some(ChatId::Phone("4915112345678".into()))),
            ("false_100000000000007@lid_3EB0", Some(ChatId::Lid("100000000000007".into()))),
            ("false_120363-1@g.us_3EB0_49151@c.us", Some(ChatId::Group("120363-1".into()))),
            ("album-true_1@lid_A-true_1@lid_B-3", Some(ChatId::Lid("1".into()))),
            ("grouped-sticker--A-B", None),
            ("3EB038D329E20BB96E5FED", None),
            ("true_", None),
        ] {
            assert_eq!(chat_in(id), chat, "{id}");
        }
    }
}

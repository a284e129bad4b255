//! The messages of the open conversation, read on demand. Baton never stores them.

use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element};

use super::draft::text_with_emoji;
use super::locators::{AUTHOR, IN, MESSAGE, MESSAGE_ID, MESSAGE_TEXT, OUT, PRE_PLAIN, WRITTEN};
use super::text::title_key;
use crate::dom::document;

/// A message that is in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Message {
    /// WhatsApp's id: a key; until 2026-03 also the direction and the chat.
    pub(super) id: String,
    pub(super) direction: Direction,
    /// The author, if shown: in groups.
    pub(super) author: Option<String>,
    /// The text with emoji. `None` for pictures, calls, notices and deleted messages.
    pub(super) text: Option<String>,
}

/// The direction of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// From somebody else, or a notice.
    In,
    /// From the account itself, sent by any of its browsers or its phone.
    Out,
}

/// The names of the two sides, as far as known, for comparing them with the authors of messages.
#[derive(Default)]
pub(super) struct Sides {
    own: Option<String>,
    title: Option<String>,
    rtl: bool,
}

impl Sides {
    /// `own` is the name the account gives itself, `title` that of the open chat.
    pub(super) fn new(own: Option<&str>, title: Option<&str>, rtl: bool) -> Sides {
        Sides { own: own.map(title_key), title: title.map(title_key), rtl }
    }
}

/// How many messages at the end are searched for the customer's last one.
const LAST: u32 = 20;

/// The text of the last message of the other side, and whether an own message follows it.
pub(super) fn last_in(conversation: &Element, rtl: bool) -> (Option<String>, bool) {
    let last = read_last(conversation, &Sides::new(None, None, rtl), LAST);
    let is_in = |it: &&Message| it.direction == Direction::In && it.text.is_some();
    let text = last.iter().rfind(is_in).and_then(|it| it.text.clone());
    (text, last.last().is_some_and(|it| it.direction == Direction::Out))
}

/// The messages from top to bottom, as far as they are rendered.
pub(super) fn read(conversation: &Element, sides: &Sides) -> Vec<Message> {
    read_last(conversation, sides, u32::MAX)
}

fn read_last(conversation: &Element, sides: &Sides, count: u32) -> Vec<Message> {
    let mut messages: Vec<Message> = Vec::new();
    // A selector of ours is valid.
    let Ok(nodes) = conversation.query_selector_all(MESSAGE) else { return messages };
    let first = nodes.length().saturating_sub(count);
    for element in (first..nodes.length()).filter_map(|i| nodes.item(i)?.dyn_into::<Element>().ok()) {
        let Some(id) = element.get_attribute(MESSAGE_ID).filter(|id| is_message(id)) else { continue };
        let written = element.query_selector(WRITTEN).ok().flatten();
        let by =
            written.and_then(|it| it.get_attribute(PRE_PLAIN)).and_then(|it| author(&it).map(str::to_owned));
        // The cheapest checks come first: the first two need no further DOM query.
        let direction = by_id(&id)
            .or_else(|| by_author(by.as_deref()?, sides))
            .or_else(|| by_marks(&element))
            .or_else(|| by_side(&element, sides.rtl))
            // Only the first bubble of a run may show its direction, so the others take over that of the one before.
            .or_else(|| messages.last().map(|it| it.direction))
            .unwrap_or(Direction::In);
        let named = AUTHOR.find(&element).map(|it| text_with_emoji(&it).trim().to_owned());
        let author = named.or(by).filter(|_| direction == Direction::In);
        let text = MESSAGE_TEXT.find(&element).map(|it| text_with_emoji(&it).trim().to_owned());
        messages.push(Message { id, direction, author, text: text.filter(|it| !it.is_empty()) });
    }
    messages
}

/// The text selected inside one of the account's own messages, else the text of the last one.
pub(super) fn own(conversation: &Element) -> Option<String> {
    let all = read(conversation, &Sides::default());
    let mut own = all.into_iter().filter(|it| it.direction == Direction::Out);
    if let Some((id, selected)) = selected_in_message()
        && own.clone().any(|it| it.id == id)
    {
        return Some(selected);
    }
    own.rfind(|it| it.text.is_some())?.text
}

/// The id of the message whose own text contains the whole selection, and the selected text. A quotation in a message does
/// not count, because it is somebody else's text.
fn selected_in_message() -> Option<(String, String)> {
    let selection = document().get_selection().ok().flatten()?;
    let (from, to) = (selection.anchor_node()?, selection.focus_node()?);
    let element = from.clone().dyn_into::<Element>().ok().or_else(|| from.parent_element())?;
    // A selector of ours is valid.
    let message = element.closest(MESSAGE).ok().flatten()?;
    let text = MESSAGE_TEXT.find(&message)?;
    let is_in = text.contains(Some(&from)) && text.contains(Some(&to));
    let selected = String::from(selection.to_string()).trim().to_owned();
    // Firefox allows several ranges, which may be anywhere.
    let is_all = is_in && selection.range_count() == 1 && !selected.is_empty();
    Some((message.get_attribute(MESSAGE_ID)?, selected)).filter(|_| is_all)
}

/// Whether an id is that of a message. Other elements of the conversation have ids as well.
fn is_message(id: &str) -> bool {
    id.len() >= 8
}

/// The direction by the id, which included it until 2026-03.
fn by_id(id: &str) -> Option<Direction> {
    let id = ["album-", "grouped-sticker-"].iter().find_map(|it| id.strip_prefix(it)).unwrap_or(id);
    if id.starts_with("true_") {
        Some(Direction::Out)
    } else if id.starts_with("false_") {
        Some(Direction::In)
    } else {
        None
    }
}

/// The direction by marks that only bubbles of one side have. The message itself may be the mark, so the search starts at
/// its parent.
fn by_marks(message: &Element) -> Option<Direction> {
    let holder = message.parent_element().filter(|it| it.child_element_count() == 1);
    let within = holder.as_ref().unwrap_or(message);
    if OUT.find(within).is_some() {
        Some(Direction::Out)
    } else if IN.find(within).is_some() {
        Some(Direction::In)
    } else {
        None
    }
}

fn by_author(by: &str, sides: &Sides) -> Option<Direction> {
    let by = title_key(by);
    let is = |name: &Option<String>| name.as_ref() == Some(&by);
    match (is(&sides.own), is(&sides.title)) {
        (true, false) => Some(Direction::Out),
        (false, true) => Some(Direction::In),
        _ => None,
    }
}

/// The direction by position: own messages lie at the inline end of the row, notices in the middle.
fn by_side(message: &Element, rtl: bool) -> Option<Direction> {
    /// A message whose distances to both edges differ by less than this is in the middle, in px.
    const MIDDLE: f64 = 8.0;
    let whole = message.get_bounding_client_rect();
    let is_bubble = |rect: &DomRect| rect.width() > 0.0 && rect.width() < whole.width() * 0.95;
    let mut inside = core::iter::successors(message.first_element_child(), Element::first_element_child);
    let bubble = inside.find_map(|it| Some(it.get_bounding_client_rect()).filter(is_bubble))?;
    let (left, right) = (bubble.left() - whole.left(), whole.right() - bubble.right());
    if (left - right).abs() < MIDDLE {
        return None;
    }
    Some(if (left > right) == rtl { Direction::In } else { Direction::Out })
}

/// The author in `[TIME, DATE] AUTHOR: `. Time and date are written as the user's locale has it.
fn author(pre_plain: &str) -> Option<&str> {
    let (_, author) = pre_plain.split_once("] ")?;
    let (author, _) = author.rsplit_once(':')?;
    Some(author.trim()).filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_author_is_between_the_date_and_the_last_colon() {
        for (written, by) in [
            ("[18:16, 19/05/2026] Mei Lin: ", Some("Mei Lin")),
            ("[4:23 pm, 12/01/2026] Ann: Shop: ", Some("Ann: Shop")),
            ("[8:19\u{202f}p.\u{a0}m., 12/4/2023] +55 43 99123-4567: ", Some("+55 43 99123-4567")),
            ("[3:32 م، 2025/12/9] مها: ", Some("مها")),
            ("[08:00, 2026年9月13日] 李雷: ", Some("李雷")),
            ("", None),
            ("[18:16] : ", None),
        ] {
            assert_eq!(author(written), by, "{written}");
        }
    }

    #[test]
    fn older_ids_say_whose_they_are() {
        for (id, direction) in [
            ("true_123@c.us_3EB0AA", Some(Direction::Out)),
            ("false_123@lid_3EB0AA", Some(Direction::In)),
            ("album-false_1@g.us_A-false_1@g.us_B-5", Some(Direction::In)),
            ("album-3EB0-3EB1-5", None),
            ("3EB038D329E20BB96E5FED", None),
        ] {
            assert_eq!(by_id(id), direction, "{id}");
        }
    }
}

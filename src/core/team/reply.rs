//! Quick replies: what one is, and who is offered it.

use crate::id::{MemberId, ReplyId, TagId};
use crate::replica::{Document, Key, Minutes, Value};

/// A text that is one key away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Which.
    pub id: ReplyId,
    /// What it is called in lists.
    pub title: String,
    /// What is typed after `;;`; may be empty.
    pub shortcut: String,
    /// What is inserted, with its `{fields}`.
    pub body: String,
    /// The folder it is kept in; empty: at the top.
    pub folder: String,
    /// Only in chats that wear one of these tags; none: in all.
    pub tags: Vec<TagId>,
    /// Whose own it is; `None`: the team's.
    pub owner: Option<MemberId>,
    /// Kept, and offered no more.
    pub archived: bool,
    /// Its fractional index among the replies.
    pub place: String,
}

impl Reply {
    /// A reply of the team's with nothing in it yet.
    pub fn new(id: ReplyId) -> Reply {
        let text = String::new;
        Reply {
            id,
            title: text(),
            shortcut: text(),
            body: text(),
            folder: text(),
            tags: Vec::new(),
            owner: None,
            archived: false,
            place: text(),
        }
    }

    /// Binds it to the chats with a tag, or no longer.
    pub fn wear(&mut self, tag: TagId, on: bool) {
        self.tags.retain(|it| *it != tag);
        if on {
            self.tags.push(tag);
        }
    }

    /// Whether it is anything to this member: the team's, or their own.
    pub fn is_for(&self, me: Option<MemberId>) -> bool {
        self.owner.is_none() || self.owner == me
    }

    /// Whether it is offered to this member in a chat that wears these tags. As long as it is not known which chat is
    /// open, what belongs to a tag is not shown.
    pub fn is_offered(&self, me: Option<MemberId>, worn: &[TagId]) -> bool {
        let fits = self.tags.is_empty() || self.tags.iter().any(|tag| worn.contains(tag));
        !self.archived && self.is_for(me) && fits
    }
}

/// The most units of UTF-16 that a title may have.
pub const TITLE_UNITS: u32 = 80;

/// The most units of UTF-16 that a shortcut may have.
pub const SHORTCUT_UNITS: u32 = 40;

/// The most units of UTF-16 that a text may have: WhatsApp takes no more in one message.
pub const BODY_UNITS: usize = 65_536;

/// Cuts a text to what a message can hold. Whether there was more.
pub fn cut(body: &mut String) -> bool {
    // What is short enough in bytes is so in units as well.
    if body.len() <= BODY_UNITS {
        return false;
    }
    let mut units = 0;
    let end = body.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > BODY_UNITS
    });
    let Some((end, _)) = end else { return false };
    body.truncate(end);
    true
}

/// How long what is kept of a deleted reply in one browser is kept: as long as a daily copy may bring it back.
const KEPT: Minutes = 8 * 24 * 60;

/// Whether a reply was deleted so long ago that what one browser keeps of it is needed no more. One that nothing is
/// known of may still arrive.
pub fn is_past(document: &Document, reply: ReplyId, now: Minutes) -> bool {
    document.get(&Key::ReplyGone(reply)).is_some_and(|register| {
        register.value == Value::Flag(true) && register.stamp.tick.saturating_add(KEPT) <= now
    })
}

/// The most characters of a title that is made of a text's beginning.
const TITLE_CHARS: usize = 40;

/// A title for a reply that was given none: the first line of its text, else its shortcut. It is easier to rename than
/// to write again.
pub fn title_of(body: &str, shortcut: &str) -> String {
    match body.lines().map(str::trim).find(|line| !line.is_empty()) {
        Some(line) => line.replace("{{", "{").chars().take(TITLE_CHARS).collect(),
        None => shortcut.trim().to_owned(),
    }
}

/// Tags as a register holds them: ids parted by spaces.
pub fn tags_to_text(tags: &[TagId]) -> String {
    let ids: Vec<String> = tags.iter().map(TagId::to_string).collect();
    ids.join(" ")
}

/// Reads what [`tags_to_text`] wrote. What is no id is left out.
pub fn tags_of_text(text: &str) -> Vec<TagId> {
    text.split(' ').filter_map(|id| id.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::DeviceId;
    use crate::replica::{Register, Stamp};

    #[test]
    fn only_what_was_deleted_long_ago_is_past() {
        let (reply, now) = (ReplyId([1; 8]), 1_000_000);
        let gone = |reply, gone, tick| {
            let stamp = Stamp { tick, counter: 0, device: DeviceId([1; 8]) };
            Document::of(vec![(Key::ReplyGone(reply), Register { value: Value::Flag(gone), stamp })])
        };
        assert!(is_past(&gone(reply, true, now - KEPT), reply, now));
        assert!(!is_past(&gone(reply, true, now - KEPT + 1), reply, now), "a copy may bring it back");
        assert!(!is_past(&gone(reply, true, Minutes::MAX), reply, now), "a clock may be wrong");
        assert!(!is_past(&gone(reply, false, 0), reply, now), "it was brought back");
        assert!(!is_past(&gone(ReplyId([2; 8]), true, 0), reply, now));
        assert!(!is_past(&Document::default(), reply, now), "it may still arrive");
    }
}

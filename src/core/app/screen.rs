//! What several features of the page read: what WhatsApp shows, and what follows from it. Features get it to read; the
//! router and the chats' feature keep it up to date.

use crate::app::chats::Directory;
use crate::app::context::Context;
use crate::app::reading::{Composer, Identity, Layout, Reading};
use crate::id::TagId;
use crate::team::chat::ChatKey;

/// What is on WhatsApp's page.
#[derive(Default)]
pub struct Screen {
    /// The last look at WhatsApp.
    pub reading: Reading,
    /// The chats that were seen.
    pub(super) chats: Directory,
    /// The chat that is open, as far as it is known which that is.
    pub(super) open: Option<ChatKey>,
    /// Whether the composer is guarded: a colleague has the chat and the person has not decided what to do.
    pub(super) guarded: bool,
    /// What is not filled in in the draft, as long as that keeps it from being sent.
    pub(super) unfilled: Vec<String>,
}

impl Screen {
    /// The number of the visit to the open chat.
    pub(super) fn visit(&self) -> Option<u32> {
        self.reading.open.as_ref().map(|open| open.visit)
    }

    /// What the open chat is called on screen.
    pub(super) fn title(&self) -> Option<&str> {
        self.reading.open.as_ref().map(|open| open.title.as_str())
    }

    /// The title under which the open chat was last seen.
    pub(super) fn known_title(&self) -> String {
        self.open.and_then(|chat| self.chats.title_of(&chat)).unwrap_or_default().to_owned()
    }

    /// The tags of the open chat, as far as it is known which that is.
    pub(super) fn worn(&self, ctx: &Context) -> Vec<TagId> {
        let tags = self.open.map(|chat| ctx.team().tags_of(&chat).iter().map(|tag| tag.id).collect());
        tags.unwrap_or_default()
    }

    /// Whether text can be put into the composer.
    pub(super) fn can_write(&self) -> bool {
        let settled = self.reading.open.as_ref().is_none_or(|open| open.identity != Identity::Unsettled);
        self.reading.layout == Layout::Known && self.reading.composer != Composer::Absent && settled
    }
}

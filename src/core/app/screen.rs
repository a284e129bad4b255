//! The state of WhatsApp's page, and the state derived from it, which several features read. Only the router and the
//! feature `chats` write it.

use crate::app::chats::Directory;
use crate::app::context::Context;
use crate::app::reading::{Composer, Identity, Layout, Reading};
use crate::id::TagId;
use crate::team::chat::ChatKey;

/// The state of WhatsApp's page.
#[derive(Default)]
pub struct Screen {
    /// The last reading of the page.
    pub reading: Reading,
    /// The chats seen so far.
    pub(super) chats: Directory,
    /// The open chat, if its identity is known.
    pub(super) open: Option<ChatKey>,
    /// Whether the composer is guarded: a colleague holds the chat and the person has not decided what to do.
    pub(super) guarded: bool,
    /// The unfilled fields of the draft, while they block sending.
    pub(super) unfilled: Vec<String>,
}

impl Screen {
    /// The number of the visit to the open chat.
    pub(super) fn visit(&self) -> Option<u32> {
        self.reading.open.as_ref().map(|open| open.visit)
    }

    /// The open chat's title on screen.
    pub(super) fn title(&self) -> Option<&str> {
        self.reading.open.as_ref().map(|open| open.title.as_str())
    }

    /// The title under which the open chat was last seen.
    pub(super) fn known_title(&self) -> String {
        self.open.and_then(|chat| self.chats.title_of(&chat)).unwrap_or_default().to_owned()
    }

    /// The tags of the open chat; empty if its identity is not known.
    pub(super) fn worn(&self, ctx: &Context) -> Vec<TagId> {
        let tags = self.open.map(|chat| ctx.team().tags_of(&chat).iter().map(|tag| tag.id).collect());
        tags.unwrap_or_default()
    }

    /// Whether text can be inserted into the composer.
    pub(super) fn can_write(&self) -> bool {
        let settled = self.reading.open.as_ref().is_none_or(|open| open.identity != Identity::Unsettled);
        self.reading.layout == Layout::Known && self.reading.composer != Composer::Absent && settled
    }
}

//! The two large sections of the desk. They come after what is seen first.

use baton_core::app::desk::Spot;
use baton_core::app::desk::view::{Body, View};
use web_sys::HtmlElement;

use super::replies::Replies;
use super::sync::Sync;
use super::{Send, Take};

/// The large sections.
pub(super) struct Sections {
    replies: Replies,
    sync: Sync,
}

impl Sections {
    pub(super) fn new(send: &Send, take: &Take, mac: bool) -> Sections {
        Sections { replies: Replies::new(send, take), sync: Sync::new(send, take, mac) }
    }

    pub(super) fn nodes(&self) -> [&HtmlElement; 2] {
        [&self.replies.node, &self.sync.node]
    }

    /// Draws the section that is shown, if it is one of the two, and tells which node it is.
    pub(super) fn show(&mut self, view: &View) -> Option<HtmlElement> {
        match &view.body {
            Body::Replies(replies) => {
                self.replies.show(replies);
                Some(self.replies.node.clone())
            }
            Body::Sync(sync) => {
                self.sync.show(sync, &view.status, view.layout, view.keys);
                Some(self.sync.node.clone())
            }
            _ => None,
        }
    }

    /// The node of a place that is on screen.
    pub(super) fn spot(&self, spot: Spot, view: &View) -> Option<HtmlElement> {
        match (spot, &view.body) {
            (Spot::Reply(reply), Body::Replies(replies)) => self.replies.row(replies, reply),
            (Spot::Search, _) => Some(self.replies.search.node.clone()),
            (Spot::Title, _) => Some(self.replies.editor.title.node.clone()),
            (Spot::Versions, _) => Some(self.replies.editor.versions()),
            (spot, Body::Sync(sync)) => self.sync.spot(spot, sync),
            _ => None,
        }
    }
}

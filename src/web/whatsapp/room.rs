//! Makes room for Baton by one class on `html` and one `style` element: they shrink WhatsApp's layout and pad the
//! conversation's footer.

use web_sys::{Document, HtmlElement};

use super::locators::{ROOM_CLASS, room_rule};
use crate::dom::{Build, append, document, el, set_text};

/// The room for the sidebar. Dropping it removes class and style.
#[derive(Default)]
pub(super) struct Room {
    style: Option<HtmlElement>,
    size: Option<RoomSize>,
}

/// The room for Baton, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RoomSize {
    /// The width at the inline end of the window.
    pub(crate) aside: u32,
    /// The width at the inline end of the conversation's footer.
    pub(crate) button: u32,
    /// The height at the top of the conversation's footer.
    pub(crate) band: u32,
}

impl Room {
    /// Makes room of this size; `None` gives it back.
    pub(super) fn make(&mut self, size: Option<RoomSize>) {
        let kept = self.style.as_ref().is_none_or(|style| style.is_connected());
        if self.size == size && kept {
            return;
        }
        self.size = size;
        let document = document();
        let Some(size) = size else {
            self.give_back(&document);
            return;
        };
        // The mark is for the bootstrap, which removes all that bears it after a trap.
        let style = self.style.get_or_insert_with(|| el("style").attr("data-baton", "room"));
        set_text(style, &room_rule(size));
        if let Some(parent) = document.head().map(Into::into).or_else(|| document.document_element())
            && !style.is_connected()
        {
            append(&parent, style);
        }
        if let Some(html) = document.document_element() {
            // A literal class is valid.
            let _ = html.class_list().add_1(ROOM_CLASS);
        }
    }

    fn give_back(&mut self, document: &Document) {
        if let Some(style) = self.style.take() {
            style.remove();
        }
        let Some(html) = document.document_element() else { return };
        let _ = html.class_list().remove_1(ROOM_CLASS);
        if html.class_name().is_empty() {
            let _ = html.remove_attribute("class");
        }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.give_back(&document());
    }
}

//! Makes room for the sidebar by one class on `html` and one `style` element, which shrink WhatsApp's layout.

use web_sys::{Document, HtmlElement};

use super::locators::{ROOM_CLASS, room_rule};
use crate::dom::{Build, append, document, el, set_text};

/// The room for the sidebar. Dropping it removes class and style.
#[derive(Default)]
pub(super) struct Room {
    style: Option<HtmlElement>,
    width: Option<u32>,
}

impl Room {
    /// Makes room of `width` px; `None` gives it back.
    pub(super) fn make(&mut self, width: Option<u32>) {
        let kept = self.style.as_ref().is_none_or(|style| style.is_connected());
        if self.width == width && kept {
            return;
        }
        self.width = width;
        let document = document();
        let Some(width) = width else {
            self.give_back(&document);
            return;
        };
        // The mark is for the bootstrap, which removes all that bears it after a trap.
        let style = self.style.get_or_insert_with(|| el("style").attr("data-baton", "room"));
        set_text(style, &room_rule(width));
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

//! A host of ours with a closed shadow root: the page can't read what is in it, and its styles do not meet ours.

use wasm_bindgen::UnwrapThrowExt;
use web_sys::{Element, HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode};

use crate::dom::{Build, append, el, set_attr};

/// The host and its root. Dropping it takes it off the page.
pub(crate) struct Root {
    host: HtmlElement,
    shadow: ShadowRoot,
}

impl Root {
    /// A root that is not on the page yet. `surface` tells our hosts apart; `style` is the text of its style sheet.
    pub(crate) fn new(surface: &str, style: &str) -> Root {
        // A plain `div`: isolated worlds have no custom elements in Chrome.
        let host = el("div");
        set_attr(&host, "data-baton", Some(surface));
        let shadow = host
            .attach_shadow(&ShadowRootInit::new(ShadowRootMode::Closed))
            .expect_throw("a `div` can be a host");
        // A `style` node works in both browsers under every policy; adopted sheets do not before Firefox 153.
        append(&shadow, &el("style").text(style));
        Root { host, shadow }
    }

    pub(crate) fn host(&self) -> &HtmlElement {
        &self.host
    }

    pub(crate) fn shadow(&self) -> &ShadowRoot {
        &self.shadow
    }

    /// Puts the host at the end of `parent`, unless it is there: the page may have thrown it out.
    pub(crate) fn attach(&self, parent: &Element) {
        if self.host.parent_element().as_ref() != Some(parent) {
            append(parent, &self.host);
        }
    }

    pub(crate) fn detach(&self) {
        self.host.remove();
    }

    /// Follows WhatsApp's theme.
    pub(crate) fn theme(&self, dark: bool) {
        set_attr(&self.host, "data-theme", Some(if dark { "dark" } else { "light" }));
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        self.detach();
    }
}

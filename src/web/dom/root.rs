//! A host element with a closed shadow root. The page can't read its content, and styles don't cross its border.

use wasm_bindgen::UnwrapThrowExt;
use web_sys::{Element, HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode};

use crate::dom::{Build, append, el, set_attr};

/// The host and its shadow root. Dropping it removes the host from the page.
pub(crate) struct Root {
    host: HtmlElement,
    shadow: ShadowRoot,
}

impl Root {
    /// Creates a host that is not on the page yet. `surface` names the host; `style` is the text of its style sheet.
    pub(crate) fn new(surface: &str, style: &str) -> Root {
        // The host is a plain `div`, because isolated worlds have no custom elements in Chrome.
        let host = el("div");
        set_attr(&host, "data-baton", Some(surface));
        let shadow = host
            .attach_shadow(&ShadowRootInit::new(ShadowRootMode::Closed))
            .expect_throw("a `div` can be a host");
        // A `style` node works in both browsers under every content security policy; adopted sheets fail in Firefox
        // before version 153.
        append(&shadow, &el("style").text(style));
        Root { host, shadow }
    }

    pub(crate) fn host(&self) -> &HtmlElement {
        &self.host
    }

    pub(crate) fn shadow(&self) -> &ShadowRoot {
        &self.shadow
    }

    /// Appends the host to `parent`, unless it is already there. The page may have removed it.
    pub(crate) fn attach(&self, parent: &Element) {
        if self.host.parent_element().as_ref() != Some(parent) {
            append(parent, &self.host);
        }
    }

    pub(crate) fn detach(&self) {
        self.host.remove();
    }

    /// Sets WhatsApp's theme, and the colours of its surfaces and of the selected row, if they are known.
    pub(crate) fn theme(&self, dark: bool, surface: Option<[u8; 3]>, selected_row: Option<[u8; 3]>) {
        set_attr(&self.host, "data-theme", Some(if dark { "dark" } else { "light" }));
        let colour = |name: &str, colour: Option<[u8; 3]>| {
            colour.map(|[red, green, blue]| format!("{name}:rgb({red},{green},{blue});")).unwrap_or_default()
        };
        let style = [colour("--page", surface), colour("--selected", selected_row)].concat();
        set_attr(&self.host, "style", Some(&style));
    }
}

impl Drop for Root {
    fn drop(&mut self) {
        self.detach();
    }
}

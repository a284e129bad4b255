//! Everything Baton believes about WhatsApp's markup, as data.
//!
//! A part of the page has a name and candidates, newest first. WhatsApp rolls its layouts out account by account, so
//! several are alive at once, and one that is gone has come back before: a candidate stays as long as it costs nothing.
//! A candidate that matches is still asked whether it fits. Nothing here may depend on a language or on generated
//! class names. The months are those in which the shape was seen.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use super::text;

/// A part of the page.
pub(super) struct Locator(&'static [Candidate]);

/// One way to find it.
struct Candidate {
    css: &'static str,
    fits: fn(&Element) -> bool,
}

/// Mounted by the server's page; everything of WhatsApp's is in it.
pub(super) const APP: &str = "#app";

/// Icons of 2025-09 to 2026-01 bring a `mask` with the id `main` along.
pub(super) const CONVERSATION: Locator = Locator(&[is("div#main")]);

/// The box in which the chat list scrolls. Other drawers have a `#pane-side` of their own.
pub(super) const LIST: Locator = Locator(&[is("#side #pane-side")]);

/// A row of the chat list, within [`LIST`].
pub(super) const ROWS: Locator = Locator(&[
    when("[data-testid^='list-item-']", is_placed), // 2023-04 to 2023-07, 2026-06 on
    when("[role='grid'] > *", is_placed),           // 2021-04 on
    when("[style*='translate']", is_outermost),     // 2016 to 2020: no roles
    is("[role='row']:not([role='row'] [role='row'])"),
    is("[role='listitem']"),
]);

/// The title within a row. The preview of the last message is a `span[title]` too.
pub(super) const ROW_TITLE: Locator = Locator(&[
    is("[data-testid='cell-frame-title'] span[title]"), // 2022-05 to 2023-07, 2026-06 on
    is("[aria-colindex='2'] span[dir='auto'][title]"),  // 2021-04 on
    is("span[dir='auto'][title]"),
]);

/// The badge within a row. Other labelled spans share its cell: "Maybe …", pins, and "Unread" without a number.
pub(super) const UNREAD: Locator = Locator(&[
    when("[data-testid='icon-unread-count']", is_count), // 2022-05 to 2023-07, 2026-06 on
    when("[aria-colindex='1'] span[aria-label]", is_count),
]);

/// Within a row: it is the open chat.
pub(super) const SELECTED: &str = "[aria-selected='true']";

/// The field that searches chats.
pub(super) const SEARCH: Locator = Locator(&[
    is("#side input[data-tab='3']"),                    // 2026-03 on
    is("#side [contenteditable='true'][data-tab='3']"), // 2021-04 to 2026-02
]);

/// Within the conversation: the bar with its title.
pub(super) const HEADER: Locator = Locator(&[is("header")]);

/// Within the header. A chat with oneself has a second `span[dir=auto]`, which says so.
pub(super) const OPEN_TITLE: Locator = Locator(&[
    is("[data-testid='conversation-info-header-chat-title']"), // 2022-09 to 2023-07, 2026-06 on
    is("[role='button'][data-tab='6'] span[dir='auto']"),      // 2025-06 on
    is("[role='button'] span[dir='auto']"),                    // 2021-04 on
    is("span[dir='auto']"),
]);

/// Within the conversation: the bar with the composer. Channels have none.
pub(super) const FOOTER: Locator = Locator(&[is("footer")]);

/// Within the footer.
pub(super) const COMPOSER: Locator = Locator(&[
    is("[contenteditable='true'][data-tab='10']"), // 2022-05 on
    is("[contenteditable='true'][role='textbox']"),
    is("[contenteditable='true']"), // 2021-04: data-tab 6
]);

/// What stands in the composer without being text.
pub(super) const NOT_TEXT: &str = "img, [data-lexical-decorator]";

/// The attributes of rows and of what is in them that are read here.
pub(super) const ROW_ATTRIBUTES: [&str; 3] = ["style", "title", "aria-selected"];

/// The attributes in the header and the footer that are read here. The composer's label names the chat.
pub(super) const BAR_ATTRIBUTES: [&str; 2] = ["aria-label", "contenteditable"];

/// What can be pressed: all of these in the footer end in the chat (send, voice message, attachments, stickers).
pub(super) const BUTTON: &str = "button, [role='button'], [data-tab='11']";

/// Within [`APP`]: something that takes the keys for itself.
pub(super) const DIALOG: Locator = Locator(&[
    when("[data-animate-modal-popup='true']", has_size), // 2021-04 on
    when("[role='dialog']", has_size),
    when("[aria-modal='true']", has_size),
    when("#wa-popovers-bucket [role='menu'], #wa-popovers-bucket [role='application']", has_size), // 2025-06 on
]);

/// Within [`APP`]: the code to log in with, or a bar that shows loading.
pub(super) const NOT_YET: Locator =
    Locator(&[is("progress, [role='progressbar']"), is("[data-ref]"), is("canvas")]);

/// Within [`APP`]: something that can only be a list, so that WhatsApp has booted.
pub(super) const LIKE_A_LIST: Locator = Locator(&[is("[role='grid']"), is("[style*='translateY(']")]);

/// Parts whose inside is no part of the page's skeleton: lists, bars and pictures change often and hold no parts.
pub(super) const INTERIOR: &str = "header, footer, #pane-side, [data-tab='8'], [role='application'], \
     [role='tablist'], [role='dialog'], button, [role='button'], svg, [data-icon], [data-baton]";

/// How deep below [`APP`] the skeleton goes. The parts lie six to seven levels deep since 2025-12.
pub(super) const SKELETON_DEPTH: usize = 8;

/// The class that makes room for the sidebar.
pub(super) const ROOM_CLASS: &str = "baton-room";

/// WhatsApp lays itself out in what this leaves it, at the inline start.
pub(super) fn room_rule(width: u32) -> String {
    format!("html.{ROOM_CLASS} #app > div {{ width: calc(100% - {width}px) !important; }}")
}

/// Every host of ours carries this attribute.
pub(super) const OURS: &str = "data-baton";

const fn is(css: &'static str) -> Candidate {
    Candidate { css, fits: |_| true }
}

const fn when(css: &'static str, fits: fn(&Element) -> bool) -> Candidate {
    Candidate { css, fits }
}

impl Locator {
    /// The first element that the newest fitting candidate finds.
    pub(super) fn find(&self, within: &Element) -> Option<Element> {
        self.0.iter().find_map(|candidate| match candidate.first(within) {
            Some(first) if (candidate.fits)(&first) => Some(first),
            Some(_) => candidate.all(within).find(|it| (candidate.fits)(it)),
            None => None,
        })
    }
}

impl Candidate {
    fn first(&self, within: &Element) -> Option<Element> {
        within.query_selector(self.css).ok().flatten()
    }

    fn all(&self, within: &Element) -> impl Iterator<Item = Element> + use<> {
        let nodes = within.query_selector_all(self.css).ok();
        let count = nodes.as_ref().map_or(0, web_sys::NodeList::length);
        (0..count).filter_map(move |i| nodes.as_ref()?.item(i)?.dyn_into().ok())
    }
}

/// The inline style of an element.
pub(super) fn style(element: &Element, property: &str) -> String {
    let styled = element.dyn_ref::<web_sys::HtmlElement>();
    styled.and_then(|it| it.style().get_property_value(property).ok()).unwrap_or_default()
}

/// The value of a field, whichever kind of field it is.
pub(super) fn value(field: &Element) -> String {
    match field.dyn_ref::<HtmlInputElement>() {
        Some(input) => input.value(),
        None => field.text_content().unwrap_or_default(),
    }
}

fn is_placed(element: &Element) -> bool {
    text::vertical(&style(element, "transform")).is_some()
}

fn is_outermost(element: &Element) -> bool {
    let outer =
        element.parent_element().and_then(|it| it.closest("#pane-side [style*='translateY(']").ok()?);
    is_placed(element) && outer.is_none()
}

fn is_count(element: &Element) -> bool {
    element.text_content().is_some_and(|it| text::count(&it).is_some())
}

fn has_size(element: &Element) -> bool {
    let rect = element.get_bounding_client_rect();
    rect.width() > 0.0 && rect.height() > 0.0
}

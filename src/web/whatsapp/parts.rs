//! The parts of the page that all else is read from, and whether the layout is known.

use baton_core::app::reading::Layout;
use web_sys::{Document, Element};

use super::list::List;
use super::locators::{
    APP, BUTTON, COMPOSER, CONVERSATION, FOOTER, GRID, HEADER, INTERIOR, LIKE_A_LIST, LIST, LOADING, LOGIN,
    OPEN_TITLE, ROW_TITLE, ROWS, SEND, SKELETON_DEPTH,
};

/// The parts that exist.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Parts {
    /// WhatsApp's root element.
    pub(super) app: Option<Element>,
    /// The scroll container of the chat list.
    pub(super) list: Option<Element>,
    /// The parent of the rows.
    pub(super) grid: Option<Element>,
    /// The open conversation.
    pub(super) conversation: Option<Element>,
    /// The bar above the conversation.
    pub(super) header: Option<Element>,
    /// The bar below the conversation.
    pub(super) footer: Option<Element>,
    /// The editor for messages.
    pub(super) composer: Option<Element>,
}

impl Parts {
    /// Finds the parts.
    pub(super) fn find(document: &Document) -> Parts {
        let Some(app) = document.document_element().and_then(|html| APP.find(&html)) else {
            return Parts::default();
        };
        let (list, grid) = match LIST.find(&app) {
            Some(list) => {
                let grid = ROWS.find(&list).and_then(|row| row.parent_element());
                (Some(list), grid)
            }
            None => {
                let grid = GRID.find(&app).filter(|grid| ROW_TITLE.find(grid).is_some());
                (grid.as_ref().and_then(scroller), grid)
            }
        };
        let conversation = CONVERSATION.find(&app).or_else(|| around_composer(&app, list.as_ref()));
        let header = conversation.as_ref().and_then(|it| HEADER.find(it));
        let footer = conversation.as_ref().and_then(|it| FOOTER.find(it));
        let composer = match (&conversation, &footer) {
            (_, Some(footer)) => COMPOSER.find(footer),
            (Some(conversation), None) => COMPOSER.find_last(conversation),
            (None, None) => None,
        };
        // Where the footer is not found by its name, the composer's parent replaces it.
        let footer = footer.or_else(|| composer.as_ref().and_then(|it| it.parent_element()));
        Parts { app: Some(app), list, grid, conversation, header, footer, composer }
    }

    /// The send button. It exists while there is a draft.
    pub(super) fn send_button(&self) -> Option<Element> {
        let found = SEND.find(self.footer.as_ref()?)?;
        // A selector of ours is valid.
        found.closest(BUTTON).ok().flatten().or(Some(found))
    }

    /// The parts of the open conversation beside its header and its footer: one of them has the messages.
    pub(super) fn message_areas(&self) -> Vec<Element> {
        let Some(children) = self.conversation.as_ref().map(Element::children) else { return Vec::new() };
        let is_bar = |area: &Element| {
            let bars = [&self.header, &self.footer];
            bars.into_iter().flatten().any(|bar| area.contains(Some(bar)))
        };
        (0..children.length()).filter_map(|at| children.item(at)).filter(|it| !is_bar(it)).collect()
    }

    /// The element with the title of the open conversation.
    pub(super) fn open_title(&self) -> Option<Element> {
        OPEN_TITLE.find(self.header.as_ref()?)
    }

    /// The elements whose child lists change when a part appears or disappears: the path down to the app, and its
    /// descendants as deep as the parts lie, without the insides of the parts.
    pub(super) fn skeleton(&self) -> Vec<Element> {
        let Some(app) = &self.app else { return vec![] };
        let mut skeleton: Vec<Element> =
            core::iter::successors(app.parent_element(), |it| it.parent_element()).collect();
        let mut level = vec![app.clone()];
        for _ in 0..=SKELETON_DEPTH {
            let mut below = Vec::new();
            for element in level {
                let children = element.children();
                below.extend((0..children.length()).filter_map(|i| children.item(i)).filter(|child| {
                    // A selector of ours is valid.
                    !child.matches(INTERIOR).unwrap_or(true)
                }));
                skeleton.push(element);
            }
            level = below;
        }
        skeleton
    }

    /// Whether the layout is known. `late`: loading should be over. `known`: the layout was known before, which counts
    /// because WhatsApp has screens without a chat list.
    pub(super) fn layout(&self, list: &List, late: bool, known: bool) -> Layout {
        let Some(app) = &self.app else {
            return if late { Layout::Unknown(vec!["app"]) } else { Layout::Waiting };
        };
        let mut missing = Vec::new();
        if self.list.is_none() && !known {
            // A selector of ours is valid.
            let booted = app.query_selector(LIKE_A_LIST).is_ok_and(|it| it.is_some());
            let loading = app.child_element_count() == 0 || LOADING.find(app).is_some();
            if !booted && LOGIN.find(app).is_some() {
                return Layout::LoggedOut;
            }
            if !booted && (!late || loading) {
                return Layout::Waiting;
            }
            missing.push("chat list");
        }
        if list.is_unreadable() {
            missing.push("chat titles");
        }
        if self.composer.is_some() && self.open_title().is_none() {
            missing.push("conversation title");
        }
        if missing.is_empty() { Layout::Known } else { Layout::Unknown(missing) }
    }
}

/// The scroll container of an element; its parent, if no style tells.
fn scroller(element: &Element) -> Option<Element> {
    let window = web_sys::window()?;
    let scrolls = |element: &Element| {
        let style = window.get_computed_style(element).ok().flatten();
        let overflow = style.and_then(|it| it.get_property_value("overflow-y").ok());
        overflow.is_some_and(|it| it == "auto" || it == "scroll")
    };
    let mut around = core::iter::successors(Some(element.clone()), |it| it.parent_element());
    around.find(scrolls).or_else(|| element.parent_element())
}

/// Finds the conversation without its name: the element around the composer that has a header, but not the chat list.
fn around_composer(app: &Element, list: Option<&Element>) -> Option<Element> {
    let composer = COMPOSER.find_last(app)?;
    let around = core::iter::successors(composer.parent_element(), |it| it.parent_element());
    around
        .take_while(|it| it != app && !list.is_some_and(|list| it.contains(Some(list))))
        .find(|it| HEADER.find(it).is_some())
}

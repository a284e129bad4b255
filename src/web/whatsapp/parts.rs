//! The parts of the page that everything else is read from, and whether they make a page we know.

use baton_core::app::reading::Layout;
use web_sys::{Document, Element};

use super::list::List;
use super::locators::{
    APP, COMPOSER, CONVERSATION, FOOTER, HEADER, INTERIOR, LIKE_A_LIST, LIST, NOT_YET, OPEN_TITLE, ROWS,
    SKELETON_DEPTH,
};

/// The parts, as far as they are there.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Parts {
    /// What everything is in.
    pub(super) app: Option<Element>,
    /// The box in which the chat list scrolls.
    pub(super) list: Option<Element>,
    /// What the rows are the children of.
    pub(super) grid: Option<Element>,
    /// The open conversation.
    pub(super) conversation: Option<Element>,
    /// The bar over it.
    pub(super) header: Option<Element>,
    /// The bar under it.
    pub(super) footer: Option<Element>,
    /// What one writes in.
    pub(super) composer: Option<Element>,
}

impl Parts {
    /// Looks for the parts.
    pub(super) fn find(document: &Document) -> Parts {
        let Some(app) = document.query_selector(APP).ok().flatten() else { return Parts::default() };
        let list = LIST.find(&app);
        let grid = list.as_ref().and_then(|list| ROWS.find(list)).and_then(|row| row.parent_element());
        let conversation = CONVERSATION.find(&app);
        let header = conversation.as_ref().and_then(|it| HEADER.find(it));
        let footer = conversation.as_ref().and_then(|it| FOOTER.find(it));
        let composer = footer.as_ref().and_then(|it| COMPOSER.find(it));
        Parts { app: Some(app), list, grid, conversation, header, footer, composer }
    }

    /// Where the title of the open conversation is.
    pub(super) fn open_title(&self) -> Option<Element> {
        OPEN_TITLE.find(self.header.as_ref()?)
    }

    /// Elements that gain or lose a child when a part comes or goes: the way down to the app, and what is in it as
    /// deep as parts lie, without what changes inside the parts.
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

    /// Whether this is a page we know. `late` says that loading should long be over, `known` that it was one before:
    /// WhatsApp has screens without a chat list.
    pub(super) fn layout(&self, list: &List, late: bool, known: bool) -> Layout {
        let Some(app) = &self.app else {
            return if late { Layout::Unknown(vec!["app"]) } else { Layout::Waiting };
        };
        let mut missing = Vec::new();
        if self.list.is_none() && !known {
            let booted = LIKE_A_LIST.find(app).is_some();
            let loading = app.child_element_count() == 0 || NOT_YET.find(app).is_some();
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

//! The filters and the order of the list of replies.

use baton_core::app::desk::Msg;
use baton_core::app::desk::replies::view::{FolderChip, Replies as View};
use baton_core::app::desk::replies::{Msg as Act, Scope, Sort};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlSelectElement};

use crate::browser::i18n::{number, tr};
use crate::dom::list::{Row, Rows};
use crate::dom::{Build, Listener, append, el, on, set_text};
use crate::ui::desk::Send;
use crate::ui::widget::{Button, sends, show};

/// The filters and the order.
pub(super) struct Filters {
    pub(super) node: HtmlElement,
    scopes: Vec<(Scope, Button)>,
    sort: HtmlSelectElement,
    folders: HtmlElement,
    chips: Rows<Option<String>, Chip>,
    send: Send,
    _sorted: Listener,
}

struct Chip {
    button: Button,
    name: HtmlElement,
    count: HtmlElement,
}

impl Row for Chip {
    fn node(&self) -> &HtmlElement {
        &self.button.node
    }
}

impl Filters {
    pub(super) fn new(send: &Send) -> Filters {
        let scopes: Vec<(Scope, Button)> = Scope::ALL
            .into_iter()
            .map(|(scope, name)| {
                (scope, Button::text("toggle", &tr(name), sends(send, Msg::Replies(Act::Scope(scope)))))
            })
            .collect();
        let which = el("div").class("row chips").attr("role", "group");
        let which = which.attr("aria-label", &tr("replies_scope"));
        for (_, button) in &scopes {
            append(&which, &button.node);
        }
        let sort = el("select").class("field").attr("aria-label", &tr("replies_sort"));
        for (at, (_, name)) in Sort::ALL.into_iter().enumerate() {
            append(&sort, &el("option").attr("value", &at.to_string()).text(&tr(name)));
        }
        let sort: HtmlSelectElement = sort.unchecked_into();
        let sorted = {
            let (send, select) = (send.clone(), sort.clone());
            on(&sort, "change", move |_| {
                if let Some((sort, _)) = Sort::ALL.get(select.selected_index().unsigned_abs() as usize) {
                    send(Msg::Replies(Act::Sort(*sort)));
                }
            })
        };
        let folders = el("div").class("row chips").attr("role", "group");
        let folders = folders.attr("aria-label", &tr("replies_folders"));
        let first = el("div").class("row filter").with(&[&which, sort.unchecked_ref()]);
        let node = el("div").class("filters").with(&[&first, &folders]);
        let chips = Rows::new(&folders);
        Filters { node, scopes, sort, folders, chips, send: send.clone(), _sorted: sorted }
    }

    pub(super) fn show(&mut self, view: &View) {
        show(&self.node, view.total > 0);
        for (scope, button) in &self.scopes {
            button.press(*scope == view.scope);
        }
        let at = Sort::ALL.iter().position(|(sort, _)| *sort == view.sort).unwrap_or_default() as i32;
        if self.sort.selected_index() != at {
            self.sort.set_selected_index(at);
        }
        show(&self.folders, !view.folders.is_empty());
        let send = &self.send;
        let make = |chip: &FolderChip| {
            let (name, count) = (el("bdi"), el("span").class("number"));
            let press = sends(send, Msg::Replies(Act::Folder(chip.folder.clone())));
            Chip { button: Button::of("toggle", &[&name, &count], press), name, count }
        };
        self.chips.show(
            &view.folders,
            |chip| chip.folder.clone(),
            make,
            |shown, chip| {
                let name = match chip.folder.as_deref() {
                    None => tr("replies_folder_all"),
                    Some("") => tr("replies_folder_none"),
                    Some(name) => name.to_owned(),
                };
                set_text(&shown.name, &name);
                set_text(&shown.count, &number(chip.count));
                shown.button.press(chip.chosen);
            },
        );
    }
}

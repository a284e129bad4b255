//! The bar with the actions on the selected replies.

use baton_core::app::desk::replies::Msg as Act;
use baton_core::app::desk::replies::view::Bulk;
use baton_core::app::desk::{Field, Msg};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::chips::TagChips;
use crate::browser::i18n::{tr, tr_count};
use crate::dom::{Build, Listener, append, el, on, set_attr, set_text};
use crate::ui::desk::field::{Choices, Input};
use crate::ui::desk::{Send, text};
use crate::ui::icons::Icon;
use crate::ui::widget::{Button, sends, show};

/// The bar with the actions on the selected replies.
pub(super) struct Bar {
    pub(super) node: HtmlElement,
    count: HtmlElement,
    folder: Input,
    folders: Choices,
    only: HtmlElement,
    tags: TagChips,
    archive: Button,
    back: Button,
    _buttons: [Button; 3],
    _submit: Listener,
}

impl Bar {
    pub(super) fn new(send: &Send) -> Bar {
        let does = |act| sends(send, Msg::Replies(act));
        let count = el("strong").attr("role", "status");
        let none = Button::icon("", Icon::X, &tr("replies_select_none"), does(Act::SelectNone));
        let archive = Button::text("", &tr("replies_archive"), does(Act::ArchiveSelected(true)));
        let archive = archive.with_icon(Icon::Archive);
        let back = Button::text("", &tr("replies_back"), does(Act::ArchiveSelected(false)));
        let back = back.with_icon(Icon::Undo);
        let delete =
            Button::icon("danger", Icon::Trash, &tr("replies_delete_selected"), does(Act::DeleteSelected));
        let head = el("div").class("row");
        let head = head.with(&[&count, &archive.node, &back.node, &delete.node, &none.node]);
        let folder = Input::new("input", Field::BulkFolder, 80, send).labelled("replies_move_to");
        set_attr(&folder.node, "placeholder", Some(&tr("replies_move_to")));
        let folders = Choices::new("folders-selected", &folder);
        let submit = {
            let send = send.clone();
            on(&folder.node, "keydown", move |event| {
                if let Some(key) = event.dyn_ref::<KeyboardEvent>()
                    && key.key() == "Enter"
                    && !key.is_composing()
                {
                    send(Msg::Replies(Act::MoveSelected));
                }
            })
        };
        let moves = Button::text("", &tr("replies_move"), does(Act::MoveSelected));
        let line = el("div").class("row add").with(&[&folder.node, &folders.node, &moves.node]);
        let tags = {
            let send = send.clone();
            TagChips::new(move |tag, on| send(Msg::Replies(Act::TagSelected(tag, on))))
        };
        let only = el("div").class("row").attr("role", "group").attr("aria-label", &tr("replies_only_in"));
        append(&only, &text("span", "replies_only_in").class("muted"));
        append(&only, &tags.node);
        let node = el("div").class("bulk").attr("role", "group");
        let node = node.attr("aria-label", &tr("replies_bulk")).with(&[&head, &line, &only]);
        let buttons = [none, delete, moves];
        Bar { node, count, folder, folders, only, tags, archive, back, _buttons: buttons, _submit: submit }
    }

    pub(super) fn show(&mut self, view: Option<&Bulk>) {
        show(&self.node, view.is_some());
        let count = view.map(|view| tr_count("replies_selected", view.count));
        set_text(&self.count, &count.unwrap_or_default());
        let Some(view) = view else { return };
        self.folder.show(&view.folder);
        self.folders.show(&view.folders);
        show(&self.only, !view.tags.is_empty());
        self.tags.show(&view.tags);
        show(&self.archive.node, view.archive.0);
        show(&self.back.node, view.archive.1);
    }
}

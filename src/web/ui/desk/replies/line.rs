//! A row of the list of replies.

use baton_core::app::desk::Msg;
use baton_core::app::desk::replies::view::ReplyRow;
use baton_core::app::desk::replies::{Msg as Act, Sort};
use baton_core::id::ReplyId;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, HtmlInputElement, KeyboardEvent, MouseEvent};

use crate::browser::i18n::{tr, tr_count, tr_with};
use crate::dom::list::Row;
use crate::dom::{Build, Listener, append, document, el, on, set_attr, set_flag, set_text};
use crate::ui::desk::{Send, arrow};
use crate::ui::widget::{Button, focus_row, sends, show};

/// A row: a checkbox to select it, and a button that opens it.
pub(super) struct Line {
    node: HtmlElement,
    check: HtmlInputElement,
    pub(super) open: Button,
    title: HtmlElement,
    shortcut: HtmlElement,
    about: HtmlElement,
    /// The values shown in `about`, which is redrawn only when they change.
    shown: Option<(ReplyRow, Sort)>,
    _listeners: [Listener; 2],
}

impl Row for Line {
    fn node(&self) -> &HtmlElement {
        &self.node
    }
}

impl Line {
    pub(super) fn new(id: ReplyId, send: &Send) -> Line {
        let (title, shortcut) = (el("span").class("title").attr("dir", "auto"), el("span").class("shortcut"));
        let first = el("span").class("first").with(&[&title, &shortcut]);
        let about = el("span").class("about");
        let open = Button::of("reply-row", &[&first, &about], sends(send, Msg::Replies(Act::Open(Some(id)))));
        set_attr(&open.node, "aria-keyshortcuts", Some("Space Delete"));
        let check = el("input").attr("type", "checkbox").class("pick");
        for control in [&check, &open.node] {
            set_attr(control, "tabindex", Some("-1"));
        }
        let node = el("li").attr("data-row", "").with(&[&check, &open.node]);
        let picked = {
            let send = send.clone();
            on(&check, "click", move |event| {
                let range = event.dyn_ref::<MouseEvent>().is_some_and(MouseEvent::shift_key);
                send(Msg::Replies(if range { Act::SelectTo(id) } else { Act::Select(id) }));
            })
        };
        let keys = {
            let (send, button) = (send.clone(), open.node.clone());
            on(&node, "keydown", move |event| {
                if pressed(event, id, &button, &send) {
                    event.prevent_default();
                }
            })
        };
        let check = check.unchecked_into();
        Line { node, check, open, title, shortcut, about, shown: None, _listeners: [picked, keys] }
    }

    pub(super) fn show(&mut self, view: &ReplyRow, sort: Sort) {
        if self.check.checked() != view.selected {
            self.check.set_checked(view.selected);
        }
        if self.shown.as_ref().is_some_and(|(shown, by)| shown == view && *by == sort) {
            return;
        }
        set_flag(&self.node, "data-selected", view.selected);
        set_attr(&self.check, "aria-label", Some(&tr_with("replies_select", &[&view.title])));
        set_text(&self.title, &view.title);
        let shortcut = if view.shortcut.is_empty() { String::new() } else { format!(";;{}", view.shortcut) };
        set_text(&self.shortcut, &shortcut);
        set_attr(&self.open.node, "aria-current", view.open.then_some("true"));
        self.about.set_text_content(None);
        let mark = |class: &str, text: &str| {
            append(&self.about, &el("span").class(class).attr("dir", "auto").text(text))
        };
        if !view.folder.is_empty() {
            mark("where", &view.folder);
        }
        if view.mine {
            mark("badge", &tr("palette_own"));
        }
        if view.archived {
            mark("badge", &tr("replies_archived"));
        }
        for (name, colour) in &view.tags {
            mark("dot", "");
            if let Some(dot) = self.about.last_element_child() {
                set_attr(&dot, "data-colour", Some(colour.name()));
            }
            mark("only", name);
        }
        let by_use = matches!(sort, Sort::MostUsed | Sort::LeastUsed);
        if view.uses > 0 {
            mark("used", &tr_count("replies_used_times", view.uses as usize));
        } else if by_use {
            mark("used", &tr("replies_unused"));
        }
        show(&self.about, self.about.has_child_nodes());
        self.shown = Some((view.clone(), sort));
    }
}

/// Handles a key in a row. Returns whether the key was handled.
fn pressed(event: &Event, id: ReplyId, button: &HtmlElement, send: &Send) -> bool {
    let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return false };
    if key.is_composing() || key.ctrl_key() || key.meta_key() {
        return false;
    }
    if let Some((forward, moves)) = arrow(event) {
        if !moves {
            return document().active_element().is_some_and(|it| focus_row(&it, forward));
        }
        send(Msg::Replies(Act::Move(id, if forward { 1 } else { -1 })));
        return true;
    }
    let on_button = event.target().as_ref() == Some(button.as_ref());
    let act = match key.key().as_str() {
        "ArrowDown" if key.shift_key() => Act::Extend(id, true),
        "ArrowUp" if key.shift_key() => Act::Extend(id, false),
        " " if on_button => Act::Select(id),
        "Delete" => Act::Archive(id, true),
        _ => return false,
    };
    send(Msg::Replies(act));
    true
}

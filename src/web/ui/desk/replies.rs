//! The team's replies: the list, and beside it the one that is open.

use baton_core::app::desk::view::{Replies as View, ReplyRow};
use baton_core::app::desk::{Field, Msg};
use baton_core::id::ReplyId;
use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::editor::Editor;
use super::field::Input;
use super::{Send, arrow};
use crate::browser::i18n::{said, said_count};
use crate::browser::random;
use crate::ui::dom::{Build, document, el, on, set_attr, set_flag, set_text};
use crate::ui::icons::Icon;
use crate::ui::list::{Row, Rows};
use crate::ui::widget::{Button, focus_row, sends, show};

/// The section.
pub(crate) struct Replies {
    pub(crate) node: HtmlElement,
    pub(crate) search: Input,
    found: HtmlElement,
    empty: HtmlElement,
    list: HtmlElement,
    rows: Rows<ReplyId, Line>,
    pub(crate) editor: Editor,
    send: Send,
    _new: Button,
    _down: EventListener,
}

impl Replies {
    pub(crate) fn new(send: &Send) -> Replies {
        let search = Input::new("input", Field::Search, 80, send).labelled("replies_search");
        set_attr(&search.node, "type", Some("search"));
        set_attr(&search.node, "placeholder", Some(&said("replies_search")));
        let new = {
            let send = send.clone();
            let press = move || send(Msg::NewReply(ReplyId(random::id())));
            Button::text("primary", &said("replies_new"), press).with_icon(Icon::Plus)
        };
        let head = el("div").class("row add").with(&[&search.node, &new.node]);
        let found = el("p").class("muted").attr("role", "status");
        let empty = el("p").class("empty");
        let list = el("ul").class("reply-list").attr("aria-label", &said("desk_replies"));
        let pane = el("div").class("pane").with(&[&head, &found, &empty, &list]);
        let editor = Editor::new(send);
        let node = el("section").class("replies").with(&[&pane, &editor.node]);
        let down = {
            let list = list.clone();
            on(&search.node, "keydown", move |event| {
                if arrow(event) == Some((true, false))
                    && let Some(first) = list.first_element_child().and_then(|row| row.first_element_child())
                {
                    event.prevent_default();
                    let _ = first.unchecked_into::<HtmlElement>().focus();
                }
            })
        };
        let rows = Rows::new(&list);
        Replies { node, search, found, empty, list, rows, editor, send: send.clone(), _new: new, _down: down }
    }

    pub(crate) fn show(&mut self, view: &View) {
        set_flag(&self.node, "data-open", view.open.is_some());
        self.search.show(&view.query);
        let searching = !view.query.trim().is_empty();
        let found = searching.then(|| said_count("palette_found", view.rows.len()));
        set_text(&self.found, &found.unwrap_or_default());
        show(&self.found, searching);
        show(&self.empty, view.rows.is_empty());
        let words = if view.total == 0 { "replies_empty" } else { "palette_no_match" };
        set_text(&self.empty, &said(words));
        show(&self.list, !view.rows.is_empty());
        let send = &self.send;
        self.rows.show(&view.rows, |row| row.id, |row| Line::new(row.id, send), |line, row| line.show(row));
        self.editor.show(view.open.as_ref());
    }

    /// The row of a reply.
    pub(crate) fn row(&self, view: &View, reply: ReplyId) -> Option<HtmlElement> {
        let at = view.rows.iter().position(|row| row.id == reply)?;
        Some(self.rows.get(at)?.open.node.clone())
    }
}

/// A reply.
struct Line {
    node: HtmlElement,
    open: Button,
    title: HtmlElement,
    shortcut: HtmlElement,
    _keys: EventListener,
}

impl Row for Line {
    fn node(&self) -> &HtmlElement {
        &self.node
    }
}

impl Line {
    fn new(id: ReplyId, send: &Send) -> Line {
        let (title, shortcut) = (el("span").class("title").attr("dir", "auto"), el("span").class("shortcut"));
        let open = Button::of("reply-row", &[&title, &shortcut], sends(send, Msg::OpenReply(Some(id))));
        let node = el("li").attr("data-row", "").with(&[&open.node]);
        let keys = {
            let send = send.clone();
            on(&node, "keydown", move |event| {
                let Some((forward, moves)) = arrow(event) else { return };
                if moves {
                    send(Msg::MoveReply(id, if forward { 1 } else { -1 }));
                } else if !document().active_element().is_some_and(|it| focus_row(&it, forward)) {
                    return;
                }
                event.prevent_default();
            })
        };
        Line { node, open, title, shortcut, _keys: keys }
    }

    fn show(&self, view: &ReplyRow) {
        set_text(&self.title, &view.title);
        let shortcut = if view.shortcut.is_empty() { String::new() } else { format!(";;{}", view.shortcut) };
        set_text(&self.shortcut, &shortcut);
        set_attr(&self.open.node, "aria-current", view.open.then_some("true"));
    }
}

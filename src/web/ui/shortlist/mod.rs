//! The replies for the open chat: the section of the sidebar, and in [`suggestions`] the button and the suggestions at
//! the composer.

pub(crate) mod suggestions;

use std::cell::Cell;
use std::rc::Rc;

use baton_core::app;
use baton_core::app::Msg;
use baton_core::app::shortlist::Msg as In;
use baton_core::app::shortlist::view::{Row as View, Shortlist as Replies};
use baton_core::id::ReplyId;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::icons::{Icon, icon};
use super::palette::form::Form;
use super::palette::show_pieces;
use super::start::Start;
use super::widget::{Button, Roving, Send, sends, show, typed};
use crate::browser::i18n::{tr, tr_with};
use crate::browser::random;
use crate::dom::list::{Row, Rows};
use crate::dom::{Build, Listener, append, el, on, set_attr, set_flag, set_text, set_value};

/// The section of the replies for the open chat.
pub(crate) struct Shortlist {
    pub(crate) node: HtmlElement,
    query: HtmlInputElement,
    list: HtmlElement,
    rows: Rows<ReplyId, Line>,
    roving: Roving,
    empty: HtmlElement,
    empty_text: HtmlElement,
    write: Button,
    start: Start,
    preview: HtmlElement,
    pub(crate) form: Form,
    search: HtmlElement,
    suggest: Button,
    suggesting: Rc<Cell<bool>>,
    send: Send,
    _listeners: [Listener; 3],
}

impl Shortlist {
    pub(crate) fn new(send: &Send) -> Shortlist {
        let title = el("h2").text(&tr("shortlist_title"));
        let suggesting = Rc::new(Cell::new(true));
        let suggest = {
            let (send, suggesting) = (send.clone(), suggesting.clone());
            let toggle = move || send(Msg::Shortlist(In::Suggest(!suggesting.get())));
            Button::icon("", Icon::Zap, &tr("shortlist_suggest"), toggle)
        };
        let head = el("div").class("head").with(&[&title, &suggest.node]);
        let query: HtmlInputElement = el("input").class("query").attr("autocomplete", "off").unchecked_into();
        set_attr(&query, "aria-label", Some(&tr("palette_label")));
        set_attr(&query, "placeholder", Some(&tr("palette_label")));
        let searching = typed(&query, send, |query| Msg::Shortlist(In::Query(query)));
        let search = el("div").class("search");
        append(&search, &icon(Icon::Search, 16));
        append(&search, &query);
        let list = el("ul").class("shortlist").attr("aria-label", &tr("shortlist_title"));
        let empty_text = el("p");
        let write = {
            let send = send.clone();
            let begin =
                move || send(Msg::Palette(app::palette::Msg::Begin(ReplyId(random::id()), String::new())));
            Button::text("", &tr("palette_write"), begin)
        };
        let start = Start::new(send);
        let empty = el("div").class("empty").with(&[&empty_text, &start.node, &write.node]);
        let preview = el("p").class("reads").attr("dir", "auto");
        let form = Form::new(send);
        let node =
            el("section").class("section quick").with(&[&head, &search, &list, &empty, &preview, &form.node]);
        let left = |kind| {
            let send = send.clone();
            on(&list, kind, move |_| send(Msg::Shortlist(In::Point(None))))
        };
        let listeners = [searching, left("mouseleave"), left("focusout")];
        let (rows, roving) = (Rows::new(&list), Roving::new(&list));
        Shortlist {
            node,
            query,
            list,
            rows,
            roving,
            empty,
            empty_text,
            write,
            start,
            preview,
            form,
            search,
            suggest,
            suggesting,
            send: send.clone(),
            _listeners: listeners,
        }
    }

    pub(crate) fn show(&mut self, view: Option<&Replies>, suggesting: bool) {
        show(&self.node, view.is_some());
        self.suggesting.set(suggesting);
        self.suggest.press(suggesting);
        let Some(view) = view else {
            self.form.show(None);
            return;
        };
        self.form.show(view.form.as_ref());
        let is_list = view.form.is_none();
        show(&self.search, is_list && view.total > 0);
        set_value(&self.query, &view.query);
        show(&self.list, is_list && !view.rows.is_empty());
        show(&self.empty, is_list && view.rows.is_empty());
        set_text(&self.empty_text, &tr(if view.total == 0 { "palette_none" } else { "palette_no_match" }));
        show(&self.write.node, view.total == 0);
        show(&self.start.node, view.start);
        show(&self.preview, is_list && !view.rows.is_empty());
        set_flag(&self.preview, "data-hint", view.preview.is_empty());
        if view.preview.is_empty() {
            self.preview.set_text_content(None);
            set_text(&self.preview, &tr("shortlist_hint"));
        } else {
            show_pieces(&self.preview, &view.preview);
        }
        let send = &self.send;
        self.rows.show(&view.rows, |it| it.id, |it| Line::new(it.id, send), |line, it| line.show(it));
        self.roving.settle();
    }

    /// Handles a key in the search field. Returns whether it was handled.
    pub(crate) fn key(&self, active: &Element, event: &KeyboardEvent) -> bool {
        if *active != *AsRef::<Element>::as_ref(&self.query) || event.is_composing() {
            return false;
        }
        match event.key().as_str() {
            "Enter" => (self.send)(Msg::Shortlist(In::InsertFirst)),
            "ArrowDown" => return self.rows.get(0).is_some_and(|row| row.insert.node.focus().is_ok()),
            _ => return false,
        }
        true
    }
}

/// The row of a reply: a press inserts it, and its further buttons pin and edit it.
struct Line {
    node: HtmlElement,
    insert: Button,
    pin_mark: HtmlElement,
    title: HtmlElement,
    shortcut: HtmlElement,
    pin: Button,
    edit: Button,
    _listeners: [Listener; 2],
}

impl Row for Line {
    fn node(&self) -> &HtmlElement {
        &self.node
    }
}

impl Line {
    fn new(id: ReplyId, send: &Send) -> Line {
        let pin_mark = el("span").class("pin-mark").attr("role", "img");
        append(&pin_mark, &icon(Icon::Pin, 12));
        let title = el("span").class("name").attr("dir", "auto");
        let shortcut = el("span").class("shortcut");
        let insert =
            Button::of("reply", &[&pin_mark, &title, &shortcut], sends(send, Msg::Shortlist(In::Insert(id))));
        let pin = Button::icon("more-action", Icon::Pin, "", sends(send, Msg::Shortlist(In::Pin(id))));
        let edit = Msg::Palette(app::palette::Msg::EditReply(id));
        let edit = Button::icon("more-action", Icon::Ellipsis, "", sends(send, edit));
        let node = el("li").attr("data-row", "").with(&[&insert.node, &pin.node, &edit.node]);
        let point = |kind| {
            let send = send.clone();
            on(&node, kind, move |_| send(Msg::Shortlist(In::Point(Some(id)))))
        };
        let listeners = [point("mouseenter"), point("focusin")];
        Line { node, insert, pin_mark, title, shortcut, pin, edit, _listeners: listeners }
    }

    fn show(&self, view: &View) {
        set_text(&self.title, &view.title);
        set_text(&self.shortcut, &view.shortcut);
        show(&self.pin_mark, view.pinned || view.pinned_for_all);
        let mark = if view.pinned_for_all { "shortlist_pinned_for_all" } else { "palette_pinned" };
        set_attr(&self.pin_mark, "aria-label", Some(&tr(mark)));
        set_attr(&self.pin_mark, "title", Some(&tr(mark)));
        self.pin.press(view.pinned);
        let pin = if view.pinned { "shortlist_unpin" } else { "shortlist_pin" };
        self.pin.rename(&tr_with(pin, &[&view.title]));
        self.edit.rename(&tr_with("shortlist_edit", &[&view.title]));
    }
}

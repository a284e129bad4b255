//! The section of the replies: the filters, the list, and the editor beside it.

mod attached;
mod body;
mod bulk;
mod chips;
mod editor;
mod filters;
mod line;
mod versions;

use std::cell::RefCell;
use std::rc::Rc;

use baton_core::app::desk::replies::Msg as Act;
use baton_core::app::desk::replies::Scope;
use baton_core::app::desk::replies::view::{ByteMeter, ROOM, Replies as View};
use baton_core::app::desk::{Field, Msg};
use baton_core::app::tags::view::Level;
use baton_core::id::ReplyId;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use self::bulk::Bar;
use self::editor::Editor;
use self::filters::Filters;
use self::line::Line;
use super::field::Input;
use super::{Send, Take, arrow};
use crate::browser::i18n::{number, tr, tr_count, tr_with};
use crate::browser::random;
use crate::dom::list::Rows;
use crate::dom::{Build, Listener, append, el, on, set_attr, set_flag, set_text};
use crate::ui::icons::Icon;
use crate::ui::widget::{Button, show};

/// The section of the replies.
pub(crate) struct Replies {
    pub(crate) node: HtmlElement,
    pub(crate) search: Input,
    filters: Filters,
    found: HtmlElement,
    bar: Bar,
    empty: HtmlElement,
    list: HtmlElement,
    rows: Rows<ReplyId, Line>,
    stop: Stop,
    hint: HtmlElement,
    meter: Meter,
    pub(crate) editor: Editor,
    send: Send,
    _new: Button,
    _listeners: [Listener; 3],
}

impl Replies {
    pub(crate) fn new(send: &Send, take: &Take) -> Replies {
        let search = Input::new("input", Field::Search, 80, send).labelled("replies_search");
        set_attr(&search.node, "type", Some("search"));
        set_attr(&search.node, "placeholder", Some(&tr("replies_search")));
        let new = {
            let send = send.clone();
            let press = move || send(Msg::Replies(Act::New(ReplyId(random::id()))));
            Button::text("primary", &tr("replies_new"), press).with_icon(Icon::Plus)
        };
        let head = el("div").class("row add").with(&[&search.node, &new.node]);
        let (filters, bar, meter) = (Filters::new(send), Bar::new(send), Meter::new());
        let found = el("p").class("muted").attr("role", "status");
        let empty = el("p").class("empty");
        let list = el("ul").class("reply-list").attr("aria-label", &tr("desk_replies"));
        let hint = el("p").class("muted").text(&tr("replies_keys"));
        let pane = el("div").class("pane");
        for part in [&head, &filters.node, &found, &empty, &list, &bar.node, &hint, &meter.node] {
            append(&pane, part);
        }
        let editor = Editor::new(send, take);
        let node = el("section").class("replies").with(&[&pane, &editor.node]);
        let down = {
            let list = list.clone();
            on(&search.node, "keydown", move |event| {
                if arrow(event) == Some((true, false))
                    && let Some(first) = list.first_element_child().and_then(|row| row.last_element_child())
                {
                    event.prevent_default();
                    let _ = first.unchecked_into::<HtmlElement>().focus();
                }
            })
        };
        let all = {
            let send = send.clone();
            on(&list, "keydown", move |event| {
                let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
                if (key.ctrl_key() || key.meta_key()) && !key.alt_key() && key.key() == "a" {
                    event.prevent_default();
                    send(Msg::Replies(Act::SelectAll));
                }
            })
        };
        // Firefox clicks a button on keyup of Space, even if keydown was cancelled.
        let space = on(&list, "keyup", move |event| {
            let is_button = || {
                let target = event.target().and_then(|it| it.dyn_into::<HtmlElement>().ok());
                target.is_some_and(|it| it.tag_name() == "BUTTON")
            };
            if event.dyn_ref::<KeyboardEvent>().is_some_and(|key| key.key() == " ") && is_button() {
                event.prevent_default();
            }
        });
        let (rows, stop) = (Rows::new(&list), Stop::new(&list));
        Replies {
            node,
            search,
            filters,
            found,
            bar,
            empty,
            list,
            rows,
            stop,
            hint,
            meter,
            editor,
            send: send.clone(),
            _new: new,
            _listeners: [down, all, space],
        }
    }

    pub(crate) fn show(&mut self, view: &View) {
        set_flag(&self.node, "data-open", view.open.is_some());
        self.search.show(&view.query);
        self.filters.show(view);
        let searching = !view.query.trim().is_empty();
        let found = searching.then(|| tr_count("palette_found", view.rows.len()));
        set_text(&self.found, &found.unwrap_or_default());
        show(&self.found, searching);
        self.bar.show(view.bulk.as_ref());
        show(&self.empty, view.rows.is_empty());
        let words = match (view.total, searching) {
            (0, _) => "replies_empty",
            (_, true) => "palette_no_match",
            (_, false) if view.scope == Scope::Duplicates => "replies_none_alike",
            (_, false) => "replies_none_here",
        };
        set_text(&self.empty, &tr(words));
        show(&self.list, !view.rows.is_empty());
        show(&self.hint, !view.rows.is_empty());
        let (send, sort) = (&self.send, view.sort);
        self.rows.show(
            &view.rows,
            |row| row.id,
            |row| Line::new(row.id, send),
            |line, row| line.show(row, sort),
        );
        self.stop.renew(&self.list);
        show(&self.meter.node, view.total > 0);
        self.meter.show(&view.meter);
        self.editor.show(view.open.as_ref());
    }

    /// Returns the node to focus in a reply's row.
    pub(crate) fn row(&self, view: &View, reply: ReplyId) -> Option<HtmlElement> {
        let at = view.rows.iter().position(|row| row.id == reply)?;
        Some(self.rows.get(at)?.open.node.clone())
    }
}

/// The roving tab stop: of all rows, Tab stops only at the controls of one, and then goes on to the actions. The arrow
/// keys move to the other rows.
struct Stop {
    row: Rc<RefCell<Option<Element>>>,
    _focus: Listener,
}

impl Stop {
    fn new(list: &HtmlElement) -> Stop {
        let row = Rc::new(RefCell::new(None));
        let focus = {
            let row = row.clone();
            on(list, "focusin", move |event| {
                let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
                if let Some(focused) = target.and_then(|it| it.parent_element()) {
                    Stop::put(&row, focused);
                }
            })
        };
        Stop { row, _focus: focus }
    }

    fn put(at: &RefCell<Option<Element>>, row: Element) {
        let stops = |row: &Element, index| {
            let children = row.children();
            for child in (0..children.length()).filter_map(|i| children.item(i)) {
                set_attr(&child, "tabindex", index);
            }
        };
        if let Some(before) = at.replace(Some(row.clone())).filter(|before| *before != row) {
            stops(&before, Some("-1"));
        }
        stops(&row, None);
    }

    /// Moves the tab stop to the first row if its row was removed.
    fn renew(&self, list: &HtmlElement) {
        let is_here = self.row.borrow().as_ref().is_some_and(|row| row.is_connected());
        if let Some(first) = list.first_element_child().filter(|_| !is_here) {
            Stop::put(&self.row, first);
        }
    }
}

/// The meter of the space that the replies take in browser sync.
struct Meter {
    node: HtmlElement,
    meter: HtmlElement,
    bar: HtmlElement,
    words: HtmlElement,
}

impl Meter {
    fn new() -> Meter {
        let bar = el("span").class("bar");
        let meter = el("div").class("meter").attr("role", "meter").attr("aria-valuemin", "0").with(&[&bar]);
        set_attr(&meter, "aria-label", Some(&tr("replies_meter")));
        let words = el("p").class("muted level");
        let node = el("div").class("meter-row").with(&[&meter, &words]);
        Meter { node, meter, bar, words }
    }

    fn show(&self, view: &ByteMeter) {
        let kilo = |bytes: usize| number(bytes.div_ceil(1_024));
        let words = tr_with("replies_meter_room", &[&kilo(view.bytes), &kilo(ROOM)]);
        let level = if view.level == Level::Fine { "fine" } else { "warning" };
        set_attr(&self.meter, "aria-valuenow", Some(&view.bytes.min(ROOM).to_string()));
        set_attr(&self.meter, "aria-valuemax", Some(&ROOM.to_string()));
        set_attr(&self.meter, "aria-valuetext", Some(&words));
        for node in [&self.meter, &self.words] {
            set_attr(node, "data-level", Some(level));
        }
        super::fill(&self.bar, view.bytes, ROOM);
        set_text(&self.words, &words);
    }
}

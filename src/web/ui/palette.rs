//! The quick-reply palette: an editable combobox with a list, as the ARIA authoring practices describe it. The focus
//! stays in the field; the arrows move the active option.

use baton_core::app::Msg;
use baton_core::app::palette::Step;
use baton_core::app::view::{PaletteRow, PaletteView};
use baton_core::id::ReplyId;
use gloo_events::EventListener;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{
    DomRect, HtmlElement, HtmlInputElement, KeyboardEvent, ScrollIntoViewOptions, ScrollLogicalPosition,
};

use super::dom::{Build, append, document, el, lengths, on, set_attr, set_state, set_text, set_value};
use super::icons::{Icon, icon};
use super::list::{Row, Rows};
use super::widget::{Button, Send, sends, show};
use crate::browser::i18n::{said, said_count};

/// The palette.
pub(crate) struct Palette {
    pub(crate) node: HtmlElement,
    pub(crate) input: HtmlInputElement,
    list: HtmlElement,
    rows: Rows<ReplyId, Line>,
    count: HtmlElement,
    empty: HtmlElement,
    empty_text: HtmlElement,
    desk: Button,
    send: Send,
    /// The query and the active row that were shown last.
    last: (String, usize),
    /// Whether the list was scrolled since it was shown from its top.
    scrolled: Rc<Cell<bool>>,
    _listeners: [EventListener; 2],
}

impl Palette {
    pub(crate) fn new(send: &Send) -> Palette {
        let input: HtmlInputElement = el("input").class("query").unchecked_into();
        for (name, value) in [
            ("role", "combobox"),
            ("aria-autocomplete", "list"),
            ("aria-controls", "replies"),
            ("autocomplete", "off"),
            ("spellcheck", "false"),
        ] {
            set_attr(&input, name, Some(value));
        }
        set_attr(&input, "aria-label", Some(&said("palette_label")));
        set_attr(&input, "placeholder", Some(&said("palette_label")));
        let typed = {
            let (send, input) = (send.clone(), input.clone());
            on(&input.clone(), "input", move |_| send(Msg::Query(input.value())))
        };
        let count = el("span").class("found").attr("role", "status");
        let head = el("div").class("head");
        append(&head, &icon(Icon::Search, 16));
        append(&head, &input);
        append(&head, &count);
        let list = el("ul").class("replies").attr("role", "listbox").attr("id", "replies");
        set_attr(&list, "aria-label", Some(&said("palette_label")));
        let empty_text = el("p");
        let desk = Button::text("", &said("palette_write"), sends(send, Msg::Desk));
        let empty = el("div").class("empty").with(&[&empty_text, &desk.node]);
        let node = el("div").class("palette").attr("role", "dialog");
        set_attr(&node, "aria-label", Some(&said("palette_label")));
        let node = node.with(&[&head, &list, &empty]);
        let rows = Rows::new(&list);
        let scrolled = Rc::new(Cell::new(false));
        let scrolling = {
            let scrolled = scrolled.clone();
            on(&list, "scroll", move |_| scrolled.set(true))
        };
        Palette {
            node,
            input,
            list,
            rows,
            count,
            empty,
            empty_text,
            desk,
            send: send.clone(),
            last: Default::default(),
            scrolled,
            _listeners: [typed, scrolling],
        }
    }

    pub(crate) fn show(&mut self, view: Option<&PaletteView>) {
        let Some(view) = view else {
            // The next one begins at its top.
            self.last.1 = usize::MAX;
            return self.show_none();
        };
        show(&self.node, true);
        set_value(&self.input, &view.query);
        set_text(&self.count, &said_count("palette_found", view.found));
        show(&self.list, !view.rows.is_empty());
        show(&self.empty, view.rows.is_empty());
        set_text(&self.empty_text, &said(if view.total == 0 { "palette_none" } else { "palette_no_match" }));
        show(&self.desk.node, view.total == 0);
        set_attr(&self.input, "aria-expanded", Some(if view.rows.is_empty() { "false" } else { "true" }));
        let place = view.active.saturating_sub(view.first);
        let active = view.rows.get(place).map(|row| row.id);
        set_attr(&self.input, "aria-activedescendant", active.map(option_id).as_deref());
        let send = &self.send;
        let indexed: Vec<(usize, &PaletteRow)> = (view.first..).zip(&view.rows).collect();
        self.rows.show(
            &indexed,
            |(_, row)| row.id,
            |(_, row)| Line::new(row.id, send),
            |line, (at, row)| line.show(*at, row, Some(row.id) == active),
        );
        let shown = (view.query.clone(), view.active);
        let before = core::mem::replace(&mut self.last, shown);
        if before.0 != self.last.0 || before.1 == usize::MAX {
            // What is typed for is at the top. Scrolling lays the page out, so it is done only where it is needed.
            if self.scrolled.take() {
                self.list.set_scroll_top(0);
            }
        } else if before.1 != self.last.1
            && let Some(line) = self.rows.get(place)
        {
            let nearest = ScrollIntoViewOptions::new();
            nearest.set_block(ScrollLogicalPosition::Nearest);
            line.node.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
    }

    /// Takes it off the screen.
    pub(crate) fn show_none(&self) {
        show(&self.node, false);
    }

    /// Grows upward from the composer, as wide as it.
    pub(crate) fn place(&self, composer: Option<&DomRect>, viewport: (f64, f64)) {
        let (width, height) = viewport;
        let (left, bottom, wide) = match composer {
            Some(rect) => (rect.left(), height - rect.top(), rect.width()),
            None => (width * 0.3, height * 0.3, width * 0.4),
        };
        let style = lengths(&[("left", left), ("bottom", bottom + 4.0), ("width", wide)]);
        set_attr(&self.node, "style", Some(&style));
    }

    /// A key pressed in the field. Whether it was the palette's.
    pub(crate) fn key(&self, event: &KeyboardEvent) -> bool {
        let msg = match event.key().as_str() {
            _ if event.is_composing() || event.ctrl_key() || event.meta_key() || event.alt_key() => {
                return false;
            }
            "ArrowDown" => Msg::Move(Step::Down),
            "ArrowUp" => Msg::Move(Step::Up),
            "Home" => Msg::Move(Step::First),
            "End" => Msg::Move(Step::Last),
            "Enter" => Msg::Insert(None),
            _ => return false,
        };
        (self.send)(msg);
        true
    }
}

fn option_id(id: ReplyId) -> String {
    format!("reply-{id}")
}

/// A reply: title with the matched letters marked, shortcut, the beginning of the text.
struct Line {
    node: HtmlElement,
    at: Rc<Cell<usize>>,
    title: HtmlElement,
    shortcut: HtmlElement,
    preview: HtmlElement,
    shown: Option<(String, Vec<u32>)>,
    _listeners: [EventListener; 2],
}

impl Row for Line {
    fn node(&self) -> &HtmlElement {
        &self.node
    }
}

impl Line {
    fn new(id: ReplyId, send: &Send) -> Line {
        let at = Rc::new(Cell::new(0));
        let title = el("span").class("title").attr("dir", "auto");
        let shortcut = el("span").class("shortcut");
        let preview = el("span").class("preview").attr("dir", "auto");
        let node =
            el("li").attr("role", "option").attr("id", &option_id(id)).with(&[&title, &preview, &shortcut]);
        let click = {
            let (send, at) = (send.clone(), at.clone());
            on(&node, "click", move |_| send(Msg::Insert(Some(at.get()))))
        };
        // Pressing the mouse would take the focus out of the field, and with it the way back to the composer.
        let down = on(&node, "mousedown", |event| event.prevent_default());
        Line { node, at, title, shortcut, preview, shown: None, _listeners: [click, down] }
    }

    /// Appends letters to the title.
    fn append(&self, letters: &str, marked: bool) {
        if marked {
            append(&self.title, &el("mark").text(letters));
        } else if !letters.is_empty() {
            append(&self.title, &document().create_text_node(letters));
        }
    }

    fn show(&mut self, at: usize, view: &PaletteRow, active: bool) {
        self.at.set(at);
        set_state(&self.node, "aria-selected", active);
        let shown = (view.title.clone(), view.hits.clone());
        if self.shown.as_ref() != Some(&shown) {
            self.title.set_text_content(None);
            let (mut run, mut marked) = (String::new(), false);
            for (i, letter) in (0..).zip(view.title.chars()) {
                let hit = view.hits.binary_search(&i).is_ok();
                if hit != marked {
                    self.append(&core::mem::take(&mut run), marked);
                    marked = hit;
                }
                run.push(letter);
            }
            self.append(&run, marked);
            self.shown = Some(shown);
        }
        let shortcut = if view.shortcut.is_empty() { String::new() } else { format!(";;{}", view.shortcut) };
        set_text(&self.shortcut, &shortcut);
        set_text(&self.preview, &view.preview);
    }
}

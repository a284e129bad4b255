//! The quick-reply palette: an editable combobox with a listbox, as in the ARIA authoring practices. The focus stays in
//! the field, and the arrow keys move the active option.

mod editor;
pub(crate) mod form;

use baton_core::app::palette::Msg as In;
use baton_core::app::palette::Step;
use baton_core::app::palette::view::{Page, PaletteRow, PaletteView, Piece};
use baton_core::app::{Msg, keys};
use baton_core::id::ReplyId;
use baton_core::team::reply::BODY_UNITS;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{
    DomRect, Element, HtmlElement, HtmlInputElement, KeyboardEvent, ScrollIntoViewOptions,
    ScrollLogicalPosition,
};

use self::editor::Editor;
use self::form::Form;
use super::icons::{Icon, icon};
use super::keys::chord;
use super::widget::{Button, Send, is_rtl, keep_focus, sends, show};
use crate::browser::i18n::{number, tr, tr_count, tr_with};
use crate::browser::random;
use crate::dom::list::{Row, Rows};
use crate::dom::{
    Build, Listener, across, append, document, el, lengths, on, set_attr, set_flag, set_state, set_text,
    set_value,
};

/// The part of the conversation's height that the palette takes at most, and the height that it needs to be of use, in
/// CSS pixels.
const MOST: f64 = 0.45;
const LEAST: f64 = 240.0;

/// How many replies are inserted by a digit while the query is empty.
const DIGITS: usize = 8;

/// The palette.
pub(crate) struct Palette {
    pub(crate) node: HtmlElement,
    pub(crate) input: HtmlInputElement,
    head: HtmlElement,
    quote: HtmlElement,
    folders: HtmlElement,
    folder_rows: Rows<Option<String>, Folder>,
    list: HtmlElement,
    rows: Rows<ReplyId, Line>,
    count: HtmlElement,
    empty: HtmlElement,
    empty_text: HtmlElement,
    first: Button,
    preview: HtmlElement,
    foot: HtmlElement,
    pin: Button,
    pub(crate) form: Form,
    pub(crate) editor: Editor,
    _buttons: [Button; 2],
    send: Send,
    mac: bool,
    /// The query and the index of the active row that were drawn last.
    last: (String, usize),
    /// Whether the list was scrolled since it was last scrolled to its top.
    scrolled: Rc<Cell<bool>>,
    _listeners: [Listener; 2],
}

impl Palette {
    pub(crate) fn new(send: &Send, mac: bool) -> Palette {
        let alt = |key| [keys::alt(mac), key].concat();
        let usual = |key| keys::Chord::usual(key, mac).label(mac);
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
        set_attr(&input, "aria-label", Some(&tr("palette_label")));
        set_attr(&input, "placeholder", Some(&tr("palette_label")));
        let typed = {
            let (send, input) = (send.clone(), input.clone());
            on(&input.clone(), "input", move |_| send(Msg::Palette(In::Query(input.value()))))
        };
        let count = el("span").class("found").attr("role", "status");
        let head = el("div").class("head");
        append(&head, &icon(Icon::Search, 16));
        append(&head, &input);
        append(&head, &count);
        let list = el("ul").class("replies").attr("role", "listbox").attr("id", "replies");
        set_attr(&list, "aria-label", Some(&tr("palette_label")));
        let empty_text = el("p");
        let begin = |class, name| {
            let send = send.clone();
            let begin = move || send(Msg::Palette(In::Begin(ReplyId(random::id()), String::new())));
            Button::text(class, &tr(name), begin)
        };
        let first = begin("", "palette_write");
        let empty = el("div").class("empty").with(&[&empty_text, &first.node]);
        let quote = el("p").class("quote").attr("dir", "auto");
        let folders = el("div").class("folders").attr("role", "group");
        set_attr(&folders, "aria-label", Some(&tr("replies_folders")));
        let preview = el("p").class("reads").attr("dir", "auto").attr("aria-hidden", "true");
        let act = |name, key, msg: In| {
            let button = Button::text("quiet", &tr(name), sends(send, Msg::Palette(msg)));
            append(&button.node, &el("kbd").text(&usual(key)));
            button
        };
        let pin = act("palette_pin", 'p', In::Pin(None));
        let edit = act("palette_edit", 'e', In::Edit(None));
        let new = begin("quiet", "replies_new");
        let insert = el("span").class("hint").text(&tr("palette_form_insert"));
        append(&insert, &el("kbd").text("Enter"));
        let stay = el("span").class("hint").text(&tr("palette_stay"));
        append(&stay, &el("kbd").text(&alt("Enter")));
        let foot = el("div").class("foot").with(&[&insert, &stay, &pin.node, &edit.node, &new.node]);
        let (form, editor) = (Form::new(send), Editor::new(send));
        let node = el("div").class("palette").attr("role", "dialog");
        set_attr(&node, "aria-label", Some(&tr("palette_label")));
        let node =
            node.with(&[&quote, &folders, &list, &empty, &preview, &form.node, &editor.node, &head, &foot]);
        let rows = Rows::new(&list);
        let scrolled = Rc::new(Cell::new(false));
        let scrolling = {
            let scrolled = scrolled.clone();
            on(&list, "scroll", move |_| scrolled.set(true))
        };
        Palette {
            node,
            input,
            head,
            quote,
            folder_rows: Rows::new(&folders),
            folders,
            list,
            rows,
            count,
            empty,
            empty_text,
            first,
            preview,
            foot,
            pin,
            form,
            editor,
            _buttons: [edit, new],
            send: send.clone(),
            mac,
            last: Default::default(),
            scrolled,
            _listeners: [typed, scrolling],
        }
    }

    pub(crate) fn show(&mut self, view: Option<&PaletteView>) {
        let Some(view) = view else {
            // The next palette opens at the top of its list.
            self.last.1 = usize::MAX;
            return self.show_none();
        };
        show(&self.node, true);
        set_value(&self.input, &view.query);
        set_text(&self.count, &tr_count("palette_found", view.found));
        let is_list = view.page == Page::List;
        set_flag(&self.node, "data-page", !is_list);
        self.form.show(if let Page::Form(form) = &view.page { Some(form) } else { None });
        self.editor.show(if let Page::Editor(editor) = &view.page { Some(editor) } else { None });
        show(&self.head, is_list);
        show(&self.quote, is_list && view.quote.is_some());
        let quote = view.quote.as_deref().unwrap_or_default();
        set_text(&self.quote, quote);
        set_attr(&self.quote, "title", Some(quote));
        show(&self.folders, is_list && !view.folders.is_empty());
        let folders: Vec<Option<String>> = if view.folders.is_empty() {
            Vec::new()
        } else {
            core::iter::once(None).chain(view.folders.iter().cloned().map(Some)).collect()
        };
        let send = &self.send;
        self.folder_rows.show(
            &folders,
            Option::clone,
            |folder| Folder::new(folder.clone(), send),
            |row, folder| row.button.press(*folder == view.folder),
        );
        show(&self.list, is_list && !view.rows.is_empty());
        show(&self.empty, is_list && view.rows.is_empty());
        show(&self.foot, is_list && !view.rows.is_empty());
        show(&self.preview, is_list && !view.preview.is_empty());
        show_pieces(&self.preview, &view.preview);
        set_text(&self.empty_text, &tr(if view.total == 0 { "palette_none" } else { "palette_no_match" }));
        show(&self.first.node, view.total == 0);
        set_attr(&self.input, "aria-expanded", Some(if view.rows.is_empty() { "false" } else { "true" }));
        let place = view.active.saturating_sub(view.first);
        let row = view.rows.get(place);
        let active = row.map(|row| row.id);
        let pinned = row.is_some_and(|row| row.pinned);
        self.pin.rename(&tr(if pinned { "palette_unpin" } else { "palette_pin" }));
        set_attr(&self.input, "aria-activedescendant", active.map(option_id).as_deref());
        let send = &self.send;
        let indexed: Vec<(usize, &PaletteRow)> = (view.first..).zip(&view.rows).collect();
        self.rows.show(
            &indexed,
            |(_, row)| row.id,
            |(_, row)| Line::new(row.id, send),
            |line, (at, row)| {
                let digit = (*at < DIGITS && view.query.is_empty()).then_some(at + 1);
                line.show(*at, digit, row, &view.trigger, Some(row.id) == active);
            },
        );
        let shown = (view.query.clone(), view.active);
        let before = core::mem::replace(&mut self.last, shown);
        if before.0 != self.last.0 || before.1 == usize::MAX {
            // The best match is at the top. Scrolling forces a layout, so it is skipped if the list is at its top.
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

    /// Hides the palette.
    pub(crate) fn show_none(&self) {
        show(&self.node, false);
    }

    /// Places the palette above the composer, as wide as the composer. It grows upward, up to a part of the conversation's
    /// height, which begins at `top`.
    pub(crate) fn place(&self, composer: Option<&DomRect>, top: Option<f64>, viewport: (f64, f64)) {
        let (width, height) = viewport;
        let ((left, wide), bottom) = match composer {
            Some(rect) => (across(rect, width), height - rect.top()),
            None => ((width * 0.3, width * 0.4), height * 0.3),
        };
        let most = (height - bottom - top.unwrap_or(0.0)) * MOST;
        let style = lengths(&[
            ("left", left),
            ("bottom", bottom + 4.0),
            ("width", wide),
            ("max-height", most.max(LEAST)),
        ]);
        set_attr(&self.node, "style", Some(&style));
    }

    fn has_folders(&self) -> bool {
        !self.folders.has_attribute("hidden")
    }

    /// Handles a key pressed in the field. Returns whether it was handled.
    pub(crate) fn key(&self, event: &KeyboardEvent) -> bool {
        let (key, alt) = (event.key(), event.alt_key());
        let is_empty = self.input.value().is_empty();
        let is_chord = |key| chord(event, self.mac) == Some(keys::Chord::usual(key, self.mac));
        let msg = match key.as_str() {
            _ if event.is_composing() => return false,
            _ if is_chord('e') => In::Edit(None),
            _ if is_chord('p') => In::Pin(None),
            _ if event.ctrl_key() || event.meta_key() => return false,
            "Enter" | "NumpadEnter" => In::Insert { row: None, stay: alt },
            "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" if is_empty && !alt => {
                let row = key.parse::<usize>().ok().and_then(|it| it.checked_sub(1));
                // A digit without a row is a query.
                if row.is_none_or(|row| self.rows.get(row).is_none()) {
                    return false;
                }
                In::Insert { row, stay: false }
            }
            "ArrowLeft" | "ArrowRight" if is_empty && !alt && self.has_folders() => {
                In::StepFolder { forward: (key == "ArrowRight") != is_rtl() }
            }
            "ArrowDown" if !alt => In::Move(Step::Down),
            "ArrowUp" if !alt => In::Move(Step::Up),
            "Home" if !alt => In::Move(Step::First),
            "End" if !alt => In::Move(Step::Last),
            _ => return false,
        };
        (self.send)(Msg::Palette(msg));
        true
    }

    /// Handles a key pressed in the form or the editor, which are shown instead of the list. Returns whether it was
    /// handled.
    pub(crate) fn page_key(&self, active: &Element, event: &KeyboardEvent) -> bool {
        if event.key() != "Enter" || event.is_composing() {
            return false;
        }
        let saves = event.ctrl_key() || event.meta_key();
        let msg = if self.form.has_field(active) {
            In::Submit
        } else if self.editor.has(active) && (saves || active.tag_name() == "INPUT") {
            In::Save
        } else {
            return false;
        };
        (self.send)(Msg::Palette(msg));
        true
    }
}

/// The warning that a reply was cut to the length limit of a message.
pub(crate) fn cut_off() -> String {
    tr_with("palette_cut", &[&number(BODY_UNITS)])
}

/// Draws a filled text, with its unfilled fields marked.
pub(crate) fn show_pieces(node: &HtmlElement, pieces: &[Piece]) {
    let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    let gaps = pieces.iter().filter(|piece| piece.gap).count();
    if node.text_content().as_deref() == Some(&text) && node.child_element_count() as usize == gaps {
        return;
    }
    node.set_text_content(None);
    for piece in pieces {
        if piece.gap {
            append(node, &el("mark").class("gap").text(&piece.text));
        } else {
            append(node, &document().create_text_node(&piece.text));
        }
    }
}

fn option_id(id: ReplyId) -> String {
    format!("reply-{id}")
}

/// A text with its matching letters marked.
struct Marked {
    node: HtmlElement,
    shown: Option<(String, Vec<u32>)>,
}

impl Marked {
    fn new(node: HtmlElement) -> Marked {
        Marked { node, shown: None }
    }

    /// `hits` are the ascending indices of the matching letters.
    fn show(&mut self, text: String, hits: Vec<u32>) {
        let now = Some((text, hits));
        if self.shown == now {
            return;
        }
        self.node.set_text_content(None);
        if let Some((text, hits)) = &now {
            let (mut run, mut marked) = (String::new(), false);
            for (i, letter) in (0..).zip(text.chars()) {
                let hit = hits.binary_search(&i).is_ok();
                if hit != marked {
                    self.append(&core::mem::take(&mut run), marked);
                    marked = hit;
                }
                run.push(letter);
            }
            self.append(&run, marked);
        }
        self.shown = now;
    }

    fn append(&self, letters: &str, marked: bool) {
        if marked {
            append(&self.node, &el("mark").text(letters));
        } else if !letters.is_empty() {
            append(&self.node, &document().create_text_node(letters));
        }
    }
}

/// A folder, or all replies.
struct Folder {
    button: Button,
    _keep: Listener,
}

impl Row for Folder {
    fn node(&self) -> &HtmlElement {
        &self.button.node
    }
}

impl Folder {
    fn new(folder: Option<String>, send: &Send) -> Folder {
        let name = folder.clone().unwrap_or_else(|| tr("filter_all"));
        let button = Button::text("folder", &name, sends(send, Msg::Palette(In::ShowFolder(folder))));
        // The arrow keys walk the folders, so they are no Tab stops.
        set_attr(&button.node, "tabindex", Some("-1"));
        let keep = keep_focus(&button.node);
        Folder { button, _keep: keep }
    }
}

/// The row of a reply: its title and shortcut with the matching letters marked, and the beginning of its text.
struct Line {
    node: HtmlElement,
    at: Rc<Cell<usize>>,
    digit: HtmlElement,
    title: Marked,
    /// The reply's marks: pinned, the person's own, the number of its files, and its folder.
    marks: HtmlElement,
    shortcut: Marked,
    preview: HtmlElement,
    _listeners: [Listener; 2],
}

impl Row for Line {
    fn node(&self) -> &HtmlElement {
        &self.node
    }
}

impl Line {
    fn new(id: ReplyId, send: &Send) -> Line {
        let at = Rc::new(Cell::new(0));
        let title = Marked::new(el("span").class("title").attr("dir", "auto"));
        let shortcut = Marked::new(el("span").class("shortcut"));
        let preview = el("span").class("preview").attr("dir", "auto");
        let marks = el("span").class("marks");
        let node = el("li").attr("role", "option").attr("id", &option_id(id));
        let digit = el("kbd").class("digit").attr("aria-hidden", "true");
        let node = node.with(&[&digit, &title.node, &marks, &preview, &shortcut.node]);
        let click = {
            let (send, at) = (send.clone(), at.clone());
            on(&node, "click", move |_| send(Msg::Palette(In::Insert { row: Some(at.get()), stay: false })))
        };
        // The default action of `mousedown` would take the focus from the field. Then it could not be returned to the
        // composer.
        let down = on(&node, "mousedown", |event| event.prevent_default());
        Line { node, at, digit, title, marks, shortcut, preview, _listeners: [click, down] }
    }

    /// `digit` is the key that inserts the reply.
    fn show(&mut self, at: usize, digit: Option<usize>, view: &PaletteRow, trigger: &str, active: bool) {
        self.at.set(at);
        set_text(&self.digit, &digit.map(|it| it.to_string()).unwrap_or_default());
        set_state(&self.node, "aria-selected", active);
        self.title.show(view.title.clone(), view.hits.clone());
        if view.shortcut.is_empty() {
            self.shortcut.show(String::new(), vec![]);
        } else {
            let before = trigger.chars().count() as u32;
            let hits = view.shortcut_hits.iter().map(|hit| hit + before).collect();
            self.shortcut.show([trigger, &view.shortcut].concat(), hits);
        }
        set_text(&self.preview, &view.preview);
        let pinned = view.pinned.then(|| tr("palette_pinned"));
        let own = view.own.then(|| tr("palette_own"));
        let folder = Some(view.folder.clone()).filter(|folder| !folder.is_empty());
        let files = (view.files > 0).then(|| tr_count("palette_files", view.files));
        let marks: Vec<String> = [pinned, own, files, folder].into_iter().flatten().collect();
        set_text(&self.marks, &marks.join(" · "));
    }
}

//! The team's tags in the sidebar, folded behind one line: a press on a tag filters the chat list, and a tag is edited in
//! place.

use std::cell::Cell;
use std::rc::Rc;

use baton_core::app;
use baton_core::app::Msg;
use baton_core::app::Sidebar;
use baton_core::app::chip::colour_name;
use baton_core::app::filter::Filter;
use baton_core::app::tags::view::Level;
use baton_core::app::tags::view::Meter;
use baton_core::app::tags::view::TagRow;
use baton_core::id::TagId;
use baton_core::team::tag::Colour;
use baton_core::words::Words;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

use super::icons::Icon;
use super::widget::{Button, Roving, Send, sends, show, typed};
use crate::browser::i18n::{localise, number, tr, tr_with};
use crate::browser::random;
use crate::dom::list::{Row, Rows};
use crate::dom::{Build, Listener, append, el, on, set_attr, set_state, set_text, set_value};

/// The section of the tags.
pub(crate) struct Tags {
    pub(crate) node: HtmlElement,
    fold: Button,
    count: HtmlElement,
    meter: HtmlElement,
    inside: HtmlElement,
    empty: HtmlElement,
    rows: Rows<TagId, Line>,
    roving: Roving,
    add: Button,
    pub(crate) new_tag: NewTag,
    shown: Rc<Cell<bool>>,
    send: Send,
}

/// The field for a new tag.
pub(crate) struct NewTag {
    pub(crate) node: HtmlElement,
    pub(crate) name: HtmlInputElement,
    _typed: Listener,
    send: Send,
}

impl NewTag {
    pub(crate) fn new(send: &Send) -> NewTag {
        let name: HtmlInputElement = el("input").class("field").attr("maxlength", "40").unchecked_into();
        set_attr(&name, "aria-label", Some(&tr("tags_new_name")));
        set_attr(&name, "placeholder", Some(&tr("tags_new_name")));
        let typed = typed(&name, send, |name| Msg::Tags(app::tags::Msg::TypeNew(name)));
        let node = el("div").class("add-form");
        append(&node, &name);
        NewTag { node, name, _typed: typed, send: send.clone() }
    }

    /// Enter in the field creates the tag.
    pub(crate) fn submit(&self) {
        (self.send)(Msg::Tags(app::tags::Msg::New(TagId(random::id()))));
        // The next key may come before the next frame empties the field.
        self.name.set_value("");
    }

    /// `typed` is the typed name while the field is open.
    pub(crate) fn show(&self, typed: Option<&str>) {
        show(&self.node, typed.is_some());
        set_value(&self.name, typed.unwrap_or_default());
    }
}

impl Tags {
    pub(crate) fn new(send: &Send) -> Tags {
        let meter = el("span").class("meter").attr("role", "meter").attr("aria-valuemin", "0");
        set_attr(&meter, "aria-label", Some(&tr("tags_meter")));
        let shown = Rc::new(Cell::new(false));
        let count = el("span").class("count");
        let title = el("span").text(&tr("tags_title"));
        let fold = {
            let (send, shown) = (send.clone(), shown.clone());
            let toggle = move || send(Msg::Tags(app::tags::Msg::Fold(!shown.get())));
            Button::of("fold", &[&title, &count], toggle).with_icon(Icon::ChevronDown)
        };
        set_attr(&fold.node, "title", Some(&tr("tags_fold")));
        let head = el("div").class("head").with(&[&fold.node, &meter]);
        let empty = el("p").class("empty").text(&tr("tags_empty"));
        let list = el("ul").class("tags").attr("aria-label", &tr("tags_title"));
        let add = {
            let open = Msg::Tags(app::tags::Msg::Add { on_chat: false });
            Button::text("quiet add", &tr("tags_new"), sends(send, open)).with_icon(Icon::Plus)
        };
        let new_tag = NewTag::new(send);
        let inside = el("div").class("inside").with(&[&empty, &list, &add.node, &new_tag.node]);
        let node = el("section").class("section team-tags").with(&[&head, &inside]);
        let (rows, roving) = (Rows::new(&list), Roving::new(&list));
        Tags {
            node,
            fold,
            count,
            meter,
            inside,
            empty,
            rows,
            roving,
            add,
            new_tag,
            shown,
            send: send.clone(),
        }
    }

    pub(crate) fn show(&mut self, view: &Sidebar) {
        self.shown.set(view.tags_shown);
        set_state(&self.fold.node, "aria-expanded", view.tags_shown);
        set_text(&self.count, &number(view.tags.len()));
        show(&self.inside, view.tags_shown);
        show(&self.meter, view.tags_shown);
        let Meter { count, limit, level } = view.meter;
        set_text(&self.meter, &format!("{count}/{limit}"));
        set_attr(&self.meter, "aria-valuenow", Some(&count.to_string()));
        set_attr(&self.meter, "aria-valuemax", Some(&limit.to_string()));
        let (name, words) = match level {
            Level::Fine => ("fine", None),
            Level::Warning => ("warning", Some(Words::count("tags_left", limit - count))),
            Level::Full => ("full", Some(Words::plain("tags_full"))),
        };
        set_attr(&self.meter, "data-level", Some(name));
        set_attr(&self.meter, "title", words.as_ref().map(localise).as_deref());
        set_attr(
            &self.meter,
            "aria-valuetext",
            Some(&words.as_ref().map(localise).unwrap_or_else(|| format!("{count}/{limit}"))),
        );
        show(&self.empty, view.tags.is_empty() && view.new_tag.is_none());
        show(&self.add.node, view.new_tag.is_none());
        self.new_tag.show(view.new_tag.as_deref());
        let send = &self.send;
        self.rows.show(&view.tags, |tag| tag.id, |tag| Line::new(tag.id, send), |line, tag| line.show(tag));
        self.roving.settle();
    }

    /// Returns the name field of the tag that is being edited.
    pub(crate) fn editor(&self, view: &Sidebar) -> Option<HtmlElement> {
        let at = view.tags.iter().position(|tag| tag.editing)?;
        Some(self.rows.get(at)?.editor.as_ref()?.name.clone().unchecked_into())
    }
}

/// The row of a tag. The name filters the list, and the pencil opens the editor.
struct Line {
    node: HtmlElement,
    id: TagId,
    send: Send,
    filter: Button,
    dot: HtmlElement,
    name: HtmlElement,
    count: HtmlElement,
    edit: Button,
    editor: Option<Editor>,
}

impl Row for Line {
    fn node(&self) -> &HtmlElement {
        &self.node
    }
}

impl Line {
    fn new(id: TagId, send: &Send) -> Line {
        let filter = Button::text(
            "tag-name",
            "",
            sends(send, Msg::Filter(app::filter::Msg::Show(Some(Filter::Tag(id))))),
        );
        let (dot, name, count) =
            (el("span").class("dot"), el("span").class("name"), el("span").class("count"));
        filter.node.replace_children_with_node_0();
        for part in [&dot, &name, &count] {
            append(&filter.node, part);
        }
        let edit =
            Button::icon("edit", Icon::Pencil, "", sends(send, Msg::Tags(app::tags::Msg::Edit(Some(id)))));
        let node = el("li").class("tag-row").attr("data-row", "").with(&[&filter.node, &edit.node]);
        Line { node, id, send: send.clone(), filter, dot, name, count, edit, editor: None }
    }

    fn show(&mut self, view: &TagRow) {
        set_attr(&self.dot, "data-colour", Some(view.colour.name()));
        set_text(&self.name, &view.name);
        set_text(&self.count, &view.count.to_string());
        self.filter.press(view.filtered);
        set_attr(&self.filter.node, "title", Some(&tr_with("tags_filter", &[&view.name])));
        self.edit.rename(&tr_with("tags_edit", &[&view.name]));
        match (&mut self.editor, view.editing) {
            (Some(editor), true) => editor.show(view),
            (None, true) => {
                let mut editor = Editor::new(self.id, view, &self.send);
                editor.show(view);
                append(&self.node, &editor.node);
                self.editor = Some(editor);
            }
            (editor, false) => {
                if let Some(editor) = editor.take() {
                    editor.node.remove();
                }
            }
        }
    }
}

/// The editor of a tag: its name, colour, position and deletion.
struct Editor {
    node: HtmlElement,
    name: HtmlInputElement,
    swatches: Vec<(Colour, Button)>,
    _buttons: [Button; 4],
    _rename: Listener,
}

impl Editor {
    fn new(id: TagId, tag: &TagRow, send: &Send) -> Editor {
        let name: HtmlInputElement = el("input").class("field").attr("maxlength", "40").unchecked_into();
        set_attr(&name, "aria-label", Some(&tr("tags_name")));
        set_value(&name, &tag.name);
        let rename = {
            let (send, name) = (send.clone(), name.clone());
            on(&name.clone(), "change", move |_| send(Msg::Tags(app::tags::Msg::Rename(id, name.value()))))
        };
        let swatches: Vec<(Colour, Button)> = Colour::ALL
            .into_iter()
            .map(|colour| {
                let press = sends(send, Msg::Tags(app::tags::Msg::Recolour(id, colour)));
                let button = Button::icon("swatch", Icon::Check, &tr(colour_name(colour)), press);
                set_attr(&button.node, "role", Some("radio"));
                set_attr(&button.node, "data-colour", Some(colour.name()));
                (colour, button)
            })
            .collect();
        let palette = el("div").class("swatches").attr("role", "radiogroup");
        set_attr(&palette, "aria-label", Some(&tr("tags_colour")));
        for (_, button) in &swatches {
            append(&palette, &button.node);
        }
        let act = |class: &str, icon, name, msg: Msg| Button::icon(class, icon, &tr(name), sends(send, msg));
        let buttons = [
            act("", Icon::ChevronUp, "button_up", Msg::Tags(app::tags::Msg::Move(id, -1))),
            act("", Icon::ChevronDown, "button_down", Msg::Tags(app::tags::Msg::Move(id, 1))),
            act("danger", Icon::Trash, "tags_delete", Msg::Tags(app::tags::Msg::Delete(id))),
            act("done", Icon::Check, "button_done", Msg::Tags(app::tags::Msg::Edit(None))),
        ];
        let row = el("div").class("row").with(&buttons.each_ref().map(|button| &button.node));
        let node = el("div").class("editor");
        append(&node, &name);
        let node = node.with(&[&palette, &row]);
        Editor { node, name, swatches, _buttons: buttons, _rename: rename }
    }

    fn show(&mut self, view: &TagRow) {
        for (colour, button) in &self.swatches {
            let chosen = *colour == view.colour;
            set_state(&button.node, "aria-checked", chosen);
            set_attr(&button.node, "tabindex", Some(if chosen { "0" } else { "-1" }));
        }
    }
}

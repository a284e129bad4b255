//! The section of the data that fill replies: the team's fields, working hours and promised answer time.

mod hours;

use std::rc::Rc;

use baton_core::app::desk::fields::Msg as Act;
use baton_core::app::desk::fields::view::{FieldRow, Fields as View};
use baton_core::app::desk::{Field, Msg, Spot};
use baton_core::id::FieldId;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use self::hours::Hours;
use super::field::{Input, labelled};
use super::{Send, card, text};
use crate::browser::i18n::{localise, tr, tr_count};
use crate::browser::random;
use crate::dom::list::{Row, Rows};
use crate::dom::{Build, Listener, el, on, set_attr, set_state, set_text};
use crate::ui::icons::Icon;
use crate::ui::widget::{Button, sends, show};

/// The section of the fields.
pub(crate) struct Fields {
    pub(crate) node: HtmlElement,
    empty: HtmlElement,
    rows: Rows<FieldId, Line>,
    new: Input,
    trouble: HtmlElement,
    hours: Hours,
    send: Send,
    _add: Button,
    _submit: Listener,
}

impl Fields {
    pub(crate) fn new(send: &Send) -> Fields {
        let empty = el("p").class("empty").text(&tr("fields_empty"));
        let list = el("ul").class("field-list").attr("aria-label", &tr("fields_title"));
        let new = Input::new("input", Field::NewField, 40, send).labelled("fields_new_name");
        set_attr(&new.node, "placeholder", Some(&tr("fields_new_name")));
        let create: Rc<dyn Fn()> = {
            let send = send.clone();
            Rc::new(move || send(Msg::Fields(Act::New(FieldId(random::id())))))
        };
        let add = {
            let create = create.clone();
            Button::text("primary", &tr("fields_new"), move || create()).with_icon(Icon::Plus)
        };
        let submit = on(&new.node, "keydown", move |event| {
            if let Some(key) = event.dyn_ref::<KeyboardEvent>()
                && key.key() == "Enter"
                && !key.is_composing()
            {
                create();
            }
        });
        let form = el("div").class("row add wide").with(&[&new.node, &add.node]);
        let trouble = el("p").class("clash").attr("role", "status");
        let fields = card("fields_title").with(&[
            &text("p", "fields_hint").class("muted"),
            &empty,
            &list,
            &form,
            &trouble,
        ]);
        let hours = Hours::new(send);
        let node = el("section").class("narrow").with(&[&fields, &hours.node]);
        let rows = Rows::new(&list);
        Fields { node, empty, rows, new, trouble, hours, send: send.clone(), _add: add, _submit: submit }
    }

    pub(crate) fn show(&mut self, view: &View) {
        show(&self.empty, view.rows.is_empty());
        let send = &self.send;
        self.rows.show(&view.rows, |row| row.id, |row| Line::new(row.id, send), |line, row| line.show(row));
        self.new.show(&view.new);
        set_state(&self.new.node, "aria-invalid", view.new_trouble.is_some());
        set_text(&self.trouble, &view.new_trouble.as_ref().map(localise).unwrap_or_default());
        show(&self.trouble, view.new_trouble.is_some());
        self.hours.show(view);
    }

    /// Returns the node to focus for a spot in this section.
    pub(crate) fn spot(&self, spot: Spot, view: &View) -> Option<HtmlElement> {
        let line = |id| self.rows.get(view.rows.iter().position(|row| row.id == id)?);
        match spot {
            Spot::NewField => Some(self.new.node.clone()),
            Spot::FieldName(id) => line(id).map(|line| line.name.node.clone()),
            Spot::FieldValue(id) => line(id).map(|line| line.value.node.clone()),
            _ => None,
        }
    }
}

/// The row of a field.
struct Line {
    node: HtmlElement,
    name: Input,
    value: Input,
    note: HtmlElement,
    delete: Button,
}

impl Row for Line {
    fn node(&self) -> &HtmlElement {
        &self.node
    }
}

impl Line {
    fn new(id: FieldId, send: &Send) -> Line {
        let name = Input::new("input", Field::FieldName(id), 40, send);
        let value = Input::new("textarea", Field::FieldValue(id), 2_000, send);
        set_attr(&value.node, "rows", Some("2"));
        let delete = Button::icon("danger", Icon::Trash, "", sends(send, Msg::Fields(Act::Delete(id))));
        let note = el("p").attr("role", "status");
        let node = el("li").class("field-line").with(&[
            &labelled("fields_name", &name.node, None),
            &labelled("fields_value", &value.node, None),
            &delete.node,
            &note,
        ]);
        Line { node, name, value, note, delete }
    }

    fn show(&self, view: &FieldRow) {
        self.name.show(&view.name);
        self.value.show(&view.value);
        self.delete.rename(&format!("{} · {}", tr("fields_delete"), view.name));
        set_state(&self.name.node, "aria-invalid", view.trouble.is_some());
        let note = match &view.trouble {
            Some(trouble) => localise(trouble),
            None if view.choices > 1 => tr_count("fields_choices", view.choices),
            None => String::new(),
        };
        set_attr(&self.note, "class", Some(if view.trouble.is_some() { "clash" } else { "muted" }));
        show(&self.note, !note.is_empty());
        set_text(&self.note, &note);
    }
}

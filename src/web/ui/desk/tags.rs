//! The section of the team's tags. Each row has a field for the tag's name.

use std::cell::Cell;
use std::rc::Rc;

use baton_core::app::chip::colour_name;
use baton_core::app::desk::tags::Msg as Act;
use baton_core::app::desk::tags::view::Tags as View;
use baton_core::app::desk::{Field, Msg};
use baton_core::app::tags::view::Level;
use baton_core::app::tags::view::TagRow;
use baton_core::id::TagId;
use baton_core::words::Words;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::field::{Input, Swatches};
use super::{Send, arrow};
use crate::browser::i18n::{localise, number, tr, tr_count, tr_with};
use crate::browser::random;
use crate::dom::list::{Row, Rows};
use crate::dom::{Build, Listener, document, el, on, set_attr, set_state, set_text};
use crate::ui::icons::Icon;
use crate::ui::widget::{Button, focus_row, sends, show};

/// The section of the tags.
pub(crate) struct Tags {
    pub(crate) node: HtmlElement,
    meter: HtmlElement,
    bar: HtmlElement,
    left: HtmlElement,
    empty: HtmlElement,
    rows: Rows<TagId, Line>,
    pub(crate) new: Input,
    send: Send,
    _add: Button,
    _submit: Listener,
}

impl Tags {
    pub(crate) fn new(send: &Send) -> Tags {
        let bar = el("span").class("bar");
        let meter = el("div").class("meter").attr("role", "meter").attr("aria-valuemin", "0").with(&[&bar]);
        set_attr(&meter, "aria-label", Some(&tr("tags_meter")));
        let left = el("p").class("muted level").attr("role", "status");
        let head = el("div").class("meter-row").with(&[&meter, &left]);
        let empty = el("p").class("empty").text(&tr("tags_empty"));
        let list = el("ul").class("tag-list").attr("aria-label", &tr("tags_title"));
        let new = Input::new("input", Field::NewTag, 40, send).labelled("tags_new_name");
        set_attr(&new.node, "placeholder", Some(&tr("tags_new_name")));
        let create: Rc<dyn Fn()> = {
            let send = send.clone();
            Rc::new(move || send(Msg::Tags(Act::New(TagId(random::id())))))
        };
        let add = {
            let create = create.clone();
            Button::text("primary", &tr("tags_new"), move || create()).with_icon(Icon::Plus)
        };
        let submit = on(&new.node, "keydown", move |event| {
            if let Some(key) = event.dyn_ref::<KeyboardEvent>()
                && key.key() == "Enter"
                && !key.is_composing()
            {
                create();
            }
        });
        let form = el("div").class("row add").with(&[&new.node, &add.node]);
        let hint = el("p").class("muted").text(&tr("tags_move_hint"));
        let node = el("section").class("narrow").with(&[&head, &empty, &list, &form, &hint]);
        let rows = Rows::new(&list);
        Tags { node, meter, bar, left, empty, rows, new, send: send.clone(), _add: add, _submit: submit }
    }

    pub(crate) fn show(&mut self, view: &View) {
        let (count, limit) = (view.meter.count, view.meter.limit);
        let used = format!("{}/{}", number(count), number(limit));
        let (level, words) = match view.meter.level {
            Level::Fine => ("fine", None),
            Level::Warning => ("warning", Some(Words::count("tags_left", limit - count))),
            Level::Full => ("full", Some(Words::plain("tags_full"))),
        };
        let words = words.map_or_else(|| used.clone(), |words| format!("{used} · {}", localise(&words)));
        set_attr(&self.meter, "aria-valuenow", Some(&count.to_string()));
        set_attr(&self.meter, "aria-valuemax", Some(&limit.to_string()));
        set_attr(&self.meter, "aria-valuetext", Some(&words));
        set_attr(&self.meter, "data-level", Some(level));
        set_attr(&self.left, "data-level", Some(level));
        super::fill(&self.bar, count, limit);
        set_text(&self.left, &words);
        show(&self.empty, view.rows.is_empty());
        self.new.show(&view.new);
        let send = &self.send;
        let last = view.rows.len().saturating_sub(1);
        let ends = view.rows.first().map(|row| row.id).zip(view.rows.get(last).map(|row| row.id));
        self.rows.show(
            &view.rows,
            |tag| tag.id,
            |tag| Line::new(tag.id, send),
            |line, tag| line.show(tag, ends),
        );
    }

    /// Returns the name field of a tag.
    pub(crate) fn field(&self, view: &View, tag: TagId) -> Option<HtmlElement> {
        let at = view.rows.iter().position(|row| row.id == tag)?;
        Some(self.rows.get(at)?.name.node.clone())
    }
}

/// The row of a tag.
struct Line {
    node: HtmlElement,
    colour: Button,
    open: Rc<Cell<bool>>,
    name: Input,
    count: HtmlElement,
    up: Button,
    down: Button,
    delete: Button,
    swatches: Swatches,
    _keys: Listener,
}

impl Row for Line {
    fn node(&self) -> &HtmlElement {
        &self.node
    }
}

impl Line {
    fn new(id: TagId, send: &Send) -> Line {
        let act = |class, icon, msg| Button::icon(class, icon, "", sends(send, msg));
        let open = Rc::new(Cell::new(false));
        let colour = {
            let (send, open) = (send.clone(), open.clone());
            Button::of("colour", &[&el("span").class("dot")], move || {
                send(Msg::Tags(Act::Edit((!open.get()).then_some(id))));
            })
        };
        let name = Input::new("input", Field::TagName(id), 40, send).labelled("tags_name");
        let count = el("span").class("count");
        let up = act("", Icon::ChevronUp, Msg::Tags(Act::Move(id, -1)));
        let down = act("", Icon::ChevronDown, Msg::Tags(Act::Move(id, 1)));
        let delete = act("danger", Icon::Trash, Msg::Tags(Act::Delete(id)));
        let swatches = {
            let send = send.clone();
            Swatches::new(&id.to_string(), move |colour| {
                send(Msg::Tags(Act::Recolour(id, colour)));
            })
        };
        let node = el("li").class("tag-line").attr("data-row", "");
        let node = node.with(&[
            &colour.node,
            &name.node,
            &count,
            &up.node,
            &down.node,
            &delete.node,
            &swatches.node,
        ]);
        let keys = {
            let send = send.clone();
            on(&node, "keydown", move |event| {
                let Some((forward, moves)) = arrow(event) else { return };
                if moves {
                    send(Msg::Tags(Act::Move(id, if forward { 1 } else { -1 })));
                } else if !document().active_element().is_some_and(|it| focus_row(&it, forward)) {
                    return;
                }
                event.prevent_default();
            })
        };
        Line { node, colour, open, name, count, up, down, delete, swatches, _keys: keys }
    }

    fn show(&self, view: &TagRow, ends: Option<(TagId, TagId)>) {
        set_attr(&self.node, "data-colour", Some(view.colour.name()));
        self.name.show(&view.name);
        set_text(&self.count, &tr_count("tags_worn", view.count));
        let colour = tr(colour_name(view.colour));
        let label = tr_with("tags_colour_of", &[&view.name, &colour]);
        set_attr(&self.colour.node, "aria-label", Some(&label));
        set_attr(&self.colour.node, "title", Some(&label));
        set_state(&self.colour.node, "aria-expanded", view.editing);
        for (button, name) in
            [(&self.up, "button_up"), (&self.down, "button_down"), (&self.delete, "tags_delete")]
        {
            button.rename(&format!("{} · {}", tr(name), view.name));
        }
        // The buttons are not disabled natively, so that they stay focusable: a tag that is moved to the end keeps the
        // focus on its button.
        let is_end = |end: Option<TagId>| (end == Some(view.id)).then_some("true");
        set_attr(&self.up.node, "aria-disabled", is_end(ends.map(|it| it.0)));
        set_attr(&self.down.node, "aria-disabled", is_end(ends.map(|it| it.1)));
        self.swatches.show(view.colour);
        let active = document().active_element();
        if self.open.replace(view.editing)
            && !view.editing
            && self.swatches.node.contains(active.as_ref().map(AsRef::as_ref))
        {
            let _ = self.colour.node.focus();
        }
        show(&self.swatches.node, view.editing);
    }
}

//! Toggle chips for the team's tags.

use baton_core::app::desk::replies::view::TagChip;
use baton_core::id::TagId;
use std::cell::Cell;
use std::rc::Rc;
use web_sys::HtmlElement;

use crate::dom::list::{Row, Rows};
use crate::dom::{Build, el, set_attr, set_text};
use crate::ui::widget::Button;

/// The team's tags as toggle chips. A chip is on, off, or mixed if only some of the replies have the tag.
pub(super) struct TagChips {
    pub(super) node: HtmlElement,
    rows: Rows<TagId, Chip>,
    choose: Rc<dyn Fn(TagId, bool)>,
}

struct Chip {
    button: Button,
    dot: HtmlElement,
    name: HtmlElement,
    /// Whether the next press switches the chip off.
    on: Rc<Cell<bool>>,
}

impl Row for Chip {
    fn node(&self) -> &HtmlElement {
        &self.button.node
    }
}

impl TagChips {
    pub(super) fn new(choose: impl Fn(TagId, bool) + 'static) -> TagChips {
        let node = el("div").class("row chips");
        TagChips { rows: Rows::new(&node), node, choose: Rc::new(choose) }
    }

    pub(super) fn show(&mut self, tags: &[TagChip]) {
        let choose = &self.choose;
        let make = |tag: &TagChip| {
            let (id, choose, on) = (tag.id, choose.clone(), Rc::new(Cell::new(false)));
            let (dot, name) = (el("span").class("dot"), el("span").attr("dir", "auto"));
            let is_on = on.clone();
            let press = move || choose(id, !is_on.get());
            let button = Button::of("toggle", &[&dot, &name], press);
            Chip { button, dot, name, on }
        };
        self.rows.show(
            tags,
            |tag| tag.id,
            make,
            |chip, tag| {
                chip.on.set(tag.on == Some(true));
                set_attr(&chip.dot, "data-colour", Some(tag.colour.name()));
                set_text(&chip.name, &tag.name);
                let pressed = match tag.on {
                    Some(true) => "true",
                    Some(false) => "false",
                    None => "mixed",
                };
                set_attr(&chip.button.node, "aria-pressed", Some(pressed));
            },
        );
    }
}

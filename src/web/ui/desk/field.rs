//! Text fields, and the choice of a colour. The typed text goes to the model at once and comes back unchanged, so a
//! redraw never changes a field's text or its caret.

use core::ops::Range;

use baton_core::app::chip::colour_name;
use baton_core::app::desk::{Field, Msg};
use baton_core::team::tag::Colour;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, HtmlTextAreaElement};

use super::{Send, text};
use crate::browser::i18n::tr;
use crate::dom::{Build, Listener, append, el, on, set_attr, set_value, value};

/// A field that sends its text when the person types, and a message when it loses the focus.
pub(crate) struct Input {
    pub(crate) node: HtmlElement,
    _listeners: [Listener; 3],
}

impl Input {
    /// `tag` is `input` or `textarea`. The text is aligned by its own writing direction.
    pub(crate) fn new(tag: &str, field: Field, most: u32, send: &Send) -> Input {
        let node = el(tag).class("field").attr("dir", "auto").attr("maxlength", &most.to_string());
        set_attr(&node, "autocomplete", Some("off"));
        let typed = {
            let (send, node) = (send.clone(), node.clone());
            on(&node.clone(), "input", move |_| send(Msg::Type(field, value(&node))))
        };
        // Pressing Enter causes `change` only. If a button inserted text, leaving the field causes `blur` only.
        let left = ["change", "blur"].map(|event| {
            let send = send.clone();
            on(&node, event, move |_| send(Msg::Left))
        });
        let [change, blur] = left;
        Input { node, _listeners: [typed, change, blur] }
    }

    pub(crate) fn labelled(self, name: &'static str) -> Input {
        set_attr(&self.node, "aria-label", Some(&tr(name)));
        self
    }

    pub(crate) fn show(&self, text: &str) {
        if let Some(area) = self.node.dyn_ref::<HtmlTextAreaElement>() {
            if area.value() != text {
                area.set_value(text);
            }
        } else {
            set_value(self.node.unchecked_ref(), text);
        }
    }
}

/// Suggestions for a field, shown by the browser as a `datalist`.
pub(crate) struct Choices {
    pub(crate) node: HtmlElement,
    shown: Vec<String>,
}

impl Choices {
    /// `id` must be unique on the page.
    pub(crate) fn new(id: &str, input: &Input) -> Choices {
        set_attr(&input.node, "list", Some(id));
        Choices { node: el("datalist").attr("id", id), shown: Vec::new() }
    }

    pub(crate) fn show(&mut self, choices: &[String]) {
        if self.shown == choices {
            return;
        }
        self.shown = choices.to_vec();
        self.node.set_text_content(None);
        for choice in choices {
            append(&self.node, &el("option").attr("value", choice));
        }
    }
}

/// Focuses a field and selects a part of its text. The range is in UTF-16 code units.
pub(crate) fn select(field: &HtmlElement, place: Range<usize>) {
    let _ = field.focus();
    let (start, end) = (place.start as u32, place.end as u32);
    // The text may have become shorter meanwhile. The browser then clamps the range.
    let _ = match field.dyn_ref::<HtmlTextAreaElement>() {
        Some(area) => area.set_selection_range(start, end),
        None => field.unchecked_ref::<HtmlInputElement>().set_selection_range(start, end),
    };
}

/// Creates a label above a field, with a hint below it.
pub(crate) fn labelled(name: &'static str, input: &HtmlElement, hint: Option<&'static str>) -> HtmlElement {
    let label = el("label").class("labelled").with(&[&text("span", name), input]);
    if let Some(hint) = hint {
        append(&label, &text("small", hint));
    }
    label
}

/// The choice of one of the twelve colours.
pub(crate) struct Swatches {
    pub(crate) node: HtmlElement,
    radios: Vec<HtmlInputElement>,
    _change: Listener,
}

impl Swatches {
    /// `group` must be unique on the page.
    pub(crate) fn new(group: &str, choose: impl Fn(Colour) + 'static) -> Swatches {
        let node = el("div").class("swatches").attr("role", "radiogroup");
        set_attr(&node, "aria-label", Some(&tr("tags_colour")));
        let radios: Vec<HtmlInputElement> = Colour::ALL
            .into_iter()
            .map(|colour| {
                // Native radio buttons support the arrow keys.
                let radio = el("input").class("swatch").attr("type", "radio").attr("name", group);
                set_attr(&radio, "data-colour", Some(colour.name()));
                let name = tr(colour_name(colour));
                set_attr(&radio, "aria-label", Some(&name));
                set_attr(&radio, "title", Some(&name));
                append(&node, &radio);
                radio.unchecked_into()
            })
            .collect();
        let change = {
            let radios = radios.clone();
            on(&node, "change", move |_| {
                let chosen = Colour::ALL.into_iter().zip(&radios).find(|(_, radio)| radio.checked());
                if let Some((colour, _)) = chosen {
                    choose(colour);
                }
            })
        };
        Swatches { node, radios, _change: change }
    }

    pub(crate) fn show(&self, chosen: Colour) {
        for (colour, radio) in Colour::ALL.into_iter().zip(&self.radios) {
            if (colour == chosen) != radio.checked() {
                radio.set_checked(colour == chosen);
            }
        }
    }
}

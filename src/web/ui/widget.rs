//! Widgets that all surfaces share: buttons and chips, and moving the focus among rows.

use std::rc::Rc;

use baton_core::app::Msg;
use baton_core::app::chip::Chip;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::icons::{Icon, icon};
use crate::dom::{Build, Listener, append, document, el, on, set_attr, set_flag, set_state, set_text};

/// A callback for the messages of widgets.
pub(crate) type Send = Rc<dyn Fn(Msg)>;

/// A button that owns its click listener.
pub(crate) struct Button {
    pub(crate) node: HtmlElement,
    label: Option<HtmlElement>,
    _click: Listener,
}

impl Button {
    /// Creates a button with a label.
    pub(crate) fn text(class: &str, label: &str, press: impl Fn() + 'static) -> Button {
        let label = el("span").text(label);
        let button = Button::new(class, &[&label], Box::new(press));
        Button { label: Some(label), ..button }
    }

    /// Creates a button with other nodes as its content.
    pub(crate) fn of(class: &str, parts: &[&HtmlElement], press: impl Fn() + 'static) -> Button {
        Button::new(class, parts, Box::new(press))
    }

    /// Creates a button with an icon. `name` is its accessible name and its tooltip.
    pub(crate) fn icon(class: &str, shape: Icon, name: &str, press: impl Fn() + 'static) -> Button {
        let button = Button::new(&format!("icon-button {class}"), &[], Box::new(press));
        append(&button.node, &icon(shape, 16));
        button.rename(name);
        button
    }

    fn new(class: &str, parts: &[&HtmlElement], press: Box<dyn Fn()>) -> Button {
        let node = el("button").attr("type", "button").class(class).with(parts);
        let click = on(&node, "click", move |_| press());
        Button { node, label: None, _click: click }
    }

    /// Inserts an icon before the label.
    pub(crate) fn with_icon(self, shape: Icon) -> Button {
        let first = self.node.first_child();
        // The label is a child already, so inserting before it can't fail.
        let _ = self.node.insert_before(&icon(shape, 16), first.as_ref());
        self
    }

    /// Changes the label, or the accessible name of a button without a label.
    pub(crate) fn rename(&self, name: &str) {
        match &self.label {
            Some(label) => set_text(label, name),
            None => {
                set_attr(&self.node, "aria-label", Some(name));
                set_attr(&self.node, "title", Some(name));
            }
        }
    }

    /// Sets the pressed state of a toggle button.
    pub(crate) fn press(&self, down: bool) {
        set_state(&self.node, "aria-pressed", down);
    }
}

/// Returns a callback that sends one message. All callers with the same message type share one closure type, which
/// saves code.
pub(crate) fn sends<M: Clone + 'static>(send: &Rc<dyn Fn(M)>, msg: M) -> impl Fn() + use<M> {
    let send = send.clone();
    move || send(msg.clone())
}

/// Returns a listener that sends the text of a field when the person types.
pub(crate) fn typed(
    input: &HtmlInputElement,
    send: &Send,
    msg: impl Fn(String) -> Msg + 'static,
) -> Listener {
    let (send, field) = (send.clone(), input.clone());
    on(input, "input", move |_| send(msg(field.value())))
}

/// Creates a chip.
pub(crate) fn chip(view: &Chip) -> HtmlElement {
    let node = el("span");
    show_chip(&node, view);
    node
}

/// Updates a chip.
pub(crate) fn show_chip(node: &HtmlElement, view: &Chip) {
    set_attr(node, "class", Some("chip"));
    set_attr(node, "data-colour", Some(view.colour.name()));
    set_attr(node, "title", (view.name != view.text).then_some(view.name.as_str()));
    set_text(node, &view.text);
}

/// A group of controls that is one Tab stop: the control that was focused last, or the first. Arrow keys move inside;
/// see [`step`].
pub(crate) struct Roving {
    node: HtmlElement,
    _focused: Listener,
}

/// The attribute of a [`Roving`] group.
const ROVING: &str = "data-roving";
impl Roving {
    /// Makes a node such a group.
    pub(crate) fn new(node: &HtmlElement) -> Roving {
        set_flag(node, ROVING, true);
        let focused = {
            let group = node.clone();
            on(node, "focusin", move |event| {
                if let Some(control) = event.target().and_then(|it| it.dyn_into::<Element>().ok()) {
                    stop_at(&group, &control);
                }
            })
        };
        Roving { node: node.clone(), _focused: focused }
    }

    /// Keeps exactly one Tab stop after controls came or went.
    pub(crate) fn settle(&self) {
        let all = controls(&self.node);
        let stop = all.iter().find(|it| it.get_attribute("tabindex").as_deref() == Some("0") && is_shown(it));
        if let Some(stop) = stop.or_else(|| all.iter().find(|it| is_shown(it))) {
            stop_at(&self.node, stop);
        }
    }
}

/// Makes a control the Tab stop of its group.
fn stop_at(group: &Element, stop: &Element) {
    for control in controls(group) {
        set_attr(&control, "tabindex", Some(if control == *stop { "0" } else { "-1" }));
    }
}

/// The buttons of a group, in document order.
fn controls(group: &Element) -> Vec<Element> {
    let children = group.children();
    let mut found = Vec::new();
    for child in (0..children.length()).filter_map(|at| children.item(at)) {
        if child.tag_name() == "BUTTON" {
            found.push(child);
        } else {
            found.extend(controls(&child));
        }
    }
    found
}

/// Whether no ancestor hides a control. A control that only CSS hides until its row has the focus counts as shown.
fn is_shown(control: &Element) -> bool {
    control.closest("[hidden]").is_ok_and(|hidden| hidden.is_none())
}

/// Moves the focus to the next or previous control of its group. Returns `false` at the end, and outside of a group.
pub(crate) fn step(active: &Element, forward: bool) -> bool {
    let group = active.closest(&["[", ROVING, "]"].concat());
    let Some(group) = group.ok().flatten() else { return false };
    let all: Vec<Element> = controls(&group).into_iter().filter(is_shown).collect();
    let Some(at) = all.iter().position(|it| it == active) else { return false };
    let next = if forward { all.get(at + 1) } else { at.checked_sub(1).and_then(|at| all.get(at)) };
    next.and_then(|it| it.dyn_ref::<HtmlElement>()).is_some_and(|it| it.focus().is_ok())
}

/// Keeps the focus where it is while a button in a node is pressed, so that the composer keeps its caret.
pub(crate) fn keep_focus(node: &HtmlElement) -> Listener {
    on(node, "mousedown", |event| {
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        if target.is_some_and(|it| it.closest("button").is_ok_and(|button| button.is_some())) {
            event.prevent_default();
        }
    })
}

/// Whether the page is written from right to left.
pub(crate) fn is_rtl() -> bool {
    document().document_element().and_then(|html| html.get_attribute("dir")).as_deref() == Some("rtl")
}

/// Shows or hides an element.
pub(crate) fn show(element: &Element, shown: bool) {
    set_flag(element, "hidden", !shown);
}

/// Moves the focus to the same control of the next or previous row, in a list whose rows have the same controls.
/// Returns `false` if the focus is not in such a row, or if there is no other row.
pub(crate) fn focus_row(active: &Element, forward: bool) -> bool {
    let mut control = active.clone();
    while let Some(row) = control.parent_element() {
        if row.has_attribute("data-row") {
            let at =
                (0..row.children().length()).find(|i| row.children().item(*i).as_ref() == Some(&control));
            let next = if forward { row.next_element_sibling() } else { row.previous_element_sibling() };
            let control = at.and_then(|at| next?.children().item(at));
            return control
                .and_then(|it| it.dyn_into::<HtmlElement>().ok())
                .is_some_and(|it| it.focus().is_ok());
        }
        control = row;
    }
    false
}

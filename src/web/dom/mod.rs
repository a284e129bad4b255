//! Helpers that create and change DOM nodes. Text is only ever set as text. Each listener is owned by the struct that
//! uses it.

pub(crate) mod list;
pub(crate) mod root;

use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue, UnwrapThrowExt};
use web_sys::{
    AddEventListenerOptions, Document, Element, Event, EventTarget, HtmlElement, HtmlInputElement, Node,
};

use crate::trap;

/// The page's document.
pub(crate) fn document() -> Document {
    web_sys::window().and_then(|window| window.document()).expect_throw("a page has a document")
}

/// The width and height of the window, in CSS pixels.
pub(crate) fn viewport() -> (f64, f64) {
    let size = |side: Result<JsValue, _>| side.ok().and_then(|it| it.as_f64()).unwrap_or(0.0);
    web_sys::window().map_or((0.0, 0.0), |window| (size(window.inner_width()), size(window.inner_height())))
}

/// Creates an HTML element.
pub(crate) fn el(tag: &str) -> HtmlElement {
    document().create_element(tag).expect_throw("a literal tag name is valid").unchecked_into()
}

/// Builds an element in one expression. Setters write only values that differ, so drawing the same view twice changes
/// nothing.
pub(crate) trait Build: Sized {
    /// Sets the class list.
    fn class(self, class: &str) -> Self;
    /// Sets an attribute.
    fn attr(self, name: &str, value: &str) -> Self;
    /// Sets the text.
    fn text(self, text: &str) -> Self;
    /// Appends children.
    fn with(self, children: &[&HtmlElement]) -> Self;
}

impl Build for HtmlElement {
    fn class(self, class: &str) -> Self {
        set_attr(&self, "class", Some(class));
        self
    }

    fn attr(self, name: &str, value: &str) -> Self {
        set_attr(&self, name, Some(value));
        self
    }

    fn text(self, text: &str) -> Self {
        set_text(&self, text);
        self
    }

    fn with(self, children: &[&HtmlElement]) -> Self {
        for child in children {
            append(&self, child);
        }
        self
    }
}

/// Sets or removes an attribute if it differs.
pub(crate) fn set_attr(element: &Element, name: &str, value: Option<&str>) {
    if element.get_attribute(name).as_deref() == value {
        return;
    }
    let done = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
    done.expect_throw("a literal attribute name is valid");
}

/// Sets or removes an attribute that has no value.
pub(crate) fn set_flag(element: &Element, name: &str, on: bool) {
    set_attr(element, name, on.then_some(""));
}

/// Sets a state attribute to `true` or `false`, for attributes that must always be present, such as `aria-expanded`.
pub(crate) fn set_state(element: &Element, name: &str, on: bool) {
    set_attr(element, name, Some(if on { "true" } else { "false" }));
}

/// Sets the text if it differs.
pub(crate) fn set_text(node: &Node, text: &str) {
    if node.text_content().as_deref() != Some(text) {
        node.set_text_content(Some(text));
    }
}

/// Sets the value of a field if it differs, so that the caret stays where it is.
pub(crate) fn set_value(input: &HtmlInputElement, value: &str) {
    if input.value() != value {
        input.set_value(value);
    }
}

/// The text in an `input` or `textarea`.
pub(crate) fn value(node: &HtmlElement) -> String {
    match node.dyn_ref::<web_sys::HtmlTextAreaElement>() {
        Some(area) => area.value(),
        None => node.unchecked_ref::<HtmlInputElement>().value(),
    }
}

/// Appends a child.
pub(crate) fn append(parent: &Node, child: &Node) {
    parent.append_child(child).expect_throw("a new element can be a child");
}

/// CSS declarations for lengths in pixels, such as `left:1px;top:2.5px`.
pub(crate) fn lengths(of: &[(&str, f64)]) -> String {
    let length = |(name, px): &(&str, f64)| {
        // The browser's number formatting is valid CSS; Rust's own formatting would add ten kilobytes.
        let px = js_sys::Number::from(*px).to_string_with_radix(10).map(String::from).unwrap_or_default();
        [name, ":", &px, "px"].concat()
    };
    of.iter().map(length).collect::<Vec<_>>().join(";")
}

/// The smallest width of an overlay over a part of the page at which it is still usable, in CSS pixels.
const LEAST: f64 = 340.0;

/// Returns the left edge and the width of an overlay over `part` of the page, in CSS pixels. The overlay is as wide as
/// the part. In a narrow window it also covers the area beside the part. `window` is the width of the window.
pub(crate) fn across(part: &web_sys::DomRect, window: f64) -> (f64, f64) {
    let width = part.width().max(LEAST.min(window));
    (part.left().min(window - width).max(0.0), width)
}

/// Adds a listener that is removed when the result is dropped.
pub(crate) fn on(
    target: &EventTarget,
    event: &'static str,
    handle: impl FnMut(&Event) + 'static,
) -> Listener {
    Listener::new(target, event, false, Box::new(handle))
}

/// Adds a capturing listener, which runs before the page's own. It is removed when the result is dropped.
pub(crate) fn on_capture(
    target: &EventTarget,
    event: &'static str,
    handle: impl FnMut(&Event) + 'static,
) -> Listener {
    Listener::new(target, event, true, Box::new(handle))
}

/// An event listener on a node. It is removed when it is dropped, or when [`trap::signal`] is aborted.
#[must_use = "dropping it stops listening"]
pub(crate) struct Listener {
    target: EventTarget,
    event: &'static str,
    capture: bool,
    call: Closure<dyn FnMut(&Event)>,
}

impl Listener {
    // This function is not generic, so one copy of its code serves all handlers.
    fn new(
        target: &EventTarget,
        event: &'static str,
        capture: bool,
        handle: Box<dyn FnMut(&Event)>,
    ) -> Listener {
        let call = Closure::wrap(handle);
        let options = AddEventListenerOptions::new();
        options.set_capture(capture);
        options.set_passive(false);
        if let Some(signal) = trap::signal() {
            options.set_signal(&signal);
        }
        target
            .add_event_listener_with_callback_and_add_event_listener_options(
                event,
                call.as_ref().unchecked_ref(),
                &options,
            )
            .expect_throw("an event target takes any listener");
        Listener { target: target.clone(), event, capture, call }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let call = self.call.as_ref().unchecked_ref();
        // Removing a listener that is already gone has no effect.
        let _ = self.target.remove_event_listener_with_callback_and_bool(self.event, call, self.capture);
    }
}

/// A callback that runs before the next paint, unless this is dropped first.
#[must_use = "dropping it cancels it"]
pub(crate) struct Frame {
    id: i32,
    _run: Closure<dyn FnMut()>,
}

impl Frame {
    pub(crate) fn request(run: impl FnOnce() + 'static) -> Option<Frame> {
        let run = Closure::once(run);
        let id = web_sys::window()?.request_animation_frame(run.as_ref().unchecked_ref()).ok()?;
        Some(Frame { id, _run: run })
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        if let Some(window) = web_sys::window() {
            // Cancelling a frame that already ran has no effect.
            let _ = window.cancel_animation_frame(self.id);
        }
    }
}

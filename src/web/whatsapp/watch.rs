//! The observers of the page.
//!
//! WhatsApp's page is large and busy, so only the parts that are read are observed: the skeleton, for parts that appear
//! and disappear, the chat list, the header, the footer and the messages. Callbacks run right after a change, before it is painted. A
//! hidden tab is not observed.

use js_sys::Array;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, MutationObserver, MutationObserverInit, Node, ResizeObserver};

use super::locators::{BAR_ATTRIBUTES, ROW_ATTRIBUTES};
use super::parts::Parts;
use crate::dom::document;
use crate::trap::AtTrap;

/// A change that an observer noticed.
pub(super) enum Noticed {
    /// A part may have appeared or disappeared.
    Structure,
    /// The chat list changed, with the mutation records.
    List(Array),
    /// The header or the footer changed.
    Conversation,
    /// The messages of the open conversation changed.
    Messages,
    /// The theme or the writing direction changed.
    Theme,
    /// A part was resized.
    Size,
}

/// All observers. Dropping them stops the callbacks.
pub(super) struct Watch {
    skeleton: Observer,
    list: Observer,
    conversation: Observer,
    messages: Observer,
    theme: Observer,
    sizes: Sizes,
    watched: Parts,
}

impl Watch {
    /// Observers that observe nothing yet.
    pub(super) fn new(notice: impl Fn(Noticed) + Clone + 'static) -> Watch {
        let simply = |noticed: fn() -> Noticed| {
            let notice = notice.clone();
            Observer::new(move |_| notice(noticed()))
        };
        let of_list = notice.clone();
        let of_sizes = notice.clone();
        Watch {
            skeleton: simply(|| Noticed::Structure),
            list: Observer::new(move |records| of_list(Noticed::List(records))),
            conversation: simply(|| Noticed::Conversation),
            messages: simply(|| Noticed::Messages),
            theme: simply(|| Noticed::Theme),
            sizes: Sizes::new(move || of_sizes(Noticed::Size)),
            watched: Parts::default(),
        }
    }

    /// Observes these parts instead of the former ones.
    pub(super) fn parts(&mut self, parts: &Parts) {
        let document = document();
        self.skeleton.stop();
        if parts.app.is_none() {
            // Only until the app is there.
            self.skeleton.add(&document, &everything(&["id"]));
        }
        for element in parts.skeleton() {
            self.skeleton.add(&element, &children());
        }

        self.theme.stop();
        if let Some(html) = document.document_element() {
            self.theme.add(&html, &attributes(&["dir"]));
        }
        if let Some(body) = document.body() {
            self.theme.add(&body, &attributes(&["class"]));
        }

        if self.watched == *parts {
            return;
        }
        self.list.stop();
        if let Some(list) = &parts.list {
            self.list.add(list, &everything(&ROW_ATTRIBUTES));
        }
        self.conversation.stop();
        for bar in [&parts.header, &parts.footer].into_iter().flatten() {
            self.conversation.add(bar, &everything(&BAR_ATTRIBUTES));
        }
        self.messages.stop();
        for area in parts.message_areas() {
            self.messages.add(&area, &descendants());
        }
        self.sizes.stop();
        for part in [&parts.app, &parts.list, &parts.header, &parts.footer].into_iter().flatten() {
            self.sizes.add(part);
        }
        self.watched = parts.clone();
    }

    /// Stops observing until [`Watch::parts`] is called again.
    pub(super) fn rest(&mut self) {
        for observer in [&self.skeleton, &self.list, &self.conversation, &self.messages, &self.theme] {
            observer.stop();
        }
        self.sizes.stop();
        self.watched = Parts::default();
    }
}

/// A mutation observer with its callback.
struct Observer {
    observer: Option<MutationObserver>,
    _call: Closure<dyn FnMut(Array)>,
    _at_trap: Option<AtTrap>,
}

impl Observer {
    fn new(call: impl FnMut(Array) + 'static) -> Observer {
        let call = Closure::new(call);
        let observer = MutationObserver::new(call.as_ref().unchecked_ref()).ok();
        let at_trap = observer.as_ref().map(|it| AtTrap::call(it, "disconnect", &JsValue::UNDEFINED));
        Observer { observer, _call: call, _at_trap: at_trap }
    }

    fn add(&self, node: &Node, what: &MutationObserverInit) {
        if let Some(observer) = &self.observer {
            // The options are valid: each names something to observe.
            let _ = observer.observe_with_options(node, what);
        }
    }

    fn stop(&self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

impl Drop for Observer {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A resize observer with its callback.
struct Sizes {
    observer: Option<ResizeObserver>,
    _call: Closure<dyn FnMut()>,
    _at_trap: Option<AtTrap>,
}

impl Sizes {
    fn new(call: impl FnMut() + 'static) -> Sizes {
        let call = Closure::new(call);
        let observer = ResizeObserver::new(call.as_ref().unchecked_ref()).ok();
        let at_trap = observer.as_ref().map(|it| AtTrap::call(it, "disconnect", &JsValue::UNDEFINED));
        Sizes { observer, _call: call, _at_trap: at_trap }
    }

    fn add(&self, element: &Element) {
        if let Some(observer) = &self.observer {
            observer.observe(element);
        }
    }

    fn stop(&self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

impl Drop for Sizes {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Observes child lists.
fn children() -> MutationObserverInit {
    let init = MutationObserverInit::new();
    init.set_child_list(true);
    init
}

/// Observes child lists in the whole subtree.
fn descendants() -> MutationObserverInit {
    let init = children();
    init.set_subtree(true);
    init
}

/// Observes these attributes.
fn attributes(names: &[&str]) -> MutationObserverInit {
    let init = MutationObserverInit::new();
    let names: Array = names.iter().map(|name| JsValue::from_str(name)).collect();
    init.set_attribute_filter(&names);
    init
}

/// Observes child lists, texts and these attributes in the whole subtree.
fn everything(names: &[&str]) -> MutationObserverInit {
    let init = attributes(names);
    init.set_child_list(true);
    init.set_character_data(true);
    init.set_subtree(true);
    init
}

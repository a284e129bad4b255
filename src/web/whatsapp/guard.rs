//! Keeping a person from writing into a colleague's chat before they have said that they want to.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, Node};

use super::locators::BUTTON;
use super::parts::Parts;
use crate::dom::on_capture;

/// What a person is kept from doing to the conversation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Hold {
    /// Nothing.
    #[default]
    Nothing,
    /// Sending what is written.
    Sending,
    /// Writing anything.
    Writing,
}

/// What a person is about to do to the conversation is stopped as far as they are held. Dropping it lets all through.
pub(super) struct Guard {
    hold: Rc<Cell<Hold>>,
    _listeners: Vec<EventListener>,
}

/// Whether an event is something that is to be stopped.
type Stops = fn(&Event, &Parts) -> bool;

impl Guard {
    /// A guard that holds nothing. `parts` says what is where now, `stopped` is told once for every attempt.
    pub(super) fn new(
        parts: impl Fn() -> Parts + Clone + 'static,
        stopped: impl Fn(Hold) + Clone + 'static,
    ) -> Guard {
        let hold = Rc::new(Cell::new(Hold::Nothing));
        // The first to hear of it: at the window, on the way down, and there before the page's own scripts.
        let Some(window) = web_sys::window() else { return Guard { hold, _listeners: vec![] } };
        let listen = |name: &'static str, writes: Stops, sends: Stops| {
            let (hold, parts, stopped) = (hold.clone(), parts.clone(), stopped.clone());
            on_capture(&window, name, move |event| {
                let stops = match hold.get() {
                    Hold::Nothing => return,
                    Hold::Sending => sends,
                    Hold::Writing => writes,
                };
                // What a script dispatches, Baton's own insertions among it, is not a person writing.
                if !event.is_trusted() || !stops(event, &parts()) {
                    return;
                }
                event.prevent_default();
                event.stop_immediate_propagation();
                let held = event.dyn_ref::<KeyboardEvent>().is_some_and(KeyboardEvent::repeat);
                if !held {
                    stopped(hold.get());
                }
            })
        };
        let never: Stops = |_, _| false;
        let listeners = vec![
            listen("keydown", types, enters),
            listen("beforeinput", writes, never),
            listen("compositionstart", writes, never),
            listen("paste", writes, never),
            listen("drop", drops, never),
            listen("click", presses, presses_send),
        ];
        Guard { hold, _listeners: listeners }
    }

    pub(super) fn set(&self, hold: Hold) {
        self.hold.set(hold);
    }
}

/// The key that sends. With Shift it breaks the line, and while a word is composed it ends that.
fn enters(event: &Event, parts: &Parts) -> bool {
    let enters = |key: &KeyboardEvent| key.key() == "Enter" && !key.shift_key() && !key.is_composing();
    event.dyn_ref::<KeyboardEvent>().is_some_and(enters) && writes(event, parts)
}

/// The button that sends.
fn presses_send(event: &Event, parts: &Parts) -> bool {
    let (button, pressed) = (parts.send_button(), target(event));
    button.is_some_and(|button| button.contains(pressed.as_ref()))
}

/// Keys that write or send. Shortcuts and keys that only move pass; what they change still meets `beforeinput`.
fn types(event: &Event, parts: &Parts) -> bool {
    let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return false };
    let name = key.key();
    let with_modifier = key.ctrl_key() || key.meta_key() || key.alt_key();
    let types = name == "Enter"
        // Keys that an input method takes: once it composes it can't be stopped, so the focus has to leave before.
        || name == "Process"
        || name == "Dead"
        || key.is_composing()
        || (name.chars().count() == 1 && !with_modifier);
    types && writes(event, parts)
}

/// Anything that happens to the composer itself.
fn writes(event: &Event, parts: &Parts) -> bool {
    is_in(event, parts.composer.as_ref())
}

/// Dropped files open a preview wherever in the conversation they fall.
fn drops(event: &Event, parts: &Parts) -> bool {
    is_in(event, parts.conversation.as_ref())
}

/// A button beside the composer: send, voice, attachments and stickers all end in the chat.
fn presses(event: &Event, parts: &Parts) -> bool {
    let button = target(event)
        .and_then(|node| node.dyn_into::<Element>().ok())
        // A selector of ours is valid.
        .and_then(|element| element.closest(BUTTON).ok().flatten());
    let footer = parts.footer.as_ref();
    button.is_some_and(|button| footer.is_some_and(|footer| footer.contains(Some(&button))))
}

fn is_in(event: &Event, part: Option<&Element>) -> bool {
    part.is_some_and(|part| part.contains(target(event).as_ref()))
}

fn target(event: &Event) -> Option<Node> {
    event.target()?.dyn_into().ok()
}

//! Blocks writing into a colleague's chat until the person has confirmed that they want to.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, Node};

use super::locators::BUTTON;
use super::parts::Parts;
use crate::dom::{Listener, on_capture};

/// The actions that the guard blocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Hold {
    /// Nothing.
    #[default]
    Nothing,
    /// Sending the draft.
    Sending,
    /// Writing anything.
    Writing,
}

/// Listeners that cancel the blocked actions. Dropping the guard removes them.
pub(super) struct Guard {
    hold: Rc<Cell<Hold>>,
    _listeners: Vec<Listener>,
}

/// Whether an event has to be cancelled.
type Stops = fn(&Event, &Parts) -> bool;

impl Guard {
    /// A guard that blocks nothing yet. `parts` returns the current parts; `stopped` is called once for every attempt.
    pub(super) fn new(
        parts: impl Fn() -> Parts + Clone + 'static,
        stopped: impl Fn(Hold) + Clone + 'static,
    ) -> Guard {
        let hold = Rc::new(Cell::new(Hold::Nothing));
        // Capturing at the window comes before all other listeners, and Baton's were added before the page's scripts.
        let Some(window) = web_sys::window() else { return Guard { hold, _listeners: vec![] } };
        let listen = |name: &'static str, writes: Stops, sends: Stops| {
            let (hold, parts, stopped) = (hold.clone(), parts.clone(), stopped.clone());
            on_capture(&window, name, move |event| {
                let stops = match hold.get() {
                    Hold::Nothing => return,
                    Hold::Sending => sends,
                    Hold::Writing => writes,
                };
                // Events dispatched by scripts, such as Baton's own insertions, are not a person's.
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

/// Keys that write or send. Shortcuts and navigation keys pass; edits by them are still caught by `beforeinput`.
fn types(event: &Event, parts: &Parts) -> bool {
    let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return false };
    let name = key.key();
    let with_modifier = key.ctrl_key() || key.meta_key() || key.alt_key();
    let types = name == "Enter"
        // Keys for an input method. A composition can't be cancelled once it runs, so its first key is blocked.
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

/// Files dropped anywhere in the conversation open a preview.
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

//! Watches the composer of a colleague's chat: what the person types goes into the draft, and nothing is sent until the
//! person has confirmed that they want to.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, Event, KeyboardEvent, Node};

use super::locators::BUTTON;
use super::parts::Parts;
use crate::dom::{Listener, on_capture};

/// The guard's mode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Hold {
    /// Nothing is held.
    #[default]
    Nothing,
    /// The draft has unfilled fields: sending it is stopped.
    Unfilled,
    /// The chat is a colleague's: everything that ends in the chat is stopped, and writing is reported.
    Colleague,
}

/// An attempt of the person to write or to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attempt {
    /// To write into a colleague's chat. The text went into the draft.
    Write,
    /// To send in a colleague's chat. It was stopped.
    Send,
    /// To send a draft with unfilled fields. It was stopped.
    SendUnfilled,
}

/// The decision of the guard about an event.
enum Verdict {
    Pass,
    Report,
    Stop,
}

/// Listeners that stop what is held. Dropping the guard removes them.
pub(super) struct Guard {
    hold: Rc<Cell<Hold>>,
    _listeners: Vec<Listener>,
}

/// Decides about an event.
type Judge = fn(&Event, &Parts) -> Verdict;

impl Guard {
    /// A guard that holds nothing yet. `parts` returns the current parts; `attempted` is called once for every attempt.
    pub(super) fn new(
        parts: impl Fn() -> Parts + Clone + 'static,
        attempted: impl Fn(Attempt) + Clone + 'static,
    ) -> Guard {
        let hold = Rc::new(Cell::new(Hold::Nothing));
        // Capturing at the window comes before all other listeners, and Baton's were added before the page's scripts.
        let Some(window) = web_sys::window() else { return Guard { hold, _listeners: vec![] } };
        let listen = |name: &'static str, colleague: Judge, unfilled: Judge| {
            let (hold, parts, attempted) = (hold.clone(), parts.clone(), attempted.clone());
            on_capture(&window, name, move |event| {
                let (judge, stopped) = match hold.get() {
                    Hold::Nothing => return,
                    Hold::Unfilled => (unfilled, Attempt::SendUnfilled),
                    Hold::Colleague => (colleague, Attempt::Send),
                };
                // Events dispatched by scripts, such as Baton's own insertions, are not a person's.
                if !event.is_trusted() {
                    return;
                }
                let repeated = event.dyn_ref::<KeyboardEvent>().is_some_and(KeyboardEvent::repeat);
                match judge(event, &parts()) {
                    Verdict::Pass => {}
                    Verdict::Report if repeated => {}
                    Verdict::Report => attempted(Attempt::Write),
                    Verdict::Stop => {
                        event.prevent_default();
                        event.stop_immediate_propagation();
                        if !repeated {
                            attempted(stopped);
                        }
                    }
                }
            })
        };
        let passes: Judge = |_, _| Verdict::Pass;
        let writes: Judge =
            |event, parts| if is_in_composer(event, parts) { Verdict::Report } else { Verdict::Pass };
        let enters: Judge = |event, parts| stop_if(enters(event, parts));
        let listeners = vec![
            listen("keydown", presses_key, enters),
            listen("beforeinput", writes, passes),
            listen("compositionstart", writes, passes),
            listen("paste", pastes, passes),
            listen("drop", |event, parts| stop_if(drops(event, parts)), passes),
            listen(
                "click",
                |event, parts| stop_if(presses_button(event, parts)),
                |event, parts| stop_if(presses_send(event, parts)),
            ),
        ];
        Guard { hold, _listeners: listeners }
    }

    pub(super) fn set(&self, hold: Hold) {
        self.hold.set(hold);
    }
}

fn stop_if(stops: bool) -> Verdict {
    if stops { Verdict::Stop } else { Verdict::Pass }
}

/// The key that sends. With Shift it breaks the line, and while a word is composed it ends that.
fn enters(event: &Event, parts: &Parts) -> bool {
    let enters = |key: &KeyboardEvent| key.key() == "Enter" && !key.shift_key() && !key.is_composing();
    event.dyn_ref::<KeyboardEvent>().is_some_and(enters) && is_in_composer(event, parts)
}

/// The button that sends.
fn presses_send(event: &Event, parts: &Parts) -> bool {
    let (button, pressed) = (parts.send_button(), target(event));
    button.is_some_and(|button| button.contains(pressed.as_ref()))
}

/// A key in a colleague's chat: the one that sends is stopped, and a letter is reported. Input methods are reported by
/// their composition.
fn presses_key(event: &Event, parts: &Parts) -> Verdict {
    if enters(event, parts) {
        return Verdict::Stop;
    }
    let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return Verdict::Pass };
    let with_modifier = key.ctrl_key() || key.meta_key() || key.alt_key();
    let is_letter = key.key().chars().count() == 1 && !with_modifier;
    if is_letter && is_in_composer(event, parts) { Verdict::Report } else { Verdict::Pass }
}

/// Pasted text goes into the draft; pasted files open a preview that sends.
fn pastes(event: &Event, parts: &Parts) -> Verdict {
    if !is_in(event, parts.conversation.as_ref()) {
        return Verdict::Pass;
    }
    let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
    let files = data.and_then(|data| data.files()).is_some_and(|files| files.length() > 0);
    if files { Verdict::Stop } else { Verdict::Report }
}

/// Whether an event happens to the composer itself.
fn is_in_composer(event: &Event, parts: &Parts) -> bool {
    is_in(event, parts.composer.as_ref())
}

/// Files dropped anywhere in the conversation open a preview.
fn drops(event: &Event, parts: &Parts) -> bool {
    is_in(event, parts.conversation.as_ref())
}

/// A button beside the composer: send, voice, attachments and stickers all end in the chat.
fn presses_button(event: &Event, parts: &Parts) -> bool {
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

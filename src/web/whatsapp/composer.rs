//! Writing into WhatsApp's composer.
//!
//! The composer is a Lexical editor, which keeps its own model of the text. Changing its nodes directly would lose or
//! duplicate text. So the text is dispatched as `beforeinput` events, as a browser would, which the editor applies to its
//! model. The result is then read back. If the editor ignores one kind of edit, the next kind is tried.
//! A draft is never cleared, and nothing here can send.

use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    ClipboardEvent, ClipboardEventInit, DataTransfer, Element, HtmlDocument, HtmlElement, InputEvent,
    InputEventInit,
};

use super::draft::{Draft, Span};
use super::page::Page;
use super::text;
use crate::dom::document;

/// A position in the composer that survives WhatsApp re-creating the composer's nodes.
#[derive(Clone, Debug)]
pub(crate) struct Caret {
    composer: Element,
    /// The composer's label. It names the chat, so that a caret is never used in another chat.
    label: Option<String>,
    span: Span,
}

/// Why a text was not inserted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InsertError {
    /// There is no composer, or it was replaced meanwhile. The draft is unchanged.
    NoComposer,
    /// An input method was still composing at the timeout. The draft is unchanged: retry when the composition is over.
    Composing,
    /// The editor ignored every known kind of edit. The draft is unchanged.
    NothingLanded,
    /// The editor changed, but not to the expected text. The person has to check the draft.
    Differs,
}

/// The kinds of edits, in the order in which they are tried.
#[derive(Clone, Copy)]
enum Rung {
    /// `insertReplacementText`: Lexical applies it in every state, in both browsers. All lines are dispatched within one
    /// task, which Lexical commits as one change, so one undo reverts it.
    Replacement,
    /// `insertText`: in the middle of a word, Lexical leaves it to the browser, which ignores it from a script.
    Typing,
    /// A paste; where a script can't fill one (Firefox), the old editing command.
    Paste,
}

/// Where the caret or the selection is, if it is in the composer.
pub(super) fn caret(composer: &Element) -> Option<Caret> {
    let span = Draft::read(composer).selected()?;
    Some(Caret { composer: composer.clone(), label: label(composer), span })
}

/// Focuses the composer and restores the caret if it belongs to this chat; else the composer's own caret stays, or goes to
/// the end.
pub(super) fn restore(composer: &Element, caret: Option<&Caret>) {
    let of_this_chat = caret.filter(|caret| caret.composer == *composer && caret.label == label(composer));
    // Read before focusing, because the focus puts a caret at the start.
    let draft = Draft::read(composer);
    let span = of_this_chat.map(|caret| caret.span).or_else(|| draft.selected()).unwrap_or(draft.end());
    focus(composer);
    Draft::read(composer).select(span);
}

/// Inserts `text`. It replaces the selection, and the `replace_before` characters before it if they are the trigger;
/// without a selection it goes to the end. The caret goes to `cursor` in it, in units of UTF-16, or behind it.
pub(super) async fn insert(
    page: &Page,
    text: &str,
    replace_before: usize,
    cursor: Option<usize>,
) -> Result<(), InsertError> {
    let composer = page.parts().composer.ok_or(InsertError::NoComposer)?;
    let called = label(&composer);
    for _ in 0..COMPOSING_FRAMES {
        if !page.is_composing() {
            break;
        }
        frame().await;
    }
    if page.is_composing() {
        return Err(InsertError::Composing);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let before = Draft::read(&composer);
    let mut span = before.selected().unwrap_or(before.end());
    let (ahead, _) = text::split_utf16(before.text(), span.start);
    if page.are_signs(ahead, replace_before) {
        span.start -= replace_before;
    }
    let wanted = before.replaced(span, &text);
    if text::same_text(&wanted, before.text()) {
        return Ok(());
    }

    for rung in [Rung::Replacement, Rung::Typing, Rung::Paste] {
        focus(&composer);
        Draft::read(&composer).select(span);
        // The editor gets to know the selection by an asynchronous event.
        frame().await;
        if page.parts().composer.as_ref() != Some(&composer) || label(&composer) != called {
            return Err(InsertError::NoComposer);
        }
        if page.is_composing() {
            return Err(InsertError::Composing);
        }
        if Draft::read(&composer).text() != before.text() {
            // Somebody typed meanwhile, so the span may no longer be the one to replace.
            return Err(InsertError::NothingLanded);
        }
        rung.offer(&composer, &text);
        for _ in 0..SETTLING_FRAMES {
            frame().await;
            let draft = Draft::read(&composer);
            if text::same_text(draft.text(), &wanted) {
                if let Some(cursor) = cursor {
                    let at = span.start + cursor;
                    draft.select(Span { start: at, end: at });
                }
                return Ok(());
            }
        }
        if Draft::read(&composer).text() != before.text() {
            return Err(InsertError::Differs);
        }
    }
    Err(InsertError::NothingLanded)
}

/// The timeout for an input method to finish composing: about ten seconds.
const COMPOSING_FRAMES: usize = 600;
/// The timeout for an edit to appear: 150 ms. Normally it does with the next frame.
const SETTLING_FRAMES: usize = 9;

impl Rung {
    fn offer(self, composer: &Element, text: &str) {
        match self {
            Rung::Replacement => by_lines(composer, "insertReplacementText", text),
            Rung::Typing => by_lines(composer, "insertText", text),
            Rung::Paste => {
                if !paste(composer, text) {
                    let document = document().unchecked_into::<HtmlDocument>();
                    // The result is read back, as for every kind of edit.
                    let _ = document.exec_command_with_show_ui_and_value("insertText", false, text);
                }
            }
        }
    }
}

/// Dispatches an insertion for each line, with line breaks between them.
fn by_lines(composer: &Element, insertion: &str, text: &str) {
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            announce(composer, "insertLineBreak", None);
        }
        if !line.is_empty() {
            announce(composer, insertion, Some(line));
        }
    }
}

/// Dispatches one edit. The editor queues it and commits all at the end of the task.
fn announce(composer: &Element, kind: &str, data: Option<&str>) {
    let init = InputEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_composed(true);
    init.set_input_type(kind);
    init.set_data(data);
    if let Ok(event) = InputEvent::new_with_event_init_dict("beforeinput", &init) {
        // The text that is read back shows whether the editor applied it.
        let _ = composer.dispatch_event(&event);
    }
}

/// Dispatches a paste. Returns `false` if the browser does not let a script fill one.
fn paste(composer: &Element, text: &str) -> bool {
    let filled = || {
        let data = DataTransfer::new()?;
        data.set_data("text/plain", text)?;
        let init = ClipboardEventInit::new();
        init.set_bubbles(true);
        init.set_cancelable(true);
        init.set_clipboard_data(Some(&data));
        ClipboardEvent::new_with_event_init_dict("paste", &init)
    };
    let Ok(event) = filled() else { return false };
    let arrived = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok());
    arrived.is_some_and(|it| !it.is_empty()) && composer.dispatch_event(&event).is_ok()
}

/// The composer's label. Since 2025-09 it names the chat.
fn label(composer: &Element) -> Option<String> {
    composer.get_attribute("aria-label")
}

/// Focuses the composer without scrolling.
pub(super) fn focus(composer: &Element) {
    if document().active_element().as_ref() != Some(composer)
        && let Some(composer) = composer.dyn_ref::<HtmlElement>()
    {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        // If the composer can't take the focus, nothing is inserted, which is reported.
        let _ = composer.focus_with_options(&options);
    }
}

/// Waits for the next frame.
pub(super) async fn frame() {
    let next = Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            // Without a frame the promise stays pending, as in a hidden tab.
            let _ = window.request_animation_frame(&resolve);
        }
    });
    // The promise is never rejected.
    let _ = JsFuture::from(next).await;
}

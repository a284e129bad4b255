//! Writing into WhatsApp's composer.
//!
//! The composer is a Lexical editor that keeps its own model of the text: whoever changes its nodes loses or doubles
//! what was written. So the text is offered as the edits a browser would announce (`beforeinput`), which the editor
//! takes into its model, and is then read back. An editor that ignores one kind of edit is offered the next.
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

/// A place in the composer that can be found again, even after WhatsApp has made the composer's nodes anew.
#[derive(Clone, Debug)]
pub(crate) struct Caret {
    composer: Element,
    /// What the composer was called: it names the chat, so that a caret does not outlive it.
    label: Option<String>,
    span: Span,
}

/// Why a text was not inserted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InsertError {
    /// There is no composer, or another one took its place meanwhile. The draft is as it was.
    NoComposer,
    /// An input method is composing and does not come to an end. The draft is as it was: try again when it is done.
    Composing,
    /// The editor takes none of the edits known. The draft is as it was.
    NothingLanded,
    /// Something landed, but not the text. The draft has to be looked at.
    Differs,
}

/// An edit that may be announced to the editor, in the order in which they are tried.
#[derive(Clone, Copy)]
enum Rung {
    /// The one that Lexical takes into its model in every state, in both browsers. All lines are announced within one
    /// task, which Lexical writes down as one change: one step of undoing takes it back.
    Replacement,
    /// Lexical leaves it to the browser in the middle of a word, and a browser ignores it from a script.
    Typing,
    /// A paste; where the browser does not let a script fill one (Firefox), the old editing command.
    Paste,
}

/// Where the caret or the selection is, if it is in the composer.
pub(super) fn caret(composer: &Element) -> Option<Caret> {
    let span = Draft::read(composer).selected()?;
    Some(Caret { composer: composer.clone(), label: label(composer), span })
}

/// Gives the composer the focus and the caret, if that is still about this chat; else the caret stays where it is in
/// the composer, or goes to the end.
pub(super) fn restore(composer: &Element, caret: Option<&Caret>) {
    let of_this_chat = caret.filter(|caret| caret.composer == *composer && caret.label == label(composer));
    // Asked before: the focus brings a caret to the start with it.
    let draft = Draft::read(composer);
    let span = of_this_chat.map(|caret| caret.span).or_else(|| draft.selected()).unwrap_or(draft.end());
    focus(composer);
    Draft::read(composer).select(span);
}

/// Inserts `text` in place of what is selected and of `replace_before` characters before it, if those are the sign that
/// opened the palette; at the end if nothing is selected.
/// The caret goes to `cursor` in it, in units of UTF-16, or behind it.
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
        // The editor learns of the selection by an event that follows it.
        frame().await;
        if page.parts().composer.as_ref() != Some(&composer) || label(&composer) != called {
            return Err(InsertError::NoComposer);
        }
        if page.is_composing() {
            return Err(InsertError::Composing);
        }
        if Draft::read(&composer).text() != before.text() {
            // Somebody wrote meanwhile: what was selected may be something else now.
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

/// A word that an input method composes is waited for this long: some ten seconds.
const COMPOSING_FRAMES: usize = 600;
/// An editor shows an edit with the next frame; a slow one was given 150 ms.
const SETTLING_FRAMES: usize = 9;

impl Rung {
    fn offer(self, composer: &Element, text: &str) {
        match self {
            Rung::Replacement => by_lines(composer, "insertReplacementText", text),
            Rung::Typing => by_lines(composer, "insertText", text),
            Rung::Paste => {
                if !paste(composer, text) {
                    let document = document().unchecked_into::<HtmlDocument>();
                    // Read back like every other rung.
                    let _ = document.exec_command_with_show_ui_and_value("insertText", false, text);
                }
            }
        }
    }
}

/// Announces each line as an insertion, with line breaks between them.
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

/// Announces one edit. The editor notes it behind the one before, and writes all down when this task is over.
fn announce(composer: &Element, kind: &str, data: Option<&str>) {
    let init = InputEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_composed(true);
    init.set_input_type(kind);
    init.set_data(data);
    if let Ok(event) = InputEvent::new_with_event_init_dict("beforeinput", &init) {
        // Whether it was taken shows in the text.
        let _ = composer.dispatch_event(&event);
    }
}

/// Offers a paste. Whether the browser lets a script fill one.
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

/// What the composer is called. Since 2025-09 it names the chat.
fn label(composer: &Element) -> Option<String> {
    composer.get_attribute("aria-label")
}

/// Gives the focus without scrolling anything.
pub(super) fn focus(composer: &Element) {
    if document().active_element().as_ref() != Some(composer)
        && let Some(composer) = composer.dyn_ref::<HtmlElement>()
    {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        // A composer can take the focus; if not, nothing lands and that is told.
        let _ = composer.focus_with_options(&options);
    }
}

/// Waits for the next frame.
pub(super) async fn frame() {
    let next = Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            // Without a frame the promise stays open, as it does for a page that nobody sees.
            let _ = window.request_animation_frame(&resolve);
        }
    });
    // Nothing rejects it.
    let _ = JsFuture::from(next).await;
}

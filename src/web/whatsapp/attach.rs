//! Handing files to WhatsApp, which shows them before anything is sent. Nothing here sends.
//!
//! A paste is what a hand would do. Firefox lets no script fill one; there WhatsApp's own file field is given the files,
//! as choosing them would. Where there is no field to give them to, nothing happened.

use wasm_bindgen::JsCast;
use web_sys::{
    ClipboardEvent, ClipboardEventInit, DataTransfer, Element, Event, EventInit, FileList, HtmlInputElement,
};

use super::composer::{focus, frame};
use super::locators::{FILES, OURS};
use super::page::Page;
use crate::ui::dom::document;

/// WhatsApp took none of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotTaken;

/// A preview of pictures takes its time.
const FRAMES_FOR_PREVIEW: usize = 40;

/// Offers the files to the open conversation, one way after the other, until WhatsApp shows them.
pub(super) async fn attach(page: &Page, files: &FileList) -> Result<(), NotTaken> {
    let composer = page.parts().composer.ok_or(NotTaken)?;
    for offer in [paste, give] {
        focus(&composer);
        if !offer(page, &composer, files) {
            continue;
        }
        for _ in 0..FRAMES_FOR_PREVIEW {
            frame().await;
            if is_covered(&composer) {
                return Ok(());
            }
        }
    }
    Err(NotTaken)
}

/// Pastes the files. Whether the browser lets a script do so.
fn paste(_: &Page, composer: &Element, files: &FileList) -> bool {
    let filled = || {
        let data = DataTransfer::new()?;
        for file in (0..files.length()).filter_map(|i| files.get(i)) {
            data.items().add_with_file(&file)?;
        }
        let init = ClipboardEventInit::new();
        init.set_bubbles(true);
        init.set_cancelable(true);
        init.set_clipboard_data(Some(&data));
        ClipboardEvent::new_with_event_init_dict("paste", &init)
    };
    let Ok(event) = filled() else { return false };
    let arrived = event.clipboard_data().and_then(|data| data.files());
    arrived.is_some_and(|it| it.length() == files.length()) && composer.dispatch_event(&event).is_ok()
}

/// Gives the files to the field that WhatsApp's paperclip opens. Whether there is one.
fn give(page: &Page, _: &Element, files: &FileList) -> bool {
    let parts = page.parts();
    let field =
        [parts.footer, parts.conversation, parts.app].into_iter().flatten().find_map(|it| FILES.find(&it));
    let Some(field) = field.and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) else { return false };
    field.set_files(Some(files));
    let init = EventInit::new();
    init.set_bubbles(true);
    Event::new_with_event_init_dict("change", &init).is_ok_and(|it| field.dispatch_event(&it).is_ok())
}

/// Whether something of WhatsApp's lies over the composer, or took its place.
fn is_covered(composer: &Element) -> bool {
    let rect = composer.get_bounding_client_rect();
    let (x, y) = (rect.left() + rect.width() / 2.0, rect.top() + rect.height() / 2.0);
    match document().element_from_point(x as f32, y as f32) {
        Some(top) => {
            !top.has_attribute(OURS) && !composer.contains(Some(&top)) && !top.contains(Some(composer))
        }
        None => !composer.is_connected(),
    }
}

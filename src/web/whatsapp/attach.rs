//! Hands files to WhatsApp, which shows a preview before anything is sent. Nothing here sends.
//!
//! The files are pasted first, as a person would do. Firefox does not let a script fill a paste; there the files are set
//! on WhatsApp's own file input. If neither works, the file input is opened, so that the person can choose them.

use wasm_bindgen::JsCast;
use web_sys::{
    ClipboardEvent, ClipboardEventInit, DataTransfer, Element, Event, EventInit, FileList, HtmlInputElement,
};

use super::composer::{focus, frame};
use super::locators::{FILES, OURS};
use super::page::Page;
use crate::dom::document;

/// WhatsApp took none of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotTaken;

/// The result of one attempt to hand over files.
enum Offer {
    /// WhatsApp accepted them.
    Taken,
    /// WhatsApp gave no answer; a preview may follow.
    Made,
    /// The attempt was impossible.
    Refused,
}

/// The timeout for WhatsApp's preview to appear, in frames.
const FRAMES_FOR_PREVIEW: usize = 40;

/// Tries each way to hand the files to the open conversation, until WhatsApp shows them. `visit` is the visit that they
/// are for; it fails in any other.
pub(super) async fn attach(page: &Page, visit: Option<u32>, files: &FileList) -> Result<(), NotTaken> {
    let composer = page.parts().composer.ok_or(NotTaken)?;
    if page.visit_number() != visit || is_covered(&composer) {
        // Another chat, or something over the composer, is open, so that the result could not be recognised.
        return Err(NotTaken);
    }
    for offer in [paste, give] {
        focus(&composer);
        match offer(page, &composer, files) {
            Offer::Taken => return Ok(()),
            Offer::Refused => continue,
            Offer::Made => {}
        }
        for _ in 0..FRAMES_FOR_PREVIEW {
            frame().await;
            if is_covered(&composer) {
                return Ok(());
            }
        }
        if page.visit_number() != visit {
            // Another chat was opened meanwhile: the files are not for that one.
            return Err(NotTaken);
        }
    }
    if let Some(field) = field(page) {
        // The person has to choose the files again, if the browser lets a script open the input.
        field.click();
    }
    Err(NotTaken)
}

/// Pastes the files, where the browser lets a script do so.
fn paste(_: &Page, composer: &Element, files: &FileList) -> Offer {
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
    let Ok(event) = filled() else { return Offer::Refused };
    let arrived = event.clipboard_data().and_then(|data| data.files());
    if arrived.is_none_or(|it| it.length() != files.length()) {
        return Offer::Refused;
    }
    match composer.dispatch_event(&event) {
        // A page that handles a paste prevents the browser's default action.
        Ok(false) => Offer::Taken,
        Ok(true) => Offer::Made,
        Err(_) => Offer::Refused,
    }
}

/// Sets the files on the file input of WhatsApp's paperclip, if there is one.
fn give(page: &Page, _: &Element, files: &FileList) -> Offer {
    let Some(field) = field(page) else { return Offer::Refused };
    field.set_files(Some(files));
    let init = EventInit::new();
    init.set_bubbles(true);
    match Event::new_with_event_init_dict("change", &init).map(|it| field.dispatch_event(&it)) {
        Ok(Ok(_)) => Offer::Made,
        _ => Offer::Refused,
    }
}

/// The file input of WhatsApp's paperclip.
fn field(page: &Page) -> Option<HtmlInputElement> {
    let parts = page.parts();
    let mut around = [parts.footer, parts.conversation, parts.app].into_iter().flatten();
    around.find_map(|it| FILES.find(&it))?.dyn_into().ok()
}

/// Whether something of WhatsApp's covers or replaced the composer.
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

//! A button that chooses files. Files can also be dropped on it.

use wasm_bindgen::JsCast;
use web_sys::{File, FileList, HtmlElement, HtmlInputElement};

use super::{Take, text};
use crate::dom::{Build, Listener, append, el, on, set_flag};
use crate::ui::icons::{Icon, icon};

/// The expected kind of a file. A file is handled by its actual kind; the purpose only selects the error message for
/// an unknown kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A file to import.
    Import,
    /// A packet, or a picture of one of its codes.
    Packet,
    /// A backup.
    Backup,
    /// A file to attach to the open reply.
    Attach,
}

/// The button that chooses files.
pub(super) struct Choose {
    pub(super) node: HtmlElement,
    _chosen: Listener,
}

impl Choose {
    /// `accept` is the `accept` attribute of the input: empty for any file. Several files may be chosen for a packet
    /// and for attaching.
    pub(super) fn new(words: &'static str, accept: &str, purpose: Purpose, take: &Take) -> Choose {
        let file: HtmlInputElement = el("input").attr("type", "file").attr("accept", accept).unchecked_into();
        set_flag(&file, "multiple", matches!(purpose, Purpose::Packet | Purpose::Attach));
        let chosen = {
            let (take, file) = (take.clone(), file.clone());
            on(&file.clone(), "change", move |_| {
                let chosen = files(file.files());
                // Without this, choosing the same file again would cause no `change` event.
                file.set_value("");
                take(chosen, purpose);
            })
        };
        let node = el("label").class("drop");
        append(&node, &icon(Icon::Upload, 20));
        append(&node, &text("span", words));
        append(&node, &file);
        Choose { node, _chosen: chosen }
    }
}

/// Converts a `FileList`.
pub(crate) fn files(list: Option<FileList>) -> Vec<File> {
    let Some(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.get(at)).collect()
}

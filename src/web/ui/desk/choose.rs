//! Choosing files, on a button that files can be dropped on as well.

use wasm_bindgen::JsCast;
use web_sys::{File, FileList, HtmlElement, HtmlInputElement};

use super::{Take, text};
use crate::dom::{Build, Listener, append, el, on, set_flag};
use crate::ui::icons::{Icon, icon};

/// What a file was chosen for. It is taken for what it is; this decides what is said of one that is nothing of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To be imported.
    Import,
    /// As a packet, or a picture of its codes.
    Packet,
    /// To be put back.
    Backup,
    /// To be attached to the open reply.
    Attach,
}

/// The button.
pub(super) struct Choose {
    pub(super) node: HtmlElement,
    _chosen: Listener,
}

impl Choose {
    /// `accept` is what the browser offers: empty for anything. Packets may come as many pictures.
    pub(super) fn new(words: &'static str, accept: &str, purpose: Purpose, take: &Take) -> Choose {
        let file: HtmlInputElement = el("input").attr("type", "file").attr("accept", accept).unchecked_into();
        set_flag(&file, "multiple", matches!(purpose, Purpose::Packet | Purpose::Attach));
        let chosen = {
            let (take, file) = (take.clone(), file.clone());
            on(&file.clone(), "change", move |_| {
                let chosen = files(file.files());
                // The same file may be chosen again.
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

/// The files of a list.
pub(crate) fn files(list: Option<FileList>) -> Vec<File> {
    let Some(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|at| list.get(at)).collect()
}

//! The importer: a worker, started by the desk, that reads another tool's file. Reading in a worker keeps the tab
//! responsive, and a separate Wasm keeps the import code out of the other contexts.
//!
//! The importer posts its progress in hundredths and, at the end, [`import::answer`]. It has no other output: the desk
//! decides what is imported.

use baton_core::import::{self, ReadError, Reader};
use wasm_bindgen::JsValue;

use crate::browser::json::to_js;
use crate::browser::text::decode;
use crate::browser::worker::post_to_owner;

/// How many replies are read between two progress messages.
const TURN: usize = 250;

/// Reads a file, given its name and its bytes.
pub(crate) fn import(name: &str, bytes: &JsValue) {
    let read = decode(bytes).ok_or(ReadError::Unknown).and_then(|text| {
        let kind = import::kind(name, &text).ok_or(ReadError::Unknown)?;
        let mut reader = Reader::new(kind, &text)?;
        // The replies are small compared to the text, which can have 16 MB.
        drop(text);
        let mut before = 0;
        loop {
            let progress = reader.step(TURN);
            if progress.finished {
                return Ok(reader.imported());
            }
            if progress.hundredths() != before {
                before = progress.hundredths();
                post_to_owner(&(before as u32).into());
            }
        }
    });
    post_to_owner(&to_js(&import::answer(read)));
}

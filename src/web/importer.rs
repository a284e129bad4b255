//! The importer: a worker of the desk's that reads a file of another tool's, so that no tab waits for it and no context
//! compiles what few files need.
//!
//! It says how far it is, as a number of hundredths, and at the end [`import::answer`]. It has nothing else to say and
//! no way to: what is imported is decided at the desk.

use baton_core::import::{self, ReadError, Reader};
use wasm_bindgen::JsValue;

use crate::browser::json::to_js;
use crate::browser::text::decode;
use crate::browser::worker::tell;

/// How many replies are read between two words about how far it is.
const TURN: usize = 250;

/// Reads a file, given its name and its bytes.
pub(crate) fn import(name: &str, bytes: &JsValue) {
    let read = decode(bytes).ok_or(ReadError::Unknown).and_then(|text| {
        let kind = import::kind(name, &text).ok_or(ReadError::Unknown)?;
        let mut reader = Reader::new(kind, &text)?;
        // Replies are small beside a text that may have 16 MB.
        drop(text);
        let mut before = 0;
        loop {
            let progress = reader.step(TURN);
            if progress.finished {
                return Ok(reader.imported());
            }
            if progress.hundredths() != before {
                before = progress.hundredths();
                tell(&(before as u32).into());
            }
        }
    });
    tell(&to_js(&import::answer(read)));
}

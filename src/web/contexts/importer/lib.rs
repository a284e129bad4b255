//! What reads the files of other tools, as a Wasm of its own.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// Reads a file, given its name and its bytes as an `ArrayBuffer`; see `extension/importer.js`.
#[wasm_bindgen]
pub fn importer(name: &str, bytes: &JsValue) {
    baton_web::importer(name, bytes);
}

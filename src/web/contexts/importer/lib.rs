//! The Wasm module of the importer, which reads the files of other tools.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// Runs first in every instance of the module.
#[wasm_bindgen(start)]
pub fn start() {
    baton_web::report_traps();
}

/// Reads a file, given its name and its bytes as an `ArrayBuffer`; see `extension/importer.js`.
#[wasm_bindgen]
pub fn importer(name: &str, bytes: &JsValue) {
    baton_web::importer(name, bytes);
}

//! The Wasm module of the page.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::AbortSignal;

/// Runs first in every instance of the module.
#[wasm_bindgen(start)]
pub fn start() {
    baton_web::report_traps();
}

/// Starts Baton in WhatsApp Web. `style` is the text of the style sheet, which is passed in so that it is not compiled
/// with the Wasm. Every listener and port of the page ends when `signal` is aborted.
#[wasm_bindgen]
pub fn page(style: String, signal: AbortSignal) {
    baton_web::page(style, signal);
}

/// Reads the page once, without starting Baton, and returns the result as an object. `cargo xtask probe` calls it.
#[wasm_bindgen]
pub fn probe() -> JsValue {
    baton_web::probe()
}

/// Returns the page report that a person can copy, without starting Baton.
#[wasm_bindgen]
pub fn report() -> String {
    baton_web::report()
}

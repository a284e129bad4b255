//! What runs in the page, as a Wasm of its own.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::AbortSignal;

/// Runs before everything else, in every instance of the module.
#[wasm_bindgen(start)]
pub fn start() {
    baton_web::report_traps();
}

/// Starts Baton in WhatsApp Web. `style` is the text of its style sheet, which needs no compiling.
/// Everything attached to the page ends when `signal` is aborted.
#[wasm_bindgen]
pub fn page(style: String, signal: AbortSignal) {
    baton_web::page(style, signal);
}

/// Reads the page once, without starting Baton, as an object. `cargo xtask probe` asks for it.
#[wasm_bindgen]
pub fn probe() -> JsValue {
    baton_web::probe()
}

/// The report of the page that a person can copy, without starting Baton.
#[wasm_bindgen]
pub fn report() -> String {
    baton_web::report()
}

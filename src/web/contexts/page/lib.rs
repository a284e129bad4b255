//! What runs in the page, as a Wasm of its own.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// Starts Baton in WhatsApp Web. `style` is the text of its style sheet, which needs no compiling.
#[wasm_bindgen]
pub fn page(style: String) {
    baton_web::page(style);
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

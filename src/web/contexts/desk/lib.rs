//! What runs in the desk, as a Wasm of its own.

use js_sys::Promise;
use wasm_bindgen::prelude::wasm_bindgen;

/// Starts the desk in its tab; `rest` is done when the second half of the Wasm is there.
#[wasm_bindgen]
pub fn desk(rest: Promise) {
    baton_web::desk(rest);
}

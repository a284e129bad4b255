//! What runs in the desk, as a Wasm of its own.

use wasm_bindgen::prelude::wasm_bindgen;

/// Starts the desk in its tab.
#[wasm_bindgen]
pub fn desk() {
    baton_web::desk();
}

//! What runs in the desk, as a Wasm of its own.

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::AbortSignal;

/// Runs before everything else, in every instance of the module.
#[wasm_bindgen(start)]
pub fn start() {
    baton_web::report_traps();
}

/// Starts the desk in its tab. Everything attached to it ends when `signal` is aborted.
#[wasm_bindgen]
pub fn desk(signal: AbortSignal) {
    baton_web::desk(signal);
}

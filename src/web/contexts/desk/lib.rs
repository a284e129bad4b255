//! The Wasm module of the desk.

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::AbortSignal;

/// Runs first in every instance of the module.
#[wasm_bindgen(start)]
pub fn start() {
    baton_web::report_traps();
}

/// Starts the desk in its tab. Every listener and port of the desk ends when `signal` is aborted.
#[wasm_bindgen]
pub fn desk(signal: AbortSignal) {
    baton_web::desk(signal);
}

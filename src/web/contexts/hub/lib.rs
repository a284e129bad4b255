//! The Wasm module of the hub.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// Runs first in every instance of the module.
#[wasm_bindgen(start)]
pub fn start() {
    baton_web::restart_after_traps();
}

/// Passes an event from the bootstrap to the hub; see `extension/background.js`.
#[wasm_bindgen]
pub fn hub(kind: JsValue, port: JsValue, message: JsValue) {
    // `kind` is not a `&str`: the glue would write its bytes into the memory of the old instance right before it makes
    // the new one.
    baton_web::hub(&kind.as_string().unwrap_or_default(), port, message);
}

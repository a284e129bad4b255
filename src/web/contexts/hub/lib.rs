//! What runs in the hub, as a Wasm of its own.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// Runs before everything else, in every instance of the module.
#[wasm_bindgen(start)]
pub fn start() {
    baton_web::restart_after_traps();
}

/// Tells the hub what its bootstrap heard; see `extension/background.js`.
#[wasm_bindgen]
pub fn hub(kind: JsValue, port: JsValue, message: JsValue) {
    // Not a `&str`: the glue would put its bytes into the memory of the former instance right before it makes the new one.
    baton_web::hub(&kind.as_string().unwrap_or_default(), port, message);
}

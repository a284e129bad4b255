//! Structures of ours as plain JavaScript objects.
//!
//! Only outwards: reading any shape with serde brings all it can say about what is wrong with it, which nobody hears.

use serde::Serialize;
use wasm_bindgen::JsValue;

/// A plain JavaScript value.
pub(crate) fn to_js(value: &impl Serialize) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    // Our own types serialise; a value that did not would read as undefined and be refused by whoever gets it.
    value.serialize(&serializer).unwrap_or(JsValue::UNDEFINED)
}

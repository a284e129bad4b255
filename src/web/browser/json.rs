//! Converts Rust structures to plain JavaScript objects.
//!
//! Only this direction uses serde: reading with it would add all its error messages to the Wasm, which nobody sees.

use serde::Serialize;
use wasm_bindgen::JsValue;

/// A plain JavaScript value.
pub(crate) fn to_js(value: &impl Serialize) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    // Our own types always serialise. Otherwise the receiver would get `undefined`, which it rejects.
    value.serialize(&serializer).unwrap_or(JsValue::UNDEFINED)
}

//! The one way values cross into JavaScript: as plain objects.
//!
//! The default serializer makes a `Map` of a map, which `storage.sync.set` silently stores as `{}`.

use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

/// A plain JavaScript value.
pub(crate) fn to_js(value: &impl Serialize) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    // Our own types serialise; a value that did not would read as undefined and be refused by whoever gets it.
    value.serialize(&serializer).unwrap_or(JsValue::UNDEFINED)
}

/// Reads a JavaScript value. `None` when it is not of that shape.
pub(crate) fn from_js<T: DeserializeOwned>(value: JsValue) -> Option<T> {
    serde_wasm_bindgen::from_value(value).ok()
}

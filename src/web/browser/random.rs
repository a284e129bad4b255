//! Random ids.

use js_sys::{Function, Reflect, Uint8Array, global};
use wasm_bindgen::{JsCast, JsValue, UnwrapThrowExt};

/// The id of a tag, a reply or a member: see [`baton_core::id`].
pub(crate) fn id() -> [u8; 8] {
    let [a, b, c, d, e, f, ..] = bytes();
    [a, b, c, d, e, f, 0, 0]
}

/// Eight random bytes, for the id of a device.
pub(crate) fn bytes() -> [u8; 8] {
    let array = Uint8Array::new_with_length(8);
    // The global is a window in the page and a worker in the hub; both have `crypto`.
    let crypto = Reflect::get(&global(), &JsValue::from_str("crypto")).unwrap_throw();
    let fill: Function =
        Reflect::get(&crypto, &JsValue::from_str("getRandomValues")).unwrap_throw().unchecked_into();
    fill.call1(&crypto, &array).unwrap_throw();
    let mut bytes = [0; 8];
    array.copy_to(&mut bytes);
    bytes
}

/// A random name: sixteen hexadecimal digits.
pub(crate) fn name() -> String {
    bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

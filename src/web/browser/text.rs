//! Decoding of text files.

use baton_core::import::encoding;
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use web_sys::TextDecoder;

/// Decodes a file, given as an `ArrayBuffer`, with the detected encoding.
pub(crate) fn decode(bytes: &JsValue) -> Option<String> {
    let bytes = Uint8Array::new(bytes);
    let label = encoding(&bytes.to_vec()).label();
    TextDecoder::new_with_label(label).ok()?.decode_with_js_u8_array(&bytes).ok()
}

//! The table of pinyin initials that every browser has: Chinese characters in the order of GB 2312.

use baton_core::search::{COLUMNS, Initials, LAST, ROWS};
use wasm_bindgen::JsValue;
use web_sys::TextDecoder;

/// Builds the initials of Chinese characters, in a millisecond or two, so call it once. If the browser does not support
/// the encoding they are empty, and Chinese names are found by their characters alone.
pub(crate) fn initials() -> Initials {
    sorted_characters().map(|sorted| Initials::new(&sorted)).unwrap_or_default()
}

fn sorted_characters() -> Result<String, JsValue> {
    let rows = ROWS.0..=ROWS.1;
    let end = |row| if row == ROWS.1 { LAST } else { COLUMNS.1 };
    let bytes: Vec<u8> = rows.flat_map(|row| (COLUMNS.0..=end(row)).flat_map(move |it| [row, it])).collect();
    TextDecoder::new_with_label("gbk")?.decode_with_u8_array(&bytes)
}

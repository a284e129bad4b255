//! Drawing and reading of QR codes, by a script of the package that is loaded on demand.

use js_sys::{Array, Promise, global};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::runtime::{get, method};
use crate::dom::{Build, append, document, el};

/// Loads the script, unless it is loaded. Returns whether it is loaded now.
pub(crate) async fn load() -> bool {
    if library().is_some() {
        return true;
    }
    let script = el("script").attr("src", "codes.js");
    let loaded = Promise::new(&mut |done, _| {
        for event in ["load", "error"] {
            let _ = script.add_event_listener_with_callback(event, &done);
        }
    });
    let Some(head) = document().head() else { return false };
    append(&head, &script);
    let _ = JsFuture::from(loaded).await;
    library().is_some()
}

/// The width of the code for a text, in modules, and the data of a path with its dark ones. `None` before
/// [`load`] is done.
pub(crate) fn draw(text: &str) -> Option<(u32, String)> {
    let drawn: Array = method(&library()?, "draw", &[text.into()]).ok()?.dyn_into().ok()?;
    Some((drawn.get(0).as_f64()? as u32, drawn.get(1).as_string()?))
}

/// The text of the QR code in a picture; `None` if none can be read.
pub(crate) async fn read(file: &File) -> Option<String> {
    let reading: Promise = method(&library()?, "read", &[file.into()]).ok()?.dyn_into().ok()?;
    JsFuture::from(reading).await.ok()?.as_string()
}

fn library() -> Option<JsValue> {
    get(&global(), "batonCodes").ok().filter(JsValue::is_object)
}

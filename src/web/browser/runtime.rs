//! Access to the extension API, and detection that the extension was removed or updated.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A call of the extension API failed.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Failed {
    /// Fatal: the extension was updated or removed, and this context is cut off for good.
    Gone,
    /// The browser refused. A retry may succeed later.
    Refused,
}

/// Whether this context still belongs to an installed extension.
pub(crate) fn is_alive() -> bool {
    let property = |object: JsValue, name: &str| Reflect::get(&object, &JsValue::from_str(name)).ok();
    let id = api().and_then(|api| property(property(api, "runtime")?, "id"));
    id.is_some_and(|id| id.is_string())
}

/// A value inside the API object.
pub(crate) fn path(names: &[&str]) -> Result<JsValue, Failed> {
    names.iter().try_fold(api().ok_or(Failed::Gone)?, |object, name| get(&object, name))
}

/// `browser` in Firefox, `chrome` elsewhere.
fn api() -> Option<JsValue> {
    BROWSER.with(Option::clone).or_else(|| CHROME.with(Option::clone))
}

// Imported by their bare names: in Firefox's content scripts they belong to the sandbox, while the global object that
// `js_sys` finds is the page's window, which does not have them.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = browser)]
    static BROWSER: Option<JsValue>;
    #[wasm_bindgen(thread_local_v2, js_name = chrome)]
    static CHROME: Option<JsValue>;
}

/// Calls `object.name(args…)`, such as `runtime.connect`.
pub(crate) fn call(object: &[&str], name: &str, args: &[JsValue]) -> Result<JsValue, Failed> {
    method(&path(object)?, name, args)
}

/// Calls `object.name(args…)` and waits for the promise it returns.
pub(crate) async fn ask(object: &[&str], name: &str, args: &[JsValue]) -> Result<JsValue, Failed> {
    let promise: Promise = call(object, name, args)?.unchecked_into();
    JsFuture::from(promise).await.map_err(failed)
}

/// Shows a number on the toolbar button; nothing for 0.
pub(crate) async fn show_badge(count: u32) -> Result<(), Failed> {
    let text = if count == 0 { String::new() } else { count.to_string() };
    let details = js_sys::Object::new();
    Reflect::set(&details, &"text".into(), &text.into()).map_err(failed)?;
    ask(&["action"], "setBadgeText", &[details.into()]).await.map(drop)
}

/// Calls a method of any object.
pub(crate) fn method(object: &JsValue, name: &str, args: &[JsValue]) -> Result<JsValue, Failed> {
    let function: Function = get(object, name)?.dyn_into().map_err(failed)?;
    let list: js_sys::Array = args.iter().collect();
    Reflect::apply(&function, object, &list).map_err(failed)
}

/// A property of any object.
pub(crate) fn get(object: &JsValue, name: &str) -> Result<JsValue, Failed> {
    Reflect::get(object, &JsValue::from_str(name)).map_err(failed)
}

/// Opens the desk.
pub(crate) async fn open_desk() -> Result<(), Failed> {
    ask(&["runtime"], "openOptionsPage", &[]).await.map(drop)
}

/// The extension's version, as its manifest says.
pub(crate) fn version() -> String {
    let manifest = call(&["runtime"], "getManifest", &[]);
    let version = manifest.and_then(|manifest| get(&manifest, "version"));
    version.ok().and_then(|version| version.as_string()).unwrap_or_default()
}

/// Classifies a failed call. Error texts differ between browsers and versions, so they are not read. Instead: a context
/// that was cut off keeps its API object, but loses `runtime.id`.
fn failed(_: JsValue) -> Failed {
    if is_alive() { Failed::Refused } else { Failed::Gone }
}

//! Layout updates: signed data with candidates for locators that are newer than this version of Baton. They never contain
//! code: a candidate is a selector and the name of a built-in check.
//!
//! A file is `{"baton":"layout","payload":TEXT,"signature":BASE64}`, the signature being Ed25519 over the payload's
//! UTF-8. The payload is `{"number":N,"candidates":[{"part":NAME,"css":SELECTOR,"fits":CHECK}]}`, embedded as text, so
//! that the signature does not depend on how JSON is formatted.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use js_sys::{Array, JSON};
use wasm_bindgen::{JsCast, JsValue};

use super::find::{self, Fits, Learned};
use crate::browser::runtime::get;
use crate::browser::signature::is_signed;

/// The public half of the key that the maintainers sign layout updates with.
const KEY: &str = "CTEQhVnwwVzeJW1xeT36JDcdRTd2dtKMlKvdTqYwfb8=";

/// The candidates of updates before this number are built into this version, so those updates are ignored.
const FIRST: u32 = 1;

/// A layout update that the maintainers signed.
pub(crate) struct Update {
    /// The sequence number: a lower one does not replace a higher one.
    pub(crate) number: u32,
    learned: Vec<Learned>,
}

/// Whether a text claims to be a layout update.
pub(crate) fn is_one(text: &str) -> bool {
    JSON::parse(text).is_ok_and(|file| field(&file, "baton").as_deref() == Some("layout"))
}

/// Reads an update. `None` if the signature is not the maintainers', or if this version already includes the update.
pub(crate) async fn read(text: &str) -> Option<Update> {
    let file = JSON::parse(text).ok()?;
    let payload = field(&file, "payload")?;
    let signature = STANDARD.decode(field(&file, "signature")?).ok()?;
    if !is_signed(&payload, &signature, &STANDARD.decode(KEY).ok()?).await {
        return None;
    }
    let payload = JSON::parse(&payload).ok()?;
    let number = get(&payload, "number").ok()?.as_f64()? as u32;
    if number < FIRST {
        return None;
    }
    let candidates: Array = get(&payload, "candidates").ok()?.dyn_into().ok()?;
    Some(Update { number, learned: candidates.iter().filter_map(|it| learned(&it)).collect() })
}

/// Uses the candidates of an update from now on; `None` for the built-in ones alone.
pub(crate) fn put_to_use(update: Option<Update>) {
    find::learn(update.map(|update| update.learned).unwrap_or_default());
}

/// Reads a candidate. `None` if its check is unknown: it is for a later version.
fn learned(candidate: &JsValue) -> Option<Learned> {
    let fits = Fits::named(&field(candidate, "fits")?)?;
    Some(Learned { part: field(candidate, "part")?, css: field(candidate, "css")?, fits })
}

fn field(of: &JsValue, name: &str) -> Option<String> {
    get(of, name).ok()?.as_string()
}

//! Verification of Ed25519 signatures by the browser's WebCrypto.

use js_sys::{Array, Object, Promise, Reflect, Uint8Array, global};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::runtime::{Failed, get, method};

/// Whether `signature` signs `text` with the private key of `public`. `false` if the browser does not support Ed25519.
pub(crate) async fn is_signed(text: &str, signature: &[u8], public: &[u8]) -> bool {
    verify(text, signature, public).await.unwrap_or(false)
}

async fn verify(text: &str, signature: &[u8], public: &[u8]) -> Result<bool, Failed> {
    let subtle = get(&get(&global(), "crypto")?, "subtle")?;
    let algorithm = Object::new();
    // An object of ours takes any property.
    let _ = Reflect::set(&algorithm, &"name".into(), &"Ed25519".into());
    let algorithm = JsValue::from(algorithm);
    let uses = Array::of1(&"verify".into());
    let bytes = |bytes: &[u8]| JsValue::from(Uint8Array::from(bytes));
    let key = method(
        &subtle,
        "importKey",
        &["raw".into(), bytes(public), algorithm.clone(), JsValue::FALSE, uses.into()],
    )?;
    let key = settled(key).await?;
    let answer = method(&subtle, "verify", &[algorithm, key, bytes(signature), bytes(text.as_bytes())])?;
    Ok(settled(answer).await?.is_truthy())
}

/// Not `dyn_into`: in Firefox the promise is of the page's realm.
async fn settled(promise: JsValue) -> Result<JsValue, Failed> {
    JsFuture::from(promise.unchecked_into::<Promise>()).await.map_err(|_| Failed::Refused)
}

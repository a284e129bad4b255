//! `storage.sync`, the transport, and `storage.local`, for small settings and as a bell.

use baton_core::replica::shard::Items;
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::runtime::{Failed, ask, method, path};

/// The local key whose change tells pages that the hub has news, in case their port rests.
pub(crate) const REVISION: &str = "baton.rev";

/// The local key that holds the layout update in use.
pub(crate) const LAYOUT: &str = "baton.layout";

/// Everything in `storage.sync` that is text. Other values are not ours.
pub(crate) async fn sync_all() -> Result<Items, Failed> {
    let all = ask(&["storage", "sync"], "get", &[JsValue::NULL]).await?;
    let entries = all.dyn_ref::<Object>().map(Object::entries).unwrap_or_default();
    let text = entries.iter().filter_map(|entry| {
        let entry: js_sys::Array = entry.dyn_into().ok()?;
        Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
    });
    Ok(text.collect())
}

/// Writes items, all or none as far as quotas go.
pub(crate) async fn sync_set(items: &Items) -> Result<(), Failed> {
    ask(
        &["storage", "sync"],
        "set",
        &[object(items.iter().map(|(name, text)| (name.as_str(), text.as_str())))],
    )
    .await
    .map(drop)
}

/// Removes items.
pub(crate) async fn sync_remove(names: &[String]) -> Result<(), Failed> {
    let list: js_sys::Array = names.iter().map(JsValue::from).collect();
    ask(&["storage", "sync"], "remove", &[list.into()]).await.map(drop)
}

/// A setting of this browser.
pub(crate) async fn local_get(name: &str) -> Option<String> {
    let found = ask(&["storage", "local"], "get", &[name.into()]).await.ok()?;
    Reflect::get(&found, &name.into()).ok()?.as_string()
}

/// Remembers a setting in this browser. A setting that can't be written is as if it had not been changed next time.
pub(crate) async fn local_set(name: &str, value: &str) {
    let items = object([(name, value)].into_iter());
    let _ = ask(&["storage", "local"], "set", &[items]).await;
}

/// Forgets a setting.
pub(crate) async fn local_remove(name: &str) {
    let _ = ask(&["storage", "local"], "remove", &[name.into()]).await;
}

/// Hears of changes in any area as long as it is kept.
pub(crate) struct Watch {
    listener: Closure<dyn FnMut(JsValue, JsValue)>,
}

/// Calls `changed(area, names)` whenever stored items change.
pub(crate) fn watch(changed: impl Fn(&str, &[String]) + 'static) -> Watch {
    let listener = Closure::<dyn FnMut(JsValue, JsValue)>::new(move |changes: JsValue, area: JsValue| {
        let names = changes.dyn_ref::<Object>().map(Object::keys).unwrap_or_default();
        let names: Vec<String> = names.iter().filter_map(|name| name.as_string()).collect();
        changed(&area.as_string().unwrap_or_default(), &names);
    });
    if let Ok(event) = path(&["storage", "onChanged"]) {
        let _ = method(&event, "addListener", &[listener.as_ref().clone()]);
    }
    Watch { listener }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Ok(event) = path(&["storage", "onChanged"]) {
            let _ = method(&event, "removeListener", &[self.listener.as_ref().clone()]);
        }
    }
}

/// A plain object: `storage.sync.set` silently stores a `Map` as `{}`.
fn object<'a>(items: impl Iterator<Item = (&'a str, &'a str)>) -> JsValue {
    let object = Object::new();
    for (name, value) in items {
        // An object of ours takes any property.
        let _ = Reflect::set(&object, &name.into(), &value.into());
    }
    object.into()
}

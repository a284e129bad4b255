//! `storage.sync`, which is the transport, and `storage.local`, for small settings and to notify pages.

use baton_core::hub::Listing;
use baton_core::hub::writer::{Transport, Unavailable};
use baton_core::replica::shard::Items;
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::runtime::{Failed, ask, method, path};
use crate::trap::AtTrap;

/// The local key whose change notifies pages of news from the hub, in case their port is closed.
pub(crate) const REVISION: &str = "baton.rev";

/// The local key of the keyboard settings.
pub(crate) const KEYS: &str = "baton.keys";

/// The local key of the layout update in use.
pub(crate) const LAYOUT: &str = "baton.layout";

/// `storage.sync`, which the browser carries to the other profiles of its account.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BrowserSync;

impl Transport for BrowserSync {
    async fn list(&self) -> Result<Listing, Unavailable> {
        let all = ask(&["storage", "sync"], "get", &[JsValue::NULL]).await.map_err(unavailable)?;
        let mut listing = Listing::default();
        for entry in all.dyn_ref::<Object>().map(Object::entries).unwrap_or_default().iter() {
            let entry: js_sys::Array = entry.unchecked_into();
            let name = entry.get(0).as_string().unwrap_or_default();
            match entry.get(1).as_string() {
                Some(text) => drop(listing.items.insert(name, text)),
                // Not one of ours, but it counts against the quota: name, JSON text and Firefox's overhead.
                None => listing.rest += name.len() + json_bytes(&entry.get(1)) + 4,
            }
        }
        Ok(listing)
    }

    async fn publish(&self, items: &Items) -> Result<(), Unavailable> {
        let items = object(items.iter().map(|(name, text)| (name.as_str(), text.as_str())));
        ask(&["storage", "sync"], "set", &[items]).await.map(drop).map_err(unavailable)
    }

    async fn withdraw(&self, names: &[String]) -> Result<(), Unavailable> {
        let names: js_sys::Array = names.iter().map(JsValue::from).collect();
        ask(&["storage", "sync"], "remove", &[names.into()]).await.map(drop).map_err(unavailable)
    }
}

/// The reason does not matter: the hub retries later in any case.
fn unavailable(_: Failed) -> Unavailable {
    Unavailable
}

/// The size of a value's JSON text in bytes, as Chrome writes it.
fn json_bytes(value: &JsValue) -> usize {
    let text = js_sys::JSON::stringify(value).ok().and_then(|text| text.as_string()).unwrap_or_default();
    let bytes = |c: char| if matches!(c, '<' | '\u{2028}' | '\u{2029}') { 6 } else { c.len_utf8() };
    text.chars().map(bytes).sum()
}

/// A setting of this browser.
pub(crate) async fn local_get(name: &str) -> Option<String> {
    let [setting] = local_get_all([name]).await;
    setting
}

/// Several settings of this browser, in one call.
pub(crate) async fn local_get_all<const N: usize>(names: [&str; N]) -> [Option<String>; N] {
    let list: js_sys::Array = names.iter().map(|name| JsValue::from_str(name)).collect();
    let found = ask(&["storage", "local"], "get", &[list.into()]).await.ok();
    names.map(|name| Reflect::get(found.as_ref()?, &name.into()).ok()?.as_string())
}

/// Stores a setting in this browser. Errors are ignored: the setting then has its old value next time.
pub(crate) async fn local_set(name: &str, value: &str) {
    let items = object([(name, value)].into_iter());
    let _ = ask(&["storage", "local"], "set", &[items]).await;
}

/// Forgets a setting.
pub(crate) async fn local_remove(name: &str) {
    let _ = ask(&["storage", "local"], "remove", &[name.into()]).await;
}

/// A listener for changes of stored items. Dropping it removes it.
pub(crate) struct Watch {
    listener: Closure<dyn FnMut(JsValue, JsValue)>,
    _at_trap: Option<AtTrap>,
}

/// Calls `changed(area, names)` whenever stored items change.
pub(crate) fn watch(changed: impl Fn(&str, &[String]) + 'static) -> Watch {
    let listener = Closure::<dyn FnMut(JsValue, JsValue)>::new(move |changes: JsValue, area: JsValue| {
        let names = changes.dyn_ref::<Object>().map(Object::keys).unwrap_or_default();
        let names: Vec<String> = names.iter().filter_map(|name| name.as_string()).collect();
        changed(&area.as_string().unwrap_or_default(), &names);
    });
    let at_trap = path(&["storage", "onChanged"]).ok().map(|event| {
        let _ = method(&event, "addListener", &[listener.as_ref().clone()]);
        AtTrap::call(&event, "removeListener", listener.as_ref())
    });
    Watch { listener, _at_trap: at_trap }
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

//! Alarms: the only timers that survive the hub.

use js_sys::{Object, Reflect};

use super::runtime::call;

/// Wakes the hub after `minutes`, even if it has been killed meanwhile. The least a browser grants is half a minute.
pub(crate) fn set(name: &str, minutes: f64) {
    let when = Object::new();
    let _ = Reflect::set(&when, &"delayInMinutes".into(), &minutes.into());
    // Without an alarm the outbox goes out at the next wake-up of any kind.
    let _ = call(&["alarms"], "create", &[name.into(), when.into()]);
}

/// Takes an alarm back.
pub(crate) fn clear(name: &str) {
    let _ = call(&["alarms"], "clear", &[name.into()]);
}

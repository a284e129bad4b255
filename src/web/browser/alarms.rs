//! Alarms: the only timers that survive when the browser stops the hub.

use js_sys::{Object, Reflect};

use super::runtime::call;

/// Wakes the hub after `minutes`, even if it has been killed meanwhile. The least a browser grants is half a minute.
pub(crate) fn set(name: &str, minutes: f64) {
    let when = Object::new();
    let _ = Reflect::set(&when, &"delayInMinutes".into(), &minutes.into());
    // If this fails, the hub publishes when it next wakes for any other reason.
    let _ = call(&["alarms"], "create", &[name.into(), when.into()]);
}

/// Clears an alarm.
pub(crate) fn clear(name: &str) {
    let _ = call(&["alarms"], "clear", &[name.into()]);
}

//! The port from the page or the desk to the hub.
//!
//! The port closes whenever the browser stops the hub, which is normal. The owner of the link opens a new one when it has
//! a message to send.

use baton_core::wire::{FromHub, PORT, ToHub};
use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::runtime::{Failed, call, get, is_alive, method};
use crate::trap::AtTrap;

/// An event of a link.
pub(crate) enum LinkEvent {
    /// A message from the hub.
    Message(FromHub),
    /// The hub was stopped: open a new link for the next message.
    Closed,
    /// The extension was updated or removed.
    Gone,
}

/// An open port. Dropping it closes it.
pub(crate) struct Link {
    port: JsValue,
    _message: Closure<dyn FnMut(JsValue)>,
    _closed: Closure<dyn FnMut()>,
    _at_trap: AtTrap,
}

impl Link {
    /// Opens a port, which wakes the hub.
    pub(crate) fn open(on_event: impl Fn(LinkEvent) + Clone + 'static) -> Result<Link, Failed> {
        let name = js_sys::Object::new();
        let _ = Reflect::set(&name, &"name".into(), &PORT.into());
        let port = call(&["runtime"], "connect", &[name.into()])?;
        let message = {
            let on_event = on_event.clone();
            Closure::<dyn FnMut(JsValue)>::new(move |value: JsValue| {
                let text = value.as_string().unwrap_or_default();
                if let Ok(message) = FromHub::read(&text) {
                    on_event(LinkEvent::Message(message));
                }
            })
        };
        let closed = Closure::<dyn FnMut()>::new(move || {
            on_event(if is_alive() { LinkEvent::Closed } else { LinkEvent::Gone });
        });
        listen(&port, "onMessage", message.as_ref().unchecked_ref())?;
        listen(&port, "onDisconnect", closed.as_ref().unchecked_ref())?;
        let at_trap = AtTrap::call(&port, "disconnect", &JsValue::UNDEFINED);
        Ok(Link { port, _message: message, _closed: closed, _at_trap: at_trap })
    }

    /// Sends a message. Returns `false` if the port has closed meanwhile.
    pub(crate) fn send(&self, message: &ToHub) -> bool {
        method(&self.port, "postMessage", &[message.write().into()]).is_ok()
    }
}

/// Sends over a link. If it is closed, it is opened first, and `opening` is sent: `Hello`, and every op that is not
/// stored yet.
pub(crate) fn send(
    link: &mut Option<Link>,
    message: &ToHub,
    opening: impl FnOnce() -> Vec<ToHub>,
    on_event: impl Fn(LinkEvent) + Clone + 'static,
) -> Result<(), Failed> {
    if link.as_ref().is_some_and(|link| link.send(message)) {
        return Ok(());
    }
    *link = None;
    let opened = Link::open(on_event)?;
    for first in opening() {
        opened.send(&first);
    }
    // `opening` already contains `Hello` and the ops.
    if !matches!(message, ToHub::Hello(_) | ToHub::Op(_)) {
        opened.send(message);
    }
    *link = Some(opened);
    Ok(())
}

impl Drop for Link {
    fn drop(&mut self) {
        for (event, listener) in
            [("onMessage", self._message.as_ref()), ("onDisconnect", self._closed.as_ref())]
        {
            if let Ok(event) = get(&self.port, event) {
                let _ = method(&event, "removeListener", core::slice::from_ref(listener));
            }
        }
        let _ = method(&self.port, "disconnect", &[]);
    }
}

fn listen(port: &JsValue, event: &str, listener: &Function) -> Result<(), Failed> {
    method(&get(port, event)?, "addListener", &[listener.clone().into()]).map(drop)
}

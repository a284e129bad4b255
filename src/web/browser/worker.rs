//! Web workers that run a script of the package.

use crate::dom::{Listener, on};
use js_sys::{Array, global};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// A running worker. Dropping it terminates it, and its callback is never called again.
pub(crate) struct Worker {
    worker: web_sys::Worker,
    _listeners: [Listener; 3],
}

impl Worker {
    /// Starts a script of the package and posts `work` to it; the objects in `given` are transferred. The callback `on_message`
    /// gets its messages, and `undefined` if it fails or does not start.
    pub(crate) fn start(
        script: &str,
        work: &JsValue,
        given: &Array,
        on_message: impl Fn(JsValue) + Clone + 'static,
    ) -> Result<Worker, JsValue> {
        let worker = web_sys::Worker::new(script)?;
        let listeners = ["message", "messageerror", "error"].map(|name| {
            let on_message = on_message.clone();
            on(&worker, name, move |event| {
                let message = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
                on_message(message.unwrap_or_default());
            })
        });
        worker.post_message_with_transfer(work, given)?;
        Ok(Worker { worker, _listeners: listeners })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// Posts a message from inside a worker to its owner.
pub(crate) fn post_to_owner(message: &JsValue) {
    // It fails only for values that can't be cloned, and all messages are plain.
    let _ = global().unchecked_into::<DedicatedWorkerGlobalScope>().post_message(message);
}

//! A worker of the package: a script that runs beside the tab.

use gloo_events::EventListener;
use js_sys::{Array, global};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// A worker at work. Dropping it ends it, whatever it does, and nothing is heard of it any more.
pub(crate) struct Worker {
    worker: web_sys::Worker,
    _listeners: [EventListener; 3],
}

impl Worker {
    /// Starts a script of the package and gives it `work`; what is in `given` is the worker's from then on. `hear` gets
    /// what it says, and `undefined` when it does not start or fails.
    pub(crate) fn start(
        script: &str,
        work: &JsValue,
        given: &Array,
        hear: impl Fn(JsValue) + Clone + 'static,
    ) -> Result<Worker, JsValue> {
        let worker = web_sys::Worker::new(script)?;
        let listeners = ["message", "messageerror", "error"].map(|name| {
            let hear = hear.clone();
            EventListener::new(&worker, name, move |event| {
                let said = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
                hear(said.unwrap_or_default());
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

/// Says something to whoever started this worker.
pub(crate) fn tell(said: &JsValue) {
    // It can only fail for what can't be copied, and all that is said is plain.
    let _ = global().unchecked_into::<DedicatedWorkerGlobalScope>().post_message(said);
}

//! Clean-up after a trap. A panic, a stack overflow or a failed allocation traps, and a trap ends a Wasm instance for
//! good.
//!
//! After a trap, no Rust value is dropped and no Rust code may run, so JavaScript cleans up. The bootstraps of the page
//! and the desk define `batonTrapped`, which reports the error and aborts the [`signal`] that the bootstrap passed in
//! at the start. Every listener, observer and port ends with that signal. The hub continues with a new instance at the
//! next event: its bootstrap defines `batonStarted`, which closes the ports of the old instance.

use std::cell::RefCell;

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue, handler};
use web_sys::AbortSignal;

#[wasm_bindgen]
extern "C" {
    /// Defined by `extension/content.js`, `desk.js` and `importer.js`.
    #[wasm_bindgen(js_name = batonTrapped)]
    fn trapped();

    /// Defined by `extension/background.js`.
    #[wasm_bindgen(js_name = batonStarted)]
    fn started();
}

thread_local! {
    static SIGNAL: RefCell<Option<AbortSignal>> = const { RefCell::new(None) };
}

/// Reports where a panic was, and tells the bootstrap of any trap.
pub(crate) fn report_traps() {
    report_panics();
    // The callback may call JavaScript once: an instance that has trapped traps again when that call returns.
    handler::set_on_abort(trapped);
}

/// The same for the hub, whose next call from JavaScript gets a new instance of the module.
pub(crate) fn restart_after_traps() {
    report_panics();
    handler::set_on_abort(handler::schedule_reinit);
    started();
}

fn report_panics() {
    std::panic::set_hook(Box::new(|panic| web_sys::console::error_1(&panic.to_string().into())));
}

/// Ends every listener, observer and port that is attached from now on with this signal.
pub(crate) fn end_with(signal: AbortSignal) {
    SIGNAL.set(Some(signal));
}

/// The signal that every listener gets; `None` in the hub and the importer, whose bootstraps add the listeners.
pub(crate) fn signal() -> Option<AbortSignal> {
    SIGNAL.with_borrow(Clone::clone)
}

/// Calls `object.method(argument)` from JavaScript alone if this instance traps. Dropping the result cancels that.
#[must_use = "dropping it forgets the call"]
pub(crate) struct AtTrap {
    registered: Option<(AbortSignal, Function)>,
}

impl AtTrap {
    pub(crate) fn call(object: &JsValue, method: &str, argument: &JsValue) -> AtTrap {
        let bound = || {
            let signal = signal()?;
            let function: Function = Reflect::get(object, &method.into()).ok()?.dyn_into().ok()?;
            let call: Function = function.bind1(object, argument).unchecked_into();
            signal.add_event_listener_with_callback("abort", &call).ok()?;
            Some((signal, call))
        };
        AtTrap { registered: bound() }
    }
}

impl Drop for AtTrap {
    fn drop(&mut self) {
        if let Some((signal, call)) = &self.registered {
            // Removing a listener that is already gone has no effect.
            let _ = signal.remove_event_listener_with_callback("abort", call);
        }
    }
}

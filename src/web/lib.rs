//! The browser shell around Baton's core. It has four contexts: the page, the hub, the desk, and the importer that the
//! desk starts.
//!
//! Each context is a Wasm module of its own, built from a crate in `contexts/` that exports the functions its bootstrap
//! calls. This crate exports nothing to JavaScript: an export would be kept in all four modules, with all the code that
//! it needs.

mod browser;
mod desk;
mod dom;
mod hub;
mod importer;
mod page;
mod stage;
mod trap;
mod ui;
mod whatsapp;

use wasm_bindgen::JsValue;
use web_sys::AbortSignal;

/// Must be called first in every context but the hub. Reports where a panic was, and tells the bootstrap of any trap.
pub fn report_traps() {
    trap::report_traps();
}

/// The same for the hub, which continues with a new instance after a trap.
pub fn restart_after_traps() {
    trap::restart_after_traps();
}

/// Starts Baton in WhatsApp Web. `style` is the text of the style sheet, which is passed in so that it is not compiled
/// with the Wasm. Every listener and port of the page ends when `signal` is aborted.
pub fn page(style: String, signal: AbortSignal) {
    trap::end_with(signal);
    wasm_bindgen_futures::spawn_local(page::start(style));
}

/// Reads the page once, without starting Baton, and returns the result as an object. `cargo xtask probe` calls it.
pub fn probe() -> JsValue {
    whatsapp::probe()
}

/// Returns the page report that a person can copy, without starting Baton.
pub fn report() -> String {
    whatsapp::report(&browser::runtime::version())
}

/// Passes an event from the bootstrap to the hub; see `extension/background.js`.
pub fn hub(kind: &str, port: JsValue, message: JsValue) {
    hub::handle_event(kind, port, message);
}

/// Starts the desk in its tab. Every listener and port of the desk ends when `signal` is aborted.
pub fn desk(signal: AbortSignal) {
    trap::end_with(signal);
    desk::start();
}

/// Reads another tool's file in a worker of the desk. Takes the file's name and its bytes as an `ArrayBuffer`.
pub fn importer(name: &str, bytes: &JsValue) {
    importer::import(name, bytes);
}

//! The shell: Baton's core in its contexts: the page, the hub, the desk, and the importer that the desk starts.
//!
//! Each context is a Wasm of its own, made by a crate below `contexts/` that exports what its bootstrap calls. Nothing is
//! exported here: an export would be kept in all of them, with everything that it needs.

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

/// Must come first in every context: says where a panic was, and tells the bootstrap of any trap.
pub fn report_traps() {
    trap::report_traps();
}

/// The same for the hub, which goes on with a new instance after a trap.
pub fn restart_after_traps() {
    trap::restart_after_traps();
}

/// Starts Baton in WhatsApp Web. `style` is the text of its style sheet, which needs no compiling.
/// Everything attached to the page ends when `signal` is aborted.
pub fn page(style: String, signal: AbortSignal) {
    trap::end_with(signal);
    wasm_bindgen_futures::spawn_local(page::start(style));
}

/// Reads the page once, without starting Baton, as an object. `cargo xtask probe` asks for it.
pub fn probe() -> JsValue {
    whatsapp::probe()
}

/// The report of the page that a person can copy, without starting Baton.
pub fn report() -> String {
    whatsapp::report(&browser::runtime::version())
}

/// Tells the hub what its bootstrap heard; see `extension/background.js`.
pub fn hub(kind: &str, port: JsValue, message: JsValue) {
    hub::hear(kind, port, message);
}

/// Starts the desk in its tab. Everything attached to it ends when `signal` is aborted.
pub fn desk(signal: AbortSignal) {
    trap::end_with(signal);
    desk::start();
}

/// Reads a file of another tool's, given its name and its bytes as an `ArrayBuffer`, in a worker of the desk's.
pub fn importer(name: &str, bytes: &JsValue) {
    importer::import(name, bytes);
}

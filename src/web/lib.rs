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
mod ui;
mod whatsapp;

use wasm_bindgen::JsValue;

/// Starts Baton in WhatsApp Web. `style` is the text of its style sheet, which needs no compiling.
pub fn page(style: String) {
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

/// Starts the desk in its tab.
pub fn desk() {
    desk::start();
}

/// Reads a file of another tool's, given its name and its bytes as an `ArrayBuffer`, in a worker of the desk's.
pub fn importer(name: &str, bytes: &JsValue) {
    importer::import(name, bytes);
}

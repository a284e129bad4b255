//! Copies of the built extension with some files replaced or added by tests.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use super::{package, root};

/// A copy of the built extension whose Wasm a test can break: the page's with the event `baton-break`, and the hub's
/// with a message of the same name. Breaking empties the Wasm's function table, so that the next indirect call traps.
///
/// # Errors
/// If the extension is not built.
pub fn breakable() -> Result<PathBuf> {
    let script = |name: &str, hear: &str| -> Result<Vec<u8>> {
        let script = std::fs::read_to_string(package().join(name))?;
        Ok(format!("{script}\n{hear}\n{BREAK}").into_bytes())
    };
    let page = "document.addEventListener('baton-break', () => breakWasm());";
    let hub = "(globalThis.browser ?? chrome).runtime.onMessage.addListener((it) => it === 'baton-break' && breakWasm());";
    let files = [
        ("content.js", script("content.js", page)?),
        ("desk.js", script("desk.js", page)?),
        ("background.js", script("background.js", hub)?),
    ];
    altered("breakable", files.into())
}

/// Empties the function table, except for the function that the glue calls after a trap.
const BREAK: &str = "async function breakWasm() { const wasm = await wasm_bindgen(); \
    const kept = new Uint32Array(wasm.memory.buffer)[wasm.__abort_handler.value / 4]; \
    const isTable = (it) => it instanceof WebAssembly.Table && typeof it.get(kept) === 'function'; \
    const table = Object.values(wasm).find(isTable); \
    for (let at = 0; at < table.length; at += 1) if (at !== kept) table.set(at, null); }";

/// The manifest of the built extension.
pub(super) fn manifest() -> Result<Value> {
    let text = std::fs::read(package().join("manifest.json"))
        .context("the extension is not built: run `cargo xtask build`")?;
    Ok(serde_json::from_slice(&text)?)
}

/// A copy of the built extension in `target/NAME`, with `files` added at its top level.
pub(super) fn altered(name: &str, files: HashMap<&str, Vec<u8>>) -> Result<PathBuf> {
    let (from, to) = (package(), root().join("target").join(name));
    copy(&from, &to, &files)?;
    for (file, bytes) in files {
        replace(&to.join(file), &bytes)?;
    }
    Ok(to)
}

/// Copies a folder, except for the files in `but`. Each file is written elsewhere and then renamed, so two tests may
/// copy at the same time.
fn copy(from: &Path, to: &Path, but: &HashMap<&str, Vec<u8>>) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let name = entry?.file_name();
        let (path, target) = (from.join(&name), to.join(&name));
        if path.is_dir() {
            copy(&path, &target, &HashMap::new())?;
        } else if !name.to_str().is_some_and(|name| but.contains_key(name)) {
            replace(&target, &std::fs::read(path)?)?;
        }
    }
    Ok(())
}

fn replace(file: &Path, bytes: &[u8]) -> Result<()> {
    if std::fs::read(file).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    let part = file.with_extension(format!("{}.{:?}.part", std::process::id(), std::thread::current().id()));
    std::fs::write(&part, bytes)?;
    Ok(std::fs::rename(part, file)?)
}

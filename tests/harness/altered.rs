//! The built extension with some files of the tests' in it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{package, root};

/// The built extension, but for the second halves of its Wasm: each waits for an event of the page's or the desk's, which
/// is `baton-rest`, or `baton-no-rest` if it is to fail.
///
/// # Errors
/// If the extension is not built.
pub fn held_back() -> Result<PathBuf> {
    let mut manifest = manifest()?;
    manifest["content_scripts"][0]["js"] = json!(["page.glue.js", "style.js", "hold.js", "content.js"]);
    let desk = std::fs::read_to_string(package().join("desk.html"))?;
    let start = "<script src=\"desk.js\" defer></script>";
    ensure!(desk.contains(start), "the desk starts in another way");
    let desk = desk.replace(start, &format!("<script src=\"hold.js\" defer></script>{start}"));
    let files = [
        ("manifest.json", manifest.to_string().into_bytes()),
        ("desk.html", desk.into_bytes()),
        ("hold.js", include_bytes!("hold.js").to_vec()),
    ];
    altered("held", files.into())
}

/// The built extension's manifest.
pub(super) fn manifest() -> Result<Value> {
    let text = std::fs::read(package().join("manifest.json"))
        .context("the extension is not built: run `cargo xtask build`")?;
    Ok(serde_json::from_slice(&text)?)
}

/// A copy of the built extension in `target/NAME`, with these files at its top.
pub(super) fn altered(name: &str, files: HashMap<&str, Vec<u8>>) -> Result<PathBuf> {
    let (from, to) = (package(), root().join("target").join(name));
    copy(&from, &to, &files)?;
    for (file, bytes) in files {
        replace(&to.join(file), &bytes)?;
    }
    Ok(to)
}

/// Copies a folder, but for some files. Whole ones appear at once, and none is another one in between, so that two tests
/// may do this at the same time.
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

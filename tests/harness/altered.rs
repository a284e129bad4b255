//! The built extension with a script of the tests' in it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{package, root};

/// The built extension, but for the second half of the page's Wasm: that waits for an event of the page's, which is
/// `baton-rest`, or `baton-no-rest` if it is to fail.
///
/// # Errors
/// If the extension is not built.
pub fn held_back() -> Result<PathBuf> {
    let scripts = json!(["page.glue.js", "style.js", "hold.js", "content.js"]);
    altered("held", ("hold.js", include_bytes!("hold.js")), |manifest| {
        manifest["content_scripts"][0]["js"] = scripts;
        Ok(())
    })
}

/// A copy of the built extension in `target/NAME`, with a script and another manifest.
pub(super) fn altered(
    name: &str,
    (script, text): (&str, &[u8]),
    change: impl FnOnce(&mut Value) -> Result<()>,
) -> Result<PathBuf> {
    let (from, to) = (package(), root().join("target").join(name));
    let mut manifest: Value = serde_json::from_slice(
        &std::fs::read(from.join("manifest.json"))
            .context("the extension is not built: run `cargo xtask build`")?,
    )?;
    change(&mut manifest)?;
    copy(&from, &to)?;
    // Whole files appear at once, so that two tests may do this at the same time.
    replace(&to.join("manifest.json"), &serde_json::to_vec_pretty(&manifest)?)?;
    replace(&to.join(script), text)?;
    Ok(to)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let name = entry?.file_name();
        let (path, target) = (from.join(&name), to.join(&name));
        if path.is_dir() {
            copy(&path, &target)?;
        } else {
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

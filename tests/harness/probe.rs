//! The shipped reader on any page, without the rest of Baton.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::browser::{Browser, Kind, Launch};
use super::{package, root, until};

/// A browser in which the reader reads whatever page is open.
pub struct Probe {
    /// The browser.
    pub browser: Browser,
}

impl Probe {
    /// Starts a browser behind a proxy that serves the pages.
    pub fn start(kind: Kind, proxy: std::net::SocketAddr) -> Result<Probe> {
        let launch = Launch::behind(proxy, Some(reader()?));
        Ok(Probe { browser: Browser::start(kind, &launch)? })
    }

    /// Opens an address and reads what is there.
    pub fn open(&self, address: &str) -> Result<Value> {
        self.browser.session.go(address)?;
        self.answer(address)
    }

    /// Reads the page that is open once more.
    pub fn read(&self) -> Result<Value> {
        self.ask("baton-probe")
    }

    /// Reads the page that is open many times, and tells how long each time took, in ms.
    pub fn times(&self) -> Result<Vec<f64>> {
        let answer = self.ask("baton-probe-times")?;
        Ok(answer["times"].as_array().into_iter().flatten().filter_map(Value::as_f64).collect())
    }

    /// The report of the page that is open.
    pub fn report(&self) -> Result<String> {
        Ok(self.ask("baton-probe-report")?["report"].as_str().unwrap_or_default().to_owned())
    }

    fn ask(&self, event: &str) -> Result<Value> {
        let script = "document.documentElement.removeAttribute('data-baton-probe'); \
            document.dispatchEvent(new Event(arguments[0]));";
        self.browser.session.run(script, &[json!(event)])?;
        self.answer("the page that is open")
    }

    fn answer(&self, what: &str) -> Result<Value> {
        let script = "return document.documentElement.getAttribute('data-baton-probe')";
        let text = until(&format!("reading {what}"), || {
            Ok(self.browser.session.run(script, &[])?.as_str().map(str::to_owned))
        })?;
        let answer: Value = serde_json::from_str(&text)?;
        match answer["error"].as_str() {
            Some(error) => bail!("the reader failed on {what}: {error}"),
            None => Ok(answer),
        }
    }
}

/// The built extension with the probe in place of its content script, as a folder.
fn reader() -> Result<PathBuf> {
    let mut manifest = manifest()?;
    manifest["content_scripts"][0]["js"] = json!(["page.glue.js", "probe.js"]);
    manifest["content_scripts"][0]["run_at"] = json!("document_idle");
    for rest in ["background", "options_ui"] {
        manifest.as_object_mut().context("a manifest is an object")?.remove(rest);
    }
    let files = [
        ("manifest.json", manifest.to_string().into_bytes()),
        ("probe.js", include_bytes!("probe.js").to_vec()),
    ];
    altered("probe", files.into())
}

/// The built extension's manifest.
fn manifest() -> Result<Value> {
    let text = std::fs::read(package().join("manifest.json"))
        .context("the extension is not built: run `cargo xtask build`")?;
    Ok(serde_json::from_slice(&text)?)
}

/// A copy of the built extension in `target/NAME`, with these files at its top.
fn altered(name: &str, files: HashMap<&str, Vec<u8>>) -> Result<PathBuf> {
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

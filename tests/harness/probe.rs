//! Runs the shipped reader on any page, without the rest of Baton.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::altered::{altered, manifest};
use super::browser::{Browser, Kind, Launch};
use super::until;

/// A browser in which the reader runs on every page.
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

    /// Opens an address and returns the reader's output.
    pub fn open(&self, address: &str) -> Result<Value> {
        self.browser.session.go(address)?;
        self.answer(address)
    }

    /// Reads the open page again.
    pub fn read(&self) -> Result<Value> {
        self.ask("baton-probe")
    }

    /// Reads the open page many times, and returns each duration in milliseconds.
    pub fn times(&self) -> Result<Vec<f64>> {
        let answer = self.ask("baton-probe-times")?;
        Ok(answer["times"].as_array().into_iter().flatten().filter_map(Value::as_f64).collect())
    }

    /// The page report of the open page.
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

/// The folder of a copy of the built extension, with the probe in place of its content script.
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

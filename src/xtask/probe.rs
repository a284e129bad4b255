//! `cargo xtask probe`: prints the shipped reader's output for saved pages, one JSON object per line.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use baton_tests::harness::{Kind, Probe};
use baton_tests::whatsapp::SavedPages;
use serde_json::json;

use crate::{dist, setup};

/// Reads each file in a browser of this kind and prints the result.
pub fn probe(kind: Kind, files: &[&str]) -> Result<()> {
    ensure!(!files.is_empty(), "name the saved pages: cargo xtask probe [--browser firefox] FILE…");
    let files: Vec<PathBuf> = files
        .iter()
        .map(|file| std::path::absolute(file).with_context(|| format!("`{file}` is no path")))
        .collect::<Result<_>>()?;
    if let Some(missing) = files.iter().find(|file| !file.is_file()) {
        anyhow::bail!("there is no file `{}`", missing.display());
    }
    dist::build()?;
    setup::browsers()?;
    let pages = SavedPages::start(files.clone())?;
    let probe = Probe::start(kind, pages.proxy())?;
    for (number, file) in files.iter().enumerate() {
        let mut seen = probe
            .open(&SavedPages::address(number))
            .with_context(|| format!("`{}` was not read", file.display()))?;
        seen["file"] = json!(file.file_name().unwrap_or_default().to_string_lossy());
        writeln!(std::io::stdout(), "{seen}")?;
    }
    Ok(())
}

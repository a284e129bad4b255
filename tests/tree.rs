//! Reads the project's own files, for tests.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::harness::root;

/// A source file of the product.
pub struct Source {
    /// The path from the root of the repository, with `/`.
    pub path: String,
    /// Its text without comments and unit tests.
    pub code: String,
}

/// Returns every file with this ending below a folder of the repository, sorted.
///
/// # Errors
/// If a folder can't be read, or has no such file: a check that reads no file would check nothing.
pub fn files(folder: &str, ending: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))?;
        for path in entries.map(|entry| entry.map(|it| it.path())) {
            let path = path?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if path.is_dir() {
                if !["node_modules", "target", ".git"].contains(&&*name) {
                    folders.push(path);
                }
            } else if name.ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    ensure!(!found.is_empty(), "no {ending} in {folder}");
    Ok(found)
}

/// Returns a file's path from the root of the repository, with `/`.
pub fn name_of(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// Returns the Rust files below a folder that are part of the product.
///
/// # Errors
/// As [`files`].
pub fn sources(folder: &str) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for path in files(folder, ".rs")? {
        if !path.to_string_lossy().ends_with("tests.rs") {
            let text = fs::read_to_string(&path)?;
            let product = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            let code = product.lines().map(without_comment).collect::<Vec<_>>().join("\n");
            sources.push(Source { path: name_of(&path), code });
        }
    }
    Ok(sources)
}

fn without_comment(line: &str) -> &str {
    match line.find("//") {
        // A `//` behind a colon is part of an address.
        Some(at) if !line[..at].ends_with(':') => &line[..at],
        _ => line,
    }
}

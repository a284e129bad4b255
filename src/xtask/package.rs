//! `cargo xtask package`: builds the two store packages. The output is the same, byte for byte, each time.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::dist::build;
use crate::sh::{root, step};

/// The paths of the packages.
pub struct Packages {
    /// The package for Chrome's store.
    pub chrome: PathBuf,
    /// The package for Firefox's store.
    pub firefox: PathBuf,
}

/// Builds the extension and packs it for both stores.
pub fn package() -> Result<Packages> {
    build()?;
    step("Packing", || {
        let dist = root().join("target/dist");
        let folder = root().join("target/package");
        fs::create_dir_all(&folder)?;
        let packages =
            Packages { chrome: folder.join("baton-chrome.zip"), firefox: folder.join("baton-firefox.zip") };
        let manifest = fs::read_to_string(dist.join("manifest.json"))?;
        pack(&dist, &manifest, &packages.chrome)?;
        pack(&dist, &without_service_worker(&manifest)?, &packages.firefox)?;
        for path in [&packages.chrome, &packages.firefox] {
            eprintln!("   {}: {} KB", path.strip_prefix(root())?.display(), fs::metadata(path)?.len() / 1000);
        }
        Ok(packages)
    })
}

/// Removes the service worker's key from the manifest. Firefox runs the background from `scripts`, and its store warns
/// about an ignored key.
fn without_service_worker(manifest: &str) -> Result<String> {
    let mut manifest: Value = serde_json::from_str(manifest)?;
    if let Some(background) = manifest.get_mut("background").and_then(Value::as_object_mut) {
        background.remove("service_worker");
    }
    Ok(serde_json::to_string_pretty(&manifest)? + "\n")
}

fn pack(dist: &Path, manifest: &str, to: &Path) -> Result<()> {
    let mut zip = ZipWriter::new(File::create(to)?);
    // Times, order and permissions are fixed, so that every run on every machine makes the same file.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for name in files(dist)? {
        zip.start_file(name.as_str(), options)?;
        if name == "manifest.json" {
            zip.write_all(manifest.as_bytes())?;
        } else {
            zip.write_all(&fs::read(dist.join(&name))?)?;
        }
    }
    zip.finish()?;
    Ok(())
}

/// The names of all files below a folder, sorted.
fn files(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(inside) = folders.pop() {
        for entry in fs::read_dir(folder.join(&inside))? {
            let entry = entry?;
            let path = inside.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else {
                names.push(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    names.sort();
    Ok(names)
}

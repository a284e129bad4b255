//! Installs the programs that the commands need. If one can't be installed, the error names the command to run.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::sh::{read, root, run, step};

const TARGET: &str = "wasm32-unknown-unknown";
/// The compiler version in the workspace's `rust-version`.
const PINNED: &str = env!("CARGO_PKG_RUST_VERSION");
const GECKODRIVER: &str = "0.37.1";
/// Debian's packages: browsers, their drivers, and fonts for the screenshots.
const DEBIAN: [(&str, &str); 5] = [
    ("chromium", "/usr/bin/chromium"),
    ("chromium-driver", "/usr/bin/chromedriver"),
    ("firefox-esr", "/usr/bin/firefox-esr"),
    ("fonts-noto-cjk", "/usr/share/fonts/opentype/noto"),
    ("fonts-noto-color-emoji", "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"),
];

/// Installs the pinned compiler, whose version determines sizes and lints, with its Wasm target.
pub fn compiler() -> Result<()> {
    let version = read("rustc", &["--version"]).unwrap_or_default();
    if !is_pinned(&version) {
        bail!(
            "Baton is built with Rust {PINNED}, and this is `{}`.\nInstall it with `rustup toolchain install {PINNED}`, \
             then say `cargo +{PINNED} xtask …`.",
            version.trim()
        );
    }
    wasm_target()
}

fn is_pinned(version: &str) -> bool {
    let number = version.split_whitespace().nth(1).unwrap_or_default();
    number.strip_prefix(PINNED).is_some_and(|patch| patch.is_empty() || patch.starts_with('.'))
}

fn wasm_target() -> Result<()> {
    let library = read("rustc", &["--print", "target-libdir", "--target", TARGET]);
    if library.is_some_and(|path| Path::new(path.trim()).is_dir()) {
        return Ok(());
    }
    step("Installing Rust's wasm32 target", || {
        run("rustup", &["target", "add", TARGET]).or_else(|error| {
            bail!("{error:#}\nThe wasm32 target is missing. Install it with `rustup target add {TARGET}`.")
        })
    })
}

/// Installs the formatter and the lints, which a minimal toolchain lacks.
pub fn lints() -> Result<()> {
    if read("cargo", &["fmt", "--version"]).and(read("cargo", &["clippy", "--version"])).is_some() {
        return Ok(());
    }
    step("Installing rustfmt and clippy", || run("rustup", &["component", "add", "rustfmt", "clippy"]))
}

/// Installs Chromium, Firefox and their drivers.
pub fn browsers() -> Result<()> {
    let missing: Vec<&str> =
        DEBIAN.iter().filter(|(_, path)| !Path::new(path).exists()).map(|(name, _)| *name).collect();
    if !missing.is_empty() {
        let install = [&["install", "-y", "--no-install-recommends"][..], &missing].concat();
        let root_on_debian = Path::new("/etc/debian_version").exists()
            && read("id", &["-u"]).is_some_and(|id| id.trim() == "0");
        if !root_on_debian {
            bail!("these are missing: {0}\nInstall them with `sudo apt-get install {0}`.", missing.join(" "));
        }
        step(&format!("Installing {}", missing.join(", ")), || {
            run("apt-get", &["update", "-qq"])?;
            run("apt-get", &[&["-qq"][..], &install].concat())
        })?;
    }
    if !geckodriver().exists() {
        let folder = root().join("target/tools");
        let folder = folder.to_string_lossy();
        // It only passes messages on, so a debug build does, and compiles in half the time.
        let install = ["install", "--quiet", "--debug", "geckodriver", "--version", GECKODRIVER];
        step("Building geckodriver, once", || run("cargo", &[&install[..], &["--root", &folder]].concat()))?;
    }
    Ok(())
}

/// The path of the geckodriver that is built from source.
pub fn geckodriver() -> PathBuf {
    root().join("target/tools/bin/geckodriver")
}

/// Installs a folder's Node packages from its lock file, unless they are installed already.
pub fn node_packages(folder: &str) -> Result<()> {
    let dir = root().join(folder);
    let lock = std::fs::read(dir.join("package-lock.json"))?;
    let mark = dir.join("node_modules/.installed-lock");
    if std::fs::read(&mark).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    if read("npm", &["--version"]).is_none() {
        bail!("npm is missing. Install Node.js (version 20 or later) with npm.");
    }
    step(&format!("Installing the Node packages of {folder}"), || {
        run("npm", &["ci", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", folder])?;
        Ok(std::fs::write(&mark, &lock)?)
    })
}

/// Bundles the practice WhatsApp's page into `target/whatsapp/`.
pub fn practice_page() -> Result<()> {
    node_packages("tests/whatsapp")?;
    run("node", &["tests/whatsapp/build.mjs", "target/whatsapp"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_pinned_compiler_builds() {
        for (version, expected) in [
            (format!("rustc {PINNED}.0 (59807616e 2026-04-14)"), true),
            (format!("rustc {PINNED}.1"), true),
            (format!("rustc {PINNED}9.0"), false),
            ("rustc 1.10.0".to_owned(), false),
            (String::new(), false),
        ] {
            assert_eq!(is_pinned(&version), expected, "{version}");
        }
    }
}

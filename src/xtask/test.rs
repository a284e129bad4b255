//! `cargo xtask test`: everything the project is held to. Stops at the first thing that fails.

use std::fs;

use anyhow::Result;

use crate::package::package;
use crate::setup;
use crate::sh::{root, run, run_with, step};

/// The crates that run in browsers only.
const SHELL: [&str; 5] = ["baton-web", "baton-page", "baton-hub", "baton-desk", "baton-importer"];
const WARNINGS: [&str; 3] = ["--", "-D", "warnings"];

/// Runs everything.
pub fn test() -> Result<()> {
    setup::compiler()?;
    setup::lints()?;
    step("Format", || run("cargo", &["fmt", "--all", "--check"]))?;
    let native = SHELL.map(|it| ["--exclude", it]).concat();
    step("Lints, native", || {
        let what = ["clippy", "--quiet", "--workspace", "--all-targets"];
        run("cargo", &[&what[..], &native, &WARNINGS].concat())
    })?;
    let wasm = SHELL.map(|it| ["-p", it]).concat();
    step("Lints, Wasm", || {
        let what = ["clippy", "--quiet", "--target", "wasm32-unknown-unknown"];
        run("cargo", &[&what[..], &wasm, &WARNINGS].concat())
    })?;
    step("The core, and the parts of the shell and of the build that need no browser", || {
        run(
            "cargo",
            &[
                "test",
                "--quiet",
                "-p",
                "baton-coder",
                "-p",
                "baton-core",
                "-p",
                "baton-web",
                "-p",
                "baton-reference",
                "-p",
                "baton-replies",
                "-p",
                "xtask",
            ],
        )
    })?;
    step("Two thousand schedules of devices, browsers and faults", || {
        run("cargo", &["test", "--quiet", "-p", "baton-simulator"])
    })?;
    let packages = package()?;
    setup::node_packages("tests/lint")?;
    step("Firefox's own linter", || {
        let firefox = packages.firefox.to_string_lossy();
        run(
            "node",
            &["tests/lint/node_modules/addons-linter/bin/addons-linter", "--warnings-as-errors", &firefox],
        )
    })?;
    setup::practice_page()?;
    setup::browsers()?;
    step("The tree, the package, and the product in both browsers", || {
        // They wait for browsers half of the time.
        run_with("cargo", &["test", "--quiet", "-p", "baton-tests"], &[("RUST_TEST_THREADS", "3")])
    })?;
    tell_what_was_read()
}

/// What the reader's tests measured, which a passing test has no way to tell.
fn tell_what_was_read() -> Result<()> {
    let mut files: Vec<_> = fs::read_dir(root().join("target/reader"))?.collect::<Result<_, _>>()?;
    files.sort_by_key(fs::DirEntry::file_name);
    for file in files {
        eprintln!("── Read in {}", file.path().file_stem().unwrap_or_default().to_string_lossy());
        eprint!("{}", fs::read_to_string(file.path())?);
    }
    if !root().join("../shared/pages").is_dir() {
        eprintln!("── The saved pages are not beside the project: none was read.");
    }
    Ok(())
}

//! `cargo xtask test`: everything the project is held to. Stops at the first thing that fails.

use std::fs;

use anyhow::Result;

use crate::package::package;
use crate::setup;
use crate::sh::{root, run, run_with, step};

const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];

/// Runs everything.
pub fn test() -> Result<()> {
    setup::wasm_target()?;
    step("Format", || run("cargo", &["fmt", "--all", "--check"]))?;
    step("Lints, native", || {
        run(
            "cargo",
            &[
                "clippy",
                "--quiet",
                "--workspace",
                "--exclude",
                "baton-web",
                "--exclude",
                "baton-page",
                "--exclude",
                "baton-hub",
                "--exclude",
                "baton-desk",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ],
        )
    })?;
    step("Lints, Wasm", || {
        run(
            "cargo",
            &[
                &[
                    "clippy",
                    "--quiet",
                    "-p",
                    "baton-web",
                    "-p",
                    "baton-page",
                    "-p",
                    "baton-hub",
                    "-p",
                    "baton-desk",
                ],
                &WASM[..],
                &["--", "-D", "warnings"],
            ]
            .concat(),
        )
    })?;
    step("The core, and the parts of the shell that need no browser", || {
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

//! `cargo xtask test`: everything the project is held to. Stops at the first thing that fails.

use anyhow::Result;

use crate::package::package;
use crate::setup;
use crate::sh::{run, step};

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
            &[&["clippy", "--quiet", "-p", "baton-web"], &WASM[..], &["--", "-D", "warnings"]].concat(),
        )
    })?;
    step("The core, and the parts of the shell that need no browser", || {
        run("cargo", &["test", "--quiet", "-p", "baton-core", "-p", "baton-web"])
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
        run("cargo", &["test", "--quiet", "-p", "baton-tests"])
    })
}

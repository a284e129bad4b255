//! `cargo xtask test`: runs every check of the project. It stops at the first failure.

use std::fs;

use anyhow::{Result, bail};

use crate::dist::build;
use crate::package::package;
use crate::sh::{root, run, step};
use crate::{binaries, setup, times};

/// The crates that run only in browsers.
const SHELL: [&str; 5] = ["baton-web", "baton-page", "baton-hub", "baton-desk", "baton-importer"];
const WARNINGS: [&str; 3] = ["--", "-D", "warnings"];

/// The packages whose tests need neither a browser nor the built extension.
const NATIVE: [&str; 6] =
    ["baton-coder", "baton-core", "baton-web", "baton-reference", "baton-replies", "xtask"];

/// Runs every check and prints how long each step took, also after a failure.
pub fn test() -> Result<()> {
    let result = everything();
    times::tell().and(result)
}

fn everything() -> Result<()> {
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
    // One Cargo call for all packages: another set of packages has other features of dependencies and recompiles them.
    let all = [&NATIVE[..], &["baton-simulator", "baton-tests"]].concat();
    let all: Vec<&str> = all.into_iter().flat_map(|it| ["-p", it]).collect();
    let built = step("Compiling the tests", || binaries::compile(&all))?;
    let run_all =
        |packages: &[&str]| binaries::of(packages)?.iter().try_for_each(|it| it.run(&built, |_| true));
    step("The core, and the parts of the shell and of the build that need no browser", || {
        run_all(&NATIVE)?;
        run("cargo", &[&["test", "--quiet", "--doc"], &all[..]].concat())
    })?;
    step("Two thousand schedules of devices, browsers and faults", || run_all(&["baton-simulator"]))?;
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
    step("The tree, the package, and the product in both browsers", || run_all(&["baton-tests"]))?;
    tell_what_was_read()
}

/// Runs the tests that match a name, and builds only what they need.
pub fn some(name: &str) -> Result<()> {
    // A path to a test file is accepted in place of a module.
    let name = name.trim_start_matches("tests/").trim_end_matches(".rs").replace('/', "::");
    let all = binaries::of(&[&NATIVE[..], &["baton-simulator", "baton-tests"]].concat())?;
    let found: Vec<Vec<String>> = all.iter().map(|it| it.tests_in_source()).collect::<Result<_>>()?;
    let meant = binaries::meant(&name, found.iter().flatten());
    if meant.is_empty() {
        let binaries: Vec<&str> = all.iter().map(|it| it.name.as_str()).collect();
        bail!("no test is called `{name}`. The parts that have tests are {}.", binaries.join(", "));
    }
    let by_words = meant.iter().any(|it| binaries::is_whole(&name, it));
    let is_wanted = |it: &str| if by_words { binaries::is_whole(&name, it) } else { it.contains(&name) };
    let result =
        all.iter().zip(&found).filter(|(_, tests)| tests.iter().any(|it| meant.contains(it))).try_for_each(
            |(binary, _)| {
                match binary.name.as_str() {
                    "browser" => {
                        build()?;
                        setup::practice_page()?;
                        setup::browsers()?;
                    }
                    "manifest" => drop(package()?),
                    _ => {}
                }
                binary.run(&binary.compile()?, is_wanted)
            },
        );
    times::tell().and(result)
}

/// Prints the measurements of the reader's tests, because a passing test's output is hidden.
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

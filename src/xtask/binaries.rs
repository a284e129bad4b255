//! Lists, compiles and runs the workspace's test binaries.

use std::collections::BTreeSet;
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use baton_tests::harness::runner::TIMES;
use serde_json::Value;

use crate::sh::{command, read, root};
use crate::times;

/// A test binary.
pub struct Binary {
    /// The short name of the binary, such as `core`, `tidy` or `browser`.
    pub name: String,
    /// The name of the Cargo package.
    package: String,
    /// The kind and the name of the Cargo target.
    target: (String, String),
    /// The root source file of the target's crate.
    source: PathBuf,
    /// The working folder in which the tests run.
    folder: PathBuf,
}

/// The test binaries of the given packages.
pub fn of(packages: &[&str]) -> Result<Vec<Binary>> {
    let metadata = read("cargo", &["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .or_else(|| read("cargo", &["metadata", "--no-deps", "--format-version", "1"]))
        .context("`cargo metadata` failed")?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let mut binaries = Vec::new();
    for package in list(&metadata["packages"]).filter(|it| packages.iter().any(|name| it["name"] == *name)) {
        for target in list(&package["targets"]).filter(|it| it["test"] == true) {
            let name = text(&target["name"]);
            let short = name.trim_start_matches("baton").trim_start_matches(['-', '_']);
            let manifest = PathBuf::from(text(&package["manifest_path"]));
            binaries.push(Binary {
                name: short.to_owned(),
                package: text(&package["name"]).to_owned(),
                target: (text(&target["kind"][0]).to_owned(), name.to_owned()),
                source: PathBuf::from(text(&target["src_path"])),
                folder: manifest.parent().map(PathBuf::from).unwrap_or_default(),
            });
        }
    }
    Ok(binaries)
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

impl Binary {
    /// The names of the tests, such as `browser::tags::tags_are_worn_and_taken_off`. They are read from the source, so
    /// nothing is compiled.
    pub fn tests_in_source(&self) -> Result<Vec<String>> {
        let folder = self.source.parent().context("a file is in a folder")?;
        let stem = self.source.file_stem().unwrap_or_default().to_string_lossy();
        let is_root = ["lib", "main"].contains(&&*stem);
        let mut files = vec![self.source.clone()];
        rust_files(&if is_root { folder.to_owned() } else { folder.join(&*stem) }, &mut files)?;
        let mut names = Vec::new();
        for file in files {
            let inside = file.strip_prefix(folder)?.with_extension("");
            let parts = inside.iter().map(|part| part.to_string_lossy().into_owned());
            let modules: Vec<String> = parts.filter(|it| !["lib", "main", "mod"].contains(&&**it)).collect();
            let mut module = vec![self.name.clone()];
            module.extend(modules.into_iter().filter(|it| *it != self.name));
            let source = fs::read_to_string(&file)?;
            if source.contains("\nmod tests {") {
                module.push("tests".to_owned());
            }
            names.extend(tests_in(&source).map(|test| [&module[..], &[test.to_owned()]].concat().join("::")));
        }
        Ok(names)
    }

    /// Compiles this binary alone.
    pub fn compile(&self) -> Result<Vec<(String, PathBuf)>> {
        let (kind, name) = &self.target;
        let target: &[&str] = match kind.as_str() {
            "test" => &["--test", name],
            "bin" => &["--bin", name],
            _ => &["--lib"],
        };
        compile(&[&["-p", &self.package][..], target].concat())
    }

    /// Runs the selected tests from the executables that [`compile`] returned. `is_wanted` is given each test's name,
    /// prefixed with the name of the binary.
    pub fn run(&self, built: &[(String, PathBuf)], is_wanted: impl Fn(&str) -> bool) -> Result<()> {
        let (_, executable) = built
            .iter()
            .find(|(target, _)| *target == self.target.1)
            .with_context(|| format!("Cargo built no test `{}`", self.name))?;
        let listed =
            command(&executable.to_string_lossy(), &["--list"]).current_dir(&self.folder).output()?;
        let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
        let all: Vec<&str> = listed.lines().filter_map(|line| line.strip_suffix(": test")).collect();
        let wanted: Vec<&str> =
            all.iter().copied().filter(|name| is_wanted(&format!("{}::{name}", self.name))).collect();
        if wanted.is_empty() {
            return Ok(());
        }
        eprintln!("── {}: {} of {} tests", self.name, wanted.len(), all.len());
        let args = if wanted.len() == all.len() { vec![] } else { [&["--exact"], &wanted[..]].concat() };
        let recorded = root().join("target/test-times.txt");
        let _ = fs::remove_file(&recorded);
        let start = Instant::now();
        let mut command = command(&executable.to_string_lossy(), &args);
        command.arg("--quiet").current_dir(&self.folder).env(TIMES, &recorded);
        if self.name == "browser" && std::env::var_os("RUST_TEST_THREADS").is_none() {
            // A browser keeps more than one core busy: with three tests at a time on two cores, all of them take longer.
            let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
            command.env("RUST_TEST_THREADS", cores.to_string());
        }
        let status = command.status().with_context(|| format!("{} could not be started", self.name))?;
        match fs::read_to_string(&recorded) {
            Ok(recorded) => self.note(&recorded),
            Err(_) => times::file(&self.name, wanted.len(), start.elapsed().as_secs_f64()),
        }
        if !status.success() {
            bail!("tests of {} failed", self.name);
        }
        Ok(())
    }

    fn note(&self, recorded: &str) {
        for (name, seconds) in recorded.lines().filter_map(|line| line.split_once('\t')) {
            let file = name.split("::").next().unwrap_or_default();
            times::test(&format!("{}::{file}", self.name), name, seconds.parse().unwrap_or_default());
        }
    }
}

/// Compiles test targets. The arguments are Cargo's, and select packages or a target. Returns the name and the binary's
/// path of each target.
pub fn compile(what: &[&str]) -> Result<Vec<(String, PathBuf)>> {
    let args =
        [&["test", "--no-run", "--quiet", "--message-format", "json-render-diagnostics"], what].concat();
    let output = command("cargo", &args).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        bail!("`cargo {}` ended with {}", args.join(" "), output.status);
    }
    let mut executables = Vec::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let message: Value = serde_json::from_str(line)?;
        if let (true, Some(path)) = (message["profile"]["test"] == true, message["executable"].as_str()) {
            executables.push((text(&message["target"]["name"]).to_owned(), PathBuf::from(path)));
        }
    }
    Ok(executables)
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        // A folder with its own `Cargo.toml` is another crate.
        if path.is_dir() && !path.join("Cargo.toml").exists() && !path.ends_with("node_modules") {
            rust_files(&path, found)?;
        } else if path.extension().is_some_and(|it| it == "rs") && !found.contains(&path) {
            found.push(path);
        }
    }
    Ok(())
}

/// The names of the tests in a source file: functions with `#[test]`, and tests listed in the macro for both browsers.
fn tests_in(source: &str) -> impl Iterator<Item = &str> {
    let mut is_test = false;
    let mut in_both = false;
    source.lines().map(str::trim).filter_map(move |line| {
        let was_test = std::mem::replace(&mut is_test, line == "#[test]" || line.starts_with("#[test] "));
        match line {
            "in_both! {" => in_both = true,
            "}" => in_both = false,
            _ if in_both => return Some(line),
            _ if was_test => return line.strip_prefix("fn ")?.split('(').next(),
            _ if line.contains("Test::new(module_path!(), \"") => return line.split('"').nth(1),
            _ => {}
        }
        None
    })
}

/// The test names that match `wanted`. Names that contain it as whole path segments are preferred; if there are none,
/// names that contain it as a substring match.
pub fn meant<'a>(wanted: &str, names: impl Iterator<Item = &'a String> + Clone) -> BTreeSet<&'a String> {
    let whole: BTreeSet<_> = names.clone().filter(|name| is_whole(wanted, name)).collect();
    if whole.is_empty() { names.filter(|name| name.contains(wanted)).collect() } else { whole }
}

/// Whether `name` contains `wanted` as whole path segments between `::`.
pub fn is_whole(wanted: &str, name: &str) -> bool {
    format!("::{name}::").contains(&format!("::{wanted}::"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_found_in_source() {
        let source = "in_both! {\n    one\n    two\n}\nfn one() {\n}\n#[test]\nfn three() {\n}\n";
        assert!(tests_in(source).eq(["one", "two", "three"]));
    }

    #[test]
    fn whole_words_are_meant_before_parts() {
        let names =
            ["browser::tags::worn", "browser::sync::tags_are_told", "core::tag::order"].map(str::to_owned);
        assert_eq!(meant("tags", names.iter()), BTreeSet::from([&names[0]]));
        assert_eq!(meant("tags_are", names.iter()), BTreeSet::from([&names[1]]));
        assert_eq!(meant("browser::tags", names.iter()), BTreeSet::from([&names[0]]));
    }
}

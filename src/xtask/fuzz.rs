//! `cargo xtask fuzz`: fuzzes every parser of data that others wrote.
//!
//! It uses libFuzzer as cargo-fuzz does, but with the project's own compiler. The only requirement is a C++ compiler,
//! which compiles libFuzzer itself.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail};

use crate::sh::{command, read, root, run, run_with, step};

/// The targets in `tests/fuzz/bodies.rs`.
const TARGETS: [&str; 19] = [
    "letters",
    "manifest",
    "shard",
    "registers",
    "edits",
    "saved",
    "accepted",
    "to_hub",
    "from_hub",
    "packet",
    "codes",
    "take_in",
    "template",
    "bring",
    "hours",
    "search",
    "uses",
    "versions",
    "backup",
];
/// Flags that add a counter to every branch, by which libFuzzer sees that an input reached new code.
const FLAGS: [&str; 5] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "--cfg=fuzzing",
];
/// The limits for one input, in seconds, megabytes and bytes. The targets themselves refuse more than 256 MB at once.
const LIMITS: [&str; 4] = ["-timeout=5", "-rss_limit_mb=512", "-malloc_limit_mb=256", "-max_len=8192"];
/// The limits of the committed corpus: the number of files per target, and the bytes per file.
const KEPT: (usize, u64) = (40, 2_048);

/// The result of one target.
#[derive(Default)]
struct Outcome {
    runs: u64,
    coverage: u64,
    corpus: u64,
    crashes: Vec<PathBuf>,
}

/// Runs each target for this many seconds.
pub fn fuzz(seconds: &str) -> Result<()> {
    let seconds: u64 = seconds.parse().context("the number of seconds")?;
    let programs = build()?;
    let mut outcomes = Vec::new();
    for target in TARGETS {
        outcomes
            .push(step(&format!("Fuzzing {target} for {seconds} s"), || one(&programs, target, seconds))?);
    }
    eprintln!("\n   target            runs  coverage  corpus  result");
    for (target, outcome) in TARGETS.iter().zip(&outcomes) {
        let Outcome { runs, coverage, corpus, crashes } = outcome;
        let result = if crashes.is_empty() { "ok" } else { "CRASHED" };
        eprintln!("   {target:<12}{runs:>10}{coverage:>10}{corpus:>8}  {result}");
    }
    let crashes: Vec<&PathBuf> = outcomes.iter().flat_map(|outcome| &outcome.crashes).collect();
    if !crashes.is_empty() {
        bail!("these inputs went wrong: {crashes:#?}");
    }
    Ok(())
}

/// Rebuilds the committed corpus from the seeds, the committed files and the inputs found by fuzzing. It keeps the
/// fewest and shortest inputs that reach the same code, and the inputs that once failed.
pub fn gather() -> Result<()> {
    let programs = build()?;
    let seeds = root().join("target/fuzz/seeds");
    step("Writing the seeds", || {
        let args = ["run", "--quiet", "--manifest-path", "tests/fuzz/Cargo.toml", "--example", "seeds", "--"];
        let target = root().join("target/fuzz");
        run_with(
            "cargo",
            &[&args[..], &[&seeds.to_string_lossy()]].concat(),
            &[("CARGO_TARGET_DIR", &target.to_string_lossy())],
        )
    })?;
    for target in TARGETS {
        step(&format!("Gathering the corpus of {target}"), || {
            let (kept, merged) = (committed(target), root().join("target/fuzz/merged").join(target));
            let _ = fs::remove_dir_all(&merged);
            fs::create_dir_all(&merged)?;
            fs::create_dir_all(&kept)?;
            let from = [seeds.join(target), kept.clone(), found(target)?].map(|it| it.display().to_string());
            let to = merged.display().to_string();
            let program = programs.join(target);
            let args =
                [&["-set_cover_merge=1", "-verbosity=0", &to], &from.each_ref().map(String::as_str)[..]];
            run(&program.to_string_lossy(), &[&args.concat()[..], &LIMITS[..]].concat())?;
            keep(&merged, &kept)
        })?;
    }
    Ok(())
}

fn keep(merged: &Path, kept: &Path) -> Result<()> {
    let mut files: Vec<(u64, PathBuf)> = Vec::new();
    for entry in fs::read_dir(merged)? {
        let entry = entry?;
        files.push((entry.metadata()?.len(), entry.path()));
    }
    files.retain(|(length, _)| *length <= KEPT.1);
    files.sort();
    // Longer inputs reach more code, so the shorter ones are dropped.
    let excess = files.len().saturating_sub(KEPT.0);
    files.drain(..excess);
    for entry in fs::read_dir(kept)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with("crash-") {
            fs::remove_file(entry.path())?;
        }
    }
    for (_, file) in files {
        let name = file.file_name().context("a file has a name")?.to_string_lossy().into_owned();
        // libFuzzer names a file by its hash; half of the hash is unique enough.
        fs::copy(&file, kept.join(name.get(..16).unwrap_or(&name)))?;
    }
    Ok(())
}

/// Builds the targets and returns the folder of the binaries.
fn build() -> Result<PathBuf> {
    if read("c++", &["--version"]).is_none() {
        bail!(
            "a C++ compiler is missing, which libFuzzer is compiled with. Install one: `sudo apt-get install g++` on Debian."
        );
    }
    let about = read("rustc", &["-vV"]).context("rustc says what it is")?;
    let host =
        about.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc says for what it is")?;
    step("Building the fuzz targets", || {
        let target = root().join("target/fuzz");
        // With an explicit `--target`, Cargo doesn't apply these flags to build scripts.
        let args =
            ["build", "--quiet", "--release", "--manifest-path", "tests/fuzz/Cargo.toml", "--target", host];
        let flags = FLAGS.join("\x1f");
        run_with(
            "cargo",
            &args,
            &[("CARGO_ENCODED_RUSTFLAGS", &flags), ("CARGO_TARGET_DIR", &target.to_string_lossy())],
        )?;
        Ok(target.join(host).join("release"))
    })
}

fn committed(target: &str) -> PathBuf {
    root().join("tests/fuzz/corpus").join(target)
}

/// The folder that keeps a target's inputs from one run to the next.
fn found(target: &str) -> Result<PathBuf> {
    let folder = root().join("target/fuzz/corpus").join(target);
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn one(programs: &Path, target: &str, seconds: u64) -> Result<Outcome> {
    let crashes = root().join("target/fuzz/crashes").join(target);
    fs::create_dir_all(&crashes)?;
    let (found, committed) = (found(target)?, committed(target));
    fs::create_dir_all(&committed)?;
    let mut fuzzer = command(&programs.join(target).to_string_lossy(), &LIMITS);
    fuzzer.arg(format!("-max_total_time={seconds}")).arg(format!("-artifact_prefix={}/", crashes.display()));
    fuzzer
        .arg("-print_final_stats=1")
        .arg(&found)
        .arg(&committed)
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let mut fuzzer = fuzzer.spawn().with_context(|| format!("starting {target}"))?;
    let said = fuzzer.stderr.take().context("its words are piped")?;
    let mut outcome = Outcome::default();
    let mut last = Vec::new();
    for line in BufReader::new(said).split(b'\n') {
        let line = String::from_utf8_lossy(&line?).into_owned();
        if let Some((_, input)) = line.split_once("Test unit written to ") {
            outcome.crashes.push(PathBuf::from(input));
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        let after = |word: &str| words.iter().position(|it| *it == word).and_then(|at| words.get(at + 1));
        let number = |word: Option<&&str>| word.and_then(|it| it.split('/').next()?.parse().ok());
        if let Some(runs) = number(after("stat::number_of_executed_units:")) {
            outcome.runs = runs;
        }
        if let (Some(coverage), Some(corpus)) = (number(after("cov:")), number(after("corp:"))) {
            (outcome.coverage, outcome.corpus) = (coverage, corpus);
        } else {
            last.push(line);
        }
    }
    let status = fuzzer.wait()?;
    if !status.success() {
        let from = last.len().saturating_sub(40);
        eprintln!("{}", last[from..].join("\n"));
        if outcome.crashes.is_empty() {
            bail!("{target} ended with {status} and left no input behind");
        }
    }
    eprintln!("   {} runs, coverage {}, {} inputs", outcome.runs, outcome.coverage, outcome.corpus);
    Ok(outcome)
}

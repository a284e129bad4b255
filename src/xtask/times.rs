//! Records how long the steps, the test files and the tests took. Prints a table at the end and writes
//! `target/test-times.json`.

use std::collections::BTreeMap;
use std::fs;
use std::sync::{Mutex, MutexGuard, PoisonError};

use anyhow::Result;
use serde_json::json;

use crate::sh::root;

/// How many of the slowest tests are printed.
const SLOWEST: usize = 10;

static TIMES: Mutex<Times> =
    Mutex::new(Times { steps: Vec::new(), tests: Vec::new(), files: BTreeMap::new() });

struct Times {
    /// The steps in the order in which they ended, in seconds.
    steps: Vec<(String, f64)>,
    tests: Vec<(String, f64)>,
    /// The number of tests and the seconds of each file.
    files: BTreeMap<String, (usize, f64)>,
}

fn times() -> MutexGuard<'static, Times> {
    TIMES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Records the seconds of a step.
pub fn step(name: &str, seconds: f64) {
    times().steps.push((name.to_owned(), seconds));
}

/// Records the seconds of a test file.
pub fn file(name: &str, tests: usize, seconds: f64) {
    let mut times = times();
    let (count, sum) = times.files.entry(name.to_owned()).or_default();
    *count += tests;
    *sum += seconds;
}

/// Records the seconds of a test, and adds them to its file.
pub fn test(file_name: &str, name: &str, seconds: f64) {
    file(file_name, 1, seconds);
    times().tests.push((name.to_owned(), seconds));
}

/// Prints the table and writes the JSON file.
///
/// # Errors
/// If the file can't be written.
pub fn tell() -> Result<()> {
    let mut times = times();
    times.tests.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    eprintln!("\n── Steps{:>74}", "seconds");
    times.steps.iter().for_each(|(name, seconds)| eprintln!("   {name:<70}{seconds:>9.1}"));
    eprintln!("── Test files, which run side by side{:>36}{:>9}", "tests", "seconds");
    let mut files: Vec<_> = times.files.iter().collect();
    files.sort_by(|(_, a), (_, b)| b.1.total_cmp(&a.1));
    for (name, (count, seconds)) in files {
        eprintln!("   {name:<62}{count:>8}{seconds:>9.1}");
    }
    if !times.tests.is_empty() {
        eprintln!("── The slowest browser tests");
    }
    for (name, seconds) in times.tests.iter().take(SLOWEST) {
        eprintln!("   {name:<70}{seconds:>9.1}");
    }
    let named = |all: &[(String, f64)]| -> Vec<_> {
        all.iter().map(|(name, seconds)| json!({ "name": name, "seconds": seconds })).collect()
    };
    let files = times.files.iter();
    let files: Vec<_> = files
        .map(|(name, (tests, seconds))| json!({ "name": name, "tests": tests, "seconds": seconds }))
        .collect();
    let all = json!({ "steps": named(&times.steps), "files": files, "tests": named(&times.tests) });
    Ok(fs::write(root().join("target/test-times.json"), serde_json::to_string_pretty(&all)?)?)
}

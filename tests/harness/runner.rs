//! A test runner for browser tests. It runs several tests at a time and prints how long each took.
//!
//! Rust's own runner starts a thread for each test, so tests can't reuse a thread's browsers, and it doesn't print
//! times. This runner supports the arguments that Cargo and people use: substrings of names, `--exact`, `--list`,
//! `--quiet`, and `RUST_TEST_THREADS`.

use std::fmt::Write as _;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::{Result, anyhow};

use super::browser::Kind;
use super::pool;

/// The environment variable with the path of the file for test times, set by `cargo xtask test`. Each line of the file
/// holds a test's name, a tab, and seconds.
pub const TIMES: &str = "BATON_TEST_TIMES";

/// If this environment variable is set, each test starts its own browser. This shows whether a test fails because of
/// state that another test left.
const FRESH: &str = "BATON_FRESH_BROWSERS";

/// A test in one kind of browser.
pub struct Test {
    /// The full name, such as `tags::firefox::tags_are_worn_and_taken_off`.
    pub name: String,
    kind: Kind,
    run: fn(Kind) -> Result<()>,
}

impl Test {
    /// Makes a test of a module in one kind of browser. `module` is the full module path, starting with the crate.
    pub fn new(module: &str, name: &str, kind: Kind, run: fn(Kind) -> Result<()>) -> Test {
        let module = module.split_once("::").map_or(module, |(_, module)| module);
        let browser = format!("{kind:?}").to_lowercase();
        Test { name: format!("{module}::{browser}::{name}"), kind, run }
    }
}

/// Runs the tests selected by the process's arguments.
pub fn main(mut tests: Vec<Test>) -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let is_set = |option: &str| args.iter().any(|arg| arg == option);
    let wanted: Vec<&String> = args.iter().filter(|arg| !arg.starts_with('-')).collect();
    tests.retain(|test| {
        let fits = |part: &&&String| {
            if is_set("--exact") { test.name == ***part } else { test.name.contains(**part) }
        };
        wanted.is_empty() || wanted.iter().any(|part| fits(&part))
    });
    if is_set("--list") {
        tests.iter().for_each(|test| println!("{}: test", test.name));
        return ExitCode::SUCCESS;
    }
    // Sorted by browser, so that all tests in one kind of browser reuse it before the other kind is started.
    tests.sort_by_key(|test| test.kind == Kind::Firefox);
    let threads = std::env::var("RUST_TEST_THREADS").ok().and_then(|count| count.parse().ok());
    let failed = run(&tests, threads.unwrap_or(1));
    println!("\n{} of {} browser tests passed", tests.len() - failed.len(), tests.len());
    failed.iter().for_each(|name| println!("failed: {name}"));
    if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs the tests on `threads` threads, and returns the names of the failed ones.
fn run(tests: &[Test], threads: usize) -> Vec<&str> {
    let next = AtomicUsize::new(0);
    let failed = Mutex::new(Vec::new());
    let times = Mutex::new(String::new());
    // With `FRESH` set, the pool stays closed.
    let open = || {
        if std::env::var_os(FRESH).is_none() {
            pool::open()
        }
    };
    let work = || {
        open();
        while let Some(test) = tests.get(next.fetch_add(1, Ordering::Relaxed)) {
            let start = Instant::now();
            let result = catch_unwind(AssertUnwindSafe(|| (test.run)(test.kind)))
                .unwrap_or_else(|_| Err(anyhow!("it panicked, as it says above")));
            let seconds = start.elapsed().as_secs_f64();
            match &result {
                Ok(()) => println!("ok      {:6.1} s  {}", seconds, test.name),
                Err(error) => {
                    println!("FAILED  {:6.1} s  {}\n{error:?}", seconds, test.name);
                    lock(&failed).push(test.name.as_str());
                    // The failed test may have left a broken browser, so the next test gets a new one.
                    pool::close();
                    open();
                }
            }
            let _ = writeln!(lock(&times), "{}\t{seconds:.2}", test.name);
        }
        pool::close();
    };
    std::thread::scope(|scope| {
        (0..threads.clamp(1, tests.len().max(1))).for_each(|_| drop(scope.spawn(work)));
    });
    if let Some(path) = std::env::var_os(TIMES)
        && let Err(error) = fs::write(&path, &*lock(&times))
    {
        eprintln!("{} was not written: {error}", path.display());
    }
    failed.into_inner().unwrap_or_default()
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

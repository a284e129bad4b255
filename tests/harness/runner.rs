//! Runs browser tests, several at a time, and says how long each took.
//!
//! Rust's own runner starts a thread for each test, so that nothing could go from one test to the next; and it does not
//! tell times. This one understands the same arguments, as far as Cargo and people use them: parts of names, `--exact`,
//! `--list`, `--quiet`, and `RUST_TEST_THREADS`.

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

/// Where `cargo xtask test` wants to read how long each test took: a line a test, its name, a tab, and seconds.
pub const TIMES: &str = "BATON_TEST_TIMES";

/// If this is set, each test starts a browser of its own.
const FRESH: &str = "BATON_FRESH_BROWSERS";

/// A test in one browser.
pub struct Test {
    /// Such as `tags::firefox::tags_are_worn_and_taken_off`.
    pub name: String,
    kind: Kind,
    run: fn(Kind) -> Result<()>,
}

impl Test {
    /// A test of a module, which is named with its crate, in a browser.
    pub fn new(module: &str, name: &str, kind: Kind, run: fn(Kind) -> Result<()>) -> Test {
        let module = module.split_once("::").map_or(module, |(_, module)| module);
        let browser = format!("{kind:?}").to_lowercase();
        Test { name: format!("{module}::{browser}::{name}"), kind, run }
    }
}

/// Runs those of the tests that the arguments of this process ask for.
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
    // So that browsers of one kind are shared before those of the other are started.
    tests.sort_by_key(|test| test.kind == Kind::Firefox);
    let threads = std::env::var("RUST_TEST_THREADS").ok().and_then(|count| count.parse().ok());
    let failed = run(&tests, threads.unwrap_or(1));
    println!("\n{} of {} browser tests passed", tests.len() - failed.len(), tests.len());
    failed.iter().for_each(|name| println!("failed: {name}"));
    if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs them in so many threads; the names of those that failed.
fn run(tests: &[Test], threads: usize) -> Vec<&str> {
    let next = AtomicUsize::new(0);
    let failed = Mutex::new(Vec::new());
    let times = Mutex::new(String::new());
    // To find out whether a test fails because of what another one left.
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
                    // Whatever it left behind, the next test starts anew.
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

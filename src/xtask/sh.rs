//! Runs other programs.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::times;

/// The root folder of the repository.
pub fn root() -> PathBuf {
    // The folder of this crate is two levels below the root.
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).map(PathBuf::from).unwrap_or(here)
}

/// Runs a step under a printed heading and prints how long it took.
pub fn step<T>(what: &str, run: impl FnOnce() -> Result<T>) -> Result<T> {
    eprintln!("── {what}");
    let start = Instant::now();
    let result = run().with_context(|| format!("{what} failed"));
    let seconds = start.elapsed().as_secs_f64();
    times::step(what, seconds);
    eprintln!("   done in {seconds:.1} s");
    result
}

/// A command that runs in the root of the repository.
pub fn command(program: &str, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(root());
    command
}

/// Runs a command to its end. Its output goes to the terminal.
pub fn run(program: &str, args: &[&str]) -> Result<()> {
    run_with(program, args, &[])
}

/// Like [`run`], with environment variables.
pub fn run_with(program: &str, args: &[&str], variables: &[(&str, &str)]) -> Result<()> {
    let line = format!("{program} {}", args.join(" "));
    let mut command = command(program, args);
    command.envs(variables.iter().copied());
    let status = command.status().with_context(|| format!("`{line}` could not be started"))?;
    if !status.success() {
        bail!("`{line}` ended with {status}");
    }
    Ok(())
}

/// The output of a command; `None` if it doesn't run or fails.
pub fn read(program: &str, args: &[&str]) -> Option<String> {
    let output = command(program, args).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

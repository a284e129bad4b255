//! The project's commands. Each command installs its requirements and prints its steps.

mod bench;
mod bench_hub;
mod bench_reader;
mod bench_replies;
mod bench_sync;
mod binaries;
mod demo;
mod dist;
mod fuzz;
mod layout;
mod looks;
mod package;
mod probe;
mod setup;
mod sh;
mod simulate;
mod test;
mod times;

use std::process::ExitCode;

use anyhow::{Result, bail};
use baton_tests::harness::Kind;

const HELP: &str = "\
cargo xtask <command>

  build             the extension, in target/dist/
  package           the store packages, in target/package/
  test              everything the project is held to, and how long each part of it took
  test NAME         the tests of a file or of a part of the code, or one test, with the build that they need and no more:
                    `test hub`, `test tidy`, `test browser::tags`, `test tags_are_worn_and_taken_off`
  fuzz [--seconds N]
                    damaged and hostile input for every decoder, a minute or N seconds each
  fuzz --gather     for maintainers: the committed inputs anew, out of what was found
  simulate [--seeds N] [--from S]
                    many devices, both browsers' sync rules and everything that goes wrong
  simulate --tell SEED
                    what happens in one of these schedules, step by step
  demo [--headless] a practice WhatsApp and two linked browsers; without a display, a scripted shift
  demo --live       the real WhatsApp Web with Baton in a fresh profile
  probe [--browser firefox] FILE…
                    what the reader sees in saved pages of WhatsApp Web, one JSON object a line
  layout key FILE | layout sign PAYLOAD KEY TO
                    for maintainers: a key, and a layout update signed with it
  bench [reader|replies|sync]
                    size and speed, as tables and in target/bench/; or what reading the page costs;
                    or how replies are found, or what a team's month takes, beside other libraries";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        ["build"] => dist::build().map(drop),
        ["package"] => package::package().map(drop),
        ["test"] => test::test(),
        ["test", name] => test::some(name),
        ["bench"] => bench::bench(),
        ["bench", "reader"] => bench_reader::bench(),
        ["bench", "replies"] => bench_replies::bench(None),
        ["bench", "replies", only] => bench_replies::bench(Some(only)),
        ["bench", "sync"] => bench_sync::bench(),
        ["fuzz"] => fuzz::fuzz("60"),
        ["fuzz", "--seconds", seconds] => fuzz::fuzz(seconds),
        ["fuzz", "--gather"] => fuzz::gather(),
        ["simulate"] => simulate::simulate(2_000, 0),
        ["simulate", "--seeds", count] => simulate::simulate(count.parse()?, 0),
        ["simulate", "--seeds", count, "--from", first] => simulate::simulate(count.parse()?, first.parse()?),
        ["simulate", "--tell", seed] => simulate::story(seed.parse()?),
        ["demo"] => demo::demo(false),
        ["demo", "--headless"] => demo::demo(true),
        ["demo", "--live"] => demo::live(),
        ["layout", "key", file] => layout::key(file),
        ["layout", "sign", payload, key, to] => layout::sign(payload, key, to),
        ["probe", "--browser", "firefox", ref files @ ..] => probe::probe(Kind::Firefox, files),
        ["probe", "--browser", "chromium", ref files @ ..] | ["probe", ref files @ ..] => {
            probe::probe(Kind::Chromium, files)
        }
        _ => bail!("{HELP}"),
    }
}

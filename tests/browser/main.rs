//! Tests of the product, in both browsers.
//!
//! Real: the browsers, the package, WhatsApp's address and policies, React, Lexical, `storage.sync`, IndexedDB. Modelled:
//! WhatsApp's servers and page (`tests/whatsapp/`), and the server behind a browser account (`harness/account.rs`).

/// Declares tests that run in each browser.
macro_rules! in_both {
    ($($name:ident)*) => {
        pub(super) fn tests() -> Vec<baton_tests::harness::runner::Test> {
            use baton_tests::harness::{Kind, runner::Test};
            [Kind::Chromium, Kind::Firefox]
                .into_iter()
                .flat_map(|kind| [$( Test::new(module_path!(), stringify!($name), kind, $name) ),*])
                .collect()
        }
    };
}

mod axe;
mod bad_days;
mod desk;
mod holder;
mod import;
mod layouts;
mod looks;
mod pages;
mod palette;
mod reader;
mod replies;
mod shortlist;
mod sync_centre;
mod tags;
mod tasks;
mod team;
mod traps;
mod unfilled;
mod watching;
mod writer;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use baton_tests::harness::{Agent, Kind, Place, pool, root, runner};
use baton_tests::whatsapp::Practice;

fn main() -> ExitCode {
    let files = [
        axe::tests(),
        bad_days::tests(),
        desk::tests(),
        holder::tests(),
        import::tests(),
        layouts::tests(),
        looks::tests(),
        pages::tests(),
        palette::tests(),
        reader::tests(),
        replies::tests(),
        shortlist::tests(),
        sync_centre::tests(),
        tags::tests(),
        tasks::tests(),
        team::tests(),
        traps::tests(),
        unfilled::tests(),
        watching::tests(),
        writer::tests(),
    ];
    let mut tests: Vec<runner::Test> = files.into_iter().flatten().collect();
    tests.push(looks::in_chinese());
    runner::main(tests)
}

/// The number of chats, for tests that do not depend on it.
const CHATS: usize = 120;

/// A file with three tags and five replies, as the desk exports it.
fn team_file() -> PathBuf {
    root().join("tests/team.json")
}

/// An agent without a name and without a team.
fn newcomer(kind: Kind) -> Result<(Practice, Agent)> {
    let practice = pool::practice(CHATS)?;
    let agent = Agent::start(kind, &practice, "")?;
    ready(&agent)?;
    Ok((practice, agent))
}

/// Waits until the hub has welcomed the page, because the welcome moves the nodes below the notice, and until the page
/// answers clicks. Then it shows the team's tags.
fn ready(agent: &Agent) -> Result<()> {
    agent.see(Place::Overlay, ".notice", "Enter your name")?;
    agent.answers()?;
    agent.unfold_tags()
}

/// An agent with a name and the team of [`team_file`].
fn member(kind: Kind) -> Result<(Practice, Agent)> {
    let practice = pool::practice(CHATS)?;
    let agent = Agent::start_after(kind, &practice, "Ana", become_ana)?;
    agent.unfold_tags()?;
    agent.see_all(Place::Overlay, ".tag-row .name", &["Order", "Returns", "Urgent"])?;
    agent.see_none(Place::Overlay, ".notice")?;
    agent.answers()?;
    Ok((practice, agent))
}

/// Enters Ana's name, and imports the team of [`team_file`].
fn become_ana(agent: &Agent) -> Result<()> {
    ready(agent)?;
    agent.introduce("Ana Souza")?;
    agent.import(&team_file())
}

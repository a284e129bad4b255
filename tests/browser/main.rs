//! What a person sees, in both browsers.
//!
//! Real: the browsers, the package, WhatsApp's address and policies, React, Lexical, `storage.sync`, IndexedDB. Modelled:
//! WhatsApp's servers and page (`tests/whatsapp/`), and the server behind a browser account (`harness/account.rs`).

/// A test in each browser.
macro_rules! in_both {
    ($($name:ident)*) => {
        mod chromium { $( #[test] fn $name() { super::$name(baton_tests::harness::Kind::Chromium).unwrap(); } )* }
        mod firefox { $( #[test] fn $name() { super::$name(baton_tests::harness::Kind::Firefox).unwrap(); } )* }
    };
}

mod axe;
mod bad_days;
mod bring;
mod desk;
mod filling;
mod holders;
mod layouts;
mod looks;
mod pages;
mod reader;
mod replies;
mod shelf;
mod sync;
mod tags;
mod team;
mod traps;
mod watching;
mod writer;

use std::path::PathBuf;

use anyhow::Result;
use baton_tests::harness::{Agent, Kind, Place, practice_page, root};
use baton_tests::whatsapp::Practice;

/// How many chats the account has, where a test does not care.
const CHATS: usize = 120;

/// A file with three tags and five replies, as the desk exports it.
fn team_file() -> PathBuf {
    root().join("tests/team.json")
}

/// An agent with nothing set up.
fn newcomer(kind: Kind) -> Result<(Practice, Agent)> {
    let practice = Practice::start(&practice_page(), CHATS)?;
    let agent = Agent::start(kind, &practice, "")?;
    ready(&agent)?;
    Ok((practice, agent))
}

/// Waits until the hub has welcomed a page, since what it brings moves what is below, and until a hand is answered.
fn ready(agent: &Agent) -> Result<()> {
    agent.see(Place::Overlay, ".notice", "Say who you are")?;
    agent.answers()
}

/// An agent who has a name and the team of [`team_file`].
fn member(kind: Kind) -> Result<(Practice, Agent)> {
    let (practice, agent) = newcomer(kind)?;
    agent.introduce("Ana Souza")?;
    agent.import(&team_file())?;
    agent.see_all(Place::Overlay, ".tag-row .name", &["Order", "Returns", "Urgent"])?;
    agent.see_none(Place::Overlay, ".notice")?;
    Ok((practice, agent))
}

//! Tests of inserting into the composer of every layout. Whatever the draft and the text are, nothing is lost and
//! nothing is sent.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use baton_tests::harness::{Agent, Kind, Place, pool, until};
use baton_tests::whatsapp::Practice;
use serde_json::json;
use tempfile::TempDir;

use super::{CHATS, member};

in_both! {
    every_text_lands_in_every_layout
    a_word_that_is_being_composed_is_waited_for
    files_are_shown_by_whatsapp_and_not_sent
}

const LAYOUTS: [&str; 4] = ["2023-05", "2024-08", "2025-12", "2026-06"];
const CHAT: &str = "Sofie Berg";

/// A draft, and the place of the caret.
#[derive(Clone, Copy, Debug)]
enum Draft {
    Empty,
    /// The caret is behind `hello `.
    End,
    /// The caret is in `hello wor|ld`.
    Word,
    /// `world` of `hello world` is selected.
    Selected,
}

/// The texts, and the drafts in which each is inserted.
fn cases() -> [(&'static str, String, &'static [Draft]); 4] {
    const ALL: &[Draft] = &[Draft::Empty, Draft::End, Draft::Word, Draft::Selected];
    const TWO: &[Draft] = &[Draft::Empty, Draft::Word];
    let forty: Vec<String> = (1..=40).map(|n| format!("Line {n} of forty 🎈")).collect();
    let long: String = (0..)
        .flat_map(|n| format!("Sentence {n} says something. ").into_bytes())
        .take(4_000)
        .map(char::from)
        .collect();
    [
        ("one", "Thanks, and have a good day!".to_owned(), ALL),
        ("forty", forty.join("\n"), ALL),
        ("signs", "שלום עולם — مرحبا بالعالم\n👩‍💻 🇧🇷 ❤️ 1️⃣\n\n末尾".to_owned(), TWO),
        // Editors would collapse a space at the end.
        ("long", long.trim_end().to_owned(), TWO),
    ]
}

impl Draft {
    /// Types the draft.
    fn make(self, agent: &Agent) -> Result<()> {
        let keys = &agent.browser.session;
        agent.click(Place::Page, "div#main footer [contenteditable=true]")?;
        keys.press("Control+a")?;
        keys.press("Delete")?;
        agent.see_draft("")?;
        keys.type_text(match self {
            Draft::Empty => "",
            Draft::End => "hello ",
            Draft::Word | Draft::Selected => "hello world",
        })?;
        match self {
            Draft::Empty | Draft::End => Ok(()),
            Draft::Word => (0..2).try_for_each(|_| keys.press("ArrowLeft")),
            Draft::Selected => (0..5).try_for_each(|_| keys.press("Shift+ArrowLeft")),
        }
    }

    fn with(self, text: &str) -> String {
        match self {
            Draft::Empty => text.to_owned(),
            Draft::End | Draft::Selected => format!("hello {text}"),
            Draft::Word => format!("hello wor{text}ld"),
        }
    }
}

fn every_text_lands_in_every_layout(kind: Kind) -> Result<()> {
    let (practice, agent) = writer(kind)?;
    let sent = practice.account().sent(CHAT);
    for layout in LAYOUTS {
        agent.reload(&format!("?layout={layout}"))?;
        agent.open_chat(CHAT)?;
        agent.see(Place::Overlay, ".chat h2", CHAT)?;
        for (shortcut, text, drafts) in cases() {
            for draft in drafts {
                let case = || format!("{shortcut} over {draft:?} in {layout}");
                draft.make(&agent).with_context(case)?;
                insert(&agent, shortcut).with_context(case)?;
                agent.see_draft(&draft.with(&text)).with_context(case)?;
            }
        }
        ensure!(practice.account().sent(CHAT) == sent, "something was sent in {layout}");
        Draft::Empty.make(&agent)?;
    }
    Ok(())
}

fn a_word_that_is_being_composed_is_waited_for(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    agent.open_chat("Mei Lin")?;
    let compose = |what: &str| {
        let script = "document.querySelector('div#main footer [contenteditable=true]') \
            .dispatchEvent(new CompositionEvent(arguments[0], { bubbles: true }))";
        agent.browser.session.run(script, &[json!(what)])
    };
    agent.browser.session.press("Alt+q")?;
    agent.find(Place::Overlay, ".palette")?;
    compose("compositionstart")?;
    agent.browser.session.type_text("thx")?;
    agent.browser.session.press("Enter")?;
    agent.see_none(Place::Overlay, ".palette")?;
    agent.see_draft("")?;
    compose("compositionend")?;
    agent.see_draft("Thank you, and have a good day!")
}

fn files_are_shown_by_whatsapp_and_not_sent(kind: Kind) -> Result<()> {
    let (practice, agent) = member(kind)?;
    let sent = practice.account().sent(CHAT);
    for layout in LAYOUTS {
        agent.reload(&format!("?layout={layout}"))?;
        agent.open_chat(CHAT)?;
        agent.see(Place::Overlay, ".chat h2", CHAT)?;
        agent.drop_file("label.pdf")?;
        let shown = "return document.querySelector('[data-testid=media-editor] li, .preview li')?.textContent ?? null";
        until("WhatsApp shows the file", || {
            Ok((agent.browser.session.run(shown, &[])? == json!("label.pdf")).then_some(()))
        })
        .with_context(|| format!("in {layout}"))?;
        ensure!(practice.account().sent(CHAT) == sent, "something was sent in {layout}");
    }
    Ok(())
}

fn insert(agent: &Agent, shortcut: &str) -> Result<()> {
    agent.browser.session.press("Alt+q")?;
    agent.find(Place::Overlay, ".palette")?;
    agent.browser.session.type_text(shortcut)?;
    agent.see(Place::Overlay, ".replies [aria-selected=true] .shortcut", shortcut)?;
    agent.browser.session.press("Enter")
}

/// An agent whose team has the texts as replies.
fn writer(kind: Kind) -> Result<(Practice, Agent)> {
    let practice = pool::practice(CHATS)?;
    let agent = Agent::start(kind, &practice, "")?;
    super::ready(&agent)?;
    agent.introduce("Ana Souza")?;
    let (_folder, file) = replies()?;
    agent.import(&file)?;
    agent.see_none(Place::Overlay, ".notice")?;
    Ok((practice, agent))
}

fn replies() -> Result<(TempDir, PathBuf)> {
    let reply = |(n, (shortcut, body, _)): (usize, (&str, String, _))| json!({ "id": format!("{n:016x}"), "title": shortcut, "shortcut": shortcut, "body": body });
    let replies: Vec<_> = cases().into_iter().enumerate().map(reply).collect();
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("replies.json");
    std::fs::write(&file, json!({ "baton": 1, "tags": [], "replies": replies, "members": [] }).to_string())?;
    Ok((folder, file))
}

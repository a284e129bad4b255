//! Tests of the shipped reader: on every layout of the practice page, in every language, and with mutations that each
//! change one thing in the markup. The expected values come from the page's state and not from its nodes.
//!
//! The results are written to `target/reader/`, one line for each mutation, and printed by `cargo xtask test`.

use std::fmt::Write;

use anyhow::{Context, Result, ensure};
use baton_tests::harness::{Kind, Probe, pool, root, until};
use serde_json::{Value, json};

use super::CHATS;

in_both! {
    layout_of_2023_05
    layout_of_2024_08
    layout_of_2025_12
    layout_of_2026_06
    a_layout_that_changes_under_the_reader
    what_rows_show_is_read
}

/// The mutations. The first one is empty.
const MUTATIONS: [&str; 11] = [
    "",
    "no-testids",
    "no-roles",
    "renamed-classes",
    "swapped-rows",
    "nested-rows",
    "second-pane-side",
    "mask-first",
    "search-input",
    "search-contenteditable",
    "late-header",
];
const LANGUAGES: [&str; 6] = ["en", "pt", "es", "ar", "ru", "zh"];
/// A chat with a person, and a group with every form of message.
const OPENED: [&str; 2] = ["Lena Fischer 🎨", "Night shift 🌙"];

fn layout_of_2023_05(kind: Kind) -> Result<()> {
    every_mutation("2023-05", kind)
}

fn layout_of_2024_08(kind: Kind) -> Result<()> {
    every_mutation("2024-08", kind)
}

fn layout_of_2025_12(kind: Kind) -> Result<()> {
    every_mutation("2025-12", kind)
}

fn layout_of_2026_06(kind: Kind) -> Result<()> {
    every_mutation("2026-06", kind)
}

/// How many of the existing facts were read.
#[derive(Default)]
struct Score {
    rows: (usize, usize),
    directions: (usize, usize),
    /// Errors in the chat, its kind, the composer and the search. These must always be right.
    wrong: Vec<String>,
}

impl Score {
    fn add(&mut self, truth: &Value, seen: &Value) {
        let facts = |row: &Value| ["title", "unread", "selected"].map(|fact| row[fact].clone());
        count(&mut self.rows, &truth["rows"], &seen["rows"], |a, b| facts(a) == facts(b));
        count(&mut self.directions, &truth["messages"], &seen["messages"], |a, b| {
            a["id"] == b["id"] && a["direction"] == b["direction"] && a["text"] == b["text"]
        });
        for (fact, is) in
            [("chat", "chat"), ("kind", "kind"), ("composer", "composer"), ("search", "searching")]
        {
            if truth[fact] != seen[is] {
                self.wrong.push(format!("{fact} is {}, not {}", seen[is], truth[fact]));
            }
        }
    }
}

fn count(score: &mut (usize, usize), truth: &Value, seen: &Value, same: impl Fn(&Value, &Value) -> bool) {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let (truth, seen) = (list(truth), list(seen));
    score.0 += truth.iter().zip(&seen).filter(|(a, b)| same(a, b)).count();
    // A surplus row or message counts as an error, too.
    score.1 += truth.len().max(seen.len());
}

fn every_mutation(layout: &str, kind: Kind) -> Result<()> {
    let practice = pool::practice(CHATS)?;
    let probe = Probe::start(kind, practice.proxy())?;
    let mut report = String::new();
    let mut failed = Vec::new();
    // Selectors find the same nodes in each browser, so the mutations are tested in one of them.
    let mutations = if kind == Kind::Chromium { &MUTATIONS[..] } else { &MUTATIONS[..1] };
    for (number, mutation) in mutations.iter().enumerate() {
        // Without a mutation, every language is tested.
        let languages = if mutation.is_empty() { &LANGUAGES[..] } else { &LANGUAGES[number % 6..][..1] };
        let mut score = Score::default();
        for language in languages {
            let query = format!("?layout={layout}&lang={language}&mutate={mutation}");
            probe.open(&format!("https://web.whatsapp.com/{query}"))?;
            for title in OPENED {
                open(&probe, title).with_context(|| query.clone())?;
                let (truth, seen) = at_once(&probe)?;
                score.add(&truth, &seen);
            }
        }
        let percent = |(right, of): (usize, usize)| 100.0 * right as f64 / of.max(1) as f64;
        let (rows, directions) = (percent(score.rows), percent(score.directions));
        let name = if mutation.is_empty() { "as it is" } else { mutation };
        writeln!(
            report,
            "{layout}  {name:<24} rows {rows:>6.2} % of {:>4}  messages {directions:>6.2} % of {:>3}  wrong: {}",
            score.rows.1,
            score.directions.1,
            score.wrong.len()
        )?;
        let least = if mutation.is_empty() { (100.0, 100.0) } else { (99.0, 97.0) };
        if rows < least.0
            || directions < least.1
            || !score.wrong.is_empty()
            || score.rows.1 == 0
            || score.directions.1 == 0
        {
            failed.push(format!(
                "{name}: {rows:.2} % of rows, {directions:.2} % of messages, {:?}",
                score.wrong
            ));
        }
    }
    let folder = root().join("target/reader");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join(format!("{layout} {kind:?}.txt")), &report)?;
    ensure!(failed.is_empty(), "{layout} in {kind:?}: {failed:#?}");
    Ok(())
}

fn a_layout_that_changes_under_the_reader(kind: Kind) -> Result<()> {
    let practice = pool::practice(CHATS)?;
    let probe = Probe::start(kind, practice.proxy())?;
    probe.open("https://web.whatsapp.com/?layout=2023-05")?;
    for layout in ["2024-08", "2025-12", "2026-06", "2023-05"] {
        open(&probe, "Mei Lin")?;
        probe.browser.session.run("window.practice.relayout(arguments[0])", &[json!(layout)])?;
        until("the page is laid out anew", || Ok((shown(&probe)? == json!("Mei Lin")).then_some(())))?;
        let mut score = Score::default();
        let (truth, seen) = at_once(&probe)?;
        score.add(&truth, &seen);
        ensure!(score.rows.0 == score.rows.1 && score.wrong.is_empty(), "{layout}: {:?}", score.wrong);
    }
    Ok(())
}

fn what_rows_show_is_read(kind: Kind) -> Result<()> {
    let practice = pool::practice(CHATS)?;
    let probe = Probe::start(kind, practice.proxy())?;
    for layout in ["2023-05", "2024-08", "2025-12", "2026-06"] {
        probe.open(&format!("https://web.whatsapp.com/?layout={layout}"))?;
        open(&probe, "Mei Lin")?;
        // Scroll down to a chat that is marked as unread.
        probe.browser.session.run("document.querySelector('#side #pane-side').scrollTop = 600", &[])?;
        let seen = until("the marked chat is drawn", || {
            let (truth, seen) = at_once(&probe)?;
            Ok(truth["rows"].to_string().contains("Ingrid Solberg").then_some(seen))
        })?;
        let rows = seen["rows"].as_array().context("rows")?;
        let chats = practice.account().chats();
        // Titles that several chats have are skipped.
        let is_only = |title: &str| chats.iter().filter(|chat| chat.title == title).count() == 1;
        for chat in chats.iter().filter(|chat| is_only(&chat.title)) {
            let Some(row) = rows.iter().find(|row| row["title"] == json!(chat.title)) else { continue };
            for (fact, is) in [("marked", chat.marked), ("muted", chat.muted), ("pinned", chat.pinned)] {
                ensure!(row[fact] == json!(is), "{layout}: {fact} of {} is {}", chat.title, row[fact]);
            }
            // A chat with its own picture does not show whether it is a group.
            let group = json!(chat.kind == "group");
            ensure!(row["group"].is_null() || row["group"] == group, "{layout}: {row}");
        }
        ensure!(rows.iter().any(|row| row["marked"] == json!(true)), "{layout}: none is marked unread");
        ensure!(rows.iter().any(|row| row["group"] == json!(true)), "{layout}: no group");
    }
    Ok(())
}

/// Clicks on a row with a script. This browser has no Baton that could interfere.
fn open(probe: &Probe, title: &str) -> Result<()> {
    let script = "const name = [...document.querySelectorAll('#side #pane-side span[dir=auto][title]')] \
            .find((span) => span.title === arguments[0]); \
        if (!name) return false; \
        for (const kind of ['mousedown', 'mouseup', 'click']) \
            name.dispatchEvent(new MouseEvent(kind, { bubbles: true, cancelable: true })); \
        return true;";
    until(&format!("a row of {title:?}"), || {
        Ok((probe.browser.session.run(script, &[json!(title)])? == json!(true)).then_some(()))
    })?;
    until(&format!("{title:?} is open"), || Ok((shown(probe)? == json!(title)).then_some(())))
}

/// The title of the chat, once all parts of the page show the same chat.
fn shown(probe: &Probe) -> Result<Value> {
    // Two frames later the state is drawn too.
    let script = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => { \
            const truth = window.practice?.truth(); \
            const drawn = document.querySelector('div#main footer [contenteditable=true]') !== null; \
            done(truth && drawn && !('headerOf' in truth) ? truth.chat : null); }));";
    probe.browser.session.run_async(script, &[])
}

/// Returns the state and the reading of one moment. Opening a chat marks it as read on all linked browsers a little
/// later.
fn at_once(probe: &Probe) -> Result<(Value, Value)> {
    let truth = || probe.browser.session.run("return window.practice.truth()", &[]);
    until("nothing happens for a moment", || {
        let before = truth()?;
        let seen = probe.read()?;
        Ok((truth()? == before).then_some((before, seen)))
    })
}

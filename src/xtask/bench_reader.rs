//! `cargo xtask bench reader`: measures how long it takes to read and follow WhatsApp's page.

use std::fs;

use anyhow::{Context, Result};
use baton_tests::harness::{Agent, Browser, Kind, Launch, Place, Probe, package, practice_page, until};
use baton_tests::whatsapp::Practice;
use serde_json::{Value, json};

use crate::bench::{CHATS, Promise, number, scroll, summary, table, tag_some, team};
use crate::sh::{root, step};
use crate::{dist, setup};

/// The chat with the long conversation, and the least number of messages in it.
const LONG: (&str, usize) = ("Mei Lin", 300);
/// How often a row is changed and a chat is opened.
const ROUNDS: usize = 20;

/// The limits that the project promises.
const PROMISED: [Promise; 4] = [
    ("full_ms", 6.0, None),
    ("incremental_added_ms", 1.0, None),
    ("open_seen_ms", 100.0, None),
    ("scroll_added_ms", 2.0, Some(6.0)),
];

/// Measures everything, prints the results, and writes `target/bench/reader.json`.
pub fn bench() -> Result<()> {
    dist::build()?;
    setup::practice_page()?;
    setup::browsers()?;
    fs::create_dir_all(root().join("target/bench"))?;
    let mut all = json!({});
    for kind in [Kind::Chromium, Kind::Firefox] {
        let name = format!("{kind:?}").to_lowercase();
        all[&name] = step(&format!("Measuring in {kind:?}"), || measure(kind))?;
    }
    fs::write(root().join("target/bench/reader.json"), format!("{all:#}\n"))?;
    eprintln!();
    table(&PROMISED, &all);
    Ok(())
}

fn measure(kind: Kind) -> Result<Value> {
    let practice = Practice::start(&practice_page(), CHATS)?;
    for n in 0..LONG.1 {
        let emoji = if n % 4 == 0 { " 🎈" } else { "" };
        practice.account().customer_writes(LONG.0, &format!("Message number {n} of a long day{emoji}"));
    }
    let (full, counts) = full(kind, &practice)?;

    let launch = |package| Launch {
        proxy: Some(practice.proxy()),
        package,
        language: "en",
        size: (1360, 860),
        headless: true,
    };
    let agent = Agent::launch(kind, &launch(Some(package())), "")?;
    agent.see(Place::Overlay, ".notice", "Enter your name")?;
    agent.introduce("Ana Souza")?;
    agent.import(&team(5)?)?;
    agent.see_none(Place::Overlay, ".notice")?;
    tag_some(&agent)?;
    let bare = Browser::start(kind, &launch(None))?;
    bare.session.go("https://web.whatsapp.com/")?;
    until("the bare page has rows", || bare.session.find("[data-testid^=list-item-]"))?;
    let with = changes(&agent.browser)?;
    let without = changes(&bare)?;
    let added = with.iter().zip(&without).map(|(with, without)| with - without).collect();
    let opened = opened(&agent)?;
    let scrolled = scroll(&agent, &bare)?;
    Ok(json!({
        "page": counts,
        "full_ms": summary(full),
        "incremental_added_ms": summary(added),
        "open_seen_ms": summary(opened),
        "scroll_added_ms": summary(scrolled),
    }))
}

/// Measures reading a whole page with every message of a long conversation. Returns the times, and how much was read.
fn full(kind: Kind, practice: &Practice) -> Result<(Vec<f64>, Value)> {
    let probe = Probe::start(kind, practice.proxy())?;
    probe.open("https://web.whatsapp.com/")?;
    let click = "const name = [...document.querySelectorAll('#side #pane-side span[dir=auto][title]')] \
        .find((span) => span.title === arguments[0]); \
        name?.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true })); \
        return document.querySelectorAll('div#main [data-id]').length > arguments[1]";
    until("the long conversation is open", || {
        let open = probe.browser.session.run(click, &[json!(LONG.0), json!(LONG.1)])?;
        Ok((open == json!(true)).then_some(()))
    })?;
    let seen = probe.read()?;
    let count = |list: &str| seen[list].as_array().map_or(0, Vec::len);
    let counts = json!({ "rows": count("rows"), "messages": count("messages") });
    Ok((probe.times()?, counts))
}

/// Measures the time from a change in a row, as a new message makes it, until all work that follows from it before the
/// next paint is done.
fn changes(browser: &Browser) -> Result<Vec<f64>> {
    let script = "const [rounds, done] = arguments; const times = []; \
        const spans = [...document.querySelectorAll('#pane-side [data-testid=cell-frame-secondary] span[title]')]; \
        (async () => { for (let n = 0; n < rounds; n += 1) { \
            await new Promise(requestAnimationFrame); \
            const span = spans[n % spans.length]; const before = span.title; const began = performance.now(); \
            span.title = before + n; await new Promise(queueMicrotask); \
            times.push(performance.now() - began); span.title = before; } done(times); })();";
    let times = browser.session.run_async(script, &[json!(ROUNDS)])?;
    times.as_array().context("a list of times")?.iter().map(number).collect()
}

/// Measures the time from WhatsApp's header naming another chat until Baton names it.
fn opened(agent: &Agent) -> Result<Vec<f64>> {
    let mut times = Vec::new();
    for round in 0..ROUNDS {
        agent.in_overlay(
            "const root = arguments[0]; window.seen = null; let began = 0; \
             const name = (node) => node?.querySelector('span[dir=auto]')?.textContent; \
             const before = name(document.querySelector('div#main header')); \
             const page = new MutationObserver(() => { const now = name(document.querySelector('div#main header')); \
                 if (!began && now && now !== before) began = performance.now(); }); \
             page.observe(document.querySelector('#app'), { childList: true, subtree: true, characterData: true }); \
             const title = root.querySelector('.chat h2'); const shown = title.textContent; \
             const ours = new MutationObserver(() => { if (title.textContent === shown) return; \
                 window.seen = began ? performance.now() - began : 0; page.disconnect(); ours.disconnect(); }); \
             ours.observe(title, { childList: true, characterData: true, subtree: true });",
        )?;
        let title = ["Mei Lin", "Jonas Weber"][round % 2];
        agent.open_chat(title)?;
        agent.see(Place::Overlay, ".chat h2", title)?;
        times.push(number(&agent.browser.session.run("return window.seen", &[])?)?);
    }
    Ok(times)
}

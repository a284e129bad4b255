//! `cargo xtask bench`: measures sizes and times, and compares the page with and without Baton where that matters.
//!
//! The numbers depend on the machine. They are printed and written to a file, and no test asserts them.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use baton_core::replica::Digests;
use baton_core::wire::{Hello, ToHub};
use baton_tests::harness::{Agent, Browser, Kind, Launch, Place, package, practice_page, until};
use baton_tests::whatsapp::Practice;
use serde_json::{Value, json};

use crate::dist::{self, Size};
use crate::setup;
use crate::sh::{root, step};

/// How often a page is loaded and the hub is started.
const ROUNDS: usize = 15;
/// How often the list is scrolled, in each direction, with and without Baton.
const SCROLLS: usize = 5;
pub const CHATS: usize = 1_000;
const REPLIES: usize = 500;

/// The name of a measure, the limit for its median, and the limit for its 99th percentile if there is one.
pub type Promise = (&'static str, f64, Option<f64>);

/// The limits that the project promises.
const PROMISED: [Promise; 8] = [
    ("ready_ms", 200.0, None),
    ("ready_slow_ms", 600.0, None),
    ("hand_ms", 50.0, None),
    ("palette_ms", 8.0, None),
    ("open_ms", 16.0, None),
    ("insert_ms", 150.0, None),
    ("scroll_added_ms", 2.0, Some(6.0)),
    ("wake_ms", 100.0, None),
];

/// Measures everything, prints the results, and writes them to `target/bench/`.
pub fn bench() -> Result<()> {
    let sizes = dist::build()?;
    setup::practice_page()?;
    setup::browsers()?;
    let folder = root().join("target/bench");
    fs::create_dir_all(&folder)?;
    let mut page = json!({});
    for kind in [Kind::Chromium, Kind::Firefox] {
        let name = format!("{kind:?}").to_lowercase();
        page[&name] = step(&format!("Measuring in {kind:?}"), || measure(kind))?;
    }
    fs::write(folder.join("size.json"), format!("{:#}\n", written(&sizes)))?;
    fs::write(folder.join("page.json"), format!("{page:#}\n"))?;
    print(&sizes, &page);
    Ok(())
}

/// The sizes of each Wasm and of all together, as JSON.
fn written(sizes: &[Size]) -> Value {
    let size = |raw, gzip| json!({ "raw": raw, "gzip": gzip });
    let each: serde_json::Map<String, Value> =
        sizes.iter().map(|it| (it.name.to_owned(), size(it.raw, it.gzip))).collect();
    let total = size(sizes.iter().map(|it| it.raw).sum(), sizes.iter().map(|it| it.gzip).sum());
    json!({ "each": each, "total": total })
}

fn print(sizes: &[Size], page: &Value) {
    eprintln!("\n   Wasm                 bytes   gzipped");
    for Size { name, raw, gzip } in sizes {
        eprintln!("   {name:<14}{raw:>12}{gzip:>10}");
    }
    eprintln!();
    table(&PROMISED, page);
}

/// Prints the results of both browsers beside the promised limits.
pub fn table(promised: &[Promise], measured: &Value) {
    eprintln!("                          Chromium            Firefox             promised");
    eprintln!("                          median      p99     median      p99     median      p99");
    for (name, median, p99) in promised {
        let of = |browser: &str, which: &str| measured[browser][name][which].as_f64().unwrap_or(f64::NAN);
        let row = [("chromium", "median"), ("chromium", "p99"), ("firefox", "median"), ("firefox", "p99")]
            .map(|(browser, which)| of(browser, which))
            .map(|it| if it.is_nan() { format!("{:>8}", "–") } else { format!("{it:>8.2}") });
        let p99 = p99.map_or(String::new(), |p99| format!("{p99:>8.2}"));
        eprintln!("   {name:<20}{}{median:>10.2}{p99}", row.join(" "));
    }
}

fn measure(kind: Kind) -> Result<Value> {
    let practice = Practice::start(&practice_page(), CHATS)?;
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
    agent.import(&team(REPLIES)?)?;
    // Some chips, so that scrolling has nodes to move.
    tag_some(&agent)?;
    let first = ready(&agent)?;
    let hand = hand(&agent)?;
    let slow = if kind == Kind::Chromium { ready_slow(&agent)? } else { Vec::new() };
    let palette = palette(&agent)?;
    let (open, insert) = open_and_insert(&agent)?;
    let wake = (0..ROUNDS).map(|_| wake(&agent)).collect::<Result<Vec<f64>>>()?;
    let bare = Browser::start(kind, &launch(None))?;
    bare.session.go("https://web.whatsapp.com/")?;
    let scroll = scroll(&agent, &bare)?;
    Ok(json!({
        "ready_ms": summary(first),
        "ready_slow_ms": summary(slow),
        "hand_ms": summary(hand),
        "palette_ms": summary(palette),
        "open_ms": summary(open),
        "insert_ms": summary(insert),
        "scroll_added_ms": summary(scroll),
        "wake_ms": summary(wake),
    }))
}

/// Writes a file with five tags and `replies` replies.
pub fn team(replies: usize) -> Result<PathBuf> {
    let tag =
        |n: usize| json!({ "id": format!("{:016x}", n + 1), "name": format!("Tag {n}"), "colour": "teal" });
    let reply = |n: usize| {
        let body = format!(
            "Dear {{name}}, this is answer {n}. It says what has to be said about parcels, returns, \
            invoices and opening hours, and takes some three hundred characters to say it, as real ones do.\n\n\
            Kind regards,\n{{agent}}, for the whole team, from Monday to Friday between nine and six."
        );
        json!({ "id": format!("{:016x}", n + 100), "title": format!("Answer number {n} about parcels"),
            "shortcut": format!("a{n}"), "body": body })
    };
    let file = json!({ "baton": 1, "tags": (0..5).map(tag).collect::<Vec<_>>(),
        "replies": (0..replies).map(reply).collect::<Vec<_>>(), "members": [] });
    let path = root().join("target/bench/team.json");
    fs::write(&path, file.to_string())?;
    Ok(path)
}

/// Tags the chats on screen.
pub fn tag_some(agent: &Agent) -> Result<()> {
    for title in ["Mei Lin", "李雷", "Sofie Berg", "Jonas Weber"] {
        agent.open_chat(title)?;
        agent.see(Place::Overlay, ".chat h2", title)?;
        for n in [1, 2] {
            agent.click(Place::Overlay, &format!(".pill:nth-child({n})"))?;
        }
        agent.see_chips(title, &["Tag 0", "Tag 1"])?;
    }
    Ok(())
}

/// Measures the time from WhatsApp's first rows to the sidebar and the chips.
fn ready(agent: &Agent) -> Result<Vec<f64>> {
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        agent.reload("?measure=1")?;
        let measured = until("the chips are on screen", || {
            let measured = agent.browser.session.run("return window.measured ?? null", &[])?;
            Ok(measured["chips"].is_number().then_some(measured))
        })?;
        times.push(number(&measured["chips"])? - number(&measured["rows"])?);
    }
    Ok(times)
}

/// The same in Chromium, with the processor slowed down four times.
fn ready_slow(agent: &Agent) -> Result<Vec<f64>> {
    let throttle = |rate: u32| {
        let params = json!({ "rate": rate });
        let command = json!({ "cmd": "Emulation.setCPUThrottlingRate", "params": params });
        agent.browser.session.post("/goog/cdp/execute", command)
    };
    throttle(4)?;
    let times = ready(agent);
    throttle(1)?;
    times
}

/// Measures the time from a key, pressed as soon as the sidebar is shown, to the sidebar that it collapses. The time
/// begins with the modifier, since Baton keeps the key itself from all other listeners.
fn hand(agent: &Agent) -> Result<Vec<f64>> {
    let session = &agent.browser.session;
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        session.go("https://web.whatsapp.com/")?;
        agent.find(Place::Overlay, ".sidebar")?;
        agent.in_overlay(
            "const sidebar = arguments[0].querySelector('.sidebar'); let began; window.answered = null; \
             window.addEventListener('keydown', (event) => { if (event.key === 'Alt') began = event.timeStamp; }, true); \
             new MutationObserver(() => { if (began) window.answered ??= performance.now() - began; }) \
                 .observe(sidebar, { attributes: true, attributeFilter: ['data-collapsed'] });",
        )?;
        session.press("Alt+m")?;
        times.push(until("the sidebar is collapsed", || {
            let answered = session.run("return window.answered", &[])?;
            Ok(answered.as_f64())
        })?);
        // The next load begins with an open sidebar.
        session.press("Alt+m")?;
        agent.find(Place::Overlay, ".sidebar:not([data-collapsed])")?;
    }
    Ok(times)
}

/// Measures the time from a key in the palette to its updated list.
fn palette(agent: &Agent) -> Result<Vec<f64>> {
    agent.open_chat("Mei Lin")?;
    agent.browser.session.press("Alt+q")?;
    agent.find(Place::Overlay, ".palette")?;
    agent.in_overlay(
        "const root = arguments[0]; window.keystrokes = []; let began; \
         window.addEventListener('beforeinput', (event) => { began = event.timeStamp; }, true); \
         new MutationObserver(() => { if (began) { window.keystrokes.push(performance.now() - began); began = 0; } }) \
             .observe(root.querySelector('.palette'), { childList: true, subtree: true, attributes: true, characterData: true });",
    )?;
    for query in ["answer 12", "parcels", "a499", "number"] {
        for letter in query.chars() {
            agent.browser.session.type_text(&letter.to_string())?;
        }
        for _ in query.chars() {
            agent.browser.session.press("Backspace")?;
        }
    }
    let times = agent.browser.session.run("return window.keystrokes", &[])?;
    agent.browser.session.press("Escape")?;
    times.as_array().context("a list of times")?.iter().map(number).collect()
}

/// Measures two times: from the second character of the palette's trigger to the palette's list, and from a click on a
/// reply to the frame in which the text was read back from WhatsApp's editor.
fn open_and_insert(agent: &Agent) -> Result<(Vec<f64>, Vec<f64>)> {
    let session = &agent.browser.session;
    agent.in_overlay(
        "const root = arguments[0]; const palette = root.querySelector('.palette'); let began; \
         window.opened = []; window.inserted = []; let clicked; \
         window.addEventListener('beforeinput', (event) => { if (event.data === ';') began = event.timeStamp; }, true); \
         new MutationObserver(() => { if (began && !palette.hidden) { window.opened.push(performance.now() - began); began = 0; } }) \
             .observe(palette, { attributes: true }); \
         palette.addEventListener('click', (event) => { clicked = event.timeStamp; }, true); \
         new MutationObserver(() => { const footer = document.querySelector('#main footer'); \
             if (!clicked || !footer?.textContent.includes('Kind regards')) return; const from = clicked; clicked = 0; \
             requestAnimationFrame(() => window.inserted.push(performance.now() - from)); }) \
             .observe(document.body, { childList: true, subtree: true, characterData: true });",
    )?;
    for round in 1..=ROUNDS {
        session.type_text(";;")?;
        agent.find(Place::Overlay, ".palette")?;
        agent.click(Place::Overlay, ".replies li")?;
        until("the text is there", || {
            let count = session.run("return window.inserted.length", &[])?;
            Ok((count == round).then_some(()))
        })?;
        session.press("Control+a")?;
        session.press("Backspace")?;
        agent.see_draft("")?;
    }
    let times = |name: &str| -> Result<Vec<f64>> {
        let times = session.run(&format!("return window.{name}"), &[])?;
        times.as_array().context("a list of times")?.iter().map(number).collect()
    };
    Ok((times("opened")?, times("inserted")?))
}

/// Measures the time from a stopped hub to its first answer.
fn wake(agent: &Agent) -> Result<f64> {
    agent.browser.kill_hub()?;
    let hello: ToHub = Hello { account: None, session: "bench".to_owned(), known: Digests::default() }.into();
    let script = "const [hello, done] = arguments; const api = globalThis.browser ?? chrome; const began = performance.now(); \
        const port = api.runtime.connect({ name: 'baton' }); \
        port.onMessage.addListener(() => { done({ ok: performance.now() - began }); port.disconnect(); }); \
        port.postMessage(hello);";
    number(&agent.in_extension(script, json!(hello.write()))?)
}

/// Scrolls from end to end, and measures per frame how much longer the main thread is busy with Baton than without.
pub fn scroll(agent: &Agent, bare: &Browser) -> Result<Vec<f64>> {
    agent.reload("")?;
    agent.see_chips("Mei Lin", &["Tag 0", "Tag 1"])?;
    until("the bare page has rows", || bare.session.find("[data-testid^=list-item-]"))?;
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for _ in 0..SCROLLS {
        with.push(frames(&agent.browser)?);
        without.push(frames(bare)?);
    }
    let best = |runs: &[Vec<f64>], frame: usize| {
        median(runs.iter().filter_map(|run| run.get(frame).copied()).collect())
    };
    let count = with.iter().chain(&without).map(Vec::len).min().unwrap_or_default();
    Ok((0..count).map(|frame| best(&with, frame) - best(&without, frame)).collect())
}

/// Scrolls from end to end at 9,000 px a second (at 60 frames a second), as a hard fling does. Returns for each frame
/// how long the main thread was busy: from before the position changes until the frame is laid out and every callback
/// that waited for it has run.
fn frames(browser: &Browser) -> Result<Vec<f64>> {
    let script = "const done = arguments[0]; const box = document.querySelector('#pane-side'); const times = []; \
        const channel = new MessageChannel(); let began; box.scrollTop = 0; \
        const tick = () => { began = performance.now(); box.scrollTop += 150; \
            box.dispatchEvent(new Event('scroll')); box.getBoundingClientRect(); channel.port2.postMessage(0); }; \
        channel.port1.onmessage = () => { times.push(performance.now() - began); \
            if (box.scrollTop + box.clientHeight < box.scrollHeight - 1) requestAnimationFrame(tick); else done(times); }; \
        requestAnimationFrame(() => requestAnimationFrame(tick));";
    let times = browser.session.run_async(script, &[])?;
    times.as_array().context("a list of times")?.iter().map(number).collect()
}

pub fn number(value: &Value) -> Result<f64> {
    value.as_f64().with_context(|| format!("a number, not {value}"))
}

fn median(times: Vec<f64>) -> f64 {
    quantile(times, 0.5)
}

fn quantile(mut times: Vec<f64>, q: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    let at = ((times.len().saturating_sub(1)) as f64 * q).round() as usize;
    times.get(at).copied().unwrap_or(f64::NAN)
}

pub fn summary(times: Vec<f64>) -> Value {
    let round = |time: f64| (time * 100.0).round() / 100.0;
    json!({ "median": round(median(times.clone())), "p99": round(quantile(times, 0.99)) })
}

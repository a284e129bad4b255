//! `cargo xtask bench sync`: measures the size and the merge time of a team's month, in Baton and in other libraries,
//! and how both grow with the team.
//!
//! Baton is measured as Wasm in a browser, where it is used. The other libraries run natively, which favours them.

use std::fs;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use baton_tests::harness::{Browser, Kind, Launch};
use baton_tests::whatsapp::ACCOUNT;
use serde_json::{Value, json};

use crate::bench::{number, summary};
use crate::bench_hub;
use crate::sh::{command, root, step};
use crate::{dist, setup};

/// How often each step is measured. The median counts.
const ROUNDS: usize = 9;
const RIVALS: [&str; 3] = ["automerge", "loro", "yrs"];
/// The quota of `storage.sync`, in bytes.
const ROOM: u32 = 102_400;

/// Measures everything, prints the results, and writes `target/bench/sync.json`.
pub fn bench() -> Result<()> {
    setup::compiler()?;
    setup::node_packages("src/xtask")?;
    setup::browsers()?;
    let month = step("A month in hubs, of every size", || {
        let mut replay =
            command("cargo", &["run", "--quiet", "--release", "-p", "baton-weigh", "--", ACCOUNT]);
        // The program prepares the browser's input, so it is built for speed as well.
        replay.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "3");
        printed(replay)
    })?;
    let page = step("Measuring in Chromium", || measure(&month))?;
    let hub = measure_hub(&month)?;
    let mut all = step("The same month in other libraries", || {
        let mut rivals =
            command("cargo", &["run", "--quiet", "--release", "--manifest-path", "tests/rivals/Cargo.toml"]);
        rivals.env("CARGO_TARGET_DIR", root().join("target"));
        printed(rivals)
    })?;
    all["baton"] = json!({
        "chars": month["chars"],
        "encode_ms": page["encode_ms"]["median"],
        "encode_largest_ms": page["encode_largest_ms"]["median"],
        "merge5_ms": page["merge5_ms"]["median"],
        "heap_bytes": page["heap_bytes"],
        "op_ms": hub["op_ms"],
        "cold_ms": hub["cold_ms"],
    });
    all["growth"] = month["growth"].clone();
    all["scattered"] = month["scattered"].clone();
    print(&all);
    let folder = root().join("target/bench");
    fs::create_dir_all(&folder)?;
    Ok(fs::write(folder.join("sync.json"), format!("{all:#}\n"))?)
}

/// Loads the month into the hub of the shipped extension and measures it.
fn measure_hub(month: &Value) -> Result<Value> {
    dist::build()?;
    setup::practice_page()?;
    let texts = |name: &str| month[name].as_array().cloned().unwrap_or_default();
    let text = |value: Value| value.as_str().unwrap_or_default().to_owned();
    let items = texts("names").into_iter().zip(texts("texts")).map(|(name, item)| (text(name), text(item)));
    // The hub adds registers about itself.
    let registers = month["registers"].as_u64().context("a month has registers")? as usize;
    step("A hub with that team, in Chromium", || {
        bench_hub::measure(Kind::Chromium, &items.collect(), registers)
    })
}

/// Runs a program and returns the JSON that it prints. Its other output goes to the terminal.
pub fn printed(mut program: Command) -> Result<Value> {
    let line = format!("{program:?}");
    let output = program.stderr(Stdio::inherit()).output().with_context(|| format!("starting {line}"))?;
    if !output.status.success() {
        bail!("{line} ended with {}", output.status);
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Runs the shipped code in an empty page.
fn measure(month: &Value) -> Result<Value> {
    dist::compile(&["-p", "baton-weigh", "--example", "page"])?;
    let folder = root().join("target/weigh");
    fs::create_dir_all(&folder)?;
    dist::bind("examples/page.wasm", &folder, "month")?;
    let wasm = folder.join("month.wasm");
    dist::optimise(std::slice::from_ref(&wasm), "target/weigh/optimised")?;
    let wasm = BASE64_STANDARD.encode(fs::read(&wasm)?);
    let glue = fs::read_to_string(folder.join("month.glue.js"))?;

    let launch = Launch { proxy: None, package: None, language: "en", size: (800, 600), headless: true };
    let browser = Browser::start(Kind::Chromium, &launch)?;
    // The browser's start page allows no Wasm.
    browser.session.go("about:blank")?;
    let script = format!("const glue = () => {{ {glue}\nreturn wasm_bindgen; }};\n{PAGE}");
    let team = json!({ "account": ACCOUNT, "now": month["now"], "names": month["names"],
        "texts": month["texts"], "hubs": month["hubs"] });
    let measured = browser.session.run_async(&script, &[json!(wasm), team, json!(ROUNDS)])?;
    if let Some(error) = measured["error"].as_str() {
        bail!("the page failed: {error}");
    }
    ensure!(
        measured["registers"] == month["registers"],
        "a new hub has {} registers, not {}",
        measured["registers"],
        month["registers"]
    );
    let times = |times: &Value| -> Result<Vec<f64>> {
        times.as_array().context("a list of times")?.iter().map(number).collect()
    };
    let encoded = measured["encode_ms"].as_array().context("a list of hubs")?;
    let encoded: Vec<Vec<f64>> = encoded.iter().map(times).collect::<Result<_>>()?;
    let sizes: Vec<Option<u64>> =
        measured["sizes"].as_array().context("a list of sizes")?.iter().map(Value::as_u64).collect();
    let largest = (0..sizes.len()).max_by_key(|hub| sizes[*hub]).context("there are hubs")?;
    Ok(json!({
        "encode_ms": summary(encoded.concat()),
        "encode_largest_ms": summary(encoded[largest].clone()),
        "merge5_ms": summary(times(&measured["merge5_ms"])?),
        "heap_bytes": measured["heap_bytes"],
    }))
}

/// The script that runs in the page, given the Wasm, the team and the number of rounds. Memory is read first: it never
/// shrinks, and at that point it holds a single hub.
const PAGE: &str = "const [wasm, team, rounds, done] = arguments, wasm_bindgen = glue();
const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
(async () => {
    await wasm_bindgen({ module_or_path: bytes(wasm) });
    const { load, load_hub, adopt_five, forget, encode } = wasm_bindgen;
    load(team.account, team.names, team.texts);
    const registers = adopt_five(team.now);
    const heap_bytes = wasm_bindgen.heap_bytes();
    const timed = (work) => { const began = performance.now(); work(); return performance.now() - began; };
    const many = (work) => Array.from({ length: rounds }, () => timed(work));
    const merge5_ms = Array.from({ length: rounds }, () => { forget(); return timed(() => adopt_five(team.now)); });
    forget();
    if (!team.hubs.every((hub) => load_hub(bytes(hub)))) throw new Error('a hub can not be read');
    const sizes = team.hubs.map((_, n) => encode(n, team.now));
    const encode_ms = team.hubs.map((_, n) => many(() => encode(n, team.now)));
    done({ registers, heap_bytes, merge5_ms, encode_ms, sizes });
})().catch((error) => done({ error: String(error?.stack ?? error) }));";

fn print(all: &Value) {
    // A JSON value ignores the format width, so it is converted to a string first.
    let whole = |of: &Value, what: &str| of[what].to_string();
    let ms = |of: &Value, what: &str| of[what].as_f64().map_or(String::new(), |it| format!("{it:.1}"));
    eprintln!(
        "\n   3,000 chats, 5 devices    characters   merge of 5, ms   a shard, ms   the largest, ms   heap, KiB"
    );
    let baton = &all["baton"];
    let heap = baton["heap_bytes"].as_f64().unwrap_or(f64::NAN) / 1024.0;
    eprintln!(
        "   Baton, in Chromium      {:>12}{:>17}{:>14}{:>18}{heap:>12.0}",
        whole(baton, "chars"),
        ms(baton, "merge5_ms"),
        ms(baton, "encode_ms"),
        ms(baton, "encode_largest_ms"),
    );
    for name in RIVALS {
        let (what, of) = (format!("{name}, native"), &all[name]);
        eprintln!("   {what:<24}{:>12}{:>17}", whole(of, "chars"), ms(of, "merge5_ms"));
    }
    eprintln!("\n   chats  devices  characters  of {ROOM} bytes  writes a device and day");
    for row in all["growth"].as_array().into_iter().flatten() {
        eprintln!("{}", grown(row));
    }
    eprintln!("{}   scattered", grown(&all["scattered"]));
}

fn grown(row: &Value) -> String {
    let whole = |what: &str| row[what].to_string();
    let part = |what: &str| row[what].as_f64().map_or(String::new(), |it| format!("{it:.1}"));
    let full = row["full_since_day"].as_u64().map(|day| format!("   does not fit from day {day} on"));
    let disagree = row["disagree"].as_u64().filter(|count| *count > 0);
    let disagree = disagree.map(|count| format!("   the hubs disagree about {count} facts"));
    format!(
        "   {:>5}{:>9}{:>12}{:>15} %{:>24}{}{}",
        whole("chats"),
        whole("devices"),
        whole("chars"),
        part("percent"),
        part("writes_a_day"),
        full.unwrap_or_default(),
        disagree.unwrap_or_default(),
    )
}

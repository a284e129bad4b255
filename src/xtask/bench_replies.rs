//! `cargo xtask bench replies`: compares Baton's reply search with other search libraries for browsers, in speed and
//! relevance, on ten thousand replies.
//!
//! All searches run in one page of Chromium, Baton as the Wasm that is shipped, on the same replies and labelled
//! queries (see `tests/replies`). The other libraries' settings, with reasons, are in `tests/replies/rivals/rivals.js`.
//! A keystroke searches for a prefix of a query and ranks the best twenty results. Relevance is measured on all whole
//! queries. Keystroke time is measured on every eighth query, because some libraries need half a second for one. `cargo
//! xtask bench replies NAME` measures one search alone and writes nothing.
//!
//! Baton's memory is the growth of its Wasm memory while it prepares, including temporary memory. The other libraries'
//! memory is the growth of JavaScript's heap once they are prepared and garbage is collected. The other libraries get
//! no pinyin: their matches for pinyin queries are chance.

use std::fs;

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use baton_tests::harness::{Browser, Kind, Launch};
use serde_json::{Map, Value, json};

use crate::bench::{number, summary};
use crate::bench_sync::printed;
use crate::sh::{command, root, run_with, step};
use crate::{dist, setup};

/// The searches: the name in the page, and the name that is printed.
const SEARCHES: [(&str, &str); 5] = [
    ("baton", "Baton"),
    ("ufuzzy", "uFuzzy"),
    ("fzf", "fzf"),
    ("fuse", "Fuse.js"),
    ("match_sorter", "match-sorter"),
];
/// One in this many queries is typed letter by letter.
const TYPED: usize = 8;
/// How often preparing is measured.
const ROUNDS: usize = 9;

/// Measures all searches, prints the results, and writes `target/bench/replies.json`. A single search is only printed.
pub fn bench(only: Option<&str>) -> Result<()> {
    setup::compiler()?;
    setup::node_packages("src/xtask")?;
    setup::node_packages("tests/replies/rivals")?;
    setup::browsers()?;
    let replies = step("Ten thousand replies", || {
        printed(command("cargo", &["run", "--quiet", "--release", "-p", "baton-replies"]))
    })?;
    let script = page()?;
    let all = step("Finding them, in Chromium", || measure(&script, &replies, only))?;
    print(&all);
    if only.is_some() {
        return Ok(());
    }
    let folder = root().join("target/bench");
    fs::create_dir_all(&folder)?;
    Ok(fs::write(folder.join("replies.json"), format!("{all:#}\n"))?)
}

/// The page's script: the other libraries, and Baton's Wasm with its glue.
fn page() -> Result<String> {
    dist::compile(&["-p", "baton-replies", "--example", "finding"])?;
    let folder = root().join("target/finding");
    fs::create_dir_all(&folder)?;
    dist::bind("examples/finding.wasm", &folder, "finding")?;
    let wasm = folder.join("finding.wasm");
    dist::optimise(std::slice::from_ref(&wasm), "target/finding/optimised")?;
    let rivals = folder.join("rivals.js");
    let to = format!("--outfile={}", rivals.to_string_lossy());
    let args = [
        "tests/replies/rivals/rivals.js",
        "--bundle",
        "--minify",
        "--format=iife",
        "--log-level=warning",
        &to,
    ];
    run_with("src/xtask/node_modules/.bin/esbuild", &args, &[])?;
    let wasm = BASE64_STANDARD.encode(fs::read(&wasm)?);
    let (glue, rivals) = (fs::read_to_string(folder.join("finding.glue.js"))?, fs::read_to_string(rivals)?);
    Ok(format!(
        "const wasm = '{wasm}'; const glue = () => {{ {glue}\nreturn wasm_bindgen; }};\n{rivals}\n{PAGE}"
    ))
}

fn measure(script: &str, replies: &Value, only: Option<&str>) -> Result<Value> {
    let launch = Launch { proxy: None, package: None, language: "en", size: (800, 600), headless: true };
    let browser = Browser::start(Kind::Chromium, &launch)?;
    let ask = |script: &str, args: &[Value]| -> Result<Value> {
        let answer = browser.session.run_async(script, args)?;
        match answer["error"].as_str() {
            Some(error) => bail!("the page failed: {error}"),
            None => Ok(answer),
        }
    };
    // The browser's start page allows no Wasm.
    browser.session.go("about:blank")?;
    ask(script, core::slice::from_ref(replies))?;
    let heap = || -> Result<f64> {
        let cdp = |cmd: &str| browser.session.post("/goog/cdp/execute", json!({ "cmd": cmd, "params": {} }));
        cdp("HeapProfiler.collectGarbage")?;
        number(&cdp("Runtime.getHeapUsage")?["usedSize"])
    };
    let mut all = Map::new();
    for (name, _) in SEARCHES.into_iter().filter(|(name, _)| only.is_none_or(|it| it == *name)) {
        ask("measured.forget(...arguments)", &[])?;
        let before = heap()?;
        let made = ask("measured.make(...arguments)", &[json!(name), json!(ROUNDS)])?;
        let grown = heap()? - before;
        let (mut times, mut found) = (Vec::new(), Vec::new());
        let queries = replies["queries"].as_array().context("there are queries")?;
        // Queries run in small batches: the driver ends a script that runs for too long.
        for (n, query) in queries.iter().enumerate() {
            let typed = n % TYPED == 0;
            let answer = ask("measured.find(...arguments)", &[query["text"].clone(), json!(typed)])?;
            found.push(answer["found"].clone());
            for time in answer["times"].as_array().into_iter().flatten() {
                times.push(number(time)?);
            }
        }
        // Wasm memory is not part of JavaScript's heap.
        let heap = made["heap_bytes"].as_f64().unwrap_or(grown);
        all.insert(name.to_owned(), judged(queries, &found, times, heap, &made)?);
    }
    Ok(Value::Object(all))
}

/// The results of one search: its times, and the share of queries with a right reply on top.
fn judged(queries: &[Value], found: &[Value], times: Vec<f64>, heap: f64, made: &Value) -> Result<Value> {
    let mut kinds: Map<String, Value> = Map::new();
    let (mut top1, mut top5) = (0_usize, 0_usize);
    for (query, found) in queries.iter().zip(found) {
        let is_right = |index: &Value| query["right"].as_array().is_some_and(|right| right.contains(index));
        let found = found.as_array().context("a list of indices")?;
        let first = found.iter().position(is_right);
        let (is_first, is_near) = (first == Some(0), first.is_some_and(|at| at < 5));
        top1 += usize::from(is_first);
        top5 += usize::from(is_near);
        let kind = query["kind"].as_str().unwrap_or_default();
        let of_kind = kinds.entry(kind).or_insert(json!({ "queries": 0, "top1": 0, "top5": 0 }));
        for (what, count) in [("queries", true), ("top1", is_first), ("top5", is_near)] {
            of_kind[what] = json!(of_kind[what].as_u64().unwrap_or_default() + u64::from(count));
        }
    }
    let share = |count: usize| count as f64 / queries.len() as f64;
    let times = summary(times);
    let prepare = |what: &str| -> Result<Value> {
        let times = made[what].as_array().into_iter().flatten().map(number).collect::<Result<_>>()?;
        Ok(summary(times)["median"].clone())
    };
    Ok(json!({
        "median_ms": times["median"],
        "p99_ms": times["p99"],
        "top1": share(top1),
        "top5": share(top5),
        "heap_bytes": heap,
        "prepare_500_ms": prepare("prepare_500_ms")?,
        "prepare_10000_ms": prepare("prepare_10000_ms")?,
        "kinds": kinds,
    }))
}

/// The script that runs in the page. Preparing is measured first, because Wasm memory never shrinks and must not have
/// grown for another reason. Clocks in pages are coarse, so short steps are repeated until two milliseconds have
/// passed.
const PAGE: &str = "const [data, done] = arguments, wasm_bindgen = glue(), count = data.replies.length;
const timed = (work) => { const began = performance.now(); work(); return performance.now() - began; };
const many = (rounds, work) => Array.from({ length: rounds }, () => timed(work));
const searches = {
    baton: (rounds) => {
        const fields = ({ title, shortcut, body, folder, tags }) => [title, shortcut, body, folder, tags.join('\\n')];
        wasm_bindgen.load(data.characters, data.replies.flatMap(fields));
        const before = wasm_bindgen.heap_bytes();
        if (wasm_bindgen.prepare(count) !== count) throw new Error('some replies are missing');
        const heap_bytes = wasm_bindgen.heap_bytes() - before;
        const prepare_500_ms = many(rounds, () => wasm_bindgen.prepare(500));
        const prepare_10000_ms = many(rounds, () => wasm_bindgen.prepare(count));
        return { heap_bytes, prepare_500_ms, prepare_10000_ms,
            search: (query) => Array.from(wasm_bindgen.find(query, 20)).slice(0, -1) };
    },
};
for (const [name, make] of Object.entries(rivals)) {
    searches[name] = (rounds) => {
        const some = data.replies.slice(0, 500);
        const prepare_500_ms = many(rounds, () => make(some));
        const prepare_10000_ms = many(rounds, () => make(data.replies));
        return { prepare_500_ms, prepare_10000_ms, search: make(data.replies) };
    };
}
const keystroke = (query) => {
    let runs = 0, took = 0;
    while (took < 2) { took += timed(() => measured.search(query)); runs += 1; }
    return took / runs;
};
globalThis.measured = {
    forget: (done) => { measured.search = undefined; done({}); },
    make: (name, rounds, done) => {
        const { search, ...made } = searches[name](rounds);
        measured.search = search;
        // A warm-up, so that code compiled on its first run is compiled already.
        for (const query of ['parcel label', 'tk']) search(query);
        done(made);
    },
    find: (query, typed, done) => {
        const letters = Array.from(query);
        const times = typed ? letters.map((_, n) => keystroke(letters.slice(0, n + 1).join(''))) : [];
        done({ found: measured.search(query), times });
    },
};
const bytes = Uint8Array.from(atob(wasm), (letter) => letter.charCodeAt(0));
wasm_bindgen({ module_or_path: bytes }).then(() => done({}), (error) => done({ error: String(error?.stack ?? error) }));";

fn print(all: &Value) {
    let part = |of: &Value, what: &str, times: f64| of[what].as_f64().unwrap_or(f64::NAN) * times;
    eprintln!(
        "\n   10,000 replies     keystroke, ms      right one is     memory   prepare 500, 10,000\n   \
                              median      p99   first  in top 5      MB               ms       ms"
    );
    for (name, said) in SEARCHES.into_iter().filter(|(name, _)| all[name].is_object()) {
        let of = &all[name];
        eprintln!(
            "   {said:<14}{:>11.2}{:>9.2}{:>8.1}{:>10.1} %{:>8.1}{:>17.1}{:>9.1}",
            part(of, "median_ms", 1.0),
            part(of, "p99_ms", 1.0),
            part(of, "top1", 100.0),
            part(of, "top5", 100.0),
            part(of, "heap_bytes", 1e-6),
            part(of, "prepare_500_ms", 1.0),
            part(of, "prepare_10000_ms", 1.0),
        );
    }
    let kinds = all["baton"]["kinds"].as_object();
    eprintln!("\n   the right one first, of queries");
    for (kind, of) in kinds.into_iter().flatten() {
        let first =
            |(name, _): &(&str, &str)| format!("{:>13}", all[name]["kinds"][kind]["top1"].to_string());
        eprintln!(
            "   {kind:<12}{:>4}{}",
            of["queries"].to_string(),
            SEARCHES.iter().map(first).collect::<String>()
        );
    }
}

//! Measures a hub with a large team in a real browser: accepting an op, and starting.

use anyhow::{Context, Result, ensure};
use baton_core::id::TagId;
use baton_core::replica::Digests;
use baton_core::replica::shard::Items;
use baton_core::team::chat::{self, ChatKey};
use baton_core::wire::{Edits, FromHub, Hello, HelloAnswer, Op, OpDone, Registers, ToAll, ToHub};
use baton_tests::harness::{Agent, Kind, practice_page, until};
use baton_tests::whatsapp::Practice;
use serde_json::{Value, json};

/// How many ops are sent one after the other. The number is small enough to be encoded in one byte, see
/// [`acknowledgement`].
const OPS: u32 = 120;
/// How often the hub is started.
const WAKES: usize = 15;

/// Puts a team's items into a browser's sync storage and measures the hub, in milliseconds:
/// `{"op_ms":{"p50","p99"},"cold_ms":{"median","max"}}`.
pub fn measure(kind: Kind, items: &Items, registers: usize) -> Result<Value> {
    let practice = Practice::start(&practice_page(), 20)?;
    let agent = Agent::start(kind, &practice, "")?;
    agent.introduce("Ana Souza")?;
    let items: serde_json::Map<String, Value> =
        items.iter().map(|(name, text)| (name.clone(), json!(text))).collect();
    agent.storage("sync.set(arg)", Value::Object(items))?;
    until("the hub has taken in the team", || {
        let FromHub::All(ToAll::HelloAnswer(HelloAnswer::Welcome(welcome))) =
            FromHub::read(&hello(&agent)?.1).ok().context("no welcome")?
        else {
            return Ok(None);
        };
        let known = welcome.registers.decode().ok().context("no registers")?;
        Ok((known.len() >= registers).then_some(()))
    })?;
    let mut ops = ops(&agent)?;
    ops.sort_by(f64::total_cmp);
    let mut wakes = Vec::new();
    for _ in 0..WAKES {
        agent.browser.kill_hub()?;
        wakes.push(hello(&agent)?.0);
    }
    wakes.sort_by(f64::total_cmp);
    let at = |sorted: &[f64], part: usize| sorted[(sorted.len() * part / 100).min(sorted.len() - 1)];
    Ok(json!({
        "op_ms": { "p50": at(&ops, 50), "p99": at(&ops, 99) },
        "cold_ms": { "median": at(&wakes, 50), "max": at(&wakes, 100) },
    }))
}

/// Greets the hub on a new port. Returns how long the answer took, and the answer.
fn hello(agent: &Agent) -> Result<(f64, String)> {
    let hello: ToHub = Hello { account: None, session: "bench".to_owned(), known: Digests::default() }.into();
    let script = "const [hello, done] = arguments; const api = globalThis.browser ?? chrome; const began = performance.now(); \
        const port = api.runtime.connect({ name: 'baton' }); \
        port.onMessage.addListener((text) => { done({ ok: [performance.now() - began, text] }); port.disconnect(); }); \
        port.postMessage(hello);";
    let answer = agent.in_extension(script, json!(hello.write()))?;
    let took = answer[0].as_f64().context("no time")?;
    Ok((took, answer[1].as_str().unwrap_or_default().to_owned()))
}

/// Sends ops, waits for each acknowledgement, and returns the times.
fn ops(agent: &Agent) -> Result<Vec<f64>> {
    let op = |n: u32| {
        let [a, b, c, d] = n.to_be_bytes();
        let edits = chat::set_tag(ChatKey([a, b, c, d, 1]), TagId([1; 8]), n.is_multiple_of(2));
        ToHub::Op(Op { n, edits: Edits::encode(&edits) }).write()
    };
    let hello: ToHub =
        Hello { account: None, session: "bench ops".to_owned(), known: Digests::default() }.into();
    let messages: Vec<String> = (1..=OPS).map(op).collect();
    let script = "const [[hello, ops, acknowledged], done] = arguments; const api = globalThis.browser ?? chrome; \
        const port = api.runtime.connect({ name: 'baton' }); let began = 0; let at = -1; const took = []; \
        const next = () => { at += 1; \
            if (at === ops.length) { done({ ok: took }); port.disconnect(); } \
            else { began = performance.now(); port.postMessage(ops[at]); } }; \
        let greeted = false; \
        port.onMessage.addListener((text) => { \
            if (!greeted) { greeted = true; next(); } \
            else if (text.startsWith(acknowledged[at])) { took.push(performance.now() - began); setTimeout(next, 0); } }); \
        port.postMessage(hello);";
    let acknowledged: Vec<String> = (1..=OPS).map(acknowledgement).collect::<Result<_>>()?;
    let answer = agent.in_extension(script, json!([hello.write(), messages, acknowledged]))?;
    let took: Vec<f64> = serde_json::from_value(answer)?;
    ensure!(took.len() == OPS as usize, "{} of {OPS} ops were acknowledged", took.len());
    Ok(took)
}

/// The first characters of the message that acknowledges op `n`.
fn acknowledgement(n: u32) -> Result<String> {
    let text = FromHub::from(OpDone { n, stored: Ok(Registers::encode(&[])) }).write();
    // Four bytes: the format, the two enums that say the kind of message, and the number. Six characters hold them.
    Ok(text.get(..6).context("a message is longer")?.to_owned())
}

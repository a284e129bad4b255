//! Prints a team's month as JSON: what was published and the hubs that did, for a browser to measure, and how the size
//! grows with the team. On stderr it says what it does.

use std::io::Write;
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use baton_core::hub::{Quota, bytes_of};
use baton_core::id::TeamId;
use baton_core::team::chat::team_of_account;
use baton_core::wire::encode_saved;
use baton_reference::Size;
use baton_weigh::{Month, chars, replay, replay_every, writes_a_day};
use serde_json::{Value, json};

const CHATS: [usize; 4] = [300, 1_000, 3_000, 5_000];
const DEVICES: [usize; 4] = [2, 5, 10, 20];
/// After so many actions hubs merge here. Merging every 20 comes to nearly the same size, and takes ten times as long.
const SELDOM: usize = 200;

fn main() -> Result<()> {
    let account = std::env::args().nth(1).context("the account whose team it is")?;
    let team = team_of_account(&account);
    let (mut all, growth) = thread::scope(|scope| {
        let growth = scope.spawn(|| growth(team));
        (reference(team), growth.join())
    });
    let (growth, scattered) = growth.map_err(|_| anyhow!("a thread panicked"))??;
    if let Ok(all) = &mut all {
        all["growth"] = growth;
        all["scattered"] = scattered;
    }
    Ok(writeln!(std::io::stdout(), "{}", all?)?)
}

/// The month that every figure is given for.
fn reference(team: TeamId) -> Result<Value> {
    let begun = Instant::now();
    let progress = &mut |done, of| {
        if done * 10 / of > (done - 20) * 10 / of {
            eprintln!("   the reference: {} %", done * 100 / of);
        }
    };
    let Month { hubs, fresh, listing, now, .. } = replay(team, Size::REFERENCE, progress)?;
    eprintln!("   the reference: {} characters, {:.0} s", chars(&listing), begun.elapsed().as_secs_f64());
    let saved: Vec<String> =
        hubs.iter().map(|hub| BASE64_STANDARD.encode(encode_saved(hub.saved()))).collect();
    Ok(json!({
        "now": now,
        "chars": chars(&listing),
        "names": listing.items.keys().collect::<Vec<_>>(),
        "texts": listing.items.values().collect::<Vec<_>>(),
        "hubs": saved,
        "registers": fresh.registers().len(),
    }))
}

/// Months of all sizes, and one in which nothing about an action helps to guess the next.
fn growth(team: TeamId) -> Result<(Value, Value)> {
    let mut growth = Vec::new();
    for chats in CHATS {
        for devices in DEVICES {
            growth.push(grown(team, Size { chats, devices, ..Size::REFERENCE })?);
        }
    }
    let scattered = grown(team, Size { scattered: true, ..Size::REFERENCE })?;
    Ok((Value::Array(growth), scattered))
}

fn grown(team: TeamId, size: Size) -> Result<Value> {
    let begun = Instant::now();
    let what = format!(
        "{} chats, {} devices{}",
        size.chats,
        size.devices,
        if size.scattered { ", scattered" } else { "" }
    );
    let Month { listing, full_since, disagree, .. } = replay_every(SELDOM, team, size, &mut |_, _| {})?;
    let percent = bytes_of(&listing.items) as f64 * 100.0 / Quota::STORAGE_SYNC.total_bytes as f64;
    eprintln!(
        "   {what}: {} characters, {percent:.0} %, {:.0} s",
        chars(&listing),
        begun.elapsed().as_secs_f64()
    );
    if disagree > 0 {
        eprintln!("   the hubs disagree about {disagree} facts");
    }
    Ok(json!({
        "chats": size.chats,
        "devices": size.devices,
        "chars": chars(&listing),
        "percent": (percent * 10.0).round() / 10.0,
        "full_since_day": full_since,
        "disagree": disagree,
        "writes_a_day": (writes_a_day(size)? * 10.0).round() / 10.0,
    }))
}

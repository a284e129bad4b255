//! A team's month in hubs that publish through one transport.

use std::collections::VecDeque;

use anyhow::{Context, Result, ensure};
use baton_core::hub::{Hub, Listing, Plan};
use baton_core::id::{MemberId, TeamId};
use baton_core::map::Map;
use baton_core::replica::{Key, Register, Value};
use baton_core::wire::{Problem, Refusal};
use baton_reference::{Action, DAYS, START, Size, device, member, month};

/// How often all hubs may publish after the month before they have to be done.
const ROUNDS: usize = 20;
const MINUTE: u64 = 60_000;

/// What a month leaves behind.
#[derive(Debug)]
pub struct Month {
    /// The hubs, one a device.
    pub hubs: Vec<Hub>,
    /// One that was not there, and has adopted what they published.
    pub fresh: Hub,
    /// What they have published.
    pub listing: Listing,
    /// The end of it, in milliseconds since the epoch.
    pub now: u64,
    /// The day since which some device has not had room for what it knows, from 1. `None`: everything fits.
    pub full_since: Option<u32>,
    /// How many facts the hubs and whoever is new do not agree about. None, where everything fits.
    pub disagree: usize,
}

/// A month in which hubs adopt and publish every 20 actions, and at the end until nothing waits: all are the same then.
pub fn replay(team: TeamId, size: Size, progress: &mut dyn FnMut(usize, usize)) -> Result<Month> {
    let month = replay_every(20, team, size, progress)?;
    ensure!(month.full_since.is_none(), "a month of {size:?} does not fit");
    ensure!(month.disagree == 0, "the hubs disagree about {} facts", month.disagree);
    ensure!(!month.hubs.iter().any(Hub::is_waiting), "some hub still waits");
    Ok(month)
}

/// The same with so many actions in between, where it may turn out that not everything fits. `progress` is told how
/// many actions are done, and of how many.
pub fn replay_every(
    every: usize,
    team: TeamId,
    size: Size,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Month> {
    let actions = month(size);
    let mut hubs: Vec<Hub> = (0..size.devices).map(|n| Hub::new(team, device(n), member(n))).collect();
    let mut listing = Listing::default();
    let mut full = vec![None; size.devices];
    let (mut done, mut now) = (0, 0);
    for some in actions.chunks(every) {
        for action in some {
            done += 1;
            now = u64::from(action.minute) * MINUTE;
            let accepted = hubs[action.device].accept("replay", done, action.edits.clone(), now);
            accepted.map_err(|why: Refusal| anyhow::anyhow!("action {done} was refused: {why:?}"))?;
        }
        round(&mut hubs, &mut listing, now, &mut full);
        progress(done as usize, actions.len());
    }
    for _ in 0..ROUNDS {
        if !round(&mut hubs, &mut listing, now, &mut full) && !hubs.iter().any(Hub::is_waiting) {
            break;
        }
    }
    hubs.iter_mut().for_each(|hub| drop(hub.adopt(&listing, now)));
    let full_since = full.iter().flatten().min().copied();
    let mut fresh = Hub::new(team, device(hubs.len()), MemberId([9; 8]));
    fresh.adopt(&listing, now);
    let disagree = if full_since.is_none() { disagree(&hubs, &fresh) } else { 0 };
    Ok(Month { hubs, fresh, listing, now, full_since, disagree })
}

/// Every hub adopts, and publishes what it has. Whether any did. `full` says since which day a hub has had no room.
fn round(hubs: &mut [Hub], listing: &mut Listing, now: u64, full: &mut [Option<u32>]) -> bool {
    let mut published = false;
    for (hub, full) in hubs.iter_mut().zip(full) {
        hub.adopt(listing, now);
        let plan = hub.plan(listing, now);
        let is_full = hub.sync().problem == Some(Problem::Full);
        *full = if is_full { full.or(Some(day(now))) } else { None };
        if let Some(plan) = plan {
            plan.remove.iter().for_each(|name| drop(listing.items.remove(name)));
            listing.items.extend(plan.set.clone());
            hub.published(plan, now);
            published = true;
        }
    }
    published
}

/// The day of the month, from 1.
fn day(now: u64) -> u32 {
    ((now / MINUTE) as u32 - START) / (24 * 60) + 1
}

/// How many facts hubs have that whoever is new does not learn from what is published, or the other way round. That
/// something is *not* so is no fact: each hub forgets that in its own time.
fn disagree(hubs: &[Hub], fresh: &Hub) -> usize {
    let facts = |hub: &Hub| -> Map<Key, Register> {
        hub.registers().into_iter().filter(|(_, register)| !register.value.is_tombstone()).collect()
    };
    let known = facts(fresh);
    let differs = |hub: &Hub| {
        let theirs = facts(hub);
        let other = known.iter().filter(|(key, register)| theirs.get(key) != Some(register)).count();
        other + theirs.keys().filter(|key| !known.contains_key(key)).count()
    };
    hubs.iter().map(differs).sum()
}

/// How many characters a transport holds: names and texts.
pub fn chars(listing: &Listing) -> usize {
    listing.items.iter().map(|(name, text)| name.chars().count() + text.chars().count()).sum()
}

/// How often a device writes to the transport in a day of the month, on average, when it waits as long before each write
/// as its hub tells it to. What is done in one minute is spread over that minute.
pub fn writes_a_day(size: Size) -> Result<f64> {
    let actions = month(size);
    let mut writes = 0;
    for n in 0..size.devices {
        let mut times: VecDeque<u64> = moments(actions.iter().filter(|action| action.device == n)).into();
        // What it says does not matter to its pace, only that something waits.
        let mut hub = Hub::new(TeamId([1; 8]), device(n), member(n));
        let edit = (Key::Setting([1; 8]), Value::Flag(true));
        hub.accept("pace", 1, vec![edit], MINUTE).map_err(|why| anyhow::anyhow!("refused: {why:?}"))?;
        while let Some(first) = times.pop_front() {
            let mut due = first + hub.delay(first).context("it waits")?;
            // Those that come before it is due are written along, and may bring it forward.
            while let Some(next) = times.pop_front_if(|next| *next <= due) {
                due = due.min(next + hub.delay(next).context("it waits")?);
            }
            hub.published(Plan::default(), due);
            writes += 1;
        }
    }
    Ok(f64::from(writes) / size.devices as f64 / f64::from(DAYS))
}

fn moments<'a>(actions: impl Iterator<Item = &'a Action>) -> Vec<u64> {
    let minutes: Vec<u64> = actions.map(|action| u64::from(action.minute)).collect();
    let in_one = |minutes: &[u64]| -> Vec<u64> {
        let apart = MINUTE / minutes.len() as u64;
        minutes.iter().zip(0..).map(|(minute, place)| minute * MINUTE + place * apart).collect()
    };
    minutes.chunk_by(|a, b| a == b).flat_map(in_one).collect()
}

//! Publishing what this device wins, within its part of the room.
//!
//! **Room.** A transport that two devices fill at once while they do not hear of each other can end up beyond its quota,
//! and then nobody can write. So a device only grows into its share of what is free beyond what all others know of
//! already: if all, or four of many, did so at once, it would just be full. A reserve is left for what that leaves open,
//! for devices that nobody knows yet, and for saying that something was taken away.
//!
//! **Absences.** That a chat does *not* wear a tag is a register too, so that it wins against the older one that says it
//! does. Once every colleague has published a version that had taken it in, nobody publishes the older one any more. It
//! is then left out, three days after it was written: long enough for a device that has never published to come back after a weekend.

use super::{Colleague, Hub, Listing, Problem, Sync, Version, minute};
use crate::id::DeviceId;
use crate::replica::dense::{HOLE, Head};
use crate::replica::shard::{self, Items, TOTAL_BYTES, TOTAL_ITEMS};
use crate::replica::{Key, Minutes, Register};
use crate::team::chat::ChatKey;

/// What is left free for devices that are not known yet, in bytes.
const RESERVE: usize = 12 * 1_024;
/// How many devices are reckoned with that fill up at once without hearing of each other. A share for each of twenty
/// would be too small for the first shard of one that has much to say.
const AT_ONCE: usize = 4;
/// After how long a shard that the transport lost is published by whoever has it, in milliseconds. Its own device
/// usually is quicker; the later a device stands in the list, the longer it waits for the others.
const GRACE: u64 = 10 * 60 * 1_000;
/// For how long a device counts as one whose answer is waited for, in milliseconds.
const ACTIVE: u64 = 14 * 24 * 60 * 60 * 1_000;
/// How old an absence must be before it is left out, in minutes.
pub(super) const ABSENCE: Minutes = 3 * 24 * 60;
/// After how long a device says that it is still there, and what it has taken in, in milliseconds.
pub(super) const HEARTBEAT: u64 = 24 * 60 * 60 * 1_000;

/// What is to be written to the transport.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Items to set.
    pub set: Items,
    /// Items to remove afterwards.
    pub remove: Vec<String>,
    /// The version of our own shard in it, if any.
    version: Option<Version>,
}

impl Hub {
    /// What to write so that the transport holds what this device wins, and what others won and it has lost. `None` when
    /// it does, or when that does not fit.
    ///
    /// The hub must be on disk before the plan is carried out, since it may have used up a version: whether a write that
    /// was not acknowledged arrived, nobody knows.
    pub fn plan(&mut self, listing: &Listing, now: u64) -> Option<Plan> {
        let mut plan = Plan::default();
        if (self.is_waiting() || self.beats(now)) && !self.is_behind() && !self.newer {
            self.settle(ABSENCE, now);
            let (version, items) = self.next_version(now);
            let others = self.others(listing);
            let is_too_large = version.size > self.limit(&others, now) && !self.says_no_more(version.size);
            if is_too_large || !self.fits(&others, &items) {
                self.problem = Some(Problem::Full);
            } else {
                self.saved.seq = version.seq;
                self.saved.versions.push(version);
                let differs =
                    |(name, text): &(&String, &String)| self.saved.published.get(*name) != Some(*text);
                plan.set =
                    items.iter().filter(differs).map(|(name, text)| (name.clone(), text.clone())).collect();
                let unused = self.saved.published.keys().filter(|name| !items.contains_key(*name));
                plan.remove = unused.cloned().collect();
                plan.version = Some(version);
            }
        }
        self.bring_back(listing, now, &mut plan);
        self.clear_away(listing, &mut plan);
        // Counted before it is done: what is refused, or done and then never heard of, was a write as well.
        let writes = usize::from(!plan.set.is_empty()) + usize::from(!plan.remove.is_empty());
        (0..writes).for_each(|_| self.saved.pace.spend(now));
        (plan != Plan::default()).then_some(plan)
    }

    /// Whether edits of ours are not in the transport.
    pub fn is_waiting(&self) -> bool {
        self.saved.rewrite || self.saved.edited > self.saved.published_clock
    }

    /// Whether it is time to say that this device is still there. One that has never said anything has nothing to say.
    fn beats(&self, now: u64) -> bool {
        self.saved.seq > 0 && now.saturating_sub(self.saved.published_at) > HEARTBEAT
    }

    /// The items of our shard as a version of its own, which is used up by that.
    pub fn next_version(&mut self, now: u64) -> (Version, Items) {
        let seq = self.saved.seq.saturating_add(1);
        let registers = self.mine();
        let left_out = self.left_out();
        let colleagues = self.saved.colleagues.iter().filter(|(device, _)| self.retired(**device).is_none());
        let tables: Vec<(DeviceId, &[ChatKey])> =
            colleagues.map(|(device, known)| (*device, known.head.table.as_slice())).collect();
        let mut head = Head {
            at: minute(now),
            clock: self.saved.clock,
            heads: self.saved.colleagues.iter().map(|(device, known)| (*device, known.seq)).collect(),
            table_refs: Vec::new(),
            table: self.saved.chats.clone(),
        };
        head.introduce(&registers, &tables, &left_out);
        self.saved.chats.clone_from(&head.table);
        self.saved.holes = self.unspoken();
        for chat in head.table.iter_mut().filter(|chat| self.saved.holes.binary_search(chat).is_ok()) {
            *chat = HOLE;
        }
        let items = shard::items(
            self.team,
            self.saved.device,
            seq,
            &head.write(self.saved.device, &registers, &tables),
        );
        let version = Version { seq, size: shard::bytes_of(&items), clock: self.saved.edited };
        (version, items)
    }

    /// The chats that colleagues left out of their tables and that we know from earlier versions of these, sorted.
    fn left_out(&mut self) -> Vec<ChatKey> {
        for (device, known) in &self.saved.colleagues {
            if self.left_out.get(device).is_some_and(|(seq, _)| *seq == known.seq) {
                continue;
            }
            let published = shard::read(self.team, *device, &known.items).ok();
            let published = published.and_then(|(_, bytes)| Some(Head::read(&bytes).ok()?.0.table));
            let places = published.unwrap_or_default().into_iter().zip(&known.head.table);
            let left_out = places.filter(|(published, known)| *published == HOLE && **known != HOLE);
            self.left_out.insert(*device, (known.seq, left_out.map(|(_, known)| *known).collect()));
        }
        let mut all: Vec<ChatKey> = self.left_out.values().flat_map(|(_, chats)| chats).copied().collect();
        all.sort_unstable();
        all
    }

    /// Leaves out absences that no colleague needs any more and that are older than `age`, in minutes.
    fn settle(&mut self, age: Minutes, now: u64) {
        let needless = self.needless_by(age, now);
        let ours = self.mine().into_iter().filter(|(_, register)| needless(register));
        let mut ours: Vec<Key> = ours.map(|(key, _)| key).collect();
        if ours.is_empty() {
            return;
        }
        // Devices that are not waited for any more may still publish what the absence is there for.
        for (device, known) in &self.saved.colleagues {
            if self.retired(*device).is_none() && now.saturating_sub(known.heard) >= ACTIVE {
                match self.registers_of(*device, known) {
                    Ok(theirs) => ours.retain(|key| !theirs.iter().any(|(it, _)| it == key)),
                    Err(_) => ours.clear(),
                }
            }
        }
        let forgotten = self.saved.document.retain(|key, _| ours.binary_search(key).is_err());
        if forgotten > 0 {
            self.merge_again(now);
        }
    }

    /// Leaves out all absences that no colleague needs any more, however young: for when there is no room.
    pub fn tidy(&mut self, now: u64) {
        self.settle(0, now);
        self.saved.rewrite = true;
    }

    /// How many absences of ours no colleague needs any more.
    pub(super) fn needless(&self, now: u64) -> usize {
        let needless = self.needless_by(0, now);
        self.mine().iter().filter(|(_, register)| needless(register)).count()
    }

    /// Tells absences that every active colleague has taken in and that are older than `age`, in minutes.
    fn needless_by(&self, age: Minutes, now: u64) -> impl Fn(&Register) -> bool + use<> {
        let settled = self.acknowledged(now, true).map(|version| version.clock);
        // What was ahead of a colleague's clock when it published was not merged there, whatever version it had taken in.
        let reached = self.active(now).map(|known| known.head.at).min().unwrap_or(Minutes::MAX);
        let latest = minute(now).saturating_sub(age).min(reached);
        move |Register { value, stamp }| {
            value.is_absence()
                && stamp.tick <= latest
                && settled.is_some_and(|settled| stamp.moment() <= settled)
        }
    }

    /// The registers that this device publishes: those it wins, and those of retired devices that it stands in for.
    pub(super) fn mine(&self) -> Vec<(Key, Register)> {
        // A team has thousands of registers, and few devices: each is asked about once.
        let mut asked: Vec<(DeviceId, bool)> = Vec::new();
        let mut carries = |device| match asked.iter().find(|it| it.0 == device) {
            Some((_, carries)) => *carries,
            None => {
                let carries = self.carries(device);
                asked.push((device, carries));
                carries
            }
        };
        let mine = self.saved.document.iter().filter(|(_, register)| carries(register.stamp.device));
        mine.map(|(key, register)| (*key, register.clone())).collect()
    }

    /// The last version of ours that every active colleague has taken in: `all` of them, or those that know of us at
    /// all. Alone, it is the last one.
    fn acknowledged(&self, now: u64, all: bool) -> Option<Version> {
        let me = self.saved.device;
        let seen = |known: &Colleague| {
            known.head.heads.iter().find(|(device, _)| *device == me).map_or(0, |(_, seq)| *seq)
        };
        let least = self.active(now).map(seen).filter(|seq| all || *seq > 0).min().unwrap_or(self.saved.seq);
        self.saved.versions.iter().rev().find(|version| version.seq <= least).copied()
    }

    fn active(&self, now: u64) -> impl Iterator<Item = &Colleague> {
        self.saved
            .colleagues
            .iter()
            .filter(move |(device, known)| {
                self.retired(**device).is_none() && now.saturating_sub(known.heard) < ACTIVE
            })
            .map(|(_, known)| known)
    }

    /// How many bytes this device may take.
    pub(super) fn limit(&self, others: &Listing, now: u64) -> usize {
        let acknowledged = self.acknowledged(now, false);
        let known = acknowledged.map_or(0, |version| version.seq);
        let since =
            self.saved.versions.iter().filter(|version| version.seq >= known).map(|version| version.size);
        let settled = if acknowledged.is_some() { since.min().unwrap_or(0) } else { 0 };
        // A colleague's shard that is lost or late takes its room all the same.
        let mut all = others.items.clone();
        for (device, known) in &self.saved.colleagues {
            if self.is_wanted(*device) {
                all.extend(known.items.clone());
            } else if self.saved.carried.contains(device) {
                // What takes its place is ours.
                let prefix = shard::prefix(self.team, *device);
                all.retain(|name, _| !name.starts_with(&prefix));
            }
        }
        let taken = shard::bytes_of(&all) + others.rest;
        let free = (TOTAL_BYTES - RESERVE).saturating_sub(taken + settled);
        settled + free / (1 + self.active(now).count()).min(AT_ONCE)
    }

    /// Whether a version of this size says no more than what is published, if it is a little larger all the same: that
    /// something is gone must be said before it takes no room any more, and what was taken in before colleagues can leave
    /// out theirs. The reserve has room for that; each fact can be taken away but once.
    fn says_no_more(&self, size: usize) -> bool {
        if size > shard::bytes_of(&self.saved.published) + RESERVE / AT_ONCE {
            return false;
        }
        if !self.is_waiting() {
            return true;
        }
        let head = Head { table: self.saved.chats.clone(), ..Head::default() };
        let published = Colleague { items: self.saved.published.clone(), head, ..Colleague::default() };
        let worth = |registers: &[(Key, Register)]| {
            registers.iter().filter(|(_, register)| !register.value.is_absence()).count()
        };
        self.registers_of(self.saved.device, &published)
            .is_ok_and(|before| worth(&self.mine()) < worth(&before))
    }

    pub(super) fn others(&self, listing: &Listing) -> Listing {
        let prefix = shard::prefix(self.team, self.saved.device);
        let items = listing.items.iter().filter(|(name, _)| !name.starts_with(&prefix));
        Listing {
            items: items.map(|(name, text)| (name.clone(), text.clone())).collect(),
            rest: listing.rest,
        }
    }

    fn fits(&self, others: &Listing, more: &Items) -> bool {
        let mut all = others.items.clone();
        all.extend(more.clone());
        all.len() <= TOTAL_ITEMS && shard::bytes_of(&all) + others.rest <= TOTAL_BYTES
    }

    /// Colleagues' shards that the transport lost, byte for byte.
    fn bring_back(&self, listing: &Listing, now: u64, plan: &mut Plan) {
        let devices: Vec<&DeviceId> = self.saved.colleagues.keys().collect();
        let place = devices.iter().filter(|device| ***device < self.saved.device).count() as u64;
        for (device, known) in &self.saved.colleagues {
            // What is there may be a later version that comes in parts, its manifest last, or waits for a colleague's
            // table, and all that is left of its device.
            let there = shard::of_device(self.team, *device, &listing.items);
            let is_ours = |(name, text): (&String, &String)| known.items.get(name) == Some(text);
            let patience = match shard::manifest_of(self.team, *device, &there) {
                Some(manifest) if manifest.seq < known.seq => 0,
                Some(manifest) if manifest.seq > known.seq => {
                    if shard::read(self.team, *device, &there).is_ok() { 2 * HEARTBEAT } else { HEARTBEAT }
                }
                _ if there.iter().all(is_ours) => 0,
                _ => HEARTBEAT,
            };
            let patience = patience + GRACE * (1 + place);
            if known.lost == 0 || now.saturating_sub(known.lost) < patience || !self.is_wanted(*device) {
                continue;
            }
            let mut all = listing.clone();
            for name in there.keys() {
                all.items.remove(name);
            }
            all.items.extend(plan.set.clone());
            if self.fits(&all, &known.items) {
                plan.set.extend(known.items.clone());
            }
        }
    }

    /// The chats of our table of which no register is left anywhere, sorted.
    fn unspoken(&self) -> Vec<ChatKey> {
        let mut chats: Vec<ChatKey> = self.saved.chats.clone();
        chats.sort_unstable();
        let mut spoken = vec![false; chats.len()];
        for chat in self.saved.document.iter().filter_map(|(key, _)| Some(key.chat()?.number())) {
            if let Ok(at) = chats.binary_search_by_key(&chat, |it| it.number()) {
                spoken[at] = true;
            }
        }
        chats.into_iter().zip(spoken).filter(|(_, is_spoken)| !is_spoken).map(|(chat, _)| chat).collect()
    }

    /// The plan was carried out at `now` (milliseconds since the epoch).
    pub fn published(&mut self, plan: Plan, now: u64) {
        let prefix = shard::prefix(self.team, self.saved.device);
        if let Some(version) = plan.version {
            self.saved.published.retain(|name, _| !plan.remove.contains(name));
            self.saved.published.extend(plan.set.into_iter().filter(|(name, _)| name.starts_with(&prefix)));
            self.saved.published_clock = version.clock;
            self.saved.published_at = now;
            self.saved.rewrite = false;
            self.problem = None;
        }
        let known = self.acknowledged(now, true).map_or(0, |version| version.seq);
        self.saved.versions.retain(|version| version.seq >= known);
        self.synced_at = now;
    }

    /// The transport refused to write or to be read.
    pub fn refused(&mut self) {
        self.problem = Some(Problem::Refused);
    }

    /// The transport was read.
    pub fn heard(&mut self) {
        let waiting = self.is_waiting();
        self.problem.take_if(|problem| *problem == Problem::Refused && !waiting);
    }

    /// How long to wait before publishing, in milliseconds; `None` when nothing waits.
    pub fn delay(&mut self, now: u64) -> Option<u64> {
        let pace = self.saved.pace.delay(now);
        let lost =
            self.saved.colleagues.iter().any(|(device, known)| known.lost > 0 && self.is_wanted(*device));
        // Of what would end these is heard, mostly.
        let is_stuck = self.problem.is_some() || self.is_behind();
        if self.newer || !self.is_waiting() {
            let beats = self.beats(now) && !self.newer;
            let clears = !is_stuck && !self.newer && self.leftover.iter().any(|it| self.is_done_with(*it));
            return match () {
                () if clears => Some(pace),
                () if lost || beats && is_stuck => Some(pace.max(GRACE)),
                () => beats.then_some(pace),
            };
        }
        Some(match self.problem {
            // Only devices of the team make room, and that is heard of; or one that was silent for long is not waited for.
            Some(Problem::Full) => pace.max(6 * GRACE),
            _ if is_stuck => pace.max(60_000),
            _ => pace,
        })
    }

    /// How sync is doing.
    pub fn sync(&self) -> Sync {
        Sync {
            waiting: self.is_waiting(),
            at: self.synced_at,
            used: u32::try_from(self.used).unwrap_or(u32::MAX),
            limit: TOTAL_BYTES as u32,
            unreadable: self.unreadable.len() as u32,
            problem: if self.newer { Some(Problem::Newer) } else { self.problem },
        }
    }

    /// Everything that a packet carries: our shard as it is now, and those of all colleagues.
    pub fn pack(&mut self, now: u64) -> Items {
        let mut items = if self.is_waiting() && !self.is_behind() && !self.newer {
            let (version, items) = self.next_version(now);
            self.saved.seq = version.seq;
            self.saved.versions.push(version);
            // The transport must not hold another content under this number.
            self.saved.rewrite = true;
            items
        } else {
            self.saved.published.clone()
        };
        for (_, known) in self.saved.colleagues.iter().filter(|(device, _)| self.is_wanted(**device)) {
            items.extend(known.items.clone());
        }
        items
    }
}

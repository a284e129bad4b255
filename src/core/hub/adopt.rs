//! Taking in what others published.

use super::{Colleague, Hub, Listing, minute};
use crate::chat::ChatKey;
use crate::id::DeviceId;
use crate::map::Map;
use crate::replica::dense::{HOLE, Head, Use};
use crate::replica::shard::{self, Items, Manifest, Unreadable};
use crate::replica::{Document, Key, Register};
use crate::wire::Problem;

/// How many conflicts are remembered, and for how long in milliseconds.
const CONFLICTS: (usize, u64) = (50, 24 * 60 * 60 * 1_000);

/// For how long a later version of ours that can't be read is waited for, in milliseconds.
const PATIENCE: u64 = 30 * 60 * 1_000;

/// Two people wrote the same fact without knowing of each other, one of them here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// When it was noticed, in milliseconds since the epoch.
    pub at: u64,
    /// Which fact.
    pub key: Key,
    /// What stands.
    pub kept: Register,
    /// What lost.
    pub lost: Register,
}

/// A shard that is new to us.
struct Candidate {
    manifest: Manifest,
    head: Head,
    bytes: Vec<u8>,
    /// Where the registers begin.
    at: usize,
    items: Items,
}

impl Hub {
    /// Takes in everything that the transport holds at `now`, in milliseconds since the epoch, and returns the
    /// registers that changed.
    ///
    /// Items that are gone are not forgotten: colleagues' are kept, ours are published again.
    pub fn adopt(&mut self, listing: &Listing, now: u64) -> Vec<(Key, Register)> {
        self.own_table(&listing.items, now);
        let mut changed = self.take_in(&listing.items, now);
        changed.extend(self.own(&listing.items, now));
        self.miss(&listing.items, now);
        let used = shard::bytes_of(&listing.items) + listing.rest;
        if used < self.used {
            // Somebody made room: there is nothing to wait for.
            self.problem.take_if(|problem| *problem == Problem::Full);
        }
        self.used = used;
        self.synced_at = now;
        changed
    }

    /// Takes in shards of colleagues, wherever they come from, and returns the registers that changed. In whatever
    /// order and however often they come, the result is the same.
    pub fn take_in(&mut self, items: &Items, now: u64) -> Vec<(Key, Register)> {
        self.unreadable.clear();
        let candidates = self.candidates(items);
        let mut changed = Vec::new();
        for (device, candidate) in &candidates {
            match self.read(*device, candidate, &candidates) {
                Ok(registers) => changed.extend(self.merge(*device, candidate, registers, now)),
                Err(why) => self.unreadable.push((*device, why)),
            }
        }
        changed
    }

    /// The shards that we have not taken in, as far as they can be read alone.
    fn candidates(&mut self, items: &Items) -> Map<DeviceId, Candidate> {
        let mut devices: Vec<DeviceId> =
            items.keys().filter_map(|name| shard::device_of(self.team, name)).collect();
        devices.extend(self.colleagues.iter().filter(|(_, known)| known.ahead).map(|(device, _)| *device));
        devices.sort_unstable();
        devices.dedup();
        let mut candidates = Map::new();
        for device in devices.into_iter().filter(|device| *device != self.device) {
            match self.candidate(device, items) {
                Ok(candidate) => drop(candidate.map(|candidate| candidates.insert(device, candidate))),
                Err(why) => self.unreadable.push((device, why)),
            }
        }
        candidates
    }

    fn candidate(&self, device: DeviceId, items: &Items) -> Result<Option<Candidate>, Unreadable> {
        let known = self.colleagues.get(&device);
        let mut items = shard::of_device(self.team, device, items);
        let prefix = shard::prefix(self.team, device);
        let manifest = items.get(&format!("{prefix}0")).map(|text| Manifest::read(text)).transpose()?;
        let seq = known.map_or(0, |known| known.seq);
        if manifest.is_none_or(|manifest| manifest.seq <= seq) {
            let ours = known.and_then(|known| shard::manifest_of(self.team, device, &known.items));
            if let (Some(theirs), Some(ours)) = (manifest, ours)
                && theirs.seq == ours.seq
                && theirs.hash != ours.hash
            {
                return Err(Unreadable::Forked);
            }
            match known {
                // What was ahead of our clock may have been reached.
                Some(known) if known.ahead => items = known.items.clone(),
                _ if manifest.is_none() && known.is_none() => return Err(Unreadable::Incomplete),
                _ => return Ok(None),
            }
        }
        let (manifest, bytes) = shard::read(self.team, device, &items)?;
        let (mut head, rest) = Head::read(&bytes).map_err(|_| Unreadable::Corrupt)?;
        let at = bytes.len() - rest.len();
        if let Some(known) = known {
            head.table = overlaid(&known.head.table, &head.table).ok_or(Unreadable::Forked)?;
        }
        // Parts that are no longer used may still lie there; they are not a part of this version.
        let is_part = |name: &String| (0..=manifest.parts).any(|part| *name == format!("{prefix}{part}"));
        let items = items.into_iter().filter(|(name, _)| is_part(name)).collect();
        Ok(Some(Candidate { manifest, head, bytes, at, items }))
    }

    fn read(
        &self,
        device: DeviceId,
        candidate: &Candidate,
        candidates: &Map<DeviceId, Candidate>,
    ) -> Result<Vec<(Key, Register)>, Unreadable> {
        // A later version may have cut the parts out of a table that this one left standing, never the other way.
        let table = |device: DeviceId| -> Option<&[ChatKey]> {
            if device == self.device {
                return Some(&self.chats);
            }
            let fresh = candidates.get(&device).map(|it| it.head.table.as_slice());
            fresh.or_else(|| Some(self.colleagues.get(&device)?.head.table.as_slice()))
        };
        let tables: Option<Vec<&[ChatKey]>> =
            candidate.head.uses.iter().map(|used| table(used.device)).collect();
        let tables = tables.ok_or(Unreadable::Incomplete)?;
        candidate.head.registers(device, &candidate.bytes[candidate.at..], &tables)
    }

    fn merge(
        &mut self,
        device: DeviceId,
        candidate: &Candidate,
        registers: Vec<(Key, Register)>,
        now: u64,
    ) -> Vec<(Key, Register)> {
        let Candidate { manifest, head, items, .. } = candidate;
        // What a retired device publishes after it was retired is void; its table others may still use.
        let is_void = self.retired(device).is_some_and(|last| manifest.seq > last);
        let mut changed = Vec::new();
        let (mut ahead, mut again) = (false, false);
        if !is_void {
            self.see(head, now);
            again = self.forget_with(device, &registers);
            // A colleague speaks of a chat that we had left out: who is new could not know which.
            let spoken = |(key, _): &(Key, Register)| {
                key.chat().is_some_and(|chat| self.holes.binary_search(&chat).is_ok())
            };
            self.rewrite |= registers.iter().any(spoken);
            let outcome = self.document.merge_all(registers, minute(now));
            ahead = outcome.ahead;
            self.note_conflicts(device, head, &outcome.won, &outcome.lost, now);
            for (key, register, _) in outcome.won {
                self.clock.see(register.stamp);
                changed.push((key, register));
            }
        }
        let known = Colleague {
            seq: manifest.seq,
            items: items.clone(),
            head: head.clone(),
            ahead,
            heard: now,
            lost: 0,
        };
        self.colleagues.insert(device, known);
        self.changed = true;
        if again {
            changed.extend(self.merge_again(now));
        }
        changed
    }

    /// Takes note of how late it is for a colleague, unless that is absurdly late, and of which version of ours it knows:
    /// a disk from a backup may not.
    fn see(&mut self, head: &Head, now: u64) {
        if let Some((_, seq)) = head.heads.iter().find(|(device, _)| *device == self.device) {
            self.seq = self.seq.max(*seq);
        }
        if head.clock.tick <= minute(now).saturating_add(crate::replica::Clock::TOLERANCE) {
            self.clock = self.clock.max(head.clock);
        }
    }

    /// Forgets absences that their own writer has given up: see [`super::publish`]. What shows is the same.
    fn forget_with(&mut self, device: DeviceId, registers: &[(Key, Register)]) -> bool {
        let mut kept: Vec<Key> = registers.iter().map(|(key, _)| *key).collect();
        kept.sort_unstable();
        let forgotten = self.document.retain(|key, register| {
            register.stamp.device != device || !register.value.is_absence() || kept.binary_search(key).is_ok()
        });
        forgotten > 0
    }

    /// Merges all shards once more: what an absence had beaten that is now forgotten stands again, here as everywhere.
    pub(super) fn merge_again(&mut self, now: u64) -> Vec<(Key, Register)> {
        let mut changed = Vec::new();
        for (device, known) in &self.colleagues {
            if let Ok(registers) = self.registers_of(*device, known) {
                let outcome = self.document.merge_all(registers, minute(now));
                changed.extend(outcome.won.into_iter().map(|(key, register, _)| (key, register)));
            }
        }
        changed
    }

    /// The registers of a shard that we hold.
    pub(super) fn registers_of(
        &self,
        device: DeviceId,
        known: &Colleague,
    ) -> Result<Vec<(Key, Register)>, Unreadable> {
        let (_, bytes) = shard::read(self.team, device, &known.items)?;
        let (head, rest) = Head::read(&bytes).map_err(|_| Unreadable::Corrupt)?;
        let head = Head { table: known.head.table.clone(), ..head };
        let table = |device: DeviceId| -> Option<&[ChatKey]> {
            if device == self.device {
                Some(&self.chats)
            } else {
                Some(self.colleagues.get(&device)?.head.table.as_slice())
            }
        };
        let tables: Option<Vec<&[ChatKey]>> = head.uses.iter().map(|used| table(used.device)).collect();
        head.registers(device, rest, &tables.ok_or(Unreadable::Incomplete)?)
    }

    /// Notes what two people wrote without knowing of each other. Colleagues' conflicts among themselves are theirs.
    fn note_conflicts(
        &mut self,
        device: DeviceId,
        head: &Head,
        won: &[(Key, Register, Option<Register>)],
        lost: &[(Key, Register)],
        now: u64,
    ) {
        let me = self.device;
        let seen = head.heads.iter().find(|(known, _)| *known == me).map_or(0, |(_, seq)| *seq);
        let seen =
            self.versions.iter().rev().find(|version| version.seq <= seen).map(|version| version.clock);
        let unseen =
            |ours: &Register| ours.stamp.device == me && seen.is_none_or(|seen| ours.stamp.moment() > seen);
        let mut conflicts = Vec::new();
        for (key, theirs, ours) in won {
            if let Some(ours) = ours.as_ref().filter(|ours| unseen(ours) && ours.value != theirs.value) {
                conflicts.push(Conflict { at: now, key: *key, kept: theirs.clone(), lost: ours.clone() });
            }
        }
        for (key, theirs) in lost.iter().filter(|(_, theirs)| theirs.stamp.device == device) {
            if let Some(ours) =
                self.document.get(key).filter(|ours| unseen(ours) && ours.value != theirs.value)
            {
                conflicts.push(Conflict { at: now, key: *key, kept: ours.clone(), lost: theirs.clone() });
            }
        }
        self.conflicts.extend(conflicts);
        let (most, age) = CONFLICTS;
        self.conflicts.retain(|conflict| now.saturating_sub(conflict.at) < age);
        let excess = self.conflicts.len().saturating_sub(most);
        self.conflicts.drain(..excess);
    }

    /// If the transport holds a later version of ours than we know, this profile wrote it before its disk was brought
    /// back from a backup. Its chat table is ours, and colleagues speak by it.
    fn own_table(&mut self, items: &Items, now: u64) {
        let later = self.later_own(items).and_then(|_| shard::read(self.team, self.device, items).ok());
        if let Some((_, bytes)) = later
            && let Ok((head, _)) = Head::read(&bytes)
        {
            self.chats = overlaid(&self.chats, &head.table).unwrap_or_else(|| head.table.clone());
            self.see(&head, now);
        }
    }

    fn later_own(&self, items: &Items) -> Option<Manifest> {
        shard::manifest_of(self.team, self.device, items).filter(|manifest| manifest.seq > self.seq)
    }

    /// Compares what the transport holds of ours with what we put there.
    fn own(&mut self, items: &Items, now: u64) -> Vec<(Key, Register)> {
        let since = core::mem::take(&mut self.behind);
        let mine = shard::of_device(self.team, self.device, items);
        if mine == self.published {
            return Vec::new();
        }
        let mut changed = Vec::new();
        let mut rewrite = !self.document.is_empty();
        if let Some(manifest) = self.later_own(&mine) {
            match self.read_own(&mine) {
                Ok(registers) => {
                    registers.iter().for_each(|(_, register)| self.clock.see(register.stamp));
                    let outcome = self.document.merge_all(registers.clone(), minute(now));
                    changed = outcome.won.into_iter().map(|(key, register, _)| (key, register)).collect();
                    // If it is all that we would publish, there is nothing to write.
                    rewrite = registers.len() != self.mine().len() || outcome.ahead;
                    self.seq = manifest.seq;
                }
                Err(Unreadable::Newer) => {
                    // This profile went back to an older Baton, which must not write over what the later one wrote.
                    self.behind = now.max(1);
                    return Vec::new();
                }
                Err(Unreadable::Incomplete | Unreadable::Forked)
                    if since == 0 || now.saturating_sub(since) < PATIENCE =>
                {
                    // What is missing may come, and to write over it would lose what it holds.
                    self.behind = if since == 0 { now.max(1) } else { since };
                    self.changed |= since == 0;
                    return Vec::new();
                }
                // Whoever took in the real one has said which version that was: see [`Hub::see`].
                Err(_) => {}
            }
        }
        // Otherwise it was wiped, rolled back or half written: what this device wins has to be there in full.
        self.rewrite = rewrite;
        self.published = mine;
        self.changed = true;
        changed
    }

    fn read_own(&self, mine: &Items) -> Result<Vec<(Key, Register)>, Unreadable> {
        let (_, bytes) = shard::read(self.team, self.device, mine)?;
        let (head, rest) = Head::read(&bytes).map_err(|_| Unreadable::Corrupt)?;
        let table = |used: &Use| Some(self.colleagues.get(&used.device)?.head.table.as_slice());
        let tables: Option<Vec<&[ChatKey]>> = head.uses.iter().map(table).collect();
        Head { table: self.chats.clone(), ..head.clone() }.registers(
            self.device,
            rest,
            &tables.ok_or(Unreadable::Incomplete)?,
        )
    }

    /// Notes which colleagues' shards the transport has lost.
    fn miss(&mut self, items: &Items, now: u64) {
        for (_, known) in self.colleagues.iter_mut() {
            let is_there = known.items.iter().all(|(name, text)| items.get(name) == Some(text));
            known.lost = if is_there {
                0
            } else if known.lost == 0 {
                now.max(1)
            } else {
                known.lost
            };
        }
    }

    /// The registers as a document of their own.
    pub fn document(&self) -> &Document {
        &self.document
    }
}

/// A table after a later version of it: what the later one leaves out stays known. `None` if they contradict each other.
fn overlaid(before: &[ChatKey], after: &[ChatKey]) -> Option<Vec<ChatKey>> {
    let agree = before.iter().zip(after).all(|(a, b)| a == b || *a == HOLE || *b == HOLE);
    if !agree {
        return None;
    }
    let mut table = after.to_vec();
    for (place, chat) in before.iter().enumerate() {
        match table.get_mut(place) {
            Some(after) if *after == HOLE => *after = *chat,
            Some(_) => {}
            None => table.push(*chat),
        }
    }
    Some(table)
}

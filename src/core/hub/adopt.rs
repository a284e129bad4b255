//! Taking in what others published.

use super::publish::{ABSENCE, HEARTBEAT};
use super::retirement::Contradiction;
use super::{Colleague, Hub, Listing, Problem, minute};
use crate::id::DeviceId;
use crate::map::Map;
use crate::replica::dense::{HOLE, Head, TableRef};
use crate::replica::shard::{self, Items, Manifest, Unreadable};
use crate::replica::{Document, Key, Minutes, Register, Value};
use crate::team::chat::ChatKey;

/// How many conflicts are remembered, and for how long in milliseconds.
const CONFLICTS: (usize, u64) = (50, 24 * 60 * 60 * 1_000);

/// For how long a later version of ours that can't be read is waited for, in milliseconds.
const PATIENCE: u64 = 30 * 60 * 1_000;
/// The same for one that a colleague has: longer than the colleague waits before it puts that in the place of the rest
/// of a later one.
const HEARD: u64 = HEARTBEAT / 4 * 5;
/// The same for one that is there as a whole: longer than for one that only a colleague has, and not so long that
/// colleagues put an older one in its place meanwhile.
const WHOLE: u64 = HEARTBEAT / 4 * 7;

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

/// How many bytes all shards together may be when they are taken in. A team has a few hundred thousand; what says nothing
/// at great length takes hardly any room before it is read.
const ROOM: usize = 16 << 20;

/// What there is of a device.
enum Found {
    /// Nothing that we have not taken in.
    Known,
    New(Candidate),
    /// It contradicts what the same device published before: its disk was brought back from a backup, or copied.
    Forked(Candidate),
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
        self.own(&listing.items, now);
        let changed = self.take_in(&listing.items, now);
        self.miss(&listing.items, now);
        let is_there = |device: &&DeviceId| !shard::of_device(self.team, **device, &listing.items).is_empty();
        self.leftover = self.saved.carried.iter().filter(is_there).copied().collect();
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
        self.regain_table(items);
        let mut changed = Vec::new();
        let (candidates, forked) = self.candidates(items);
        let mut contradictions = Vec::new();
        let mut room = ROOM;
        for (device, candidate) in &candidates {
            match self.read(*device, candidate, &candidates) {
                Ok(registers) if !takes(&mut room, &registers) => {
                    self.unreadable.push((*device, Unreadable::Corrupt));
                }
                Ok(registers) if self.contradicts(*device, &candidate.head, &registers) => {
                    let (device, seq) = (*device, candidate.manifest.seq);
                    contradictions.push(Contradiction { device, seq, registers });
                }
                Ok(registers) => changed.extend(self.merge(*device, candidate, registers, now)),
                Err(why) => self.unreadable.push((*device, why)),
            }
        }
        for (device, candidate) in forked {
            let registers = self.read(device, &candidate, &candidates).unwrap_or_default();
            contradictions.push(Contradiction { device, seq: candidate.manifest.seq, registers });
        }
        changed.extend(self.regain(items, now));
        changed.extend(self.part(contradictions, now));
        changed
    }

    /// The shards that we have not taken in, as far as they can be read alone, and those that contradict an earlier one.
    fn candidates(&mut self, items: &Items) -> (Map<DeviceId, Candidate>, Vec<(DeviceId, Candidate)>) {
        let mut devices: Vec<DeviceId> =
            items.keys().filter_map(|name| shard::device_of(self.team, name)).collect();
        devices
            .extend(self.saved.colleagues.iter().filter(|(_, known)| known.ahead).map(|(device, _)| *device));
        devices.sort_unstable();
        devices.dedup();
        let (mut candidates, mut forked) = (Map::new(), Vec::new());
        for device in devices.into_iter().filter(|device| *device != self.saved.device) {
            match self.candidate(device, items) {
                Ok(Found::New(candidate)) => drop(candidates.insert(device, candidate)),
                Ok(Found::Forked(candidate)) if self.retired(device).is_none() => {
                    forked.push((device, candidate));
                }
                Ok(Found::Forked(_) | Found::Known) => {}
                Err(why) => self.unreadable.push((device, why)),
            }
        }
        (candidates, forked)
    }

    fn candidate(&self, device: DeviceId, items: &Items) -> Result<Found, Unreadable> {
        let known = self.saved.colleagues.get(&device);
        let mut items = shard::of_device(self.team, device, items);
        let prefix = shard::prefix(self.team, device);
        let manifest = items.get(&format!("{prefix}0")).map(|text| Manifest::read(text)).transpose()?;
        let seq = known.map_or(0, |known| known.seq);
        let ours = known.and_then(|known| shard::manifest_of(self.team, device, &known.items));
        let is_same_number = manifest.zip(ours).is_some_and(|(theirs, ours)| theirs.seq == ours.seq);
        let mut is_forked = is_same_number && manifest != ours;
        if !is_forked && manifest.is_none_or(|manifest| manifest.seq <= seq) {
            match known {
                // What was ahead of our clock may have been reached.
                Some(known) if known.ahead => items = known.items.clone(),
                _ if manifest.is_none() && known.is_none() => return Err(Unreadable::Incomplete),
                _ => return Ok(Found::Known),
            }
        }
        let (manifest, bytes) = shard::read(self.team, device, &items)?;
        let (mut head, rest) = Head::read(&bytes).map_err(|_| Unreadable::Corrupt)?;
        let at = bytes.len() - rest.len();
        if let Some(known) = known {
            // Tables only grow.
            let is_longer = head.table.len() >= known.head.table.len();
            match overlaid(&known.head.table, &head.table).filter(|_| is_longer) {
                Some(table) => head.table = table,
                None => is_forked = true,
            }
        }
        // Parts that are no longer used may still lie there; they are not a part of this version.
        let is_part = |name: &String| (0..=manifest.parts).any(|part| *name == format!("{prefix}{part}"));
        let items = items.into_iter().filter(|(name, _)| is_part(name)).collect();
        let candidate = Candidate { manifest, head, bytes, at, items };
        Ok(if is_forked { Found::Forked(candidate) } else { Found::New(candidate) })
    }

    fn read(
        &self,
        device: DeviceId,
        candidate: &Candidate,
        candidates: &Map<DeviceId, Candidate>,
    ) -> Result<Vec<(Key, Register)>, Unreadable> {
        // A later version may have cut the parts out of a table that this one left standing, never the other way.
        let table = |device: DeviceId| -> Option<&[ChatKey]> {
            if device == self.saved.device {
                return Some(&self.saved.chats);
            }
            let fresh = candidates.get(&device).map(|it| it.head.table.as_slice());
            fresh.or_else(|| Some(self.saved.colleagues.get(&device)?.head.table.as_slice()))
        };
        let tables: Option<Vec<&[ChatKey]>> =
            candidate.head.table_refs.iter().map(|used| table(used.device)).collect();
        let tables = tables.ok_or(Unreadable::Incomplete)?;
        candidate.head.registers(device, &candidate.bytes[candidate.at..], &tables)
    }

    /// Whether a later version does without a fact that its device had published, although nothing that we know of took
    /// its place, and it is too young to have been left out with what did: the device does not know that it said so.
    fn contradicts(&self, device: DeviceId, head: &Head, registers: &[(Key, Register)]) -> bool {
        // What is ahead of our clock may be what took its place.
        let is_ahead = self.saved.colleagues.values().any(|known| known.ahead);
        let is_known = self.saved.colleagues.contains_key(&device) && self.knows(head) && !is_ahead;
        if !is_known || self.retired(device).is_some() {
            return false;
        }
        let mut kept: Vec<&Key> = registers.iter().map(|(key, _)| key).collect();
        kept.sort_unstable();
        self.saved.document.iter().any(|(key, Register { value, stamp })| {
            stamp.device == device
                && !value.is_absence()
                && stamp.tick.saturating_add(ABSENCE) > head.at
                && kept.binary_search(&key).is_err()
        })
    }

    fn merge(
        &mut self,
        device: DeviceId,
        candidate: &Candidate,
        registers: Vec<(Key, Register)>,
        now: u64,
    ) -> Vec<(Key, Register)> {
        let Candidate { manifest, head, items, .. } = candidate;
        // What a retired device published comes from whoever stands in for it; its table others may still use.
        let carries = self.carries(device);
        let is_void = self.retired(device).is_some() && !carries;
        let mut changed = Vec::new();
        let (mut ahead, mut again) = (false, false);
        if is_void {
            // But who retired whom counts, or two that retire each other would never hear of it.
            let mut registers = registers;
            registers.retain(|(key, _)| matches!(key, Key::DeviceRetired(_)));
            let outcome = self.saved.document.merge_all(registers, minute(now));
            self.stand_in_too(&outcome.won);
            changed.extend(outcome.won.into_iter().map(|(key, register, _)| (key, register)));
        } else {
            self.see(head, now);
            let keys: Vec<Key> = registers.iter().map(|(key, _)| *key).collect();
            let said = if self.saved.carried.is_empty() { Vec::new() } else { registers.clone() };
            // A colleague speaks of a chat that we had left out: who is new could not know which.
            let spoken =
                |key: &Key| key.chat().is_some_and(|chat| self.saved.holes.binary_search(&chat).is_ok());
            self.saved.rewrite |= keys.iter().any(spoken);
            let outcome = self.saved.document.merge_all(registers, minute(now));
            self.stand_in_too(&outcome.won);
            ahead = outcome.ahead;
            self.saved.rewrite |= carries && !outcome.won.is_empty();
            let left = self.left_to(device, &said);
            self.saved.rewrite |= !left.is_empty();
            self.saved.carried.retain(|name| !left.contains(name));
            again = self.knows(head) && self.forget_with(device, keys);
            self.note_conflicts(device, head, &outcome.won, &outcome.lost, now);
            for (key, register, _) in outcome.won {
                self.saved.clock.see(register.stamp);
                changed.push((key, register));
            }
        }
        // One that is read again, since it was ahead of our clock, was heard of before.
        let before = self.saved.colleagues.get(&device).filter(|known| known.seq == manifest.seq);
        let (heard, lost) = before.map_or((now, 0), |known| (known.heard, known.lost));
        self.changed |= before.is_none_or(|known| known.ahead != ahead) || !changed.is_empty();
        let known =
            Colleague { seq: manifest.seq, items: items.clone(), head: head.clone(), ahead, heard, lost };
        let was_behind = self.is_behind();
        self.saved.colleagues.insert(device, known);
        self.fall_behind(was_behind, now);
        if again {
            changed.extend(self.merge_again(now));
        }
        changed
    }

    /// Takes note of how late it is for a colleague, unless that is absurdly late.
    fn see(&mut self, head: &Head, now: u64) {
        if head.clock.tick <= minute(now).saturating_add(crate::replica::Clock::TOLERANCE) {
            self.saved.clock = self.saved.clock.max(head.clock);
        }
    }

    /// Whether we have taken in all that the writer of a shard had: then nothing is on its way that explains what is no
    /// longer in it.
    fn knows(&self, head: &Head) -> bool {
        head.heads.iter().all(|(device, seq)| {
            *device == self.saved.device
                || self.retired(*device).is_some()
                || self.saved.colleagues.get(device).is_some_and(|known| known.seq >= *seq)
        })
    }

    /// Forgets what its own writer has given up: something else won, or it was an absence that nobody needs any more (see
    /// [`super::publish`]). A shard is all that its writer wins, so whoever comes later does not hear of the rest either.
    fn forget_with(&mut self, device: DeviceId, mut kept: Vec<Key>) -> bool {
        kept.sort_unstable();
        let writes = |of: DeviceId| self.chain(of).last() == Some(device);
        // A team has few devices: a list that is gone through is quicker than sorting one entry for every register.
        let mut writers: Vec<DeviceId> = Vec::new();
        for device in self.saved.document.iter().map(|(_, it)| it.stamp.device) {
            if !writers.contains(&device) {
                writers.push(device);
            }
        }
        writers.retain(|of| *of != self.saved.device && !self.carries(*of) && writes(*of));
        let forgotten = self.saved.document.retain(|key, register| {
            !writers.contains(&register.stamp.device) || kept.binary_search(key).is_ok()
        });
        forgotten > 0
    }

    /// Merges all shards once more: what an absence had beaten that is now forgotten stands again, here as everywhere.
    pub(super) fn merge_again(&mut self, now: u64) -> Vec<(Key, Register)> {
        let mut changed = Vec::new();
        for (device, known) in &self.saved.colleagues {
            if self.retired(*device).is_some() {
                continue;
            }
            if let Ok(registers) = self.registers_of(*device, known) {
                let outcome = self.saved.document.merge_all(registers, minute(now));
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
            if device == self.saved.device {
                Some(&self.saved.chats)
            } else {
                Some(self.saved.colleagues.get(&device)?.head.table.as_slice())
            }
        };
        let tables: Option<Vec<&[ChatKey]>> = head.table_refs.iter().map(|used| table(used.device)).collect();
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
        let me = self.saved.device;
        let seen = head.heads.iter().find(|(known, _)| *known == me).map_or(0, |(_, seq)| *seq);
        let seen =
            self.saved.versions.iter().rev().find(|version| version.seq <= seen).map(|version| version.clock);
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
                self.saved.document.get(key).filter(|ours| unseen(ours) && ours.value != theirs.value)
            {
                conflicts.push(Conflict { at: now, key: *key, kept: ours.clone(), lost: theirs.clone() });
            }
        }
        self.saved.conflicts.extend(conflicts);
        let (most, age) = CONFLICTS;
        self.saved.conflicts.retain(|conflict| now.saturating_sub(conflict.at) < age);
        let excess = self.saved.conflicts.len().saturating_sub(most);
        self.saved.conflicts.drain(..excess);
    }

    /// Compares what the transport holds of ours with what we put there.
    fn own(&mut self, items: &Items, now: u64) {
        let mine = shard::of_device(self.team, self.saved.device, items);
        self.newer = shard::is_newer(self.team, self.saved.device, items);
        if self.newer {
            // It is no version of ours to go on from, and what we published before is what to compare with.
            return;
        }
        if mine != self.saved.published {
            // Wiped, rolled back, half written, or written by this profile before its disk was brought back from a backup.
            let was_behind = self.is_behind();
            let manifest = |items: &Items| shard::manifest_of(self.team, self.saved.device, items);
            let (before, there) = (manifest(&self.saved.published), manifest(&mine));
            if there.is_some_and(|there| there.seq == self.saved.seq) && there != before {
                // It has the number of our last one and may say something else: a disk that was brought back can use a
                // number again before it hears of that.
                self.saved.seq = self.saved.seq.saturating_sub(1);
            }
            self.saved.published = mine;
            self.saved.rewrite = !self.saved.document.is_empty();
            self.changed = true;
            self.fall_behind(was_behind, now);
        }
    }

    /// The last version of ours that a colleague has taken in.
    fn last_heard(&self) -> u32 {
        let heads = self.saved.colleagues.values().flat_map(|known| &known.head.heads);
        heads.filter(|(device, _)| *device == self.saved.device).map(|(_, seq)| *seq).max().unwrap_or(0)
    }

    /// The last version of ours that there is or was. One that is greater than what we know of was published by this
    /// profile before its disk was brought back from a backup.
    fn last_seen(&self) -> u32 {
        shard::seq_of(self.team, self.saved.device, &self.saved.published).max(self.last_heard())
    }

    /// Whether we have published what we do not know of any more. Until it is found nothing else may take its place.
    pub(super) fn is_behind(&self) -> bool {
        self.last_seen() > self.saved.seq
    }

    /// From now on is counted how long a later version of ours is waited for.
    fn fall_behind(&mut self, was_behind: bool, now: u64) {
        if !was_behind && self.is_behind() {
            self.saved.behind = now;
            self.changed = true;
        }
    }

    /// A later version of our own shard than we know of, if it is there as a whole.
    fn later_own(&self, items: &Items) -> Option<(Manifest, Vec<u8>)> {
        let read = || shard::read(self.team, self.saved.device, items).ok();
        self.is_behind().then(read)?.filter(|(manifest, _)| manifest.seq > self.saved.seq)
    }

    /// Its chat table is ours, and colleagues speak by it.
    fn regain_table(&mut self, items: &Items) {
        if let Some((_, bytes)) = self.later_own(items)
            && let Ok((head, _)) = Head::read(&bytes)
        {
            self.saved.chats = overlaid(&self.saved.chats, &head.table).unwrap_or(head.table);
        }
    }

    /// Takes in a later version of our own shard than we know of. One that does not come, or can't be read, is given up
    /// in time: see [`Hub::renew`].
    fn regain(&mut self, items: &Items, now: u64) -> Vec<(Key, Register)> {
        self.astray = false;
        if let Some((manifest, bytes)) = self.later_own(items)
            && let Ok((head, rest)) = Head::read(&bytes)
        {
            // A colleague's table can be read before what it says of chats can.
            let table = |used: &TableRef| match self.candidate(used.device, items) {
                Ok(Found::New(candidate)) => candidate.head.table,
                _ => self
                    .saved
                    .colleagues
                    .get(&used.device)
                    .map_or_else(Vec::new, |known| known.head.table.clone()),
            };
            let tables: Vec<Vec<ChatKey>> = head.table_refs.iter().map(table).collect();
            let tables: Vec<&[ChatKey]> = tables.iter().map(Vec::as_slice).collect();
            if let Ok(registers) = head.registers(self.saved.device, rest, &tables) {
                self.see(&head, now);
                self.saved.seq = manifest.seq;
                self.changed = true;
                // They were accepted here, whatever our clock says now.
                let there: Map<Key, Register> = registers.iter().cloned().collect();
                let outcome = self.saved.document.merge_all(registers, Minutes::MAX);
                let mine = self.mine();
                // If it lies in the transport and is all that we would publish, there is nothing to write.
                self.saved.rewrite = shard::manifest_of(self.team, self.saved.device, &self.saved.published)
                    != Some(manifest)
                    || mine.len() != there.len()
                    || mine.iter().any(|(key, register)| there.get(key) != Some(register));
                let changed = outcome.won.into_iter().map(|(key, register, _)| (key, register));
                let changed: Vec<(Key, Register)> = changed.collect();
                changed.iter().for_each(|(_, register)| self.saved.clock.see(register.stamp));
                return changed;
            }
        }
        if !self.is_behind() {
            return Vec::new();
        }
        // It is no damage if a colleague has taken it in, or if it is there as a whole and waits for a colleague's table.
        // That colleague may itself wait for what does not come, and began later: it must give up first, or what is
        // there would be lost here and, by our next version, everywhere.
        let patience = if self.later_own(items).is_some() {
            WHOLE
        } else if self.last_heard() > self.saved.seq {
            HEARD
        } else {
            PATIENCE
        };
        if now.saturating_sub(self.saved.behind) < patience {
            return Vec::new();
        }
        // Without a table of chats that colleagues know, none of them could read what we go on to say.
        self.astray = self.saved.seq == 0;
        if !self.astray {
            self.saved.seq = self.last_seen();
            self.changed = true;
        }
        Vec::new()
    }

    /// Notes which colleagues' shards the transport has lost.
    fn miss(&mut self, items: &Items, now: u64) {
        for (device, known) in self.saved.colleagues.iter_mut() {
            // What a colleague's later version of Baton published took the place of what we have, and is not ours to undo.
            let is_there = shard::is_newer(self.team, *device, items)
                || known.items.iter().all(|(name, text)| items.get(name) == Some(text));
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
        &self.saved.document
    }
}

/// Takes what registers need from the room that is left; false: it is not enough.
pub(super) fn takes(room: &mut usize, registers: &[(Key, Register)]) -> bool {
    let texts = registers.iter().map(|(_, register)| match &register.value {
        Value::Text(text) | Value::Holder(_, text) => text.len(),
        Value::Unknown(bytes) => bytes.len(),
        _ => 0,
    });
    let left = room.checked_sub(texts.sum::<usize>() + size_of_val(registers));
    *room = left.unwrap_or(*room);
    left.is_some()
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

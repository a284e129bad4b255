//! Adopting the shards of other devices.

use super::contents::{self, decode_head};
use super::retirement::Contradiction;
use super::tombstones::MIN_AGE;
use super::{Colleague, Contents, Hub, Listing, bytes_of, minute};
use crate::id::DeviceId;
use crate::map::Map;
use crate::replica::dense::{HOLE, Head};
use crate::replica::shard::{self, Items, Manifest, Unreadable};
use crate::replica::{Document, Key, Register, Value};
use crate::team::chat::ChatKey;

/// The most bytes that all shards together may take when they are decoded. A team needs a few hundred thousand. A hostile
/// shard can be small, and decode to very much.
const DECODED_LIMIT: usize = 16 << 20;

/// The shard of another device, compared with the version that we have adopted.
pub(super) enum Found {
    /// There is nothing new.
    Known,
    /// There is a later version.
    New(Candidate),
    /// It contradicts an earlier version of the same device: its disk was brought back from a backup, or copied.
    Forked(Candidate),
}

/// A version of a shard that may be adopted.
pub(super) struct Candidate {
    seq: u32,
    /// Its head. Holes in the chat table are filled from the version that we have adopted.
    pub(super) head: Head,
    /// The chats of these holes.
    left_out: Vec<ChatKey>,
    body: Body,
    items: Items,
}

/// The registers of a candidate.
enum Body {
    /// The bytes of the shard, and where in them the registers begin.
    Encoded(Vec<u8>, usize),
    /// Those of the adopted version, which are merged again.
    Decoded(Vec<(Key, Register)>),
}

/// The shards among some items that we have not adopted.
#[derive(Default)]
struct Candidates {
    /// Those whose head can be decoded.
    new: Map<DeviceId, Candidate>,
    /// Those that contradict an earlier version.
    forked: Vec<(DeviceId, Candidate)>,
    /// The devices whose shards can't be read, and why.
    unreadable: Vec<(DeviceId, Unreadable)>,
}

impl Hub {
    /// Adopts everything that the transport holds at `now`, in milliseconds since the epoch, and returns the registers
    /// that changed.
    ///
    /// Items that are gone are not forgotten. The shards of colleagues are kept, and ours is published again.
    pub fn adopt(&mut self, listing: &Listing, now: u64) -> Vec<(Key, Register)> {
        self.compare_own_items(&listing.items, now);
        let changed = self.take_in(&listing.items, now);
        self.note_lost(&listing.items, now);
        let is_there = |device: &&DeviceId| !shard::of_device(self.team, **device, &listing.items).is_empty();
        let leftover = self.saved.carried.iter().filter(is_there).copied().collect();
        self.saved.transport.observed.leftover = leftover;
        self.saved.transport.note_read(bytes_of(&listing.items) + listing.rest, now);
        changed
    }

    /// Adopts shards of colleagues from the transport or from a packet, and returns the registers that changed. The
    /// order of calls does not matter, and neither does repetition.
    pub fn take_in(&mut self, items: &Items, now: u64) -> Vec<(Key, Register)> {
        self.recover_table(items);
        let mut changed = Vec::new();
        let Candidates { new, forked, mut unreadable } = self.candidates(items);
        let mut contradictions = Vec::new();
        let mut room = DECODED_LIMIT;
        for (device, candidate) in &new {
            match self.decode(*device, candidate, &new) {
                Ok(registers) if !takes(&mut room, &registers) => {
                    unreadable.push((*device, Unreadable::Corrupt));
                }
                Ok(registers) if self.contradicts(*device, &candidate.head, &registers) => {
                    let (device, seq) = (*device, candidate.seq);
                    contradictions.push(Contradiction { device, seq, registers });
                }
                Ok(registers) => changed.extend(self.merge(*device, candidate, registers, now)),
                Err(why) => unreadable.push((*device, why)),
            }
        }
        for (device, candidate) in forked {
            let registers = self.decode(device, &candidate, &new).unwrap_or_default();
            contradictions.push(Contradiction { device, seq: candidate.seq, registers });
        }
        self.saved.transport.observed.unreadable = unreadable;
        changed.extend(self.recover(items, now));
        changed.extend(self.retire_contradicting(contradictions, now));
        changed
    }

    /// The shards that we have not adopted.
    fn candidates(&self, items: &Items) -> Candidates {
        let mut devices: Vec<DeviceId> =
            items.keys().filter_map(|name| shard::device_of(self.team, name)).collect();
        devices
            .extend(self.saved.colleagues.iter().filter(|(_, known)| known.ahead).map(|(device, _)| *device));
        devices.sort_unstable();
        devices.dedup();
        let mut all = Candidates::default();
        for device in devices.into_iter().filter(|device| *device != self.saved.device) {
            match self.candidate(device, items) {
                Ok(Found::New(candidate)) => drop(all.new.insert(device, candidate)),
                Ok(Found::Forked(candidate)) if self.retired(device).is_none() => {
                    all.forked.push((device, candidate));
                }
                Ok(Found::Forked(_) | Found::Known) => {}
                Err(why) => all.unreadable.push((device, why)),
            }
        }
        all
    }

    /// Compares a device's shard with the version that we have adopted.
    pub(super) fn candidate(&self, device: DeviceId, items: &Items) -> Result<Found, Unreadable> {
        let known = self.saved.colleagues.get(&device);
        let items = shard::of_device(self.team, device, items);
        let prefix = shard::prefix(self.team, device);
        let manifest = items.get(&format!("{prefix}0")).map(|text| Manifest::read(text)).transpose()?;
        let seq = known.map_or(0, |known| known.seq);
        let ours = known.and_then(|known| shard::manifest_of(self.team, device, &known.items));
        let is_same_number = manifest.zip(ours).is_some_and(|(theirs, ours)| theirs.seq == ours.seq);
        let mut is_forked = is_same_number && manifest != ours;
        if !is_forked && manifest.is_none_or(|manifest| manifest.seq <= seq) {
            match known {
                // Our clock may have reached the registers that were ahead of it.
                Some(known) if known.ahead => return known.candidate().map(Found::New),
                _ if manifest.is_none() && known.is_none() => return Err(Unreadable::Incomplete),
                _ => return Ok(Found::Known),
            }
        }
        let (manifest, bytes) = shard::read(self.team, device, &items)?;
        let (mut head, bytes, at) = decode_head(bytes)?;
        let mut left_out = Vec::new();
        if let Some(known) = known {
            // Tables only grow.
            let is_longer = head.table.len() >= known.head.table.len();
            match overlaid(&known.head.table, &head.table).filter(|_| is_longer) {
                Some(table) => {
                    left_out = contents::left_out(&head.table, &table);
                    head.table = table;
                }
                None => is_forked = true,
            }
        }
        // Parts of an earlier, longer version may still be there. They are not kept.
        let is_part = |name: &String| (0..=manifest.parts).any(|part| *name == format!("{prefix}{part}"));
        let items = items.into_iter().filter(|(name, _)| is_part(name)).collect();
        let candidate =
            Candidate { seq: manifest.seq, head, left_out, body: Body::Encoded(bytes, at), items };
        Ok(if is_forked { Found::Forked(candidate) } else { Found::New(candidate) })
    }

    /// Decodes the registers of a candidate, with the tables of the other candidates and of the adopted versions.
    fn decode<'a>(
        &'a self,
        device: DeviceId,
        candidate: &Candidate,
        others: &'a Map<DeviceId, Candidate>,
    ) -> Result<Vec<(Key, Register)>, Unreadable> {
        // A later version of a table resolves all that an earlier one does. The reverse is not true.
        let newer = |device| Some(others.get(&device)?.head.table.as_slice());
        match &candidate.body {
            Body::Encoded(bytes, at) => self.decode_registers(device, &candidate.head, &bytes[*at..], newer),
            Body::Decoded(registers) => Ok(registers.clone()),
        }
    }

    /// Whether a later version lacks a register that its device had published, although nothing that we know of replaced
    /// it, and it is too young for a tombstone that replaced it to have been dropped as well. Then the device has
    /// forgotten that it wrote the register.
    fn contradicts(&self, device: DeviceId, head: &Head, registers: &[(Key, Register)]) -> bool {
        // A register that is ahead of our clock may have replaced it.
        let is_ahead = self.saved.colleagues.values().any(|known| known.ahead);
        let is_known =
            self.saved.colleagues.contains_key(&device) && self.has_adopted_heads(head) && !is_ahead;
        if !is_known || self.retired(device).is_some() {
            return false;
        }
        let mut kept: Vec<&Key> = registers.iter().map(|(key, _)| key).collect();
        kept.sort_unstable();
        self.saved.document.iter().any(|(key, Register { value, stamp })| {
            stamp.device == device
                && !value.is_tombstone()
                && stamp.tick.saturating_add(MIN_AGE) > head.at
                && kept.binary_search(&key).is_err()
        })
    }

    /// Merges the registers of a candidate, which becomes the adopted version of its device. Returns the registers that
    /// changed.
    fn merge(
        &mut self,
        device: DeviceId,
        candidate: &Candidate,
        registers: Vec<(Key, Register)>,
        now: u64,
    ) -> Vec<(Key, Register)> {
        let Candidate { seq, head, left_out, items, .. } = candidate;
        let contents = Contents { left_out: left_out.clone(), registers: Some(registers.clone()) };
        let carries = self.carries(device);
        // The registers of a retired device come from the device that stands in for it. Others may still use its table,
        // so its shard is adopted all the same.
        let is_void = self.retired(device).is_some() && !carries;
        let mut changed = Vec::new();
        let (mut ahead, mut has_forgotten) = (false, false);
        if is_void {
            // Retirements count all the same: otherwise two devices that retire each other would never learn of it.
            let mut registers = registers;
            registers.retain(|(key, _)| matches!(key, Key::DeviceRetired(_)));
            let outcome = self.saved.document.merge_all(registers, minute(now));
            self.stand_in_too(&outcome.won);
            changed.extend(outcome.won.into_iter().map(|(key, register, _)| (key, register)));
        } else {
            self.advance_clock(head, now);
            let keys: Vec<Key> = registers.iter().map(|(key, _)| *key).collect();
            // A device for which this one only now begins to stand in is not taken over by the same version.
            let published = contents.registers.as_deref().filter(|_| !self.saved.carried.is_empty());
            let published = published.unwrap_or_default();
            // A colleague mentions a chat that we had left out of our table. A new device could not resolve it.
            let is_left_out =
                |key: &Key| key.chat().is_some_and(|chat| self.saved.left_out.binary_search(&chat).is_ok());
            self.saved.transport.rewrite |= keys.iter().any(is_left_out);
            let outcome = self.saved.document.merge_all(registers, minute(now));
            self.stand_in_too(&outcome.won);
            ahead = outcome.ahead;
            let taken_over = self.taken_over_by(device, published);
            self.saved.transport.rewrite |= carries && !outcome.won.is_empty() || !taken_over.is_empty();
            self.saved.carried.retain(|name| !taken_over.contains(name));
            has_forgotten = self.has_adopted_heads(head) && self.forget_dropped(device, keys);
            self.note_conflicts(device, head, &outcome, now);
            for (key, register, _) in outcome.won {
                self.saved.clock.see(register.stamp);
                changed.push((key, register));
            }
        }
        // A version that is merged again, since it was ahead of our clock, was adopted before.
        let before = self.saved.colleagues.get(&device).filter(|known| known.seq == *seq);
        let adopted_at = before.map_or(now, |known| known.adopted_at);
        self.changed |= before.is_none_or(|known| known.ahead != ahead) || !changed.is_empty();
        if before.is_none() {
            self.saved.transport.lost.remove(&device);
        }
        let known = Colleague {
            seq: *seq,
            items: items.clone(),
            contents: Some(contents),
            head: head.clone(),
            ahead,
            adopted_at,
        };
        let was_behind = self.is_behind();
        self.saved.colleagues.insert(device, known);
        self.note_behind(was_behind, now);
        if has_forgotten {
            changed.extend(self.merge_again(now));
        }
        changed
    }

    /// Whether we have adopted all versions that the writer of a shard had adopted. Then no shard that is still on its
    /// way can explain why a register is missing.
    fn has_adopted_heads(&self, head: &Head) -> bool {
        head.heads.iter().all(|(device, seq)| {
            *device == self.saved.device
                || self.retired(*device).is_some()
                || self.saved.colleagues.get(device).is_some_and(|known| known.seq >= *seq)
        })
    }

    /// Forgets the registers of `device` that its shard does not contain any more, and returns whether there were any.
    /// `kept` are the keys of the shard. Either another register won, or it was a tombstone that nobody needs any more (see
    /// [`super::tombstones`]). A shard contains all that its writer wins, so a new device does not learn of them either.
    fn forget_dropped(&mut self, device: DeviceId, mut kept: Vec<Key>) -> bool {
        kept.sort_unstable();
        let writes = |of: DeviceId| self.successors(of).last() == Some(device);
        // A team has few devices: searching a short list is faster than sorting an entry for each register.
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

    /// Merges all adopted shards once more, and returns the registers that changed. After a tombstone was forgotten, a
    /// register that it had beaten wins again, here as on every other device.
    pub(super) fn merge_again(&mut self, now: u64) -> Vec<(Key, Register)> {
        let mut changed = Vec::new();
        for (device, known) in &self.saved.colleagues {
            if self.retired(*device).is_some() {
                continue;
            }
            if let Some(registers) = known.registers() {
                let outcome = self.saved.document.merge_all(registers.to_vec(), minute(now));
                changed.extend(outcome.won.into_iter().map(|(key, register, _)| (key, register)));
            }
        }
        changed
    }

    /// Notes which colleagues' shards the transport does not hold any more.
    fn note_lost(&mut self, items: &Items, now: u64) {
        for (device, known) in &self.saved.colleagues {
            // A shard that a later version of Baton published is not lost: we must not publish an older one over it.
            let is_there = shard::is_newer(self.team, *device, items)
                || known.items.iter().all(|(name, text)| items.get(name) == Some(text));
            self.saved.transport.note_presence(*device, is_there, now);
        }
    }

    /// All registers, as a document.
    pub fn document(&self) -> &Document {
        &self.saved.document
    }
}

impl Colleague {
    /// The decoded registers. `None`: they are not decoded yet, or refer to a table that we do not have.
    pub(super) fn registers(&self) -> Option<&[(Key, Register)]> {
        self.contents.as_ref()?.registers.as_deref()
    }

    /// The adopted version as a candidate, to merge it again.
    fn candidate(&self) -> Result<Candidate, Unreadable> {
        let registers = self.registers().ok_or(Unreadable::Incomplete)?.to_vec();
        Ok(Candidate {
            seq: self.seq,
            head: self.head.clone(),
            left_out: self.contents.as_ref().map(|it| it.left_out.clone()).unwrap_or_default(),
            body: Body::Decoded(registers),
            items: self.items.clone(),
        })
    }
}

/// Subtracts the memory that registers need from the room that is left. Returns false if it does not suffice.
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

/// A chat table, with holes filled from an earlier version of it. `None` if the two contradict each other.
pub(super) fn overlaid(before: &[ChatKey], after: &[ChatKey]) -> Option<Vec<ChatKey>> {
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

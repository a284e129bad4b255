//! This device's own shard, when the transport or a colleague holds another version of it than the disk knows.
//!
//! The transport may be wiped, rolled back or half written: then the shard is published again. Or this profile's disk was
//! brought back from a backup, and the shard has a later version than any that the disk knows. A version of fewer
//! registers must not take its place, so nothing is published until the later version was read or given up.

use super::adopt::{Candidate, Found, overlaid};
use super::transport::HEARTBEAT;
use super::{Hub, minute};
use crate::map::Map;
use crate::replica::dense::{Head, TableRef};
use crate::replica::shard::{self, Items, Manifest};
use crate::replica::{Clock, Key, Minutes, Register};
use crate::team::chat::ChatKey;

/// How long the hub waits for a later version of our shard that can't be read, in milliseconds.
const PATIENCE: u64 = 30 * 60 * 1_000;
/// The same for a version that a colleague has adopted. It is longer than the colleague waits before it publishes that
/// version again, in place of an incomplete later one.
const PATIENCE_ADOPTED: u64 = HEARTBEAT / 4 * 5;
/// The same for a version that is complete in the transport, and waits for a colleague's table. It is longer than
/// [`PATIENCE_ADOPTED`], and not so long that colleagues meanwhile replace the version by an older one.
const PATIENCE_COMPLETE: u64 = HEARTBEAT / 4 * 7;

impl Hub {
    /// Compares our items in the transport with those that we published. If they differ, they count as published, and
    /// the shard is written again.
    pub(super) fn compare_own_items(&mut self, items: &Items, now: u64) {
        let mine = shard::of_device(self.team, self.saved.device, items);
        self.saved.transport.observed.newer = shard::is_newer(self.team, self.saved.device, items);
        if self.saved.transport.observed.newer {
            // It can't be compared. `published` stays, for when a version that we can read is there again.
            return;
        }
        if mine != self.saved.transport.published {
            let was_behind = self.is_behind();
            let manifest = |items: &Items| shard::manifest_of(self.team, self.saved.device, items);
            let (before, there) = (manifest(&self.saved.transport.published), manifest(&mine));
            if there.is_some_and(|there| there.seq == self.saved.seq) && there != before {
                // It has the number of our last version, and perhaps another content: a disk that was brought back from
                // a backup can use a number again before it learns of the later version. So the version counts as later.
                self.saved.seq = self.saved.seq.saturating_sub(1);
            }
            self.saved.transport.published = mine;
            self.saved.transport.contents = None;
            self.saved.transport.rewrite = !self.saved.document.is_empty();
            self.changed = true;
            self.note_behind(was_behind, now);
        }
    }

    /// The last version of ours that a colleague has adopted.
    fn last_adopted(&self) -> u32 {
        let heads = self.saved.colleagues.values().flat_map(|known| &known.head.heads);
        heads.filter(|(device, _)| *device == self.saved.device).map(|(_, seq)| *seq).max().unwrap_or(0)
    }

    /// The last version of ours that is in the transport or was adopted by a colleague.
    fn last_seen(&self) -> u32 {
        let published = &self.saved.transport.published;
        shard::seq_of(self.team, self.saved.device, published).max(self.last_adopted())
    }

    /// Whether there is a later version of our shard than we know of: this profile published it before its disk was
    /// brought back from a backup.
    pub(super) fn is_behind(&self) -> bool {
        self.last_seen() > self.saved.seq
    }

    /// Notes since when the hub waits for a later version, if it just began to.
    pub(super) fn note_behind(&mut self, was_behind: bool, now: u64) {
        if !was_behind && self.is_behind() {
            self.saved.transport.behind = now;
            self.changed = true;
        }
    }

    /// A later version of our own shard than we know of, if all of it is there.
    fn later_version(&self, items: &Items) -> Option<(Manifest, Vec<u8>)> {
        let read = || shard::read(self.team, self.saved.device, items).ok();
        self.is_behind().then(read)?.filter(|(manifest, _)| manifest.seq > self.saved.seq)
    }

    /// Takes over the chat table of a later version of our shard. Colleagues refer to that table, so it comes first.
    pub(super) fn recover_table(&mut self, items: &Items) {
        if let Some((_, bytes)) = self.later_version(items)
            && let Ok((head, _)) = Head::read(&bytes)
        {
            self.saved.table = overlaid(&self.saved.table, &head.table).unwrap_or(head.table);
        }
    }

    /// Merges a later version of our own shard, and returns the registers that changed. A version that does not arrive,
    /// or can't be read, is given up in time: see [`Hub::renew`].
    pub(super) fn recover(&mut self, items: &Items, now: u64) -> Vec<(Key, Register)> {
        self.saved.transport.observed.gave_up = false;
        if let Some((manifest, bytes)) = self.later_version(items)
            && let Ok((head, rest)) = Head::read(&bytes)
        {
            // A colleague's table can be read before its registers can.
            let table = |used: &TableRef| match self.candidate(used.device, items) {
                Ok(Found::New(Candidate { head, .. })) => head.table,
                _ => self
                    .saved
                    .colleagues
                    .get(&used.device)
                    .map_or_else(Vec::new, |known| known.head.table.clone()),
            };
            let tables: Vec<Vec<ChatKey>> = head.table_refs.iter().map(table).collect();
            let tables: Vec<&[ChatKey]> = tables.iter().map(Vec::as_slice).collect();
            if let Ok(registers) = head.registers(self.saved.device, rest, &tables) {
                return self.merge_later_version(manifest, &head, registers, now);
            }
        }
        if self.is_behind() {
            self.give_up_in_time(items, now);
        }
        Vec::new()
    }

    fn merge_later_version(
        &mut self,
        manifest: Manifest,
        head: &Head,
        registers: Vec<(Key, Register)>,
        now: u64,
    ) -> Vec<(Key, Register)> {
        self.advance_clock(head, now);
        self.saved.seq = manifest.seq;
        self.changed = true;
        let there: Map<Key, Register> = registers.iter().cloned().collect();
        // They were accepted here, whatever our clock says now.
        let outcome = self.saved.document.merge_all(registers, Minutes::MAX);
        let mine = self.mine();
        // If the transport holds exactly that version, and we would publish the same, there is nothing to write.
        let published = shard::manifest_of(self.team, self.saved.device, &self.saved.transport.published);
        self.saved.transport.rewrite = published != Some(manifest)
            || mine.len() != there.len()
            || mine.iter().any(|(key, register)| there.get(key) != Some(register));
        let changed: Vec<(Key, Register)> =
            outcome.won.into_iter().map(|(key, register, _)| (key, register)).collect();
        changed.iter().for_each(|(_, register)| self.saved.clock.see(register.stamp));
        changed
    }

    /// Stops waiting for a later version of our shard if it has not become readable for long.
    fn give_up_in_time(&mut self, items: &Items, now: u64) {
        // Waiting longer does no harm if a colleague has adopted the version, or if it is complete and waits for a
        // colleague's table. That colleague may itself wait in vain, and began later. It must give up first: otherwise
        // that version would be lost here and, by our next version, everywhere.
        let patience = if self.later_version(items).is_some() {
            PATIENCE_COMPLETE
        } else if self.last_adopted() > self.saved.seq {
            PATIENCE_ADOPTED
        } else {
            PATIENCE
        };
        if now.saturating_sub(self.saved.transport.behind) < patience {
            return;
        }
        // A hub that knows no version of its own has no chat table that colleagues know. None of them could read what it
        // publishes, so it must go on under another name.
        self.saved.transport.observed.gave_up = self.saved.seq == 0;
        if self.saved.seq > 0 {
            self.saved.seq = self.last_seen();
            self.changed = true;
        }
    }

    /// Advances our clock to that of a colleague, unless that is too far ahead.
    pub(super) fn advance_clock(&mut self, head: &Head, now: u64) {
        if head.clock.tick <= minute(now).saturating_add(Clock::TOLERANCE) {
            self.saved.clock = self.saved.clock.max(head.clock);
        }
    }
}

//! Tombstones, and when they are dropped.
//!
//! That a chat does *not* have a tag is a register too: a tombstone, which must win against the older register that says it
//! does. Once every colleague has published a version that had adopted the tombstone, nobody publishes the older register
//! any more. The tombstone is then dropped, three days after it was written: long enough for a device that has not
//! published yet to come back after a weekend.

use super::{Colleague, Hub, Version, minute};
use crate::id::DeviceId;
use crate::replica::{Key, Minutes, Register};

/// For how long the hub waits for a silent device to adopt something, in milliseconds.
const ACTIVE: u64 = 14 * 24 * 60 * 60 * 1_000;
/// How old a tombstone must be before it is dropped, in minutes.
pub(super) const MIN_AGE: Minutes = 3 * 24 * 60;

impl Hub {
    /// Drops the tombstones of ours that no colleague needs any more and that are older than `age`, in minutes.
    pub(super) fn drop_tombstones(&mut self, age: Minutes, now: u64) {
        let is_needless = self.needless_by(age, now);
        let ours = self.mine().into_iter().filter(|(_, register)| is_needless(register));
        let mut ours: Vec<Key> = ours.map(|(key, _)| key).collect();
        if ours.is_empty() {
            return;
        }
        // Nobody waits for a device that was silent for long, but its shard may still contain the older register.
        for (device, known) in &self.saved.colleagues {
            if self.retired(*device).is_none() && now.saturating_sub(known.adopted_at) >= ACTIVE {
                match known.registers() {
                    Some(theirs) => ours.retain(|key| !theirs.iter().any(|(it, _)| it == key)),
                    None => ours.clear(),
                }
            }
        }
        let dropped = self.saved.document.retain(|key, _| ours.binary_search(key).is_err());
        if dropped > 0 {
            self.merge_again(now);
        }
    }

    /// Drops all tombstones of ours that no colleague needs any more, however young: to make room.
    pub fn tidy(&mut self, now: u64) {
        self.drop_tombstones(0, now);
        self.saved.transport.rewrite = true;
    }

    /// How many tombstones of ours no colleague needs any more.
    pub(super) fn needless(&self, now: u64) -> usize {
        let is_needless = self.needless_by(0, now);
        self.mine().iter().filter(|(_, register)| is_needless(register)).count()
    }

    /// A filter for tombstones that every active colleague has adopted and that are older than `age`, in minutes.
    fn needless_by(&self, age: Minutes, now: u64) -> impl Fn(&Register) -> bool + use<> {
        let settled = self.acknowledged(now, true).map(|version| version.clock);
        // A register that was ahead of a colleague's clock when it published was not merged there, even if the version
        // that contains it was adopted.
        let reached = self.active(now).map(|known| known.head.at).min().unwrap_or(Minutes::MAX);
        let latest = minute(now).saturating_sub(age).min(reached);
        move |Register { value, stamp }| {
            value.is_tombstone()
                && stamp.tick <= latest
                && settled.is_some_and(|settled| stamp.moment() <= settled)
        }
    }

    /// The last version of ours that all active colleagues have adopted. If `all` is false, colleagues that have adopted
    /// none of ours are ignored. Without colleagues it is the last version.
    pub(super) fn acknowledged(&self, now: u64, all: bool) -> Option<Version> {
        let me = self.saved.device;
        let adopted = |known: &Colleague| {
            known.head.heads.iter().find(|(device, _)| *device == me).map_or(0, |(_, seq)| *seq)
        };
        let least = self.active(now).map(adopted).filter(|seq| all || *seq > 0).min();
        self.saved.transport.version_until(least.unwrap_or(self.saved.seq))
    }

    /// The colleagues that were not retired and have published lately.
    pub(super) fn active(&self, now: u64) -> impl Iterator<Item = &Colleague> {
        let is_active = move |(device, known): &(&DeviceId, &Colleague)| {
            self.retired(**device).is_none() && now.saturating_sub(known.adopted_at) < ACTIVE
        };
        self.saved.colleagues.iter().filter(is_active).map(|(_, known)| known)
    }
}

//! Retired devices, the devices that stand in for them, and how this device goes on under another name.
//!
//! A device that stands in for a retired one publishes the registers that it wrote, as part of its own shard. The device
//! that retired it stands in for it. That one may be retired as well, so devices form chains: see [`Hub::successors`].

use super::publish::Plan;
use super::{Hub, Listing, minute};
use crate::id::DeviceId;
use crate::map::Map;
use crate::replica::shard;
use crate::replica::{Edit, Key, Register, Stamp, Value};

/// A version of a device's shard that contradicts an earlier one.
pub(super) struct Contradiction {
    pub(super) device: DeviceId,
    pub(super) seq: u32,
    /// Its registers. Empty if they can't be decoded.
    pub(super) registers: Vec<(Key, Register)>,
}

impl Hub {
    /// The last version of a device's shard that was adopted before it was retired. `None` if it was not retired.
    pub(super) fn retired(&self, device: DeviceId) -> Option<u32> {
        match self.saved.document.get(&Key::DeviceRetired(device))?.value {
            Value::Number(seq) => Some(seq),
            _ => None,
        }
    }

    /// Retires a device: this device publishes its registers from now on, and nobody merges its shards any more. Returns
    /// the edit that tells the team.
    pub fn retire(&mut self, device: DeviceId) -> Option<Edit> {
        let seq = self.saved.colleagues.get(&device)?.seq;
        Some(self.stand_in(device, seq))
    }

    fn stand_in(&mut self, device: DeviceId, seq: u32) -> Edit {
        if !self.saved.carried.contains(&device) {
            self.saved.carried.push(device);
        }
        (Key::DeviceRetired(device), Value::Number(seq))
    }

    /// Stands in for the devices that were retired by a colleague that had adopted an older version of their shards than
    /// we have: the colleague does not publish all that they wrote. `won` are the registers that were just merged.
    pub(super) fn stand_in_too(&mut self, won: &[(Key, Register, Option<Register>)]) {
        for (key, register, before) in won {
            if let (Key::DeviceRetired(device), Value::Number(last), None) = (key, &register.value, before)
                && self.saved.colleagues.get(device).is_some_and(|known| known.seq > *last)
                && !self.saved.carried.contains(device)
            {
                self.saved.carried.push(*device);
                self.saved.transport.rewrite = true;
            }
        }
    }

    /// Retires devices that contradict themselves, and returns the registers that changed. This device publishes the
    /// registers of both versions. If such a device is still running, it goes on under another name.
    pub(super) fn retire_contradicting(
        &mut self,
        contradictions: Vec<Contradiction>,
        now: u64,
    ) -> Vec<(Key, Register)> {
        // A device that does not know its own last version can't judge others.
        if !self.may_publish() {
            return Vec::new();
        }
        let mut changed = Vec::new();
        let mut edits: Map<Key, Value> = Map::new();
        for Contradiction { device, seq, registers } in contradictions {
            // A colleague may have retired it already, in a shard that was merged just now.
            if self.retired(device).is_none() {
                let outcome = self.saved.document.merge_all(registers, minute(now));
                changed.extend(outcome.won.into_iter().map(|(key, register, _)| (key, register)));
                edits.extend([self.stand_in(device, seq)]);
            }
        }
        if !edits.is_empty() {
            self.changed = true;
            changed.extend(self.write(edits, now));
        }
        changed
    }

    /// The devices that we need not stand in for any more, since `device` does, and its shard with `registers` contains
    /// all that we know of them.
    pub(super) fn taken_over_by(&self, device: DeviceId, registers: &[(Key, Register)]) -> Vec<DeviceId> {
        // Two devices that retired each other stand in for nobody.
        let is_last = self.retired(device).is_none();
        let stands_in = |name: &DeviceId| {
            is_last && self.retired(*name).is_some() && self.successors(*name).last() == Some(device)
        };
        let is_complete = |name: DeviceId| {
            let theirs = registers.iter().filter(|(_, register)| register.stamp.device == name);
            let theirs: Map<Key, Stamp> = theirs.map(|(key, register)| (*key, register.stamp)).collect();
            let mut ours = self.saved.document.iter().filter(|(_, register)| register.stamp.device == name);
            ours.all(|(key, register)| theirs.get(key) == Some(&register.stamp))
        };
        self.saved.carried.iter().filter(|name| stands_in(name) && is_complete(**name)).copied().collect()
    }

    /// Goes on as `device` if this device was retired, or if it has lost for good all that it had published. Returns
    /// whether it does.
    ///
    /// Under its old name, its next version would replace the lost one, which some colleague may still have.
    pub fn renew(&mut self, device: DeviceId, now: u64) -> bool {
        let me = self.saved.device;
        let has_given_up = core::mem::take(&mut self.saved.transport.observed.gave_up);
        if !has_given_up && self.retired(me).is_none() {
            return false;
        }
        self.saved.carried.push(me);
        self.saved.device = device;
        self.saved.seq = 0;
        self.saved.table.clear();
        self.saved.transport.forget_published();
        self.saved.colleagues.remove(&device);
        self.saved.transport.lost.remove(&device);
        // The usage counts of this browser are published again in full under the new name.
        let uses = Key::DeviceUses(me);
        if self.saved.document.get(&uses).is_some_and(|register| !register.value.is_tombstone()) {
            self.write(Map::from_iter([(uses, Value::Nothing)]), now);
        }
        true
    }

    /// Whether this device publishes the registers that `device` wrote: it is this one, or this one stands in for it.
    pub(super) fn carries(&self, device: DeviceId) -> bool {
        self.successors(device)
            .any(|device| device == self.saved.device || self.saved.carried.contains(&device))
    }

    /// A device, the one that retired it, the one that retired that, and so on.
    pub(super) fn successors(&self, device: DeviceId) -> impl Iterator<Item = DeviceId> {
        let next =
            |device: &DeviceId| Some(self.saved.document.get(&Key::DeviceRetired(*device))?.stamp.device);
        // Two devices may have retired each other, so the length is bounded.
        core::iter::successors(Some(device), next)
            .take(self.saved.colleagues.len() + self.saved.carried.len() + 2)
    }

    /// Whether the transport must hold a device's shard: it was not retired, or colleagues refer to its chat table.
    pub(super) fn is_wanted(&self, device: DeviceId) -> bool {
        let others = self.saved.colleagues.iter().filter(|(other, _)| self.retired(**other).is_none());
        let mut uses = others.flat_map(|(_, known)| &known.head.table_refs);
        self.retired(device).is_none() || uses.any(|used| used.device == device)
    }

    /// Whether the shard of a device that this one has retired can be removed: our published version contains its
    /// registers, and nobody refers to its chat table.
    pub(super) fn is_done_with(&self, device: DeviceId) -> bool {
        let retirement = self.saved.document.get(&Key::DeviceRetired(device)).map(|register| register.stamp);
        let published = self.saved.transport.published_clock;
        retirement.is_some_and(|it| it.device == self.saved.device && it.moment() <= published)
            && !self.is_wanted(device)
            && !self.published_uses(device)
    }

    /// Plans to remove the shards that are not needed any more.
    pub(super) fn remove_leftover(&self, listing: &Listing, plan: &mut Plan) {
        if !self.may_publish() {
            return;
        }
        for device in &self.saved.carried {
            let items = shard::of_device(self.team, *device, &listing.items);
            if !items.is_empty() && self.is_done_with(*device) {
                plan.remove.extend(items.into_iter().map(|(name, _)| name));
            }
        }
    }

    /// Whether our published version refers to a device's chat table. True if its content is not known.
    fn published_uses(&self, device: DeviceId) -> bool {
        let contents = self.saved.transport.contents.as_ref();
        contents.is_none_or(|contents| contents.uses.contains(&device))
    }
}

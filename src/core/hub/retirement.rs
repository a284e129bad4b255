//! Who goes by which name: devices that were retired, those who stand in for them, and this one when it must go on under
//! another.

use super::publish::Plan;
use super::{Hub, Listing, minute};
use crate::id::DeviceId;
use crate::map::Map;
use crate::replica::dense::Head;
use crate::replica::shard::{self, Items};
use crate::replica::{Clock, Edit, Key, Register, Stamp, Value};

/// A version of a device's shard that contradicts an earlier one.
pub(super) struct Contradiction {
    pub(super) device: DeviceId,
    pub(super) seq: u32,
    /// What it says, as far as it can be read.
    pub(super) registers: Vec<(Key, Register)>,
}

impl Hub {
    /// Whether a device was retired, and with which version of its shard.
    pub(super) fn retired(&self, device: DeviceId) -> Option<u32> {
        match self.saved.document.get(&Key::DeviceRetired(device))?.value {
            Value::Number(seq) => Some(seq),
            _ => None,
        }
    }

    /// Retires a device: its facts are published by this one from now on, and nobody else takes in what it publishes.
    /// Returns the edit that says so.
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

    /// Stands in for devices that were retired by a colleague who knew less of them than we do, too: what that one goes on
    /// to say for them is not all. `won` are facts that are new here.
    pub(super) fn stand_in_too(&mut self, won: &[(Key, Register, Option<Register>)]) {
        for (key, register, before) in won {
            if let (Key::DeviceRetired(device), Value::Number(last), None) = (key, &register.value, before)
                && self.saved.colleagues.get(device).is_some_and(|known| known.seq > *last)
                && !self.saved.carried.contains(device)
            {
                self.saved.carried.push(*device);
                self.saved.rewrite = true;
            }
        }
    }

    /// Retires devices that contradict themselves: what they say now is said by this one from now on, beside what they said
    /// before, and what else there is they go on to say under another name.
    pub(super) fn part(&mut self, contradictions: Vec<Contradiction>, now: u64) -> Vec<(Key, Register)> {
        // Who does not know what it published itself can't tell.
        if self.is_behind() || self.newer {
            return Vec::new();
        }
        let mut changed = Vec::new();
        let mut edits: Map<Key, Value> = Map::new();
        for Contradiction { device, seq, registers } in contradictions {
            // A colleague may just have told that it was quicker.
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

    /// The names that this device need not speak for any more, since `device` does, whose shard holds `registers`: it
    /// stands in for them, and says all that is known of them here.
    pub(super) fn left_to(&self, device: DeviceId, registers: &[(Key, Register)]) -> Vec<DeviceId> {
        // Two that retired each other stand in for nobody.
        let is_last = self.retired(device).is_none();
        let stands_in = |name: &DeviceId| {
            is_last && self.retired(*name).is_some() && self.chain(*name).last() == Some(device)
        };
        let is_said = |name: DeviceId| {
            let theirs = registers.iter().filter(|(_, register)| register.stamp.device == name);
            let theirs: Map<Key, Stamp> = theirs.map(|(key, register)| (*key, register.stamp)).collect();
            let mut ours = self.saved.document.iter().filter(|(_, register)| register.stamp.device == name);
            ours.all(|(key, register)| theirs.get(key) == Some(&register.stamp))
        };
        self.saved.carried.iter().filter(|name| stands_in(name) && is_said(**name)).copied().collect()
    }

    /// If this device was retired, or has lost for good all that it had published, it goes on as `device`, and publishes
    /// under that name what it knows. What it would go on to say under its own would take the place of what is lost, which
    /// some colleague may still have.
    pub fn renew(&mut self, device: DeviceId, now: u64) -> bool {
        let me = self.saved.device;
        if !core::mem::take(&mut self.astray) && self.retired(me).is_none() {
            return false;
        }
        self.saved.carried.push(me);
        self.saved.device = device;
        self.saved.seq = 0;
        self.saved.chats.clear();
        self.saved.versions.clear();
        self.saved.published = Items::new();
        self.saved.published_clock = Clock::default();
        self.saved.rewrite = true;
        self.saved.colleagues.remove(&device);
        // What is counted here goes on to be told in whole.
        let uses = Key::DeviceUses(me);
        if self.saved.document.get(&uses).is_some_and(|register| !register.value.is_absence()) {
            self.write(Map::from_iter([(uses, Value::Nothing)]), now);
        }
        true
    }

    /// Whether this device publishes what `device` wrote: it is itself, or a retired one that it stands in for.
    pub(super) fn carries(&self, device: DeviceId) -> bool {
        self.chain(device).any(|device| device == self.saved.device || self.saved.carried.contains(&device))
    }

    /// A device, whoever stands in for it if it was retired, whoever stands in for that one, and so on.
    pub(super) fn chain(&self, device: DeviceId) -> impl Iterator<Item = DeviceId> {
        let next =
            |device: &DeviceId| Some(self.saved.document.get(&Key::DeviceRetired(*device))?.stamp.device);
        // Two may have retired each other, so an end is made.
        core::iter::successors(Some(device), next)
            .take(self.saved.colleagues.len() + self.saved.carried.len() + 2)
    }

    /// Whether a device's shard must be there: it was not retired, or others speak of chats by its table.
    pub(super) fn is_wanted(&self, device: DeviceId) -> bool {
        let others = self.saved.colleagues.iter().filter(|(other, _)| self.retired(**other).is_none());
        let mut uses = others.flat_map(|(_, known)| &known.head.table_refs);
        self.retired(device).is_none() || uses.any(|used| used.device == device)
    }

    /// Whether the shard of a device that this one has retired may go: what was published says what it said, and nobody
    /// speaks of chats by its table.
    pub(super) fn is_done_with(&self, device: DeviceId) -> bool {
        let retirement = self.saved.document.get(&Key::DeviceRetired(device)).map(|register| register.stamp);
        retirement
            .is_some_and(|it| it.device == self.saved.device && it.moment() <= self.saved.published_clock)
            && !self.is_wanted(device)
            && !self.published_uses(device)
    }

    /// Shards that may go, and are there.
    pub(super) fn clear_away(&self, listing: &Listing, plan: &mut Plan) {
        if self.is_behind() || self.newer {
            return;
        }
        for device in &self.saved.carried {
            let items = shard::of_device(self.team, *device, &listing.items);
            if !items.is_empty() && self.is_done_with(*device) {
                plan.remove.extend(items.into_iter().map(|(name, _)| name));
            }
        }
    }

    /// Whether the version of ours that is published speaks of chats by a device's table.
    fn published_uses(&self, device: DeviceId) -> bool {
        let published = shard::read(self.team, self.saved.device, &self.saved.published).ok();
        let head = published.and_then(|(_, bytes)| Some(Head::read(&bytes).ok()?.0));
        head.is_none_or(|head| head.table_refs.iter().any(|used| used.device == device))
    }
}

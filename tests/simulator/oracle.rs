//! The oracle: at the end, every device must know each acknowledged register, unless a fault destroyed the last disk or
//! account that held it.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use baton_core::hub::Hub;
use baton_core::replica::{Key, Minutes, Register, Value};

/// The age after which tombstones may be dropped by everybody, in minutes.
const TOMBSTONE_AGE: Minutes = 3 * 24 * 60;

/// Registers by key, including overwritten ones.
pub(crate) type History = BTreeMap<Key, Vec<Register>>;

/// Knows the registers that must survive, and judges the devices.
#[derive(Clone, Debug, Default)]
pub(crate) struct Oracle {
    /// Registers that must be known: acknowledged, and some copy always survived.
    sure: History,
    /// Registers that may or may not turn up: stored but never acknowledged, or all known copies were destroyed.
    open: History,
    /// How many acknowledged registers lost their last copy.
    pub(crate) gone: usize,
}

impl Oracle {
    /// Records the registers of an acknowledged op.
    pub(crate) fn acknowledge(&mut self, registers: &[(Key, Register)]) {
        for (key, register) in registers {
            let sure = self.sure.entry(*key).or_default();
            if !sure.contains(register) {
                sure.push(register.clone());
            }
        }
    }

    /// Records registers that were found on a disk. If they were never acknowledged, they may survive or not.
    pub(crate) fn find(&mut self, registers: &[(Key, Register)]) {
        for (key, register) in registers {
            let is_known = |history: &History| history.get(key).is_some_and(|it| it.contains(register));
            if !is_known(&self.sure) && !is_known(&self.open) {
                self.open.entry(*key).or_default().push(register.clone());
            }
        }
    }

    /// Handles the destruction of copies. `held` has the registers that are left anywhere; `now` is in minutes.
    pub(crate) fn destroyed(&mut self, held: &History, now: Minutes) {
        for (key, registers) in &mut self.sure {
            for register in registers.extract_if(.., |register| is_gone(*key, register, held, now)) {
                self.gone += 1;
                self.open.entry(*key).or_default().push(register);
            }
        }
    }

    /// Whether `held` has every register that must survive.
    pub(crate) fn is_whole(&self, held: &History, now: Minutes) -> bool {
        let mut all = self.sure.iter().flat_map(|(key, it)| it.iter().map(move |register| (*key, register)));
        !all.any(|(key, register)| is_gone(key, register, held, now))
    }

    /// The number of keys that must survive.
    pub(crate) fn len(&self) -> usize {
        self.sure.len()
    }

    /// Returns the errors in a hub's registers: the keys, with the reason.
    pub(crate) fn judge(&self, hub: &Hub) -> Vec<String> {
        let known: BTreeMap<Key, Register> = hub.registers().into_iter().collect();
        let mut keys: BTreeSet<Key> = known.keys().copied().collect();
        keys.extend(self.sure.keys());
        keys.into_iter().filter_map(|key| self.wrong(key, known.get(&key))).collect()
    }

    fn wrong(&self, key: Key, found: Option<&Register>) -> Option<String> {
        let best = self.sure.get(&key).and_then(|it| it.iter().max_by(|a, b| a.precedence(b)));
        let shows = |register: Option<&Register>| -> Option<Value> {
            register.filter(|register| !register.value.is_tombstone()).map(|register| register.value.clone())
        };
        let seen = shows(found);
        let beats = |it: &&Register| best.is_none_or(|best| it.precedence(best) == Ordering::Greater);
        let mut open = self.open.get(&key).into_iter().flatten().filter(beats);
        if seen == shows(best) || open.any(|it| seen == shows(Some(it))) {
            return None;
        }
        Some(format!("{key:?} is {found:?} and should be {best:?}"))
    }
}

/// Whether neither a register nor one that beats it is held.
fn is_gone(key: Key, register: &Register, held: &History, now: Minutes) -> bool {
    // A tombstone that everybody has dropped counts as held, because the key reads the same.
    let left_out = register.value.is_tombstone()
        && register.stamp.tick.saturating_add(TOMBSTONE_AGE) < now.saturating_add(12 * 60);
    let left = held.get(&key).map_or(&[][..], Vec::as_slice);
    !left_out && !left.iter().any(|it| it.precedence(register).is_ge())
}

/// A hub's values as people see them, without tombstones.
pub(crate) fn effective(hub: &Hub) -> BTreeMap<Key, Value> {
    let all = hub.registers().into_iter();
    all.filter(|(_, it)| !it.value.is_tombstone()).map(|(key, it)| (key, it.value)).collect()
}

//! The map of registers and its merge.

use core::cmp::Ordering;

use crate::map::Map;
use crate::replica::{Clock, Key, Minutes, Register};

/// All registers a device knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    registers: Map<Key, Register>,
}

/// The result of merging one register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merged {
    /// The register is now the one of its key.
    Won,
    /// The present register stays.
    Lost,
    /// The stamp is further ahead of our clock than [`Clock::TOLERANCE`]. The caller must keep the register and merge
    /// it again later.
    Ahead,
}

/// The result of merging many registers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The registers that won, each with the one that it replaced.
    pub won: Vec<(Key, Register, Option<Register>)>,
    /// The registers that lost against a different one.
    pub lost: Vec<(Key, Register)>,
    /// Whether some registers are further ahead of our clock than [`Clock::TOLERANCE`].
    pub ahead: bool,
}

impl Document {
    /// Builds a document from the registers of an earlier one.
    pub fn of(registers: Vec<(Key, Register)>) -> Document {
        let mut document = Document::default();
        if registers.is_sorted_by(|a, b| a.0 < b.0) {
            document.registers.add(registers);
        } else {
            document.merge_all(registers, Minutes::MAX);
        }
        document
    }

    /// Merges one register, as seen at `now`.
    pub fn merge(&mut self, key: Key, register: Register, now: Minutes) -> Merged {
        if register.stamp.tick > now.saturating_add(Clock::TOLERANCE) {
            return Merged::Ahead;
        }
        match self.registers.get(&key) {
            Some(present) if register.precedence(present).is_le() => Merged::Lost,
            _ => {
                self.registers.insert(key, register);
                Merged::Won
            }
        }
    }

    /// Merges many registers. The result is the same as merging one by one, but this is faster if many are new. If a
    /// key occurs several times, the outcome names only the register that wins.
    pub fn merge_all(&mut self, mut registers: Vec<(Key, Register)>, now: Minutes) -> Outcome {
        let all = registers.len();
        registers.retain(|(_, register)| register.stamp.tick <= now.saturating_add(Clock::TOLERANCE));
        let mut outcome = Outcome { ahead: registers.len() < all, ..Outcome::default() };
        sort(&mut registers);
        registers.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            if is_same && next.1.precedence(&kept.1).is_gt() {
                core::mem::swap(next, kept);
            }
            is_same
        });
        let mut new: Vec<(Key, Register)> = Vec::new();
        let mut from = 0;
        for (key, register) in registers {
            match self.registers.get_mut_from(&mut from, &key) {
                None => {
                    outcome.won.push((key, register.clone(), None));
                    new.push((key, register));
                }
                Some(present) => match register.precedence(present) {
                    Ordering::Greater => {
                        let before = core::mem::replace(present, register.clone());
                        outcome.won.push((key, register, Some(before)));
                    }
                    Ordering::Equal => {}
                    Ordering::Less => outcome.lost.push((key, register)),
                },
            }
        }
        self.registers.add(new);
        outcome
    }

    /// Removes the registers for which `holds` is false, and returns how many were removed.
    pub fn retain(&mut self, mut holds: impl FnMut(&Key, &Register) -> bool) -> usize {
        let before = self.registers.len();
        self.registers.retain(|key, register| holds(key, register));
        before - self.registers.len()
    }

    /// Merges a register that this device had already accepted, without comparing its stamp with the clock.
    pub fn restore(&mut self, key: Key, register: Register) {
        self.merge(key, register, Minutes::MAX);
    }

    /// The register of `key`.
    pub fn get(&self, key: &Key) -> Option<&Register> {
        self.registers.get(key)
    }

    /// All registers, in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = (&Key, &Register)> {
        self.registers.iter()
    }

    /// Copies of all registers, in the order of their keys.
    pub fn registers(&self) -> Vec<(Key, Register)> {
        self.iter().map(|(key, register)| (*key, register.clone())).collect()
    }

    /// The number of registers.
    pub fn len(&self) -> usize {
        self.registers.len()
    }

    /// Whether there are no registers.
    pub fn is_empty(&self) -> bool {
        self.registers.is_empty()
    }
}

/// Sorts by key: first by the sort prefixes, which distinguish most keys, and then by whole keys if necessary.
fn sort(registers: &mut [(Key, Register)]) {
    registers.sort_by_cached_key(|(key, _)| key.sort_prefix());
    if !registers.is_sorted_by_key(|(key, _)| *key) {
        registers.sort_by_key(|(key, _)| *key);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::id::{DeviceId, MemberId, TagId};
    use crate::replica::{Stamp, Value};
    use crate::team::chat::ChatKey;

    const NOW: Minutes = 100;

    /// Few keys, ticks, counters and devices, so that collisions are common.
    fn register() -> impl Strategy<Value = (Key, Register)> {
        let value = prop_oneof![
            Just(Value::Nothing),
            any::<bool>().prop_map(Value::Flag),
            (0..3u32).prop_map(Value::Number),
            "[ab]{0,2}".prop_map(Value::Text),
            (0..2u8).prop_map(|member| Value::Holder(MemberId([member; 8]), String::new())),
        ];
        (0..4u8, 98..103u32, 0..3u32, 0..3u8, value).prop_map(|(id, tick, counter, device, value)| {
            let key = match id {
                0 | 1 => Key::ChatTag(ChatKey([id; 5]), TagId([9; 8])),
                _ => Key::ChatHolder(ChatKey([id; 5])),
            };
            (key, Register { value, stamp: Stamp { tick, counter, device: DeviceId([device; 8]) } })
        })
    }

    fn merged<'a>(registers: impl IntoIterator<Item = &'a (Key, Register)>) -> Document {
        let mut document = Document::default();
        for (key, register) in registers {
            document.merge(*key, register.clone(), NOW);
        }
        document
    }

    proptest! {
        #[test]
        fn order_and_repetition_do_not_matter(
            registers in prop::collection::vec(register(), 0..40).prop_shuffle(),
            again in prop::collection::vec(any::<prop::sample::Index>(), 0..10),
        ) {
            let forward = merged(&registers);
            prop_assert_eq!(&forward, &merged(registers.iter().rev()));
            let mut repeated = registers.clone();
            if !registers.is_empty() {
                repeated.extend(again.iter().map(|index| index.get(&registers).clone()));
            }
            prop_assert_eq!(&forward, &merged(&repeated));
        }

        #[test]
        fn merging_merged_halves_is_merging_all(
            left in prop::collection::vec(register(), 0..20),
            right in prop::collection::vec(register(), 0..20),
        ) {
            let all = merged(left.iter().chain(&right));
            let mut halves = merged(&left);
            for (key, register) in merged(&right).iter() {
                halves.merge(*key, register.clone(), NOW);
            }
            prop_assert_eq!(all, halves);
        }

        #[test]
        fn merging_many_is_merging_one_after_the_other(
            before in prop::collection::vec(register(), 0..20),
            registers in prop::collection::vec(register(), 0..40),
        ) {
            let (mut one_by_one, mut at_once) = (merged(&before), merged(&before));
            let mut ahead = false;
            for (key, register) in &registers {
                ahead |= one_by_one.merge(*key, register.clone(), 90) == Merged::Ahead;
            }
            let outcome = at_once.merge_all(registers, 90);
            prop_assert_eq!(outcome.ahead, ahead);
            for (key, register, _) in &outcome.won {
                prop_assert_eq!(at_once.get(key), Some(register));
            }
            prop_assert_eq!(one_by_one, at_once);
        }

        #[test]
        fn what_is_kept_is_never_beaten_by_what_was_offered(registers in prop::collection::vec(register(), 1..40)) {
            let document = merged(&registers);
            for (key, register) in &registers {
                let kept = document.get(key).expect("every key offered is present");
                prop_assert!(register.precedence(kept).is_le());
            }
        }
    }

    fn flag(tick: Minutes, device: u8, up: bool) -> Register {
        Register { value: Value::Flag(up), stamp: Stamp { tick, counter: 0, device: DeviceId([device; 8]) } }
    }

    #[test]
    fn in_the_same_moment_a_tag_put_on_beats_one_taken_off() {
        let key = Key::ChatTag(ChatKey([0; 5]), TagId([0; 8]));
        let document = merged(&[(key, flag(5, 1, true)), (key, flag(5, 2, false))]);
        assert_eq!(document.get(&key).expect("present").value, Value::Flag(true));
    }

    #[test]
    fn a_stamp_from_the_future_waits_for_its_time() {
        let key = Key::TagGone(TagId([0; 8]));
        let mut document = Document::default();
        assert_eq!(document.merge(key, flag(111, 1, true), 100), Merged::Ahead);
        assert!(document.is_empty());
        assert_eq!(document.merge(key, flag(111, 1, true), 101), Merged::Won);
    }
}

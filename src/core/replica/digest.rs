//! Digests: two replicas find out which of their registers differ, without sending the registers.
//!
//! The registers are divided into [`PARTS`] parts by a hash of their keys. The digest of a part depends on all of its
//! keys, values and stamps, but not on their order. If the digest of a part differs, the whole part is sent and
//! replaces the receiver's.
//!
//! It would be wrong to send only registers with later stamps. A register can disappear: a tombstone is dropped once it
//! is no longer needed. And a register with an old stamp can appear late: shards and packets arrive in any order, and a
//! register that a dropped tombstone had beaten wins again. The digest of a part changes in all of these cases.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::replica::{Document, Key, Register};

/// The number of parts. If one register differs in a replica of thousands, about a hundred registers are sent.
const PARTS: usize = 64;

/// The digest of each part of a replica. It is empty if the replica has no registers, and then all parts differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Digests(pub Vec<u64>);

/// A set of parts, as a bit mask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts(pub u64);

impl Digests {
    /// The digests of a document.
    ///
    /// The hash function is the standard library's. All contexts come from one build, so they use the same function. If
    /// they did not, all parts would differ.
    pub fn of(document: &Document) -> Digests {
        if document.is_empty() {
            return Digests::default();
        }
        let mut digests = vec![0_u64; PARTS];
        for (key, Register { value, stamp }) in document.iter() {
            let mut hasher = hasher_of(key);
            if let Some(digest) = digests.get_mut(part_of(&hasher)) {
                (value, stamp).hash(&mut hasher);
                *digest = digest.wrapping_add(hasher.finish());
            }
        }
        Digests(digests)
    }

    /// The parts in which `document` differs from the document of these digests.
    pub fn differing(&self, document: &Document) -> Parts {
        if self.0.len() != PARTS {
            return Parts::ALL;
        }
        let digests = match Digests::of(document) {
            Digests(none) if none.is_empty() => vec![0; PARTS],
            Digests(digests) => digests,
        };
        let differ = self.0.iter().zip(digests).enumerate().filter(|(_, (a, b))| *a != b);
        Parts(differ.fold(0, |parts, (part, _)| parts | 1 << part))
    }
}

impl Parts {
    /// No part.
    pub const NONE: Parts = Parts(0);
    /// All parts.
    pub const ALL: Parts = Parts(u64::MAX);

    /// Whether a key belongs to one of these parts.
    pub fn contains(self, key: &Key) -> bool {
        self == Parts::ALL || self.0 >> part_of(&hasher_of(key)) & 1 == 1
    }

    /// The registers of a document in these parts.
    pub fn registers(self, document: &Document) -> Vec<(Key, Register)> {
        let registers = document.iter().filter(|(key, _)| self.contains(key));
        registers.map(|(key, register)| (*key, register.clone())).collect()
    }

    /// Replaces these parts of a document by the registers of another document's parts.
    pub fn replace(self, document: &mut Document, registers: Vec<(Key, Register)>) {
        document.retain(|key, _| !self.contains(key));
        // The sender has already compared the stamps with the clock.
        document.merge_all(registers, u32::MAX);
    }
}

/// A hasher that has hashed a key.
fn hasher_of(key: &Key) -> DefaultHasher {
    let mut hasher = DefaultHasher::new();
    key.parts().hash(&mut hasher);
    hasher
}

/// The part of the key that was hashed.
fn part_of(hasher: &DefaultHasher) -> usize {
    (hasher.finish() % PARTS as u64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{DeviceId, TagId};
    use crate::replica::{Stamp, Value};
    use crate::team::chat::ChatKey;

    fn register(chat: u32, tick: u32, up: bool) -> (Key, Register) {
        let [a, b, c, d] = chat.to_be_bytes();
        let stamp = Stamp { tick, counter: 0, device: DeviceId([1; 8]) };
        (Key::ChatTag(ChatKey([a, b, c, d, 0]), TagId([1; 8])), Register { value: Value::Flag(up), stamp })
    }

    fn document(chats: u32) -> Document {
        Document::of((0..chats).map(|chat| register(chat, 1, true)).collect())
    }

    fn with(document: &Document, more: &[(Key, Register)]) -> Document {
        let mut document = document.clone();
        document.merge_all(more.to_vec(), u32::MAX);
        document
    }

    /// Updates `mine` to equal `theirs`, and returns the number of registers that were sent.
    fn catch_up(mine: &mut Document, theirs: &Document) -> usize {
        let parts = Digests::of(mine).differing(theirs);
        let registers = parts.registers(theirs);
        let count = registers.len();
        parts.replace(mine, registers);
        assert_eq!(mine, theirs);
        count
    }

    #[test]
    fn replicas_that_are_equal_differ_in_no_part() {
        let all = document(3_000);
        let mut again = Document::default();
        for chat in (0..3_000).rev() {
            again.merge_all(vec![register(chat, 1, true)], 1);
        }
        assert_eq!(Digests::of(&all).differing(&again), Parts::NONE);
    }

    #[test]
    fn a_change_takes_a_part_and_not_all() {
        let before = document(3_000);
        for change in
            [register(5, 2, false), register(5, 1, false), register(5, 2, true), register(9_999, 1, true)]
        {
            let after = with(&before, core::slice::from_ref(&change));
            let is_new = after != before;
            let count = catch_up(&mut before.clone(), &after);
            assert!(if is_new { (20..100).contains(&count) } else { count == 0 }, "{count}");
        }
    }

    #[test]
    fn a_forgotten_register_disappears() {
        let mut before = with(&document(3_000), &[register(7, 9, false)]);
        let mut after = before.clone();
        after.retain(|_, register| register.stamp.tick < 9);
        catch_up(&mut before, &after);
    }

    #[test]
    fn a_register_that_an_tombstone_had_beaten_stands_again() {
        let mut before = with(&document(3_000), &[register(7, 9, false)]);
        // The stamp is older than all that was known.
        let after = with(&Document::default(), &[register(7, 0, true)]);
        catch_up(&mut before, &after);
    }

    #[test]
    fn an_empty_replica_gets_all_registers() {
        let all = document(10);
        assert_eq!(catch_up(&mut Document::default(), &all), 10);
        assert_eq!(Digests::of(&all).differing(&Document::default()).registers(&all).len(), 10);
        catch_up(&mut all.clone(), &Document::default());
        assert_eq!(Digests(vec![1, 2, 3]).differing(&all), Parts::ALL, "from a port anything may come");
    }
}

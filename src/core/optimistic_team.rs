//! The team's state as a page or the desk holds it: a volatile replica that shows an edit at once and waits for the
//! hub to stamp and store it.

use crate::replica::{Digests, Document, Edit, Key, Minutes, Parts, Register, Value};
use crate::team::Team;
use crate::team::chat::ChatKey;

/// The hub's registers, as far as they were received, and the ops it has not acknowledged yet, laid over them.
#[derive(Clone, Debug, Default)]
pub struct OptimisticTeam {
    document: Document,
    pending: Vec<Op>,
    last: u32,
    team: Team,
    revision: u32,
}

/// An op on its way to the hub.
#[derive(Clone, Debug)]
struct Op {
    n: u32,
    edits: Vec<Edit>,
    at: Minutes,
}

impl OptimisticTeam {
    /// Another team, of which nothing is known. Ops go on being counted where they were: an answer about one of the
    /// former team is none about one of this.
    pub fn emptied(&self) -> OptimisticTeam {
        OptimisticTeam { last: self.last, ..OptimisticTeam::default() }
    }

    /// The team, pending edits included.
    pub fn team(&self) -> &Team {
        &self.team
    }

    /// A number that differs whenever something may read otherwise than before.
    pub fn revision(&self) -> u32 {
        self.revision
    }

    /// The digests of the hub's registers, as far as they were received. Pending edits do not count.
    pub fn known(&self) -> Digests {
        Digests::of(&self.document)
    }

    /// Takes in the hub's registers in `parts`, which replace those that were known there. `done` is the last op of ours
    /// that the hub has stored.
    pub fn welcome(&mut self, done: u32, parts: Parts, registers: Vec<(Key, Register)>) {
        let stored = self.pending.extract_if(.., |op| op.n <= done);
        let mut keys: Vec<Key> = stored.flat_map(|op| op.edits).map(|(key, _)| key).collect();
        self.last = self.last.max(done);
        if parts != Parts::NONE {
            parts.replace(&mut self.document, registers);
            self.team = Team::of(&self.document);
            self.revision += 1;
            keys = self.pending.iter().flat_map(|op| &op.edits).map(|(key, _)| *key).collect();
        }
        self.refresh(keys);
    }

    /// Makes edits that belong together. They show at once; the caller sends them to the hub as op number `n`.
    pub fn edit(&mut self, edits: Vec<Edit>, now: Minutes) -> u32 {
        self.last += 1;
        let keys: Vec<Key> = edits.iter().map(|(key, _)| *key).collect();
        self.pending.push(Op { n: self.last, edits, at: now });
        self.refresh(keys);
        self.last
    }

    /// The hub has stored an op, as these registers.
    pub fn accepted(&mut self, n: u32, registers: Vec<(Key, Register)>) {
        let gone = self.forget(n);
        self.changed(registers);
        self.refresh(gone);
    }

    /// The hub has refused an op: its edits are taken back.
    pub fn refused(&mut self, n: u32) {
        let gone = self.forget(n);
        self.refresh(gone);
    }

    /// Registers that somebody else wrote. The hub has compared their stamps with the clock.
    pub fn changed(&mut self, registers: Vec<(Key, Register)>) {
        let keys: Vec<Key> = registers.iter().map(|(key, _)| *key).collect();
        for (key, register) in registers {
            self.document.restore(key, register);
        }
        self.refresh(keys);
    }

    /// The ops that the hub has not acknowledged, oldest first, to be sent again on a new port.
    pub fn unacknowledged(&self) -> impl Iterator<Item = (u32, &[Edit])> {
        self.pending.iter().map(|op| (op.n, op.edits.as_slice()))
    }

    /// What a key reads as, pending edits included.
    pub fn value(&self, key: &Key) -> Value {
        self.effective(key).map_or(Value::Nothing, |(value, _)| value.clone())
    }

    /// What is noted about a chat now, pending edits included.
    pub fn about(&self, chat: ChatKey) -> Vec<Edit> {
        let stored = self.document.iter().map(|(key, _)| *key);
        let pending = self.pending.iter().flat_map(|op| &op.edits).map(|(key, _)| *key);
        let mut keys: Vec<Key> = stored.chain(pending).filter(|key| key.chat() == Some(chat)).collect();
        keys.sort_unstable();
        keys.dedup();
        let noted = keys.into_iter().map(|key| (key, self.value(&key)));
        noted.filter(|(key, value)| !value.is_tombstone() && !matches!(key, Key::ChatMoved(_))).collect()
    }

    /// All registers, without the edits on their way.
    pub fn registers(&self) -> Vec<(Key, Register)> {
        self.document.iter().map(|(key, register)| (*key, register.clone())).collect()
    }

    /// When a key was last written: its minute and its place within that. `None` if it never was. Edits on their way are
    /// later than all that arrived.
    pub fn written(&self, key: &Key) -> Option<(Minutes, u32)> {
        let is_pending = self.pending.iter().any(|op| op.edits.iter().any(|(edited, _)| edited == key));
        let register = self.document.get(key).map(|register| (register.stamp.tick, register.stamp.counter));
        if is_pending { Some((Minutes::MAX, u32::MAX)) } else { register }
    }

    /// Whether every edit is on disk.
    pub fn is_saved(&self) -> bool {
        self.pending.is_empty()
    }

    fn forget(&mut self, n: u32) -> Vec<Key> {
        let Some(at) = self.pending.iter().position(|op| op.n == n) else { return Vec::new() };
        self.pending.remove(at).edits.into_iter().map(|(key, _)| key).collect()
    }

    /// The last pending edit of a key, else its register, and the minute it is from.
    fn effective(&self, key: &Key) -> Option<(&Value, Minutes)> {
        let pending = self.pending.iter().rev().find_map(|op| {
            let (_, value) = op.edits.iter().rev().find(|(edited, _)| edited == key)?;
            Some((value, op.at))
        });
        pending.or_else(|| self.document.get(key).map(|register| (&register.value, register.stamp.tick)))
    }

    fn refresh(&mut self, keys: Vec<Key>) {
        self.revision += u32::from(!keys.is_empty());
        for key in keys {
            let (value, at) =
                self.effective(&key).map_or((Value::Nothing, 0), |(value, at)| (value.clone(), at));
            self.team.set(&key, &value, at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{DeviceId, TagId};
    use crate::replica::Stamp;

    const TAG: TagId = TagId([1; 8]);
    const CHAT: ChatKey = ChatKey([2; 5]);
    const WEARS: Key = Key::ChatTag(CHAT, TAG);

    fn with_tag() -> OptimisticTeam {
        let mut shared = OptimisticTeam::default();
        shared.welcome(0, Parts::ALL, vec![named()]);
        shared
    }

    fn named() -> (Key, Register) {
        register(Key::TagName(TAG), Value::Text("Order".into()), 1)
    }

    fn register(key: Key, value: Value, tick: u32) -> (Key, Register) {
        (key, Register { value, stamp: Stamp { tick, counter: 0, device: DeviceId([1; 8]) } })
    }

    fn tagged(shared: &OptimisticTeam) -> bool {
        !shared.team().tags_of(&CHAT).is_empty()
    }

    #[test]
    fn an_edit_shows_at_once_and_stays_when_acknowledged() {
        let mut shared = with_tag();
        let n = shared.edit(vec![(WEARS, Value::Flag(true))], 10);
        assert!(tagged(&shared) && !shared.is_saved());
        shared.accepted(n, vec![register(WEARS, Value::Flag(true), 10)]);
        assert!(tagged(&shared) && shared.is_saved());
    }

    #[test]
    fn a_refused_edit_is_taken_back() {
        let mut shared = with_tag();
        let n =
            shared.edit(vec![(WEARS, Value::Flag(true)), (Key::TagName(TAG), Value::Text("x".into()))], 10);
        shared.refused(n);
        assert!(!tagged(&shared));
        assert_eq!(shared.team().tag(TAG).map(|tag| tag.name), Some("Order".into()));
    }

    #[test]
    fn a_later_pending_edit_hides_what_arrives_meanwhile() {
        let mut shared = with_tag();
        let first = shared.edit(vec![(WEARS, Value::Flag(true))], 10);
        shared.edit(vec![(WEARS, Value::Flag(false))], 10);
        shared.accepted(first, vec![register(WEARS, Value::Flag(true), 10)]);
        assert!(!tagged(&shared), "the second edit is still on its way");
    }

    #[test]
    fn after_a_broken_port_only_what_was_not_stored_is_sent_again() {
        let mut shared = with_tag();
        shared.edit(vec![(WEARS, Value::Flag(true))], 10);
        let second = shared.edit(vec![(Key::TagColour(TAG), Value::Number(3))], 10);
        let stored = vec![named(), register(WEARS, Value::Flag(true), 10)];
        shared.welcome(1, Parts::ALL, stored);
        assert_eq!(shared.unacknowledged().map(|(n, _)| n).collect::<Vec<_>>(), [second]);
        assert_eq!(shared.team().tag(TAG).map(|tag| tag.colour.number()), Some(3));
    }
}

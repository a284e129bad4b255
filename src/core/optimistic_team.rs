//! The team's state on a page or at the desk: a volatile replica. It applies an edit at once, and the hub then stamps
//! and stores the edit.

use crate::id::DeviceId;
use crate::replica::{Digests, Document, Edit, Key, Minutes, Parts, Register, Value};
use crate::team::Team;
use crate::team::chat::ChatKey;

/// The registers received from the hub, and the unacknowledged ops, which are applied on top of them.
#[derive(Clone, Debug, Default)]
pub struct OptimisticTeam {
    document: Document,
    pending: Vec<Op>,
    last: u32,
    team: Team,
    revision: u32,
}

/// An op that the hub has not acknowledged yet.
#[derive(Clone, Debug)]
struct Op {
    n: u32,
    edits: Vec<Edit>,
    at: Minutes,
}

impl OptimisticTeam {
    /// Returns the empty state of another team. Ops continue to be numbered where they were, so that an answer about an
    /// op of the former team is never taken for an answer about an op of this one.
    pub fn emptied(&self) -> OptimisticTeam {
        OptimisticTeam { last: self.last, ..OptimisticTeam::default() }
    }

    /// The team, with pending edits.
    pub fn team(&self) -> &Team {
        &self.team
    }

    /// A number that changes whenever a register's value may have changed.
    pub fn revision(&self) -> u32 {
        self.revision
    }

    /// The digests of the registers received from the hub. Pending edits are not included.
    pub fn known(&self) -> Digests {
        Digests::of(&self.document)
    }

    /// Replaces the registers in `parts` by those of the hub. `done` is the number of the last op of this session that
    /// the hub has stored.
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

    /// Applies edits that belong together at once, and returns the number of their op. The caller sends the op to the
    /// hub.
    pub fn edit(&mut self, edits: Vec<Edit>, now: Minutes) -> u32 {
        self.last += 1;
        let keys: Vec<Key> = edits.iter().map(|(key, _)| *key).collect();
        self.pending.push(Op { n: self.last, edits, at: now });
        self.refresh(keys);
        self.last
    }

    /// Replaces the pending edits of an op by the registers as which the hub has stored them.
    pub fn accepted(&mut self, n: u32, registers: Vec<(Key, Register)>) {
        let gone = self.forget(n);
        self.changed(registers);
        self.refresh(gone);
    }

    /// Takes back the edits of an op that the hub has refused.
    pub fn refused(&mut self, n: u32) {
        let gone = self.forget(n);
        self.refresh(gone);
    }

    /// Applies registers that another tab or device wrote. They are not checked against the clock, because the hub has
    /// done so.
    pub fn changed(&mut self, registers: Vec<(Key, Register)>) {
        let keys: Vec<Key> = registers.iter().map(|(key, _)| *key).collect();
        for (key, register) in registers {
            self.document.restore(key, register);
        }
        self.refresh(keys);
    }

    /// The unacknowledged ops, oldest first. They are sent again on a new port.
    pub fn unacknowledged(&self) -> impl Iterator<Item = (u32, &[Edit])> {
        self.pending.iter().map(|op| (op.n, op.edits.as_slice()))
    }

    /// The value of a key, with pending edits.
    pub fn value(&self, key: &Key) -> Value {
        self.effective(key).map_or(Value::Nothing, |(value, _)| value.clone())
    }

    /// The values of a chat's registers as edits, with pending edits and without tombstones and [`Key::ChatMoved`].
    pub fn about(&self, chat: ChatKey) -> Vec<Edit> {
        let stored = self.document.iter().map(|(key, _)| *key);
        let pending = self.pending.iter().flat_map(|op| &op.edits).map(|(key, _)| *key);
        let mut keys: Vec<Key> = stored.chain(pending).filter(|key| key.chat() == Some(chat)).collect();
        keys.sort_unstable();
        keys.dedup();
        let noted = keys.into_iter().map(|key| (key, self.value(&key)));
        noted.filter(|(key, value)| !value.is_tombstone() && !matches!(key, Key::ChatMoved(_))).collect()
    }

    /// All registers received from the hub, without pending edits.
    pub fn registers(&self) -> Vec<(Key, Register)> {
        self.document.iter().map(|(key, register)| (*key, register.clone())).collect()
    }

    /// When a key was last written: the minute and counter of its stamp; `None` if it was never written. A pending edit
    /// counts as later than every register.
    pub fn written(&self, key: &Key) -> Option<(Minutes, u32)> {
        let is_pending = self.pending.iter().any(|op| op.edits.iter().any(|(edited, _)| edited == key));
        let register = self.document.get(key).map(|register| (register.stamp.tick, register.stamp.counter));
        if is_pending { Some((Minutes::MAX, u32::MAX)) } else { register }
    }

    /// The device that wrote the stored value of a key.
    pub fn writer(&self, key: &Key) -> Option<DeviceId> {
        self.document.get(key).map(|register| register.stamp.device)
    }

    /// Whether the hub has stored every edit.
    pub fn is_saved(&self) -> bool {
        self.pending.is_empty()
    }

    fn forget(&mut self, n: u32) -> Vec<Key> {
        let Some(at) = self.pending.iter().position(|op| op.n == n) else { return Vec::new() };
        self.pending.remove(at).edits.into_iter().map(|(key, _)| key).collect()
    }

    /// The value of the last pending edit of a key, else of its register, and the minute in which it was written.
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

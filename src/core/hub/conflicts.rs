//! Conflicts: concurrent edits of one register by two people. One wins, and the person at this browser is told.

use super::Hub;
use crate::id::DeviceId;
use crate::replica::dense::Head;
use crate::replica::{Key, Outcome, Register};

/// How many conflicts are remembered.
const MOST: usize = 50;
/// For how long a conflict is remembered, in milliseconds.
const AGE: u64 = 24 * 60 * 60 * 1_000;

/// Two people edited one register without knowing of each other's edit. One of the edits was made here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// When this device noticed, in milliseconds since the epoch.
    pub at: u64,
    /// The key of the register.
    pub key: Key,
    /// The register that won.
    pub kept: Register,
    /// The register that lost.
    pub lost: Register,
}

impl Hub {
    /// Remembers the conflicts between edits made here and the shard of `device` that was just merged with `outcome`.
    /// Conflicts between two other devices are remembered there.
    pub(super) fn note_conflicts(&mut self, device: DeviceId, head: &Head, outcome: &Outcome, now: u64) {
        let me = self.saved.device;
        let adopted = head.heads.iter().find(|(known, _)| *known == me).map_or(0, |(_, seq)| *seq);
        let seen = self.saved.transport.version_until(adopted).map(|version| version.clock);
        // The colleague had not seen this edit of ours when it published.
        let unseen =
            |ours: &Register| ours.stamp.device == me && seen.is_none_or(|seen| ours.stamp.moment() > seen);
        let mut conflicts = Vec::new();
        for (key, theirs, ours) in &outcome.won {
            if let Some(ours) = ours.as_ref().filter(|ours| unseen(ours) && ours.value != theirs.value) {
                conflicts.push(Conflict { at: now, key: *key, kept: theirs.clone(), lost: ours.clone() });
            }
        }
        for (key, theirs) in outcome.lost.iter().filter(|(_, theirs)| theirs.stamp.device == device) {
            if let Some(ours) =
                self.saved.document.get(key).filter(|ours| unseen(ours) && ours.value != theirs.value)
            {
                conflicts.push(Conflict { at: now, key: *key, kept: ours.clone(), lost: theirs.clone() });
            }
        }
        let all = &mut self.saved.conflicts;
        all.extend(conflicts);
        all.retain(|conflict| now.saturating_sub(conflict.at) < AGE);
        let excess = all.len().saturating_sub(MOST);
        all.drain(..excess);
    }
}

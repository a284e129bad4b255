//! How fast the hub may write to a transport.
//!
//! The hub keeps a token bucket of its own, well below what the transport allows: see [`Quota`]. The bucket is on disk,
//! because a hub that is killed and woken often would have a full one each time.

use super::Quota;

/// A token bucket, and the writes of the last hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The level of the bucket, as the milliseconds that it takes to fill an empty one up to that.
    pub filled: u64,
    /// The time of that level, in milliseconds since the epoch.
    pub at: u64,
    /// The time of each write of the last hour, in milliseconds since the epoch.
    pub writes: Vec<u64>,
}

impl Pace {
    const MINUTE: u64 = 60_000;
    const HOUR: u64 = 60 * Pace::MINUTE;

    /// A full bucket.
    pub(super) fn full(quota: &Quota) -> Pace {
        Pace { filled: quota.burst * quota.refill, at: 0, writes: Vec::new() }
    }

    fn fill(&mut self, quota: &Quota, now: u64) {
        let filled = self.filled.saturating_add(now.saturating_sub(self.at));
        self.filled = filled.min(quota.burst * quota.refill);
        self.at = now;
        self.writes.retain(|at| now.saturating_sub(*at) < Pace::HOUR);
    }

    /// Counts a write that is about to be made.
    pub(super) fn spend(&mut self, quota: &Quota, now: u64) {
        self.fill(quota, now);
        self.filled = self.filled.saturating_sub(quota.refill);
        self.writes.push(now);
    }

    /// How long to wait before the next write, in milliseconds: long enough to gather the edits of one go, and
    /// longer the fewer writes are left.
    pub(super) fn delay(&mut self, quota: &Quota, now: u64) -> u64 {
        self.fill(quota, now);
        match self.filled / quota.refill {
            20.. => 1_500,
            5.. => 15_000,
            1.. => 60_000,
            0 => quota.refill,
        }
    }

    /// How many more writes the transport allows in this minute and in this hour.
    pub(super) fn left(&self, quota: &Quota, now: u64) -> (usize, usize) {
        let made = |within: u64| self.writes.iter().filter(|at| now.saturating_sub(**at) < within).count();
        let left = |most: usize, within: u64| most.saturating_sub(made(within));
        (left(quota.writes_per_minute, Pace::MINUTE), left(quota.writes_per_hour, Pace::HOUR))
    }
}

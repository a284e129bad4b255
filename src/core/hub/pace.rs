//! How fast the hub may write to the transport.
//!
//! Chrome's sync gives a kind of data 100 commits at once and one more every 100 s, for all extensions of a profile
//! together, and refuses more than 120 writes a minute and 1,800 an hour. We stay well below.
//!
//! It is on disk with everything else: a hub that is killed and woken often would have a full bucket each time.

/// A bucket of our own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    /// How full it is: for as many milliseconds it would have to be filled to be so from empty.
    pub filled: u64,
    /// When that was so, in milliseconds since the epoch.
    pub at: u64,
    /// When each write of the last hour was made, in milliseconds since the epoch.
    pub writes: Vec<u64>,
}

impl Pace {
    /// How long it takes to gain one write, in milliseconds.
    const REFILL: u64 = 100_000;
    const FULL: u64 = 60 * Pace::REFILL;
    const MINUTE: u64 = 60_000;
    const HOUR: u64 = 60 * Pace::MINUTE;
    /// What a browser allows in a minute and in an hour.
    const ALLOWED: (usize, usize) = (120, 1_800);

    /// A full bucket.
    pub(super) fn new() -> Pace {
        Pace { filled: Pace::FULL, at: 0, writes: Vec::new() }
    }

    fn fill(&mut self, now: u64) {
        self.filled = self.filled.saturating_add(now.saturating_sub(self.at)).min(Pace::FULL);
        self.at = now;
        self.writes.retain(|at| now.saturating_sub(*at) < Pace::HOUR);
    }

    /// A write is about to be made.
    pub(super) fn spend(&mut self, now: u64) {
        self.fill(now);
        self.filled = self.filled.saturating_sub(Pace::REFILL);
        self.writes.push(now);
    }

    /// How long to wait before the next write, in milliseconds: long enough to gather what is typed in one go, and
    /// longer the less is left.
    pub(super) fn delay(&mut self, now: u64) -> u64 {
        self.fill(now);
        match self.filled / Pace::REFILL {
            20.. => 1_500,
            5.. => 15_000,
            1.. => 60_000,
            0 => Pace::REFILL,
        }
    }

    /// How many more writes the browser allows in this minute and in this hour.
    pub(super) fn left(&self, now: u64) -> (usize, usize) {
        let made = |within: u64| self.writes.iter().filter(|at| now.saturating_sub(**at) < within).count();
        let (minute, hour) = Pace::ALLOWED;
        (minute.saturating_sub(made(Pace::MINUTE)), hour.saturating_sub(made(Pace::HOUR)))
    }
}

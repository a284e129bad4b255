//! How fast the hub may write to the transport.
//!
//! Chrome's sync gives a kind of data 100 commits at once and one more every 100 s, for all extensions of a profile
//! together, and refuses more than 120 writes a minute and 1,800 an hour. We stay well below.

/// A bucket of our own.
#[derive(Clone, Debug)]
pub(super) struct Pace {
    tokens: f64,
    at: u64,
    /// When each write of the last hour was made, in milliseconds since the epoch.
    writes: Vec<u64>,
}

impl Pace {
    const FULL: f64 = 60.0;
    const REFILL: u64 = 100_000;
    const MINUTE: u64 = 60_000;
    const HOUR: u64 = 60 * Pace::MINUTE;
    /// What a browser allows in a minute and in an hour.
    const ALLOWED: (usize, usize) = (120, 1_800);

    /// A full bucket.
    pub(super) fn new() -> Pace {
        Pace { tokens: Pace::FULL, at: 0, writes: Vec::new() }
    }

    fn fill(&mut self, now: u64) {
        let gained = now.saturating_sub(self.at) as f64 / Self::REFILL as f64;
        self.tokens = (self.tokens + gained).min(Self::FULL);
        self.at = now;
        self.writes.retain(|at| now.saturating_sub(*at) < Pace::HOUR);
    }

    /// A write was made.
    pub(super) fn spend(&mut self, now: u64) {
        self.fill(now);
        self.tokens -= 1.0;
        self.writes.push(now);
    }

    /// How long to wait before the next write, in milliseconds: long enough to gather what is typed in one go, and
    /// longer the fewer tokens are left.
    pub(super) fn delay(&mut self, now: u64) -> u64 {
        self.fill(now);
        match self.tokens {
            20.0.. => 1_500,
            5.0.. => 15_000,
            1.0.. => 60_000,
            _ => Self::REFILL,
        }
    }

    /// How many more writes the browser allows in this minute and in this hour.
    pub(super) fn left(&self, now: u64) -> (usize, usize) {
        let made = |within: u64| self.writes.iter().filter(|at| now.saturating_sub(**at) < within).count();
        let (minute, hour) = Pace::ALLOWED;
        (minute.saturating_sub(made(Pace::MINUTE)), hour.saturating_sub(made(Pace::HOUR)))
    }
}

//! The hybrid logical clock: stamps follow the wall clock as long as the devices' clocks agree, and causality always.

use crate::id::DeviceId;

/// Minutes since the Unix epoch.
pub type Minutes = u32;

/// The time and the device of an edit.
///
/// Edits of one device share a stamp only if they were made together. An edit made after seeing another one has the
/// greater stamp, whatever the wall clocks show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// The minute.
    pub tick: Minutes,
    /// Orders edits within a minute, and edits whose clock has run ahead of the wall clock.
    pub counter: u32,
    /// The device that made the edit.
    pub device: DeviceId,
}

impl Stamp {
    /// The moment without the device.
    pub fn moment(self) -> Clock {
        Clock { tick: self.tick, counter: self.counter }
    }
}

/// The latest moment that a device has seen or used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clock {
    /// The minute.
    pub tick: Minutes,
    /// The last counter used or seen in that minute.
    pub counter: u32,
}

impl Clock {
    /// The limit in minutes by which a foreign stamp may be ahead of this device's wall clock. Otherwise a forged or
    /// mistaken stamp in the future would win until the wall clock passes it.
    pub const TOLERANCE: Minutes = 10;

    /// The next stamp. It is later than every stamp that was made or seen before.
    pub fn next(&mut self, now: Minutes, device: DeviceId) -> Stamp {
        *self = if now > self.tick {
            Clock { tick: now, counter: 0 }
        } else {
            match self.counter.checked_add(1) {
                Some(counter) => Clock { tick: self.tick, counter },
                None => Clock { tick: self.tick.saturating_add(1), counter: 0 },
            }
        };
        Stamp { tick: self.tick, counter: self.counter, device }
    }

    /// Advances the clock to a foreign stamp, so that every further stamp of [`Clock::next`] is later.
    pub fn see(&mut self, stamp: Stamp) {
        *self = (*self).max(stamp.moment());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ME: DeviceId = DeviceId([1; 8]);
    const OTHER: DeviceId = DeviceId([2; 8]);

    #[test]
    fn stamps_grow_even_when_the_wall_clock_goes_back() {
        let mut clock = Clock::default();
        let stamps: Vec<Stamp> = [100, 100, 90, 101, 5].map(|now| clock.next(now, ME)).into();
        assert!(stamps.is_sorted_by(|a, b| a < b), "{stamps:?}");
    }

    #[test]
    fn an_answer_is_later_than_what_it_answers() {
        let (mut mine, mut theirs) = (Clock::default(), Clock::default());
        let question = theirs.next(500, OTHER);
        mine.see(question);
        assert!(mine.next(100, ME) > question);
    }

    #[test]
    fn a_full_counter_moves_to_the_next_minute() {
        let mut clock = Clock { tick: 7, counter: u32::MAX };
        assert_eq!(clock.next(7, ME), Stamp { tick: 8, counter: 0, device: ME });
    }
}

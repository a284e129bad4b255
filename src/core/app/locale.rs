//! How the person's language says what replies are filled with. The shell brings it: the core knows no language and no
//! place on earth.

use core::fmt;

use crate::search::Initials;

/// Moments as they are said here. All take milliseconds since the epoch.
#[derive(Clone, Copy)]
pub struct Locale {
    /// The date so many days after a moment.
    pub date: fn(u64, i32) -> String,
    /// The time of the day.
    pub time: fn(u64) -> String,
    /// What a shop says to greet at that time of the day.
    pub greeting: fn(u64) -> String,
    /// The weekday (1: Monday … 7: Sunday) and the minute of the day.
    pub local: fn(u64) -> (u8, u16),
    /// By which letters Chinese characters are found. It is asked for once.
    pub initials: fn() -> Initials,
    /// What chats may be called, to try a reply on: a name, a longer one, and a number.
    pub samples: fn() -> [String; 3],
    /// A moment that something is promised for, so many days after another and at that minute of the day.
    pub due: fn(u64, u32, u16) -> String,
}

impl Default for Locale {
    /// Numbers and no words, at Greenwich.
    fn default() -> Locale {
        Locale {
            date: |now, days| format!("day {}", (now / 86_400_000) as i64 + i64::from(days)),
            time: |now| format!("{:02}:{:02}", now / 3_600_000 % 24, now / 60_000 % 60),
            greeting: |_| "Hello".to_owned(),
            // The epoch began on a Thursday.
            local: |now| (((now / 86_400_000 + 3) % 7 + 1) as u8, (now / 60_000 % 1_440) as u16),
            initials: Initials::default,
            samples: || ["Mei Lin", "Thomas van Dijk", "+49 1511 2345678"].map(str::to_owned),
            due: |now, days, minute| {
                format!("day {} {:02}:{:02}", now / 86_400_000 + u64::from(days), minute / 60, minute % 60)
            },
        }
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Locale")
    }
}

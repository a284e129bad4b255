//! The person's language and time zone, for the values that replies are filled with. The shell supplies these
//! functions, because the core knows no language and no time zone.

use core::fmt;

use crate::search::Initials;

/// Functions that depend on language and time zone. All moments are in milliseconds since the epoch.
#[derive(Clone, Copy)]
pub struct Locale {
    /// Formats the date that is this many days after a moment.
    pub date: fn(u64, i32) -> String,
    /// Formats the time of day.
    pub time: fn(u64) -> String,
    /// A greeting for the time of day.
    pub greeting: fn(u64) -> String,
    /// The local weekday (1: Monday … 7: Sunday) and the minute of the day.
    pub local: fn(u64) -> (u8, u16),
    /// The table of initials by which Chinese characters are found. It is requested once.
    pub initials: fn() -> Initials,
    /// Sample chat titles for the preview of a reply: a name, a longer name, and a number.
    pub samples: fn() -> [String; 3],
    /// Formats a due time: this many days after a moment, at this minute of the day.
    pub due: fn(u64, u32, u16) -> String,
}

impl Default for Locale {
    /// Formats that need no language, in UTC.
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

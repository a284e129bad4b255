//! A team's working hours, and when it can promise an answer.
//!
//! A week is written as `1-5 09:00-12:30 13:30-18:00; 6 10:00-14:00`: days from 1 (Monday) to 7 (Sunday), each with its
//! hours. Hours that end before they start end on the next day. Characters of other keyboards, such as a full-width colon
//! or a long dash, are accepted as well.

use core::ops::Range;

/// The key of the setting with the working hours: a text, as [`Week::print`] writes it. Without a value, the team works
/// around the clock.
pub const HOURS: [u8; 8] = *b"hours\0\0\0";

/// The key of the setting with the promise: the number of working minutes within which the team answers. Without a
/// value, it promises nothing.
pub const PROMISE: [u8; 8] = *b"promise\0";

/// The minutes of a day.
pub const DAY: u16 = 24 * 60;

/// The hours of a week, in minutes from midnight.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Week {
    /// From Monday on. The ranges of a day are ascending, not empty, and neither overlap nor touch. None ends after
    /// [`DAY`].
    days: [Vec<Range<u16>>; 7],
}

/// A syntax error in working hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeekError {
    /// The word at fault, as a range of bytes.
    pub place: Range<usize>,
    /// The kind of error.
    pub why: Why,
}

/// The kinds of syntax errors in working hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The word is not a list of days, such as `1`, `1-5` or `1,3,5`.
    Days,
    /// The word is not a range of hours, such as `09:00-17:30`.
    Hours,
    /// The hours end when they start. All day is `00:00-24:00`.
    Empty,
    /// The hours overlap others of the same day.
    Overlap,
    /// The days have no hours.
    NoHours,
}

/// A moment of a week, by the team's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalMinute {
    /// 1 is Monday, 7 is Sunday.
    pub weekday: u8,
    /// Minutes from midnight, below [`DAY`].
    pub minute: u16,
}

/// A due time, relative to today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// How many days from today. 0 is today.
    pub days: u32,
    /// Minutes from midnight, below [`DAY`].
    pub minute: u16,
}

impl Week {
    /// A week that is open around the clock.
    pub fn always() -> Week {
        Week { days: [const { 0..DAY }; 7].map(|all| vec![all]) }
    }

    /// Whether the week has no hours at all.
    pub fn is_empty(&self) -> bool {
        self.days.iter().all(Vec::is_empty)
    }

    /// The hours of a day, from 1 (Monday) to 7 (Sunday): ascending, neither overlapping nor touching.
    pub fn on(&self, weekday: u8) -> &[Range<u16>] {
        self.of(u32::from(weekday) + 6)
    }

    /// The hours of a day, counted in days from some Monday.
    fn of(&self, day: u32) -> &[Range<u16>] {
        self.days.get(day as usize % 7).map_or(&[], Vec::as_slice)
    }

    /// Parses a week. An empty text is a week without hours.
    pub fn parse(text: &str) -> Result<Week, WeekError> {
        let mut week = Week::default();
        let mut at = 0;
        for group in text.split_inclusive([';', '；', '\n']) {
            let words = words(group.trim_end_matches([';', '；', '\n']), at);
            at += group.len();
            let Some(((place, word), hours)) = words.split_first() else { continue };
            let error = |place: &Range<usize>, why| WeekError { place: place.clone(), why };
            let days = days(word).ok_or_else(|| error(place, Why::Days))?;
            if hours.is_empty() {
                return Err(error(place, Why::NoHours));
            }
            for (place, word) in hours {
                let (start, end) = hours_of(word).ok_or_else(|| error(place, Why::Hours))?;
                if start == end {
                    return Err(error(place, Why::Empty));
                }
                for day in (0..7).filter(|day| days & (1 << day) != 0) {
                    let fits = if start < end {
                        week.add(day, start..end)
                    } else {
                        week.add(day, start..DAY) && week.add(day + 1, 0..end)
                    };
                    if !fits {
                        return Err(error(place, Why::Overlap));
                    }
                }
            }
        }
        week.join();
        Ok(week)
    }

    /// Replaces the hours of a weekday (1 is Monday). Returns `false` and changes nothing if some end before they start, or
    /// overlap.
    pub fn set(&mut self, weekday: u8, hours: &[Range<u16>]) -> bool {
        let Some(day) = usize::from(weekday).checked_sub(1).filter(|day| *day < 7) else { return false };
        let mut fresh = Week { days: self.days.clone() };
        if let Some(there) = fresh.days.get_mut(day) {
            there.clear();
        }
        let fits = |it: &Range<u16>| it.start < it.end && it.end <= DAY;
        if !hours.iter().all(|it| fits(it) && fresh.add(day, it.clone())) {
            return false;
        }
        fresh.join();
        *self = fresh;
        true
    }

    /// Inserts hours into a day, in order. Returns `false` if they overlap others.
    fn add(&mut self, day: usize, hours: Range<u16>) -> bool {
        let Some(there) = self.days.get_mut(day % 7) else { return false };
        if hours.is_empty() {
            return true;
        }
        let at = there.partition_point(|it| it.end <= hours.start);
        if there.get(at).is_some_and(|it| it.start < hours.end) {
            return false;
        }
        there.insert(at, hours);
        true
    }

    /// Joins hours that touch.
    fn join(&mut self) {
        for day in &mut self.days {
            day.dedup_by(|later, earlier| {
                let follows = later.start == earlier.end;
                if follows {
                    earlier.end = later.end;
                }
                follows
            });
        }
    }

    /// Writes the week as text, grouping days with the same hours. [`Week::parse`] reads the same week back.
    pub fn print(&self) -> String {
        let mut groups: Vec<String> = Vec::new();
        let mut first = 0;
        for day in 0..7 {
            let hours = self.of(day);
            if day < 6 && self.of(day + 1) == hours {
                continue;
            }
            if !hours.is_empty() {
                let days =
                    if first == day { (day + 1).to_string() } else { format!("{}-{}", first + 1, day + 1) };
                let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
                let hours = hours.iter().map(|it| format!(" {}-{}", clock(it.start), clock(it.end)));
                groups.push(days + &hours.collect::<String>());
            }
            first = day + 1;
        }
        groups.join("; ")
    }

    /// Returns when an answer is due that is promised within `minutes` working minutes. Outside working hours, they
    /// count from the next opening. `None` for a week without hours.
    ///
    /// If the minutes end exactly at closing time, the answer is due then, not at the next opening. With 0 minutes, it
    /// is due now, or at the next opening.
    pub fn promised(&self, now: LocalMinute, minutes: u32) -> Option<Due> {
        let week: u32 = self.days.iter().flatten().map(|it| u32::from(it.end - it.start)).sum();
        if week == 0 {
            return None;
        }
        // Any seven days in a row have the same number of working minutes.
        let weeks = minutes.saturating_sub(1) / week;
        let mut left = minutes - weeks * week;
        let today = u32::from(now.weekday) + 6;
        for days in 0.. {
            for hours in self.of(today + days) {
                let start = if days == 0 { hours.start.max(now.minute) } else { hours.start };
                let open = u32::from(hours.end.saturating_sub(start));
                if open == 0 {
                    continue;
                }
                if left <= open {
                    let minute = u32::from(start) + left;
                    let days = u64::from(days) + 7 * u64::from(weeks) + u64::from(minute / u32::from(DAY));
                    let minute = (minute % u32::from(DAY)) as u16;
                    return Some(Due { days: u32::try_from(days).unwrap_or(u32::MAX), minute });
                }
                left -= open;
            }
        }
        None
    }
}

/// Returns the words of a text with their ranges of bytes, counted from `at`.
fn words(text: &str, at: usize) -> Vec<(Range<usize>, &str)> {
    let mut words = Vec::new();
    let mut end = at;
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        if !word.is_empty() {
            words.push((end..end + word.len(), word));
        }
        end += piece.len();
    }
    words
}

/// Parses days as a bit set; Monday is the lowest bit.
fn days(word: &str) -> Option<u8> {
    let mut days = 0;
    for part in word.split([',', '，', '、']) {
        let (first, last) = part.split_once(is_dash).unwrap_or((part, part));
        for day in day(first)?..=day(last)? {
            days |= 1 << day;
        }
        if day(first)? > day(last)? {
            return None;
        }
    }
    Some(days)
}

fn day(word: &str) -> Option<u8> {
    let day = word.parse::<u8>().ok()?;
    (word.len() == 1 && (1..=7).contains(&day)).then(|| day - 1)
}

fn hours_of(word: &str) -> Option<(u16, u16)> {
    let (start, end) = word.split_once(is_dash)?;
    let (start, end) = (clock(start)?, clock(end)?);
    (start < DAY).then_some((start, end))
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '~' | '～' | '－')
}

/// Parses a time such as `9:00`, `09:00` or `24:00` as minutes from midnight.
fn clock(word: &str) -> Option<u16> {
    let (hours, minutes) = word.split_once([':', '：'])?;
    let number = |word: &str, most: u16| {
        let is_number = (1..=2).contains(&word.len()) && word.bytes().all(|it| it.is_ascii_digit());
        word.parse::<u16>().ok().filter(|it| is_number && *it <= most)
    };
    let minute = number(hours, 24)? * 60 + number(minutes, 59).filter(|_| minutes.len() == 2)?;
    (minute <= DAY).then_some(minute)
}

#[cfg(test)]
mod tests;

//! Tests of parsing and printing weeks, and of due times against a model that counts minute by minute.

use proptest::prelude::*;

use super::*;

const OFFICE: &str = "1-5 09:00-12:30 13:30-18:00; 6 10:00-14:00";

fn week(text: &str) -> Week {
    Week::parse(text).expect("a week")
}

fn at(weekday: u8, hour: u16, minute: u16) -> LocalMinute {
    LocalMinute { weekday, minute: hour * 60 + minute }
}

/// Whether a minute of a day is within working hours.
fn is_open(week: &Week, weekday: u8, minute: u16) -> bool {
    week.on(weekday).iter().any(|it| it.contains(&minute))
}

/// Returns when a promise is due, as days, hours and minutes.
fn due(text: &str, now: LocalMinute, minutes: u32) -> Option<(u32, u16, u16)> {
    week(text).promised(now, minutes).map(|it| (it.days, it.minute / 60, it.minute % 60))
}

#[test]
fn a_week_reads_as_it_is_written() {
    for text in ["", OFFICE, "1-7 00:00-24:00", "7 08:00-09:00", "1 09:00-10:00; 3 09:00-10:00"] {
        assert_eq!(week(text).print(), text);
    }
    for (typed, printed) in [
        ("  6 10:00-14:00;1-5 13:30-18:00 9:00-12:30 ; ", OFFICE),
        ("1，3 9：00–10：00；7 9:00~10:00", "1 09:00-10:00; 3 09:00-10:00; 7 09:00-10:00"),
        ("1-2 09:00-12:00 12:00-13:00", "1-2 09:00-13:00"),
        ("1 08:00-09:00\n1 10:00-11:00", "1 08:00-09:00 10:00-11:00"),
        ("7 22:00-06:00", "1 00:00-06:00; 7 22:00-24:00"),
        ("1-7 22:00-00:00", "1-7 22:00-24:00"),
    ] {
        assert_eq!(week(typed).print(), printed, "{typed}");
    }
    assert_eq!(week("1-7 00:00-24:00"), Week::always());
    assert!(week(" ;; ").is_empty());
}

#[test]
fn what_can_not_be_read_is_pointed_at() {
    for (text, why, word) in [
        ("1-5 9-17", Why::Hours, "9-17"),
        ("1-5 09:00-25:00", Why::Hours, "09:00-25:00"),
        ("1-5 24:00-09:00", Why::Hours, "24:00-09:00"),
        ("1-5 09:00-24:01", Why::Hours, "09:00-24:01"),
        ("1-5 09:0-10:00", Why::Hours, "09:0-10:00"),
        ("1-5 09:00", Why::Hours, "09:00"),
        ("1 9:00-10:00; 8 09:00-10:00", Why::Days, "8"),
        ("5-1 09:00-10:00", Why::Days, "5-1"),
        ("Mo 09:00-10:00", Why::Days, "Mo"),
        ("09:00-10:00", Why::Days, "09:00-10:00"),
        ("1, 09:00-10:00", Why::Days, "1,"),
        ("1-5", Why::NoHours, "1-5"),
        ("1 9:00-9:00", Why::Empty, "9:00-9:00"),
        ("1 9:00-12:00 11:00-13:00", Why::Overlap, "11:00-13:00"),
        ("1-2 8:00-9:00；2 8：30-9:30", Why::Overlap, "8：30-9:30"),
        ("1 22:00-06:00; 2 05:00-07:00", Why::Overlap, "05:00-07:00"),
    ] {
        let it = Week::parse(text).expect_err(text);
        assert_eq!((it.why, &text[it.place]), (why, word), "{text}");
    }
}

#[test]
fn only_working_minutes_count() {
    // Within the morning, over lunch, over night, over the weekend.
    assert_eq!(due(OFFICE, at(1, 9, 10), 60), Some((0, 10, 10)));
    assert_eq!(due(OFFICE, at(1, 12, 0), 60), Some((0, 14, 0)));
    assert_eq!(due(OFFICE, at(1, 17, 30), 60), Some((1, 9, 30)));
    assert_eq!(due(OFFICE, at(6, 13, 30), 60), Some((2, 9, 30)));
    // Until the end of work.
    assert_eq!(due(OFFICE, at(1, 17, 0), 60), Some((0, 18, 0)));
    // Longer than a day, than a week, than a year.
    assert_eq!(due(OFFICE, at(1, 9, 0), 8 * 60 + 1), Some((1, 9, 1)));
    assert_eq!(due(OFFICE, at(1, 9, 0), 44 * 60), Some((5, 14, 0)));
    assert_eq!(due(OFFICE, at(1, 9, 0), 44 * 60 + 1), Some((7, 9, 1)));
    assert_eq!(due(OFFICE, at(1, 9, 0), 100 * 44 * 60 + 1), Some((700, 9, 1)));
}

#[test]
fn a_promise_starts_with_the_next_opening() {
    assert_eq!(due(OFFICE, at(1, 7, 0), 30), Some((0, 9, 30)));
    assert_eq!(due(OFFICE, at(1, 12, 45), 30), Some((0, 14, 0)));
    assert_eq!(due(OFFICE, at(5, 20, 0), 30), Some((1, 10, 30)));
    assert_eq!(due(OFFICE, at(7, 12, 0), 30), Some((1, 9, 30)));
    assert_eq!(due(OFFICE, at(7, 12, 0), 0), Some((1, 9, 0)));
    assert_eq!(due(OFFICE, at(1, 10, 0), 0), Some((0, 10, 0)));
    assert_eq!(due("3 10:00-11:00", at(3, 11, 0), 30), Some((7, 10, 30)));
    assert_eq!(due("3 10:00-11:00", at(3, 10, 45), 30), Some((7, 10, 15)));
}

#[test]
fn around_the_clock_is_the_clock() {
    let now = at(7, 23, 30);
    assert_eq!(due("1-7 00:00-24:00", now, 15), Some((0, 23, 45)));
    assert_eq!(due("1-7 00:00-24:00", now, 30), Some((1, 0, 0)));
    assert_eq!(due("1-7 00:00-24:00", now, 24 * 60), Some((1, 23, 30)));
    assert_eq!(due("1-7 00:00-24:00", now, u32::MAX).map(|it| it.0), Some(2_982_617));
}

#[test]
fn a_week_without_hours_promises_nothing() {
    assert_eq!(due("", at(1, 9, 0), 0), None);
    assert_eq!(due("", at(1, 9, 0), 60), None);
}

prop_compose! {
    fn any_week()(days in prop::collection::vec(prop::collection::vec((0..47u16, 1..20u16), 0..3), 7)) -> Week {
        let mut week = Week::default();
        for (day, hours) in days.into_iter().enumerate() {
            for (start, len) in hours {
                // Overlapping hours are dropped.
                week.add(day, start * 30..(start * 30 + len * 30).min(DAY));
            }
        }
        week.join();
        week
    }
}

proptest! {
    #[test]
    fn any_week_reads_as_printed(week in any_week()) {
        prop_assert_eq!(Week::parse(&week.print()), Ok(week));
    }

    #[test]
    fn any_text_is_a_week_or_pointed_at(text in "[0-9:; ,\\-：；–a]{0,40}") {
        match Week::parse(&text) {
            Ok(week) => prop_assert_eq!(Week::parse(&week.print()), Ok(week)),
            Err(it) => prop_assert!(text.get(it.place).is_some_and(|it| !it.is_empty())),
        }
    }

    #[test]
    fn a_promise_is_kept_by_going_minute_by_minute(
        week in any_week(), weekday in 1..8u8, minute in 0..DAY, promise in 1..5_000u32,
    ) {
        let due = week.promised(LocalMinute { weekday, minute }, promise);
        prop_assert_eq!(due.is_none(), week.is_empty());
        if let Some(due) = due {
            let start = u32::from(weekday - 1) * u32::from(DAY) + u32::from(minute);
            let (mut now, mut left) = (start, promise);
            while left > 0 {
                let weekday = (now / u32::from(DAY) % 7) as u8 + 1;
                left -= u32::from(is_open(&week, weekday, (now % u32::from(DAY)) as u16));
                now += 1;
            }
            let days = now / u32::from(DAY) - start / u32::from(DAY);
            prop_assert_eq!((due.days, due.minute), (days, (now % u32::from(DAY)) as u16));
        }
    }
}

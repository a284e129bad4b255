//! What is on screen of the team's fields and hours, as plain data.

use core::ops::Range;

use super::{in_units, promise, text, trouble, week};
use crate::app::context::Context;
use crate::app::desk::typed::{Field, Typed};
use crate::id::FieldId;
use crate::team::hours::{DAY, LocalMinute, Week, Why};
use crate::words::Words;

/// The team's fields, hours and promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields {
    /// The fields, by name.
    pub rows: Vec<FieldRow>,
    /// The name that is being typed for a new one.
    pub new: String,
    /// Why it can't be called so.
    pub new_trouble: Option<Words>,
    /// The working hours as they are typed.
    pub hours: String,
    /// What can't be read of them, and where, in units of UTF-16.
    pub hours_trouble: Option<(Words, Range<usize>)>,
    /// How they are understood; empty: around the clock, or they can't be read.
    pub week: Vec<Days>,
    /// Within how many working minutes an answer is promised, as it is typed.
    pub promise: String,
    /// Why that can't be promised.
    pub promise_trouble: Option<Words>,
    /// What a customer who writes now is promised; `None`: nothing.
    pub due: Option<String>,
}

/// A field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldRow {
    /// Which.
    pub id: FieldId,
    /// What stands between the braces, as it is typed.
    pub name: String,
    /// What it is filled with, as it is typed.
    pub value: String,
    /// How many choices its value has; 0 and 1 are none.
    pub choices: usize,
    /// Why it can't be called so, or is never seen.
    pub trouble: Option<Words>,
}

/// Days that follow each other and have the same hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first, from 1, Monday, to 7, Sunday.
    pub first: u8,
    /// The last.
    pub last: u8,
    /// The hours, such as `09:00–12:30`; none: closed.
    pub hours: Vec<String>,
}

/// The team's fields and hours as they are shown.
pub(in crate::app::desk) fn fields(ctx: &Context, typed: &Typed) -> Fields {
    let row = |(id, _): (FieldId, _)| {
        let (name, value) = (text(ctx, typed, Field::FieldName(id)), text(ctx, typed, Field::FieldValue(id)));
        FieldRow {
            id,
            trouble: trouble(ctx, Some(id), &name),
            choices: value.lines().filter(|line| !line.trim().is_empty()).count(),
            name,
            value,
        }
    };
    let new = text(ctx, typed, Field::NewField);
    let (hours, week, promise) = (text(ctx, typed, Field::Hours), week(ctx, typed), promise(ctx, typed));
    let hours_trouble = week.as_ref().err().map(|it| {
        let place = it.place.clone();
        let quoted = hours.get(place).unwrap_or_default();
        (Words::with(why(it.why), [quoted]), in_units(&hours, &it.place))
    });
    let week = week.ok();
    Fields {
        rows: ctx.team().fields().into_iter().map(row).collect(),
        new_trouble: trouble(ctx, None, &new),
        new,
        due: week.as_ref().zip(promise.ok().flatten()).and_then(|(week, minutes)| due(ctx, week, minutes)),
        week: week.as_ref().map(echo).unwrap_or_default(),
        hours,
        hours_trouble,
        promise: text(ctx, typed, Field::Promise),
        promise_trouble: promise.is_err().then(|| Words::plain("fields_hours_no_number")),
    }
}

fn why(why: Why) -> &'static str {
    match why {
        Why::Days => "fields_hours_no_days",
        Why::Hours => "fields_hours_no_hours",
        Why::Empty => "fields_hours_empty",
        Why::Overlap => "fields_hours_overlap",
        Why::NoHours => "fields_hours_missing",
    }
}

/// What a customer who writes now is promised, in words.
fn due(ctx: &Context, week: &Week, minutes: u32) -> Option<String> {
    let locale = &ctx.locale;
    let (weekday, minute) = (locale.local)(ctx.now);
    let always = Week::always();
    let week = if week.is_empty() { &always } else { week };
    let due = week.promised(LocalMinute { weekday, minute }, minutes)?;
    Some((locale.due)(ctx.now, due.days, due.minute))
}

/// How hours are understood.
fn echo(week: &Week) -> Vec<Days> {
    if week.is_empty() {
        return Vec::new();
    }
    let mut echo: Vec<Days> = Vec::new();
    for day in 1..=7 {
        let hours: Vec<String> = week.on(day).iter().map(written).collect();
        match echo.last_mut() {
            Some(days) if days.hours == hours => days.last = day,
            _ => echo.push(Days { first: day, last: day, hours }),
        }
    }
    echo
}

fn written(hours: &Range<u16>) -> String {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    debug_assert!(hours.end <= DAY);
    format!("{}–{}", clock(hours.start), clock(hours.end))
}

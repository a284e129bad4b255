//! View of the team's fields, hours and promise.

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
    /// The fields, sorted by name.
    pub rows: Vec<FieldRow>,
    /// The typed name of a new field.
    pub new: String,
    /// Why the new field can't have this name.
    pub new_trouble: Option<Words>,
    /// The working hours as they are typed.
    pub hours: String,
    /// The error in the working hours and its place, in UTF-16 code units.
    pub hours_trouble: Option<(Words, Range<usize>)>,
    /// The hours as parsed; empty if they are around the clock or can't be parsed.
    pub week: Vec<Days>,
    /// The promise in working minutes, as it is typed.
    pub promise: String,
    /// Why this promise is invalid.
    pub promise_trouble: Option<Words>,
    /// The due time that a customer who writes now is promised, if there is a promise.
    pub due: Option<String>,
}

/// A field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldRow {
    /// The field's id.
    pub id: FieldId,
    /// The typed name, without braces.
    pub name: String,
    /// The typed value.
    pub value: String,
    /// How many choices the value has; 0 and 1 mean that it is a plain text.
    pub choices: usize,
    /// Why the field can't have this name, or why its value is never used.
    pub trouble: Option<Words>,
}

/// Consecutive days with the same hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first day, from 1 (Monday) to 7 (Sunday).
    pub first: u8,
    /// The last day.
    pub last: u8,
    /// The hours, such as `09:00–12:30`; empty on closed days.
    pub hours: Vec<String>,
}

/// Returns the view of the team's fields and hours.
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

/// Returns the due time that a customer who writes now is promised.
fn due(ctx: &Context, week: &Week, minutes: u32) -> Option<String> {
    let locale = &ctx.locale;
    let (weekday, minute) = (locale.local)(ctx.now);
    let always = Week::always();
    let week = if week.is_empty() { &always } else { week };
    let due = week.promised(LocalMinute { weekday, minute }, minutes)?;
    Some((locale.due)(ctx.now, due.days, due.minute))
}

/// Returns the parsed hours, for the person to check.
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

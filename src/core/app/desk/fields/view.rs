//! View of the team's fields, hours and promise.

use core::ops::Range;

use super::{in_units, promise, text, trouble, week};
use crate::app::context::Context;
use crate::app::desk::typed::{Field, Typed};
use crate::id::FieldId;
use crate::team::hours::{LocalMinute, Week, Why};
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
    /// Whether the team works around the clock, because it has no hours.
    pub always: bool,
    /// The hours of each day from Monday on, in minutes from midnight; none if they can't be parsed.
    pub week: [Vec<Range<u16>>; 7],
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
        always: week.as_ref().is_some_and(Week::is_empty),
        week: core::array::from_fn(|day| {
            week.as_ref().map(|week| week.on(day as u8 + 1).to_vec()).unwrap_or_default()
        }),
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

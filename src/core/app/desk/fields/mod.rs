//! Values for the team's replies: the team's own fields, its working hours, and the promised answer time.

#[cfg(test)]
mod tests;
mod update;
pub mod view;

pub(super) use update::{edits, saves, update};

use core::ops::Range;

use crate::app::context::Context;
use crate::app::desk::typed::{Field, Typed};
use crate::id::FieldId;
use crate::replica::{Key, Value};
use crate::team::hours::{self, Week, WeekError};
use crate::template::{fold, is_built_in, is_name};
use crate::words::Words;

/// A message about fields, other than typing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Create a field with the typed name and this random id.
    New(FieldId),
    /// Replace the hours of a weekday (1 is Monday), in minutes from midnight.
    Day(u8, Vec<Range<u16>>),
    /// Give all days from Monday to Friday the hours of this weekday.
    CopyDay(u8),
    /// Delete a field. Replies keep its name in braces, so that the palette asks for its value from then on.
    Delete(FieldId),
}

/// The longest promise, in working minutes: a year of days and nights. A larger number is a typing error.
const LONGEST: u32 = 366 * 24 * 60;

/// Explains why a field can't have this name, ignoring leading and trailing spaces. `field` is the field that is
/// renamed.
fn trouble(ctx: &Context, field: Option<FieldId>, name: &str) -> Option<Words> {
    let name = name.trim();
    let fields = ctx.team().fields();
    let is_another =
        |it: &(FieldId, crate::team::field::Field)| Some(it.0) != field && fold(&it.1.name) == fold(name);
    if name.is_empty() {
        None
    } else if is_built_in(name) {
        Some(Words::with("fields_built_in", [name]))
    } else if !is_name(name) {
        Some(Words::plain("fields_no_name"))
    } else {
        fields.iter().any(is_another).then(|| Words::with("fields_same", [name]))
    }
}

/// Parses the working hours as typed. An empty week means around the clock.
fn week(ctx: &Context, typed: &Typed) -> Result<Week, WeekError> {
    Week::parse(&text(ctx, typed, Field::Hours))
}

/// Parses the promise as typed: `None` promises nothing; `Err` means that the text is not a valid number of minutes.
fn promise(ctx: &Context, typed: &Typed) -> Result<Option<u32>, ()> {
    let text = text(ctx, typed, Field::Promise);
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let minutes = text.parse().ok().filter(|minutes| *minutes <= LONGEST).ok_or(())?;
    Ok(Some(minutes).filter(|minutes| *minutes > 0))
}

/// Returns the text of a field: the typed text, else the saved one.
fn text(ctx: &Context, typed: &Typed, field: Field) -> String {
    typed.or(field, || match field {
        Field::FieldName(id) => ctx.text_of(&Key::FieldName(id)),
        Field::FieldValue(id) => ctx.text_of(&Key::FieldValue(id)),
        Field::Hours => setting(ctx, &hours::HOURS),
        Field::Promise => setting(ctx, &hours::PROMISE),
        _ => String::new(),
    })
}

/// Returns the value of a setting as text.
fn setting(ctx: &Context, name: &[u8; 8]) -> String {
    match ctx.team().setting(name) {
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Number(number)) if *name == hours::PROMISE => number.to_string(),
        _ => String::new(),
    }
}

/// Converts a range of bytes to UTF-16 code units, which browsers count in.
fn in_units(text: &str, bytes: &Range<usize>) -> Range<usize> {
    let units = |end: usize| text.get(..end).map_or(0, |it| it.encode_utf16().count());
    units(bytes.start)..units(bytes.end)
}

//! What the team's replies are filled with: fields of its own, its working hours, and what it promises.

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

/// What happens among the fields, beyond typing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Create a field with the name that was typed. The id is random.
    New(FieldId),
    /// Delete a field. Replies keep its name, and ask for it from then on.
    Delete(FieldId),
}

/// The longest promise, in working minutes: a year of days and nights. What is longer is a slip.
const LONGEST: u32 = 366 * 24 * 60;

/// Why a field can't be called so, leading and trailing spaces aside; `field` is the one that is to be.
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

/// The working hours as they are typed. None at all is around the clock.
fn week(ctx: &Context, typed: &Typed) -> Result<Week, WeekError> {
    Week::parse(&text(ctx, typed, Field::Hours))
}

/// The promise as it is typed: `None` promises nothing, and `Err` is no number of minutes.
fn promise(ctx: &Context, typed: &Typed) -> Result<Option<u32>, ()> {
    let text = text(ctx, typed, Field::Promise);
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let minutes = text.parse().ok().filter(|minutes| *minutes <= LONGEST).ok_or(())?;
    Ok(Some(minutes).filter(|minutes| *minutes > 0))
}

/// What a field shows: what was typed, else what is saved.
fn text(ctx: &Context, typed: &Typed, field: Field) -> String {
    typed.or(field, || match field {
        Field::FieldName(id) => ctx.text_of(&Key::FieldName(id)),
        Field::FieldValue(id) => ctx.text_of(&Key::FieldValue(id)),
        Field::Hours => setting(ctx, &hours::HOURS),
        Field::Promise => setting(ctx, &hours::PROMISE),
        _ => String::new(),
    })
}

/// What a setting says.
fn setting(ctx: &Context, name: &[u8; 8]) -> String {
    match ctx.team().setting(name) {
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Number(number)) if *name == hours::PROMISE => number.to_string(),
        _ => String::new(),
    }
}

/// A range of bytes of a text in units of UTF-16, as browsers count.
fn in_units(text: &str, bytes: &Range<usize>) -> Range<usize> {
    let units = |end: usize| text.get(..end).map_or(0, |it| it.encode_utf16().count());
    units(bytes.start)..units(bytes.end)
}

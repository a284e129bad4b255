//! Update functions of the fields.

use super::{Msg, promise, text, trouble, week};
use crate::app::context::Context;
use crate::app::desk::effect::{Effect, Spot, neighbour};
use crate::app::desk::typed::{Field, Saves, Typed};
use crate::id::FieldId;
use crate::replica::{Edit, Key, Value};
use crate::team::hours;
use crate::words::Words;

/// Handles a message about fields.
pub(in crate::app::desk) fn update(ctx: &mut Context, typed: &mut Typed, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::New(id) => create(ctx, typed, id),
        Msg::Delete(id) => delete(ctx, typed, id),
        Msg::Day(day, hours) => change_week(ctx, typed, |week| week.set(day, &hours)),
        Msg::CopyDay(from) => change_week(ctx, typed, |week| {
            let hours = week.on(from).to_vec();
            (1..=5).all(|day| week.set(day, &hours))
        }),
    }
}

/// Changes the working hours. A typed text that can't be parsed is replaced, because the grid shows no hours for it.
fn change_week(
    ctx: &mut Context,
    typed: &mut Typed,
    change: impl FnOnce(&mut hours::Week) -> bool,
) -> Vec<Effect> {
    let mut changed = week(ctx, typed).unwrap_or_default();
    if !change(&mut changed) {
        return vec![];
    }
    typed.forget(|field| field == Field::Hours);
    let value = if changed.is_empty() { Value::Nothing } else { Value::Text(changed.print()) };
    ctx.edit(vec![(Key::Setting(hours::HOURS), value)])
}

fn create(ctx: &mut Context, typed: &mut Typed, id: FieldId) -> Vec<Effect> {
    let name = text(ctx, typed, Field::NewField).trim().to_owned();
    if name.is_empty() || trouble(ctx, None, &name).is_some() {
        return vec![Effect::Focus(Spot::NewField)];
    }
    typed.forget(|field| field == Field::NewField);
    let mut effects = ctx.edit(vec![(Key::FieldName(id), Value::Text(name))]);
    effects.push(Effect::Focus(Spot::FieldValue(id)));
    effects
}

fn delete(ctx: &mut Context, typed: &mut Typed, id: FieldId) -> Vec<Effect> {
    let fields = ctx.team().fields();
    let ids: Vec<FieldId> = fields.iter().map(|(id, _)| *id).collect();
    let Some((_, field)) = fields.into_iter().find(|(it, _)| *it == id) else { return vec![] };
    typed.forget(|it| it == Field::FieldName(id) || it == Field::FieldValue(id));
    // Emptying the name deletes a field. Its value is kept, so that undo restores it.
    let edits = vec![(Key::FieldName(id), Value::Text(String::new()))];
    let mut effects = ctx.edit_with_undo(edits, Words::with("fields_toast_deleted", [&field.name]));
    effects.push(Effect::Focus(neighbour(&ids, id).map_or(Spot::NewField, Spot::FieldName)));
    effects
}

/// Takes the typed texts that can be saved, and returns their edits. The other texts stay typed, and the view shows
/// what is wrong with them.
pub(in crate::app::desk) fn edits(ctx: &Context, typed: &mut Typed) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut done = Vec::new();
    for (field, text) in typed.iter() {
        let edit = match field {
            Field::FieldName(id) => {
                if trouble(ctx, Some(id), text).is_some() {
                    continue;
                }
                // An emptied name is not saved: the field shows the old name again.
                let name = text.trim();
                (!name.is_empty()).then(|| (Key::FieldName(id), Value::Text(name.to_owned())))
            }
            Field::FieldValue(id) => Some((Key::FieldValue(id), Value::Text(text.trim().to_owned()))),
            Field::Hours => match week(ctx, typed) {
                Ok(week) if week.is_empty() => Some((Key::Setting(hours::HOURS), Value::Nothing)),
                Ok(week) => Some((Key::Setting(hours::HOURS), Value::Text(week.print()))),
                Err(_) => continue,
            },
            Field::Promise => match promise(ctx, typed) {
                Ok(promise) => {
                    let value = promise.map_or(Value::Nothing, Value::Number);
                    Some((Key::Setting(hours::PROMISE), value))
                }
                Err(()) => continue,
            },
            _ => continue,
        };
        done.push(field);
        edits.extend(edit);
    }
    typed.forget(|field| done.contains(&field));
    edits.retain(|(key, value)| ctx.optimistic.value(key) != *value);
    edits
}

/// Returns what has to be saved before a message is handled.
pub(in crate::app::desk) fn saves(msg: &Msg) -> Saves {
    match msg {
        Msg::New(_) | Msg::Day(..) | Msg::CopyDay(_) => Saves::Nothing,
        Msg::Delete(_) => Saves::Typed,
    }
}

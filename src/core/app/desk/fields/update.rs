//! What happens among the fields, and what follows from it.

use super::Msg;
use crate::app::desk::actions::neighbour;
use crate::app::desk::{Desk, Effect, Field, Spot};
use crate::id::FieldId;
use crate::replica::{Edit, Key, Value};
use crate::team::hours;
use crate::words::Words;

impl Desk {
    /// Takes in what happened among the fields.
    pub(in crate::app::desk) fn in_fields(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::New(id) => self.new_field(id),
            Msg::Delete(id) => self.delete_field(id),
        }
    }

    fn new_field(&mut self, id: FieldId) -> Vec<Effect> {
        let name = self.text(Field::NewField).trim().to_owned();
        if name.is_empty() || self.field_trouble(None, &name).is_some() {
            return vec![Effect::Focus(Spot::NewField)];
        }
        self.typed.forget(|field| field == Field::NewField);
        let mut effects = self.ctx.edit(vec![(Key::FieldName(id), Value::Text(name))]);
        effects.push(Effect::Focus(Spot::FieldValue(id)));
        effects
    }

    fn delete_field(&mut self, id: FieldId) -> Vec<Effect> {
        let mut effects = self.commit();
        let fields = self.ctx.team().fields();
        let ids: Vec<FieldId> = fields.iter().map(|(id, _)| *id).collect();
        let Some((_, field)) = fields.into_iter().find(|(it, _)| *it == id) else { return effects };
        self.typed.forget(|it| it == Field::FieldName(id) || it == Field::FieldValue(id));
        // A field without a name is none; its value stays for the way back.
        let edits = vec![(Key::FieldName(id), Value::Text(String::new()))];
        effects.extend(self.ctx.edit_with_undo(edits, Words::with("toast_field_deleted", [&field.name])));
        effects.push(Effect::Focus(neighbour(&ids, id).map_or(Spot::NewField, Spot::FieldName)));
        effects
    }

    /// What was typed among the fields, as far as it can be saved. The rest stays as it is typed, with what is wrong
    /// about it.
    pub(in crate::app::desk) fn field_edits(&mut self) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut done = Vec::new();
        for (field, text) in self.typed.iter() {
            let edit = match field {
                Field::FieldName(id) => {
                    if self.field_trouble(Some(id), text).is_some() {
                        continue;
                    }
                    // A name that was emptied comes back.
                    let name = text.trim();
                    (!name.is_empty()).then(|| (Key::FieldName(id), Value::Text(name.to_owned())))
                }
                Field::FieldValue(id) => Some((Key::FieldValue(id), Value::Text(text.trim().to_owned()))),
                Field::Hours => match self.week() {
                    Ok(week) if week.is_empty() => Some((Key::Setting(hours::HOURS), Value::Nothing)),
                    Ok(week) => Some((Key::Setting(hours::HOURS), Value::Text(week.print()))),
                    Err(_) => continue,
                },
                Field::Promise => match self.promise() {
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
        self.typed.forget(|field| done.contains(&field));
        edits.retain(|(key, value)| self.ctx.shared.value(key) != *value);
        edits
    }
}

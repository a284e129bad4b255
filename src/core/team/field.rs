//! Team fields, whose values are filled into quick replies.

use crate::id::FieldId;
use crate::replica::{Key, Value};
use crate::team::Team;

/// A team field: `{name}` in a reply is replaced by its value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// The name, without braces.
    pub name: String,
    /// The value; several lines are choices.
    pub value: String,
}

impl Field {
    /// Applies a register of the field.
    pub(super) fn set(&mut self, key: &Key, value: &Value) {
        match key {
            Key::FieldName(_) => self.name = value.as_text().to_owned(),
            Key::FieldValue(_) => self.value = value.as_text().to_owned(),
            _ => {}
        }
    }
}

impl Team {
    /// Returns a field, even if its name was emptied.
    pub fn field(&self, id: FieldId) -> Option<&Field> {
        self.fields.get(&id)
    }

    /// Returns the team's fields, sorted by name.
    pub fn fields(&self) -> Vec<(FieldId, Field)> {
        let named = self.fields.iter().filter(|(_, field)| !field.name.is_empty());
        let mut fields: Vec<(FieldId, Field)> = named.map(|(id, field)| (*id, field.clone())).collect();
        fields.sort_unstable_by(|a, b| (&a.1.name, a.0).cmp(&(&b.1.name, b.0)));
        fields
    }
}

//! Team fields, whose values are filled into quick replies.

use crate::id::FieldId;
use crate::replica::{Key, Value};
use crate::team::Team;

/// A field of the team's, which `{its name}` in a reply is filled with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// What stands between the braces.
    pub name: String,
    /// What it is filled with; several lines are choices.
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
    /// A field of the team's, one that has lost its name too.
    pub fn field(&self, id: FieldId) -> Option<&Field> {
        self.fields.get(&id)
    }

    /// The team's fields, by name.
    pub fn fields(&self) -> Vec<(FieldId, Field)> {
        let named = self.fields.iter().filter(|(_, field)| !field.name.is_empty());
        let mut fields: Vec<(FieldId, Field)> = named.map(|(id, field)| (*id, field.clone())).collect();
        fields.sort_unstable_by(|a, b| (&a.1.name, a.0).cmp(&(&b.1.name, b.0)));
        fields
    }
}

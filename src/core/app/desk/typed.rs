//! Typed texts of the desk that are not saved yet.

use crate::id::{FieldId, TagId};

/// A text field of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The person's name.
    MyName,
    /// The person's initials.
    MyInitials,
    /// The name of a tag.
    TagName(TagId),
    /// The name of a new tag.
    NewTag,
    /// The search text of the replies.
    Search,
    /// The title of the open reply.
    Title,
    /// The shortcut of the open reply.
    Shortcut,
    /// The text of the open reply.
    Body,
    /// The folder of the open reply.
    Folder,
    /// The target folder of the selected replies.
    BulkFolder,
    /// The name of a field of the team's.
    FieldName(FieldId),
    /// The value of a field of the team's.
    FieldValue(FieldId),
    /// The name of a new field of the team's.
    NewField,
    /// The working hours.
    Hours,
    /// The promise, in working minutes.
    Promise,
    /// The number of days after which a closed chat is archived.
    Days,
}

/// Typed texts that are not saved yet. Changes from elsewhere do not overwrite them.
#[derive(Default)]
pub struct Typed(Vec<(Field, String)>);

impl Typed {
    /// Returns the typed text of a field.
    pub(super) fn get(&self, field: Field) -> Option<&str> {
        self.0.iter().find(|(it, _)| *it == field).map(|(_, text)| text.as_str())
    }

    /// Returns the text of a field: the typed text, else the saved one.
    pub(super) fn or(&self, field: Field, saved: impl FnOnce() -> String) -> String {
        self.get(field).map_or_else(saved, str::to_owned)
    }

    /// Iterates over all typed texts.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Field, &str)> {
        self.0.iter().map(|(field, text)| (*field, text.as_str()))
    }

    /// Whether a field that fits has a typed text.
    pub(super) fn has(&self, fits: impl Fn(Field) -> bool) -> bool {
        self.0.iter().any(|(field, _)| fits(*field))
    }

    /// Sets the typed text of a field.
    pub(super) fn set(&mut self, field: Field, text: String) {
        self.forget(|it| it == field);
        self.0.push((field, text));
    }

    /// Drops the typed texts of fields that fit.
    pub(super) fn forget(&mut self, fits: impl Fn(Field) -> bool) {
        self.0.retain(|(field, _)| !fits(*field));
    }
}

/// The texts to save before a message is handled. Otherwise a typed text would hide the message's result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Saves {
    /// Nothing.
    Nothing,
    /// The typed texts, as far as they can be saved.
    Typed,
    /// The typed texts. Those of the open reply are then closed, because another view replaces the reply.
    Settled,
}

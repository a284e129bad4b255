//! What is being typed at the desk.

use crate::id::{FieldId, TagId};

/// A field that somebody types into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// My name.
    MyName,
    /// My initials.
    MyInitials,
    /// The name of a tag.
    TagName(TagId),
    /// The name of a tag that is to be created.
    NewTag,
    /// What is searched among the replies.
    Search,
    /// The title of the open reply.
    Title,
    /// The shortcut of the open reply.
    Shortcut,
    /// The text of the open reply.
    Body,
    /// The folder of the open reply.
    Folder,
    /// The folder for the replies that are selected.
    BulkFolder,
    /// The name of a field of the team's.
    FieldName(FieldId),
    /// What it is filled with.
    FieldValue(FieldId),
    /// The name of a field that is to be created.
    NewField,
    /// The working hours.
    Hours,
    /// Within how many working minutes an answer is promised.
    Promise,
    /// How many days a closed chat has rested when it is archived.
    Days,
}

/// What was typed and is not saved yet. What comes from elsewhere meanwhile does not touch it.
#[derive(Default)]
pub struct Typed(Vec<(Field, String)>);

impl Typed {
    /// What was typed into a field.
    pub(super) fn get(&self, field: Field) -> Option<&str> {
        self.0.iter().find(|(it, _)| *it == field).map(|(_, text)| text.as_str())
    }

    /// What a field shows: what was typed, else what is saved.
    pub(super) fn or(&self, field: Field, saved: impl FnOnce() -> String) -> String {
        self.get(field).map_or_else(saved, str::to_owned)
    }

    /// Everything that was typed.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Field, &str)> {
        self.0.iter().map(|(field, text)| (*field, text.as_str()))
    }

    /// Whether something was typed into a field that fits.
    pub(super) fn has(&self, fits: impl Fn(Field) -> bool) -> bool {
        self.0.iter().any(|(field, _)| fits(*field))
    }

    /// Somebody typed: this is all of the field's text.
    pub(super) fn set(&mut self, field: Field, text: String) {
        self.forget(|it| it == field);
        self.0.push((field, text));
    }

    /// Forgets what was typed into fields that fit.
    pub(super) fn forget(&mut self, fits: impl Fn(Field) -> bool) {
        self.0.retain(|(field, _)| !fits(*field));
    }
}

/// What is saved before a message is taken in, so that what is typed is not laid over what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Saves {
    /// Nothing.
    Nothing,
    /// What was typed, as far as it can be saved.
    Typed,
    /// What was typed, since something else takes the place of the open reply.
    Settled,
}

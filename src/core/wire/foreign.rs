//! The importer's answer to the desk: the content of another tool's file.
//!
//! The shell converts it to a plain JavaScript object and back, field by field.

use serde::Serialize;

use super::TeamFile;

/// The content of another tool's file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ForeignFile {
    /// The replies that can be imported.
    pub team: TeamFile,
    /// The entries that can't be imported, in the file's order. Only the first ones are listed.
    pub skipped: Vec<SkippedEntry>,
    /// How many more entries were skipped.
    pub more: usize,
}

/// An entry, or a part of one, that can't be imported.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SkippedEntry {
    /// The line in the file, from 1.
    pub line: usize,
    /// The entry's name in the file.
    pub name: String,
    /// The reason, for the person.
    pub why: SentWords,
    /// Whether the reply is imported without this part.
    pub taken: bool,
}

/// [`crate::words::Words`] as the importer sends them: the name is not `'static` there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SentWords {
    /// [`crate::words::Words::name`].
    pub name: String,
    /// [`crate::words::Words::with`].
    pub with: Vec<String>,
}

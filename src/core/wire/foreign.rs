//! What the importer answers the desk: a file of another tool's, read.
//!
//! The shell turns it into plain JavaScript and back, field by field.

use serde::Serialize;

use super::TeamFile;

/// What was in a file of another tool's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ForeignFile {
    /// What can be imported.
    pub team: TeamFile,
    /// What can't be taken, in the file's order, as far as a person would read.
    pub left: Vec<LeftOut>,
    /// How many more there are of those.
    pub more: usize,
}

/// Something of a file that can't be taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// The line in the file, from 1.
    pub line: usize,
    /// What it is called there.
    pub name: String,
    /// What about it.
    pub why: Said,
    /// Whether the reply is taken without this.
    pub taken: bool,
}

/// Words that are said elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Said {
    /// [`crate::words::Words::name`].
    pub name: String,
    /// [`crate::words::Words::with`].
    pub with: Vec<String>,
}

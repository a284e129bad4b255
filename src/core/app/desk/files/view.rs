//! View of an import.

use super::{Import, State};
use crate::import as foreign;
use crate::team_file::{Changes, Kind};
use crate::words::Words;

/// The view of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportView {
    /// No file was chosen.
    None,
    /// The file is being read; the progress in percent.
    Reading(usize),
    /// The file can't be imported.
    Unusable(Words),
    /// The file was read.
    Read {
        /// The numbers of additions and changes by kind; empty if the team already equals the file.
        counts: Vec<Words>,
        /// The changes and their edits.
        changes: Changes,
        /// The items that can't be imported.
        skipped: Vec<SkippedView>,
        /// The number of further such items.
        more: usize,
    },
}

/// An item of a file that can't be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedView {
    /// The line in the file, counted from 1.
    pub line: usize,
    /// The item's name in the file.
    pub name: String,
    /// Why it can't be imported.
    pub why: Words,
    /// Whether the rest of the reply is imported.
    pub taken: bool,
}

/// Returns the view of the import.
pub(in crate::app::desk) fn files(state: &State) -> ImportView {
    let (changes, (skipped, more)) = match &state.import {
        None => return ImportView::None,
        Some(Import::Reading(hundredths)) => return ImportView::Reading(*hundredths),
        Some(Import::Read { changes: Err(why), .. }) => return ImportView::Unusable(why.clone()),
        Some(Import::Read { changes: Ok(changes), skipped, .. }) => (changes, skipped),
    };
    let count = |name, kind, is_new| {
        let list = changes.list.iter().filter(|it| it.kind == kind && it.is_new == is_new);
        Some(list.count()).filter(|count| *count > 0).map(|count| Words::count(name, count))
    };
    let counts = [
        count("import_tags_new", Kind::Tag, true),
        count("import_tags_changed", Kind::Tag, false),
        count("import_replies_new", Kind::Reply, true),
        count("import_replies_changed", Kind::Reply, false),
        count("import_fields_new", Kind::Field, true),
        count("import_fields_changed", Kind::Field, false),
        count("import_members_changed", Kind::Member, false),
    ];
    let skipped = skipped.iter().map(|it| SkippedView {
        line: it.line,
        name: it.name.clone(),
        why: foreign::words(&it.why),
        taken: it.taken,
    });
    ImportView::Read {
        counts: counts.into_iter().flatten().collect(),
        changes: changes.clone(),
        skipped: skipped.collect(),
        more: *more,
    }
}

//! What importing a file would change, as plain data.

use super::{Import, State};
use crate::import as foreign;
use crate::team_file::{Changes, Kind};
use crate::words::Words;

/// An import, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportView {
    /// No file was chosen.
    None,
    /// It is being read: how far that is, in hundredths.
    Reading(usize),
    /// The file can't be imported.
    Unusable(Words),
    /// It was read.
    Read {
        /// How many would be added or changed of which kind; none: the team already is as the file says.
        counts: Vec<Words>,
        /// What would change, and by which edits.
        changes: Changes,
        /// What can't be taken: where it is, what it is called, why, and whether the rest of it is taken.
        skipped: Vec<SkippedView>,
        /// How many more there are of those.
        more: usize,
    },
}

/// Something of a file that can't be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedView {
    /// The line in the file, from 1.
    pub line: usize,
    /// What it is called there.
    pub name: String,
    /// What about it.
    pub why: Words,
    /// Whether the reply is taken without this.
    pub taken: bool,
}

/// The import, as it is shown.
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

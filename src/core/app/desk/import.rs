//! Importing a file at the desk: reading it, what it would change, and what of it can't be taken.

use crate::app::desk::{Desk, Effect, Spot};
use crate::id::MemberId;
use crate::import::{self as foreign, ImportedReply};
use crate::team_file::{self, Changes, Kind, Unusable};
use crate::wire::{ForeignFile, LeftOut, Said, TeamFile};
use crate::words::Words;

/// A file that was chosen.
#[allow(clippy::large_enum_variant, reason = "the desk has one of these")]
pub(super) enum Import {
    /// It is being read: how far that is, in hundredths.
    Reading(usize),
    /// It was read, or can't be.
    Read {
        /// What is in it.
        file: Option<TeamFile>,
        /// What importing it would change, or why it can't be imported.
        changes: Result<Changes, Words>,
        /// What was known when that was worked out.
        known: Known,
        /// What of it can't be taken, and how many more there are.
        left: (Vec<LeftOut>, usize),
    },
}

/// All that what an import would change depends on, beside the file: the team, by its number, and who imports.
type Known = (u32, Option<MemberId>);

/// A file in the format of another tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table for spreadsheets.
    Csv,
    /// Matches of espanso's.
    Espanso,
}

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
        left: Vec<LeftView>,
        /// How many more there are of those.
        more: usize,
    },
}

/// Something of a file that can't be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftView {
    /// The line in the file, from 1.
    pub line: usize,
    /// What it is called there.
    pub name: String,
    /// What about it.
    pub why: Words,
    /// Whether the reply is taken without this.
    pub taken: bool,
}

impl Desk {
    /// A file of Baton's own was chosen.
    pub(super) fn file_chosen(&mut self, file: Result<TeamFile, Unusable>) -> Vec<Effect> {
        match file {
            Ok(file) => self.show_file(file, (vec![], 0)),
            Err(why) => self.unreadable(why.words()),
        }
    }

    /// A file of another tool's is being read.
    pub(super) fn reading(&mut self, hundredths: usize) -> Vec<Effect> {
        let first = !matches!(self.import, Some(Import::Reading(_)));
        self.import = Some(Import::Reading(hundredths));
        if first { vec![Effect::Focus(Spot::Preview)] } else { vec![] }
    }

    /// A file of another tool's was read.
    pub(super) fn brought(&mut self, read: Result<ForeignFile, Said>) -> Vec<Effect> {
        match read {
            Ok(ForeignFile { team, left, more }) => self.show_file(team, (left, more)),
            Err(why) => self.unreadable(foreign::words(&why)),
        }
    }

    fn show_file(&mut self, file: TeamFile, left: (Vec<LeftOut>, usize)) -> Vec<Effect> {
        let changes = self.changes(&file);
        self.show_import(Some(file), changes, left)
    }

    fn unreadable(&mut self, why: Words) -> Vec<Effect> {
        self.show_import(None, Err(why), (vec![], 0))
    }

    fn show_import(
        &mut self,
        file: Option<TeamFile>,
        changes: Result<Changes, Words>,
        left: (Vec<LeftOut>, usize),
    ) -> Vec<Effect> {
        let stop = self.stop_reading();
        self.import = Some(Import::Read { file, changes, known: self.known(), left });
        stop.into_iter().chain([Effect::Focus(Spot::Preview)]).collect()
    }

    /// Puts away what is there. What reads a file is done, or not wanted any more.
    fn stop_reading(&mut self) -> Option<Effect> {
        matches!(self.import.take(), Some(Import::Reading(_))).then_some(Effect::StopReading)
    }

    fn known(&self) -> Known {
        (self.ctx.shared.revision(), self.ctx.me)
    }

    fn changes(&self, file: &TeamFile) -> Result<Changes, Words> {
        team_file::preview(&self.ctx.shared, self.ctx.me, file).map_err(Unusable::words)
    }

    /// What is shown is what would be done, even when a colleague was quicker. Most of what the hub says is about
    /// something else.
    pub(super) fn preview_again(&mut self) {
        let now = self.known();
        if !matches!(&self.import, Some(Import::Read { file: Some(_), known, .. }) if *known != now) {
            return;
        }
        if let Some(Import::Read { file: Some(file), left, .. }) = self.import.take() {
            let changes = self.changes(&file);
            self.import = Some(Import::Read { file: Some(file), changes, known: now, left });
        }
    }

    pub(super) fn apply(&mut self) -> Vec<Effect> {
        let Some(Import::Read { changes: Ok(changes), .. }) = self.import.take() else { return vec![] };
        let words = Words::count("toast_imported", changes.list.len());
        let mut effects = self.ctx.edit_with_undo(changes.edits, words);
        effects.push(Effect::Focus(Spot::Section));
        effects
    }

    pub(super) fn put_away(&mut self) -> Vec<Effect> {
        self.stop_reading().into_iter().chain([Effect::Focus(Spot::Section)]).collect()
    }

    /// The replies in the format of another tool: those of the team's, and mine.
    pub(super) fn export_replies(&self, format: Format) -> Effect {
        let team = self.ctx.team();
        let offered = team.replies().into_iter().filter(|reply| reply.is_for(self.ctx.me) && !reply.archived);
        let row = |reply: crate::team::reply::Reply| ImportedReply {
            title: reply.title,
            shortcut: reply.shortcut,
            body: reply.body,
            folder: reply.folder,
            tags: reply.tags.iter().filter_map(|tag| team.tag(*tag)).map(|tag| tag.name).collect(),
            line: 0,
        };
        let rows: Vec<ImportedReply> = offered.map(row).collect();
        match format {
            Format::Csv => Effect::SaveText { ending: "csv", text: foreign::to_csv(&rows) },
            Format::Espanso => Effect::SaveText { ending: "yml", text: foreign::to_espanso(&rows) },
        }
    }
}

/// The import, as it is shown.
pub(super) fn view(desk: &Desk) -> ImportView {
    let (changes, (left, more)) = match &desk.import {
        None => return ImportView::None,
        Some(Import::Reading(hundredths)) => return ImportView::Reading(*hundredths),
        Some(Import::Read { changes: Err(why), .. }) => return ImportView::Unusable(why.clone()),
        Some(Import::Read { changes: Ok(changes), left, .. }) => (changes, left),
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
    let left = left.iter().map(|it| LeftView {
        line: it.line,
        name: it.name.clone(),
        why: foreign::words(&it.why),
        taken: it.taken,
    });
    ImportView::Read {
        counts: counts.into_iter().flatten().collect(),
        changes: changes.clone(),
        left: left.collect(),
        more: *more,
    }
}

//! Importing a file at the desk: reading it, what it would change, and what of it can't be taken.

use crate::app::desk::{Desk, Effect, Spot};
use crate::bring::{self, Brought, BroughtReply, Left, Progress, Unreadable, Why};
use crate::exchange::{self, Changes, Kind, Unusable};
use crate::tag::TAG_LIMIT;
use crate::wire::{FILE_VERSION, FileReply, TeamFile};
use crate::words::Words;

/// The most of what can't be taken that is listed.
const LISTED: usize = 200;

/// A file that was chosen.
pub(super) enum Import {
    /// It is being read: how far that is, in hundredths.
    Reading(usize),
    /// It was read, or can't be.
    Read {
        /// What is in it.
        file: Option<TeamFile>,
        /// What importing it would change, or why it can't be imported.
        changes: Result<Changes, Words>,
        /// What of it can't be taken.
        left: Vec<Left>,
    },
}

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
            Ok(file) => self.show_file(file, vec![]),
            Err(why) => self.unreadable(unusable(why)),
        }
    }

    /// A file of another tool's is being read.
    pub(super) fn reading(&mut self, progress: Progress) -> Vec<Effect> {
        let first = !matches!(self.import, Some(Import::Reading(_)));
        self.import = Some(Import::Reading(progress.done * 100 / progress.of.max(1)));
        if first { vec![Effect::Focus(Spot::Preview)] } else { vec![] }
    }

    /// A file of another tool's was read.
    pub(super) fn brought(&mut self, brought: Result<Brought, Unreadable>) -> Vec<Effect> {
        let Brought { rows, left } = match brought {
            Ok(brought) => brought,
            Err(Unreadable::TooBig) => return self.unreadable(Words::plain("bring_too_big")),
            Err(Unreadable::TooDeep) => return self.unreadable(Words::plain("bring_too_deep")),
            Err(Unreadable::Malformed { line }) => {
                return self.unreadable(Words::with("bring_malformed", [&line.to_string()]));
            }
        };
        let reply = |row: BroughtReply| FileReply {
            title: row.title,
            shortcut: row.shortcut,
            body: row.body,
            // What a file does not say stays as it is.
            folder: Some(row.folder).filter(|folder| !folder.is_empty()),
            tags: Some(row.tags).filter(|tags| !tags.is_empty()),
            ..FileReply::default()
        };
        let replies = rows.into_iter().map(reply).collect();
        self.show_file(TeamFile { baton: FILE_VERSION, replies, ..TeamFile::default() }, left)
    }

    fn show_file(&mut self, file: TeamFile, left: Vec<Left>) -> Vec<Effect> {
        let changes = self.changes(&file);
        self.import = Some(Import::Read { file: Some(file), changes, left });
        vec![Effect::Focus(Spot::Preview)]
    }

    fn unreadable(&mut self, why: Words) -> Vec<Effect> {
        self.import = Some(Import::Read { file: None, changes: Err(why), left: vec![] });
        vec![Effect::Focus(Spot::Preview)]
    }

    fn changes(&self, file: &TeamFile) -> Result<Changes, Words> {
        exchange::preview(&self.common.shared, self.common.me, file).map_err(unusable)
    }

    /// What is shown is what would be done, even when a colleague was quicker.
    pub(super) fn preview_again(&mut self) {
        if let Some(Import::Read { file: Some(file), changes, left }) = self.import.take() {
            drop(changes);
            let changes = self.changes(&file);
            self.import = Some(Import::Read { file: Some(file), changes, left });
        }
    }

    pub(super) fn apply(&mut self) -> Vec<Effect> {
        let Some(Import::Read { changes: Ok(changes), .. }) = self.import.take() else { return vec![] };
        let words = Words::count("toast_imported", changes.list.len());
        let mut effects = self.edit_with_undo(changes.edits, words);
        effects.push(Effect::Focus(Spot::Section));
        effects
    }

    pub(super) fn put_away(&mut self) -> Vec<Effect> {
        let reads = matches!(self.import.take(), Some(Import::Reading(_)));
        let stop = reads.then_some(Effect::StopReading);
        stop.into_iter().chain([Effect::Focus(Spot::Section)]).collect()
    }

    /// The replies in the format of another tool: those of the team's, and mine.
    pub(super) fn export_replies(&self, format: Format) -> Effect {
        let team = self.common.shared.team();
        let offered =
            team.replies().into_iter().filter(|reply| reply.is_for(self.common.me) && !reply.archived);
        let row = |reply: crate::reply::Reply| BroughtReply {
            title: reply.title,
            shortcut: reply.shortcut,
            body: reply.body,
            folder: reply.folder,
            tags: reply.tags.iter().filter_map(|tag| team.tag(*tag)).map(|tag| tag.name).collect(),
            line: 0,
        };
        let rows: Vec<BroughtReply> = offered.map(row).collect();
        match format {
            Format::Csv => Effect::SaveText { ending: "csv", text: bring::to_csv(&rows) },
            Format::Espanso => Effect::SaveText { ending: "yml", text: bring::to_espanso(&rows) },
        }
    }
}

/// The import, as it is shown.
pub(super) fn view(desk: &Desk) -> ImportView {
    let (changes, left) = match &desk.import {
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
    let shown = left.iter().take(LISTED).map(|it| LeftView {
        line: it.line,
        name: it.name.clone(),
        why: why(&it.why),
        taken: it.taken,
    });
    ImportView::Read {
        counts: counts.into_iter().flatten().collect(),
        changes: changes.clone(),
        left: shown.collect(),
        more: left.len().saturating_sub(LISTED),
    }
}

fn why(why: &Why) -> Words {
    match why {
        Why::EmptyText => Words::plain("left_empty"),
        Why::TooLong => Words::plain("left_too_long"),
        Why::UnknownVariable(name) => Words::with("left_unknown_variable", [name]),
        Why::Unsupported(what) => Words::with("left_unsupported", [what]),
        Why::Ragged => Words::plain("left_ragged"),
        Why::Duplicate => Words::plain("left_duplicate"),
        Why::OtherShortcut(shortcut) => Words::with("left_other_shortcut", [shortcut]),
        Why::Malformed => Words::plain("left_malformed"),
        Why::TooMany => Words::with("left_too_many", [&bring::ROWS.to_string()]),
    }
}

fn unusable(why: Unusable) -> Words {
    match why {
        Unusable::TooBig => Words::plain("import_too_big"),
        Unusable::TooMany(count) => {
            Words::with("import_too_many", [&count.to_string(), &exchange::ENTRIES.to_string()])
        }
        Unusable::NotBaton => Words::plain("import_not_baton"),
        Unusable::Newer => Words::plain("import_newer"),
        Unusable::TooManyTags(count) => {
            Words::with("import_too_many_tags", [&count.to_string(), &TAG_LIMIT.to_string()])
        }
    }
}

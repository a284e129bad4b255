//! Export and import: what a file would change, what of it can't be taken, and files for other tools.

pub mod view;

use crate::app::context::Context;
use crate::app::desk::effect::{Effect, Spot};
use crate::id::MemberId;
use crate::import::{self as foreign, ImportedReply};
use crate::team_file::{self, Changes, Unusable};
use crate::wire::{ForeignFile, SentWords, SkippedEntry, TeamFile};
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
        skipped: (Vec<SkippedEntry>, usize),
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

/// What is remembered of it.
#[derive(Default)]
pub(super) struct State {
    /// The file that was chosen.
    pub(super) import: Option<Import>,
}

/// What happens to files of the team's.
#[derive(Clone, Debug)]
pub enum Msg {
    /// Export the team.
    Export,
    /// Export the replies for another tool.
    ExportReplies(Format),
    /// A file of Baton's was chosen and read.
    Chosen(Result<TeamFile, Unusable>),
    /// A file of another tool's is being read: how far that is, in hundredths.
    Reading(usize),
    /// A file of another tool's was read, or why it can't be.
    ForeignRead(Result<ForeignFile, SentWords>),
    /// Make the changes that the preview shows.
    Apply,
    /// Put the file away.
    Cancel,
}

impl State {
    pub(super) fn update(&mut self, ctx: &mut Context, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Export => vec![Effect::Download(team_file::export(ctx.team(), ctx.me))],
            Msg::ExportReplies(format) => vec![export_replies(ctx, format)],
            Msg::Chosen(Ok(file)) => self.show_file(ctx, file, (vec![], 0)),
            Msg::Chosen(Err(why)) => self.unreadable(ctx, why.words()),
            Msg::Reading(hundredths) => self.reading(hundredths),
            Msg::ForeignRead(Ok(ForeignFile { team, skipped, more })) => {
                self.show_file(ctx, team, (skipped, more))
            }
            Msg::ForeignRead(Err(why)) => self.unreadable(ctx, foreign::words(&why)),
            Msg::Apply => self.apply(ctx),
            Msg::Cancel => self.put_away(),
        }
    }

    /// A file of another tool's is being read.
    fn reading(&mut self, hundredths: usize) -> Vec<Effect> {
        let first = !matches!(self.import, Some(Import::Reading(_)));
        self.import = Some(Import::Reading(hundredths));
        if first { vec![Effect::Focus(Spot::Preview)] } else { vec![] }
    }

    fn show_file(
        &mut self,
        ctx: &Context,
        file: TeamFile,
        skipped: (Vec<SkippedEntry>, usize),
    ) -> Vec<Effect> {
        let changes = changes(ctx, &file);
        self.show_import(ctx, Some(file), changes, skipped)
    }

    fn unreadable(&mut self, ctx: &Context, why: Words) -> Vec<Effect> {
        self.show_import(ctx, None, Err(why), (vec![], 0))
    }

    fn show_import(
        &mut self,
        ctx: &Context,
        file: Option<TeamFile>,
        changes: Result<Changes, Words>,
        skipped: (Vec<SkippedEntry>, usize),
    ) -> Vec<Effect> {
        let stop = self.stop_reading();
        self.import = Some(Import::Read { file, changes, known: known(ctx), skipped });
        stop.into_iter().chain([Effect::Focus(Spot::Preview)]).collect()
    }

    /// Puts away what is there. What reads a file is done, or not wanted any more.
    fn stop_reading(&mut self) -> Option<Effect> {
        matches!(self.import.take(), Some(Import::Reading(_))).then_some(Effect::StopReading)
    }

    /// What is shown is what would be done, even when a colleague was quicker. Most of what the hub says is about
    /// something else.
    pub(super) fn preview_again(&mut self, ctx: &Context) {
        let now = known(ctx);
        if !matches!(&self.import, Some(Import::Read { file: Some(_), known, .. }) if *known != now) {
            return;
        }
        if let Some(Import::Read { file: Some(file), skipped, .. }) = self.import.take() {
            let changes = changes(ctx, &file);
            self.import = Some(Import::Read { file: Some(file), changes, known: now, skipped });
        }
    }

    fn apply(&mut self, ctx: &mut Context) -> Vec<Effect> {
        let Some(Import::Read { changes: Ok(changes), .. }) = self.import.take() else { return vec![] };
        let words = Words::count("files_toast_imported", changes.list.len());
        let mut effects = ctx.edit_with_undo(changes.edits, words);
        effects.push(Effect::Focus(Spot::Section));
        effects
    }

    fn put_away(&mut self) -> Vec<Effect> {
        self.stop_reading().into_iter().chain([Effect::Focus(Spot::Section)]).collect()
    }
}

fn known(ctx: &Context) -> Known {
    (ctx.optimistic.revision(), ctx.me)
}

fn changes(ctx: &Context, file: &TeamFile) -> Result<Changes, Words> {
    team_file::preview(&ctx.optimistic, ctx.me, file).map_err(Unusable::words)
}

/// The replies in the format of another tool: those of the team's, and mine.
fn export_replies(ctx: &Context, format: Format) -> Effect {
    let team = ctx.team();
    let offered = team.replies().into_iter().filter(|reply| reply.is_for(ctx.me) && !reply.archived);
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

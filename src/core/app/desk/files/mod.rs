//! Export and import: a preview of the changes, the items that can't be imported, and files for other tools.

pub mod view;

use crate::app::context::Context;
use crate::app::desk::effect::{Effect, Spot};
use crate::id::MemberId;
use crate::import::{self as foreign, ImportedReply};
use crate::team_file::{self, Changes, Unusable};
use crate::wire::{ForeignFile, SentWords, SkippedEntry, TeamFile};
use crate::words::Words;

/// The chosen file.
#[allow(clippy::large_enum_variant, reason = "the desk has one of these")]
pub(super) enum Import {
    /// The file is being read; the progress in percent.
    Reading(usize),
    /// The file was read, or can't be read.
    Read {
        /// The content of the file.
        file: Option<TeamFile>,
        /// The changes that the import would make, or why it can't be imported.
        changes: Result<Changes, Words>,
        /// The state that the changes were computed from.
        known: Known,
        /// The items that can't be imported, and the number of further ones.
        skipped: (Vec<SkippedEntry>, usize),
    },
}

/// The state that `changes` depends on besides the file: the team's revision number and the importing person.
type Known = (u32, Option<MemberId>);

/// A file in the format of another tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table for spreadsheets.
    Csv,
    /// Match files of espanso.
    Espanso,
}

/// The state of the import.
#[derive(Default)]
pub(super) struct State {
    /// The chosen file.
    pub(super) import: Option<Import>,
}

/// A message about files.
#[derive(Clone, Debug)]
pub enum Msg {
    /// Export the team.
    Export,
    /// Export the replies for another tool.
    ExportReplies(Format),
    /// A file in Baton's format was chosen and read.
    Chosen(Result<TeamFile, Unusable>),
    /// A file of another tool is being read; the progress in percent.
    Reading(usize),
    /// A file of another tool was read, or can't be read for this reason.
    ForeignRead(Result<ForeignFile, SentWords>),
    /// Make the changes in the preview.
    Apply,
    /// Close the preview.
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

    /// Shows the progress of a file of another tool.
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

    /// Forgets the file. Returns an effect that stops the worker if it was still reading.
    fn stop_reading(&mut self) -> Option<Effect> {
        matches!(self.import.take(), Some(Import::Reading(_))).then_some(Effect::StopReading)
    }

    /// Recomputes the preview after the team changed, so that applying it does exactly what it shows. Most messages of
    /// the hub do not change the team, so the preview is kept if the team is the same.
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

/// Exports the team's replies and the person's own in the format of another tool.
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

//! The quick-reply palette: what is found for what was typed, then what the chosen reply asks, and quick changes to it.

pub mod draft;
pub mod form;
mod open;
#[cfg(test)]
mod tests;
mod update;
pub mod view;

pub(crate) use open::finder;
pub use open::{Palette, Stage, Step};

use crate::app::attachments::Landed;
use crate::app::context::{Context, TeamEvent};
use crate::app::effect::{Effect, InsertProblem};
use crate::app::screen::Screen;
use crate::app::surface::Surfaces;
use crate::id::ReplyId;

use draft::Draft;
use form::Answer;
use open::{Offer, Place};
use update::At;

/// Everything that can happen in the palette.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// Open the quick replies; `trigger` characters before the caret opened them.
    Open {
        /// See [`Palette::trigger`].
        trigger: usize,
    },
    /// Somebody pressed elsewhere: the palette closes, and the focus is where they pressed.
    Close,
    /// The query changed.
    Query(String),
    /// An arrow was pressed.
    Move(Step),
    /// Insert the reply in a row, or the active one.
    Insert {
        /// Which row.
        row: Option<usize>,
        /// Whether the palette stays open for another one.
        stay: bool,
    },
    /// What is in the clipboard, if the browser and the person allow that it is read.
    Clipboard(Option<String>),
    /// Something that the reply asks was answered.
    Answer(Answer),
    /// Insert what the form has: the first field that is still empty gets the focus instead.
    Submit,
    /// Insert what the form has, unfilled fields as they are written.
    SubmitAnyway,
    /// Pin the reply in a row, or the active one, to the top; or let it go.
    Pin(Option<usize>),
    /// Change the reply in a row, or the active one.
    Edit(Option<usize>),
    /// Write a new reply. The id is random. The text may come from a message of the person's own.
    Begin(ReplyId, String),
    /// A part of the reply that is being changed was written.
    Write(Part, String),
    /// Keep what was changed.
    Save,
    /// Drop what was written and not saved.
    Drop,
}

/// A part of a reply that can be changed in the palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // The names are those of the reply's fields.
pub enum Part {
    Title,
    Shortcut,
    Body,
}

/// What outlives the open palette.
#[derive(Default)]
pub struct State {
    /// Replies that were written in the palette and are neither saved nor dropped.
    drafts: Vec<Draft>,
    /// Those that are on their way to disk, by the number of the op.
    saving: Vec<(u32, Draft)>,
    /// What the palette offered last.
    offer: Option<Offer>,
    /// The reply on its way into the composer.
    inserting: Option<Inserting>,
    /// Literal braces from what was inserted, never treated as unfilled, and the visit in which that was.
    literal: (Option<u32>, Vec<String>),
}

/// A reply that is being inserted.
#[derive(Clone, Copy, Debug)]
struct Inserting {
    reply: ReplyId,
    /// The visit to the chat it goes into.
    visit: Option<u32>,
    /// Whether something in it is not filled in.
    gaps: bool,
    /// Whether the palette stays open for another one.
    stay: bool,
}

/// Takes in what happened in the palette.
pub(super) fn update(
    ctx: &mut Context,
    screen: &Screen,
    surfaces: &mut Surfaces,
    state: &mut State,
    msg: Msg,
) -> Vec<Effect> {
    At { ctx, screen, surfaces, state }.update(msg)
}

/// How an insertion went, and the reply that has landed.
pub(super) fn on_inserted(
    ctx: &mut Context,
    screen: &Screen,
    surfaces: &mut Surfaces,
    state: &mut State,
    outcome: Result<(), InsertProblem>,
) -> (Vec<Effect>, Option<Landed>) {
    At { ctx, screen, surfaces, state }.on_inserted(outcome)
}

/// Goes on with replies, tags or uses that changed meanwhile.
pub(super) fn renew(ctx: &mut Context, screen: &Screen, surfaces: &mut Surfaces, state: &mut State) {
    At { ctx, screen, surfaces, state }.renew();
}

impl State {
    /// Whether something that looks like a field was inserted as text in this visit.
    pub(super) fn is_literal(&self, visit: Option<u32>, field: &String) -> bool {
        self.literal.0 == visit && self.literal.1.contains(field)
    }

    /// Follows the ops that save what was written here.
    pub(super) fn on_team(&mut self, event: TeamEvent) {
        match event {
            TeamEvent::Welcome { done } => self.saving.retain(|(n, _)| *n > done),
            TeamEvent::Stored(stored) => self.saving.retain(|(n, _)| *n != stored),
            TeamEvent::Refused(n) => self.not_saved(n),
            TeamEvent::Changed => {}
        }
    }
}

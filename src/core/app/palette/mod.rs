//! The quick-reply palette: search, the form of the chosen reply, and the editor of replies.

pub mod draft;
pub mod form;
mod open;
#[cfg(test)]
mod tests;
mod update;
pub mod view;

pub(crate) use open::finder;
pub use open::{Palette, Stage, Step};

use crate::app::attachments::InsertedReply;
use crate::app::context::{Context, TeamEvent};
use crate::app::effect::{Effect, InsertProblem};
use crate::app::screen::Screen;
use crate::app::surface::Surfaces;
use crate::id::ReplyId;
use crate::wire::{ToHub, ToReplies};

use draft::Draft;
use form::Answer;
use open::{Offer, Place};
use update::At;

/// A message to the palette.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// Open the palette; `trigger` characters before the caret opened it.
    Open {
        /// See [`Palette::trigger`].
        trigger: usize,
    },
    /// The query changed.
    Query(String),
    /// List the replies of a folder, or all of them.
    ShowFolder(Option<String>),
    /// List the replies of the next folder, or of the previous one.
    StepFolder {
        /// Whether it is the next one.
        forward: bool,
    },
    /// An arrow key moves the active row.
    Move(Step),
    /// Insert the reply in this row, or in the active one.
    Insert {
        /// The index of the row.
        row: Option<usize>,
        /// Whether the palette stays open after the insertion.
        stay: bool,
    },
    /// The text of the clipboard; `None` if the browser or the person denied access.
    Clipboard(Option<String>),
    /// The person answered a question of the form.
    Answer(Answer),
    /// Insert the filled reply. If a required field is empty, it gets the focus instead.
    Submit,
    /// Insert the reply, with unfilled fields in braces.
    SubmitAnyway,
    /// Pin the reply in this row, or in the active one, or unpin it.
    Pin(Option<usize>),
    /// Pin a reply for the whole team, or unpin it.
    PinForAll(ReplyId),
    /// Open the palette with a reply in its editor.
    EditReply(ReplyId),
    /// Open the editor for the reply in this row, or in the active one.
    Edit(Option<usize>),
    /// Begin a new reply with this random id. The text may come from a message of the person's own.
    Begin(ReplyId, String),
    /// The person wrote a part of the reply in the editor.
    Write(Part, String),
    /// Save the reply in the editor.
    Save,
    /// Drop the unsaved changes in the editor.
    Drop,
}

/// A part of a reply that can be edited in the palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // The names are those of the reply's fields.
pub enum Part {
    Title,
    Shortcut,
    Body,
}

/// The state that outlives the open palette.
#[derive(Default)]
pub struct State {
    /// Drafts that are neither saved nor dropped.
    drafts: Vec<Draft>,
    /// Drafts that the hub has not acknowledged yet, with the number of their op.
    saving: Vec<(u32, Draft)>,
    /// The last offer, as a cache.
    offer: Option<Offer>,
    /// The reply that is being inserted.
    inserting: Option<PendingInsertion>,
    /// Inserted texts that look like fields but are literal, so that they never count as unfilled, and their visit.
    literal: (Option<u32>, Vec<String>),
}

/// A reply that is being inserted.
#[derive(Clone, Copy, Debug)]
struct PendingInsertion {
    reply: ReplyId,
    /// The visit to the chat that the reply is for.
    visit: Option<u32>,
    /// Whether the text has unfilled fields.
    gaps: bool,
    /// Whether the palette stays open after the insertion.
    stay: bool,
}

/// Handles a message to the palette.
pub(super) fn update(
    ctx: &mut Context,
    screen: &Screen,
    surfaces: &mut Surfaces,
    state: &mut State,
    msg: Msg,
) -> Vec<Effect> {
    At { ctx, screen, surfaces, state }.update(msg)
}

/// Handles the result of an insertion. Returns the inserted reply if it succeeded.
pub(super) fn on_inserted(
    ctx: &mut Context,
    screen: &Screen,
    surfaces: &mut Surfaces,
    state: &mut State,
    outcome: Result<(), InsertProblem>,
) -> (Vec<Effect>, Option<InsertedReply>) {
    At { ctx, screen, surfaces, state }.on_inserted(outcome)
}

/// Inserts a reply that was pressed in the sidebar or above the composer, or asks there for its values.
pub(super) fn insert_from_sidebar(
    ctx: &mut Context,
    screen: &Screen,
    surfaces: &mut Surfaces,
    state: &mut State,
    reply: ReplyId,
) -> Vec<Effect> {
    At { ctx, screen, surfaces, state }.insert_from_sidebar(reply)
}

/// Returns a palette that is not open, for the list of the replies that are offered in this chat.
pub(super) fn list(ctx: &mut Context, screen: &Screen, state: &mut State) -> Palette {
    At { ctx, screen, surfaces: &mut Surfaces::default(), state }.new_palette(0)
}

/// Pins a reply for the person, or unpins it.
pub(super) fn toggle_pin(ctx: &mut Context, reply: ReplyId) -> Vec<Effect> {
    let on = !ctx.uses.is_pinned(reply);
    ctx.uses.pin(reply, on);
    ctx.offer_changed = true;
    vec![Effect::Send(ToHub::Replies(ToReplies::Pin { reply: reply.to_string(), on }))]
}

/// Refreshes the open palette after replies, tags or uses changed.
pub(super) fn renew(ctx: &mut Context, screen: &Screen, surfaces: &mut Surfaces, state: &mut State) {
    At { ctx, screen, surfaces, state }.renew();
}

impl State {
    /// Whether a text that looks like a field was inserted as literal text in this visit.
    pub(super) fn is_literal(&self, visit: Option<u32>, field: &String) -> bool {
        self.literal.0 == visit && self.literal.1.contains(field)
    }

    /// Handles the hub's answers about saved drafts.
    pub(super) fn on_team(&mut self, event: TeamEvent) {
        match event {
            TeamEvent::Welcome { done } => self.saving.retain(|(n, _)| *n > done),
            TeamEvent::Stored(stored) => self.saving.retain(|(n, _)| *n != stored),
            TeamEvent::Refused(n) => self.not_saved(n),
            TeamEvent::Changed => {}
        }
    }
}

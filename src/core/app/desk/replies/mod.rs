//! The replies at the desk: the list, actions on several replies, and the open reply.

mod bulk;
mod editing;
mod see;
#[cfg(test)]
mod tests;
mod update;
pub mod view;

pub(super) use see::See;

use crate::app::context::Context;
use crate::app::desk::effect::Effect;
use crate::app::desk::typed::{Field, Saves, Typed};
use crate::id::{ReplyId, TagId};
use crate::replica::Edit;
use crate::team::reply::{self, Reply};
use crate::versions::Version;
use update::At;

/// A message about replies, other than typing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Open a reply, or close the open one.
    Open(Option<ReplyId>),
    /// Begin a reply with this random id.
    New(ReplyId),
    /// Move a reply by a number of places: negative up, positive down.
    Move(ReplyId, i32),
    /// Delete a reply.
    Delete(ReplyId),
    /// Detach the file at this index from a reply.
    DropFile(ReplyId, u32),
    /// The file with this index and name was detached from a reply.
    FileDetached(ReplyId, u32, String),
    /// Files were attached to a reply, or were refused.
    FilesAttached(Result<(), FileRefused>),
    /// List only replies in this folder; empty: in no folder. `None`: all.
    Folder(Option<String>),
    /// List only replies of this scope.
    Scope(Scope),
    /// Sort the list.
    Sort(Sort),
    /// Select a reply, or deselect it.
    Select(ReplyId),
    /// Select all replies from the anchor to this one.
    SelectTo(ReplyId),
    /// Extend the selection to the reply after (`true`) or before this one, and move the focus there.
    Extend(ReplyId, bool),
    /// Select all listed replies.
    SelectAll,
    /// Clear the selection.
    SelectNone,
    /// Move the selected replies to the typed folder; empty: to no folder.
    MoveSelected,
    /// Add this tag to the selected replies, or remove it. A reply with tags is offered only in chats with one of them.
    TagSelected(TagId, bool),
    /// Archive the selected replies, or restore them.
    ArchiveSelected(bool),
    /// Delete the selected replies.
    DeleteSelected,
    /// Archive or restore a reply, and the whole selection if the reply is selected.
    Archive(ReplyId, bool),
    /// Add this tag to the open reply, or remove it.
    SetTag(TagId, bool),
    /// Make the open reply the person's own, or the team's.
    SetPersonal(bool),
    /// Show or hide the earlier versions of the open reply.
    Versions(bool),
    /// Restore an earlier version of the open reply, by its index in the shown list.
    Restore(usize),
}

/// Which replies are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// All replies that are not archived.
    #[default]
    All,
    /// The team's replies, not archived.
    Team,
    /// The person's own replies, not archived.
    Mine,
    /// Groups of nearly equal replies, not archived.
    Duplicates,
    /// Archived replies.
    Archived,
}

/// The order in which replies are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The team's order; while searching, the best match first.
    #[default]
    Order,
    /// The most used first.
    MostUsed,
    /// The least used first, to find replies that are not needed.
    LeastUsed,
    /// The last changed first.
    Newest,
}

impl Scope {
    /// All scopes, with their messages in `_locales`.
    pub const ALL: [(Scope, &str); 5] = [
        (Scope::All, "replies_scope_all"),
        (Scope::Team, "replies_scope_team"),
        (Scope::Mine, "replies_scope_mine"),
        (Scope::Duplicates, "replies_scope_alike"),
        (Scope::Archived, "replies_archived"),
    ];

    fn has(self, reply: &Reply) -> bool {
        match self {
            // `Duplicates` needs the whole list; see [`See::alike`].
            Scope::All | Scope::Duplicates => !reply.archived,
            Scope::Team => !reply.archived && reply.owner.is_none(),
            Scope::Mine => !reply.archived && reply.owner.is_some(),
            Scope::Archived => reply.archived,
        }
    }
}

impl Sort {
    /// All orders, with their messages in `_locales`.
    pub const ALL: [(Sort, &str); 4] = [
        (Sort::Order, "replies_sort_order"),
        (Sort::MostUsed, "replies_sort_most"),
        (Sort::LeastUsed, "replies_sort_least"),
        (Sort::Newest, "replies_sort_newest"),
    ];
}

/// Why a file was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileRefused {
    /// The file is larger than the limit for attached files.
    TooBig,
    /// The browser could not store the file.
    NotStored,
}

/// The state of the list, the selection and the open reply.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The open reply. If the team does not have it, it is new and not saved yet.
    open: Option<ReplyId>,
    /// The tags and the owner chosen for the new reply.
    fresh: Option<Reply>,
    /// The search results, best first; `None` without a query.
    found: Option<Vec<ReplyId>>,
    /// The file that was detached last: the number of the toast that reattaches it, the reply, and the file's index.
    taken: Option<(u32, ReplyId, u32)>,
    folder: Option<String>,
    scope: Scope,
    sort: Sort,
    /// The selected replies in no particular order. All of them are listed.
    selected: Vec<ReplyId>,
    /// The reply that a selection extends from.
    anchor: Option<ReplyId>,
    /// Whether the open reply's text was cut to the length limit of a message.
    cut: bool,
    /// The reply whose versions are shown, and its versions, oldest first, once the hub has sent them.
    versions: Option<(ReplyId, Option<Vec<Version>>)>,
}

impl State {
    pub(super) fn update(&mut self, ctx: &mut Context, typed: &mut Typed, msg: Msg) -> Vec<Effect> {
        At { ctx, typed, state: self }.update(msg)
    }

    /// Returns what has to be saved before a message is handled.
    pub(super) fn saves(&self, msg: &Msg) -> Saves {
        match msg {
            Msg::Open(_) | Msg::New(_) => Saves::Settled,
            Msg::Delete(id) if self.open == Some(*id) => Saves::Settled,
            Msg::MoveSelected | Msg::TagSelected(..) | Msg::ArchiveSelected(_) => Saves::Typed,
            Msg::DeleteSelected | Msg::Archive(..) | Msg::Restore(_) => Saves::Typed,
            _ => Saves::Nothing,
        }
    }

    /// Cuts a text to the length limit of a message.
    pub(super) fn limit(&mut self, field: Field, mut text: String) -> String {
        if field == Field::Body {
            self.cut = reply::cut(&mut text);
        }
        text
    }

    /// Handles typing into a field.
    pub(super) fn on_typed(&mut self, ctx: &mut Context, typed: &mut Typed, field: Field) {
        if field == Field::Search {
            let mut at = At { ctx, typed, state: self };
            at.find();
            at.prune();
        }
    }

    /// Returns the edits of the texts typed into the open reply, as far as they can be saved.
    pub(super) fn edits(&mut self, ctx: &mut Context, typed: &mut Typed) -> Vec<Edit> {
        At { ctx, typed, state: self }.edits()
    }

    /// Gives a new reply without a title the beginning of its text as the title before it is left. Renaming it is
    /// easier than writing it again.
    pub(super) fn before_leaving(&mut self, ctx: &mut Context, typed: &mut Typed) {
        At { ctx, typed, state: self }.name_untitled();
    }

    /// Closes the open reply's texts after saving. Texts that could not be saved are dropped.
    pub(super) fn leave(&mut self, ctx: &Context, typed: &mut Typed) {
        typed.forget(is_of_reply);
        if self.open.is_some_and(|id| ctx.team().reply(id).is_none()) {
            self.open = None;
            self.fresh = None;
        }
    }

    /// Recomputes the derived state after a change.
    pub(super) fn look_again(&mut self, ctx: &mut Context, typed: &mut Typed) {
        let mut at = At { ctx, typed, state: self };
        at.find();
        at.close_gone();
        at.prune();
    }

    /// The reply that dropped files are attached to: the open one, once it is saved.
    pub(super) fn attaches_to(&self, ctx: &Context) -> Option<ReplyId> {
        self.open.filter(|id| ctx.team().reply(*id).is_some())
    }

    /// The first free file index of a reply. The index of a detached file that undo may restore is not free.
    pub(super) fn next_file(&self, ctx: &Context, reply: ReplyId) -> u32 {
        let there = ctx.files_of(reply).into_iter().map(|file| file.at);
        let taken = self.taken.filter(|(_, of, _)| *of == reply).map(|(.., at)| at);
        there.chain(taken).max().map_or(0, |at| at + 1)
    }

    /// The file that the toast's undo reattaches.
    pub(super) fn returnable(&self, ctx: &Context) -> Option<(ReplyId, u32)> {
        let toast = ctx.toast.as_ref()?.number;
        self.taken.filter(|(number, ..)| *number == toast).map(|(_, reply, at)| (reply, at))
    }
}

fn is_of_reply(field: Field) -> bool {
    matches!(field, Field::Title | Field::Shortcut | Field::Body | Field::Folder)
}

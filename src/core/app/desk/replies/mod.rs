//! The desk's replies: which are listed, what is done with several at once, and what the open one allows.

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

/// What happens among the replies, beyond typing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Open a reply, or close the one that is open.
    Open(Option<ReplyId>),
    /// Begin a reply. The id is random.
    New(ReplyId),
    /// Move a reply up (-1) or down (1), or any number of places.
    Move(ReplyId, i32),
    /// Delete a reply.
    Delete(ReplyId),
    /// Take a file away from a reply, by its place.
    DropFile(ReplyId, u32),
    /// A file was taken away from a reply, from this place; it has this name.
    FileTaken(ReplyId, u32, String),
    /// Files were attached to a reply, or not.
    FilesKept(Result<(), FileRefused>),
    /// List those in one folder only; empty: those in none. `None`: all.
    Folder(Option<String>),
    /// List those of one scope only.
    Scope(Scope),
    /// List them in this order.
    Sort(Sort),
    /// Select a reply, or let it go.
    Select(ReplyId),
    /// Select all from the one selected last to this one.
    SelectTo(ReplyId),
    /// The same, to the one after (`true`) or before this one, where the focus goes.
    Extend(ReplyId, bool),
    /// Select all that are listed.
    SelectAll,
    /// Select none.
    SelectNone,
    /// Move those that are selected to the folder that was typed; empty: to none.
    MoveSelected,
    /// Offer those that are selected only in chats with this tag, or no longer only there.
    TagSelected(TagId, bool),
    /// Archive those that are selected, or bring them back.
    ArchiveSelected(bool),
    /// Delete those that are selected.
    DeleteSelected,
    /// Archive a reply, and with it those that are selected if it is one of them; or bring them back.
    Archive(ReplyId, bool),
    /// Offer the open reply only in chats with this tag, or no longer only there.
    Wear(TagId, bool),
    /// Make the open reply my own, or the team's.
    Own(bool),
    /// Show or hide what the open reply said before.
    Versions(bool),
    /// Make the open reply say again what it said then, counted as they are shown.
    Restore(usize),
}

/// Which replies are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// All that are offered somewhere.
    #[default]
    All,
    /// Of those, the team's.
    Team,
    /// Of those, my own.
    Mine,
    /// Of those, the ones that say nearly the same as another one, beside each other.
    Alike,
    /// Those that are kept and offered no more.
    Archived,
}

/// The order in which replies are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The team's; while searching, the best match first.
    #[default]
    Order,
    /// The most used first.
    MostUsed,
    /// The least used first: those that nobody needs.
    LeastUsed,
    /// The one changed last first.
    Newest,
}

impl Scope {
    /// All scopes, with their messages in `_locales`.
    pub const ALL: [(Scope, &str); 5] = [
        (Scope::All, "replies_scope_all"),
        (Scope::Team, "replies_scope_team"),
        (Scope::Mine, "replies_scope_mine"),
        (Scope::Alike, "replies_scope_alike"),
        (Scope::Archived, "replies_archived"),
    ];

    fn has(self, reply: &Reply) -> bool {
        match self {
            // Which of them are alike, the rest decides.
            Scope::All | Scope::Alike => !reply.archived,
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

/// Why a file was not attached to a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileRefused {
    /// It is larger than this browser keeps.
    TooBig,
    /// This browser's disk did not take it.
    NotStored,
}

/// What is listed, selected and open.
#[derive(Debug, Default)]
pub(super) struct State {
    /// The reply that is open; one the team does not have is new and not saved yet.
    open: Option<ReplyId>,
    /// What was chosen for the reply that is new: its tags and whose it is.
    fresh: Option<Reply>,
    /// The replies that the query finds, best first; `None` without a query.
    found: Option<Vec<ReplyId>>,
    /// The file that was taken away from a reply last: the number of the toast that puts it back, the reply, its place.
    taken: Option<(u32, ReplyId, u32)>,
    folder: Option<String>,
    scope: Scope,
    sort: Sort,
    /// In no order. All of them are listed.
    selected: Vec<ReplyId>,
    /// From where a selection is extended.
    anchor: Option<ReplyId>,
    /// Whether the open reply's text was cut, because no message is that long.
    cut: bool,
    /// What the hub said of earlier texts, oldest first, once it is asked.
    versions: Option<(ReplyId, Option<Vec<Version>>)>,
}

impl State {
    pub(super) fn update(&mut self, ctx: &mut Context, typed: &mut Typed, msg: Msg) -> Vec<Effect> {
        At { ctx, typed, state: self }.update(msg)
    }

    /// What is saved before a message is taken in.
    pub(super) fn saves(&self, msg: &Msg) -> Saves {
        match msg {
            Msg::Open(_) | Msg::New(_) => Saves::Settled,
            Msg::Delete(id) if self.open == Some(*id) => Saves::Settled,
            Msg::MoveSelected | Msg::TagSelected(..) | Msg::ArchiveSelected(_) => Saves::Typed,
            Msg::DeleteSelected | Msg::Archive(..) | Msg::Restore(_) => Saves::Typed,
            _ => Saves::Nothing,
        }
    }

    /// Keeps of a text what a message can hold.
    pub(super) fn limit(&mut self, field: Field, mut text: String) -> String {
        if field == Field::Body {
            self.cut = reply::cut(&mut text);
        }
        text
    }

    /// Somebody typed into a field.
    pub(super) fn on_typed(&mut self, ctx: &mut Context, typed: &mut Typed, field: Field) {
        if field == Field::Search {
            let mut at = At { ctx, typed, state: self };
            at.find();
            at.prune();
        }
    }

    /// What was typed into the open reply, as far as it can be saved.
    pub(super) fn edits(&mut self, ctx: &mut Context, typed: &mut Typed) -> Vec<Edit> {
        At { ctx, typed, state: self }.edits()
    }

    /// The open reply is about to be left: a new one without a title gets the beginning of its text for one, since it is
    /// easier to rename than to write again.
    pub(super) fn before_leaving(&mut self, ctx: &mut Context, typed: &mut Typed) {
        At { ctx, typed, state: self }.name_untitled();
    }

    /// What was typed into the open reply was saved, as far as it could be; the rest is dropped.
    pub(super) fn leave(&mut self, ctx: &Context, typed: &mut Typed) {
        typed.forget(is_of_reply);
        if self.open.is_some_and(|id| ctx.team().reply(id).is_none()) {
            self.open = None;
            self.fresh = None;
        }
    }

    /// What is shown follows what is known.
    pub(super) fn look_again(&mut self, ctx: &mut Context, typed: &mut Typed) {
        let mut at = At { ctx, typed, state: self };
        at.find();
        at.close_gone();
        at.prune();
    }

    /// The reply that files are attached to: the open one, once it is saved.
    pub(super) fn attaches_to(&self, ctx: &Context) -> Option<ReplyId> {
        self.open.filter(|id| ctx.team().reply(*id).is_some())
    }

    /// The place behind the files of a reply, and behind one that may be put back.
    pub(super) fn next_file(&self, ctx: &Context, reply: ReplyId) -> u32 {
        let there = ctx.files_of(reply).into_iter().map(|file| file.at);
        let taken = self.taken.filter(|(_, of, _)| *of == reply).map(|(.., at)| at);
        there.chain(taken).max().map_or(0, |at| at + 1)
    }

    /// The file that the toast puts back.
    pub(super) fn returnable(&self, ctx: &Context) -> Option<(ReplyId, u32)> {
        let toast = ctx.toast.as_ref()?.number;
        self.taken.filter(|(number, ..)| *number == toast).map(|(_, reply, at)| (reply, at))
    }
}

fn is_of_reply(field: Field) -> bool {
    matches!(field, Field::Title | Field::Shortcut | Field::Body | Field::Folder)
}

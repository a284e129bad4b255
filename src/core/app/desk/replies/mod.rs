//! The desk's replies: which are listed, what is done with several at once, and what the open one allows.

mod bulk;
#[cfg(test)]
mod tests;
mod update;
pub mod view;

use crate::app::desk::Desk;
use crate::id::{ReplyId, TagId};
use crate::import::duplicates;
use crate::replica::Key;
use crate::team::reply::Reply;
use crate::uses::Totals;
use crate::versions::Version;

/// What happens among the replies, beyond typing, opening and moving one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
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

/// What is listed and selected, and what the open reply said before.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    folder: Option<String>,
    scope: Scope,
    sort: Sort,
    /// In no order. All of them are listed.
    selected: Vec<ReplyId>,
    /// From where a selection is extended.
    anchor: Option<ReplyId>,
    /// Whether the open reply's text was cut, because no message is that long.
    pub(super) cut: bool,
    /// What the hub said of earlier texts, oldest first, once it is asked.
    versions: Option<(ReplyId, Option<Vec<Version>>)>,
}

impl Desk {
    /// The replies that are anything to this person, in the team's order.
    pub(super) fn replies(&self) -> Vec<Reply> {
        let mut replies = self.ctx.team().replies();
        replies.retain(|reply| reply.is_for(self.ctx.me));
        replies
    }

    /// The replies in the order in which they are listed.
    pub(super) fn listed(&self) -> Vec<Reply> {
        let shelf = &self.shelf;
        let mut listed = if shelf.scope == Scope::Alike { self.alike() } else { self.replies() };
        if let Some(found) = &self.found {
            let mut at: Vec<(usize, Reply)> = listed
                .into_iter()
                .filter_map(|reply| Some((found.iter().position(|id| *id == reply.id)?, reply)))
                .collect();
            at.sort_by_key(|(at, _)| *at);
            listed = at.into_iter().map(|(_, reply)| reply).collect();
        }
        listed.retain(|reply| {
            shelf.scope.has(reply) && shelf.folder.as_ref().is_none_or(|folder| *folder == reply.folder)
        });
        match shelf.sort {
            Sort::Order => {}
            Sort::MostUsed | Sort::LeastUsed => {
                let uses = self.uses();
                let key = |reply: &Reply| uses.of(reply.id).1;
                if shelf.sort == Sort::MostUsed {
                    listed.sort_by_cached_key(|reply| core::cmp::Reverse(key(reply)));
                } else {
                    listed.sort_by_cached_key(key);
                }
            }
            Sort::Newest => {
                listed.sort_by_cached_key(|reply| core::cmp::Reverse(self.changed_at(reply.id)));
            }
        }
        listed
    }

    /// The replies that say nearly the same as another one, those that do beside each other.
    fn alike(&self) -> Vec<Reply> {
        let mut all = self.replies();
        all.retain(|reply| !reply.archived);
        let said: Vec<(&str, &str, &str)> =
            all.iter().map(|it| (it.title.as_str(), it.shortcut.as_str(), it.body.as_str())).collect();
        let groups = duplicates(&said);
        groups.iter().flatten().filter_map(|at| all.get(*at).cloned()).collect()
    }

    /// How often replies were used.
    fn uses(&self) -> Used<'_> {
        let team = self.ctx.team();
        Used { desk: self, totals: team.uses().map(Totals::read).collect() }
    }

    /// When anything of a reply but its place was last written.
    fn changed_at(&self, id: ReplyId) -> Option<(u32, u32)> {
        let keys = [
            Key::ReplyTitle(id),
            Key::ReplyShortcut(id),
            Key::ReplyBody(id),
            Key::ReplyFolder(id),
            Key::ReplyTags(id),
            Key::ReplyOwner(id),
            Key::ReplyArchived(id),
        ];
        keys.iter().filter_map(|key| self.ctx.shared.written(key)).max()
    }

    /// What is listed may be selected, and nothing else: nobody is to change what they don't see.
    pub(super) fn prune(&mut self) {
        if self.shelf.selected.is_empty() {
            return;
        }
        let listed = self.listed();
        self.shelf.selected.retain(|id| listed.iter().any(|reply| reply.id == *id));
    }
}

/// How often replies were used: by this person, and by all.
struct Used<'a> {
    desk: &'a Desk,
    totals: Vec<Totals>,
}

impl Used<'_> {
    /// By this person, and by the team. What other browsers did not report yet is missing, so the team's is never
    /// taken for less than one's own.
    fn of(&self, id: ReplyId) -> (u32, u32) {
        let mine = self.desk.ctx.uses.of(id).map_or(0, |used| used.count);
        let all = self.totals.iter().fold(0, |sum: u32, it| sum.saturating_add(it.of(id)));
        (mine, all.max(mine))
    }
}

//! Read access to the replies at the desk.

use super::{Scope, Sort, State, is_of_reply};
use crate::app::context::Context;
use crate::app::desk::typed::{Field, Typed};
use crate::id::ReplyId;
use crate::import::duplicates;
use crate::replica::{Key, Value};
use crate::team::reply::Reply;
use crate::uses::Totals;
use crate::versions::Version;

/// Borrows everything that reading the replies needs.
#[derive(Clone, Copy)]
pub(in crate::app::desk) struct See<'a> {
    pub(in crate::app::desk) ctx: &'a Context,
    pub(in crate::app::desk) typed: &'a Typed,
    pub(in crate::app::desk) state: &'a State,
}

impl<'a> See<'a> {
    /// Returns the text of a field: the typed text, else the saved one.
    pub(super) fn text(self, field: Field) -> String {
        self.typed.or(field, || {
            let of_open = |key: fn(ReplyId) -> Key| {
                self.state.open.map(|id| self.ctx.text_of(&key(id))).unwrap_or_default()
            };
            match field {
                Field::Title => of_open(Key::ReplyTitle),
                Field::Shortcut => of_open(Key::ReplyShortcut),
                Field::Body => of_open(Key::ReplyBody),
                Field::Folder => {
                    let fresh = self.state.fresh.as_ref().filter(|fresh| self.state.open == Some(fresh.id));
                    fresh.map_or_else(|| of_open(Key::ReplyFolder), |fresh| fresh.folder.clone())
                }
                _ => String::new(),
            }
        })
    }

    /// Returns the new reply with its chosen tags and owner, without typed texts.
    pub(super) fn begun(self, id: ReplyId) -> Reply {
        self.state.fresh.clone().filter(|reply| reply.id == id).unwrap_or_else(|| Reply::new(id))
    }

    /// The replies that this person can see, in the team's order.
    pub(super) fn replies(self) -> Vec<Reply> {
        let mut replies = self.ctx.team().replies();
        replies.retain(|reply| reply.is_for(self.ctx.me));
        replies
    }

    /// The replies in the order of the list.
    pub(super) fn listed(self) -> Vec<Reply> {
        let shelf = self.state;
        let mut listed = if shelf.scope == Scope::Duplicates { self.alike() } else { self.replies() };
        if let Some(found) = &self.state.found {
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

    /// Groups of replies with nearly equal texts, one group after the other.
    pub(super) fn alike(self) -> Vec<Reply> {
        let mut all = self.replies();
        all.retain(|reply| !reply.archived);
        let texts: Vec<(&str, &str, &str)> =
            all.iter().map(|it| (it.title.as_str(), it.shortcut.as_str(), it.body.as_str())).collect();
        let groups = duplicates(&texts);
        groups.iter().flatten().filter_map(|at| all.get(*at).cloned()).collect()
    }

    /// Returns the use counts of all replies.
    pub(super) fn uses(self) -> Used<'a> {
        let team = self.ctx.team();
        Used { ctx: self.ctx, totals: team.uses().map(Totals::read).collect() }
    }

    /// Returns when a reply was last written, ignoring its position.
    pub(super) fn changed_at(self, id: ReplyId) -> Option<(u32, u32)> {
        let keys = [
            Key::ReplyTitle(id),
            Key::ReplyShortcut(id),
            Key::ReplyBody(id),
            Key::ReplyFolder(id),
            Key::ReplyTags(id),
            Key::ReplyOwner(id),
            Key::ReplyArchived(id),
        ];
        keys.iter().filter_map(|key| self.ctx.optimistic.written(key)).max()
    }

    /// Returns the open reply as saved, or the new one, and whether it is saved.
    pub(super) fn opened(self) -> Option<(Reply, bool)> {
        let id = self.state.open?;
        let saved = self.ctx.team().reply(id);
        let is_saved = saved.is_some();
        Some((saved.unwrap_or_else(|| self.begun(id)), is_saved))
    }

    /// The versions of the open reply, latest first.
    pub(super) fn versions(self) -> Option<Vec<&'a Version>> {
        let (_, known) = self.state.versions.as_ref().filter(|(id, _)| self.state.open == Some(*id))?;
        known.as_ref().map(|versions| versions.iter().rev().collect())
    }

    /// Whether the versions of the open reply are shown.
    pub(super) fn shows_versions(self) -> bool {
        self.state.versions.as_ref().is_some_and(|(id, _)| self.state.open == Some(*id))
    }

    /// The selected replies in the order of the list.
    pub(super) fn selection(self) -> Vec<Reply> {
        let selected = &self.state.selected;
        if selected.is_empty() {
            return Vec::new();
        }
        let mut listed = self.listed();
        listed.retain(|reply| selected.contains(&reply.id));
        listed
    }

    /// The reply after these in the list, else the one before them.
    pub(super) fn next_of(self, these: &[Reply]) -> Option<ReplyId> {
        let listed = self.listed();
        let is_one = |reply: &Reply| these.iter().any(|it| it.id == reply.id);
        let last = listed.iter().rposition(is_one)?;
        let after = listed.get(last + 1..)?.first();
        let before = || listed.get(..last)?.iter().rev().find(|reply| !is_one(reply));
        after.or_else(before).map(|reply| reply.id)
    }

    /// Whether the open reply has typed texts that are not saved.
    pub(super) fn is_written(self) -> bool {
        self.typed.has(is_of_reply)
    }

    /// Whether a reply was deleted or is now another person's own.
    pub(super) fn went_away(self, id: ReplyId) -> bool {
        let is_anothers = |reply: Reply| !reply.is_for(self.ctx.me);
        self.was_deleted(id) || self.ctx.team().reply(id).is_some_and(is_anothers)
    }

    pub(super) fn was_deleted(self, reply: ReplyId) -> bool {
        self.ctx.optimistic.value(&Key::ReplyGone(reply)) == Value::Flag(true)
    }
}

/// Use counts of replies, by this person and by the team.
pub(super) struct Used<'a> {
    ctx: &'a Context,
    totals: Vec<Totals>,
}

impl Used<'_> {
    /// Returns the counts of this person and of the team. Reports from other browsers may be missing, so the team's
    /// count is at least the person's own.
    pub(super) fn of(&self, id: ReplyId) -> (u32, u32) {
        let mine = self.ctx.uses.of(id).map_or(0, |used| used.count);
        let all = self.totals.iter().fold(0, |sum: u32, it| sum.saturating_add(it.of(id)));
        (mine, all.max(mine))
    }
}

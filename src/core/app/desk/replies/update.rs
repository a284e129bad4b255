//! What happens among the replies, and what follows from it.

use super::{Msg, Scope};
use crate::app::desk::actions::neighbour;
use crate::app::desk::{Desk, Effect, Field, Spot};
use crate::id::{ReplyId, TagId};
use crate::team::reply::{self, Reply};
use crate::versions::Version;
use crate::wire::{self, FromHub, ToHub};
use crate::words::Words;

impl Desk {
    /// Takes in what happened among the replies.
    pub(in crate::app::desk) fn in_replies(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Folder(folder) => self.shelf.folder = folder,
            Msg::Scope(scope) => self.shelf.scope = scope,
            Msg::Sort(sort) => self.shelf.sort = sort,
            Msg::Select(id) => {
                let selected = &mut self.shelf.selected;
                match selected.iter().position(|it| *it == id) {
                    Some(at) => drop(selected.remove(at)),
                    None => selected.push(id),
                }
                self.shelf.anchor = Some(id);
            }
            Msg::SelectTo(id) => self.select_to(id, id),
            Msg::Extend(from, forward) => {
                let listed = self.listed();
                let at = listed.iter().position(|reply| reply.id == from);
                let to = at.and_then(|at| if forward { at.checked_add(1) } else { at.checked_sub(1) });
                let Some(to) = to.and_then(|to| listed.get(to)).map(|reply| reply.id) else {
                    return vec![];
                };
                self.select_to(from, to);
                return vec![Effect::Focus(Spot::Reply(to))];
            }
            Msg::SelectAll => self.shelf.selected = self.listed().iter().map(|reply| reply.id).collect(),
            Msg::SelectNone => {
                self.shelf.selected.clear();
                self.shelf.anchor = None;
            }
            Msg::MoveSelected | Msg::TagSelected(..) | Msg::ArchiveSelected(_) | Msg::DeleteSelected => {
                return self.in_bulk(&msg);
            }
            Msg::Archive(id, on) if self.shelf.selected.contains(&id) => {
                return self.in_bulk(&Msg::ArchiveSelected(on));
            }
            Msg::Archive(id, on) => return self.archive(id, on),
            Msg::Wear(tag, on) => return self.wear(tag, on),
            Msg::Own(on) => return self.own(on),
            Msg::Versions(open) => {
                self.shelf.versions = self.reply.filter(|_| open).map(|reply| (reply, None));
                return self.ask_versions();
            }
            Msg::Restore(at) => return self.restore_version(at),
        }
        self.prune();
        vec![]
    }

    fn select_to(&mut self, from: ReplyId, to: ReplyId) {
        let listed = self.listed();
        let place = |id| listed.iter().position(|reply: &Reply| reply.id == id);
        let anchor = self.shelf.anchor.filter(|anchor| place(*anchor).is_some()).unwrap_or(from);
        let (Some(a), Some(b)) = (place(anchor), place(to)) else { return };
        self.shelf.anchor = Some(anchor);
        let range = listed.get(a.min(b)..=a.max(b)).unwrap_or_default();
        self.shelf.selected = range.iter().map(|reply| reply.id).collect();
    }

    /// Moves a reply among those that are listed.
    pub(in crate::app::desk) fn move_reply(&mut self, id: ReplyId, by: i32) -> Vec<Effect> {
        // In a list in another order, a place means nothing.
        if self.found.is_some() || self.shelf.sort != super::Sort::Order {
            return vec![];
        }
        let listed = self.listed();
        let Some(from) = listed.iter().position(|it| it.id == id) else { return vec![] };
        let to = from.saturating_add_signed(by as isize).min(listed.len() - 1);
        let Some(passed) = listed.get(to).filter(|_| to != from) else { return vec![] };
        // It goes before or behind the one that stands there, whatever else stands between them and is not listed.
        let team = self.ctx.team();
        let others = team.replies().into_iter().filter(|it| it.id != id);
        let at = others.map(|it| it.id).position(|it| it == passed.id).unwrap_or_default();
        let edits = reply::move_to(team, id, if to > from { at + 1 } else { at });
        self.ctx.edit(edits)
    }

    /// Begins a reply where one is looking: in this folder, and as one's own among one's own.
    pub(in crate::app::desk) fn begin(&mut self, id: ReplyId) {
        let owner = self.ctx.me.filter(|_| self.shelf.scope == Scope::Mine);
        let folder = self.shelf.folder.clone().unwrap_or_default();
        self.fresh = Some(Reply { owner, folder, ..Reply::new(id) });
        if self.shelf.scope == Scope::Archived {
            self.shelf.scope = Scope::All;
        }
        self.shelf.versions = None;
        self.shelf.cut = false;
    }

    /// Keeps of a text what a message can hold.
    pub(in crate::app::desk) fn cut(&mut self, mut text: String) -> String {
        self.shelf.cut = reply::cut(&mut text);
        text
    }

    fn archive(&mut self, id: ReplyId, on: bool) -> Vec<Effect> {
        let mut effects = self.commit();
        let Some(reply) = self.ctx.team().reply(id).filter(|reply| reply.archived != on) else {
            return effects;
        };
        let listed: Vec<ReplyId> = self.listed().iter().map(|reply| reply.id).collect();
        let next = neighbour(&listed, id);
        let name = if on { "toast_reply_archived" } else { "toast_reply_back" };
        let words = Words::with(name, [&reply.title]);
        effects.extend(self.change(Reply { archived: on, ..reply }, words));
        // The open one stays open, with the way back where the way out was.
        if self.reply != Some(id) {
            effects.push(Effect::Focus(next.map_or(Spot::Search, Spot::Reply)));
        }
        effects
    }

    fn wear(&mut self, tag: TagId, on: bool) -> Vec<Effect> {
        let Some((mut reply, is_saved)) = self.opened() else { return vec![] };
        reply.wear(tag, on);
        if !is_saved {
            self.fresh = Some(reply);
            return vec![];
        }
        let edits = reply::change(self.ctx.team(), &reply);
        self.ctx.edit(edits)
    }

    fn own(&mut self, on: bool) -> Vec<Effect> {
        let (Some(me), Some((reply, is_saved))) = (self.ctx.me, self.opened()) else { return vec![] };
        let reply = Reply { owner: on.then_some(me), ..reply };
        if !is_saved {
            self.fresh = Some(reply);
            return vec![];
        }
        let name = if on { "toast_reply_mine" } else { "toast_reply_teams" };
        let words = Words::with(name, [&reply.title]);
        self.change(reply, words)
    }

    fn change(&mut self, reply: Reply, words: Words) -> Vec<Effect> {
        let edits = reply::change(self.ctx.team(), &reply);
        if edits.is_empty() { vec![] } else { self.ctx.edit_with_undo(edits, words) }
    }

    /// The open reply as it is saved, or as far as it was chosen; and whether it is saved.
    pub(super) fn opened(&self) -> Option<(Reply, bool)> {
        let id = self.reply?;
        let saved = self.ctx.team().reply(id);
        let is_saved = saved.is_some();
        Some((saved.unwrap_or_else(|| self.fresh(id)), is_saved))
    }

    /// Asks the hub what the open reply said before, if that is to be seen.
    pub(in crate::app::desk) fn ask_versions(&self) -> Vec<Effect> {
        let asked = self.shelf.versions.as_ref().filter(|_| self.reply.is_some());
        asked
            .map(|(reply, _)| Effect::Send(ToHub::Versions { reply: reply.to_string() }))
            .into_iter()
            .collect()
    }

    /// Takes in what the hub says. Returns what to ask it: an edit may have made another version.
    pub(in crate::app::desk) fn hear_versions(&mut self, said: &FromHub) -> Vec<Effect> {
        match said {
            FromHub::Versions { reply, versions } => {
                if let Some((asked, heard)) = &mut self.shelf.versions
                    && asked.to_string() == *reply
                {
                    // What can't be read is none: there is nothing to go back to.
                    *heard = Some(wire::decode_versions(versions).unwrap_or_default());
                }
                vec![]
            }
            FromHub::Accepted { .. } | FromHub::Changed { .. } | FromHub::Welcome { .. } => {
                self.ask_versions()
            }
            _ => vec![],
        }
    }

    /// What the open reply said before, latest first.
    pub(super) fn versions(&self) -> Option<Vec<&Version>> {
        let (_, heard) = self.shelf.versions.as_ref().filter(|(id, _)| self.reply == Some(*id))?;
        heard.as_ref().map(|versions| versions.iter().rev().collect())
    }

    /// Whether what the open reply said before is to be seen.
    pub(super) fn shows_versions(&self) -> bool {
        self.shelf.versions.as_ref().is_some_and(|(id, _)| self.reply == Some(*id))
    }

    fn restore_version(&mut self, at: usize) -> Vec<Effect> {
        let version = self.versions().and_then(|versions| versions.get(at).map(|it| (*it).clone()));
        let mut effects = self.commit();
        let (Some(version), Some((reply, true))) = (version, self.opened()) else { return effects };
        self.typed.forget(|field| matches!(field, Field::Title | Field::Shortcut | Field::Body));
        let Version { title, shortcut, body, .. } = version;
        let words = Words::with("toast_reply_restored", [&title]);
        effects.extend(self.change(Reply { title, shortcut, body, ..reply }, words));
        effects.push(Effect::Focus(Spot::Versions));
        effects
    }
}

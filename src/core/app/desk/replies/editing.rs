//! Editing the open reply: saving the typed texts, and changing its tags, owner and archived state.

use super::is_of_reply;
use super::update::At;
use crate::app::desk::effect::{Effect, Spot, neighbour};
use crate::app::desk::typed::Field;
use crate::id::{ReplyId, TagId};
use crate::replica::Edit;
use crate::team::reply::{self, Reply, title_of};
use crate::versions::Version;
use crate::words::Words;

impl At<'_> {
    /// See [`State::edits`].
    pub(super) fn edits(&mut self) -> Vec<Edit> {
        let mut all = Vec::new();
        let team = self.ctx.team();
        if let Some(id) = self.state.open.filter(|_| self.see().is_written()) {
            let reply = Reply {
                title: self.see().text(Field::Title),
                shortcut: self.see().text(Field::Shortcut),
                body: self.see().text(Field::Body),
                folder: self.see().text(Field::Folder),
                ..team.reply(id).unwrap_or_else(|| self.see().begun(id))
            };
            if team.reply(id).is_some() {
                all.extend(reply::change(team, &reply));
                self.typed.forget(is_of_reply);
            } else if !reply.title.trim().is_empty() {
                all.extend(reply::create(team, &reply));
                if self.see().was_deleted(id) {
                    // A colleague deleted the reply meanwhile. Saving the texts restores it, so that they are not lost.
                    all.extend(reply::restore(id));
                }
                self.state.fresh = None;
                self.typed.forget(is_of_reply);
            }
        }
        all
    }

    /// See [`State::before_leaving`].
    pub(super) fn name_untitled(&mut self) {
        if let Some(id) = self.state.open
            && self.ctx.team().reply(id).is_none()
            && self.see().text(Field::Title).trim().is_empty()
        {
            let title = title_of(&self.see().text(Field::Body), &self.see().text(Field::Shortcut));
            self.typed.set(Field::Title, title);
        }
    }

    /// Closes the open reply if it was deleted or is another person's now, unless it has unsaved texts.
    pub(super) fn close_gone(&mut self) {
        if self.state.open.is_some_and(|id| self.see().went_away(id)) && !self.see().is_written() {
            self.state.open = None;
        }
    }

    pub(super) fn archive(&mut self, id: ReplyId, on: bool) -> Vec<Effect> {
        let Some(reply) = self.ctx.team().reply(id).filter(|reply| reply.archived != on) else {
            return vec![];
        };
        let listed: Vec<ReplyId> = self.see().listed().iter().map(|reply| reply.id).collect();
        let next = neighbour(&listed, id);
        let name = if on { "replies_toast_archived" } else { "replies_toast_back" };
        let words = Words::with(name, [&reply.title]);
        let mut effects = self.change(Reply { archived: on, ..reply }, words);
        // The open reply stays open, and its button now reverses the action.
        if self.state.open != Some(id) {
            effects.push(Effect::Focus(next.map_or(Spot::Search, Spot::Reply)));
        }
        effects
    }

    pub(super) fn set_tag(&mut self, tag: TagId, on: bool) -> Vec<Effect> {
        let Some((mut reply, is_saved)) = self.see().opened() else { return vec![] };
        reply.wear(tag, on);
        if !is_saved {
            self.state.fresh = Some(reply);
            return vec![];
        }
        let edits = reply::change(self.ctx.team(), &reply);
        self.ctx.edit(edits)
    }

    pub(super) fn set_personal(&mut self, on: bool) -> Vec<Effect> {
        let (Some(me), Some((reply, is_saved))) = (self.ctx.me, self.see().opened()) else { return vec![] };
        let reply = Reply { owner: on.then_some(me), ..reply };
        if !is_saved {
            self.state.fresh = Some(reply);
            return vec![];
        }
        let name = if on { "replies_toast_mine" } else { "replies_toast_teams" };
        let words = Words::with(name, [&reply.title]);
        self.change(reply, words)
    }

    fn change(&mut self, reply: Reply, words: Words) -> Vec<Effect> {
        let edits = reply::change(self.ctx.team(), &reply);
        if edits.is_empty() { vec![] } else { self.ctx.edit_with_undo(edits, words) }
    }

    pub(super) fn restore_version(&mut self, at: usize) -> Vec<Effect> {
        let version = self.see().versions().and_then(|versions| versions.get(at).map(|it| (*it).clone()));
        let (Some(version), Some((reply, true))) = (version, self.see().opened()) else { return vec![] };
        self.typed.forget(|field| matches!(field, Field::Title | Field::Shortcut | Field::Body));
        let Version { title, shortcut, body, .. } = version;
        let words = Words::with("replies_toast_restored", [&title]);
        let mut effects = self.change(Reply { title, shortcut, body, ..reply }, words);
        effects.push(Effect::Focus(Spot::Versions));
        effects
    }
}

//! What is done with several replies at once: one op, and one way back.

use super::Msg;
use crate::app::desk::{Desk, Effect, Field, Spot};
use crate::id::ReplyId;
use crate::replica::Edit;
use crate::team::reply::{self, Reply};
use crate::words::Words;

impl Desk {
    /// The replies that are selected, as they are listed.
    pub(super) fn selection(&self) -> Vec<Reply> {
        let selected = &self.shelf.selected;
        if selected.is_empty() {
            return Vec::new();
        }
        let mut listed = self.listed();
        listed.retain(|reply| selected.contains(&reply.id));
        listed
    }

    /// Does with the selected replies what was asked.
    pub(super) fn in_bulk(&mut self, msg: &Msg) -> Vec<Effect> {
        // What is typed into the open one goes first, so that it is not laid over what is done here.
        let mut effects = self.commit();
        let folder = self.text(Field::BulkFolder).trim().to_owned();
        let name = match msg {
            Msg::MoveSelected if folder.is_empty() => "toast_replies_unfiled",
            Msg::MoveSelected => "toast_replies_moved",
            Msg::TagSelected(_, true) => "toast_replies_tagged",
            Msg::TagSelected(_, false) => "toast_replies_untagged",
            Msg::ArchiveSelected(true) => "toast_replies_archived",
            Msg::ArchiveSelected(false) => "toast_replies_back",
            _ => {
                effects.extend(self.delete_selected());
                return effects;
            }
        };
        let change = |reply: &mut Reply| match msg {
            Msg::MoveSelected => reply.folder = folder.clone(),
            Msg::TagSelected(tag, on) => reply.wear(*tag, *on),
            Msg::ArchiveSelected(on) => reply.archived = *on,
            _ => {}
        };
        let before = self.selection();
        let mut after = before.clone();
        after.iter_mut().for_each(change);
        let changed = before.iter().zip(&after).filter(|(before, after)| before != after).count();
        let team = self.ctx.team();
        let edits: Vec<Edit> = after.iter().flat_map(|reply| reply::change(team, reply)).collect();
        if edits.is_empty() {
            return effects;
        }
        let next = self.next_of(&before);
        if matches!(msg, Msg::MoveSelected) {
            self.typed.forget(|field| field == Field::BulkFolder);
        }
        let mut words = Words::count(name, changed);
        if name == "toast_replies_moved" {
            words.with.push(folder);
        }
        effects.extend(self.ctx.edit_with_undo(edits, words));
        effects.extend(self.go_on(next));
        effects
    }

    fn delete_selected(&mut self) -> Vec<Effect> {
        let gone = self.selection();
        if gone.is_empty() {
            return vec![];
        }
        let next = self.next_of(&gone);
        let edits: Vec<Edit> = gone.iter().flat_map(|reply| reply::delete(reply.id)).collect();
        self.reply.take_if(|open| gone.iter().any(|reply| reply.id == *open));
        let mut effects = self.ctx.edit_with_undo(edits, Words::count("toast_replies_deleted", gone.len()));
        effects.extend(self.go_on(next));
        effects
    }

    /// The reply in the list that comes after these, else the one before them.
    fn next_of(&self, these: &[Reply]) -> Option<ReplyId> {
        let listed = self.listed();
        let is_one = |reply: &Reply| these.iter().any(|it| it.id == reply.id);
        let last = listed.iter().rposition(is_one)?;
        let after = listed.get(last + 1..)?.first();
        let before = || listed.get(..last)?.iter().rev().find(|reply| !is_one(reply));
        after.or_else(before).map(|reply| reply.id)
    }

    /// Where the bar of what is selected goes away, the focus goes on to what is still there.
    fn go_on(&mut self, next: Option<ReplyId>) -> Option<Effect> {
        self.prune();
        let gone = self.shelf.selected.is_empty();
        gone.then(|| Effect::Focus(next.map_or(Spot::Search, Spot::Reply)))
    }
}

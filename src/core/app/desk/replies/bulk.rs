//! Actions on several replies at once: each is one op with one undo.

use super::Msg;
use super::update::At;
use crate::app::desk::effect::{Effect, Spot};
use crate::app::desk::typed::Field;
use crate::id::ReplyId;
use crate::replica::Edit;
use crate::team::reply::{self, Reply};
use crate::words::Words;

impl At<'_> {
    /// Applies an action to the selected replies.
    pub(super) fn in_bulk(&mut self, msg: &Msg) -> Vec<Effect> {
        let folder = self.see().text(Field::BulkFolder).trim().to_owned();
        let name = match msg {
            Msg::MoveSelected if folder.is_empty() => "replies_toast_bulk_unfiled",
            Msg::MoveSelected => "replies_toast_bulk_moved",
            Msg::TagSelected(_, true) => "replies_toast_bulk_tagged",
            Msg::TagSelected(_, false) => "replies_toast_bulk_untagged",
            Msg::ArchiveSelected(true) => "replies_toast_bulk_archived",
            Msg::ArchiveSelected(false) => "replies_toast_bulk_back",
            _ => return self.delete_selected(),
        };
        let change = |reply: &mut Reply| match msg {
            Msg::MoveSelected => reply.folder = folder.clone(),
            Msg::TagSelected(tag, on) => reply.wear(*tag, *on),
            Msg::ArchiveSelected(on) => reply.archived = *on,
            _ => {}
        };
        let before = self.see().selection();
        let mut after = before.clone();
        after.iter_mut().for_each(change);
        let changed = before.iter().zip(&after).filter(|(before, after)| before != after).count();
        let team = self.ctx.team();
        let edits: Vec<Edit> = after.iter().flat_map(|reply| reply::change(team, reply)).collect();
        if edits.is_empty() {
            return vec![];
        }
        let next = self.see().next_of(&before);
        if matches!(msg, Msg::MoveSelected) {
            self.typed.forget(|field| field == Field::BulkFolder);
        }
        let mut words = Words::count(name, changed);
        if name == "replies_toast_bulk_moved" {
            words.with.push(folder);
        }
        let mut effects = self.ctx.edit_with_undo(edits, words);
        effects.extend(self.go_on(next));
        effects
    }

    fn delete_selected(&mut self) -> Vec<Effect> {
        let gone = self.see().selection();
        if gone.is_empty() {
            return vec![];
        }
        let next = self.see().next_of(&gone);
        let edits: Vec<Edit> = gone.iter().flat_map(|reply| reply::delete(reply.id)).collect();
        self.state.open.take_if(|open| gone.iter().any(|reply| reply.id == *open));
        let mut effects =
            self.ctx.edit_with_undo(edits, Words::count("replies_toast_bulk_deleted", gone.len()));
        effects.extend(self.go_on(next));
        effects
    }

    /// If the selection became empty, its bar disappears, so the focus moves to a reply that is still listed.
    fn go_on(&mut self, next: Option<ReplyId>) -> Option<Effect> {
        self.prune();
        let gone = self.state.selected.is_empty();
        gone.then(|| Effect::Focus(next.map_or(Spot::Search, Spot::Reply)))
    }
}

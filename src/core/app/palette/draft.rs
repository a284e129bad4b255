//! Replies that are written in the palette. What was typed outlives the palette: it is there again when the same reply is
//! opened, until it is saved or dropped.

use super::update::At;
use super::{Part, Stage, State};
use crate::app::effect::{Effect, Spot};
use crate::id::ReplyId;
use crate::team::reply::{self, Reply};
use crate::wire::{Op, ToHub};

/// A reply that somebody writes: its parts, in the order of [`Part`].
pub struct Draft {
    /// Which.
    pub id: ReplyId,
    /// As they were before.
    pub before: [String; 3],
    /// As they are written.
    pub now: [String; 3],
    /// Whether it was begun earlier, left, and not saved.
    pub kept: bool,
    /// Whether its text was cut, because no message is that long.
    pub cut: bool,
}

impl Draft {
    /// The reply with what was written. What was not is as a colleague may have left it meanwhile; of a reply that the
    /// team does not have, nothing but this is known.
    pub fn onto(&self, saved: Option<Reply>) -> Reply {
        let is_new = saved.is_none();
        let mut reply = saved.unwrap_or_else(|| Reply::new(self.id));
        let parts = [&mut reply.title, &mut reply.shortcut, &mut reply.body];
        for ((before, now), part) in self.before.iter().zip(&self.now).zip(parts) {
            if is_new || before != now {
                part.clone_from(now);
            }
        }
        reply
    }
}

impl State {
    /// The hub did not take it: what was written is there again.
    pub(super) fn not_saved(&mut self, n: u32) {
        if let Some(at) = self.saving.iter().position(|(it, _)| *it == n) {
            let (_, draft) = self.saving.remove(at);
            // The last one is what is open.
            self.drafts.insert(0, draft);
        }
    }
}

impl At<'_> {
    /// Opens a reply in the editor, or one that is begun: with what was written there before, if it was not saved.
    pub(super) fn edit_reply(&mut self, reply: Reply) -> Vec<Effect> {
        let Some(palette) = self.surfaces.palette_mut() else { return vec![] };
        palette.stage = Stage::Editing;
        let saved = [reply.title, reply.shortcut, reply.body];
        let [title, ..] = &saved;
        self.state.drafts.retain(|draft| draft.now != draft.before);
        // One that is new has another id each time; it has no title, and is known by the text that it begins with.
        let is_same = |draft: &Draft| draft.id == reply.id || (title.is_empty() && draft.before == saved);
        let mut draft = match self.state.drafts.iter().position(is_same) {
            Some(at) => self.state.drafts.remove(at),
            None => {
                Draft { id: reply.id, before: <_>::default(), now: <_>::default(), kept: false, cut: false }
            }
        };
        draft.kept = draft.now != draft.before;
        for ((before, now), saved) in draft.before.iter_mut().zip(&mut draft.now).zip(saved) {
            if before == now {
                now.clone_from(&saved);
            }
            *before = saved;
        }
        self.state.drafts.push(draft);
        vec![Effect::Focus(Spot::EditReply)]
    }

    /// What is written in the editor: what was opened last.
    pub(super) fn draft(&mut self) -> Option<&mut Draft> {
        let is_open = self.surfaces.palette().is_some_and(|it| matches!(it.stage, Stage::Editing));
        self.state.drafts.last_mut().filter(|_| is_open)
    }

    /// Takes in what was written.
    pub(super) fn write_reply(&mut self, part: Part, mut text: String) -> Vec<Effect> {
        if let Some(draft) = self.draft() {
            if part == Part::Body {
                draft.cut = reply::cut(&mut text);
            }
            if let Some(now) = draft.now.get_mut(part as usize) {
                *now = text;
            }
        }
        vec![]
    }

    /// What is written in the editor is on its way to disk.
    pub(super) fn save_draft(&mut self, effects: &[Effect]) {
        let n = effects.iter().find_map(|effect| match effect {
            Effect::Send(ToHub::Op(Op { n, .. })) => Some(*n),
            _ => None,
        });
        self.state.saving.extend(n.zip(self.state.drafts.pop()));
    }

    /// Drops what was written.
    pub(super) fn drop_draft(&mut self) -> Vec<Effect> {
        if self.surfaces.palette().is_none() {
            return vec![];
        }
        if let Some(draft) = self.draft() {
            draft.now.clone_from(&draft.before);
            (draft.kept, draft.cut) = (false, false);
        }
        vec![Effect::Focus(Spot::EditReply)]
    }
}

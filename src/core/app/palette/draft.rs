//! Drafts of replies in the palette. A draft outlives the palette: it is shown again when the same reply is opened,
//! until it is saved or dropped.

use super::update::At;
use super::{Part, Stage, State};
use crate::app::effect::{Effect, Spot};
use crate::id::ReplyId;
use crate::team::reply::{self, Reply};
use crate::wire::{Op, ToHub};

/// The draft of a reply: its parts, in the order of [`Part`].
pub struct Draft {
    /// The reply's id.
    pub id: ReplyId,
    /// The parts before editing.
    pub before: [String; 3],
    /// The parts as written.
    pub now: [String; 3],
    /// Whether the draft was begun in an earlier palette and not saved.
    pub kept: bool,
    /// Whether the text was cut to the length limit of a message.
    pub cut: bool,
}

impl Draft {
    /// Applies the draft to the saved reply. Parts that were not edited keep the saved value, which a colleague may
    /// have changed meanwhile. A new reply consists of the draft alone.
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
    /// Restores the draft that the hub refused to store.
    pub(super) fn not_saved(&mut self, n: u32) {
        if let Some(at) = self.saving.iter().position(|(it, _)| *it == n) {
            let (_, draft) = self.saving.remove(at);
            // The last draft is the open one, so this one is inserted at the front.
            self.drafts.insert(0, draft);
        }
    }
}

impl At<'_> {
    /// Opens a reply, or a new one, in the editor. An unsaved draft of it is shown again.
    pub(super) fn edit_reply(&mut self, reply: Reply) -> Vec<Effect> {
        let Some(palette) = self.surfaces.palette_mut() else { return vec![] };
        palette.stage = Stage::Editing;
        let saved = [reply.title, reply.shortcut, reply.body];
        let [title, ..] = &saved;
        self.state.drafts.retain(|draft| draft.now != draft.before);
        // A new reply has another id each time and no title. It is recognised by its initial text.
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

    /// The draft in the editor: the last one.
    pub(super) fn draft(&mut self) -> Option<&mut Draft> {
        let is_open = self.surfaces.palette().is_some_and(|it| matches!(it.stage, Stage::Editing));
        self.state.drafts.last_mut().filter(|_| is_open)
    }

    /// Stores a part that was written.
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

    /// Moves the draft in the editor to `saving`, with the number of its op.
    pub(super) fn save_draft(&mut self, effects: &[Effect]) {
        let n = effects.iter().find_map(|effect| match effect {
            Effect::Send(ToHub::Op(Op { n, .. })) => Some(*n),
            _ => None,
        });
        self.state.saving.extend(n.zip(self.state.drafts.pop()));
    }

    /// Drops the changes in the editor.
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

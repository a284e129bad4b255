//! The selected rows of a narrowed list, the actions for all of them at once, and the number of drawn rows.

use std::collections::BTreeSet;

use crate::app::context::Context;
use crate::app::effect::Effect;
use crate::app::person;
use crate::app::surface::Surfaces;
use crate::id::{MemberId, TagId};
use crate::replica::Edit;
use crate::team::chat::{self, ChatKey};
use crate::team::holder;
use crate::words::Words;

/// How many rows are drawn at first, and how many more at each press. A team has thousands of chats, and every drawn row
/// costs time whenever the list changes.
pub(super) const ROWS: usize = 100;

/// The selected chats of a list, and how many of its rows are drawn.
#[derive(Default)]
pub struct Selection {
    chats: BTreeSet<ChatKey>,
    /// How often the person asked for more rows.
    more: usize,
    /// The chat that was selected last, where a range begins.
    last: Option<ChatKey>,
}

/// A message about the selection.
#[derive(Clone, Debug)]
pub enum Msg {
    /// Select a chat, or deselect it.
    Toggle(ChatKey),
    /// Select the chats from the last selected one to this one.
    To(ChatKey),
    /// Deselect all.
    Clear,
    /// Put a tag on all selected chats; or take it off, if all have it.
    Tag(TagId),
    /// Claim all.
    Claim,
    /// Release all.
    Release,
    /// Hand all over to a member.
    HandOver(MemberId),
}

impl Selection {
    /// Whether a chat is selected.
    pub(super) fn has(&self, chat: &ChatKey) -> bool {
        self.chats.contains(chat)
    }

    /// How many rows are drawn.
    pub(super) fn drawn(&self) -> usize {
        ROWS * (self.more + 1)
    }

    /// Draws more rows.
    pub(super) fn draw_more(&mut self) {
        self.more += 1;
    }

    /// The number of selected chats.
    pub(super) fn count(&self) -> usize {
        self.chats.len()
    }

    /// Deselects chats that are not listed.
    pub(super) fn keep(&mut self, listed: &[ChatKey]) {
        self.chats.retain(|chat| listed.contains(chat));
    }

    /// Handles a message. `listed` are the chats in the order of the list.
    pub(super) fn update(
        &mut self,
        ctx: &mut Context,
        surfaces: &mut Surfaces,
        listed: &[ChatKey],
        msg: Msg,
    ) -> Vec<Effect> {
        match msg {
            Msg::Toggle(chat) => {
                if !self.chats.remove(&chat) {
                    self.chats.insert(chat);
                }
                self.last = Some(chat);
                vec![]
            }
            Msg::To(chat) => {
                self.select_to(listed, chat);
                vec![]
            }
            Msg::Clear => {
                self.chats.clear();
                vec![]
            }
            Msg::Tag(tag) => {
                let has = |chat: &ChatKey| ctx.team().tags_of(chat).iter().any(|it| it.id == tag);
                let on = !self.chats.iter().all(has);
                let name = ctx.team().tag(tag).map(|tag| tag.name).unwrap_or_default();
                let words = if on { "filter_toast_tagged" } else { "filter_toast_untagged" };
                self.change_all(ctx, words, &name, |chat| chat::set_tag(chat, tag, on))
            }
            Msg::Claim => match ctx.myself() {
                Some(me) => {
                    self.change_all(ctx, "filter_toast_claimed", "", |chat| holder::give(chat, me.id, ""))
                }
                None => person::ask(surfaces, None),
            },
            Msg::Release => self.change_all(ctx, "filter_toast_released", "", holder::release),
            Msg::HandOver(member) => {
                let Some(to) = ctx.team().member(member) else { return vec![] };
                self.change_all(ctx, "filter_toast_handed_over", &to.name, |chat| {
                    holder::give(chat, member, "")
                })
            }
        }
    }

    fn select_to(&mut self, listed: &[ChatKey], chat: ChatKey) {
        let place = |chat: ChatKey| listed.iter().position(|it| *it == chat);
        let Some(to) = place(chat) else { return };
        let from = self.last.and_then(place).unwrap_or(to);
        self.chats.extend(listed.iter().take(from.max(to) + 1).skip(from.min(to)));
        self.last = Some(chat);
    }

    /// Changes all selected chats in one op, so that one undo takes it back.
    fn change_all(
        &self,
        ctx: &mut Context,
        words: &'static str,
        name: &str,
        edits: impl Fn(ChatKey) -> Vec<Edit>,
    ) -> Vec<Effect> {
        if self.chats.is_empty() {
            return vec![];
        }
        let edits = self.chats.iter().flat_map(|chat| edits(*chat)).collect();
        let words = Words { with: vec![name.to_owned()], ..Words::count(words, self.chats.len()) };
        ctx.edit_with_undo(edits, words)
    }
}

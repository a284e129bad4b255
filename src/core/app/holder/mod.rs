//! The holder of the open chat: claim, release, hand over, and the question before writing into a colleague's chat.

#[cfg(test)]
mod tests;
pub mod view;

use crate::app::context::{Context, Link};
use crate::app::effect::{Effect, Spot};
use crate::app::reading::Composer;
use crate::app::screen::Screen;
use crate::app::surface::{Surface, Surfaces};
use crate::id::MemberId;
use crate::team::chat::ChatKey;
use crate::team::holder::{self, Holder};
use crate::words::Words;

/// The person's decision to help in a colleague's chat.
#[derive(Default)]
pub struct State {
    /// The chat in which the person decided to help, and its holder at that time.
    helping_in: Option<(ChatKey, MemberId)>,
}

/// A message about the holder of the open chat.
#[derive(Clone, Debug)]
pub enum Msg {
    /// Claim the open chat.
    Claim,
    /// Release the open chat.
    Release,
    /// Release the open chat if the person holds it, else claim it.
    ClaimOrRelease,
    /// Open or close the hand-over form.
    HandingOver(bool),
    /// The person typed a reason into the hand-over form.
    TypeReason(String),
    /// Hand the open chat to a member, with the typed reason, which may be empty.
    HandOver(MemberId),
    /// The person was about to write into a colleague's chat.
    Guarded,
    /// The person's answer to the question: write without claiming the chat.
    HelpHere,
}

impl State {
    pub(super) fn update(
        &mut self,
        ctx: &mut Context,
        screen: &Screen,
        surfaces: &mut Surfaces,
        msg: Msg,
    ) -> Vec<Effect> {
        match msg {
            Msg::Claim => claim(ctx, screen, surfaces),
            Msg::Release => release(ctx, screen),
            Msg::ClaimOrRelease => {
                let holder = screen.open.and_then(|chat| ctx.team().holder_of(&chat)).map(|it| it.member);
                if holder.is_some() && holder == ctx.me {
                    release(ctx, screen)
                } else {
                    claim(ctx, screen, surfaces)
                }
            }
            Msg::HandingOver(open) => {
                let open = open && screen.open.is_some();
                surfaces.toggle(open.then(|| (Surface::HandOver(String::new()), Spot::HandOver)), is_form)
            }
            Msg::TypeReason(reason) => surfaces.keep_typed(Surface::HandOver(reason)),
            Msg::HandOver(member) => hand_over(ctx, screen, surfaces, member),
            Msg::Guarded => surfaces.ask(None),
            Msg::HelpHere => {
                self.helping_in = other_holder(ctx, screen).map(|(chat, holder)| (chat, holder.member));
                surfaces.answered()
            }
        }
    }

    /// Forgets the decision to help, because another chat was opened.
    pub(super) fn leave_chat(&mut self) {
        self.helping_in = None;
    }

    /// Whether the composer is guarded: a colleague holds the chat and the person has not decided what to do.
    pub(super) fn guards(&self, ctx: &Context, screen: &Screen) -> bool {
        let Some((chat, holder)) = other_holder(ctx, screen) else { return false };
        ctx.link != Link::Gone
            && screen.reading.composer != Composer::Absent
            && self.helping_in != Some((chat, holder.member))
    }
}

/// Returns the open chat and its holder, if the holder is a colleague.
fn other_holder<'a>(ctx: &'a Context, screen: &Screen) -> Option<(ChatKey, &'a Holder)> {
    let chat = screen.open?;
    let holder = ctx.team().holder_of(&chat)?;
    (Some(holder.member) != ctx.me).then_some((chat, holder))
}

fn is_form(surface: &Surface) -> bool {
    matches!(surface, Surface::HandOver(_))
}

fn claim(ctx: &mut Context, screen: &Screen, surfaces: &mut Surfaces) -> Vec<Effect> {
    let (Some(chat), Some(me)) = (screen.open, ctx.me) else { return vec![] };
    // A person must have a name before they can claim a chat, so that colleagues can tell who holds it.
    if ctx.myself().is_none() {
        return ctx.ask_for_name();
    }
    let mut effects = ctx.edit(holder::give(chat, me, ""));
    effects.extend(surfaces.answered());
    effects
}

fn release(ctx: &mut Context, screen: &Screen) -> Vec<Effect> {
    let Some(chat) = screen.open else { return vec![] };
    let words = Words::with("holder_toast_released", [&screen.known_title()]);
    ctx.edit_with_undo(holder::release(chat), words)
}

fn hand_over(ctx: &mut Context, screen: &Screen, surfaces: &mut Surfaces, member: MemberId) -> Vec<Effect> {
    let (Some(chat), Some(to)) = (screen.open, ctx.team().member(member)) else {
        return vec![];
    };
    let reason = surfaces.hand_over().unwrap_or_default().to_owned();
    surfaces.close(is_form);
    let words = Words::with("holder_toast_handed_over", [&screen.known_title(), &to.name]);
    let mut effects = ctx.edit_with_undo(holder::give(chat, member, &reason), words);
    effects.push(Effect::RestoreFocus);
    effects
}

//! The holder of the open chat: claim, release, hand over, and the question before writing into a colleague's chat.

mod news;
#[cfg(test)]
mod tests;
pub mod view;

use crate::app::context::{Context, Link};
use crate::app::effect::{Effect, Spot};
use crate::app::person;
use crate::app::reading::Composer;
use crate::app::screen::Screen;
use crate::app::surface::{Surface, Surfaces};
use crate::id::MemberId;
use crate::team::chat::ChatKey;
use crate::team::holder::{self, Holder};
use crate::words::Words;
use news::Held;
use std::collections::BTreeSet;

/// The person's decision to help in a colleague's chat.
#[derive(Default)]
pub struct State {
    /// The chat in which the person decided to help, and its holder at that time.
    helping_in: Option<(ChatKey, MemberId)>,
    /// The visit in which the person was asked while writing. Further letters don't ask again.
    asked_in: Option<u32>,
    /// The chats that the person held when this browser last looked. `None` until the hub has answered for the first
    /// time in this browser.
    held: Option<Held>,
    /// The chats that others handed to the person and that the person has not opened since.
    unseen: BTreeSet<ChatKey>,
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
    /// The person wrote into the draft of a colleague's chat.
    Wrote,
    /// The person tried to send in a colleague's chat, and was stopped.
    Stopped,
    /// The person's answer to the question: write without claiming the chat.
    HelpHere,
}

impl State {
    /// The state after loading. `held` is the line that [`Effect::RememberHeld`] stored, if there is one.
    pub(super) fn new(held: Option<&str>) -> State {
        State { held: held.map(Held::read), ..State::default() }
    }

    /// Shows the news about the person's chats, after the hub sent registers.
    pub(super) fn tell(&mut self, ctx: &mut Context, screen: &Screen) -> Vec<Effect> {
        let now = Held::now(ctx);
        let Some(before) = self.held.as_ref().filter(|before| **before != now) else { return vec![] };
        let (effects, got) = news::tell(ctx, screen, before, &now);
        self.unseen.extend(got.into_iter().filter(|chat| screen.open != Some(*chat)));
        effects
    }

    /// Remembers the chats that the person holds, once the team is known.
    pub(super) fn remember(&mut self, ctx: &Context) -> Vec<Effect> {
        let now = Held::now(ctx);
        if ctx.link != Link::Connected || self.held.as_ref() == Some(&now) {
            return vec![];
        }
        self.unseen
            .retain(|chat| ctx.me.is_some() && ctx.team().holder_of(chat).map(|it| it.member) == ctx.me);
        let line = now.write();
        self.held = Some(now);
        vec![Effect::RememberHeld(line)]
    }

    /// The person sees the chats that they hold.
    pub(super) fn saw_all(&mut self) {
        self.unseen.clear();
    }

    /// The person sees the open chat.
    pub(super) fn saw_open(&mut self, screen: &Screen) {
        if let Some(open) = screen.open {
            self.unseen.remove(&open);
        }
    }

    /// How many chats others handed to the person that the person has not opened since.
    pub(super) fn unseen(&self) -> usize {
        self.unseen.len()
    }

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
            Msg::Wrote if self.asked_in == screen.visit() => vec![],
            Msg::Wrote | Msg::Stopped => {
                self.asked_in = screen.visit();
                // An open question may have a text that waits for its answer.
                if surfaces.is_asking() { vec![] } else { surfaces.ask(None) }
            }
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
        return person::ask(surfaces, Some(chat));
    }
    let taken = other_holder(ctx, screen).and_then(|(_, holder)| ctx.team().member(holder.member));
    let edits = holder::give(chat, me, "");
    let mut effects = match taken {
        Some(former) => {
            let words = Words::with("holder_toast_taken", [&screen.known_title(), &former.name]);
            ctx.edit_with_undo(edits, words)
        }
        None => ctx.edit(edits),
    };
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

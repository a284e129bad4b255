//! View of the open chat's holder.

use crate::app::chip::Chip;
use crate::app::context::Context;
use crate::app::screen::Screen;
use crate::app::surface::Surfaces;
use crate::id::MemberId;
use crate::team::chat::ChatKey;

/// The holder of the open chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HolderLine {
    /// The chat has no holder.
    Free,
    /// The person at this browser holds the chat.
    Mine {
        /// When the person got the chat, in milliseconds since the epoch.
        since: u64,
        /// The reason given with the last hand-over.
        reason: String,
    },
    /// A colleague holds the chat.
    Theirs {
        /// The colleague's chip.
        chip: Chip,
        /// When the colleague got the chat, in milliseconds since the epoch.
        since: u64,
        /// The reason given with the last hand-over.
        reason: String,
    },
}

/// A colleague in the hand-over form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The colleague's id.
    pub id: MemberId,
    /// The colleague's chip.
    pub chip: Chip,
}

/// The hand-over form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// The typed reason.
    pub reason: String,
    /// The colleagues that the chat can be handed to.
    pub people: Vec<Person>,
}

/// The line under the header, for a chat that a colleague holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Banner {
    /// The holder's chip.
    pub chip: Chip,
    /// When the holder got the chat, in milliseconds since the epoch.
    pub since: u64,
    /// The reason given with the last hand-over.
    pub reason: String,
    /// Whether the person decided to help in this chat.
    pub helping: bool,
    /// Whether the question before writing is open.
    pub asking: bool,
}

/// Returns the holder of a chat.
pub(in crate::app) fn line(ctx: &Context, chat: &ChatKey) -> HolderLine {
    match ctx.team().holder_of(chat) {
        None => HolderLine::Free,
        Some(holder) if Some(holder.member) == ctx.me => {
            HolderLine::Mine { since: millis(holder.since), reason: holder.reason.clone() }
        }
        Some(holder) => HolderLine::Theirs {
            chip: Chip::of_holder(ctx, chat).unwrap_or_else(Chip::unnamed),
            since: millis(holder.since),
            reason: holder.reason.clone(),
        },
    }
}

/// Returns the hand-over form, while it is open.
pub(in crate::app) fn hand_over(ctx: &Context, surfaces: &Surfaces) -> Option<HandOver> {
    let reason = surfaces.hand_over()?.to_owned();
    let others = ctx.team().members().into_iter().filter(|member| Some(member.id) != ctx.me);
    let people = others.map(|member| Person { id: member.id, chip: Chip::of_member(&member) }).collect();
    Some(HandOver { reason, people })
}

/// Returns the line under the header, if a colleague holds the open chat.
pub(in crate::app) fn banner(ctx: &Context, screen: &Screen, asking: bool) -> Option<Banner> {
    let (chat, holder) = super::other_holder(ctx, screen)?;
    Some(Banner {
        chip: Chip::of_holder(ctx, &chat)?,
        since: millis(holder.since),
        reason: holder.reason.clone(),
        helping: !screen.guarded,
        asking,
    })
}

fn millis(minute: u32) -> u64 {
    u64::from(minute) * 60_000
}

//! Who has the open chat, as plain data.

use crate::app::chip::Chip;
use crate::app::context::Context;
use crate::app::screen::Screen;
use crate::app::surface::Surfaces;
use crate::id::MemberId;
use crate::team::chat::ChatKey;

/// Who has the open chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HolderLine {
    /// Nobody.
    Free,
    /// The person at this browser.
    Mine {
        /// Since when, in milliseconds since the epoch.
        since: u64,
        /// What they were told.
        reason: String,
    },
    /// A colleague.
    Theirs {
        /// Who.
        chip: Chip,
        /// Since when, in milliseconds since the epoch.
        since: u64,
        /// What they were told.
        reason: String,
    },
}

/// A colleague to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: MemberId,
    /// How they are shown.
    pub chip: Chip,
}

/// The form for handing the open chat over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// The reason typed so far.
    pub reason: String,
    /// The colleagues to choose from.
    pub people: Vec<Person>,
}

/// The line under the header of a chat that a colleague has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Banner {
    /// Who has it.
    pub chip: Chip,
    /// Since when, in milliseconds since the epoch.
    pub since: u64,
    /// What they were told.
    pub reason: String,
    /// Whether the person decided to help here.
    pub helping: bool,
    /// Whether the person is asked before writing.
    pub asking: bool,
}

/// Who has a chat.
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

/// The hand-over form, while open.
pub(in crate::app) fn hand_over(ctx: &Context, surfaces: &Surfaces) -> Option<HandOver> {
    let reason = surfaces.hand_over()?.to_owned();
    let others = ctx.team().members().into_iter().filter(|member| Some(member.id) != ctx.me);
    let people = others.map(|member| Person { id: member.id, chip: Chip::of_member(&member) }).collect();
    Some(HandOver { reason, people })
}

/// The line under the header, when a colleague has the open chat.
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

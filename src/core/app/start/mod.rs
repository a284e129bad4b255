//! The first steps of a team: tags and replies for its trade, which it can edit as its own.

mod packs;
#[cfg(test)]
mod tests;

use crate::app::context::Context;
use crate::app::effect::Effect;
use crate::id::{ReplyId, TagId};
use crate::replica::Edit;
use crate::team::reply::{self, Reply};
use crate::team::tag::{self, Colour};
use crate::words::Words;

/// A trade that has a starter pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trade {
    /// A shop.
    Shop,
    /// A clinic or a practice.
    Clinic,
    /// A travel agency.
    Travel,
    /// Services at the customer's place.
    Services,
}

impl Trade {
    /// The trades, each with the message that names it.
    pub const ALL: [(Trade, &'static str); 4] = [
        (Trade::Shop, "start_shop"),
        (Trade::Clinic, "start_clinic"),
        (Trade::Travel, "start_travel"),
        (Trade::Services, "start_services"),
    ];
}

/// A message about the first steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// Add the tags and replies of a trade.
    Add {
        /// The trade.
        trade: Trade,
        /// Whether they are in Chinese.
        chinese: bool,
    },
}

pub(super) fn update(ctx: &mut Context, msg: Msg) -> Vec<Effect> {
    let Msg::Add { trade, chinese } = msg;
    let edits = edits(ctx, trade, chinese);
    ctx.edit_with_undo(edits, Words::with("start_toast_added", [&ctx.keys.trigger()]))
}

/// The edits that add a pack. The ids follow from the pack, so two people who add the same one get it once. Tags that
/// don't fit are left out.
fn edits(ctx: &Context, trade: Trade, chinese: bool) -> Vec<Edit> {
    let pack = packs::pack(trade, chinese);
    let id = |kind: u8, at: usize| [b's', b't', b'a', b'r', kind, trade as u8, u8::from(chinese), at as u8];
    let mut team = ctx.team().clone();
    let mut edits: Vec<Edit> = Vec::new();
    // Each thing goes behind the one before, so the edits are applied as they are made.
    let mut add = |team: &mut crate::team::Team, more: Vec<Edit>| {
        for (key, value) in &more {
            team.set(key, value, ctx.minute());
        }
        edits.extend(more);
    };
    for (at, name) in pack.tags.iter().enumerate() {
        let (id, colour) = (TagId(id(b't', at)), Colour::ALL.get(at).copied().unwrap_or_default());
        if let Ok(more) = tag::create(&team, id, name, colour) {
            add(&mut team, more);
        }
    }
    for (at, [title, shortcut, body]) in pack.replies.iter().enumerate() {
        let text = |text: &str| text.to_owned();
        let reply = Reply {
            title: text(title),
            shortcut: text(shortcut),
            body: text(body),
            ..Reply::new(ReplyId(id(b'r', at)))
        };
        let mut more = reply::create_whole(&team, &reply);
        more.extend(reply::restore(reply.id));
        add(&mut team, more);
    }
    edits
}

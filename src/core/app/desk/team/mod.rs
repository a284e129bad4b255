//! The members of the team, what each of them holds, and moving all of a member's chats.

#[cfg(test)]
mod tests;
pub mod view;

use crate::app::context::Context;
use crate::app::desk::effect::Effect;
use crate::id::MemberId;
use crate::team::holder;
use crate::words::Words;

/// A message about the members.
#[derive(Clone, Copy, Debug)]
pub enum Msg {
    /// Hand all chats of a member over to another one.
    MoveAll {
        /// The member who holds the chats.
        from: MemberId,
        /// The member who gets them.
        to: MemberId,
    },
}

pub(super) fn update(ctx: &mut Context, msg: Msg) -> Vec<Effect> {
    let Msg::MoveAll { from, to } = msg;
    let chats: Vec<_> = ctx.team().held_by(from).collect();
    let Some(name) = ctx.team().member(to).map(|member| member.name).filter(|_| !chats.is_empty()) else {
        return vec![];
    };
    let edits = chats.iter().flat_map(|chat| holder::give(*chat, to, "")).collect();
    let words = Words { with: vec![name], ..Words::count("team_toast_moved", chats.len()) };
    ctx.edit_with_undo(edits, words)
}

//! The chats that WhatsApp shows: their identities, and the chips on their rows.

mod directory;
#[cfg(test)]
mod tests;
pub mod view;

pub use directory::Directory;
pub(in crate::app) use directory::Facts;

use crate::app::context::Context;
use crate::app::effect::Effect;
use crate::app::reading::{ChatFacts, Listed};
use crate::app::screen::Screen;
use crate::team::chat::{ChatId, ChatKey};
use crate::words::Words;

/// A message about chats.
#[derive(Clone, Debug)]
pub enum Msg {
    /// WhatsApp's own directory was read.
    Names(Vec<Listed>),
    /// The times and unread counts of all chats were read.
    Facts(Vec<ChatFacts>),
    /// The person chose this chat for the open title, which several chats have.
    ThisIs(ChatId),
    /// Open a chat in WhatsApp.
    Open(ChatKey),
    /// WhatsApp's list has no row for the chat.
    NotFound,
}

pub(super) fn update(ctx: &mut Context, screen: &mut Screen, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Names(chats) => {
            screen.chats.learn_listed(ctx, &chats);
            move_over(ctx, screen)
        }
        Msg::Facts(facts) => {
            screen.chats.learn_facts(ctx, &facts);
            vec![]
        }
        Msg::ThisIs(chat) => {
            if let Some(open) = &screen.reading.open {
                screen.chats.choose(ctx, open, chat);
            }
            vec![]
        }
        Msg::Open(chat) => {
            let title = screen.chats.title_of(&chat);
            title.map(|title| Effect::OpenChat(title.to_owned())).into_iter().collect()
        }
        Msg::NotFound => ctx.toast(Words::plain("chats_toast_not_found"), true),
    }
}

/// How often the times and unread counts of all chats are read at most, in milliseconds. Reading takes some milliseconds
/// for each thousand chats, in batches.
const FACTS_EVERY: u64 = 3_000;

/// Reads the times and unread counts of all chats again, if the last time is long enough ago. `wanted` says whether
/// something on screen shows them.
pub(super) fn ask_for_facts(ctx: &Context, screen: &mut Screen, wanted: bool) -> Vec<Effect> {
    let asks = wanted && ctx.account().is_some() && screen.chats.facts_are_older(ctx.now, FACTS_EVERY);
    if asks { vec![Effect::ReadChats] } else { vec![] }
}

/// Records the chats that were read off the page, and moves registers to new keys if necessary.
pub(super) fn on_read(ctx: &mut Context, screen: &mut Screen) -> Vec<Effect> {
    screen.chats.learn_seen(ctx, &screen.reading);
    if screen.chats.moves_due() { move_over(ctx, screen) } else { vec![] }
}

/// Moves the registers of chats that were found under another key.
pub(super) fn move_over(ctx: &mut Context, screen: &mut Screen) -> Vec<Effect> {
    screen.chats.moves_done(ctx);
    ctx.move_chats(screen.chats.moved())
}

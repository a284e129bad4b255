//! News about the person's chats: a colleague handed one over, took one, or released one. The news come from a comparison
//! with the chats that the person held when this browser last looked, so they are told also after the tab was closed.

use std::collections::BTreeSet;

use crate::app::context::{Context, ToastTarget};
use crate::app::effect::Effect;
use crate::app::screen::Screen;
use crate::id::MemberId;
use crate::replica::{Edit, Key};
use crate::team::chat::ChatKey;
use crate::team::holder;
use crate::words::Words;

/// The chats that the person held when this browser last looked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Held {
    account: String,
    member: Option<MemberId>,
    chats: BTreeSet<ChatKey>,
}

/// A change of a chat by somebody else.
struct News {
    /// The message. `None` if the title or the colleague is not known.
    words: Option<Words>,
    chat: ChatKey,
    undo: Vec<Edit>,
}

impl Held {
    /// The chats that the person holds now.
    pub(super) fn now(ctx: &Context) -> Held {
        let chats = ctx.me.map(|me| ctx.team().held_by(me).collect()).unwrap_or_default();
        Held { account: ctx.account().unwrap_or_default().to_owned(), member: ctx.me, chats }
    }

    /// Encodes the chats as one line, to be stored in this browser.
    pub(super) fn write(&self) -> String {
        let mut line =
            [&self.account, " ", &self.member.map(|it| it.to_string()).unwrap_or_default()].concat();
        for ChatKey([a, b, c, d, e]) in &self.chats {
            line.push_str(&format!(" {a:02x}{b:02x}{c:02x}{d:02x}{e:02x}"));
        }
        line
    }

    /// Decodes the output of [`Held::write`]. Malformed chats are skipped.
    pub(super) fn read(line: &str) -> Held {
        let mut parts = line.split(' ');
        let account = parts.next().unwrap_or_default().to_owned();
        let member = parts.next().and_then(|it| it.parse().ok());
        let chat = |part: &str| {
            let number = u64::from_str_radix(part, 16).ok().filter(|_| part.len() == 10)?;
            let [.., a, b, c, d, e] = number.to_be_bytes();
            Some(ChatKey([a, b, c, d, e]))
        };
        Held { account, member, chats: parts.filter_map(chat).collect() }
    }
}

/// Shows the news since `before`, and returns the chats that the person got.
pub(super) fn tell(
    ctx: &mut Context,
    screen: &Screen,
    before: &Held,
    now: &Held,
) -> (Vec<Effect>, Vec<ChatKey>) {
    if (&before.account, before.member) != (&now.account, now.member) {
        return (vec![], vec![]);
    }
    let got: Vec<ChatKey> =
        now.chats.difference(&before.chats).copied().filter(|chat| is_by_others(ctx, chat)).collect();
    let lost: Vec<ChatKey> =
        before.chats.difference(&now.chats).copied().filter(|chat| is_by_others(ctx, chat)).collect();
    let given = got.iter().map(|chat| given(ctx, screen, *chat)).collect();
    let taken = lost.iter().map(|chat| taken(ctx, screen, *chat)).collect();
    let mut effects = announce(ctx, given, "holder_toast_given_many");
    effects.extend(announce(ctx, taken, "holder_toast_lost_many"));
    (effects, got)
}

/// Shows one toast for one change, or one toast for many.
fn announce(ctx: &mut Context, news: Vec<News>, many: &'static str) -> Vec<Effect> {
    match &news[..] {
        [] => return vec![],
        [News { words: Some(words), chat, undo }] => {
            return ctx.news(words.clone(), undo.clone(), ToastTarget::Chat(*chat));
        }
        _ => {}
    }
    let words = Words::count(many, news.len());
    let undo = news.into_iter().flat_map(|it| it.undo).collect();
    ctx.news(words, undo, ToastTarget::Mine)
}

/// The member who wrote a chat's holder last.
fn writer(ctx: &Context, chat: &ChatKey) -> Option<MemberId> {
    let device = ctx.optimistic.writer(&Key::ChatHolder(*chat))?;
    ctx.team().member_at(device).map(|member| member.id)
}

/// Whether somebody else changed the holder. Another browser of the person's own is no news.
fn is_by_others(ctx: &Context, chat: &ChatKey) -> bool {
    writer(ctx, chat).is_none_or(|writer| Some(writer) != ctx.me)
}

fn name_of(ctx: &Context, member: Option<MemberId>) -> Option<String> {
    member.and_then(|member| ctx.team().member(member)).map(|member| member.name)
}

/// Somebody handed a chat to the person.
fn given(ctx: &Context, screen: &Screen, chat: ChatKey) -> News {
    let by = writer(ctx, &chat);
    let reason = ctx.team().holder_of(&chat).map(|holder| holder.reason.clone()).unwrap_or_default();
    let words = screen.chats.title_of(&chat).zip(name_of(ctx, by)).map(|(title, who)| {
        if reason.is_empty() {
            Words::with("holder_toast_given", [&who, title])
        } else {
            Words::with("holder_toast_given_why", [&who, title, &reason])
        }
    });
    let undo = by.map_or_else(|| holder::release(chat), |by| holder::give(chat, by, ""));
    News { words, chat, undo }
}

/// Somebody took a chat of the person's, moved it to another colleague, or released it.
fn taken(ctx: &Context, screen: &Screen, chat: ChatKey) -> News {
    let by = writer(ctx, &chat);
    let now = ctx.team().holder_of(&chat).map(|holder| holder.member);
    let who = name_of(ctx, by.or(now));
    let words = screen.chats.title_of(&chat).zip(who).map(|(title, who)| match now {
        None => Words::with("holder_toast_released_for_you", [&who, title]),
        Some(_) if by.is_none() || by == now => Words::with("holder_toast_lost", [&who, title]),
        Some(_) => {
            let to = name_of(ctx, now).unwrap_or_default();
            Words::with("holder_toast_moved_from_you", [&who, title, &to])
        }
    });
    let undo = ctx.me.map(|me| holder::give(chat, me, "")).unwrap_or_default();
    News { words, chat, undo }
}

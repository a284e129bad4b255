//! What others did with the person's chats: handed one over, took one, or released one. The news come from a comparison
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
    words: Words,
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

/// Tells what others did since `before`, and returns the chats that the person got.
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
    let mut effects = Vec::new();
    let (got_news, lost_news): (Vec<_>, Vec<_>) = (
        got.iter().map(|chat| given(ctx, screen, *chat)).collect(),
        lost.iter().map(|chat| taken(ctx, screen, *chat)).collect(),
    );
    effects.extend(announce(ctx, got_news, "holder_toast_given_many"));
    effects.extend(announce(ctx, lost_news, "holder_toast_lost_many"));
    (effects, got)
}

/// Shows one toast for one change, or one toast for many.
fn announce(ctx: &mut Context, news: Vec<Option<News>>, many: &'static str) -> Vec<Effect> {
    let count = news.len();
    let mut known: Vec<News> = news.into_iter().flatten().collect();
    match (count, known.pop()) {
        (0, _) => vec![],
        (1, Some(News { words, chat, undo })) => ctx.news(words, undo, ToastTarget::Chat(chat)),
        _ => ctx.news(Words::count(many, count), vec![], ToastTarget::Mine),
    }
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

/// Somebody handed a chat to the person. `None` if its title or the colleague is not known.
fn given(ctx: &Context, screen: &Screen, chat: ChatKey) -> Option<News> {
    let title = screen.chats.title_of(&chat)?;
    let by = writer(ctx, &chat)?;
    let who = name_of(ctx, Some(by))?;
    let reason = ctx.team().holder_of(&chat).map(|holder| holder.reason.clone()).unwrap_or_default();
    let words = if reason.is_empty() {
        Words::with("holder_toast_given", [&who, title])
    } else {
        Words::with("holder_toast_given_why", [&who, title, &reason])
    };
    Some(News { words, chat, undo: holder::give(chat, by, "") })
}

/// Somebody took a chat of the person's, or released it. `None` if its title or the colleague is not known.
fn taken(ctx: &Context, screen: &Screen, chat: ChatKey) -> Option<News> {
    let title = screen.chats.title_of(&chat)?;
    let holder = ctx.team().holder_of(&chat).map(|holder| holder.member);
    let who = name_of(ctx, holder.or_else(|| writer(ctx, &chat)))?;
    let name = if holder.is_some() { "holder_toast_lost" } else { "holder_toast_released_for_you" };
    let undo = ctx.me.map(|me| holder::give(chat, me, "")).unwrap_or_default();
    Some(News { words: Words::with(name, [&who, title]), chat, undo })
}

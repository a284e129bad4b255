//! The tabs, and the list that a filter leaves, as plain data.

use super::Filter;
use crate::app::chip::Chip;
use crate::app::context::Context;
use crate::app::screen::Screen;
use crate::letters::in_small;
use crate::team::chat::ChatKey;
use crate::words::Words;

/// A way to narrow the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// `None` shows all.
    pub filter: Option<Filter>,
    /// Its name.
    pub words: Words,
    /// How many chats, where that can be known.
    pub count: Option<usize>,
    /// Whether it is the present one.
    pub pressed: bool,
}

/// The list that a filter left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Narrowed {
    /// What it is narrowed to.
    pub filter: Filter,
    /// The name of the tag, when it is one.
    pub tag: Option<Chip>,
    /// The chats whose title is known here.
    pub chats: Vec<NarrowedRow>,
    /// How many more there are whose title this browser has not seen.
    pub unseen: usize,
}

/// A chat in a narrowed list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NarrowedRow {
    /// Which.
    pub chat: ChatKey,
    /// Its title.
    pub title: String,
    /// Its tags.
    pub tags: Vec<Chip>,
    /// Who has it.
    pub holder: Option<Chip>,
    /// Whether it is open.
    pub open: bool,
}

/// Mine, Free, All.
pub(in crate::app) fn tabs(ctx: &Context, screen: &Screen, filter: Option<Filter>) -> Vec<Tab> {
    let mine = ctx.me.map(|me| ctx.team().held_by(me).count());
    let tab = |of: Option<Filter>, name, count| Tab {
        filter: of,
        words: Words::plain(name),
        count,
        pressed: filter == of,
    };
    vec![
        tab(Some(Filter::Mine), "filter_mine", mine),
        tab(Some(Filter::Free), "filter_free", Some(free_chats(ctx, screen).count())),
        tab(None, "filter_all", None),
    ]
}

/// The list that a filter leaves.
pub(in crate::app) fn narrowed(ctx: &Context, screen: &Screen, filter: Filter) -> Narrowed {
    let team = ctx.team();
    let keys: Vec<ChatKey> = match filter {
        Filter::Mine => ctx.me.map(|me| team.held_by(me).collect()).unwrap_or_default(),
        Filter::Free => free_chats(ctx, screen).collect(),
        Filter::Tag(tag) => team.tagged(tag).collect(),
    };
    let mut chats: Vec<NarrowedRow> = keys
        .iter()
        .filter_map(|chat| {
            Some(NarrowedRow {
                chat: *chat,
                title: screen.chats.title_of(chat)?.to_owned(),
                tags: team.tags_of(chat).iter().map(Chip::of_tag).collect(),
                holder: Chip::of_holder(ctx, chat),
                open: screen.open == Some(*chat),
            })
        })
        .collect();
    chats.sort_by_cached_key(|row| (in_small(&row.title), row.chat));
    let unseen = keys.len() - chats.len();
    let tag = if let Filter::Tag(tag) = filter { team.tag(tag).as_ref().map(Chip::of_tag) } else { None };
    Narrowed { filter, tag, chats, unseen }
}

/// Chats that this browser has seen and nobody has.
fn free_chats(ctx: &Context, screen: &Screen) -> impl Iterator<Item = ChatKey> {
    screen.chats.seen().filter(|chat| ctx.team().holder_of(chat).is_none())
}

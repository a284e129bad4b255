//! View of the filter tabs and of the narrowed list.

use core::cmp::Reverse;

use super::{Filter, Selection};
use crate::app::chats::Facts;
use crate::app::chats::view::ROW_TAGS;
use crate::app::chip::Chip;
use crate::app::context::Context;
use crate::app::screen::Screen;
use crate::id::{MemberId, TagId};
use crate::letters::in_small;
use crate::team::chat::ChatKey;
use crate::team::member::initials;
use crate::words::Words;

/// A tab that selects a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// The filter; `None` shows all chats.
    pub filter: Option<Filter>,
    /// The tab's label.
    pub words: Words,
    /// The number of chats, where it is known.
    pub count: Option<usize>,
    /// Whether the tab is selected.
    pub pressed: bool,
}

/// The narrowed chat list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Narrowed {
    /// The current filter.
    pub filter: Filter,
    /// The chip of the tag, if the filter is a tag.
    pub tag: Option<Chip>,
    /// The first chats whose title is known in this browser.
    pub chats: Vec<NarrowedRow>,
    /// How many more there are.
    pub more: usize,
    /// The number of chats whose title is not known in this browser.
    pub unseen: usize,
    /// The actions for the selected rows, if there are any.
    pub selection: Option<SelectionBar>,
}

/// The actions for the selected rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectionBar {
    /// The number of selected rows.
    pub count: usize,
    /// The team's tags.
    pub tags: Vec<(TagId, Chip)>,
    /// The colleagues.
    pub people: Vec<(MemberId, Chip)>,
}

/// A chat in a narrowed list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NarrowedRow {
    /// The chat's key.
    pub chat: ChatKey,
    /// The chat's title.
    pub title: String,
    /// The chat's first tags, at most [`ROW_TAGS`].
    pub tags: Vec<Chip>,
    /// How many more tags it has.
    pub more: usize,
    /// The chat's holder.
    pub holder: Option<Chip>,
    /// Whether the chat is open.
    pub open: bool,
    /// The initials for the avatar.
    pub initials: String,
    /// The beginning of the last message; empty if this browser has not seen it.
    pub preview: String,
    /// The time of the last message, in milliseconds since the epoch; 0 if it is not known.
    pub at: u64,
    /// The number of unread messages.
    pub unread: u32,
    /// Whether the row is selected.
    pub selected: bool,
}

/// Returns the tabs Mine, Free and All.
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

/// The chats of a filter, in the order of the list, and how many more have no title in this browser. The newest comes
/// first; chats without a known time come last, by name.
pub(super) fn listed(ctx: &Context, screen: &Screen, filter: Filter) -> (Vec<ChatKey>, usize) {
    let team = ctx.team();
    let all: Vec<ChatKey> = match filter {
        Filter::Mine => ctx.me.map(|me| team.held_by(me).collect()).unwrap_or_default(),
        Filter::Free => free_chats(ctx, screen).collect(),
        Filter::Tag(tag) => team.tagged(tag).collect(),
    };
    let order = |chat: &ChatKey| {
        let at = screen.chats.facts_of(chat).map_or(0, |facts| facts.at);
        // Few chats have no time, so few names are compared.
        let name = screen.chats.title_of(chat).filter(|_| at == 0).map(in_small);
        (Reverse(at), name, *chat)
    };
    let mut listed: Vec<ChatKey> =
        all.iter().copied().filter(|chat| screen.chats.title_of(chat).is_some()).collect();
    listed.sort_by_cached_key(order);
    let unseen = all.len() - listed.len();
    (listed, unseen)
}

/// Returns the chat list narrowed to `filter`.
pub(in crate::app) fn narrowed(
    ctx: &Context,
    screen: &Screen,
    filter: Filter,
    selection: &Selection,
) -> Narrowed {
    let team = ctx.team();
    let (listed, unseen) = listed(ctx, screen, filter);
    let row = |chat: &ChatKey| {
        let title = screen.chats.title_of(chat)?;
        let Facts { at, unread, preview } = screen.chats.facts_of(chat).cloned().unwrap_or_default();
        let mut tags: Vec<Chip> = team.tags_of(chat).iter().map(Chip::of_tag).collect();
        let more = tags.len().saturating_sub(ROW_TAGS);
        tags.truncate(ROW_TAGS);
        Some(NarrowedRow {
            chat: *chat,
            title: title.to_owned(),
            tags,
            more,
            holder: Chip::of_holder(ctx, chat),
            open: screen.open == Some(*chat),
            initials: initials(title),
            preview,
            at,
            unread,
            selected: selection.has(chat),
        })
    };
    let chats: Vec<NarrowedRow> = listed.iter().take(selection.drawn()).filter_map(row).collect();
    let more = listed.len() - chats.len();
    let tag = if let Filter::Tag(tag) = filter { team.tag(tag).as_ref().map(Chip::of_tag) } else { None };
    let bar = || SelectionBar {
        count: selection.count(),
        tags: team.tags().iter().map(|tag| (tag.id, Chip::of_tag(tag))).collect(),
        people: team
            .members()
            .iter()
            .filter(|member| Some(member.id) != ctx.me)
            .map(|member| (member.id, Chip::of_member(member)))
            .collect(),
    };
    let selection = (selection.count() > 0).then(bar);
    Narrowed { filter, tag, chats, more, unseen, selection }
}

/// The chats that this browser has seen and that have no holder.
fn free_chats(ctx: &Context, screen: &Screen) -> impl Iterator<Item = ChatKey> {
    screen.chats.seen().filter(|chat| ctx.team().holder_of(chat).is_none())
}

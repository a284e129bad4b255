//! View of the replies for the open chat.

use super::State;
use crate::app::context::{Context, Link};
use crate::app::palette::view as palette;
use crate::app::palette::view::{FormView, Piece, preview};
use crate::app::screen::Screen;
use crate::app::surface::Surfaces;
use crate::id::ReplyId;

/// The replies in the sidebar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortlist {
    /// The query.
    pub query: String,
    /// The listed replies, at most [`super::LISTED`].
    pub rows: Vec<Row>,
    /// The number of replies that are offered in this chat.
    pub total: usize,
    /// Whether the team has no replies yet, so that starter packs are offered.
    pub start: bool,
    /// The filled text of the reply under the pointer or the focus.
    pub preview: Vec<Piece>,
    /// The form of a reply that asks for values, drawn instead of the list.
    pub form: Option<FormView>,
}

/// A reply in the sidebar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The reply's id.
    pub id: ReplyId,
    /// The reply's title.
    pub title: String,
    /// The prefix that is typed before a shortcut, and the shortcut; empty if it has none.
    pub shortcut: String,
    /// Whether the person pinned the reply.
    pub pinned: bool,
    /// Whether the reply is pinned for the whole team.
    pub pinned_for_all: bool,
}

/// A reply that is suggested above the composer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The reply's id.
    pub id: ReplyId,
    /// The reply's title.
    pub title: String,
    /// The reply's filled text, for the tooltip.
    pub text: String,
}

/// Returns the replies in the sidebar. `None` without an open chat.
pub(in crate::app) fn shortlist(
    ctx: &Context,
    screen: &Screen,
    surfaces: &Surfaces,
    state: &State,
) -> Option<Shortlist> {
    let list = state.list.as_ref()?;
    let row = |id: &ReplyId| {
        let reply = list.offered(*id)?;
        let shortcut = match reply.shortcut.as_str() {
            "" => String::new(),
            shortcut => [&ctx.keys.trigger(), shortcut].concat(),
        };
        Some(Row {
            id: reply.id,
            title: reply.title.clone(),
            shortcut,
            pinned: ctx.uses.is_pinned(reply.id),
            pinned_for_all: reply.pinned,
        })
    };
    let pointed = state.pointed.and_then(|id| list.offered(id));
    Some(Shortlist {
        query: list.query.clone(),
        rows: state.listed().iter().filter_map(row).collect(),
        total: list.offers(),
        start: ctx.link == Link::Connected && ctx.team().replies().is_empty(),
        preview: pointed.map(|reply| preview(ctx, screen, list, reply)).unwrap_or_default(),
        form: palette::form_in_sidebar(ctx, screen, surfaces),
    })
}

/// Returns the replies that are suggested above the composer, until the customer's message is answered. They stay while
/// the person writes, because the composer must not move under the hand.
pub(in crate::app) fn suggestions(ctx: &Context, screen: &Screen, state: &State) -> Vec<Suggestion> {
    let answered = screen.reading.open.as_ref().is_none_or(|open| open.answered);
    let wanted = !ctx.preferences.no_suggestions && !answered && screen.can_write();
    let Some(list) = state.list.as_ref().filter(|_| wanted) else {
        return Vec::new();
    };
    let suggestion = |id: &ReplyId| {
        let reply = list.offered(*id)?;
        let text = preview(ctx, screen, list, reply).iter().map(|piece| piece.text.as_str()).collect();
        Some(Suggestion { id: reply.id, title: reply.title.clone(), text })
    };
    state.suggested.iter().filter_map(suggestion).collect()
}

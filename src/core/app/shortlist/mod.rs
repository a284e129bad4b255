//! The shortlist: the few replies for the open chat, in the sidebar and above the composer. A press inserts one through
//! the palette, which asks for values, guards and verifies as it always does.

#[cfg(test)]
mod tests;
pub mod view;

use crate::app::context::Context;
use crate::app::effect::{Effect, Preference};
use crate::app::palette::{self, Palette};
use crate::app::screen::Screen;
use crate::app::surface::Surfaces;
use crate::id::{ReplyId, TagId};

/// How many replies the sidebar shows.
pub const LISTED: usize = 8;
/// How many replies are suggested above the composer.
const SUGGESTED: usize = 3;

/// A message about the shortlist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// The query changed.
    Query(String),
    /// The pointer or the focus came to a reply, or left the list.
    Point(Option<ReplyId>),
    /// Insert a reply.
    Insert(ReplyId),
    /// Insert the first reply of the list.
    InsertFirst,
    /// Pin a reply for the person, or unpin it.
    Pin(ReplyId),
    /// Suggest replies above the composer, or stop it.
    Suggest(bool),
}

/// The replies of the open chat.
#[derive(Default)]
pub struct State {
    /// The visit and the tags of the chat that the order was made for. It is kept while they stay the same, so that no
    /// reply moves under the pointer.
    made_for: Option<(u32, Vec<TagId>)>,
    /// The listed replies without a query.
    order: Vec<ReplyId>,
    /// The list behind the query: the replies that are offered in this chat.
    list: Option<Palette>,
    /// The reply under the pointer or the focus.
    pointed: Option<ReplyId>,
    /// The message that the suggestions were made for.
    message: Option<String>,
    /// The replies that fit the message.
    suggested: Vec<ReplyId>,
}

impl State {
    pub(super) fn update(
        &mut self,
        ctx: &mut Context,
        screen: &Screen,
        surfaces: &mut Surfaces,
        palette: &mut palette::State,
        msg: Msg,
    ) -> Vec<Effect> {
        match msg {
            Msg::Query(query) => {
                if let Some(list) = &mut self.list {
                    list.search(query);
                }
                vec![]
            }
            Msg::Point(reply) => {
                self.pointed = reply;
                vec![]
            }
            Msg::Insert(reply) => {
                self.clear_query();
                palette::insert_from_sidebar(ctx, screen, surfaces, palette, reply)
            }
            Msg::InsertFirst => match self.listed().first().copied() {
                Some(reply) => self.update(ctx, screen, surfaces, palette, Msg::Insert(reply)),
                None => vec![],
            },
            Msg::Pin(reply) => palette::toggle_pin(ctx, reply),
            Msg::Suggest(on) => {
                ctx.preferences.no_suggestions = !on;
                vec![Effect::Remember(Preference::NoSuggestions, !on)]
            }
        }
    }

    fn clear_query(&mut self) {
        if let Some(list) = self.list.as_mut().filter(|list| !list.query.is_empty()) {
            list.search(String::new());
        }
    }

    /// The ids of the listed replies: the results of the query, or the order of this chat.
    fn listed(&self) -> Vec<ReplyId> {
        match &self.list {
            Some(list) if !list.query.trim().is_empty() => {
                (0..list.found.len().min(LISTED)).filter_map(|row| list.reply(row)).map(|it| it.id).collect()
            }
            Some(_) => self.order.clone(),
            None => Vec::new(),
        }
    }

    /// Follows the open chat, its tags, and the team's replies. `changed` says that replies, tags or uses changed.
    pub(super) fn follow(
        &mut self,
        ctx: &mut Context,
        screen: &Screen,
        palette: &mut palette::State,
        changed: bool,
    ) {
        let Some(visit) = screen.visit() else {
            *self = State::default();
            return;
        };
        let made_for = Some((visit, screen.worn(ctx)));
        let is_new = self.made_for != made_for;
        if is_new || changed {
            let query = self.list.take().map(|list| list.query).filter(|_| !is_new).unwrap_or_default();
            let mut list = palette::list(ctx, screen, palette);
            let all = (0..list.found.len()).filter_map(|row| list.reply(row)).map(|it| it.id);
            if is_new {
                self.order = all.take(LISTED).collect();
                self.pointed = None;
            } else {
                self.order.retain(|id| list.offered(*id).is_some());
                let more: Vec<ReplyId> = all.filter(|id| !self.order.contains(id)).collect();
                self.order.extend(more);
                self.order.truncate(LISTED);
            }
            if !query.is_empty() {
                list.search(query);
            }
            self.list = Some(list);
            self.made_for = made_for;
        }
        let message = screen.reading.open.as_ref().and_then(|open| open.last_in.as_deref());
        if is_new || changed || self.message.as_deref() != message {
            let list = self.list.as_ref();
            self.suggested =
                list.zip(message).map(|(list, it)| list.fitting(it, SUGGESTED)).unwrap_or_default();
            self.message = message.map(str::to_owned);
        }
    }
}

//! What is not filled in in a draft, and keeps it from being sent.

#[cfg(test)]
mod tests;
pub mod view;

use crate::app::context::{Context, Link};
use crate::app::effect::{Effect, Spot};
use crate::app::screen::Screen;
use crate::app::surface::{Surface, Surfaces};

/// What is remembered of it.
#[derive(Default)]
pub struct State {
    /// The visit to a chat, and what is not filled in there and may be sent as it is.
    as_it_is: Option<(u32, Vec<String>)>,
}

/// What happens to a draft with gaps.
#[derive(Clone, Debug)]
pub enum Msg {
    /// Something was about to be sent that is not filled in.
    SendBlocked,
    /// The answer: show what is to be filled in.
    FillIn,
    /// The answer: let it be sent as it is.
    SendAsItIs,
}

impl State {
    pub(super) fn update(&mut self, screen: &Screen, surfaces: &mut Surfaces, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::SendBlocked if screen.unfilled.is_empty() => {
                surfaces.close(is_question);
                vec![]
            }
            Msg::SendBlocked => {
                surfaces.open(Surface::SendQuestion);
                vec![Effect::Focus(Spot::Unfilled)]
            }
            Msg::FillIn => {
                surfaces.close(is_question);
                vec![Effect::GiveBack, Effect::SelectUnfilled]
            }
            Msg::SendAsItIs => {
                self.as_it_is = screen.visit().map(|visit| (visit, screen.reading.unfilled.clone()));
                surfaces.close(is_question);
                vec![Effect::GiveBack]
            }
        }
    }

    /// What is not filled in in the draft, as long as that keeps it from being sent. `is_literal`: whether something
    /// that looks like a field is none.
    pub(super) fn fields(
        &self,
        ctx: &Context,
        screen: &Screen,
        is_literal: impl Fn(&String) -> bool,
    ) -> Vec<String> {
        let unfilled = &screen.reading.unfilled;
        let is_allowed =
            |(visit, fields): &(u32, Vec<String>)| Some(*visit) == screen.visit() && fields == unfilled;
        if self.as_it_is.as_ref().is_some_and(is_allowed) || ctx.link == Link::Gone {
            return Vec::new();
        }
        unfilled.iter().filter(|field| !is_literal(field)).cloned().collect()
    }
}

/// The page was read: what is filled in is not asked about.
pub(super) fn on_read(screen: &Screen, surfaces: &mut Surfaces) -> Vec<Effect> {
    if screen.unfilled.is_empty() && surfaces.close(is_question) { vec![Effect::GiveBack] } else { vec![] }
}

fn is_question(surface: &Surface) -> bool {
    matches!(surface, Surface::SendQuestion)
}

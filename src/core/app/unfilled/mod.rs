//! Unfilled fields in the draft, which block sending.

#[cfg(test)]
mod tests;
pub mod view;

use crate::app::context::{Context, Link};
use crate::app::effect::Effect;
use crate::app::screen::Screen;
use crate::app::surface::{Surface, Surfaces};

/// The drafts that the person allowed to be sent as they are.
#[derive(Default)]
pub struct State {
    /// The visit and the unfilled fields that the person allowed to be sent.
    as_it_is: Option<(u32, Vec<String>)>,
}

/// A message about a draft with unfilled fields.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The person tried to send a draft with unfilled fields.
    SendBlocked,
    /// The person's answer: select the first unfilled field.
    FillIn,
    /// The person's answer: allow sending the draft as it is.
    SendAsItIs,
}

impl State {
    pub(super) fn update(&mut self, screen: &Screen, surfaces: &mut Surfaces, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::SendBlocked if screen.unfilled.is_empty() => {
                surfaces.close(is_question);
                vec![]
            }
            // Enter a second time leads to the field, which is where the draft goes on.
            Msg::SendBlocked if surfaces.is_asking_to_send() => self.update(screen, surfaces, Msg::FillIn),
            Msg::SendBlocked => {
                // The focus stays in the composer: the person may type on, and a letter must not press a button.
                surfaces.open(Surface::SendQuestion);
                vec![]
            }
            Msg::FillIn => {
                surfaces.close(is_question);
                vec![Effect::RestoreFocus, Effect::SelectUnfilled]
            }
            Msg::SendAsItIs => {
                self.as_it_is = screen.visit().map(|visit| (visit, screen.reading.unfilled.clone()));
                surfaces.close(is_question);
                vec![Effect::RestoreFocus]
            }
        }
    }

    /// Returns the unfilled fields of the draft, while they block sending. `is_literal` tells whether a text in braces
    /// only looks like a field.
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

/// Closes the question if the draft has no unfilled fields any more.
pub(super) fn on_read(screen: &Screen, surfaces: &mut Surfaces) -> Vec<Effect> {
    if screen.unfilled.is_empty() && surfaces.close(is_question) {
        vec![Effect::RestoreFocus]
    } else {
        vec![]
    }
}

fn is_question(surface: &Surface) -> bool {
    matches!(surface, Surface::SendQuestion)
}

//! The filter that narrows the chat list.

#[cfg(test)]
mod tests;
pub mod view;

use crate::app::effect::{Effect, Spot};
use crate::app::surface::{Surface, Surfaces};
use crate::id::TagId;

/// A filter of the chat list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Chats that the person holds.
    Mine,
    /// Chats without a holder.
    Free,
    /// Chats with a tag.
    Tag(TagId),
}

/// A message about the filter.
#[derive(Clone, Debug)]
pub enum Msg {
    /// Apply a filter, or show all chats. Applying the current filter again shows all chats.
    Show(Option<Filter>),
}

pub(super) fn update(surfaces: &mut Surfaces, msg: Msg) -> Vec<Effect> {
    let Msg::Show(filter) = msg;
    let filter = filter.filter(|_| surfaces.filter() != filter);
    let surface = filter.map(|filter| (Surface::Filter(filter), Spot::Chats));
    surfaces.toggle(surface, |it| matches!(it, Surface::Filter(_)))
}

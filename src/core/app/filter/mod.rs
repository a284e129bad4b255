//! Narrowing the chat list.

#[cfg(test)]
mod tests;
pub mod view;

use crate::app::effect::{Effect, Spot};
use crate::app::surface::{Surface, Surfaces};
use crate::id::TagId;

/// What the chat list is narrowed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Chats the person has.
    Mine,
    /// Chats nobody has.
    Free,
    /// Chats that wear a tag.
    Tag(TagId),
}

/// What a person does with the filter.
#[derive(Clone, Debug)]
pub enum Msg {
    /// Narrow the list, or show all. The same filter again shows all.
    Show(Option<Filter>),
}

pub(super) fn update(surfaces: &mut Surfaces, msg: Msg) -> Vec<Effect> {
    let Msg::Show(filter) = msg;
    let filter = filter.filter(|_| surfaces.filter() != filter);
    let surface = filter.map(|filter| (Surface::Filter(filter), Spot::Chats));
    surfaces.toggle(surface, |it| matches!(it, Surface::Filter(_)))
}

//! The filter that narrows the chat list.

pub mod selection;
#[cfg(test)]
mod tests;
pub mod view;

use crate::app::context::Context;
use crate::app::effect::{Effect, Spot};
use crate::app::reading::Composer;
use crate::app::screen::Screen;
use crate::app::surface::{Surface, Surfaces};
use crate::id::TagId;
pub use selection::Selection;

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
    /// A message about the selected rows of the narrowed list.
    Select(selection::Msg),
    /// Draw more rows of the narrowed list.
    More,
}

pub(super) fn update(
    ctx: &mut Context,
    screen: &Screen,
    surfaces: &mut Surfaces,
    selection: &mut Selection,
    msg: Msg,
) -> Vec<Effect> {
    let filter = match msg {
        Msg::Show(filter) => filter,
        Msg::More => {
            selection.draw_more();
            return vec![];
        }
        Msg::Select(msg) => {
            let listed =
                surfaces.filter().map(|filter| view::listed(ctx, screen, filter).0).unwrap_or_default();
            selection.keep(&listed);
            return selection.update(ctx, surfaces, &listed, msg);
        }
    };
    *selection = Selection::default();
    let filter = filter.filter(|_| surfaces.filter() != filter);
    let surface = filter.map(|filter| (Surface::Filter(filter), Spot::Chats));
    let was = surfaces.filter();
    let effects = surfaces.toggle(surface, |it| matches!(it, Surface::Filter(_)));
    after(screen, surfaces, was, effects)
}

/// Goes back one step. If that ends the filter, the composer gets the focus.
pub(super) fn back(screen: &Screen, surfaces: &mut Surfaces) -> Vec<Effect> {
    let was = surfaces.filter();
    let effects = surfaces.back();
    after(screen, surfaces, was, effects)
}

/// The effects after the filter may have ended. The person then goes on writing in the open chat, so the focus goes to
/// the composer, and not to the tab that was pressed to begin the filter.
fn after(screen: &Screen, surfaces: &Surfaces, was: Option<Filter>, effects: Vec<Effect>) -> Vec<Effect> {
    let ended = was.is_some() && surfaces.filter().is_none();
    if ended && screen.reading.composer != Composer::Absent { vec![Effect::FocusComposer] } else { effects }
}

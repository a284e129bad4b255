//! The team's tags: creating and changing them, and tagging the open chat.

#[cfg(test)]
mod tests;
pub mod view;

use crate::app::context::Context;
use crate::app::effect::{Common, Effect, Spot};
use crate::app::filter::Filter;
use crate::app::screen::Screen;
use crate::app::surface::{Surface, Surfaces};
use crate::id::TagId;
use crate::team::chat;
use crate::team::tag::{self, Colour};
use crate::words::Words;

/// A message about tags, on the page.
#[derive(Clone, Debug)]
pub enum Msg {
    /// Open or close the field for a new tag.
    Add(bool),
    /// The person typed a name for the new tag.
    TypeNew(String),
    /// Create a tag with the typed name and this random id.
    New(TagId),
    /// Open a tag for editing, or close it.
    Edit(Option<TagId>),
    /// Rename a tag.
    Rename(TagId, String),
    /// Change a tag's colour.
    Recolour(TagId, Colour),
    /// Move a tag by a number of places: negative up, positive down.
    Move(TagId, i32),
    /// Delete a tag.
    Delete(TagId),
    /// Put a tag on the open chat or take it off.
    Toggle(TagId),
    /// Open or close the tag picker for the open chat.
    Pick(bool),
}

pub(super) fn update(ctx: &mut Context, screen: &Screen, surfaces: &mut Surfaces, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Add(open) => surfaces
            .toggle(open.then(|| (Surface::NewTag(String::new()), Spot::NewTag)), |it| {
                matches!(it, Surface::NewTag(_))
            }),
        Msg::TypeNew(name) => surfaces.keep_typed(Surface::NewTag(name)),
        Msg::New(id) => {
            let name = surfaces.new_tag().unwrap_or_default().to_owned();
            // The field stays open for the next tag.
            surfaces.keep_typed(Surface::NewTag(String::new()));
            create(ctx, id, &name)
        }
        Msg::Edit(tag) => surfaces.toggle(tag.map(|tag| (Surface::EditTag(tag), Spot::EditTag)), |it| {
            matches!(it, Surface::EditTag(_))
        }),
        Msg::Rename(tag, name) => ctx.edit(tag::rename(ctx.team(), tag, &name)),
        Msg::Recolour(tag, colour) => recolour(ctx, tag, colour),
        Msg::Move(tag, by) => move_by(ctx, tag, by),
        Msg::Delete(tag) => {
            if ctx.team().tag(tag).is_some() {
                surfaces.close(|it| match it {
                    Surface::EditTag(_) => true,
                    Surface::Filter(filter) => *filter == Filter::Tag(tag),
                    _ => false,
                });
            }
            delete(ctx, tag)
        }
        Msg::Toggle(tag) => {
            let Some(chat) = screen.open else { return vec![] };
            let on = ctx.team().tags_of(&chat).iter().any(|worn| worn.id == tag);
            ctx.edit(chat::set_tag(chat, tag, !on))
        }
        Msg::Pick(open) => {
            let open = open && screen.open.is_some();
            let is_picker = |it: &Surface| matches!(it, Surface::TagPicker);
            let surface = open.then_some((Surface::TagPicker, Spot::TagPicker));
            let mut effects = surfaces.toggle(surface, is_picker);
            if open && surfaces.collapsed {
                effects.extend(surfaces.collapse(false));
            }
            effects
        }
    }
}

/// Creates a tag, in the first colour that no other tag has.
pub(super) fn create<E: From<Common>>(ctx: &mut Context, id: TagId, name: &str) -> Vec<E> {
    if name.trim().is_empty() {
        return vec![];
    }
    let worn = |colour: &Colour| ctx.team().tags().iter().any(|tag| tag.colour == *colour);
    let colour = Colour::ALL.into_iter().find(|colour| !worn(colour)).unwrap_or_default();
    match tag::create(ctx.team(), id, name, colour) {
        Ok(edits) => ctx.edit(edits),
        Err(tag::TooManyTags) => ctx.toast(Words::plain("tags_toast_too_many"), true),
    }
}

/// Changes a tag's colour.
pub(super) fn recolour<E: From<Common>>(ctx: &mut Context, tag: TagId, colour: Colour) -> Vec<E> {
    ctx.edit(tag::recolour(tag, colour))
}

/// Moves a tag by a number of places.
pub(super) fn move_by<E: From<Common>>(ctx: &mut Context, tag: TagId, by: i32) -> Vec<E> {
    let tags = ctx.team().tags();
    let Some(from) = tags.iter().position(|it| it.id == tag) else { return vec![] };
    let to = from.saturating_add_signed(by as isize).min(tags.len() - 1);
    if to == from { vec![] } else { ctx.edit(tag::move_to(ctx.team(), tag, to)) }
}

/// Deletes a tag, and shows a toast that undoes it.
pub(super) fn delete<E: From<Common>>(ctx: &mut Context, tag: TagId) -> Vec<E> {
    let Some(name) = ctx.team().tag(tag).map(|tag| tag.name) else { return vec![] };
    ctx.edit_with_undo(tag::delete(tag), Words::with("tags_toast_deleted", [&name]))
}

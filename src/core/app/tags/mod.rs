//! The team's tags: creating and changing them, and tagging the open chat.

#[cfg(test)]
mod tests;
pub mod view;

use crate::app::context::Context;
use crate::app::effect::{Common, Effect, Preference, Spot};
use crate::app::filter::Filter;
use crate::app::screen::Screen;
use crate::app::surface::{NewTag, Surface, Surfaces};
use crate::id::TagId;
use crate::team::chat::{self, ChatKey};
use crate::team::tag::{self, Colour};
use crate::words::Words;

/// A message about tags, on the page.
#[derive(Clone, Debug)]
pub enum Msg {
    /// Show or hide the tags that filter the chat list.
    Fold(bool),
    /// Open the field for a new tag.
    Add {
        /// Whether the new tag is put on the open chat.
        on_chat: bool,
    },
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
        Msg::Fold(shown) => {
            ctx.preferences.tags_shown = shown;
            vec![Effect::Remember(Preference::TagsShown, shown)]
        }
        Msg::Add { on_chat } => {
            surfaces.open(Surface::NewTag(NewTag { name: String::new(), on_chat }));
            vec![Effect::Focus(Spot::NewTag)]
        }
        Msg::TypeNew(name) => {
            let on_chat = surfaces.new_tag().is_some_and(|it| it.on_chat);
            surfaces.keep_typed(Surface::NewTag(NewTag { name, on_chat }))
        }
        Msg::New(id) => create_typed(ctx, screen, surfaces, id),
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
            surfaces.toggle(surface, is_picker)
        }
    }
}

/// Creates a tag with the typed name. A tag made from a chat is put on it, and the field closes; else the field stays
/// open for the next tag.
fn create_typed(ctx: &mut Context, screen: &Screen, surfaces: &mut Surfaces, id: TagId) -> Vec<Effect> {
    let Some(NewTag { name, on_chat }) = surfaces.new_tag().cloned() else { return vec![] };
    let chat = screen.open.filter(|_| on_chat);
    let mut effects = create(ctx, id, &name, chat);
    if on_chat && !name.trim().is_empty() {
        surfaces.close(|it| matches!(it, Surface::NewTag(_) | Surface::TagPicker));
        effects.push(Effect::RestoreFocus);
    } else {
        surfaces.keep_typed(Surface::NewTag(NewTag { name: String::new(), on_chat }));
    }
    effects
}

/// Creates a tag, in the first colour that no other tag has, and puts it on a chat if one is given.
pub(super) fn create<E: From<Common>>(
    ctx: &mut Context,
    id: TagId,
    name: &str,
    chat: Option<ChatKey>,
) -> Vec<E> {
    if name.trim().is_empty() {
        return vec![];
    }
    let worn = |colour: &Colour| ctx.team().tags().iter().any(|tag| tag.colour == *colour);
    let colour = Colour::ALL.into_iter().find(|colour| !worn(colour)).unwrap_or_default();
    match tag::create(ctx.team(), id, name, colour) {
        Ok(mut edits) => {
            edits.extend(chat.into_iter().flat_map(|chat| chat::set_tag(chat, id, true)));
            ctx.edit(edits)
        }
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

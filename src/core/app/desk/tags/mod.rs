//! The team's tags at the desk: their names are typed, and saved with all else that is.

pub mod view;

use crate::app::context::Context;
use crate::app::desk::effect::{Effect, Spot, neighbour};
use crate::app::desk::typed::{Field, Typed};
use crate::app::tags;
use crate::id::TagId;
use crate::replica::Edit;
use crate::team::tag::{self, Colour};

/// What is open among the tags.
#[derive(Default)]
pub(super) struct State {
    /// The tag whose colours are shown.
    pub(super) editing: Option<TagId>,
}

/// What happens among the tags, beyond typing.
#[derive(Clone, Copy, Debug)]
pub enum Msg {
    /// Create a tag with the name that was typed. The id is random.
    New(TagId),
    /// Show the colours for a tag, or put them away.
    Edit(Option<TagId>),
    /// Change a tag's colour.
    Recolour(TagId, Colour),
    /// Move a tag up (-1) or down (1), or any number of places.
    Move(TagId, i32),
    /// Delete a tag.
    Delete(TagId),
}

impl State {
    pub(super) fn update(&mut self, ctx: &mut Context, typed: &mut Typed, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::New(id) => {
                let name = typed.get(Field::NewTag).unwrap_or_default().to_owned();
                let effects = tags::create(ctx, id, &name);
                if ctx.team().tag(id).is_some() {
                    typed.forget(|field| field == Field::NewTag);
                }
                effects
            }
            Msg::Edit(tag) => {
                self.editing = tag;
                vec![]
            }
            Msg::Recolour(tag, colour) => tags::recolour(ctx, tag, colour),
            Msg::Move(tag, by) => tags::move_by(ctx, tag, by),
            Msg::Delete(tag) => {
                let ids: Vec<TagId> = ctx.team().tags().iter().map(|tag| tag.id).collect();
                let next = neighbour(&ids, tag);
                typed.forget(|field| field == Field::TagName(tag));
                if ctx.team().tag(tag).is_some() {
                    self.editing = None;
                }
                let mut effects = tags::delete(ctx, tag);
                effects.push(Effect::Focus(next.map_or(Spot::NewTag, Spot::Tag)));
                effects
            }
        }
    }
}

/// The names that were typed. One that was emptied comes back.
pub(super) fn edits(ctx: &Context, typed: &mut Typed) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (field, text) in typed.iter() {
        if let Field::TagName(tag) = field {
            edits.extend(tag::rename(ctx.team(), tag, text));
        }
    }
    typed.forget(|field| matches!(field, Field::TagName(_)));
    edits
}

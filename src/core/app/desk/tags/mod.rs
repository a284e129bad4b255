//! The team's tags at the desk. Their names are typed texts, which are saved together with all others.

pub mod view;

use crate::app::context::Context;
use crate::app::desk::effect::{Effect, Spot, neighbour};
use crate::app::desk::typed::{Field, Typed};
use crate::app::tags;
use crate::id::TagId;
use crate::replica::Edit;
use crate::team::tag::{self, Colour};

/// The state of the tags.
#[derive(Default)]
pub(super) struct State {
    /// The tag whose colour picker is open.
    pub(super) editing: Option<TagId>,
}

/// A message about tags, other than typing.
#[derive(Clone, Copy, Debug)]
pub enum Msg {
    /// Create a tag with the typed name and this random id.
    New(TagId),
    /// Open or close the colour picker of a tag.
    Edit(Option<TagId>),
    /// Change a tag's colour.
    Recolour(TagId, Colour),
    /// Move a tag by a number of places: negative up, positive down.
    Move(TagId, i32),
    /// Delete a tag.
    Delete(TagId),
}

impl State {
    pub(super) fn update(&mut self, ctx: &mut Context, typed: &mut Typed, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::New(id) => {
                let name = typed.get(Field::NewTag).unwrap_or_default().to_owned();
                let effects = tags::create(ctx, id, &name, None);
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

/// Takes the typed names, and returns their edits. An emptied name is not saved: the tag shows the old name again.
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

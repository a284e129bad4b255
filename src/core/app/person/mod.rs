//! The name of the person at this browser, entered where it is needed: in the notice that asks for it.

#[cfg(test)]
mod tests;

use crate::app::context::Context;
use crate::app::effect::{Effect, Spot};
use crate::app::surface::{Surface, Surfaces};
use crate::team::chat::ChatKey;
use crate::team::{holder, member};

/// A message about the person's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// The person typed into the field.
    Type(String),
    /// Save the typed name, and go on with what needed it.
    Save,
}

/// The unfinished name.
#[derive(Clone, Default)]
pub(super) struct Naming {
    /// The typed name.
    pub(super) name: String,
    /// The chat that the person wanted to claim.
    pub(super) claim: Option<ChatKey>,
}

/// Asks for the name. Once there is one, the person claims `claim`.
pub(super) fn ask(surfaces: &mut Surfaces, claim: Option<ChatKey>) -> Vec<Effect> {
    let name = surfaces.naming().map(|it| it.name.clone()).unwrap_or_default();
    surfaces.open(Surface::Name(Naming { name, claim }));
    vec![Effect::Focus(Spot::Name)]
}

pub(super) fn update(ctx: &mut Context, surfaces: &mut Surfaces, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Type(name) => {
            let claim = surfaces.naming().and_then(|it| it.claim);
            surfaces.open(Surface::Name(Naming { name, claim }));
            vec![]
        }
        Msg::Save => save(ctx, surfaces),
    }
}

fn save(ctx: &mut Context, surfaces: &mut Surfaces) -> Vec<Effect> {
    let (Some(me), Some(Naming { name, claim })) = (ctx.me, surfaces.naming().cloned()) else {
        return vec![];
    };
    if name.trim().is_empty() {
        return vec![Effect::Focus(Spot::Name)];
    }
    let colour = member::least_used_colour(ctx.team());
    let mut edits = member::change(ctx.team(), me, &name, "", colour);
    let is_free = |chat: &ChatKey| ctx.team().holder_of(chat).is_none();
    edits.extend(claim.filter(is_free).into_iter().flat_map(|chat| holder::give(chat, me, "")));
    surfaces.close(|it| matches!(it, Surface::Name(_)));
    let mut effects = ctx.edit(edits);
    effects.push(Effect::RestoreFocus);
    effects
}

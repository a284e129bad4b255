//! Who I am, as plain data.

use super::{State, text};
use crate::app::chip::Chip;
use crate::app::context::Context;
use crate::app::desk::typed::{Field, Typed};
use crate::team::member::initials;
use crate::team::tag::Colour;

/// Who I am.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    /// My name.
    pub name: String,
    /// My initials, if I chose some.
    pub initials: String,
    /// The initials that follow from the name.
    pub derived: String,
    /// My colour.
    pub colour: Colour,
    /// How colleagues see me, once I have a name.
    pub chip: Option<Chip>,
}

/// Who I am.
pub(in crate::app::desk) fn me(ctx: &Context, typed: &Typed, state: &State) -> Me {
    let (name, own) = (text(ctx, typed, Field::MyName), text(ctx, typed, Field::MyInitials));
    let derived = initials(&name);
    let colour = state.colour(ctx);
    let chip = (!name.trim().is_empty()).then(|| Chip {
        text: if own.trim().is_empty() { derived.clone() } else { own.trim().to_owned() },
        name: name.trim().to_owned(),
        colour,
    });
    Me { name, initials: own, derived, colour, chip }
}

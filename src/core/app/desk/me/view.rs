//! View of the person's profile.

use super::{State, text};
use crate::app::chip::Chip;
use crate::app::context::Context;
use crate::app::desk::typed::{Field, Typed};
use crate::team::member::initials;
use crate::team::tag::Colour;

/// The person's profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    /// The name.
    pub name: String,
    /// The initials, if the person chose some.
    pub initials: String,
    /// The initials derived from the name.
    pub derived: String,
    /// The colour.
    pub colour: Colour,
    /// The chip that colleagues see, once there is a name.
    pub chip: Option<Chip>,
}

/// Returns the view of the person's profile.
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

//! A tag or a person, small: the shape in which all features show them.

use crate::app::context::Context;
use crate::team::chat::ChatKey;
use crate::team::member::Member;
use crate::team::tag::{Colour, Tag};

/// A tag or a person, small.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// What it says.
    pub text: String,
    /// The full name, for those who hover or listen.
    pub name: String,
    /// What it wears.
    pub colour: Colour,
}

impl Chip {
    pub(super) fn of_tag(tag: &Tag) -> Chip {
        Chip { text: tag.name.clone(), name: tag.name.clone(), colour: tag.colour }
    }

    pub(super) fn of_member(member: &Member) -> Chip {
        Chip { text: member.initials.clone(), name: member.name.clone(), colour: member.colour }
    }

    /// Who has a chat.
    pub(super) fn of_holder(ctx: &Context, chat: &ChatKey) -> Option<Chip> {
        let holder = ctx.team().holder_of(chat)?;
        Some(ctx.team().member(holder.member).as_ref().map_or_else(Chip::unnamed, Chip::of_member))
    }

    /// Somebody whose name has not arrived yet: sync may bring the claim before the person.
    pub(super) fn unnamed() -> Chip {
        Chip { text: "?".into(), name: "?".into(), colour: Colour::Grey }
    }
}

/// The message that names a colour.
pub fn colour_name(colour: Colour) -> &'static str {
    match colour {
        Colour::Blue => "colour_blue",
        Colour::Orange => "colour_orange",
        Colour::Green => "colour_green",
        Colour::Red => "colour_red",
        Colour::Purple => "colour_purple",
        Colour::Teal => "colour_teal",
        Colour::Pink => "colour_pink",
        Colour::Olive => "colour_olive",
        Colour::Sky => "colour_sky",
        Colour::Brown => "colour_brown",
        Colour::Indigo => "colour_indigo",
        Colour::Grey => "colour_grey",
    }
}

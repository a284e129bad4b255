//! Chips: the small labels for tags and people that all features use.

use crate::app::context::Context;
use crate::team::chat::ChatKey;
use crate::team::member::Member;
use crate::team::tag::{Colour, Tag};

/// A small label for a tag or a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// The text shown: a tag's name or a person's initials.
    pub text: String,
    /// The full name, for the tooltip and for screen readers.
    pub name: String,
    /// The background colour.
    pub colour: Colour,
}

impl Chip {
    pub(super) fn of_tag(tag: &Tag) -> Chip {
        Chip { text: tag.name.clone(), name: tag.name.clone(), colour: tag.colour }
    }

    pub(super) fn of_member(member: &Member) -> Chip {
        Chip { text: member.initials.clone(), name: member.name.clone(), colour: member.colour }
    }

    /// The chip of a chat's holder.
    pub(super) fn of_holder(ctx: &Context, chat: &ChatKey) -> Option<Chip> {
        let holder = ctx.team().holder_of(chat)?;
        Some(ctx.team().member(holder.member).as_ref().map_or_else(Chip::unnamed, Chip::of_member))
    }

    /// The chip of a member whose name has not arrived yet. Sync may deliver a claim before the member.
    pub(super) fn unnamed() -> Chip {
        Chip { text: "?".into(), name: "?".into(), colour: Colour::Grey }
    }
}

/// Returns the message that names a colour.
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

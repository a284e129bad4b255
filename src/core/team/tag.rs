//! Tags and the colours that tags and members wear.

use crate::id::TagId;

/// The most tags a team has. WhatsApp Business stops at the same number, and longer lists are not read.
pub const TAG_LIMIT: usize = 20;

/// The number of tags from which the meter warns.
pub const TAG_WARNING: usize = 18;

/// A team-wide label on chats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Which.
    pub id: TagId,
    /// What people call it.
    pub name: String,
    /// What it wears.
    pub colour: Colour,
    /// Its fractional index among the tags.
    pub place: String,
}

/// One of twelve colours that stay apart for colour-blind people and in both themes. The values are in the style sheets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // A colour's name is its meaning.
pub enum Colour {
    #[default]
    Blue,
    Orange,
    Green,
    Red,
    Purple,
    Teal,
    Pink,
    Olive,
    Sky,
    Brown,
    Indigo,
    Grey,
}

impl Colour {
    /// All colours, in the order of their numbers.
    pub const ALL: [Colour; 12] = [
        Colour::Blue,
        Colour::Orange,
        Colour::Green,
        Colour::Red,
        Colour::Purple,
        Colour::Teal,
        Colour::Pink,
        Colour::Olive,
        Colour::Sky,
        Colour::Brown,
        Colour::Indigo,
        Colour::Grey,
    ];

    /// The colour with a number; grey for a number from a later version.
    pub fn from_number(number: u32) -> Colour {
        usize::try_from(number).ok().and_then(|i| Colour::ALL.get(i)).copied().unwrap_or(Colour::Grey)
    }

    /// The number that is shared.
    pub fn number(self) -> u32 {
        self as u32
    }

    /// The name by which style sheets and files know the colour.
    pub fn name(self) -> &'static str {
        match self {
            Colour::Blue => "blue",
            Colour::Orange => "orange",
            Colour::Green => "green",
            Colour::Red => "red",
            Colour::Purple => "purple",
            Colour::Teal => "teal",
            Colour::Pink => "pink",
            Colour::Olive => "olive",
            Colour::Sky => "sky",
            Colour::Brown => "brown",
            Colour::Indigo => "indigo",
            Colour::Grey => "grey",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_colours_agree() {
        for (number, colour) in (0..).zip(Colour::ALL) {
            assert_eq!(colour.number(), number);
            assert_eq!(Colour::from_number(number), colour);
        }
        assert_eq!(Colour::from_number(99), Colour::Grey);
    }
}

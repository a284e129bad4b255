//! What is on screen of the team's tags, as plain data.

use crate::app::context::Context;
use crate::id::TagId;
use crate::team::chat::ChatKey;
use crate::team::tag::{Colour, TAG_LIMIT, TAG_WARNING, Tag};

/// A tag in the sidebar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagRow {
    /// Which.
    pub id: TagId,
    /// Its name.
    pub name: String,
    /// What it wears.
    pub colour: Colour,
    /// How many chats wear it.
    pub count: usize,
    /// Whether the list is narrowed to it.
    pub filtered: bool,
    /// Whether the open chat wears it; `None` without an open chat.
    pub worn: Option<bool>,
    /// Whether its name and colour are being edited.
    pub editing: bool,
}

/// How full the list of tags is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meter {
    /// How many there are.
    pub count: usize,
    /// How many there may be.
    pub limit: usize,
    /// How close that is.
    pub level: Level,
}

/// How close to a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// There is room.
    Fine,
    /// Little is left.
    Warning,
    /// Nothing is left.
    Full,
}

/// What marks rows of tags.
#[derive(Clone, Copy, Default)]
pub(in crate::app) struct Marks {
    /// The chat that is open.
    pub(in crate::app) chat: Option<ChatKey>,
    /// The tag that the list is narrowed to.
    pub(in crate::app) filter: Option<TagId>,
    /// The tag that is being edited.
    pub(in crate::app) editing: Option<TagId>,
}

/// The team's tags.
pub(in crate::app) fn rows(ctx: &Context, marks: Marks) -> Vec<TagRow> {
    let team = ctx.team();
    let worn = marks.chat.map(|chat| team.tags_of(&chat));
    let row = |tag: Tag| TagRow {
        id: tag.id,
        count: team.tagged(tag.id).count(),
        filtered: marks.filter == Some(tag.id),
        worn: worn.as_ref().map(|worn| worn.iter().any(|it| it.id == tag.id)),
        editing: marks.editing == Some(tag.id),
        name: tag.name,
        colour: tag.colour,
    };
    team.tags().into_iter().map(row).collect()
}

/// How full a list of so many tags is.
pub(in crate::app) fn meter(count: usize) -> Meter {
    let level = match count {
        TAG_LIMIT.. => Level::Full,
        TAG_WARNING.. => Level::Warning,
        _ => Level::Fine,
    };
    Meter { count, limit: TAG_LIMIT, level }
}

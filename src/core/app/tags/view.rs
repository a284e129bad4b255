//! View of the team's tags.

use crate::app::context::Context;
use crate::id::TagId;
use crate::team::chat::ChatKey;
use crate::team::tag::{Colour, TAG_LIMIT, TAG_WARNING, Tag};

/// A tag in the sidebar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagRow {
    /// The tag's id.
    pub id: TagId,
    /// The tag's name.
    pub name: String,
    /// The tag's colour.
    pub colour: Colour,
    /// The number of chats with the tag.
    pub count: usize,
    /// Whether the chat list is narrowed to the tag.
    pub filtered: bool,
    /// Whether the open chat has the tag; `None` without an open chat.
    pub worn: Option<bool>,
    /// Whether the tag's editor is open.
    pub editing: bool,
}

/// How many of the allowed tags exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meter {
    /// The number of tags.
    pub count: usize,
    /// The largest number of tags.
    pub limit: usize,
    /// How close the number is to the limit.
    pub level: Level,
}

/// How close a number is to its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Far from the limit.
    Fine,
    /// Close to the limit.
    Warning,
    /// At the limit.
    Full,
}

/// The state that marks rows of tags.
#[derive(Clone, Copy, Default)]
pub(in crate::app) struct Marks {
    /// The open chat.
    pub(in crate::app) chat: Option<ChatKey>,
    /// The tag that the chat list is narrowed to.
    pub(in crate::app) filter: Option<TagId>,
    /// The tag that is being edited.
    pub(in crate::app) editing: Option<TagId>,
}

/// Returns a row for each tag of the team.
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

/// Returns the meter for a number of tags.
pub(in crate::app) fn meter(count: usize) -> Meter {
    let level = match count {
        TAG_LIMIT.. => Level::Full,
        TAG_WARNING.. => Level::Warning,
        _ => Level::Fine,
    };
    Meter { count, limit: TAG_LIMIT, level }
}

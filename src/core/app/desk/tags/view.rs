//! View of the team's tags at the desk.

use super::State;
use crate::app::context::Context;
use crate::app::desk::typed::{Field, Typed};
use crate::app::tags::view::{self, Marks, Meter, TagRow};

/// The team's tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tags {
    /// The tags, with their typed names.
    pub rows: Vec<TagRow>,
    /// How many of the allowed tags exist.
    pub meter: Meter,
    /// The typed name of a new tag.
    pub new: String,
}

pub(in crate::app::desk) fn tags(ctx: &Context, typed: &Typed, state: &State) -> Tags {
    let mut rows = view::rows(ctx, Marks { editing: state.editing, ..Marks::default() });
    for row in &mut rows {
        if let Some(name) = typed.get(Field::TagName(row.id)) {
            name.clone_into(&mut row.name);
        }
    }
    let new = typed.get(Field::NewTag).unwrap_or_default().to_owned();
    Tags { meter: view::meter(rows.len()), rows, new }
}

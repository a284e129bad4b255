//! The team's tags at the desk, as plain data.

use super::State;
use crate::app::context::Context;
use crate::app::desk::typed::{Field, Typed};
use crate::app::tags::view::{self, Marks, Meter, TagRow};

/// The team's tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tags {
    /// The tags. A name that is being typed is shown as it is typed.
    pub rows: Vec<TagRow>,
    /// How many there are.
    pub meter: Meter,
    /// The name that is being typed for a new one.
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

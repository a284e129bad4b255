//! Places: fractional indexes, which order tags and replies.

use fractional_index::FractionalIndex;

use crate::replica::Value;

/// Returns the fractional index of an item that is moved to the index `to` in a list. `places` are the sorted
/// fractional indexes of the list.
pub(super) fn place_at(places: &[String], to: usize) -> Value {
    let to = to.min(places.len());
    let before = to.checked_sub(1).and_then(|at| places.get(at));
    between(before.map(String::as_str), places.get(to).map(String::as_str))
}

/// Returns a place between `before` and `after`. An invalid place, which another device may write, counts as absent. So
/// does `after` if it is not above `before`: the new place is then only above `before`.
pub(super) fn between(before: Option<&str>, after: Option<&str>) -> Value {
    let parse = |place: &str| FractionalIndex::from_string(place).ok();
    let (before, after) = (before.and_then(parse), after.and_then(parse));
    let place = FractionalIndex::new(before.as_ref(), after.as_ref())
        .or_else(|| FractionalIndex::new(before.as_ref(), None))
        .unwrap_or_default();
    Value::Text(place.to_string())
}

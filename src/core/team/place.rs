//! Places: fractional indexes, which order tags and replies.

use fractional_index::FractionalIndex;

use crate::replica::Value;

/// The fractional index of an item that is to stand at `to` among `places`, which are sorted.
pub(super) fn place_at(places: &[String], to: usize) -> Value {
    let to = to.min(places.len());
    let before = to.checked_sub(1).and_then(|at| places.get(at));
    between(before.map(String::as_str), places.get(to).map(String::as_str))
}

/// A place after `before` and before `after`. A place that is no index (another device may write anything) counts as
/// absent, and so does an upper one that is not above: the item then stands as near as the rest allows.
pub(super) fn between(before: Option<&str>, after: Option<&str>) -> Value {
    let parse = |place: &str| FractionalIndex::from_string(place).ok();
    let (before, after) = (before.and_then(parse), after.and_then(parse));
    let place = FractionalIndex::new(before.as_ref(), after.as_ref())
        .or_else(|| FractionalIndex::new(before.as_ref(), None))
        .unwrap_or_default();
    Value::Text(place.to_string())
}

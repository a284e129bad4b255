//! What the two large sections of the desk show.

use crate::app::desk::care::view::shown;
use crate::app::desk::replies::view::replies;
use crate::app::desk::view::Body;
use crate::app::desk::{Desk, Section};

/// The section that is shown, if it is one of the two.
pub(super) fn section(desk: &Desk) -> Option<Body> {
    match desk.section {
        Section::Me | Section::Tags | Section::Fields | Section::Files => None,
        Section::Replies => Some(Body::Replies(Box::new(replies(desk)))),
        Section::Sync => Some(Body::Sync(Box::new(shown(desk)))),
    }
}

//! Describes the problems in a reply's text.

use crate::template::{Problem, Trouble};
use crate::words::Words;

/// The largest number of quoted characters.
const QUOTED: usize = 24;

/// Returns the explanation of `problem` for the author of `body`.
pub fn words(body: &str, problem: &Problem) -> Words {
    let at = problem.place.bytes.clone();
    // An unclosed field has no end, so the quote may run to the end of the line.
    let at = if problem.trouble == Trouble::Unclosed { at.start..body.len() } else { at };
    let line = body.get(at).and_then(|text| text.lines().next()).unwrap_or_default();
    let place: String = line.chars().take(QUOTED).collect();
    match &problem.trouble {
        Trouble::Unclosed => Words::with("template_unclosed", [&place]),
        Trouble::Empty => Words::with("template_empty", [&place]),
        Trouble::NotAName => Words::with("template_not_a_name", [&place]),
        Trouble::TooDeep => Words::with("template_too_deep", [&place]),
        Trouble::TooLong => Words::with("template_too_long", [&place]),
        Trouble::UnknownReply(code) => Words::with("template_unknown_reply", [code]),
        Trouble::Cycle(code) => Words::with("template_cycle", [code]),
        Trouble::SecondCursor => Words::plain("template_second_cursor"),
    }
}

//! Positions in a text, in bytes and in UTF-16 units, and problems at positions.

use core::ops::Range;

/// A stretch of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// In bytes of UTF-8.
    pub bytes: Range<usize>,
    /// In units of UTF-16, as the DOM counts.
    pub utf16: Range<usize>,
}

/// A problem in a reply's text, for its author. The braces stay text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// The kind of the problem.
    pub trouble: Trouble,
}

/// The kinds of problems with a `{`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No `}` belongs to it.
    Unclosed,
    /// Nothing stands in the braces, or only empty alternatives.
    Empty,
    /// The content of the braces is no name: it has odd characters, no letter, or too many characters.
    NotAName,
    /// Optional parts stand in each other, or replies include each other, more than [`super::DEPTH`] deep.
    TooDeep,
    /// With everything it includes, the reply would be longer than any message.
    TooLong,
    /// No reply has this shortcut.
    UnknownReply(String),
    /// This reply includes itself, directly or by others.
    Cycle(String),
    /// There is a `{cursor}` before this one.
    SecondCursor,
}

/// How many problems of one text are told.
pub(super) const PROBLEMS: usize = 100;

/// A problem at a range of bytes.
pub(super) type Found = (Range<usize>, Trouble);

/// Adds a problem to those that are there, by place. The first [`PROBLEMS`] are kept.
pub(super) fn note(problems: &mut Vec<Found>, range: Range<usize>, trouble: Trouble) {
    let at = problems.partition_point(|it| (it.0.start, it.0.end) <= (range.start, range.end));
    if at < PROBLEMS {
        problems.truncate(PROBLEMS - 1);
        problems.insert(at, (range, trouble));
    }
}

/// The problems with their places in both units.
pub(super) fn problems(text: &str, found: Vec<Found>) -> Vec<Problem> {
    let (ranges, troubles): (Vec<_>, Vec<_>) = found.into_iter().unzip();
    let with = |(place, trouble)| Problem { place, trouble };
    places(text, &ranges).into_iter().zip(troubles).map(with).collect()
}

/// Ranges of bytes in both units. All are counted in one pass, for counting from the start for each one would take
/// time that grows with the square of a text full of them.
pub(super) fn places(text: &str, ranges: &[Range<usize>]) -> Vec<Place> {
    // There are few problems, and the ranges of anything else come in order.
    let mut ends: Vec<usize> = Vec::with_capacity(2 * ranges.len());
    for end in ranges.iter().flat_map(|it| [it.start, it.end]) {
        let at = ends.partition_point(|it| *it < end);
        if ends.get(at) != Some(&end) {
            ends.insert(at, end);
        }
    }
    let mut units = Vec::with_capacity(ends.len());
    let (mut at, mut count) = (0, 0);
    for end in &ends {
        count += text.get(at..*end).map_or(0, |it| it.encode_utf16().count());
        at = *end;
        units.push(count);
    }
    let unit =
        |byte: usize| ends.binary_search(&byte).ok().and_then(|it| units.get(it)).copied().unwrap_or(0);
    ranges.iter().map(|it| Place { bytes: it.clone(), utf16: unit(it.start)..unit(it.end) }).collect()
}

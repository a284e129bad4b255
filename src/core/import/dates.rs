//! Converts the date formats of other tools to Baton's `{date}` and `{time}`.
//!
//! Baton formats a date for the reader's locale. So a format decides only between date and time. A format with less than
//! a whole date or time, such as only the year, is unsupported.

use crate::template::{BuiltIn, Node, push_text};

use super::build::built_in;

/// A piece of a format.
enum Piece<'a> {
    /// A part of a date: whether it is the day, whether it is the month.
    Date(bool, bool),
    /// A part of a time: whether it is the hour, whether it is the minute.
    Time(bool, bool),
    /// Literal text.
    Text(&'a str),
    /// Unsupported.
    Other,
}

/// Converts a format of `strftime` and chrono, which espanso uses:
/// <https://docs.rs/chrono/latest/chrono/format/strftime/index.html>.
pub(super) fn percent(format: &str, days: i32) -> Option<Vec<Node>> {
    let mut pieces = Vec::new();
    let mut rest = format;
    while let Some(at) = rest.find('%') {
        let (before, sign) = rest.split_at(at);
        pieces.push(Piece::Text(before));
        // Padding flags.
        let letters = sign.get(1..)?.trim_start_matches(['-', '_', '0']);
        let letter = letters.chars().next()?;
        match letter {
            'x' | 'D' | 'F' | 'v' => pieces.push(Piece::Date(true, true)),
            'd' | 'e' => pieces.push(Piece::Date(true, false)),
            'm' | 'b' | 'B' | 'h' => pieces.push(Piece::Date(false, true)),
            'Y' | 'y' | 'C' | 'a' | 'A' => pieces.push(Piece::Date(false, false)),
            'X' | 'T' | 'R' | 'r' => pieces.push(Piece::Time(true, true)),
            'H' | 'I' | 'k' | 'l' => pieces.push(Piece::Time(true, false)),
            'M' => pieces.push(Piece::Time(false, true)),
            'S' | 'p' | 'P' => pieces.push(Piece::Time(false, false)),
            'c' => {
                pieces.extend([Piece::Date(true, true), Piece::Text(" "), Piece::Time(true, true)]);
            }
            'n' => pieces.push(Piece::Text("\n")),
            't' => pieces.push(Piece::Text("\t")),
            '%' => pieces.push(Piece::Text("%")),
            _ => pieces.push(Piece::Other),
        }
        rest = letters.get(letter.len_utf8()..)?;
    }
    pieces.push(Piece::Text(rest));
    nodes(&pieces, days)
}

/// Converts a format of Day.js, which Text Blaze uses: <https://day.js.org/docs/en/display/format>.
pub(super) fn letters(format: &str, days: i32) -> Option<Vec<Node>> {
    let mut pieces = Vec::new();
    let mut rest = format;
    while let Some(first) = rest.chars().next() {
        if let Some(quoted) = rest.strip_prefix('[') {
            let (text, behind) = quoted.split_once(']')?;
            pieces.push(Piece::Text(text));
            rest = behind;
            continue;
        }
        let len = rest.find(|c| c != first).unwrap_or(rest.len());
        let (run, behind) = rest.split_at(len);
        let (run, behind) = match behind.strip_prefix('o') {
            // The ordinal of a day, such as "3rd".
            Some(more) if first == 'D' => (run, more),
            _ => (run, behind),
        };
        pieces.push(match (first, len) {
            ('L', 1..=2) => Piece::Date(true, true),
            ('D', 1..=2) => Piece::Date(true, false),
            ('M', 1..=4) => Piece::Date(false, true),
            ('Y', 2 | 4) | ('d', 1..=4) => Piece::Date(false, false),
            ('H' | 'h', 1..=2) => Piece::Time(true, false),
            ('m', 1..=2) => Piece::Time(false, true),
            ('s', 1..=2) | ('A' | 'a', 1) => Piece::Time(false, false),
            (c, _) if c.is_ascii_alphabetic() => Piece::Other,
            _ => Piece::Text(run),
        });
        rest = behind;
    }
    nodes(&pieces, days)
}

/// Joins adjacent pieces of one date or time, with the text between them, into one field.
fn nodes(pieces: &[Piece], days: i32) -> Option<Vec<Node>> {
    let mut nodes = Vec::new();
    let mut between = String::new();
    // The date or time at hand: whether it is a date, and whether its first and second main part were there.
    let mut open: Option<(bool, bool, bool)> = None;
    let close = |open: &mut Option<(bool, bool, bool)>, nodes: &mut Vec<Node>| match open.take() {
        Some((is_date, true, true)) => {
            nodes.push(if is_date { Node::Date(days) } else { built_in(BuiltIn::Time) });
            true
        }
        Some(_) => false,
        None => true,
    };
    for piece in pieces {
        let (is_date, first, second) = match *piece {
            Piece::Text(text) => {
                between.push_str(text);
                continue;
            }
            Piece::Date(day, month) => (true, day, month),
            Piece::Time(hour, minute) => (false, hour, minute),
            Piece::Other => return None,
        };
        open = match open {
            Some((was_date, a, b)) if was_date == is_date => Some((is_date, a || first, b || second)),
            _ => {
                if !close(&mut open, &mut nodes) {
                    return None;
                }
                push_text(&mut nodes, &between);
                Some((is_date, first, second))
            }
        };
        between.clear();
    }
    if !close(&mut open, &mut nodes) {
        return None;
    }
    push_text(&mut nodes, &between);
    Some(nodes)
}

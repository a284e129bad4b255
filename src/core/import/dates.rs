//! How other tools write dates, told as Baton's `{date}` and `{time}`.
//!
//! Baton writes a date as the reader's language does, so a format only tells which of the two is meant. A format that
//! says less than a whole date or time, such as only the year, is something that Baton can't write.

use crate::template::{BuiltIn, Node, push_text};

use super::build::built_in;

/// A piece of a format.
enum Piece<'a> {
    /// A part of a date: whether it is the day, whether it is the month.
    Date(bool, bool),
    /// A part of a time: whether it is the hour, whether it is the minute.
    Time(bool, bool),
    /// What stands between.
    Text(&'a str),
    /// Anything else.
    Other,
}

/// A format as `strftime` and chrono have it, which is espanso's:
/// <https://docs.rs/chrono/latest/chrono/format/strftime/index.html>.
pub(super) fn percent(format: &str, days: i32) -> Option<Vec<Node>> {
    let mut pieces = Vec::new();
    let mut rest = format;
    while let Some(at) = rest.find('%') {
        let (before, sign) = rest.split_at(at);
        pieces.push(Piece::Text(before));
        // What fills up to the width stands between.
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

/// A format of letters, as Day.js has it, which is Text Blaze's: <https://day.js.org/docs/en/display/format>.
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
            // The ordinal of a day, as in "3rd".
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

/// The pieces as Baton's fields: parts of one date with what stands between them are one date.
fn nodes(pieces: &[Piece], days: i32) -> Option<Vec<Node>> {
    let mut nodes = Vec::new();
    let mut between = String::new();
    // Whether a date or a time is being read, and what of it was there.
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

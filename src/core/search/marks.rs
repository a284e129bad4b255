//! The characters of a title or shortcut that matched a query, for highlighting them.

use super::names::Names;
use super::points::{Kind, TITLE, of};
use super::query::{Word, find};
use super::text::{Letter, Script, mask, words};

/// The letters of a text that matched a query's words, by index, rising. Of a name that is among `names` it is also told
/// what matched over several words.
pub(super) fn marks(query: &[Word], text: &[Letter], names: Option<(&Names, usize)>) -> Vec<u32> {
    let mut marks = Vec::new();
    for word in query {
        let before = marks.len();
        if word.script == Script::Letters {
            in_words(word, text, &mut marks);
        }
        if let Some((names, n)) = names
            && marks.len() == before
        {
            let bits = names.marks(word, n);
            marks.extend((0..64).filter(|at| bits >> at & 1 == 1));
        }
    }
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// Marks what of the text's best word matches.
fn in_words(word: &Word, text: &[Letter], marks: &mut Vec<u32>) {
    let mut best: Option<(u16, Kind, Vec<Letter>, usize)> = None;
    words(text.iter().copied(), &mut Vec::new(), |it, script, at| {
        let kind = if script == Script::Letters { word.compare(it, mask(it)) } else { None };
        if let Some(kind) = kind
            && best.as_ref().is_none_or(|(worth, ..)| of(kind, TITLE) > *worth)
        {
            best = Some((of(kind, TITLE), kind, it.to_vec(), at.start));
        }
    });
    let Some((_, kind, found, start)) = best else { return };
    let len = word.letters.len();
    let matched: Vec<usize> = match kind {
        Kind::Whole | Kind::Begin => (0..len).collect(),
        Kind::Inside => find(&found, &word.letters).map(|at| (at..at + len).collect()).unwrap_or_default(),
        _ => common(&word.letters, &found),
    };
    // A skipped character, such as an apostrophe, is in the text but not in the word.
    let mut at = start;
    let mut nth = 0;
    let mut rest = matched.into_iter().peekable();
    while nth < found.len() && at < text.len() {
        if text.get(at) == found.get(nth) {
            if rest.next_if_eq(&nth).is_some() {
                marks.push(at as u32);
            }
            nth += 1;
        }
        at += 1;
    }
}

/// The letters of `word` that it has in common with `query`, in order and as early as can be: all but the typos.
fn common(query: &[Letter], word: &[Letter]) -> Vec<usize> {
    // `longest[row][column]`: the longest common subsequence of the query from `row` and the word from `column`.
    let width = word.len() + 1;
    let mut longest = vec![0_u8; (query.len() + 1) * width];
    let get = |longest: &[u8], row: usize, column: usize| {
        longest.get(row * width + column).copied().unwrap_or_default()
    };
    for row in (0..query.len()).rev() {
        for column in (0..word.len()).rev() {
            let most = if query.get(row) == word.get(column) {
                get(&longest, row + 1, column + 1).saturating_add(1)
            } else {
                get(&longest, row + 1, column).max(get(&longest, row, column + 1))
            };
            if let Some(cell) = longest.get_mut(row * width + column) {
                *cell = most;
            }
        }
    }
    let (mut row, mut column) = (0, 0);
    let mut matched = Vec::new();
    while row < query.len() && column < word.len() {
        if query.get(row) == word.get(column) {
            matched.push(column);
            row += 1;
            column += 1;
        } else if get(&longest, row + 1, column) >= get(&longest, row, column + 1) {
            row += 1;
        } else {
            column += 1;
        }
    }
    matched
}

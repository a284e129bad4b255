//! The words of a query, and their comparison with the words of replies.

use super::points::Kind;
use super::text::{Letter, Script, letters, mask, words};
use super::typos::Pattern;

/// A word of the query.
pub(super) struct Word {
    /// Its letters.
    pub(super) letters: Vec<Letter>,
    /// The kind of its characters.
    pub(super) script: Script,
    /// Which letters it has.
    pub(super) mask: u64,
    /// How many of its letters may be wrong.
    typos: u32,
    /// The pattern that finds typos, where they are allowed.
    pattern: Option<Pattern>,
}

/// From how many letters on one may be wrong, and from how many on two.
const ONE_TYPO: usize = 4;
const TWO_TYPOS: usize = 8;
/// The fewest letters that may match inside a word, or as prefixes of several words.
const INSIDE: usize = 3;
/// A query may match as a subsequence only in words at most this many times as long. More would be a coincidence.
const SPREAD: usize = 3;

/// The words of a query.
pub(super) fn words_of(query: &str) -> Vec<Word> {
    let mut found = Vec::new();
    words(letters(query), &mut Vec::new(), |word, script, _| found.push(Word::new(word, script)));
    found
}

impl Word {
    fn new(word: &[Letter], script: Script) -> Word {
        let is_digit = |letter: &Letter| (0x30..=0x39).contains(letter);
        let typos = match word.len() {
            // In numbers no typos are allowed: another number is another thing.
            _ if word.iter().all(is_digit) => 0,
            ..ONE_TYPO => 0,
            ONE_TYPO..TWO_TYPOS => 1,
            TWO_TYPOS.. => 2,
        };
        let pattern = if typos > 0 { Pattern::new(word) } else { None };
        let typos = if pattern.is_some() { typos } else { 0 };
        Word { letters: word.to_vec(), script, mask: mask(word), typos, pattern }
    }

    /// Whether it may be inside of words, or made of the beginnings of several.
    pub(super) fn is_long(&self) -> bool {
        self.letters.len() >= INSIDE
    }

    /// Whether a text with these letters may match at all.
    #[inline]
    pub(super) fn may_match(&self, mask: u64) -> bool {
        (self.mask & !mask).count_ones() <= self.typos
    }

    /// How a word with these letters matches it.
    #[inline]
    pub(super) fn compare(&self, word: &[Letter], mask: u64) -> Option<Kind> {
        if self.may_match(mask) { self.compare_closely(word, mask) } else { None }
    }

    fn compare_closely(&self, word: &[Letter], mask: u64) -> Option<Kind> {
        let all = self.mask & !mask == 0;
        let len = self.letters.len();
        let is_first = word.first() == self.letters.first();
        if all && is_first && word.starts_with(&self.letters) {
            return Some(if word.len() == len { Kind::Whole } else { Kind::Begin });
        }
        if !self.is_long() {
            return None;
        }
        if all && find(word, &self.letters).is_some() {
            return Some(Kind::Inside);
        }
        self.with_typos(word).or_else(|| if all && is_first { self.picked(word) } else { None })
    }

    fn with_typos(&self, word: &[Letter]) -> Option<Kind> {
        let pattern = self.pattern.as_ref()?;
        let typos = self.typos as usize;
        let len = self.letters.len();
        if word.len() + typos < len {
            return None;
        }
        let distance = pattern.distance(word.get(..len + typos).unwrap_or(word), false);
        let is_whole = word.len() <= len + typos && distance.whole <= self.typos;
        match (is_whole, distance.begin) {
            (true, _) if distance.whole <= 1 => Some(Kind::OneTypo),
            (_, ..=1) => Some(Kind::BeginOneTypo),
            (true, _) => Some(Kind::TwoTypos),
            (_, begin) if begin <= self.typos => Some(Kind::BeginTwoTypos),
            _ => None,
        }
    }

    fn picked(&self, word: &[Letter]) -> Option<Kind> {
        if word.len() > SPREAD * self.letters.len() {
            return None;
        }
        let mut rest = word.iter();
        self.letters.iter().all(|letter| rest.any(|it| it == letter)).then_some(Kind::Letters)
    }

    /// Whether characters are in a text with one typo.
    pub(super) fn is_nearly_in(&self, text: &[Letter]) -> bool {
        self.pattern.as_ref().is_some_and(|pattern| pattern.distance(text, true).begin <= 1)
    }
}

/// Where a word is in a text.
pub(super) fn find(text: &[Letter], word: &[Letter]) -> Option<usize> {
    let first = word.first()?;
    text.windows(word.len()).position(|window| window.first() == Some(first) && window == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compare(query: &str, word: &str) -> Option<Kind> {
        let word: Vec<Letter> = letters(word).collect();
        words_of(query).first().and_then(|it| it.compare(&word, mask(&word)))
    }

    #[test]
    fn a_word_matches_in_many_ways() {
        for (query, word, kind) in [
            ("Return", "return", Kind::Whole),
            ("ret", "returns", Kind::Begin),
            ("turn", "returns", Kind::Inside),
            ("rtrns", "retrns", Kind::OneTypo),
            ("retrun", "return", Kind::OneTypo),
            ("rteu", "returns", Kind::BeginOneTypo),
            ("polisy", "policy", Kind::OneTypo),
            ("ppolicy", "policy", Kind::OneTypo),
            ("rtrn", "return", Kind::Letters),
            ("devlucoa", "devolução", Kind::TwoTypos),
            ("addresse", "adresses", Kind::BeginOneTypo),
        ] {
            assert_eq!(compare(query, word), Some(kind), "{query} {word}");
        }
    }

    #[test]
    fn short_words_and_numbers_have_no_typos() {
        for (query, word) in [("rot", "ret"), ("2041", "2042"), ("return", "turner"), ("rn", "return")] {
            assert_eq!(compare(query, word), None, "{query} {word}");
        }
    }
}

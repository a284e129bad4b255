//! Normalised texts for comparison: letters in 16 bits, and the division of a text into words.

use core::ops::Range;

use crate::letters::plain;

/// A letter: lower case, without accents, in 16 bits. Characters of the higher planes, mostly emoji, are hashed into the
/// private use area of Unicode.
pub(super) type Letter = u16;

/// The kinds of characters that a word consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    /// Letters of an alphabet, and digits. What is no mark between words belongs to one.
    Letters,
    /// Characters that are a word each, and are written without spaces: Chinese ones and kana.
    Characters,
}

/// A character, as it is compared.
pub(super) fn letter(c: char) -> Letter {
    let code = u32::from(plain(c));
    u16::try_from(code).unwrap_or(0xe000 + (code % 0x1900) as u16)
}

/// A text, letter by letter.
pub(super) fn letters(text: &str) -> impl Iterator<Item = Letter> {
    text.chars().map(letter)
}

/// The role of a letter in its text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// It ends the word and belongs to none.
    Gap,
    /// It is passed over: an apostrophe, or what is over or under the letter before.
    Nothing,
    /// It belongs to a word of letters.
    Letter,
    /// It is a word of its own.
    Symbol,
    /// It is a character of a script without spaces.
    Character,
}

#[inline]
fn part(letter: Letter) -> Part {
    match letter {
        0x61..=0x7a | 0x30..=0x39 => Part::Letter,
        // Apostrophes, soft hyphens, and what is written over or under Latin, Hebrew and Arabic letters.
        0x27
        | 0xad
        | 0x300..=0x36f
        | 0x591..=0x5bd
        | 0x5bf..=0x5c7
        | 0x64b..=0x65f
        | 0x670
        | 0x200b..=0x200f
        | 0x2019
        | 0xfe00..=0xfe0f
        | 0xfeff => Part::Nothing,
        // Dollar, percent, plus, less, equals, more, circumflex, grave, pipe, tilde.
        0x24 | 0x25 | 0x2b | 0x3c..=0x3e | 0x5e | 0x60 | 0x7c | 0x7e => Part::Symbol,
        0x00..=0x7f | 0x80..=0xa1 | 0xab | 0xb7 | 0xbb | 0xbf => Part::Gap,
        0xa2..=0xb9 if letter != 0xaa && letter != 0xb5 => Part::Symbol,
        // Punctuation of Hebrew, Arabic and India.
        0x5be | 0x60c | 0x61b | 0x61f | 0x6d4 | 0x964 | 0x965 => Part::Gap,
        0x20a0..=0x20cf | 0x2100..=0x2bff | 0xe000..=0xf8ff => Part::Symbol,
        0x3005 | 0x3007 | 0x3041..=0x30fa | 0x30fc..=0x312f | 0x3400..=0x9fff | 0xf900..=0xfaff => {
            Part::Character
        }
        0xff66..=0xff9f => Part::Character,
        0x2000..=0x20ff | 0x3000..=0x30ff | 0xfe10..=0xfe6f | 0xff00..=0xff65 => Part::Gap,
        _ => Part::Letter,
    }
}

/// Whether it is a character of a script without spaces.
#[inline]
pub(super) fn is_character(letter: Letter) -> bool {
    letter >= 0x3005 && part(letter) == Part::Character
}

/// Calls `tell` for each word of a text in order, with its script and its range in letters. `word` is a reusable buffer.
pub(super) fn words(
    text: impl IntoIterator<Item = Letter>,
    word: &mut Vec<Letter>,
    mut tell: impl FnMut(&[Letter], Script, Range<usize>),
) {
    word.clear();
    let mut script = Script::Letters;
    let mut start = 0;
    let mut at = 0;
    for letter in text {
        let part = part(letter);
        let goes_on = match part {
            Part::Letter => script == Script::Letters,
            Part::Character => script == Script::Characters,
            Part::Nothing => true,
            Part::Gap | Part::Symbol => false,
        };
        if !goes_on && !word.is_empty() {
            tell(word, script, start..at);
            word.clear();
        }
        if word.is_empty() {
            start = at;
        }
        at += 1;
        match part {
            Part::Gap | Part::Nothing => continue,
            Part::Character => script = Script::Characters,
            Part::Letter | Part::Symbol => script = Script::Letters,
        }
        word.push(letter);
        if part == Part::Symbol {
            tell(word, script, start..at);
            word.clear();
        }
    }
    if !word.is_empty() {
        tell(word, script, start..at);
    }
}

/// Where words begin in the first 64 letters of a text, a bit each; every character is one.
pub(super) fn begins(text: &[Letter]) -> u64 {
    let mut begins = 0;
    let mut before = Part::Gap;
    for (at, letter) in text.iter().take(64).enumerate() {
        let part = part(*letter);
        let begin = match part {
            Part::Character | Part::Symbol => true,
            Part::Letter => before != Part::Letter,
            Part::Gap | Part::Nothing => false,
        };
        begins |= u64::from(begin) << at;
        if part != Part::Nothing {
            before = part;
        }
    }
    begins
}

/// A Bloom filter of a word's letters: English letters have a bit each, digits share six bits, and all others the upper
/// half. If a word lacks a bit of another word, it lacks one of its letters.
#[inline]
pub(super) fn mask(word: &[Letter]) -> u64 {
    word.iter().fold(0, |mask, letter| mask | bit(*letter))
}

/// The bit of a letter.
#[inline]
pub(super) fn bit(letter: Letter) -> u64 {
    match letter {
        0x61..=0x7a => 1 << (letter - 0x61),
        0x30..=0x39 => 1 << (26 + letter % 6),
        0x20 => 0,
        _ => 1 << (32 + ((u32::from(letter) * 0x9e37) >> 7) % 32),
    }
}

/// Many short texts one after the other.
#[derive(Default)]
pub(super) struct Texts {
    letters: Vec<Letter>,
    ends: Vec<u32>,
}

impl Texts {
    /// Adds one.
    pub(super) fn push(&mut self, text: impl IntoIterator<Item = Letter>) {
        self.letters.extend(text);
        self.ends.push(self.letters.len() as u32);
    }

    /// The `n`th one, or nothing.
    #[inline]
    pub(super) fn get(&self, n: usize) -> &[Letter] {
        let start = if n == 0 { 0 } else { self.ends.get(n - 1).map_or(0, |end| *end as usize) };
        let end = self.ends.get(n).map_or(start, |end| *end as usize);
        self.letters.get(start..end).unwrap_or_default()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Gives back the room that was not needed.
    pub(super) fn shrink(&mut self) {
        self.letters.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        words(letters(text), &mut Vec::new(), |word, _, _| {
            found.push(word.iter().filter_map(|it| char::from_u32((*it).into())).collect());
        });
        found
    }

    #[test]
    fn words_of_all_scripts() {
        assert_eq!(split("Return label, EU"), ["return", "label", "eu"]);
        assert_eq!(split("VIP退换货（30天）"), ["vip", "退换货", "30", "天"]);
        assert_eq!(split("Don’t pay 5€ + tax"), ["dont", "pay", "5", "€", "+", "tax"]);
        assert_eq!(split("cafe\u{301} ação"), ["cafe", "acao"]);
        assert_eq!(split(" …—! "), Vec::<String>::new());
    }

    #[test]
    fn a_word_lies_where_it_is_written() {
        let mut places = Vec::new();
        words(letters("a—退货 b"), &mut Vec::new(), |_, script, at| places.push((script, at)));
        assert_eq!(places, [(Script::Letters, 0..1), (Script::Characters, 2..4), (Script::Letters, 5..6)]);
    }
}

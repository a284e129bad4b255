//! How many letters of a word are wrong, missing, too many or swapped: the distance of optimal string alignment, with
//! all rows of its table in the bits of a number (Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau
//! edit distances", 2003).

use super::text::Letter;

/// The longest word whose typos are looked for, in letters.
const LONGEST: usize = 32;

/// A word that is looked for, prepared.
#[derive(Clone)]
pub(super) struct Pattern {
    /// How many letters it has.
    len: usize,
    /// Where the letters of the English alphabet are in it.
    alphabet: [u32; 26],
    /// Where the others are.
    others: Vec<(Letter, u32)>,
}

/// How far a word is from a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Distance {
    /// The whole word.
    pub(super) whole: u32,
    /// That of its beginnings which is nearest.
    pub(super) begin: u32,
}

impl Pattern {
    /// A pattern of a word, unless it is too long.
    pub(super) fn new(word: &[Letter]) -> Option<Pattern> {
        if word.is_empty() || word.len() > LONGEST {
            return None;
        }
        let mut pattern = Pattern { len: word.len(), alphabet: [0; 26], others: Vec::new() };
        for (at, letter) in word.iter().enumerate() {
            let place = match pattern.alphabet.get_mut(usize::from(letter.wrapping_sub(0x61))) {
                Some(place) => place,
                None => {
                    let known = pattern.others.iter().position(|(other, _)| other == letter);
                    let n = known.unwrap_or(pattern.others.len());
                    if known.is_none() {
                        pattern.others.push((*letter, 0));
                    }
                    match pattern.others.get_mut(n) {
                        Some((_, place)) => place,
                        None => continue,
                    }
                }
            };
            *place |= 1 << at;
        }
        Some(pattern)
    }

    #[inline]
    fn places(&self, letter: Letter) -> u32 {
        match self.alphabet.get(usize::from(letter.wrapping_sub(0x61))) {
            Some(places) => *places,
            None => self.others.iter().find(|(other, _)| *other == letter).map_or(0, |(_, places)| *places),
        }
    }

    /// How far `word` is from the pattern. With `anywhere`, what is before the best place costs nothing.
    pub(super) fn distance(&self, word: &[Letter], anywhere: bool) -> Distance {
        let last = 1 << (self.len - 1);
        let first_row = u32::from(!anywhere);
        let (mut down, mut up) = (u32::MAX, 0_u32);
        let (mut diagonal, mut places_before) = (0_u32, 0_u32);
        let mut whole = self.len as u32;
        let mut begin = whole;
        for letter in word {
            let places = self.places(*letter);
            let swapped = ((!diagonal & places) << 1) & places_before;
            diagonal = swapped | ((places & down).wrapping_add(down) ^ down) | places | up;
            let (right, left) = (up | !(diagonal | down), diagonal & down);
            if right & last != 0 {
                whole += 1;
            } else if left & last != 0 {
                whole -= 1;
            }
            begin = begin.min(whole);
            let (right, left) = ((right << 1) | first_row, left << 1);
            down = left | !(diagonal | right);
            up = diagonal & right;
            places_before = places;
        }
        Distance { whole, begin }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The distance by the table that the bits stand for.
    fn slowly(pattern: &[Letter], word: &[Letter], anywhere: bool) -> Distance {
        let mut table = vec![vec![0_u32; word.len() + 1]; pattern.len() + 1];
        for (row, cells) in table.iter_mut().enumerate() {
            cells[0] = row as u32;
        }
        for (column, cell) in table[0].iter_mut().enumerate() {
            *cell = if anywhere { 0 } else { column as u32 };
        }
        for row in 1..=pattern.len() {
            for column in 1..=word.len() {
                let wrong = u32::from(pattern[row - 1] != word[column - 1]);
                let mut best = (table[row - 1][column - 1] + wrong)
                    .min(table[row - 1][column] + 1)
                    .min(table[row][column - 1] + 1);
                let is_swapped = row > 1
                    && column > 1
                    && pattern[row - 1] == word[column - 2]
                    && pattern[row - 2] == word[column - 1];
                if is_swapped {
                    best = best.min(table[row - 2][column - 2] + 1);
                }
                table[row][column] = best;
            }
        }
        let last = &table[pattern.len()];
        Distance { whole: last[word.len()], begin: last.iter().copied().min().unwrap_or_default() }
    }

    proptest! {
        #[test]
        fn bits_say_what_the_table_says(
            pattern in proptest::collection::vec(prop_oneof![0x61_u16..0x65, 0x9000_u16..0x9002], 1..=32),
            word in proptest::collection::vec(prop_oneof![0x61_u16..0x65, 0x9000_u16..0x9002], 0..40),
            anywhere: bool,
        ) {
            let distance = Pattern::new(&pattern).map(|it| it.distance(&word, anywhere));
            prop_assert_eq!(distance, Some(slowly(&pattern, &word, anywhere)));
        }
    }

    #[test]
    fn a_word_too_long_has_no_typos() {
        assert!(Pattern::new(&[0x61; 33]).is_none());
        assert!(Pattern::new(&[]).is_none());
    }
}

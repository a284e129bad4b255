//! Capital and small letters of all scripts, by the tables that finding replies brings along: those of the standard
//! library are as large once more.

use nucleo_matcher::chars;

/// The small letter of a capital one; other characters stay.
#[inline(never)]
pub fn small(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { chars::to_lower_case(c) }
}

/// The capital of a small letter; other characters stay.
pub fn capital(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_uppercase();
    }
    // Alphabets have their capitals before their small letters, Cyrillic with eighty places between them.
    let before = |back| char::from_u32(u32::from(c).checked_sub(back)?).filter(|it| small(*it) == c);
    (1..=80).find_map(before).unwrap_or(c)
}

/// Whether there are capital and small ones of this letter, and it is one of them.
pub fn has_case(c: char) -> bool {
    small(c) != c || capital(c) != c
}

/// A text in small letters.
pub fn in_small(text: &str) -> String {
    text.chars().map(small).collect()
}

/// The letter that is looked for: small, and without what is over or under it.
pub fn plain(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { small(chars::normalize(c)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_living_alphabets_have_their_capitals() {
        for c in "äéñøžąőŵабвёђїґѝαωάϋաֆ".chars() {
            let upper = c.to_uppercase().next();
            assert_eq!(Some(capital(c)), upper, "{c}");
            assert_eq!(Some(small(capital(c))), c.to_lowercase().next(), "{c}");
            assert!(has_case(c));
        }
        for c in "明あ한عक7!".chars() {
            assert_eq!((small(c), capital(c), has_case(c)), (c, c, false), "{c}");
        }
    }

    #[test]
    fn what_is_looked_for_has_no_accents() {
        assert_eq!("CaféÅ明".chars().map(plain).collect::<String>(), "cafea明");
    }
}

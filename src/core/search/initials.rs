//! The initials of the pinyin of Chinese characters.
//!
//! A table of them would be larger than the rest of the search. But every browser has one: the 3,755 characters of the
//! first level of GB 2312, which cover everything that shops write, are sorted by pinyin. So it is enough to know the
//! first character of each letter.

use std::rc::Rc;

/// The characters in GB 2312's order, as bytes of that encoding: first row, last row, and first and last byte of a row.
/// The last row ends with [`LAST`].
pub const ROWS: (u8, u8) = (0xb0, 0xd7);
/// First and last second byte of a row.
pub const COLUMNS: (u8, u8) = (0xa1, 0xfe);
/// Second byte of the last character.
pub const LAST: u8 = 0xf9;

/// The first character of each letter. No syllable begins with `i`, `u` or `v`.
const FIRST: &str = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝";
const LETTERS: &[u8; 23] = b"abcdefghjklmnopqrstwxyz";

/// Initials of characters. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Initials {
    /// A character and its initial in the lowest byte, sorted.
    known: Rc<[u32]>,
}

impl Initials {
    /// Of a text of all characters of [`ROWS`] and [`COLUMNS`], in order. What is not in that order has no initial.
    pub fn new(sorted: &str) -> Initials {
        let mut firsts = FIRST.chars().zip(LETTERS).peekable();
        let mut initial = None;
        let mut known = Vec::with_capacity(sorted.len() / 3);
        for c in sorted.chars() {
            if let Some((_, letter)) = firsts.next_if(|(first, _)| *first == c) {
                initial = Some(*letter);
            }
            if let Some(letter) = initial {
                known.push(u32::from(c) << 8 | u32::from(letter));
            }
        }
        known.sort_unstable();
        Initials { known: known.into() }
    }

    /// The initial of a character, a small letter.
    pub fn of(&self, character: u16) -> Option<u8> {
        let code = u32::from(character) << 8;
        let at = self.known.partition_point(|known| *known < code);
        self.known.get(at).filter(|known| **known >> 8 == u32::from(character)).map(|known| *known as u8)
    }
}

/// The text that [`Initials::new`] takes, for tests.
#[cfg(test)]
pub(crate) fn sorted_characters() -> String {
    let mut bytes = Vec::new();
    for row in ROWS.0..=ROWS.1 {
        let end = if row == ROWS.1 { LAST } else { COLUMNS.1 };
        for column in COLUMNS.0..=end {
            bytes.extend([row, column]);
        }
    }
    encoding_rs::GBK.decode(&bytes).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_have_the_initials_of_their_pinyin() {
        let sorted = sorted_characters();
        assert_eq!(sorted.chars().count(), 3_755);
        let initials = Initials::new(&sorted);
        let of = |text: &str| -> String {
            text.encode_utf16().map(|it| initials.of(it).map_or('?', char::from)).collect()
        };
        assert_eq!(of("退换货政策发票物流优惠券"), "thhzcfpwlyhq");
        assert_eq!(of("啊做阿座"), "azaz");
        assert_eq!(of("A退é魑"), "?t??");
    }

    #[test]
    fn without_the_table_there_are_none() {
        assert_eq!(Initials::default().of(0x9000), None);
        assert_eq!(Initials::new("没有这张表").of(0x6ca1), None);
    }
}

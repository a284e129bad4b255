//! Splits a long text into numbered codes, each short enough for a QR code, and joins codes in any order.
//!
//! The format of a code is `B1 <id> <number>/<of> <part>`. The id is a hash of the whole text: it tells texts apart, and
//! is the checksum of the joined text.

use sha2::{Digest, Sha256};

/// The prefix of every code.
const NAME: &str = "B1 ";
/// The largest size of a code in bytes. A QR code of this size can still be scanned from a screen.
pub const CODE_BYTES: usize = 1_800;
/// The largest size of a code in bytes without its part: the prefix, the id, and two numbers of up to four digits.
const HEAD: usize = 22;
/// The largest number of codes of a text: more than any packet needs.
const MOST: usize = 1_000;

/// Splits a text into codes.
pub fn split(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (part, after) = rest.split_at(rest.floor_char_boundary(CODE_BYTES - HEAD));
        parts.push(part);
        rest = after;
    }
    let (id, of) = (id(text), parts.len());
    (1..).zip(parts).map(|(number, part)| format!("{NAME}{id} {number}/{of} {part}")).collect()
}

/// Whether a text has the prefix of a code.
pub fn is_code(text: &str) -> bool {
    text.starts_with(NAME)
}

/// The parts of one text that have arrived so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    id: String,
    parts: Vec<Option<String>>,
}

/// Why a code was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// The text is not a code, or is a damaged one.
    NoCode,
    /// The code belongs to another text than the codes before.
    Other,
}

impl Parts {
    /// Adds a code. Adding the same code again changes nothing.
    pub fn take(&mut self, code: &str) -> Result<(), NotTaken> {
        let (id, number, of, part) = read(code).ok_or(NotTaken::NoCode)?;
        if self.parts.is_empty() {
            *self = Parts { id: id.to_owned(), parts: vec![None; of] };
        }
        if self.id != id || self.parts.len() != of {
            return Err(NotTaken::Other);
        }
        if let Some(place) = self.parts.get_mut(number - 1) {
            *place = Some(part.to_owned());
        }
        Ok(())
    }

    /// The number of codes that the text has; 0 before the first one has arrived.
    pub fn of(&self) -> usize {
        self.parts.len()
    }

    /// The numbers of the codes that have not arrived.
    pub fn missing(&self) -> Vec<usize> {
        (1..).zip(&self.parts).filter(|(_, part)| part.is_none()).map(|(number, _)| number).collect()
    }

    /// Returns the text once all codes have arrived; an error if its checksum is wrong.
    pub fn text(&self) -> Option<Result<String, NotTaken>> {
        let text: String = self.parts.iter().map(Option::as_deref).collect::<Option<_>>()?;
        (!self.parts.is_empty()).then(|| if id(&text) == self.id { Ok(text) } else { Err(NotTaken::NoCode) })
    }
}

fn read(code: &str) -> Option<(&str, usize, usize, &str)> {
    let mut words = code.strip_prefix(NAME)?.splitn(3, ' ');
    let (id, numbers, part) = (words.next()?, words.next()?, words.next()?);
    let (number, of) = numbers.split_once('/')?;
    let (number, of): (usize, usize) = (number.parse().ok()?, of.parse().ok()?);
    let makes_sense = (1..=of).contains(&number) && of <= MOST && id.len() == 8 && part.len() <= CODE_BYTES;
    makes_sense.then_some((id, number, of, part))
}

fn id(text: &str) -> String {
    Sha256::digest(text).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn joined<'a>(codes: impl IntoIterator<Item = &'a String>) -> Parts {
        let mut parts = Parts::default();
        for code in codes {
            parts.take(code).expect("a code");
        }
        parts
    }

    #[test]
    fn codes_in_any_order_and_twice_are_the_text_again() {
        let text: String = (0..9_000).map(|n| if n % 97 == 0 { '标' } else { 'a' }).collect();
        let codes = split(&text);
        assert!(codes.iter().all(|code| code.len() <= CODE_BYTES), "each fits");
        let mut parts = joined(codes.iter().rev().skip(2));
        assert_eq!((parts.missing(), parts.text()), (vec![codes.len() - 1, codes.len()], None));
        for code in codes.iter().chain(&codes) {
            parts.take(code).expect("a code");
        }
        assert_eq!((parts.missing(), parts.text()), (vec![], Some(Ok(text))));
    }

    #[test]
    fn what_does_not_belong_is_not_taken() {
        let mut parts = joined(&split("one text"));
        assert_eq!(parts.take(&split("another text")[0]), Err(NotTaken::Other));
        assert_eq!(parts.text(), Some(Ok("one text".into())));
        for code in [
            "",
            "B1 ",
            "B1 12345678",
            "B1 12345678 1/1",
            "B1 12345678 0/1 x",
            "B1 12345678 2/1 x",
            "B1 12345678 1/1001 x",
            "B1 12345678 1/99999999999999999999 x",
            "B1 12345678 -1/1 x",
            "B1 123 1/1 x",
            "B2 12345678 1/1 x",
            "https://example.org",
        ] {
            assert_eq!(Parts::default().take(code), Err(NotTaken::NoCode), "{code}");
        }
        assert_eq!(joined(&["B1 12345678 1/1 forged".to_owned()]).text(), Some(Err(NotTaken::NoCode)));
        assert_eq!(Parts::default().text(), None);
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "\\PC{1,400}") {
            prop_assert_eq!(joined(&split(&text)).text(), Some(Ok(text)));
        }

        #[test]
        fn any_code_is_taken_or_refused(codes in prop::collection::vec("B1 [0-9a-f]{8} [0-9]{1,4}/[0-9]{1,4} .{0,9}", 0..9)) {
            let mut parts = Parts::default();
            for code in &codes {
                let _ = parts.take(code);
            }
            prop_assert!(parts.of() <= MOST && parts.missing().len() <= parts.of());
            let _ = parts.text();
        }
    }
}

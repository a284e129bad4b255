//! A base-92 text code for bytes: each of its characters costs one byte in the storage of both browsers.
//!
//! Chrome stores `<` as six characters, and both browsers store `"` and `\` as two. The other 92 printable ASCII
//! characters are stored as they are. A pair of them carries 13 bits, 6.5 a character, where base64 carries six.

/// The size of the alphabet.
const CHOICE: u32 = 92;
/// Bits carried by two characters.
const BITS: u32 = 13;

/// Encodes bytes.
pub fn to_text(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 16 / 13 + 2);
    let (mut held, mut count) = (0_u32, 0);
    let mut put = |number: u32| {
        text.push(character(number / CHOICE));
        text.push(character(number % CHOICE));
    };
    for byte in bytes {
        held |= u32::from(*byte) << count;
        count += 8;
        if count >= BITS {
            put(held & ((1 << BITS) - 1));
            held >>= BITS;
            count -= BITS;
        }
    }
    if count > 0 {
        put(held);
    }
    text
}

/// Decodes a text. Returns `None` if [`to_text`] can't have written it. A zero byte may follow the original bytes.
pub fn to_bytes(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 13 / 16 + 1);
    let (mut held, mut count) = (0_u32, 0);
    let pairs = text.as_bytes().chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return None;
    }
    for pair in pairs {
        let number = number(pair[0])? * CHOICE + number(pair[1])?;
        if number >> BITS != 0 {
            return None;
        }
        held |= number << count;
        count += BITS;
        while count >= 8 {
            bytes.push(held as u8);
            held >>= 8;
            count -= 8;
        }
    }
    // The remaining bits are padding. Padding may already have filled one whole byte above, which then is zero.
    Some(bytes)
}

fn character(number: u32) -> char {
    let mut code = number as u8 + b' ';
    for hole in HOLES {
        code += u8::from(code >= hole);
    }
    char::from(code)
}

fn number(code: u8) -> Option<u32> {
    if !(b' '..=b'~').contains(&code) || HOLES.contains(&code) {
        return None;
    }
    let holes = HOLES.iter().filter(|hole| **hole < code).count() as u8;
    Some(u32::from(code - b' ' - holes))
}

/// The printable characters that cost more than one byte, in ascending order.
const HOLES: [u8; 3] = [b'"', b'<', b'\\'];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn bytes_read_back(bytes in any::<Vec<u8>>()) {
            let text = to_text(&bytes);
            let read = to_bytes(&text).expect("our own");
            prop_assert!(read.starts_with(&bytes) && read[bytes.len()..].iter().all(|byte| *byte == 0));
            prop_assert!(read.len() <= bytes.len() + 1);
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            let _ = to_bytes(&text);
        }
    }

    #[test]
    fn every_character_costs_one_byte() {
        let all: String = (0..CHOICE).map(character).collect();
        assert_eq!(all.len(), 92);
        assert!(!all.contains(['"', '<', '\\']) && all.bytes().all(|code| (b' '..=b'~').contains(&code)));
        for (i, code) in (0..).zip(all.bytes()) {
            assert_eq!(number(code), Some(i));
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["a", "<<", "\"\"", "\\\\", "é", "~~", "\n\n"] {
            assert_eq!(to_bytes(text), None, "{text}");
        }
    }
}

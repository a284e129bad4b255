//! Upper and lower case in the alphabets in use today, and letters without diacritics.
//!
//! The tables are limited to save space: those of the standard library cover every historic script and are ten times as
//! large in the Wasm.

/// Ranges of capitals: first, last, the offset to the lower-case letter, and the step: 2 where upper and lower case
/// alternate.
const CAPITALS: [(u16, u16, i16, u16); 66] = [
    (0x00c0, 0x00d6, 32, 1),
    (0x00d8, 0x00de, 32, 1),
    (0x0100, 0x012e, 1, 2),
    (0x0132, 0x0136, 1, 2),
    (0x0139, 0x0147, 1, 2),
    (0x014a, 0x0176, 1, 2),
    (0x0178, 0x0178, -121, 1),
    (0x0179, 0x017d, 1, 2),
    (0x0181, 0x0181, 210, 1),
    (0x0182, 0x0184, 1, 2),
    (0x0186, 0x0186, 206, 1),
    (0x0187, 0x0187, 1, 1),
    (0x0189, 0x018a, 205, 1),
    (0x018b, 0x018b, 1, 1),
    (0x018e, 0x018e, 79, 1),
    (0x018f, 0x018f, 202, 1),
    (0x0190, 0x0190, 203, 1),
    (0x0191, 0x0191, 1, 1),
    (0x0193, 0x0193, 205, 1),
    (0x0194, 0x0194, 207, 1),
    (0x0197, 0x0197, 209, 1),
    (0x0198, 0x0198, 1, 1),
    (0x019d, 0x019d, 213, 1),
    (0x019f, 0x019f, 214, 1),
    (0x01a0, 0x01a4, 1, 2),
    (0x01a6, 0x01a6, 218, 1),
    (0x01a7, 0x01a7, 1, 1),
    (0x01ac, 0x01ac, 1, 1),
    (0x01ae, 0x01ae, 218, 1),
    (0x01af, 0x01af, 1, 1),
    (0x01b1, 0x01b2, 217, 1),
    (0x01b3, 0x01b5, 1, 2),
    (0x01b7, 0x01b7, 219, 1),
    (0x01b8, 0x01b8, 1, 1),
    (0x01cd, 0x01db, 1, 2),
    (0x01de, 0x01ee, 1, 2),
    (0x01f4, 0x01f4, 1, 2),
    (0x01f6, 0x01f6, -97, 1),
    (0x01f8, 0x021e, 1, 2),
    (0x0220, 0x0220, -130, 1),
    (0x0222, 0x0232, 1, 2),
    (0x023b, 0x023b, 1, 1),
    (0x023d, 0x023d, -163, 1),
    (0x0241, 0x0241, 1, 1),
    (0x0243, 0x0243, -195, 1),
    (0x0244, 0x0244, 69, 1),
    (0x0245, 0x0245, 71, 1),
    (0x0246, 0x024e, 1, 2),
    (0x0386, 0x0386, 38, 1),
    (0x0388, 0x038a, 37, 1),
    (0x038c, 0x038c, 64, 1),
    (0x038e, 0x038f, 63, 1),
    (0x0391, 0x03a1, 32, 1),
    (0x03a3, 0x03ab, 32, 1),
    (0x0400, 0x040f, 80, 1),
    (0x0410, 0x042f, 32, 1),
    (0x0460, 0x0480, 1, 2),
    (0x048a, 0x04be, 1, 2),
    (0x04c0, 0x04c0, 15, 1),
    (0x04c1, 0x04cd, 1, 2),
    (0x04d0, 0x052e, 1, 2),
    (0x0531, 0x0556, 48, 1),
    (0x1e00, 0x1e94, 1, 2),
    (0x1e9e, 0x1e9e, -7615, 1),
    (0x1ea0, 0x1efe, 1, 2),
    (0xff21, 0xff3a, 32, 1),
];

/// The base letters of the lower-case letters U+00DF (ß) to U+024F, the end of Latin Extended-B; a dot where there is
/// none.
const BARE: &[u8; 369] = b"\
    saaaaaaaceeeeiiiidnooooo.ouuuuyty.a.a.a.c.c.c.c.d.d.e.e.e.e.e.g.g.g.g.h.h.i.i.i.i.i.i.j.kk.l.l.l.l.l.n.n.nn.n\
    .o.o.o.o.r.r.r.s.s.s.s.t.t.t.u.u.u.u.u.u.w.y..z.z.zsb..b....c...d.....f..h...kl...n..o...p.....t.t..u...y.z..\
    .............d..l..n.a.i.o.u.u.u.u.ue.a.a.a.g.g.k.o.o..j..d.g...n.a.a.o.a.a.e.e.i.i.o.o.r.r.u.u.s.t.g.h.d...z\
    .a.e.o.o.o.o.ylntj....c..sz......e.j.q.r.y";

/// The base letters of every second letter from U+1E01 (ḁ) on, most of which are Vietnamese; a dot where there is none.
const MORE: &[u8; 128] = b"\
    abbbcdddddeeeeefghhhhhiikkkllllmmmnnnnoooopprrrrsssssttttuuuuuvvwwwwwxxyzzztys..aaaaaaaaaaaaeeeeeeeeiioooooooo\
    oooouuuuuuuyyyy...";

/// Pairs of a letter of another alphabet and its base letter, or the letter that people type instead.
const PAIRS: &str = "άαέεήηίιόούυώωϊιϋυΐιΰυςσёейиїіўуѐеѝиќкѓгأاإاآاٱاىيةهؤوئيکكیي";

/// The lower case of a character; other characters are returned unchanged.
pub fn small(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let code = u32::from(c);
    let within = |run: &&(u16, u16, i16, u16)| {
        let (first, last) = (u32::from(run.0), u32::from(run.1));
        (first..=last).contains(&code) && (code - first) % u32::from(run.3) == 0
    };
    let found = CAPITALS.iter().find(within);
    found.and_then(|run| char::from_u32(code.wrapping_add_signed(run.2.into()))).unwrap_or(c)
}

/// The upper case of a character; other characters are returned unchanged.
pub fn capital(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_uppercase();
    }
    let before = |run: &(u16, u16, i16, u16)| {
        char::from_u32(u32::from(c).wrapping_add_signed(-i32::from(run.2)))
            .filter(|it| *it != c && small(*it) == c)
    };
    CAPITALS.iter().find_map(before).unwrap_or(c)
}

/// Whether the character has an upper and a lower case.
pub fn has_case(c: char) -> bool {
    small(c) != c || capital(c) != c
}

/// A text in lower case.
pub fn in_small(text: &str) -> String {
    text.chars().map(small).collect()
}

/// The form in which characters are compared when searching: lower case, without diacritics, in the normal width.
/// Katakana becomes hiragana.
pub fn plain(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let code = u32::from(c);
    let moved = |by: u32| char::from_u32(code - by).unwrap_or(c);
    match code {
        0x4e00..=0x9fff => c,
        0x30a1..=0x30f6 => moved(0x60),
        0xff01..=0xff5e => moved(0xfee0).to_ascii_lowercase(),
        0x3000 => ' ',
        _ => bare(small(c)),
    }
}

fn bare(c: char) -> char {
    let code = u32::from(c) as usize;
    let known = match code {
        0xdf..=0x24f => BARE.get(code - 0xdf),
        0x1e00..=0x1eff => MORE.get((code - 0x1e00) / 2),
        0x370..=0x6ff => {
            let mut pairs = PAIRS.chars();
            while let (Some(marked), Some(bare)) = (pairs.next(), pairs.next()) {
                if marked == c {
                    return bare;
                }
            }
            None
        }
        _ => None,
    };
    known.filter(|bare| **bare != b'.').map_or(c, |bare| char::from(*bare))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_living_alphabets_have_their_capitals() {
        for c in "äéñøžąőŵабвђїґѝαωάϋաֆ".chars() {
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
    fn a_small_letter_is_what_the_standard_library_says() {
        // The tables leave out letters that occur only in phonetics, historic texts and a few dictionaries.
        let out = |c: &char| !matches!(*c, '\u{180}'..='\u{24f}' | '\u{370}'..='\u{385}' | '\u{3cf}'..='\u{3ff}' | 'İ');
        for c in ('\0'..'\u{560}').chain('\u{1e00}'..'\u{1f00}').filter(out) {
            assert_eq!(c.to_lowercase().next(), Some(small(c)), "{c}");
        }
        for c in '\u{180}'..='\u{24f}' {
            assert!(small(c) == c || c.to_lowercase().next() == Some(small(c)), "{c}");
        }
    }

    #[test]
    fn what_is_looked_for_has_no_accents() {
        assert_eq!("CaféÅ明".chars().map(plain).collect::<String>(), "cafea明");
        assert_eq!("ẤßŁøŞ".chars().map(plain).collect::<String>(), "aslos");
        assert_eq!("Ёжик Ώρα إ ＡＢ１ カな".chars().map(plain).collect::<String>(), "ежик ωρα ا ab1 かな");
    }

    #[test]
    fn what_has_no_accent_stays_so() {
        for c in '\0'..'\u{3000}' {
            assert_eq!(plain(plain(c)), plain(c), "{c}");
        }
    }
}

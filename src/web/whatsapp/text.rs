//! Parsing and comparing texts of the page. No DOM is needed.

/// The vertical offset of a `transform`, in px. `None` if it has none.
pub(super) fn vertical(transform: &str) -> Option<f64> {
    let (name, rest) = transform.trim().split_once('(')?;
    let mut arguments = rest.split(')').next()?.split(',');
    let y = match name {
        "translateY" => arguments.next()?,
        "translate" | "translate3d" => arguments.nth(1)?,
        _ => return None,
    };
    let y = y.trim();
    decimal(y.strip_suffix("px").unwrap_or(y))
}

/// Parses a number of a style, such as `-76.5`. The standard library's parser costs ten kilobytes of Wasm.
pub(super) fn decimal(text: &str) -> Option<f64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1.0, text), |digits| (-1.0, digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let parts = (0..part.len()).fold(1.0, |parts, _| parts * 10.0);
    let read = |digits: &str| digits.parse::<u64>().ok().map(|it| it as f64);
    Some(sign * (read(whole)? + read(part)? / parts))
}

/// The number on a badge, in any script. `None` for anything else.
pub(super) fn count(badge: &str) -> Option<u32> {
    let mut count = None;
    for c in badge.trim().chars() {
        match digit(c) {
            Some(digit) => count = Some(count.unwrap_or(0u32).saturating_mul(10).saturating_add(digit)),
            // Separators of thousands, and "99+".
            None if ".,+'\u{66c}\u{a0}\u{202f}".contains(c) => {}
            None => return None,
        }
    }
    count
}

fn digit(c: char) -> Option<u32> {
    // Arabic, Persian, Devanagari and Bengali digits: the scripts WhatsApp is localised to.
    let zeros = ['0', '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}'];
    zeros.into_iter().find_map(|zero| (c as u32).checked_sub(zero as u32).filter(|it| *it < 10))
}

/// Normalises a title for comparison. A row has the title as an attribute, the header draws its emoji as images, and
/// direction marks differ. A phone number becomes its digits, because the grouping differs.
pub(super) fn title_key(title: &str) -> String {
    let visible = title.chars().filter(|c| !is_invisible(*c)).collect::<String>();
    let words = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_number = words.starts_with('+')
        && words.chars().filter(char::is_ascii_digit).count() >= 7
        && words.chars().all(|c| c.is_ascii_digit() || "+-() ".contains(c));
    if is_number { words.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect() } else { words }
}

/// Whether a label contains a title, ignoring spaces and direction marks.
pub(super) fn contains_title(label: &str, title: &str) -> bool {
    let visible =
        |text: &str| -> String { text.chars().filter(|c| !is_invisible(*c) && !c.is_whitespace()).collect() };
    visible(label).contains(&visible(title))
}

/// Whether two texts have the same lines, ignoring differences of white space.
pub(super) fn same_text(a: &str, b: &str) -> bool {
    let line = |line: &str| {
        let visible = line.chars().filter(|c| !is_invisible(*c)).collect::<String>();
        visible.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    let lines = |text: &str| text.split('\n').map(line).collect::<Vec<_>>();
    lines(a) == lines(b)
}

fn is_invisible(c: char) -> bool {
    // Marks of direction, zero-width characters but the joiner (emoji are made with it), and the emoji variation
    // selector, which pictures drop.
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fe0f}')
}

/// Splits a text at an offset in UTF-16 units, which the DOM counts in.
pub(super) fn split_utf16(text: &str, at: usize) -> (&str, &str) {
    let mut units = 0;
    for (byte, c) in text.char_indices() {
        if units >= at {
            return text.split_at(byte);
        }
        units += c.len_utf16();
    }
    (text, "")
}

/// The length in UTF-16 units.
pub(super) fn utf16_len(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transforms() {
        let cases = [
            ("translateY(228px)", Some(228.0)),
            ("translateY(0px)", Some(0.0)),
            (" translateY(-76.5px) ", Some(-76.5)),
            ("translate(4px, 72px)", Some(72.0)),
            ("translate3d(0px, 152px, 0px)", Some(152.0)),
            ("translateX(9px)", None),
            ("none", None),
            ("", None),
            ("translateY(", None),
        ];
        for (transform, y) in cases {
            assert_eq!(vertical(transform), y, "{transform}");
        }
    }

    #[test]
    fn badges() {
        for (badge, number) in
            [("2", 2), (" 99+", 99), ("1.234", 1234), ("٣", 3), ("१२", 12), ("4\u{a0}000", 4000)]
        {
            assert_eq!(count(badge), Some(number), "{badge}");
        }
        for badge in ["", "+", "Unread", "Maybe 2", "@"] {
            assert_eq!(count(badge), None, "{badge}");
        }
        assert_eq!(count("99999999999"), Some(u32::MAX));
    }

    #[test]
    fn a_title_is_known_by_what_is_read() {
        assert_eq!(title_key(" Mei\u{a0} Lin "), "Mei Lin");
        assert_eq!(title_key("Ann \u{2764}\u{fe0f}"), title_key("Ann \u{2764}"));
        assert_eq!(title_key("\u{202a}+55 43 9123-4567\u{202c}"), "+554391234567");
        assert_eq!(title_key("+1 team"), "+1 team");
        assert_ne!(title_key("Ann"), title_key("ann"));
    }

    #[test]
    fn labels_name_chats_in_every_language() {
        for (label, title) in [
            ("Type to Mei Lin", "Mei Lin"),
            ("Escribe a Tomás.", "Tomás"),
            ("اكتب إلى \u{2066}+49 170 1234567\u{2069}", "+49 170 1234567"),
            ("Ввести в чат «Анна ❤️»", "Анна ❤"),
        ] {
            assert!(contains_title(label, title), "{label}");
        }
        assert!(!contains_title("Type to Mei Lin", "Jonas Weber"));
    }

    #[test]
    fn texts_differ_by_lines_not_by_spaces() {
        assert!(same_text("a\u{a0}b\nc ", "a b\nc"));
        assert!(!same_text("a\nb", "a b"));
        assert!(!same_text("a\n\nb", "a\nb"));
        assert!(!same_text("", "a"));
        assert!(same_text("\u{1f469}\u{200d}\u{1f4bb}", "\u{1f469}\u{200d}\u{1f4bb}"));
        assert!(!same_text("\u{1f469}\u{200d}\u{1f4bb}", "\u{1f469}\u{1f4bb}"));
    }

    #[test]
    fn places_are_counted_as_the_page_counts() {
        assert_eq!(split_utf16("a\u{1f44b}b", 3), ("a\u{1f44b}", "b"));
        assert_eq!(split_utf16("ab", 9), ("ab", ""));
        assert_eq!(split_utf16("ab", 0), ("", "ab"));
        assert_eq!(utf16_len("a\u{1f44b}b"), 4);
    }
}

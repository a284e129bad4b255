//! The names of fields, and the built-in fields.

use crate::letters::in_small;

/// The most characters of a field's name.
pub const NAME_CHARS: usize = 40;

/// The fields that Baton fills in by itself, if it knows their values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // The names are those of the fields.
pub enum BuiltIn {
    Name,
    FirstName,
    Agent,
    Greeting,
    Date,
    Time,
    Eta,
    Cursor,
    Clipboard,
}

impl BuiltIn {
    /// All of them.
    pub const ALL: [BuiltIn; 9] = [
        BuiltIn::Name,
        BuiltIn::FirstName,
        BuiltIn::Agent,
        BuiltIn::Greeting,
        BuiltIn::Date,
        BuiltIn::Time,
        BuiltIn::Eta,
        BuiltIn::Cursor,
        BuiltIn::Clipboard,
    ];

    /// The content of the braces.
    pub fn name(self) -> &'static str {
        match self {
            BuiltIn::Name => "name",
            BuiltIn::FirstName => "first_name",
            BuiltIn::Agent => "agent",
            BuiltIn::Greeting => "greeting",
            BuiltIn::Date => "date",
            BuiltIn::Time => "time",
            BuiltIn::Eta => "eta",
            BuiltIn::Cursor => "cursor",
            BuiltIn::Clipboard => "clipboard",
        }
    }

    /// The one with this name, in capital or small letters.
    pub fn of(name: &str) -> Option<BuiltIn> {
        BuiltIn::ALL.into_iter().find(|it| it.name().eq_ignore_ascii_case(name))
    }
}

/// Whether a team's field of this name would never be seen, because Baton fills in something of its own: the name is
/// that of a [`BuiltIn`], or that of a date so many days away.
pub fn is_built_in(name: &str) -> bool {
    BuiltIn::of(name).is_some() || days(name).is_some()
}

/// The name by which fields are the same: that in small letters.
pub fn fold(name: &str) -> String {
    in_small(name)
}

/// Whether a field may be called so: letters of any script, digits, `_`, `-` and single spaces between them, one
/// letter at least, and [`NAME_CHARS`] at most. So `{3}` of a pattern or a listing is no field.
pub fn is_name(name: &str) -> bool {
    let mut count = 0;
    let mut has_letter = false;
    let mut before = ' ';
    for c in name.chars() {
        count += 1;
        let fits = match c {
            ' ' => before != ' ',
            '_' | '-' => true,
            _ => c.is_alphanumeric() || is_mark(c),
        };
        if !fits || count > NAME_CHARS {
            return false;
        }
        has_letter |= c.is_alphabetic();
        before = c;
    }
    has_letter && before != ' '
}

/// Signs that letters of some scripts are written with and that are not letters themselves: accents that combine,
/// the silencers of India's and Southeast Asia's scripts, the joiners between letters.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}'
        | '\u{591}'..='\u{5bd}'
        | '\u{64b}'..='\u{65f}'
        | '\u{900}'..='\u{963}'
        | '\u{981}'..='\u{dff}'
        | '\u{e31}'..='\u{e4e}'
        | '\u{eb1}'..='\u{ece}'
        | '\u{f71}'..='\u{f84}'
        | '\u{102b}'..='\u{103e}'
        | '\u{17b4}'..='\u{17d3}'
        | '\u{200c}' | '\u{200d}')
}

/// How many days away `date`, `date+3` and `date-1` are; `None` for any other name.
pub(super) fn days(name: &str) -> Option<i32> {
    let (word, rest) = name.split_at_checked("date".len())?;
    if !word.eq_ignore_ascii_case("date") {
        return None;
    }
    if rest.is_empty() {
        return Some(0);
    }
    let (sign, digits) = match rest.strip_prefix('+') {
        Some(digits) => (1, digits),
        None => (-1, rest.strip_prefix('-')?),
    };
    let are_digits = (1..=4).contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_digit());
    if are_digits { digits.parse::<i32>().ok().map(|days| sign * days) } else { None }
}

/// What a chat is called, if that is somebody's name: the number of somebody who is in nobody's address book is none,
/// not even with a word beside it.
pub fn title_as_name(title: &str) -> Option<&str> {
    let title = title.trim_matches(|c: char| c.is_whitespace() || is_direction(c));
    let letters = title.chars().filter(|c| c.is_alphabetic()).count();
    let digits = title.chars().filter(|c| c.is_numeric()).count();
    let is_number = letters == 0 || (digits > 5 && digits > letters);
    (!is_number).then_some(title)
}

/// The first name in a name. A name in Chinese, Japanese or Korean letters stays whole: its first word, if it has
/// words, is the family's.
pub(super) fn first_name(name: &str) -> &str {
    let is_whole = name.chars().any(|c| {
        matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
    });
    if is_whole { name } else { name.split_whitespace().next().unwrap_or(name) }
}

/// The invisible characters that turn the direction of writing. WhatsApp puts them around numbers.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

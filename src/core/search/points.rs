//! The worth of a match, which depends on how a word matched and in which fields of the reply.

/// How a word of the query was matched, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A whole word, or characters that are all of a name.
    Whole,
    /// A word's beginning.
    Begin,
    /// Characters next to each other.
    Together,
    /// The initials of all words of a name.
    AllInitials,
    /// The initials of its first words.
    FirstInitials,
    /// A word, or characters, with one wrong letter.
    OneTypo,
    /// Characters in their order, or the beginnings of some words.
    Apart,
    /// A word's beginning with one wrong letter.
    BeginOneTypo,
    /// The inside of a word.
    Inside,
    /// Some letters of a word in their order, among them its first.
    Letters,
    /// The initials of some words in the middle.
    Initials,
    /// A word with two wrong letters.
    TwoTypos,
    /// A word's beginning with two wrong letters.
    BeginTwoTypos,
}

const KINDS: usize = 13;

/// The fields of a reply that contain a word, as a bit set.
pub(super) type Places = u32;
/// The title begins with it.
pub(super) const TITLE_BEGIN: Places = 1;
/// It is in the title.
pub(super) const TITLE: Places = 2;
/// It is the shortcut.
pub(super) const SHORTCUT: Places = 4;
/// It is in the name of the folder or a tag, or a part of the shortcut.
pub(super) const NAME: Places = 8;
/// It is in the body.
pub(super) const BODY: Places = 16;
/// How many bits there are.
pub(super) const PLACES: u32 = 5;

/// The worth of a word's match: its quality, and in the lowest [`FINE`] bits a tie-breaker.
pub(super) type Worth = u16;
pub(super) const FINE: u32 = 3;

/// A whole word of the title.
pub(super) const WHOLE_TITLE: u32 = 100;
/// A whole shortcut.
pub(super) const WHOLE_SHORTCUT: u32 = 130;
/// A shortcut's beginning. Whoever types it has a shortcut in mind.
pub(super) const BEGIN_SHORTCUT: u32 = 105;

/// The quality of a match in title, name and body, out of 100. An exact match anywhere beats a typo in the same field.
/// Matches in bodies are worth less: with so many words, most of the similar ones are coincidences.
const QUALITY: [[u16; 3]; KINDS] = [
    [WHOLE_TITLE as u16, 80, 66], // Whole
    [90, 74, 56],                 // Begin
    [92, 76, 60],                 // Together
    [84, 70, 0],                  // AllInitials
    [76, 62, 0],                  // FirstInitials
    [72, 58, 42],                 // OneTypo
    [70, 56, 0],                  // Apart
    [64, 50, 34],                 // BeginOneTypo
    [62, 50, 40],                 // Inside
    [58, 44, 0],                  // Letters
    [54, 40, 0],                  // Initials
    [52, 40, 26],                 // TwoTypos
    [44, 32, 18],                 // BeginTwoTypos
];

/// The points of matches, by kind and places.
pub(super) static WORTH: [[Worth; 1 << PLACES]; KINDS] = worth();

const fn worth() -> [[Worth; 1 << PLACES]; KINDS] {
    let mut table = [[0; 1 << PLACES]; KINDS];
    let mut kind = 0;
    while kind < KINDS {
        let mut places = 0;
        while places < 1 << PLACES {
            let [title, name, body] = QUALITY[kind];
            let quality = if places & SHORTCUT != 0 && kind == Kind::Whole as usize {
                WHOLE_SHORTCUT as u16
            } else if places & SHORTCUT != 0 && kind == Kind::Begin as usize {
                BEGIN_SHORTCUT as u16
            } else if places & (TITLE | TITLE_BEGIN | SHORTCUT) != 0 {
                title
            } else if places & NAME != 0 {
                name
            } else {
                body
            };
            let fine = if quality == 0 {
                0
            } else if places & TITLE_BEGIN != 0 {
                2
            } else {
                (places & TITLE != 0) as u16
            };
            table[kind][places as usize] = (quality << FINE) | fine;
            places += 1;
        }
        kind += 1;
    }
    table
}

/// The points of a match.
#[inline]
pub(super) fn of(kind: Kind, places: Places) -> Worth {
    WORTH[kind as usize][(places % (1 << PLACES)) as usize]
}

//! Chords: a key with its modifiers, read off a key event so that a key that types a character is never one.

/// A key with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chord {
    /// Control, or Command on a Mac.
    pub command: bool,
    /// The Control key of a Mac.
    pub control: bool,
    /// Alt, or Option on a Mac.
    pub alt: bool,
    /// The letter or sign, in lower case.
    pub key: char,
}

/// The parts of a key event that decide about its chord.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)] // The names are those of the browsers' `KeyboardEvent`.
pub struct KeyPress {
    pub key: String,
    pub code: String,
    pub ctrl: bool,
    pub meta: bool,
    pub alt: bool,
    pub shift: bool,
    /// Whether AltGraph is on, with which many layouts type further characters.
    pub alt_graph: bool,
}

impl Chord {
    /// A letter with the modifiers that Baton's own chords have: Alt, and on a Mac, where ⌥ types characters, ⌃⌘.
    pub const fn usual(key: char, mac: bool) -> Chord {
        Chord { command: mac, control: mac, alt: !mac, key }
    }

    /// Returns the chord of a key event. `None` if the event types a character with modifiers: ⌥ on a Mac, AltGraph, and
    /// Control with Alt, which stands for AltGraph on Windows.
    pub fn of(press: &KeyPress, mac: bool) -> Option<Chord> {
        let KeyPress { key, code, ctrl, meta, alt, shift, alt_graph } = press;
        let types = if mac { *alt && !ctrl && !meta } else { *alt_graph || (*ctrl && *alt) };
        if types || (!mac && *meta) {
            return None;
        }
        let mut letters = key.chars();
        let key = match (letters.next(), letters.next()) {
            (Some(letter), None) if letter.is_ascii_graphic() => letter.to_ascii_lowercase(),
            // Another script's layout, or a letter that a modifier changed: the physical key counts.
            _ if *ctrl || *meta || *alt => code.strip_prefix("Key")?.chars().next()?.to_ascii_lowercase(),
            _ => return None,
        };
        if *shift && key.is_ascii_alphabetic() {
            return None;
        }
        let (command, control) = if mac { (*meta, *ctrl) } else { (*ctrl, false) };
        Some(Chord { command, control, alt: *alt, key })
    }

    /// Whether the chord has a modifier. Without one it is text while the person types.
    pub fn has_modifier(self) -> bool {
        self.command || self.control || self.alt
    }

    /// Returns the chord as this kind of keyboard labels it.
    pub fn label(self, mac: bool) -> String {
        let mut label = String::new();
        if self.control {
            label.push('⌃');
        }
        if self.alt {
            label.push_str(super::alt(mac));
        }
        if self.command {
            label.push_str(if mac { "⌘" } else { "Ctrl+" });
        }
        label.push(self.key.to_ascii_uppercase());
        label
    }

    /// Encodes the chord, such as `ak` for Alt+K.
    pub(super) fn write(self) -> String {
        let mut text = String::new();
        for (on, letter) in [(self.command, 'c'), (self.control, 'x'), (self.alt, 'a')] {
            if on {
                text.push(letter);
            }
        }
        text.push(self.key);
        text
    }

    /// Decodes the output of [`Chord::write`].
    pub(super) fn read(text: &str) -> Option<Chord> {
        let key = text.chars().next_back().filter(char::is_ascii_graphic)?;
        let modifiers = &text[..text.len() - 1];
        let has = |letter| modifiers.contains(letter);
        Some(Chord { command: has('c'), control: has('x'), alt: has('a'), key })
    }
}

/// The other program that uses a chord.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// WhatsApp Web.
    WhatsApp,
    /// Chrome, Firefox or the system.
    Browser,
}

/// Letters that WhatsApp Web uses: with Alt, and on a Mac with ⌘ or ⌃⌘ (its module `WAWebKeyboardShortcuts`, 2026-08).
const WHATSAPP_ALT: &str = "kari";
const WHATSAPP_MAC: &str = "k";
/// Letters that Chrome (address bar, menus) and Firefox (address bar, menu bar) use with Alt, after their lists of
/// shortcuts.
const BROWSER_ALT: &str = "defvsbth";
/// Letters that macOS uses with ⌃⌘: full screen, dictionary, lock screen.
const MAC_CONTROL: &str = "fdq";

/// Returns the other program that uses a chord. With Control, or ⌘ alone, the browsers use nearly every letter.
pub fn owner(chord: Chord, mac: bool) -> Option<Owner> {
    let Chord { command, control, alt, key } = chord;
    let (whatsapp, browser) = match (mac, command, control, alt) {
        (false, false, _, true) => (WHATSAPP_ALT.contains(key), BROWSER_ALT.contains(key)),
        (true, true, true, false) => (WHATSAPP_MAC.contains(key), MAC_CONTROL.contains(key)),
        (true, true, false, false) => (WHATSAPP_MAC.contains(key), key.is_ascii_alphanumeric()),
        // In a text field, macOS moves the caret with ⌃ and a letter.
        (true, false, true, _) | (false, true, _, _) => (false, key.is_ascii_alphanumeric()),
        _ => (false, false),
    };
    match (whatsapp, browser) {
        (true, _) => Some(Owner::WhatsApp),
        (false, true) => Some(Owner::Browser),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: &str, code: &str, modifiers: &str) -> KeyPress {
        let has = |name: &str| modifiers.split('+').any(|it| it == name);
        KeyPress {
            key: key.into(),
            code: code.into(),
            ctrl: has("ctrl"),
            meta: has("meta"),
            alt: has("alt"),
            shift: has("shift"),
            alt_graph: has("altgr"),
        }
    }

    #[test]
    fn a_key_that_types_a_character_is_no_chord() {
        for (mac, key, code, modifiers) in [
            (true, "œ", "KeyQ", "alt"),             // US
            (true, "ą", "KeyA", "alt"),             // Polish
            (true, "@", "KeyL", "alt"),             // German
            (true, "ç", "KeyC", "alt"),             // US
            (true, "Dead", "KeyN", "alt"),          // US: a tilde follows
            (false, "@", "KeyQ", "altgr"),          // German, Linux
            (false, "@", "KeyQ", "ctrl+alt"),       // German, Windows
            (false, "ć", "KeyC", "ctrl+alt+altgr"), // Polish, Windows
            (false, "Dead", "Equal", ""),
            (false, "Process", "KeyQ", ""), // an input method
            (false, "é", "Digit2", ""),     // French
            (false, "Q", "KeyQ", "shift"),
        ] {
            assert_eq!(Chord::of(&press(key, code, modifiers), mac), None, "{key} {modifiers}");
        }
    }

    #[test]
    fn chords_are_read_on_all_layouts() {
        for (mac, key, code, modifiers) in [
            (false, "q", "KeyQ", "alt"),
            (false, "й", "KeyQ", "alt"), // Russian
            (false, "q", "KeyA", "alt"), // French: the letter counts, not the place
            (true, "q", "KeyQ", "ctrl+meta"),
            (true, "й", "KeyQ", "ctrl+meta"),
            (true, "\u{11}", "KeyQ", "ctrl+meta"),
        ] {
            assert_eq!(Chord::of(&press(key, code, modifiers), mac), Some(Chord::usual('q', mac)), "{key}");
        }
        let bare = Chord { command: false, control: false, alt: false, key: '?' };
        assert_eq!(Chord::of(&press("?", "Slash", "shift"), false), Some(bare));
    }

    #[test]
    fn chords_read_back() {
        for chord in [
            Chord::usual('q', false),
            Chord::usual('j', true),
            Chord { command: true, ..Chord::usual('x', false) },
        ] {
            assert_eq!(Chord::read(&chord.write()), Some(chord));
        }
        for nonsense in ["", "\u{7}", "é"] {
            assert_eq!(Chord::read(nonsense), None);
        }
    }
}

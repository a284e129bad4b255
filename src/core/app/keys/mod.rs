//! Keyboard shortcuts, in one table that is also shown as help.

pub mod view;

use crate::app::effect::{Effect, Spot};
use crate::app::surface::{Surface, Surfaces};

/// The action of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Opens or closes the palette.
    Palette,
    /// Opens or closes the tag picker for the open chat.
    TagChat,
    /// Claims or releases the open chat.
    ClaimOrRelease,
    /// Opens or closes the hand-over form for the open chat.
    HandOver,
    /// Begins a new reply with a message of the person's own.
    SaveReply,
    /// Opens or collapses the sidebar.
    Sidebar,
    /// Opens or closes the list of keys.
    Help,
}

/// A key with its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chord {
    /// Control, or Command on a Mac.
    pub command: bool,
    /// Alt, or Option on a Mac.
    pub alt: bool,
    /// The letter or sign, in lower case.
    pub key: char,
}

/// Every action, its message in `_locales`, and its chord.
pub const KEYS: [(Action, &str, Chord); 7] = [
    (Action::Palette, "keys_palette", Chord { command: true, alt: false, key: 'k' }),
    (Action::TagChat, "keys_tag", Chord { command: false, alt: true, key: 't' }),
    (Action::ClaimOrRelease, "keys_claim", Chord { command: false, alt: true, key: 'a' }),
    (Action::HandOver, "keys_hand_over", Chord { command: false, alt: true, key: 'h' }),
    (Action::SaveReply, "keys_save_reply", Chord { command: false, alt: true, key: 'r' }),
    (Action::Sidebar, "keys_sidebar", Chord { command: false, alt: true, key: 's' }),
    (Action::Help, "keys_help", Chord { command: false, alt: false, key: '?' }),
];

/// The signs that open the palette when they are typed twice. The second sign of each pair is the one that Chinese
/// input methods produce. `/` is missing, because WhatsApp uses it.
pub const SIGNS: [(char, char); 6] =
    [(';', '；'), (',', '，'), (':', '：'), ('!', '！'), ('#', '＃'), ('\\', '、')];

/// The person's choice of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keys {
    /// The chord that opens the palette.
    pub palette: Chord,
    /// The sign that opens the palette when it is typed twice: the first of a pair of [`SIGNS`].
    pub sign: char,
}

impl Default for Keys {
    fn default() -> Keys {
        Keys { palette: Chord { command: true, alt: false, key: 'k' }, sign: ';' }
    }
}

impl Keys {
    /// Encodes the keys as one line, to be stored in this browser.
    pub fn write(self) -> String {
        let Chord { command, alt, key } = self.palette;
        let modifiers = [if command { "c" } else { "" }, if alt { "a" } else { "" }].concat();
        format!("{modifiers} {key} {}", self.sign)
    }

    /// Decodes the output of [`Keys::write`]. Invalid parts are replaced by the defaults.
    pub fn read(line: &str) -> Keys {
        let usual = Keys::default();
        let mut parts = line.split(' ');
        let modifiers = parts.next().unwrap_or_default();
        let mut sign = || parts.next().and_then(|part| part.chars().next());
        let (key, sign) = (sign(), sign());
        let chord = |key| Chord { command: modifiers.contains('c'), alt: modifiers.contains('a'), key };
        Keys {
            palette: key.map(chord).filter(|chord| is_free(*chord)).unwrap_or(usual.palette),
            sign: sign.filter(|sign| SIGNS.iter().any(|(it, _)| it == sign)).unwrap_or(usual.sign),
        }
    }

    /// Returns the action of a chord. While the person types, chords without a modifier are text and have no action.
    pub fn action_of(self, chord: Chord, typing: bool) -> Option<Action> {
        if chord == self.palette {
            return Some(Action::Palette);
        }
        let bare = !chord.command && !chord.alt;
        let fixed = KEYS.iter().filter(|(action, ..)| *action != Action::Palette);
        let mut fits = fixed.filter(|(_, _, of)| *of == chord && !(bare && typing));
        fits.next().map(|(action, ..)| *action)
    }

    /// Returns the chord of an action.
    pub fn chord_of(self, action: Action) -> Option<Chord> {
        if action == Action::Palette {
            return Some(self.palette);
        }
        KEYS.iter().find(|(of, ..)| *of == action).map(|(.., chord)| *chord)
    }

    /// Whether a character is the chosen sign, in either of its two forms.
    pub fn is_sign(self, c: char) -> bool {
        SIGNS.iter().any(|(one, other)| *one == self.sign && (c == *one || c == *other))
    }

    /// The prefix that is typed before a reply's shortcut.
    pub fn trigger(self) -> String {
        [self.sign, self.sign].iter().collect()
    }
}

/// Opens or closes the list of keys.
pub(super) fn toggle_help(surfaces: &mut Surfaces) -> Vec<Effect> {
    let surface = (!surfaces.is_helping()).then_some((Surface::Help, Spot::Help));
    surfaces.toggle(surface, |it| matches!(it, Surface::Help))
}

/// The prefix of a chord's label for the Alt key.
pub fn alt(mac: bool) -> &'static str {
    if mac { "⌥" } else { "Alt+" }
}

/// Whether a person can choose this chord: it has a modifier, so that it is not text, and no other action uses it.
pub fn is_free(chord: Chord) -> bool {
    let taken = KEYS.iter().any(|(action, _, of)| *action != Action::Palette && *of == chord);
    (chord.command || chord.alt) && chord.key.is_ascii_graphic() && !taken
}

impl Chord {
    /// Returns the chord as this kind of keyboard labels it.
    pub fn label(self, mac: bool) -> String {
        let mut label = String::new();
        if self.command {
            label.push_str(if mac { "⌘" } else { "Ctrl+" });
        }
        if self.alt {
            label.push_str(alt(mac));
        }
        label.push(self.key.to_ascii_uppercase());
        label
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chord(command: bool, alt: bool, key: char) -> Chord {
        Chord { command, alt, key }
    }

    #[test]
    fn chords_are_exact_and_bare_ones_are_text_while_typing() {
        let keys = Keys::default();
        assert_eq!(keys.action_of(chord(true, false, 'k'), true), Some(Action::Palette));
        assert_eq!(keys.action_of(chord(true, true, 'k'), true), None);
        assert_eq!(keys.action_of(chord(false, false, '?'), false), Some(Action::Help));
        assert_eq!(keys.action_of(chord(false, false, '?'), true), None);
    }

    #[test]
    fn chosen_keys_read_back_and_what_can_not_be_chosen_is_left_as_usual() {
        let keys = Keys { palette: chord(true, true, 'j'), sign: ',' };
        assert_eq!(Keys::read(&keys.write()), keys);
        assert_eq!(keys.action_of(chord(true, true, 'j'), true), Some(Action::Palette));
        assert_eq!(keys.action_of(chord(true, false, 'k'), true), None);
        assert!(keys.is_sign('，') && keys.is_sign(',') && !keys.is_sign(';'));
        for nonsense in ["", " ", "c", "a t ;", " k /", "c \u{7} \0"] {
            assert_eq!(Keys::read(nonsense), Keys::default(), "{nonsense:?}");
        }
    }

    #[test]
    fn no_two_actions_share_a_chord() {
        for (i, (_, _, chord)) in KEYS.iter().enumerate() {
            assert!(KEYS[i + 1..].iter().all(|(_, _, other)| other != chord), "{}", chord.label(false));
        }
    }
}

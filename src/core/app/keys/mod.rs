//! Keyboard shortcuts: the one table of actions and keys, which the person can change.

pub mod chord;
pub mod view;

use crate::app::context::Context;
use crate::app::effect::{Effect, Preference, Spot};
use crate::app::surface::{Surface, Surfaces};
pub use chord::{Chord, KeyPress, Owner, owner};

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

/// An action whose key can be chosen: its message in `_locales`, and its letter on Windows and Linux, and on a Mac. The
/// letters are those that neither WhatsApp nor a browser uses with the modifiers of [`Chord::usual`]; see [`owner`].
pub const KEYS: [(Action, &str, char, char); 6] = [
    (Action::Palette, "keys_palette", 'q', 'j'),
    (Action::TagChat, "keys_tag", 'l', 'l'),
    (Action::ClaimOrRelease, "keys_claim", 'c', 'c'),
    (Action::HandOver, "keys_hand_over", 'o', 'o'),
    (Action::SaveReply, "keys_save_reply", 'n', 'n'),
    (Action::Sidebar, "keys_sidebar", 'm', 'm'),
];

/// The key of [`Action::Help`], when the person is not typing.
const HELP: char = '?';

/// The signs that open the palette when they are typed twice. The second sign of each pair is the one that Chinese
/// input methods produce. `/` is missing, because WhatsApp uses it.
pub const SIGNS: [(char, char); 6] =
    [(';', '；'), (',', '，'), (':', '：'), ('!', '！'), ('#', '＃'), ('\\', '、')];

/// The first word of the stored line. Lines of earlier versions begin with the modifiers of the palette's chord.
const VERSION: &str = "2";

/// The person's choice of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keys {
    /// The chord of each action in [`KEYS`].
    chords: [Chord; KEYS.len()],
    /// The sign that opens the palette when it is typed twice: the first of a pair of [`SIGNS`].
    pub sign: char,
    /// Whether the keyboard is that of a Mac.
    pub mac: bool,
}

impl Default for Keys {
    fn default() -> Keys {
        Keys::usual(false)
    }
}

impl Keys {
    /// The keys of a person who chose none.
    pub fn usual(mac: bool) -> Keys {
        let chords = KEYS.map(|(.., letter, on_mac)| Chord::usual(if mac { on_mac } else { letter }, mac));
        Keys { chords, sign: ';', mac }
    }

    /// Encodes the keys as one line, to be stored in this browser.
    pub fn write(self) -> String {
        let chords = self.chords.map(Chord::write).join(" ");
        format!("{VERSION} {} {chords}", self.sign)
    }

    /// Decodes the output of [`Keys::write`]. Invalid parts are replaced by the defaults.
    pub fn read(line: &str, mac: bool) -> Keys {
        let mut keys = Keys::usual(mac);
        let mut parts = line.split(' ');
        if parts.next() != Some(VERSION) {
            return keys.read_former(line);
        }
        keys.choose_sign(parts.next());
        for ((action, ..), part) in KEYS.iter().zip(parts) {
            if let Some(chord) = Chord::read(part) {
                keys = keys.with(*action, chord).map_or(keys, |(keys, _)| keys);
            }
        }
        keys
    }

    /// Decodes a line of an earlier version: the modifiers and the key of the palette, and the sign. Its default was a
    /// key of WhatsApp's, so it is dropped.
    fn read_former(mut self, line: &str) -> Keys {
        let mut parts = line.split(' ');
        let (modifiers, key) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let chosen =
            Chord::read(&[modifiers, key].concat()).filter(|chord| owner(*chord, self.mac).is_none());
        self.choose_sign(parts.next());
        chosen.and_then(|chord| self.with(Action::Palette, chord)).map_or(self, |(keys, _)| keys)
    }

    fn choose_sign(&mut self, part: Option<&str>) {
        let sign = part.and_then(|part| part.chars().next());
        self.sign = sign.filter(|sign| SIGNS.iter().any(|(it, _)| it == sign)).unwrap_or(self.sign);
    }

    /// Gives an action another chord. An action that had this chord gets the former one, and is returned. `None` if the
    /// chord has no modifier, so that it would be text, or if the action's key can't be chosen.
    pub fn with(self, action: Action, chord: Chord) -> Option<(Keys, Option<Action>)> {
        let at = KEYS.iter().position(|(of, ..)| *of == action).filter(|_| chord.has_modifier())?;
        let mut keys = self;
        let former = core::mem::replace(keys.chords.get_mut(at)?, chord);
        let other = (0..KEYS.len()).find(|it| *it != at && self.chords.get(*it) == Some(&chord));
        if let Some(swapped) = other.and_then(|it| keys.chords.get_mut(it)) {
            *swapped = former;
        }
        Some((keys, other.and_then(|it| KEYS.get(it)).map(|(action, ..)| *action)))
    }

    /// Returns the action of a chord. While the person types, chords without a modifier are text and have no action.
    pub fn action_of(self, chord: Chord, typing: bool) -> Option<Action> {
        if !chord.has_modifier() {
            return (chord.key == HELP && !typing).then_some(Action::Help);
        }
        let at = self.chords.iter().position(|it| *it == chord)?;
        KEYS.get(at).map(|(action, ..)| *action)
    }

    /// Returns the chord of an action.
    pub fn chord_of(self, action: Action) -> Option<Chord> {
        let at = KEYS.iter().position(|(of, ..)| *of == action)?;
        self.chords.get(at).copied()
    }

    /// Returns the label of an action's key.
    pub fn label(self, action: Action) -> String {
        match self.chord_of(action) {
            Some(chord) => chord.label(self.mac),
            None => HELP.to_string(),
        }
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

/// Opens or closes the list of keys. A person who has seen it knows the keys.
pub(super) fn toggle_help(ctx: &mut Context, surfaces: &mut Surfaces) -> Vec<Effect> {
    let mut effects = know(ctx);
    let surface = (!surfaces.is_helping()).then_some((Surface::Help, Spot::Help));
    effects.extend(surfaces.toggle(surface, |it| matches!(it, Surface::Help)));
    effects
}

/// Records that the person knows the keys, so that the notice about new keys is not shown again.
pub(super) fn know(ctx: &mut Context) -> Vec<Effect> {
    if core::mem::replace(&mut ctx.preferences.knows_keys, true) {
        return vec![];
    }
    vec![Effect::Remember(Preference::KnowsKeys, true)]
}

/// The prefix of a chord's label for the Alt key.
pub fn alt(mac: bool) -> &'static str {
    if mac { "⌥" } else { "Alt+" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_default_is_a_key_of_whatsapps_or_of_a_browsers() {
        for mac in [false, true] {
            let keys = Keys::usual(mac);
            for (at, (action, ..)) in KEYS.iter().enumerate() {
                let chord = keys.chord_of(*action).expect("it has one");
                assert_eq!(owner(chord, mac), None, "{}", chord.label(mac));
                assert!(keys.chords[at + 1..].iter().all(|other| *other != chord), "{}", chord.label(mac));
            }
        }
    }

    #[test]
    fn chords_are_exact_and_bare_ones_are_text_while_typing() {
        let keys = Keys::default();
        let chord = Chord::usual('q', false);
        assert_eq!(keys.action_of(chord, true), Some(Action::Palette));
        assert_eq!(keys.action_of(Chord { command: true, ..chord }, true), None);
        let help = Chord { alt: false, key: '?', ..chord };
        assert_eq!((keys.action_of(help, false), keys.action_of(help, true)), (Some(Action::Help), None));
    }

    #[test]
    fn chosen_keys_read_back_and_what_can_not_be_chosen_is_left_as_usual() {
        for mac in [false, true] {
            let chord = Chord { command: true, ..Chord::usual('y', mac) };
            let (mut keys, other) = Keys::usual(mac).with(Action::TagChat, chord).expect("it has modifiers");
            assert_eq!(other, None);
            keys.sign = ',';
            assert_eq!(Keys::read(&keys.write(), mac), keys);
            assert!(keys.is_sign('，') && keys.is_sign(',') && !keys.is_sign(';'));
        }
        for nonsense in ["", " ", "2", "2 / q", "2 \u{7} \0", "c k ;", "c"] {
            assert_eq!(Keys::read(nonsense, false), Keys::usual(false), "{nonsense:?}");
        }
        let bare = Chord { alt: false, ..Chord::usual('y', false) };
        assert_eq!(Keys::usual(false).with(Action::TagChat, bare), None);
    }

    #[test]
    fn a_key_of_another_action_is_swapped() {
        let tag = Keys::default().chord_of(Action::TagChat).expect("it has one");
        let (keys, other) = Keys::default().with(Action::Palette, tag).expect("it has modifiers");
        assert_eq!(other, Some(Action::TagChat));
        assert_eq!(keys.label(Action::Palette), "Alt+L");
        assert_eq!(keys.label(Action::TagChat), "Alt+Q");
    }

    #[test]
    fn a_key_that_was_chosen_in_an_earlier_version_stays_unless_whatsapp_uses_it() {
        assert_eq!(Keys::read("a y ,", false).label(Action::Palette), "Alt+Y");
        assert_eq!(Keys::read("a y ,", false).sign, ',');
        assert_eq!(Keys::read("a k ;", false).label(Action::Palette), "Alt+Q");
    }
}

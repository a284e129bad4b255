//! Keys: what each does, in one table that the help shows as it is.

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Opens the quick replies, or closes them.
    Palette,
    /// Opens the list of tags for the open chat.
    TagChat,
    /// Claims the open chat, or releases it.
    ClaimOrRelease,
    /// Hands the open chat over.
    HandOver,
    /// Saves a message of the person's own as a reply.
    SaveReply,
    /// Shows or collapses the sidebar.
    Sidebar,
    /// Shows the keys.
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
    (Action::Palette, "help_palette", Chord { command: true, alt: false, key: 'k' }),
    (Action::TagChat, "help_tag", Chord { command: false, alt: true, key: 't' }),
    (Action::ClaimOrRelease, "help_claim", Chord { command: false, alt: true, key: 'a' }),
    (Action::HandOver, "help_hand_over", Chord { command: false, alt: true, key: 'h' }),
    (Action::SaveReply, "help_save_reply", Chord { command: false, alt: true, key: 'r' }),
    (Action::Sidebar, "help_sidebar", Chord { command: false, alt: true, key: 's' }),
    (Action::Help, "help_help", Chord { command: false, alt: false, key: '?' }),
];

/// What a chord does. Chords without a modifier are text while somebody types.
pub fn action_of(chord: Chord, typing: bool) -> Option<Action> {
    let bare = !chord.command && !chord.alt;
    KEYS.iter().find(|(_, _, of)| *of == chord && !(bare && typing)).map(|(action, ..)| *action)
}

/// The chord of an action.
pub fn chord_of(action: Action) -> Option<Chord> {
    KEYS.iter().find(|(of, ..)| *of == action).map(|(.., chord)| *chord)
}

impl Chord {
    /// How the chord is written on this kind of keyboard.
    pub fn label(self, mac: bool) -> String {
        let mut label = String::new();
        if self.command {
            label.push_str(if mac { "⌘" } else { "Ctrl+" });
        }
        if self.alt {
            label.push_str(if mac { "⌥" } else { "Alt+" });
        }
        label.push(self.key.to_ascii_uppercase());
        label
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chords_are_exact_and_bare_ones_are_text_while_typing() {
        let chord = |command, alt, key| Chord { command, alt, key };
        assert_eq!(action_of(chord(true, false, 'k'), true), Some(Action::Palette));
        assert_eq!(action_of(chord(true, true, 'k'), true), None);
        assert_eq!(action_of(chord(false, false, '?'), false), Some(Action::Help));
        assert_eq!(action_of(chord(false, false, '?'), true), None);
    }

    #[test]
    fn no_two_actions_share_a_chord() {
        for (i, (_, _, chord)) in KEYS.iter().enumerate() {
            assert!(KEYS[i + 1..].iter().all(|(_, _, other)| other != chord), "{}", chord.label(false));
        }
    }
}

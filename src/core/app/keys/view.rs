//! The keys as they are shown.

use super::{Action, KEYS, Keys};

/// A line of the help: what a key does, and the key.
pub fn help(keys: Keys, mac: bool) -> Vec<(&'static str, String)> {
    let label = |action| keys.chord_of(action).map(|chord| chord.label(mac)).unwrap_or_default();
    let mut lines: Vec<_> = KEYS.iter().map(|(action, name, _)| (*name, label(*action))).collect();
    lines.insert(1, ("keys_trigger", keys.trigger()));
    lines.push(("keys_back", "Esc".to_owned()));
    lines
}

/// The chord of an action that nobody can choose, as it is written on this keyboard.
pub fn key_label(action: Action, mac: bool) -> String {
    Keys::default().chord_of(action).map(|chord| chord.label(mac)).unwrap_or_default()
}

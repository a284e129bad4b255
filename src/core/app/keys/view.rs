//! View of the keys.

use super::{Action, KEYS, Keys};

/// Returns the lines of the help: the message for each key's action, and the key's label.
pub fn help(keys: Keys, mac: bool) -> Vec<(&'static str, String)> {
    let label = |action| keys.chord_of(action).map(|chord| chord.label(mac)).unwrap_or_default();
    let mut lines: Vec<_> = KEYS.iter().map(|(action, name, _)| (*name, label(*action))).collect();
    lines.insert(1, ("keys_trigger", keys.trigger()));
    lines.push(("keys_back", "Esc".to_owned()));
    lines
}

/// Returns the label of an action's default chord; for actions whose chord can't be chosen.
pub fn key_label(action: Action, mac: bool) -> String {
    Keys::default().chord_of(action).map(|chord| chord.label(mac)).unwrap_or_default()
}

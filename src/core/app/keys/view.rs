//! View of the keys.

use super::{Action, KEYS, Keys};

/// Returns the lines of the help: the message for each key's action, and the key's label.
pub fn help(keys: Keys) -> Vec<(&'static str, String)> {
    let mut lines: Vec<_> = KEYS.iter().map(|(action, name, ..)| (*name, keys.label(*action))).collect();
    lines.insert(1, ("keys_trigger", keys.trigger()));
    lines.extend(fixed(keys));
    lines
}

/// Returns the lines of the keys that can't be chosen.
pub fn fixed(keys: Keys) -> [(&'static str, String); 2] {
    [("keys_help", keys.label(Action::Help)), ("keys_back", "Esc".to_owned())]
}

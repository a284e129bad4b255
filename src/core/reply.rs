//! Quick replies and how their fields are filled.

use crate::id::ReplyId;

/// A text the team has one key away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Which.
    pub id: ReplyId,
    /// What it is called in lists.
    pub title: String,
    /// What is typed after `;;`; may be empty.
    pub shortcut: String,
    /// What is inserted, with its `{fields}`.
    pub body: String,
    /// Its fractional index among the replies.
    pub place: String,
}

/// Fills `{name}` and `{agent}` in `body`; every other brace stays as it is written.
///
/// A value is inserted as it is: braces inside it are text, not fields.
pub fn fill(body: &str, name: &str, agent: &str) -> String {
    let mut filled = String::with_capacity(body.len() + name.len() + agent.len());
    let mut rest = body;
    while let Some(open) = rest.find('{') {
        let (before, field) = rest.split_at(open);
        filled.push_str(before);
        let (value, len) = if field.starts_with("{name}") {
            (name, "{name}".len())
        } else if field.starts_with("{agent}") {
            (agent, "{agent}".len())
        } else {
            ("{", 1)
        };
        filled.push_str(value);
        rest = &field[len..];
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn known_fields_are_filled_and_the_rest_is_text() {
        assert_eq!(fill("Hi {name}, {agent} here.", "Mei", "Ben"), "Hi Mei, Ben here.");
        assert_eq!(fill("{name}{name}", "a", "b"), "aa");
        assert_eq!(fill("{unknown} { {name", "a", "b"), "{unknown} { {name");
        assert_eq!(fill("", "a", "b"), "");
        assert_eq!(fill("你好 {name}！\n😀", "李雷", "b"), "你好 李雷！\n😀");
    }

    #[test]
    fn a_value_is_never_read_as_a_field() {
        assert_eq!(fill("{name}", "{agent}", "b"), "{agent}");
        assert_eq!(fill("{{name}}", "a", "b"), "{a}");
    }
}

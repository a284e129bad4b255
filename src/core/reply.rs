//! Quick replies: what one is, and who is offered it.

use crate::id::{MemberId, ReplyId, TagId};

/// A text that is one key away.
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
    /// The folder it is kept in; empty: at the top.
    pub folder: String,
    /// Only in chats that wear one of these tags; none: in all.
    pub tags: Vec<TagId>,
    /// Whose own it is; `None`: the team's.
    pub owner: Option<MemberId>,
    /// Kept, and offered no more.
    pub archived: bool,
    /// Its fractional index among the replies.
    pub place: String,
}

impl Reply {
    /// A reply of the team's with nothing in it yet.
    pub fn new(id: ReplyId) -> Reply {
        let text = String::new;
        Reply {
            id,
            title: text(),
            shortcut: text(),
            body: text(),
            folder: text(),
            tags: Vec::new(),
            owner: None,
            archived: false,
            place: text(),
        }
    }

    /// Whether it is anything to this member: the team's, or their own.
    pub fn is_for(&self, me: Option<MemberId>) -> bool {
        self.owner.is_none() || self.owner == me
    }

    /// Whether it is offered to this member in a chat that wears these tags. As long as it is not known which chat is
    /// open, what belongs to a tag is not shown.
    pub fn is_offered(&self, me: Option<MemberId>, worn: &[TagId]) -> bool {
        let fits = self.tags.is_empty() || self.tags.iter().any(|tag| worn.contains(tag));
        !self.archived && self.is_for(me) && fits
    }
}

/// Tags as a register holds them: ids parted by spaces.
pub fn tags_to_text(tags: &[TagId]) -> String {
    let ids: Vec<String> = tags.iter().map(TagId::to_string).collect();
    ids.join(" ")
}

/// Reads what [`tags_to_text`] wrote. What is no id is left out.
pub fn tags_of_text(text: &str) -> Vec<TagId> {
    text.split(' ').filter_map(|id| id.parse().ok()).collect()
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

//! The template language of quick replies.
//!
//! | Syntax | Meaning |
//! | --- | --- |
//! | `{name}`, `{first_name}`, `{agent}`, `{greeting}`, `{date}`, `{time}`, `{eta}`, `{clipboard}` | a built-in field, see [`BuiltIn`] |
//! | `{date+3}`, `{date-1}` | the date so many days away |
//! | `{cursor}` | the position of the caret afterwards |
//! | `{order number}` | a team field, or a field that the agent is asked for |
//! | `{order number=12}` | the same with a default |
//! | `{a\|b\|c}` | a choice of texts, the first of which is the default; an alternative may be empty |
//! | `{? and so on}` | an optional part: everything behind the `?` can be switched off |
//! | `{;;code}` | an include of the reply with this shortcut |
//! | `{{` | a literal `{` |
//!
//! In a choice, a default and an optional part, `\` escapes a `|`, `{`, `}` or `\` behind it. Anything else is text,
//! including `}`. An invalid `{` is text and also a [`Problem`], so that the author of a reply learns of it, while its
//! users get the text as it was written.
//!
//! ```
//! use baton_core::template::{Answers, Need, Values, fill, needs, parse};
//!
//! let reply = parse("Hi {first_name},{? your order {order number} is} {packed|on its way}.", &|_| None);
//! let values = Values {
//!     name: Some("Mei Lin"),
//!     agent: None,
//!     greeting: &|| "Good morning".into(),
//!     date: &|days| format!("in {days} days"),
//!     time: &|| "09:30".into(),
//!     eta: &|| None,
//!     clipboard: None,
//!     field: &|_| None,
//! };
//! // Nobody knows the order, so the part with it starts off.
//! let mut answers = Answers::default();
//! assert!(matches!(needs(&reply, &values, &answers)[0], Need::Optional { index: 0, on: false, .. }));
//! answers.switch(0, true);
//! assert!(matches!(needs(&reply, &values, &answers)[1], Need::Text { .. }));
//! answers.write("order number", "77");
//! answers.choose(0, 1);
//! assert_eq!(fill(&reply, &values, &answers).text, "Hi Mei, your order 77 is on its way.");
//! ```
//!
//! Parsing can't fail, takes time in proportion to the text, and never goes deeper than [`DEPTH`].

mod fill;
mod include;
mod name;
mod parse;
mod place;
mod print;

pub use fill::{Answers, Filled, Need, Values, fill, needs};
pub use name::{BuiltIn, NAME_CHARS, fold, is_built_in, is_name, title_as_name};
pub use place::{Place, Problem, Trouble};
pub use print::print;

/// How deep optional parts may be nested, and how deep includes.
pub const DEPTH: usize = 8;
/// A reply's text, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// The parts, in order. No two texts stand beside each other.
    pub nodes: Vec<Node>,
    /// The problems for the author, by place.
    pub problems: Vec<Problem>,
}

/// A piece of a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Text, without escapes.
    Text(String),
    /// Something to fill in.
    Field {
        /// The name as it was written. Names that [`fold`] to the same are the same.
        name: String,
        /// The default.
        default: Option<String>,
    },
    /// The date, so many days from today.
    Date(i32),
    /// Where the caret stands afterwards. Only the first one counts.
    Cursor,
    /// One of several texts.
    Choice {
        /// Which choice of the reply it is, counted from 0 in order of appearance, includes included.
        index: usize,
        /// The texts, two at least.
        options: Vec<String>,
    },
    /// A part that can be switched off.
    Part {
        /// Which part of the reply it is, counted from 0 in order of appearance, includes included.
        index: usize,
        /// What stands in it.
        nodes: Vec<Node>,
    },
    /// Another reply.
    Include {
        /// Its shortcut.
        code: String,
        /// What stands in it.
        nodes: Vec<Node>,
    },
}

/// Parses a reply's text. `lookup` returns the text of the reply with a shortcut.
///
/// An include that fails (no such reply, a cycle, or too much text) stays as text.
pub fn parse(text: &str, lookup: &dyn Fn(&str) -> Option<String>) -> Template {
    let mut parsed = parse::parse(text);
    include::include(&mut parsed, lookup);
    let mut nodes = parsed.nodes;
    number(&mut nodes, &mut 0, &mut 0);
    Template { nodes, problems: place::problems(text, parsed.problems) }
}

/// The fields, choices, parts and includes that are still in a draft, and would be sent as they are written. Invalid
/// braces are ignored.
pub fn unfilled(draft: &str) -> Vec<Place> {
    place::places(draft, &parse::parse(draft).found)
}

/// Counts choices and parts, as the [`Answers`] name them.
fn number(nodes: &mut [Node], choices: &mut usize, parts: &mut usize) {
    for node in nodes {
        match node {
            Node::Choice { index, .. } => {
                *index = *choices;
                *choices += 1;
            }
            Node::Part { index, nodes } => {
                *index = *parts;
                *parts += 1;
                number(nodes, choices, parts);
            }
            Node::Include { nodes, .. } => number(nodes, choices, parts),
            Node::Text(_) | Node::Field { .. } | Node::Date(_) | Node::Cursor => {}
        }
    }
}

/// Adds text, to the text before it if there is some.
pub(crate) fn push_text(nodes: &mut Vec<Node>, text: &str) {
    if text.is_empty() {
        return;
    }
    match nodes.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => nodes.push(Node::Text(text.to_owned())),
    }
}

#[cfg(test)]
mod tests;

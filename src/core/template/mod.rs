//! The text of a quick reply, with what is filled in when it is used.
//!
//! | Written | Is |
//! | --- | --- |
//! | `{name}`, `{first_name}`, `{agent}`, `{greeting}`, `{date}`, `{time}`, `{eta}`, `{clipboard}` | what Baton knows, see [`BuiltIn`] |
//! | `{date+3}`, `{date-1}` | the date so many days away |
//! | `{cursor}` | where the caret stands afterwards |
//! | `{order number}` | a field of the team's, or one that is asked |
//! | `{order number=12}` | the same, with what stands there before anybody writes something else |
//! | `{a\|b\|c}` | a choice of texts, the first of which is chosen at first; an alternative may be empty |
//! | `{? and so on}` | a part that can be switched off; all behind the `?` belongs to it |
//! | `{;;code}` | the reply with this shortcut |
//! | `{{` | a `{` |
//!
//! In a choice, in a default and in an optional part, `\` takes its meaning from a `|`, `{`, `}` or `\` behind it.
//! Anything else is text, `}` included. A `{` that starts nothing is text as well and a [`Problem`], so that whoever
//! writes a reply learns of it; whoever uses the reply gets what was written.
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

/// How deep optional parts may stand in each other, and how many replies may include each other in a row.
pub const DEPTH: usize = 8;
/// A reply's text, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Template {
    /// What it consists of, in order. No two texts stand beside each other.
    pub nodes: Vec<Node>,
    /// What its author should look at, by place.
    pub problems: Vec<Problem>,
}

/// A piece of a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// Text, without escapes.
    Text(String),
    /// Something to fill in.
    Field {
        /// What it is called, as it was written. Names that [`fold`] to the same are the same.
        name: String,
        /// What stands there at first.
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
    /// What can be switched off.
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

/// Reads a reply's text. `lookup` gives the text of the reply that has a shortcut.
///
/// A reply that can't be included, because there is none, because it includes itself or because there would be too
/// much of it, stays as text.
pub fn parse(text: &str, lookup: &dyn Fn(&str) -> Option<String>) -> Template {
    let mut parsed = parse::parse(text);
    include::include(&mut parsed, lookup);
    let mut nodes = parsed.nodes;
    number(&mut nodes, &mut 0, &mut 0);
    Template { nodes, problems: place::problems(text, parsed.problems) }
}

/// The fields, choices, parts and includes that still stand in a draft: whoever sends it sends them as they are
/// written. Braces that are anything else are none of our business.
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

//! What a chosen reply asks before it is inserted.

use crate::id::ReplyId;
use crate::template::{Answers, BuiltIn, Filled, Need, Node, Template, Values, fill, needs};

/// A reply that asks something.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// Which reply.
    pub reply: ReplyId,
    /// Whether the palette stays open for another one.
    pub stay: bool,
    /// Its text.
    pub template: Template,
    /// What was answered so far.
    pub answers: Answers,
    /// What is in the clipboard, if it was read.
    pub clipboard: Option<String>,
    /// What was written into each field so far, by its name: the answers take only what is there.
    pub written: Vec<(String, String)>,
}

/// An answer to something that a form asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A field, by its name, and what was written.
    Text(String, String),
    /// A choice and which of its texts.
    Choice(usize, usize),
    /// An optional part, and whether it is wanted.
    Part(usize, bool),
}

/// Whether something that Baton knows stands in a reply.
pub fn mentions(nodes: &[Node], what: BuiltIn) -> bool {
    nodes.iter().any(|node| match node {
        Node::Field { name, .. } => BuiltIn::of(name) == Some(what),
        Node::Part { nodes, .. } | Node::Include { nodes, .. } => mentions(nodes, what),
        Node::Text(_) | Node::Date(_) | Node::Cursor | Node::Choice { .. } => false,
    })
}

impl Form {
    /// What is asked now: what stands in a part that is off is not.
    pub fn needs(&self, values: &Values) -> Vec<Need> {
        needs(&self.template, values, &self.answers)
    }

    /// The text as it is now.
    pub fn fill(&self, values: &Values) -> Filled {
        fill(&self.template, values, &self.answers)
    }

    /// Takes in an answer.
    pub fn answer(&mut self, answer: Answer) {
        match answer {
            Answer::Text(name, text) => {
                self.answers.write(&name, &text);
                self.written.retain(|(it, _)| *it != name);
                self.written.push((name, text));
            }
            Answer::Choice(choice, option) => self.answers.choose(choice, option),
            Answer::Part(part, on) => self.answers.switch(part, on),
        }
    }

    /// What was written into a field.
    pub fn written(&self, name: &str) -> Option<&str> {
        self.written.iter().find(|(it, _)| it == name).map(|(_, text)| text.as_str())
    }
}

//! The form that asks for values before a reply is inserted.

use crate::id::ReplyId;
use crate::template::{Answers, BuiltIn, Filled, Need, Node, Template, Values, fill, needs};

/// The form of a reply.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// The reply's id.
    pub reply: ReplyId,
    /// Whether the palette stays open after the insertion.
    pub stay: bool,
    /// The parsed text.
    pub template: Template,
    /// The answers so far.
    pub answers: Answers,
    /// The text of the clipboard, if it was read.
    pub clipboard: Option<String>,
    /// The text typed into each field, by name.
    pub written: Vec<(String, String)>,
}

/// An answer in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The name of a field, and its text.
    Text(String, String),
    /// The index of a choice, and of the chosen option.
    Choice(usize, usize),
    /// The index of an optional part, and whether it is included.
    Part(usize, bool),
}

/// Whether a text mentions a built-in field.
pub fn mentions(nodes: &[Node], what: BuiltIn) -> bool {
    nodes.iter().any(|node| match node {
        Node::Field { name, .. } => BuiltIn::of(name) == Some(what),
        Node::Part { nodes, .. } | Node::Include { nodes, .. } => mentions(nodes, what),
        Node::Text(_) | Node::Date(_) | Node::Cursor | Node::Choice { .. } => false,
    })
}

impl Form {
    /// The questions that are asked now. A part that is switched off asks none.
    pub fn needs(&self, values: &Values) -> Vec<Need> {
        needs(&self.template, values, &self.answers)
    }

    /// Fills the text with the answers so far.
    pub fn fill(&self, values: &Values) -> Filled {
        fill(&self.template, values, &self.answers)
    }

    /// Stores an answer.
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

    /// Returns the text typed into a field.
    pub fn written(&self, name: &str) -> Option<&str> {
        self.written.iter().find(|(it, _)| it == name).map(|(_, text)| text.as_str())
    }
}

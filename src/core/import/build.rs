//! Builds a reply's text in Baton's grammar from pieces.

use super::Why;
use crate::template::{BuiltIn, DEPTH, NAME_CHARS, Node, Template, is_built_in, is_name, print, push_text};

/// A text that is being built.
#[derive(Default)]
pub(super) struct Build {
    nodes: Vec<Node>,
    /// For each optional part that is open, the nodes before it.
    open: Vec<Vec<Node>>,
}

impl Build {
    /// Returns the text in Baton's grammar. Parts that were never closed are dissolved into their contents.
    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            let inside = core::mem::take(&mut self.nodes);
            self.nodes = self.open.pop().unwrap_or_default();
            inside.into_iter().for_each(|it| self.push(it));
        }
        print(&Template { nodes: self.nodes, problems: Vec::new() })
    }

    pub(super) fn text(&mut self, text: &str) {
        push_text(&mut self.nodes, text);
    }

    pub(super) fn push(&mut self, node: Node) {
        match node {
            Node::Text(text) => self.text(&text),
            node => self.nodes.push(node),
        }
    }

    pub(super) fn extend(&mut self, nodes: &[Node]) {
        nodes.iter().for_each(|it| self.push(it.clone()));
    }

    /// How many optional parts are open.
    pub(super) fn open_parts(&self) -> usize {
        self.open.len()
    }

    /// Begins an optional part. Returns `false` if it would be nested too deep.
    pub(super) fn begin_part(&mut self) -> bool {
        let fits = self.open.len() < DEPTH;
        if fits {
            self.open.push(core::mem::take(&mut self.nodes));
        }
        fits
    }

    /// Ends an optional part. Returns `false` if none is open.
    pub(super) fn end_part(&mut self) -> bool {
        let Some(before) = self.open.pop() else { return false };
        let nodes = core::mem::replace(&mut self.nodes, before);
        if !nodes.is_empty() {
            self.nodes.push(Node::Part { index: 0, nodes });
        }
        true
    }
}

/// The node of a built-in field.
pub(super) fn built_in(which: BuiltIn) -> Node {
    match which {
        BuiltIn::Cursor => Node::Cursor,
        BuiltIn::Date => Node::Date(0),
        other => Node::Field { name: other.name().to_owned(), default: None },
    }
}

/// A field that the agent is asked for, named as in the other tool.
pub(super) fn asked(name: &str, default: Option<&str>) -> Result<Node, Why> {
    let name = field_name(name).ok_or_else(|| Why::UnknownVariable(name.to_owned()))?;
    Ok(Node::Field { name, default: default.filter(|it| !it.is_empty()).map(str::to_owned) })
}

/// Turns the name of another tool's field into a valid one. `name` and `first_name` become Baton's built-in fields. Other
/// names of built-in fields get a `_` at the end, because the other tool asks for them.
pub(super) fn field_name(name: &str) -> Option<String> {
    let mut words: Vec<String> = Vec::new();
    for word in name.split(|c: char| c.is_whitespace() || matches!(c, '.' | '/' | ':')) {
        // A character is kept if it is valid as the second one of a name.
        let fits = |c: &char| *c != ' ' && is_name(&['x', *c].iter().collect::<String>());
        let word: String = word.chars().take(NAME_CHARS).filter(fits).collect();
        if !word.is_empty() && words.len() < NAME_CHARS {
            words.push(word);
        }
    }
    let mut name: String = words.join(" ").chars().take(NAME_CHARS).collect();
    name.truncate(name.trim_end().len());
    let is_customer = matches!(BuiltIn::of(&name), Some(BuiltIn::Name | BuiltIn::FirstName));
    if is_built_in(&name) && !is_customer {
        name = name.replace('+', "_") + "_";
    }
    is_name(&name).then_some(name)
}

/// A choice whose default comes first. A single option becomes text.
pub(super) fn choice<'a>(options: impl IntoIterator<Item = &'a str>, chosen: &str) -> Option<Node> {
    let mut options: Vec<String> = options.into_iter().map(str::to_owned).collect();
    if let Some(at) = options.iter().position(|it| it == chosen) {
        options.get_mut(..=at)?.rotate_right(1);
    }
    match options.as_slice() {
        [] => None,
        [one] => Some(Node::Text(one.clone())),
        _ if options.iter().all(String::is_empty) => None,
        _ => Some(Node::Choice { index: 0, options }),
    }
}

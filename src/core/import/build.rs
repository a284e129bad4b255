//! Making a text of Baton's out of pieces.

use super::Why;
use crate::template::{BuiltIn, DEPTH, NAME_CHARS, Node, Template, is_built_in, is_name, print, push_text};

/// The pieces of a text, in order.
#[derive(Default)]
pub(super) struct Build {
    nodes: Vec<Node>,
    /// The parts that are open, each with what stood before it.
    open: Vec<Vec<Node>>,
}

impl Build {
    /// The text in Baton's grammar. Parts that are still open are text without end, and stay what is in them.
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

    /// How many parts are open.
    pub(super) fn open_parts(&self) -> usize {
        self.open.len()
    }

    /// Begins a part. Returns whether it may stand so deep.
    pub(super) fn begin_part(&mut self) -> bool {
        let fits = self.open.len() < DEPTH;
        if fits {
            self.open.push(core::mem::take(&mut self.nodes));
        }
        fits
    }

    /// Ends a part. Returns whether one was open.
    pub(super) fn end_part(&mut self) -> bool {
        let Some(before) = self.open.pop() else { return false };
        let nodes = core::mem::replace(&mut self.nodes, before);
        if !nodes.is_empty() {
            self.nodes.push(Node::Part { index: 0, nodes });
        }
        true
    }
}

/// What Baton fills in by itself.
pub(super) fn built_in(which: BuiltIn) -> Node {
    match which {
        BuiltIn::Cursor => Node::Cursor,
        BuiltIn::Date => Node::Date(0),
        other => Node::Field { name: other.name().to_owned(), default: None },
    }
}

/// A field that is asked for what another tool calls so.
pub(super) fn asked(name: &str, default: Option<&str>) -> Result<Node, Why> {
    let name = field_name(name).ok_or_else(|| Why::UnknownVariable(name.to_owned()))?;
    Ok(Node::Field { name, default: default.filter(|it| !it.is_empty()).map(str::to_owned) })
}

/// The name of a field, made of what it is called elsewhere. What is called as the customer is taken to be the
/// customer; what is called like anything else that Baton fills in by itself gets a `_`, for it is asked there.
pub(super) fn field_name(name: &str) -> Option<String> {
    let mut words: Vec<String> = Vec::new();
    for word in name.split(|c: char| c.is_whitespace() || matches!(c, '.' | '/' | ':')) {
        // A letter is kept if it could be the second one of a name.
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

/// A choice. The one that is chosen at first comes first. One option is no choice but a text.
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

//! Expansion of includes.

use core::ops::Range;

use super::parse::{Parsed, parse};
use super::place::{Found, Trouble, note};
use super::{DEPTH, Node, fold, push_text};

/// The most bytes that one reply may include: more than WhatsApp accepts as a message. Without a limit, replies that each
/// include the next one twice would grow exponentially.
const BYTES: usize = 256 << 10;
/// The cost of an include besides its text, in bytes, so that empty includes are bounded as well.
const EACH: usize = 16;
/// The most problems inside an included reply that are reported, at the position of the include.
const TROUBLES: usize = 8;

/// Expands all includes. Those that can't be expanded become text.
pub(super) fn include(parsed: &mut Parsed, lookup: &dyn Fn(&str) -> Option<String>) {
    if parsed.includes.is_empty() {
        return;
    }
    let mut including = Including { lookup, within: Vec::new(), left: BYTES, troubles: Vec::new() };
    let mut places = core::mem::take(&mut parsed.includes).into_iter();
    let nodes = core::mem::take(&mut parsed.nodes);
    parsed.nodes = including.top(nodes, &mut places, &mut parsed.problems);
}

struct Including<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
    /// The stack of shortcuts that are being expanded, to detect cycles.
    within: Vec<String>,
    /// How many bytes may still be included.
    left: usize,
    /// The problems inside the current include of the text itself.
    troubles: Vec<Trouble>,
}

impl Including<'_> {
    /// Expands the includes of the text itself. `places` are their ranges, in the same order.
    fn top(
        &mut self,
        nodes: Vec<Node>,
        places: &mut dyn Iterator<Item = Range<usize>>,
        problems: &mut Vec<Found>,
    ) -> Vec<Node> {
        let mut out = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Node::Include { code, .. } => {
                    self.one(code, &mut out);
                    let place = places.next().unwrap_or_default();
                    for trouble in self.troubles.drain(..) {
                        note(problems, place.clone(), trouble);
                    }
                }
                Node::Part { index, nodes } => {
                    out.push(Node::Part { index, nodes: self.top(nodes, places, problems) });
                }
                Node::Text(text) => push_text(&mut out, &text),
                node => out.push(node),
            }
        }
        out
    }

    /// Expands the includes of an included reply.
    fn below(&mut self, nodes: Vec<Node>) -> Vec<Node> {
        let mut out = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Node::Include { code, .. } => self.one(code, &mut out),
                Node::Part { index, nodes } => out.push(Node::Part { index, nodes: self.below(nodes) }),
                Node::Text(text) => push_text(&mut out, &text),
                node => out.push(node),
            }
        }
        out
    }

    fn one(&mut self, code: String, out: &mut Vec<Node>) {
        match self.expand(&code) {
            Ok(nodes) => out.push(Node::Include { code, nodes }),
            Err(trouble) => {
                push_text(out, &["{;;", &code, "}"].concat());
                if self.troubles.len() < TROUBLES && !self.troubles.contains(&trouble) {
                    self.troubles.push(trouble);
                }
            }
        }
    }

    fn expand(&mut self, code: &str) -> Result<Vec<Node>, Trouble> {
        let folded = fold(code);
        if self.within.contains(&folded) {
            return Err(Trouble::Cycle(code.to_owned()));
        }
        if self.within.len() == DEPTH {
            return Err(Trouble::TooDeep);
        }
        let text = (self.lookup)(code).ok_or_else(|| Trouble::UnknownReply(code.to_owned()))?;
        self.left = self.left.checked_sub(text.len() + EACH).ok_or(Trouble::TooLong)?;
        self.within.push(folded);
        let nodes = self.below(parse(&text).nodes);
        self.within.pop();
        Ok(nodes)
    }
}

//! A YAML reader with bounds on depth and expansion.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle};

use super::ReadError;
use super::sink::Fixed;
use super::tree::{DEPTH, Tree, What};

/// How much a file may repeat by aliases, in the unit of [`size`]. Ten lines that each refer to the one before ten times
/// would expand to ten thousand million values.
const REPEATED: usize = 1 << 20;

/// Reads the first document of a text.
pub(super) fn read(text: &str) -> Result<Tree, ReadError> {
    let mut yaml = Yaml { open: Vec::new(), anchors: HashMap::default(), left: REPEATED };
    let mut parser = Parser::new_from_str(text);
    let mut line = 1;
    while let Some(next) = parser.next_event() {
        let (event, span) = next.map_err(|it| ReadError::Malformed { line: it.marker().line() })?;
        line = span.start.line();
        let done = match event {
            Event::Scalar(text, style, anchor, _) => {
                let is_nothing = style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null");
                let what = if is_nothing { What::Nothing } else { What::Text(text.into_owned()) };
                yaml.close(Tree { line, what }, anchor)?
            }
            Event::SequenceStart(anchor, _) => yaml.begin(line, anchor, What::List(Vec::new()))?,
            Event::MappingStart(anchor, _) => yaml.begin(line, anchor, What::Map(Vec::new()))?,
            Event::SequenceEnd | Event::MappingEnd => match yaml.open.pop() {
                Some(open) => yaml.close(Tree { line: open.line, what: open.what }, open.anchor)?,
                None => None,
            },
            Event::Alias(anchor) => {
                // An alias inside its own anchor is an error: the anchor is not complete yet.
                let (tree, size) = yaml.anchors.get(&anchor).ok_or(ReadError::Malformed { line })?;
                yaml.left = yaml.left.checked_sub(*size).ok_or(ReadError::TooBig)?;
                let tree = Tree { line, what: tree.what.clone() };
                yaml.close(tree, 0)?
            }
            Event::StreamEnd | Event::DocumentEnd => break,
            Event::Nothing | Event::StreamStart | Event::DocumentStart(_) => None,
        };
        if let Some(tree) = done {
            return Ok(tree);
        }
    }
    Err(ReadError::Malformed { line })
}

/// A list or a map that is being read.
struct Open {
    line: usize,
    anchor: usize,
    what: What,
    /// The key that waits for its value.
    key: Option<String>,
}

struct Yaml {
    open: Vec<Open>,
    /// The values that have anchors, with their sizes.
    anchors: HashMap<usize, (Tree, usize), Fixed>,
    left: usize,
}

impl Yaml {
    fn begin(&mut self, line: usize, anchor: usize, what: What) -> Result<Option<Tree>, ReadError> {
        if self.open.len() == DEPTH {
            return Err(ReadError::TooDeep);
        }
        self.open.push(Open { line, anchor, what, key: None });
        Ok(None)
    }

    /// Adds a value to the list or map that is open. Returns it if none is: it is the document.
    fn close(&mut self, tree: Tree, anchor: usize) -> Result<Option<Tree>, ReadError> {
        // The parser counts anchors from 1.
        if anchor > 0 {
            let size = size(&tree);
            self.left = self.left.checked_sub(size).ok_or(ReadError::TooBig)?;
            self.anchors.insert(anchor, (tree.clone(), size));
        }
        let Some(open) = self.open.last_mut() else { return Ok(Some(tree)) };
        match (&mut open.what, open.key.take()) {
            (What::List(list), _) => list.push(tree),
            (What::Map(pairs), Some(key)) => pairs.push((key, tree)),
            (_, _) => {
                open.key = Some(match tree.what {
                    What::Text(text) => text,
                    // Keys that are not text are never looked up.
                    _ => String::new(),
                });
            }
        }
        Ok(None)
    }
}

/// The size of a value: its bytes, and 16 for each value. The recursion is at most [`DEPTH`] deep.
fn size(tree: &Tree) -> usize {
    let inside = match &tree.what {
        What::Nothing => 0,
        What::Text(text) => text.len(),
        What::List(list) => list.iter().map(size).sum(),
        What::Map(pairs) => pairs.iter().map(|(key, it)| key.len() + size(it)).sum(),
    };
    inside + 16
}

#[cfg(test)]
mod tests;

//! The parser: from text to nodes, in one pass without recursion.

use core::ops::Range;

use super::name::{BuiltIn, days, is_name};
use super::place::{Found, Trouble, note};
use super::{DEPTH, Node, push_text};

/// The most characters of a shortcut.
const CODE_CHARS: usize = 80;

/// A text, read by itself: includes are empty yet, and nothing is counted.
#[derive(Default)]
pub(super) struct Parsed {
    pub nodes: Vec<Node>,
    pub problems: Vec<Found>,
    /// Where the outermost things that are no text stand.
    pub found: Vec<Range<usize>>,
    /// Where the includes stand, in order of appearance.
    pub includes: Vec<Range<usize>>,
}

pub(super) fn parse(text: &str) -> Parsed {
    match run(text, &[]) {
        Ok(parsed) => parsed,
        // Text inside a part follows other rules than text outside. If a part turns out never to be closed, the text is
        // parsed a second time, with such parts taken as plain text.
        Err(unclosed) => run(text, &unclosed).unwrap_or_default(),
    }
}

/// A part that is open, or at the bottom of the stack the whole text.
#[derive(Default)]
struct Frame {
    start: usize,
    nodes: Vec<Node>,
    /// Braces that are open in it and are none of ours. Their partners don't close the part.
    strays: Vec<(usize, Trouble)>,
    /// How many things had been found before it.
    found: usize,
}

struct Parser<'a> {
    text: &'a str,
    /// The starts of parts that are known to stay open.
    unclosed: &'a [usize],
    root: Frame,
    /// The parts that are open, [`DEPTH`] at most.
    frames: Vec<Frame>,
    parsed: Parsed,
    /// An offset before which no `{` has a matching `}`, as an earlier search found. It keeps the parser linear.
    barren: usize,
    has_cursor: bool,
}

/// Fails with the starts of parts that stay open, unless they were known before.
fn run(text: &str, unclosed: &[usize]) -> Result<Parsed, Vec<usize>> {
    let (root, frames, parsed) = (Frame::default(), Vec::new(), Parsed::default());
    let mut parser = Parser { text, unclosed, root, frames, parsed, barren: 0, has_cursor: false };
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let is_special = |byte: u8| matches!(byte, b'{' | b'}' | b'\\');
        let Some(len) = rest.bytes().position(is_special) else {
            parser.text(rest);
            break;
        };
        let (before, special) = rest.split_at(len);
        parser.text(before);
        at += len;
        at += match special.as_bytes() {
            [b'\\', b'|' | b'{' | b'}' | b'\\', ..] if !parser.frames.is_empty() => {
                parser.text(special.get(1..2).unwrap_or_default());
                2
            }
            [b'\\', ..] => {
                parser.text("\\");
                1
            }
            [b'}', ..] => parser.close(at),
            [b'{', b'{', ..] => {
                parser.text("{");
                2
            }
            [b'{', b'?', ..] => parser.part(at),
            _ => parser.braces(at),
        };
    }
    parser.end()
}

impl Parser<'_> {
    fn frame(&mut self) -> &mut Frame {
        self.frames.last_mut().unwrap_or(&mut self.root)
    }

    fn text(&mut self, text: &str) {
        push_text(&mut self.frame().nodes, text);
    }

    fn problem(&mut self, range: Range<usize>, trouble: Trouble) {
        note(&mut self.parsed.problems, range, trouble);
    }

    fn stray(&mut self, start: usize, trouble: Trouble) {
        self.frame().strays.push((start, trouble));
    }

    /// A `}`.
    fn close(&mut self, at: usize) -> usize {
        let end = at + 1;
        if let Some((start, trouble)) = self.frame().strays.pop() {
            // With a partner, it is no brace that was forgotten.
            let trouble = if trouble == Trouble::Unclosed { Trouble::NotAName } else { trouble };
            self.problem(start..end, trouble);
            self.text("}");
        } else if let Some(frame) = self.frames.pop() {
            if frame.nodes.is_empty() {
                self.problem(frame.start..end, Trouble::Empty);
                self.text("{?}");
            } else {
                self.parsed.found.truncate(frame.found);
                self.parsed.found.push(frame.start..end);
                self.frame().nodes.push(Node::Part { index: 0, nodes: frame.nodes });
            }
        } else {
            self.text("}");
        }
        1
    }

    /// A `{?`.
    fn part(&mut self, start: usize) -> usize {
        let is_open = self.unclosed.binary_search(&start).is_ok();
        if is_open || self.frames.len() == DEPTH {
            self.stray(start, if is_open { Trouble::Unclosed } else { Trouble::TooDeep });
            self.text("{?");
        } else {
            let found = self.parsed.found.len();
            self.frames.push(Frame { start, found, ..Frame::default() });
        }
        2
    }

    /// A `{` before anything else. Returns how many bytes are read.
    fn braces(&mut self, start: usize) -> usize {
        let Some(len) = self.inside(start) else {
            self.stray(start, Trouble::Unclosed);
            self.text("{");
            return 1;
        };
        let end = start + 1 + len + 1;
        let inside = self.text.get(start + 1..end - 1).unwrap_or_default();
        match node(inside) {
            Ok(node) => {
                if node == Node::Cursor && core::mem::replace(&mut self.has_cursor, true) {
                    self.problem(start..end, Trouble::SecondCursor);
                }
                if matches!(node, Node::Include { .. }) {
                    self.parsed.includes.push(start..end);
                }
                self.parsed.found.push(start..end);
                self.frame().nodes.push(node);
            }
            Err(trouble) => {
                self.problem(start..end, trouble);
                self.text(self.text.get(start..end).unwrap_or_default());
            }
        }
        end - start
    }

    /// How many bytes stand between a `{` and its `}`; `None` if another `{` or the end comes first.
    fn inside(&mut self, start: usize) -> Option<usize> {
        if start < self.barren {
            return None;
        }
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        loop {
            match bytes.get(at) {
                Some(b'}') => return Some(at - start - 1),
                Some(b'\\') if bytes.get(at + 1).is_some_and(|it| is_escaped(*it)) => at += 2,
                None | Some(b'{') => {
                    // A `{` before this place is one that an escape has hidden from this search. It would go on
                    // from there as this one did.
                    self.barren = at;
                    return None;
                }
                Some(_) => at += 1,
            }
        }
    }

    fn end(mut self) -> Result<Parsed, Vec<usize>> {
        if !self.frames.is_empty() && self.unclosed.is_empty() {
            let mut unclosed: Vec<usize> = self.frames.iter().map(|it| it.start).collect();
            let is_deep = |it: &&(usize, Trouble)| it.1 == Trouble::TooDeep;
            let strays = self.frames.iter().flat_map(|it| it.strays.iter().filter(is_deep));
            unclosed.extend(strays.map(|it| it.0));
            unclosed.sort_unstable();
            return Err(unclosed);
        }
        let mut nodes = self.root.nodes;
        let mut strays = self.root.strays;
        for frame in self.frames {
            strays.push((frame.start, Trouble::Unclosed));
            strays.extend(frame.strays);
            push_text(&mut nodes, "{?");
            for node in frame.nodes {
                match node {
                    Node::Text(text) => push_text(&mut nodes, &text),
                    node => nodes.push(node),
                }
            }
        }
        for (start, trouble) in strays {
            note(&mut self.parsed.problems, start..start + 1, trouble);
        }
        Ok(Parsed { nodes, ..self.parsed })
    }
}

fn is_escaped(byte: u8) -> bool {
    matches!(byte, b'|' | b'{' | b'}' | b'\\')
}

/// The content of a pair of braces.
fn node(inside: &str) -> Result<Node, Trouble> {
    if inside.is_empty() {
        return Err(Trouble::Empty);
    }
    if let Some(code) = inside.strip_prefix(";;") {
        return if is_code(code) {
            Ok(Node::Include { code: code.to_owned(), nodes: Vec::new() })
        } else {
            Err(Trouble::NotAName)
        };
    }
    let options = split(inside);
    if options.len() > 1 {
        let is_empty = options.iter().all(String::is_empty);
        return if is_empty { Err(Trouble::Empty) } else { Ok(Node::Choice { index: 0, options }) };
    }
    let (name, default) = match inside.split_once('=') {
        Some((name, _)) => {
            (name, options.first().and_then(|it| it.split_once('=')).map(|it| it.1.to_owned()))
        }
        None => (inside, None),
    };
    let built_in = BuiltIn::of(name);
    match (days(name), built_in, default) {
        (Some(days), _, None) => Ok(Node::Date(days)),
        (_, Some(BuiltIn::Cursor), None) => Ok(Node::Cursor),
        // These have no need of a default, so it means something else.
        (Some(_), _, Some(_)) | (_, Some(BuiltIn::Cursor), Some(_)) => Err(Trouble::NotAName),
        (_, Some(built_in), default) => Ok(Node::Field { name: built_in.name().to_owned(), default }),
        (_, None, default) if is_name(name) => Ok(Node::Field { name: name.to_owned(), default }),
        _ => Err(Trouble::NotAName),
    }
}

/// Whether this can be included: a shortcut without spaces and braces.
pub(super) fn is_code(code: &str) -> bool {
    let fits = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '{' | '}' | '\\' | '|');
    !code.is_empty() && code.chars().all(fits) && code.chars().count() <= CODE_CHARS
}

/// The alternatives, without escapes.
fn split(inside: &str) -> Vec<String> {
    let mut options = Vec::new();
    let mut option = String::new();
    let mut chars = inside.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => option.push(chars.next_if(|it| matches!(it, '|' | '{' | '}' | '\\')).unwrap_or('\\')),
            '|' => options.push(core::mem::take(&mut option)),
            _ => option.push(c),
        }
    }
    options.push(option);
    options
}

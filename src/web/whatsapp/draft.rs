//! The draft in the composer as one text, with a mapping between offsets and DOM positions.

use baton_core::template;
use wasm_bindgen::JsCast;
use web_sys::{Element, Node, Selection};

use super::locators::{NOT_PLAIN, NOT_TEXT};
use super::text;
use crate::dom::document;

/// The text of the composer: paragraphs and line breaks become `\n`, images of emoji become the emoji.
pub(super) struct Draft {
    root: Element,
    text: String,
    pieces: Vec<Piece>,
}

/// A node that contributes to the text.
struct Piece {
    node: Node,
    /// Where it begins, in UTF-16 units.
    start: usize,
    len: usize,
}

/// A span of the text, in UTF-16 units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Draft {
    /// Reads the composer.
    pub(super) fn read(composer: &Element) -> Draft {
        let mut draft = Draft { root: composer.clone(), text: String::new(), pieces: Vec::new() };
        let mut units = 0;
        draft.walk(composer, &mut units);
        draft
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    fn walk(&mut self, parent: &Node, units: &mut usize) {
        let mut next = parent.first_child();
        while let Some(node) = next {
            next = node.next_sibling();
            match node.node_name().as_str() {
                "#text" => self.push(&node, &node.node_value().unwrap_or_default(), units),
                // A `br` at the end of a block is only a placeholder for an empty line.
                "BR" => self.push(&node, if next.is_some() { "\n" } else { "" }, units),
                "IMG" => {
                    let alt = node.unchecked_ref::<Element>().get_attribute("alt").unwrap_or_default();
                    self.push(&node, &alt, units);
                }
                "P" | "DIV" => {
                    if !self.pieces.is_empty() {
                        self.text.push('\n');
                        *units += 1;
                    }
                    self.walk(&node, units);
                }
                _ => self.walk(&node, units),
            }
        }
    }

    fn push(&mut self, node: &Node, text: &str, units: &mut usize) {
        let len = text::utf16_len(text);
        self.pieces.push(Piece { node: node.clone(), start: *units, len });
        self.text.push_str(text);
        *units += len;
    }

    /// The selection, if all of it is in the composer.
    pub(super) fn selected(&self) -> Option<Span> {
        let selection = selection()?;
        let anchor = self.place_of(&selection.anchor_node()?, selection.anchor_offset())?;
        let focus = self.place_of(&selection.focus_node()?, selection.focus_offset())?;
        Some(Span { start: anchor.min(focus), end: anchor.max(focus) })
    }

    /// Selects a span, clamped to the text.
    pub(super) fn select(&self, span: Span) {
        let (Some(selection), (anchor, at), (focus, to)) =
            (selection(), self.point_of(span.start), self.point_of(span.end))
        else {
            return;
        };
        // The points are fresh. A selection that can't be set is noticed when it is read back.
        let _ = selection.set_base_and_extent(&anchor, at, &focus, to);
    }

    /// The empty span at the end.
    pub(super) fn end(&self) -> Span {
        let end = text::utf16_len(&self.text);
        Span { start: end, end }
    }

    /// The text with `span` replaced by `by`.
    pub(super) fn replaced(&self, span: Span, by: &str) -> String {
        let (before, _) = text::split_utf16(&self.text, span.start);
        let (_, after) = text::split_utf16(&self.text, span.end);
        format!("{before}{by}{after}")
    }

    /// The offset in the text of a DOM position.
    fn place_of(&self, node: &Node, offset: u32) -> Option<usize> {
        if !self.root.contains(Some(node)) {
            return None;
        }
        if let Some(piece) = self.pieces.iter().find(|piece| piece.node == *node) {
            return Some(piece.start + (offset as usize).min(piece.len));
        }
        if let Some(child) = node.child_nodes().item(offset) {
            let first = self.pieces.iter().find(|piece| child.contains(Some(&piece.node)));
            if let Some(piece) = first {
                return Some(piece.start);
            }
        }
        let last = self.pieces.iter().rfind(|piece| node.contains(Some(&piece.node)));
        Some(last.map_or(0, |piece| piece.start + piece.len))
    }

    /// The DOM position of an offset in the text.
    fn point_of(&self, place: usize) -> (Node, u32) {
        let Some(piece) = self
            .pieces
            .iter()
            .find(|piece| place <= piece.start + piece.len && (piece.len > 0 || place == piece.start))
            .or(self.pieces.last())
        else {
            return (self.root.clone().into(), 0);
        };
        let within = place.saturating_sub(piece.start).min(piece.len);
        if piece.node.node_type() == Node::TEXT_NODE {
            return (piece.node.clone(), within as u32);
        }
        let Some(parent) = piece.node.parent_node() else { return (piece.node.clone(), 0) };
        let before = core::iter::successors(piece.node.previous_sibling(), Node::previous_sibling).count();
        (parent, before as u32 + u32::from(within > 0))
    }
}

/// Whether the composer is empty.
pub(super) fn is_empty(composer: &Element) -> bool {
    let text = composer.text_content().unwrap_or_default();
    text.chars().all(|c| matches!(c, '\u{200b}' | '\u{feff}' | '\n'))
        && composer.query_selector(NOT_TEXT).is_ok_and(|it| it.is_none())
}

/// The unfilled fields in the draft, as they are written.
pub(super) fn unfilled(composer: Option<&Element>) -> Vec<String> {
    let Some(composer) = composer else { return Vec::new() };
    // Nearly no draft has a brace, and walking its nodes at every keystroke is slow.
    if !composer.text_content().is_some_and(|text| text.contains('{')) {
        return Vec::new();
    }
    let draft = Draft::read(composer);
    let places = template::unfilled(&draft.text);
    places.into_iter().filter_map(|place| draft.text.get(place.bytes).map(str::to_owned)).collect()
}

/// Selects the first of these fields, so that typing replaces it.
pub(super) fn select_unfilled(composer: &Element, fields: &[String]) {
    let draft = Draft::read(composer);
    let is_one = |bytes| draft.text.get(bytes).is_some_and(|it| fields.iter().any(|field| field == it));
    if let Some(place) = template::unfilled(&draft.text).into_iter().find(|it| is_one(it.bytes.clone())) {
        draft.select(Span { start: place.utf16.start, end: place.utf16.end });
    }
}

/// The text before the caret, if the caret is in the composer.
pub(super) fn before_caret(composer: &Element) -> Option<String> {
    let draft = Draft::read(composer);
    let Span { start, end } = draft.selected()?;
    (start == end).then(|| text::split_utf16(&draft.text, end).0.to_owned())
}

/// The text of an element, with images of emoji as emoji.
pub(super) fn text_with_emoji(element: &Element) -> String {
    // Most elements have none, and the browser's own `textContent` is a hundred times faster.
    if element.query_selector(NOT_PLAIN).is_ok_and(|it| it.is_none()) {
        return element.text_content().unwrap_or_default();
    }
    Draft::read(element).text
}

fn selection() -> Option<Selection> {
    document().get_selection().ok().flatten()
}

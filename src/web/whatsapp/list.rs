//! The rows of the chat list.
//!
//! WhatsApp has a few dozen row elements and recycles them for other chats while it scrolls, so a row is identified by its
//! content. The content of a row is cached until something in it changes.

use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Element, MutationRecord, Node, NodeList};

use super::draft::text_with_emoji;
use super::find::style;
use super::locators::{MARKED, OURS, PREVIEW, ROW_TITLE, SELECTED, UNREAD};
use super::text;

/// The rows in the document, as last read.
#[derive(Default)]
pub(super) struct List {
    /// In document order, which is not the visual order, because rows are recycled.
    rows: Vec<Seen>,
    /// Indices into `rows`, from top to bottom, without rows that are not chats.
    order: Vec<usize>,
    next_node: u32,
}

/// One row, as last read.
#[derive(Clone, PartialEq)]
pub(super) struct Seen {
    pub(super) element: Element,
    /// The number of the element, as long as it is in the document.
    pub(super) node: u32,
    pub(super) place: Place,
    /// The chat that the row shows. `None` for rows without a title, such as headings and buttons.
    pub(super) chat: Option<Chat>,
}

/// The chat that a row shows.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Chat {
    pub(super) title: String,
    pub(super) unread: u32,
    /// Whether the chat was marked as unread by hand.
    pub(super) marked: bool,
    /// The beginning of the last message.
    pub(super) preview: String,
    pub(super) selected: bool,
}

/// The position of a row: the properties of its inline style.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Place {
    pub(super) transform: String,
    pub(super) transition: String,
    pub(super) height: String,
}

/// The changes in the chat list since it was last read.
#[derive(Default)]
pub(super) struct Touched {
    /// Everything may have changed; then the other lists are empty.
    all: bool,
    /// The rows whose content changed.
    rows: Vec<Element>,
    /// The rows that may have moved.
    placed: Vec<Element>,
    /// Whether something changed outside the content of rows: rows were added, removed or moved, or their ancestors
    /// changed.
    pub(super) around: bool,
}

impl List {
    /// Reads the touched children of `grid` again. Returns whether anything differs.
    pub(super) fn read(&mut self, grid: Option<&Element>, touched: &Touched) -> bool {
        let old = core::mem::take(&mut self.rows);
        let mut from = 0;
        let children = grid.map(Element::children);
        for i in 0..children.as_ref().map_or(0, web_sys::HtmlCollection::length) {
            let Some(element) = children.as_ref().and_then(|it| it.item(i)) else { continue };
            // Rows mostly stay in order, so the search continues where the last one ended.
            let before = old[from..].iter().position(|seen| seen.element == element).map(|at| from + at);
            let seen = match before {
                Some(at) => {
                    from = at + 1;
                    let Seen { node, place, chat, .. } = &old[at];
                    let (read, placed) = touched.has(&element);
                    let chat = if read { Chat::read(&element) } else { chat.clone() };
                    let place = if placed { Place::of(&element) } else { place.clone() };
                    Seen { element, node: *node, place, chat }
                }
                None => {
                    self.next_node = self.next_node.wrapping_add(1);
                    let (place, chat) = (Place::of(&element), Chat::read(&element));
                    Seen { element, node: self.next_node, place, chat }
                }
            };
            self.rows.push(seen);
        }
        let differs = self.rows != old;
        if differs {
            self.order = (0..self.rows.len()).filter(|i| self.rows[*i].chat.is_some()).collect();
            // The sort is stable: rows without a position stay in document order.
            let top = |i: &usize| text::vertical(&self.rows[*i].place.transform).unwrap_or(0.0);
            self.order.sort_by(|a, b| top(a).total_cmp(&top(b)));
        }
        differs
    }

    /// The chats from top to bottom.
    pub(super) fn chats(&self) -> impl Iterator<Item = (&Seen, &Chat)> {
        self.order.iter().filter_map(|i| {
            let seen = self.rows.get(*i)?;
            Some((seen, seen.chat.as_ref()?))
        })
    }

    /// The rows that show a chat of this title.
    pub(super) fn with_title<'a>(&'a self, title: &str) -> impl Iterator<Item = &'a Seen> + use<'a> {
        let key = text::title_key(title);
        self.chats().filter(move |(_, chat)| text::title_key(&chat.title) == key).map(|(seen, _)| seen)
    }

    /// Whether there are rows but none of them has a title.
    pub(super) fn is_unreadable(&self) -> bool {
        !self.rows.is_empty() && self.order.is_empty()
    }
}

impl Place {
    fn of(row: &Element) -> Place {
        Place {
            transform: style(row, "transform"),
            transition: style(row, "transition"),
            height: style(row, "height"),
        }
    }
}

impl Chat {
    fn read(row: &Element) -> Option<Chat> {
        let title = ROW_TITLE.find(row)?;
        // The text has emoji as images; the attribute has them as characters.
        let title = title.get_attribute("title").unwrap_or_else(|| text_with_emoji(&title)).trim().to_owned();
        let badge = UNREAD.find(row).and_then(|badge| badge.text_content());
        let preview =
            PREVIEW.find(row).map(|it| it.get_attribute("title").unwrap_or_else(|| text_with_emoji(&it)));
        // Marks of direction enclose the text.
        let preview = preview
            .unwrap_or_default()
            .trim_matches(|c: char| c.is_whitespace() || ('\u{202a}'..='\u{202e}').contains(&c))
            .to_owned();
        let selected = row.matches(SELECTED).unwrap_or(false)
            || row.query_selector(SELECTED).is_ok_and(|it| it.is_some());
        let unread = badge.and_then(|it| text::count(&it)).unwrap_or(0);
        let marked = unread == 0 && MARKED.find(row).is_some();
        Some(Chat { title, unread, marked, preview, selected })
    }
}

impl Touched {
    /// Everything.
    pub(super) fn all() -> Touched {
        Touched { all: true, around: true, ..Touched::default() }
    }

    /// Sorts mutation records by row. `None` if they are only about Baton's own nodes.
    pub(super) fn by(records: &Array, grid: &Element) -> Option<Touched> {
        /// With more than this, reading all rows is cheaper than sorting the records.
        const MANY: u32 = 200;
        if records.length() > MANY {
            return Some(Touched::all());
        }
        let mut touched = Touched::default();
        let mut any = false;
        for record in records.iter().map(JsCast::unchecked_into::<MutationRecord>) {
            if record.type_() == "childList" && is_about_us(&record) {
                continue;
            }
            any = true;
            match record.target().and_then(|target| row_of(target, grid)) {
                Some((row, true)) if !touched.rows.contains(&row) => touched.rows.push(row),
                Some((_, true)) => {}
                Some((row, false)) => {
                    touched.around = true;
                    if !touched.placed.contains(&row) {
                        touched.placed.push(row);
                    }
                }
                None => touched.around = true,
            }
        }
        any.then_some(touched)
    }

    /// Whether the content and whether the position of a row have to be read again.
    fn has(&self, row: &Element) -> (bool, bool) {
        (self.all || self.rows.contains(row), self.all || self.placed.contains(row))
    }
}

/// The row that a node is in, and whether the node is inside it rather than the row itself.
fn row_of(node: Node, grid: &Element) -> Option<(Element, bool)> {
    let mut inside = false;
    let mut node = node;
    loop {
        let parent = node.parent_element()?;
        if parent == *grid {
            return node.dyn_into().ok().map(|row| (row, inside));
        }
        inside = true;
        node = parent.into();
    }
}

/// Whether only Baton's own nodes were added or removed.
fn is_about_us(record: &MutationRecord) -> bool {
    let ours = |nodes: NodeList| {
        (0..nodes.length())
            .filter_map(|i| nodes.item(i))
            .all(|node| node.dyn_ref::<Element>().is_some_and(|element| element.has_attribute(OURS)))
    };
    ours(record.added_nodes()) && ours(record.removed_nodes())
}

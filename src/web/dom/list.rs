//! Keyed lists: the nodes of a list follow its items, and each item keeps its node.

use web_sys::{Element, HtmlElement};

/// The rows of one parent element, in order. The nodes of a row are created once for each item and updated afterwards.
pub(crate) struct Rows<K, R> {
    parent: Element,
    rows: Vec<(K, R)>,
}

/// A row of a list.
pub(crate) trait Row {
    /// The outermost node of the row.
    fn node(&self) -> &HtmlElement;
}

impl<K: PartialEq, R: Row> Rows<K, R> {
    /// Creates an empty list in `parent`, which must have no other children.
    pub(crate) fn new(parent: &Element) -> Self {
        Rows { parent: parent.clone(), rows: Vec::new() }
    }

    /// Updates the list to `items`: rows are created, moved and removed as needed, and then updated.
    pub(crate) fn show<I>(
        &mut self,
        items: &[I],
        key: impl Fn(&I) -> K,
        make: impl Fn(&I) -> R,
        update: impl Fn(&mut R, &I),
    ) {
        let mut old: Vec<Option<(K, R)>> = core::mem::take(&mut self.rows).into_iter().map(Some).collect();
        // Rows that keep their order are found at the start of the search.
        let mut from = 0;
        for item in items {
            let id = key(item);
            let kept = old.iter_mut().skip(from).find(|it| it.as_ref().is_some_and(|(k, _)| *k == id));
            let mut row = match kept.and_then(Option::take) {
                Some((_, row)) => row,
                None => make(item),
            };
            from += old.iter().skip(from).take_while(|it| it.is_none()).count();
            update(&mut row, item);
            put(&self.parent, self.rows.len() as u32, row.node());
            self.rows.push((id, row));
        }
        for (_, row) in old.into_iter().flatten() {
            row.node().remove();
        }
    }

    /// The row at an index.
    pub(crate) fn get(&self, at: usize) -> Option<&R> {
        self.rows.get(at).map(|(_, row)| row)
    }
}

/// Makes `node` the child of `parent` at index `at`.
fn put(parent: &Element, at: u32, node: &Element) {
    let here = parent.children().item(at);
    if here.as_ref() != Some(node) {
        // Moving a node takes the focus off it, so removed rows before it are removed first where possible.
        let _ = parent.insert_before(node, here.as_ref().map(AsRef::as_ref));
    }
}

//! What a browser measures: preparing replies, and finding among them.

use std::cell::RefCell;

use baton_core::search::{Entry, Finder, Initials};
use wasm_bindgen::prelude::wasm_bindgen;

#[derive(Default)]
struct Page {
    initials: Initials,
    /// Title, shortcut, body, folder and tags, one after the other; tags have line breaks between them.
    fields: Vec<String>,
    finder: Option<Finder>,
}

thread_local! {
    static PAGE: RefCell<Page> = RefCell::default();
}

/// Loads the replies: five fields each.
#[wasm_bindgen]
pub fn load(characters: &str, fields: Vec<String>) {
    PAGE.with_borrow_mut(|page| {
        page.initials = Initials::new(characters);
        page.fields = fields;
    });
}

/// Prepares the first `count` replies, and returns how many those are.
#[wasm_bindgen]
pub fn prepare(count: usize) -> usize {
    PAGE.with_borrow_mut(|page| {
        page.finder = None;
        let tags = page.fields.iter().skip(4).step_by(5).take(count);
        let tags: Vec<Vec<&str>> = tags.map(|it| it.lines().collect()).collect();
        let entries = page.fields.chunks_exact(5).zip(&tags).filter_map(|(fields, tags)| {
            let [title, shortcut, body, folder, _] = fields else { return None };
            Some(Entry { title, shortcut, body, folder, tags })
        });
        page.finder = Some(Finder::new(entries, &page.initials));
        count.min(page.fields.len() / 5)
    })
}

/// The indices of what is found, best first, with their matched characters told as in the palette; then how many were
/// found in all.
#[wasm_bindgen]
pub fn find(query: &str, most: usize) -> Vec<u32> {
    PAGE.with_borrow_mut(|page| {
        let Some(finder) = &mut page.finder else { return Vec::new() };
        let results = finder.find(query, most, |_| 0);
        let mut indices: Vec<u32> = results.found.iter().map(|it| it.index as u32).collect();
        indices.push(results.total as u32);
        indices
    })
}

/// How many bytes of memory the Wasm has.
#[wasm_bindgen]
pub fn heap_bytes() -> usize {
    #[cfg(target_arch = "wasm32")]
    return core::arch::wasm32::memory_size(0) * 65_536;
    #[cfg(not(target_arch = "wasm32"))]
    0
}

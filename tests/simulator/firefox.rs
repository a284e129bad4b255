//! The model of a Mozilla account: one record for each extension, merged key by key against the last common state.

use baton_core::replica::shard::Items;

use crate::area::Area;

/// The record on the server. `None`: a tombstone, or nothing yet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Firefox {
    record: Option<Items>,
    version: u64,
}

impl Firefox {
    /// The items on the server.
    pub(crate) fn items(&self) -> Items {
        self.record.clone().unwrap_or_default()
    }

    /// Sets or deletes a key, in the name of a machine that is not simulated.
    pub(crate) fn put(&mut self, key: &str, text: Option<String>) {
        let record = self.record.get_or_insert_default();
        match text {
            Some(text) => drop(record.insert(key.to_owned(), text)),
            None => drop(record.remove(key)),
        }
        self.version += 1;
    }

    /// Syncs in one step: the server's changes are merged in, and the local changes are uploaded.
    pub(crate) fn sync(&mut self, area: &mut Area) {
        if self.version > area.version {
            match &self.record {
                Some(incoming) => merge(&mut area.items, incoming, area.mirror.as_ref()),
                None => {
                    // A tombstone deletes the keys of the last common state. Keys that were added since survive.
                    if let Some(mirror) = &area.mirror {
                        area.items.retain(|key, _| !mirror.contains_key(key));
                    }
                }
            }
        }
        if self.record.as_ref() != Some(&area.items) && (self.record.is_some() || !area.items.is_empty()) {
            self.record = Some(area.items.clone());
            self.version += 1;
        }
        area.version = self.version;
        area.mirror = self.record.clone();
        area.dirty.clear();
    }

    /// The browser signs in again, and forgets the last common state.
    pub(crate) fn sign_in(&self, area: &mut Area) {
        area.mirror = None;
        area.version = 0;
    }

    /// A machine uninstalls the extension.
    pub(crate) fn uninstall(&mut self) {
        self.record = None;
        self.version += 1;
    }
}

/// A three-way merge: a key that one side changed gets that side's value; if both changed it, the incoming value wins.
/// Without a mirror, incoming values win, and keys that only we have stay.
fn merge(ours: &mut Items, incoming: &Items, mirror: Option<&Items>) {
    for (key, text) in incoming {
        if mirror.and_then(|mirror| mirror.get(key)) != Some(text) {
            ours.insert(key.clone(), text.clone());
        }
    }
    for (key, text) in mirror.into_iter().flatten() {
        if !incoming.contains_key(key) && ours.get(key) == Some(text) {
            ours.remove(key);
        }
    }
}

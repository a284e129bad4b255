//! A browser's own copy of `storage.sync`, with its quotas.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use baton_core::hub::writer::{Transport, Unavailable};
use baton_core::hub::{Count, Listing, Quota, bytes_of};
use baton_core::replica::shard::Items;

use crate::steps::Fuse;

/// The prefix of item names whose values are not text.
pub(crate) const NO_TEXT: &str = "no text ";
const MINUTE: u64 = 60_000;

/// A browser's copy of `storage.sync`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Area {
    /// Whether Firefox's rules apply.
    pub(crate) firefox: bool,
    /// The items.
    pub(crate) items: Items,
    /// Chrome: the last known server version of each key.
    pub(crate) known: BTreeMap<String, u64>,
    /// Chrome: keys with changes that the server does not have yet.
    pub(crate) dirty: BTreeSet<String>,
    /// Firefox: the server's items after the last sync.
    pub(crate) mirror: Option<Items>,
    /// Firefox: the version of `mirror`.
    pub(crate) version: u64,
    /// The time, in milliseconds since the epoch.
    pub(crate) now: u64,
    /// When it last synced with the account.
    pub(crate) synced: u64,
    /// Whether a sync may happen between planning a write and writing, so that an allowed write may fail.
    pub(crate) raced: bool,
    /// A rule that the writer has broken.
    pub(crate) violation: Option<String>,
    /// For a device that never notices losses: all items it has ever seen, which are listed to it.
    pub(crate) blind: Option<Items>,
    /// The times of the writes within the last hour.
    pub(crate) writes: Vec<u64>,
}

impl Area {
    /// How this browser counts bytes.
    pub(crate) fn count(&self) -> Count {
        if self.firefox { Count::Firefox } else { Count::Chromium }
    }

    /// Sets items as the extension API does: all or none.
    pub(crate) fn set(&mut self, items: &Items) -> Result<(), Unavailable> {
        self.rate()?;
        let mut after = self.items.clone();
        after.extend(items.clone());
        let count = self.count();
        let quota = Quota::STORAGE_SYNC;
        let small = items.iter().all(|(name, text)| count.item(name, text) <= quota.item_bytes);
        if !small || count.all(&after) > quota.total_bytes || after.len() > quota.total_items {
            if !self.raced {
                self.violation = Some(format!("a set of {} items is beyond the quota", items.len()));
            }
            return Err(Unavailable);
        }
        let changed = items.iter().filter(|(name, text)| self.items.get(*name) != Some(*text));
        self.dirty.extend(changed.map(|(name, _)| name.clone()));
        self.items = after;
        Ok(())
    }

    /// Removes items as the extension API does.
    pub(crate) fn remove(&mut self, names: &[String]) -> Result<(), Unavailable> {
        self.rate()?;
        for name in names {
            if self.items.remove(name).is_some() {
                self.dirty.insert(name.clone());
            }
        }
        Ok(())
    }

    /// Records a write. Chrome refuses the 121st write of a minute and the 1,801st of an hour.
    fn rate(&mut self) -> Result<(), Unavailable> {
        let now = self.now;
        self.writes.retain(|at| now - at < 60 * MINUTE);
        let minute = self.writes.iter().filter(|at| now - **at < MINUTE).count();
        if !self.firefox && (minute >= 120 || self.writes.len() >= 1_800) {
            self.violation = Some("more writes than Chrome allows".into());
            return Err(Unavailable);
        }
        self.writes.push(now);
        Ok(())
    }

    fn listing(&mut self) -> Listing {
        let mut listing = Listing::default();
        let mut others = Items::new();
        for (name, text) in &self.items {
            let of = if name.starts_with(NO_TEXT) { &mut others } else { &mut listing.items };
            of.insert(name.clone(), text.clone());
        }
        if !others.is_empty() {
            listing.rest = bytes_of(&others);
        }
        if let Some(seen) = &mut self.blind {
            seen.extend(listing.items);
            listing.items = seen.clone();
        }
        listing
    }
}

/// A writer's transport: its browser's area.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    /// The area.
    pub(crate) area: Rc<RefCell<Area>>,
    fuse: Fuse,
}

impl Link {
    /// Creates a transport over an area.
    pub(crate) fn new(area: Area, fuse: Fuse) -> Link {
        Link { area: Rc::new(RefCell::new(area)), fuse }
    }

    async fn change(
        &self,
        change: impl FnOnce(&mut Area) -> Result<(), Unavailable>,
    ) -> Result<(), Unavailable> {
        self.fuse.step().await;
        let changed = change(&mut self.area.borrow_mut());
        self.fuse.step().await;
        changed
    }
}

impl Transport for Link {
    async fn list(&self) -> Result<Listing, Unavailable> {
        self.fuse.step().await;
        let listing = self.area.borrow_mut().listing();
        self.fuse.step().await;
        Ok(listing)
    }

    async fn publish(&self, items: &Items) -> Result<(), Unavailable> {
        self.change(|area| {
            if let Some(seen) = &mut area.blind {
                seen.extend(items.clone());
            }
            area.set(items)
        })
        .await
    }

    async fn withdraw(&self, names: &[String]) -> Result<(), Unavailable> {
        self.change(|area| {
            if let Some(seen) = &mut area.blind {
                seen.retain(|name, _| !names.contains(name));
            }
            area.remove(names)
        })
        .await
    }
}

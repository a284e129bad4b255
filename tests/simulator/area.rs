//! A browser's own copy of `storage.sync`, with its quotas.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use baton_core::hub::writer::{Transport, Unavailable};
use baton_core::hub::{Count, Listing, Quota, bytes_of};
use baton_core::replica::shard::Items;

use crate::steps::Fuse;

/// Items whose names begin so stand for values that are no text.
pub(crate) const NO_TEXT: &str = "no text ";
const MINUTE: u64 = 60_000;

/// What a browser knows of `storage.sync`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Area {
    /// Whether its rules are Firefox's.
    pub(crate) firefox: bool,
    /// What is there.
    pub(crate) items: Items,
    /// Chrome: the version of each key that the server had last.
    pub(crate) known: BTreeMap<String, u64>,
    /// Chrome: keys with changes that the server has not got.
    pub(crate) dirty: BTreeSet<String>,
    /// Firefox: what the server held when they last agreed.
    pub(crate) mirror: Option<Items>,
    /// Firefox: the version of that.
    pub(crate) version: u64,
    /// The time, in milliseconds since the epoch.
    pub(crate) now: u64,
    /// When it was last in touch with the account.
    pub(crate) synced: u64,
    /// Whether others change it between the planning of a write and the write, so that an allowed write may fail.
    pub(crate) raced: bool,
    /// A rule that its writer has broken.
    pub(crate) violation: Option<String>,
    /// For a device that never notices losses: all items it has ever seen, which it is shown.
    pub(crate) blind: Option<Items>,
    /// When each write of the last hour was made.
    pub(crate) writes: Vec<u64>,
}

impl Area {
    /// The way in which this browser counts.
    pub(crate) fn count(&self) -> Count {
        if self.firefox { Count::Firefox } else { Count::Chromium }
    }

    /// Sets items as an extension does: all or none.
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

    /// Removes items as an extension does.
    pub(crate) fn remove(&mut self, names: &[String]) -> Result<(), Unavailable> {
        self.rate()?;
        for name in names {
            if self.items.remove(name).is_some() {
                self.dirty.insert(name.clone());
            }
        }
        Ok(())
    }

    /// Takes note of a write. Chrome refuses the 121st of a minute and the 1,801st of an hour.
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

/// The way of a writer to its browser's area.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    /// The area.
    pub(crate) area: Rc<RefCell<Area>>,
    fuse: Fuse,
}

impl Link {
    /// A way to an area.
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

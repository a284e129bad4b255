//! How much of the transport this device may use.
//!
//! Two devices that fill a transport at once, without knowing of each other, can exceed its quota. Then nobody can write.
//! So a device only grows into its share of the room that is free beside all versions that others may still publish.
//! If all devices did so at once, or four of many, the transport would just be full. [`super::Quota::reserve_bytes`] are
//! left free on top of that.

use super::contents::facts;
use super::{Hub, Listing, bytes_of};
use crate::replica::shard;

/// How many devices the shares allow to fill up at once. If each of twenty devices had a share, that would be too small
/// for the first shard of a device that has much to publish.
const AT_ONCE: usize = 4;

impl Hub {
    /// How many bytes this device may use.
    pub(super) fn limit(&self, others: &Listing, now: u64) -> usize {
        let transport = &self.saved.transport;
        let acknowledged = self.acknowledged(now, false);
        let known = acknowledged.map_or(0, |version| version.seq);
        let since = transport.versions.iter().filter(|version| version.seq >= known);
        // Our part that every colleague reckons with.
        let settled = acknowledged.map_or(0, |_| since.map(|version| version.size).min().unwrap_or_default());
        // A colleague's shard that is lost or late takes its room all the same.
        let mut all = others.items.clone();
        for (device, known) in &self.saved.colleagues {
            if self.is_wanted(*device) {
                all.extend(known.items.clone());
            } else if self.saved.carried.contains(device) {
                // Our own shard will replace it.
                let prefix = shard::prefix(self.team, *device);
                all.retain(|name, _| !name.starts_with(&prefix));
            }
        }
        let taken = bytes_of(&all) + others.rest;
        let usable = transport.quota.total_bytes - transport.quota.reserve_bytes;
        let free = usable.saturating_sub(taken + settled);
        settled + free / (1 + self.active(now).count()).min(AT_ONCE)
    }

    /// Whether a version of `size` bytes may be published although it exceeds our limit, since it contains fewer facts
    /// than the published one and is little larger. A removal must be published before it can free any room, and so must
    /// the versions that we have adopted before colleagues can drop their tombstones. The reserve has room for that,
    /// because each fact can be removed only once.
    pub(super) fn only_removes(&self, size: usize) -> bool {
        let transport = &self.saved.transport;
        if size > bytes_of(&transport.published) + transport.quota.reserve_bytes / AT_ONCE {
            return false;
        }
        if !self.is_waiting() {
            return true;
        }
        let before = transport.contents.as_ref().and_then(|contents| contents.facts);
        before.is_some_and(|before| facts(&self.mine()) < before)
    }

    /// The items of the transport without our own.
    pub(super) fn others(&self, listing: &Listing) -> Listing {
        let prefix = shard::prefix(self.team, self.saved.device);
        let items = listing.items.iter().filter(|(name, _)| !name.starts_with(&prefix));
        Listing {
            items: items.map(|(name, text)| (name.clone(), text.clone())).collect(),
            rest: listing.rest,
        }
    }
}

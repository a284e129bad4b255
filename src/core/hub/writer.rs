//! The order of steps in which a hub, a disk and a transport work together, so that no acknowledged op is lost.
//!
//! An op is on disk before it is acknowledged, and the number of a version is on disk before the version is published. The
//! hub may be killed between any two steps. It then goes on from its disk and from the transport. Disk and transport are
//! traits, so nothing here knows a browser.

use super::{Accepted, Hub, Listing, Refusal, Saved};
use crate::id::{DeviceId, MemberId, TeamId};
use crate::replica::shard::Items;
use crate::replica::{Edit, Key, Malformed, Register};

/// How many ops the journal holds before it is compacted into the record.
const JOURNAL: u32 = 64;

/// The disk failed: it is full, or broken. Its earlier content is still there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiskFailed;

/// Why a hub could not be loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotLoaded {
    /// The disk can't be read. It may later.
    Disk,
    /// A later version of Baton wrote it. It is left alone, and an update of Baton can read it.
    Newer,
}

impl From<DiskFailed> for NotLoaded {
    fn from(DiskFailed: DiskFailed) -> NotLoaded {
        NotLoaded::Disk
    }
}

impl From<Malformed> for NotLoaded {
    fn from(why: Malformed) -> NotLoaded {
        match why {
            Malformed::Newer => NotLoaded::Newer,
            Malformed::Corrupt => NotLoaded::Disk,
        }
    }
}

/// The transport failed, perhaps after a part of the work. It may succeed later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unavailable;

/// The disk of one team, with its record and its journal. A write that it has acknowledged survives a kill.
#[allow(async_fn_in_trait)] // Contexts of a browser have one thread.
pub trait Disk {
    /// The record, and the ops journaled since, in order.
    async fn load(&self) -> Result<(Option<Saved>, Vec<Accepted>), NotLoaded>;
    /// Appends an op to the journal, as number `at`.
    async fn append(&self, at: u32, op: &Accepted) -> Result<(), DiskFailed>;
    /// Replaces the record and empties the journal, in one step.
    async fn replace(&self, record: &Saved) -> Result<(), DiskFailed>;
}

/// The transport, which carries items between devices: late, one by one, in any order, and not reliably.
#[allow(async_fn_in_trait)]
pub trait Transport {
    /// All items that it holds now.
    async fn list(&self) -> Result<Listing, Unavailable>;
    /// Sets items. Other devices see them later, and not all at once.
    async fn publish(&self, items: &Items) -> Result<(), Unavailable>;
    /// Removes items.
    async fn withdraw(&self, names: &[String]) -> Result<(), Unavailable>;
}

/// A hub with its disk and its transport.
#[derive(Debug)]
pub struct Writer<D, T> {
    hub: Hub,
    disk: D,
    transport: T,
    journal: u32,
    /// Whether all registers are as they were in the loaded record.
    is_as_loaded: bool,
}

impl<D: Disk, T: Transport> Writer<D, T> {
    /// Loads the hub from the disk. A profile that has never seen the team becomes `device` and `member`.
    pub async fn load(
        team: TeamId,
        disk: D,
        transport: T,
        device: DeviceId,
        member: MemberId,
    ) -> Result<Writer<D, T>, NotLoaded> {
        let (record, journal) = disk.load().await?;
        let journaled = u32::try_from(journal.len()).unwrap_or(JOURNAL);
        let hub = match record {
            Some(saved) => Hub::restore(team, saved, journal),
            None => {
                let hub = Hub::new(team, device, member);
                disk.replace(hub.saved()).await?;
                hub
            }
        };
        Ok(Writer { hub, disk, transport, journal: journaled, is_as_loaded: journaled == 0 })
    }

    /// Whether all registers are as they were in the loaded record. Then a page can be sent the registers as the record
    /// contains them.
    pub fn is_as_loaded(&self) -> bool {
        self.is_as_loaded
    }

    /// The hub.
    pub fn hub(&self) -> &Hub {
        &self.hub
    }

    /// The hub, for calls that need neither disk nor transport.
    pub fn hub_mut(&mut self) -> &mut Hub {
        self.is_as_loaded = false;
        &mut self.hub
    }

    /// Accepts an op, and returns when it is on disk. After [`Refusal::NotStored`] the writer must be loaded again, because
    /// memory and disk differ.
    pub async fn op(
        &mut self,
        session: &str,
        n: u32,
        edits: Vec<Edit>,
        now: u64,
    ) -> Result<Accepted, Refusal> {
        let is_stored = n <= self.hub.done(session);
        let accepted = self.hub.accept(session, n, edits, now)?;
        if is_stored {
            return Ok(accepted);
        }
        self.is_as_loaded = false;
        self.journal += 1;
        let stored = self.disk.append(self.journal, &accepted).await;
        stored.map_err(|DiskFailed| Refusal::NotStored)?;
        Ok(accepted)
    }

    /// Whether the journal has any ops.
    pub fn is_journaled(&self) -> bool {
        self.journal > 0
    }

    /// Whether the journal should be compacted when there is time.
    pub fn is_long(&self) -> bool {
        self.journal > JOURNAL
    }

    /// Writes everything as one record and empties the journal.
    pub async fn compact(&mut self) -> Result<(), DiskFailed> {
        self.disk.replace(self.hub.saved()).await?;
        self.journal = 0;
        Ok(())
    }

    /// Reads the transport, adopts new shards, and returns the registers that changed.
    pub async fn adopt(&mut self, now: u64) -> Result<Vec<(Key, Register)>, Unavailable> {
        self.read(now).await.map(|(changed, _)| changed)
    }

    async fn read(&mut self, now: u64) -> Result<(Vec<(Key, Register)>, Listing), Unavailable> {
        let Ok(listing) = self.transport.list().await else {
            self.hub.refused();
            return Err(Unavailable);
        };
        let needs_contents = self.hub.needs_contents(&listing.items);
        if needs_contents {
            self.hub.open();
        }
        let changed = self.hub.adopt(&listing, now);
        if needs_contents {
            // Our own shard may have changed, or a missing table may have arrived.
            self.hub.open();
        }
        if !changed.is_empty() {
            self.is_as_loaded = false;
        }
        self.hub.read_succeeded();
        // If the disk fails here, the transport still holds the adopted shards, and they are adopted again.
        if self.hub.take_changed() {
            let _ = self.compact().await;
        }
        Ok((changed, listing))
    }

    /// Adopts the shards of a packet. They are on disk when this returns.
    pub async fn take_in(&mut self, items: &Items, now: u64) -> Result<Vec<(Key, Register)>, DiskFailed> {
        self.is_as_loaded = false;
        self.hub.open();
        let changed = self.hub.take_in(items, now);
        self.compact().await?;
        Ok(changed)
    }

    /// Reads the transport, and publishes our shard and the shards that it has lost. Returns the registers that changed.
    /// If this device can't go on under its own name, it goes on as `device`.
    pub async fn publish(&mut self, now: u64, device: DeviceId) -> Result<Vec<(Key, Register)>, Unavailable> {
        let (changed, listing) = self.read(now).await?;
        self.renew(now, device).await;
        self.hub.open();
        let Some(plan) = self.hub.plan(&listing, now) else { return Ok(changed) };
        self.is_as_loaded = false;
        let written = async {
            self.compact().await.map_err(|DiskFailed| Unavailable)?;
            if !plan.set.is_empty() {
                self.transport.publish(&plan.set).await?;
            }
            if plan.remove.is_empty() { Ok(()) } else { self.transport.withdraw(&plan.remove).await }
        };
        match written.await {
            Ok(()) => self.hub.published(plan, now),
            Err(Unavailable) => self.hub.refused(),
        }
        // If the disk fails here, the next start finds a later version in the transport than the disk knows, and publishes
        // once more.
        let _ = self.compact().await;
        Ok(changed)
    }

    /// If this device can't go on under its own name, it goes on as `device`.
    pub async fn renew(&mut self, now: u64, device: DeviceId) {
        if self.hub.renew(device, now) {
            self.is_as_loaded = false;
            // If the disk fails here, the next start renews again, and keeps the ops written meanwhile: see
            // [`Hub::restore`].
            let _ = self.compact().await;
        }
    }

    /// Drops all tombstones that no colleague needs any more, to make room. The next version is published without them.
    pub fn tidy(&mut self, now: u64) {
        self.is_as_loaded = false;
        self.hub.open();
        self.hub.tidy(now);
    }

    /// The items of a packet. The number of the version in it is on disk when this returns.
    pub async fn pack(&mut self, now: u64) -> Result<Items, DiskFailed> {
        self.hub.open();
        let items = self.hub.pack(now);
        self.compact().await?;
        Ok(items)
    }
}

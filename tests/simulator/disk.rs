//! A disk in memory. Acknowledged writes survive a kill. The content may be restored from an older copy.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use baton_core::hub::writer::{self, DiskFailed, NotLoaded};
use baton_core::hub::{Accepted, Hub, Saved};
use baton_core::wire;

use crate::TEAM;
use crate::steps::Fuse;

/// The content of a disk.
#[derive(Clone, Debug, Default)]
pub(crate) struct Content {
    /// The record of the last compaction.
    pub(crate) record: Option<Vec<u8>>,
    /// The ops accepted since then, by number.
    pub(crate) journal: BTreeMap<u32, Vec<u8>>,
}

impl Content {
    /// The hub that would start from this content. `None`: nothing was ever written.
    pub(crate) fn hub(&self) -> Option<Hub> {
        let (saved, journal) = self.read().ok()?;
        Some(Hub::restore(TEAM, saved?, journal))
    }

    fn read(&self) -> Result<(Option<Saved>, Vec<Accepted>), NotLoaded> {
        let saved = self.record.as_ref().map(|record| wire::decode_saved(record)).transpose()?;
        let journal: Result<Vec<Accepted>, _> =
            self.journal.values().map(|op| wire::decode_accepted(op)).collect();
        Ok((saved, journal?))
    }
}

/// A disk. Clones share the content.
#[derive(Clone, Debug)]
pub(crate) struct Disk {
    /// The content.
    pub(crate) content: Rc<RefCell<Content>>,
    /// How many of the next writes fail.
    pub(crate) failing: Rc<Cell<u32>>,
    fuse: Fuse,
}

impl Disk {
    /// An empty disk.
    pub(crate) fn new(fuse: Fuse) -> Disk {
        Disk { content: Rc::default(), failing: Rc::default(), fuse }
    }

    async fn write(&self, write: impl FnOnce(&mut Content)) -> Result<(), DiskFailed> {
        self.fuse.step().await;
        let failing = self.failing.get();
        self.failing.set(failing.saturating_sub(1));
        if failing > 0 {
            return Err(DiskFailed);
        }
        write(&mut self.content.borrow_mut());
        self.fuse.step().await;
        Ok(())
    }
}

impl writer::Disk for Disk {
    async fn load(&self) -> Result<(Option<Saved>, Vec<Accepted>), NotLoaded> {
        self.fuse.step().await;
        self.content.borrow().read()
    }

    async fn append(&self, at: u32, op: &Accepted) -> Result<(), DiskFailed> {
        let op = wire::encode_accepted(op);
        self.write(|content| drop(content.journal.insert(at, op))).await
    }

    async fn replace(&self, saved: &Saved) -> Result<(), DiskFailed> {
        let record = Some(wire::encode_saved(saved));
        self.write(|content| *content = Content { record, ..Content::default() }).await
    }
}

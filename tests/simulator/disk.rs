//! A disk in memory: what it has acknowledged survives a kill, and it may be brought back from an older copy.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use baton_core::hub::Hub;
use baton_core::hub::writer::{self, DiskFailed};
use baton_core::wire;

use crate::TEAM;
use crate::steps::Fuse;

/// What lies on a disk.
#[derive(Clone, Debug, Default)]
pub(crate) struct Content {
    /// Everything at the time of the last fold.
    pub(crate) record: Option<Vec<u8>>,
    /// The ops accepted since, by number.
    pub(crate) journal: BTreeMap<u32, Vec<u8>>,
}

impl Content {
    /// The hub that would wake from it. `None`: nothing was ever written.
    pub(crate) fn hub(&self) -> Option<Hub> {
        let saved = wire::decode_saved(self.record.as_ref()?).ok()?;
        let journal = self.journal.values().filter_map(|op| wire::decode_accepted(op).ok()).collect();
        Some(Hub::restore(TEAM, saved, journal))
    }
}

/// A disk. Its clones are one disk.
#[derive(Clone, Debug)]
pub(crate) struct Disk {
    /// What lies on it.
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
    async fn load(&self) -> Result<(Option<Vec<u8>>, Vec<Vec<u8>>), DiskFailed> {
        self.fuse.step().await;
        let content = self.content.borrow().clone();
        Ok((content.record, content.journal.into_values().collect()))
    }

    async fn append(&self, at: u32, op: &[u8]) -> Result<(), DiskFailed> {
        self.write(|content| drop(content.journal.insert(at, op.to_vec()))).await
    }

    async fn replace(&self, record: &[u8]) -> Result<(), DiskFailed> {
        self.write(|content| *content = Content { record: Some(record.to_vec()), ..Content::default() }).await
    }
}

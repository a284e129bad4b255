//! A browser profile: its disk, its area, its clock, and a writer while its hub runs.

use std::cell::RefCell;
use std::rc::Rc;

use baton_core::hub::writer::Writer;
use baton_core::id::DeviceId;
use baton_core::replica::Edit;

use crate::area::{Area, Link};
use crate::disk::{Content, Disk};
use crate::steps::Fuse;

/// An op of a page that is not acknowledged yet: the session, the number, and the edits.
pub(crate) type Op = (String, u32, Vec<Edit>);

/// A browser profile.
#[derive(Debug)]
pub(crate) struct Device {
    /// The index of its account in the world.
    pub(crate) account: usize,
    /// The fuse that pauses its writer.
    pub(crate) fuse: Fuse,
    /// The disk.
    pub(crate) disk: Disk,
    /// The transport.
    pub(crate) link: Link,
    /// The writer, while the hub runs.
    pub(crate) writer: Option<Writer<Disk, Link>>,
    /// How far its clock is ahead, in milliseconds.
    pub(crate) skew: i64,
    /// Until when it can't reach the account, in milliseconds since the epoch.
    pub(crate) offline: u64,
    /// When it has to publish, by the true time.
    pub(crate) due: Option<u64>,
    /// When it last had to publish without anything waiting.
    pub(crate) beat: u64,
    /// The session id of its page.
    pub(crate) session: String,
    /// The number of the page's last op.
    pub(crate) n: u32,
    /// The op that the page will send again.
    pub(crate) unanswered: Option<Op>,
    /// Copies of the disk and the area, to restore.
    pub(crate) backups: Vec<(Content, Area)>,
}

impl Device {
    /// Creates a new profile.
    pub(crate) fn new(account: usize, firefox: bool, blind: bool, session: String) -> Device {
        let fuse = Fuse::default();
        let area = Area { firefox, blind: blind.then(Default::default), ..Area::default() };
        Device {
            account,
            disk: Disk::new(fuse.clone()),
            link: Link::new(area, fuse.clone()),
            fuse,
            writer: None,
            skew: 0,
            offline: 0,
            due: None,
            beat: 0,
            session,
            n: 0,
            unanswered: None,
            backups: Vec::new(),
        }
    }

    /// The time by its own clock.
    pub(crate) fn clock(&self, now: u64) -> u64 {
        now.saturating_add_signed(self.skew)
    }

    /// Its copy of `storage.sync`.
    pub(crate) fn area(&self) -> &Rc<RefCell<Area>> {
        &self.link.area
    }

    /// Its device id, if it has one yet.
    pub(crate) fn id(&self) -> Option<DeviceId> {
        match &self.writer {
            Some(writer) => Some(writer.hub().device()),
            None => Some(self.disk.content.borrow().hub()?.device()),
        }
    }
}

//! A browser profile: its disk, its area, its clock, and a writer while it is awake.

use std::cell::RefCell;
use std::rc::Rc;

use baton_core::hub::writer::Writer;
use baton_core::id::DeviceId;
use baton_core::replica::Edit;

use crate::area::{Area, Link};
use crate::disk::{Content, Disk};
use crate::steps::Fuse;

/// An op as a page sends it, until it is acknowledged.
pub(crate) type Op = (String, u32, Vec<Edit>);

/// A browser profile.
#[derive(Debug)]
pub(crate) struct Device {
    /// Which account, by its place in the world.
    pub(crate) account: usize,
    /// Where its writer can be stopped.
    pub(crate) fuse: Fuse,
    /// Its disk.
    pub(crate) disk: Disk,
    /// Its way to the area.
    pub(crate) link: Link,
    /// The writer, while it is awake.
    pub(crate) writer: Option<Writer<Disk, Link>>,
    /// How far its clock is ahead, in milliseconds.
    pub(crate) skew: i64,
    /// Until when it hears nothing of the account, in milliseconds since the epoch.
    pub(crate) offline: u64,
    /// When it is to publish, by the true time.
    pub(crate) due: Option<u64>,
    /// The last time it was made to publish whether or not anything waited.
    pub(crate) beat: u64,
    /// What its page is called.
    pub(crate) session: String,
    /// The last op of that page.
    pub(crate) n: u32,
    /// What the page will send again.
    pub(crate) unanswered: Option<Op>,
    /// Older copies of the disk and the area.
    pub(crate) backups: Vec<(Content, Area)>,
}

impl Device {
    /// A profile that was just made.
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

    /// Its area.
    pub(crate) fn area(&self) -> &Rc<RefCell<Area>> {
        &self.link.area
    }

    /// Its name, if it has one yet.
    pub(crate) fn id(&self) -> Option<DeviceId> {
        match &self.writer {
            Some(writer) => Some(writer.hub().device()),
            None => Some(self.disk.content.borrow().hub()?.device()),
        }
    }
}

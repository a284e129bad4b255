//! The state of one transport: the items that this device published, and its observations.
//!
//! A second transport is a second [`TransportState`], with its own [`Quota`].

use super::{Pace, PublishedContents, Quota};
use crate::id::DeviceId;
use crate::map::Map;
use crate::replica::Clock;
use crate::replica::shard::{Items, Unreadable};

/// After how long a device publishes although it has nothing new: to say that it is still there, and which versions of
/// others it has adopted. In milliseconds.
pub(super) const HEARTBEAT: u64 = 24 * 60 * 60 * 1_000;

/// All that a transport holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The items whose values are text.
    pub items: Items,
    /// The cost of all other items, in bytes.
    pub rest: usize,
}

/// The state of sync, as pages show it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sync {
    /// Whether edits of this device wait to be published.
    pub waiting: bool,
    /// When the transport was last read or written, in milliseconds since the epoch. 0: never.
    pub at: u64,
    /// Bytes used of the transport.
    pub used: u32,
    /// The most bytes that the transport holds.
    pub limit: u32,
    /// How many devices have published a shard that can't be read now. It is left alone.
    pub unreadable: u32,
    /// The problem, if there is one.
    pub problem: Option<Problem>,
}

/// Why nothing can be published or read now. Edits stay on disk meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Publishing would exceed the quota.
    Full,
    /// The transport refused a write or a read. The hub tries again.
    Refused,
    /// This browser's own disk can't be read, so there is nothing to show and nothing can be saved.
    Disk,
    /// A later version of Baton published from this browser. This version leaves that alone, and publishes nothing.
    Newer,
    /// A later version of Baton wrote this browser's disk. Nothing can be shown or saved now, and nothing is lost.
    DiskNewer,
}

/// One version of our shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its sequence number.
    pub seq: u32,
    /// The cost of its items, in bytes.
    pub size: usize,
    /// The moment of our latest edit in it.
    pub clock: Clock,
}

/// The state of a transport. All but [`TransportState::contents`] and [`TransportState::observed`] is on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransportState {
    /// The limits of the transport.
    pub quota: Quota,
    /// Our items as we last knew them to be in the transport.
    pub published: Items,
    /// The decoded content of [`TransportState::published`]. `None` until [`super::Hub::open`] has decoded it, or if it
    /// can't be decoded.
    pub contents: Option<PublishedContents>,
    /// The moment of our latest edit in [`TransportState::published`].
    pub published_clock: Clock,
    /// When this device last published, in milliseconds since the epoch.
    pub published_at: u64,
    /// Whether our shard must be published again although nothing was edited.
    pub rewrite: bool,
    /// The versions that we published, since the last one that all colleagues have adopted. In ascending order.
    pub versions: Vec<Version>,
    /// Since when there is a version of our own shard that is later than all we know of, in milliseconds since the
    /// epoch. 0: there is none. Nothing is published over it meanwhile.
    pub behind: u64,
    /// How many writes are left.
    pub pace: Pace,
    /// The colleagues whose shards the transport does not hold any more, each with the time when we noticed, in
    /// milliseconds since the epoch.
    pub lost: Map<DeviceId, u64>,
    /// The observations since the hub started.
    pub observed: Observed,
}

/// A hub's observations of a transport since it started. They are made again after each start, so they are not on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Observed {
    /// Bytes used of the transport.
    pub used: usize,
    /// Why nothing can be published or read now.
    pub problem: Option<Problem>,
    /// When the transport was last read or written, in milliseconds since the epoch. 0: never.
    pub synced_at: u64,
    /// Whether a later version of Baton wrote our items that are in the transport.
    pub newer: bool,
    /// The devices that this one stands in for and whose shards are still in the transport.
    pub leftover: Vec<DeviceId>,
    /// The devices whose shards could not be read, and why.
    pub unreadable: Vec<(DeviceId, Unreadable)>,
    /// Whether the hub gave up waiting for the later version of [`TransportState::behind`], and can't go on without it:
    /// see [`super::Hub::renew`].
    pub gave_up: bool,
}

impl TransportState {
    /// The state of a transport to which this device has never published.
    pub fn new(quota: Quota) -> TransportState {
        TransportState {
            quota,
            published: Items::new(),
            contents: None,
            published_clock: Clock::default(),
            published_at: 0,
            rewrite: false,
            versions: Vec::new(),
            behind: 0,
            pace: Pace::full(&quota),
            lost: Map::new(),
            observed: Observed::default(),
        }
    }

    /// Whether something waits to be published. `edited` is the moment of the latest edit made here.
    pub(super) fn is_waiting(&self, edited: Clock) -> bool {
        self.rewrite || edited > self.published_clock
    }

    /// Whether the last time we published is longer ago than [`HEARTBEAT`].
    pub(super) fn is_heartbeat_due(&self, now: u64) -> bool {
        now.saturating_sub(self.published_at) > HEARTBEAT
    }

    /// How long the budget of writes makes us wait, in milliseconds.
    pub(super) fn pace_delay(&mut self, now: u64) -> u64 {
        self.pace.delay(&self.quota, now)
    }

    /// Counts writes that are about to be made: one that is refused, or whose answer never arrives, counts as well.
    pub(super) fn spend_writes(&mut self, count: usize, now: u64) {
        (0..count).for_each(|_| self.pace.spend(&self.quota, now));
    }

    /// How many more writes the transport allows in this minute and in this hour.
    pub(super) fn writes_left(&self, now: u64) -> (usize, usize) {
        self.pace.left(&self.quota, now)
    }

    /// The last of [`TransportState::versions`] that a colleague knows which has adopted number `seq`.
    pub(super) fn version_until(&self, seq: u32) -> Option<Version> {
        self.versions.iter().rev().find(|version| version.seq <= seq).copied()
    }

    /// Notes whether a colleague's shard is in the transport.
    pub(super) fn note_presence(&mut self, device: DeviceId, is_there: bool, now: u64) {
        if is_there {
            self.lost.remove(&device);
        } else if !self.lost.contains_key(&device) {
            self.lost.insert(device, now.max(1));
        }
    }

    /// Notes that the transport was read at `now` and holds `used` bytes.
    pub(super) fn note_read(&mut self, used: usize, now: u64) {
        if used < self.observed.used {
            // Somebody made room, so there is no reason to wait.
            self.observed.problem.take_if(|problem| *problem == Problem::Full);
        }
        self.observed.used = used;
        self.observed.synced_at = now;
    }

    /// Notes that a version was published: `set` and `removed` are our items that changed.
    pub(super) fn note_published(
        &mut self,
        version: Version,
        contents: PublishedContents,
        set: Items,
        removed: &[String],
        now: u64,
    ) {
        self.published.retain(|name, _| !removed.contains(name));
        self.published.extend(set);
        self.contents = Some(contents);
        self.published_clock = version.clock;
        self.published_at = now;
        self.rewrite = false;
        self.observed.problem = None;
    }

    /// Forgets the published version, for a device that goes on under another name.
    pub(super) fn forget_published(&mut self) {
        self.versions.clear();
        self.published = Items::new();
        self.contents = None;
        self.published_clock = Clock::default();
        self.rewrite = true;
    }

    /// The state of sync. `edited` is the moment of the latest edit made here.
    pub(super) fn sync(&self, edited: Clock) -> Sync {
        let observed = &self.observed;
        Sync {
            waiting: self.is_waiting(edited),
            at: observed.synced_at,
            used: u32::try_from(observed.used).unwrap_or(u32::MAX),
            limit: u32::try_from(self.quota.total_bytes).unwrap_or(u32::MAX),
            unreadable: observed.unreadable.len() as u32,
            problem: if observed.newer { Some(Problem::Newer) } else { observed.problem },
        }
    }
}

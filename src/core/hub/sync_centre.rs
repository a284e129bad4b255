//! How sync is doing, in full: what the desk shows.

use super::{Conflict, Hub, Listing};
use crate::id::DeviceId;
use crate::replica::shard::{self, Unreadable};

/// How sync is doing, device by device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Centre {
    /// What this device's own shard takes, in bytes.
    pub mine: u32,
    /// What it may take at most for now, in bytes: see [`crate::hub`].
    pub share: u32,
    /// How many facts written here wait to be published.
    pub waiting: u32,
    /// How many more writes the browser allows within this minute, and within this hour.
    pub writes_left: (u32, u32),
    /// Absences that could be left out: those that no colleague needs any more.
    pub needless: u32,
    /// Chats that were archived in this browser.
    pub archived: u32,
    /// All devices, this one first, then by when they were last heard of, latest first.
    pub devices: Vec<DeviceState>,
    /// What two people wrote without knowing of each other, latest first.
    pub conflicts: Vec<Conflict>,
    /// The days of which there is a copy, in days since the epoch, latest first.
    pub copies: Vec<u32>,
}

/// A device, as this one knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeviceState {
    /// A [`crate::id::DeviceId`].
    pub id: String,
    /// Whether it is this one.
    pub is_me: bool,
    /// The version of its shard.
    pub seq: u32,
    /// What its shard takes, in bytes.
    pub bytes: u32,
    /// When it published that, by its own clock, in milliseconds since the epoch. 0: never.
    pub seen: u64,
    /// Whether it was retired.
    pub retired: bool,
    /// Whether browser sync has lost its shard; this browser still has it, and publishes it again.
    pub lost: bool,
    /// Why what it published last can't be read, if so.
    pub unreadable: Option<Reason>,
}

/// Why a shard can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A part of it has not arrived.
    Incomplete,
    /// It makes no sense.
    Corrupt,
    /// A later Baton wrote it: this one must be updated.
    Newer,
}

impl Hub {
    /// How sync is doing at `now`, in milliseconds since the epoch, as far as the hub alone knows.
    pub fn centre(&self, listing: &Listing, now: u64) -> Centre {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let published = self.saved.published_clock;
        let mine =
            self.saved.document.iter().filter(|(_, register)| register.stamp.device == self.saved.device);
        let waiting = mine.filter(|(_, register)| register.stamp.moment() > published).count();
        let (minute, hour) = self.saved.pace.left(now);
        let mut devices = vec![DeviceState {
            id: self.saved.device.to_string(),
            is_me: true,
            seq: self.saved.seq,
            bytes: count(shard::bytes_of(&self.saved.published)),
            seen: self.saved.published_at,
            unreadable: self.newer.then_some(Reason::Newer),
            ..DeviceState::default()
        }];
        let mut colleagues: Vec<DeviceState> =
            self.saved.colleagues.keys().map(|id| self.state_of(*id)).collect();
        // What can't be read at all is told as well.
        let strangers =
            self.unreadable.iter().filter(|(device, _)| self.saved.colleagues.get(device).is_none());
        colleagues.extend(strangers.map(|(device, why)| DeviceState {
            id: device.to_string(),
            unreadable: Some(reason(*why)),
            ..DeviceState::default()
        }));
        colleagues.sort_by_key(|state| u64::MAX - state.seen);
        devices.extend(colleagues);
        Centre {
            mine: count(shard::bytes_of(&self.saved.published)),
            share: count(self.limit(&self.others(listing), now)),
            waiting: count(waiting),
            writes_left: (count(minute), count(hour)),
            needless: count(self.needless(now)),
            archived: 0,
            devices,
            conflicts: self.saved.conflicts.iter().rev().cloned().collect(),
            copies: Vec::new(),
        }
    }

    fn state_of(&self, device: DeviceId) -> DeviceState {
        let Some(known) = self.saved.colleagues.get(&device) else { return DeviceState::default() };
        let why = self.unreadable.iter().find(|(unreadable, _)| *unreadable == device).map(|(_, why)| *why);
        DeviceState {
            id: device.to_string(),
            is_me: false,
            seq: known.seq,
            bytes: u32::try_from(shard::bytes_of(&known.items)).unwrap_or(u32::MAX),
            seen: u64::from(known.head.at) * 60_000,
            retired: self.retired(device).is_some(),
            lost: known.lost > 0,
            unreadable: why.map(reason),
        }
    }
}

fn reason(why: Unreadable) -> Reason {
    match why {
        Unreadable::Incomplete => Reason::Incomplete,
        Unreadable::Corrupt => Reason::Corrupt,
        Unreadable::Newer => Reason::Newer,
    }
}

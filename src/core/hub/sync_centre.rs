//! The full state of sync, which the desk shows.

use super::{Conflict, Hub, Listing, bytes_of};
use crate::id::DeviceId;
use crate::replica::shard::Unreadable;

/// The state of sync, device by device.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Centre {
    /// The cost of this device's shard, in bytes.
    pub mine: u32,
    /// The most that it may cost now, in bytes.
    pub share: u32,
    /// How many registers written here wait to be published.
    pub waiting: u32,
    /// How many more writes the browser allows within this minute, and within this hour.
    pub writes_left: (u32, u32),
    /// How many tombstones could be dropped, because no colleague needs them any more.
    pub needless: u32,
    /// How many chats were archived in this browser.
    pub archived: u32,
    /// All devices: this one, then the others by the time they last published, latest first.
    pub devices: Vec<DeviceState>,
    /// Conflicts, latest first.
    pub conflicts: Vec<Conflict>,
    /// The days of the daily copies, in days since the epoch, latest first.
    pub copies: Vec<u32>,
}

/// The state of one device, as this one knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeviceState {
    /// A [`crate::id::DeviceId`].
    pub id: String,
    /// Whether it is this one.
    pub is_me: bool,
    /// The sequence number of its shard.
    pub seq: u32,
    /// The cost of its shard, in bytes.
    pub bytes: u32,
    /// When it published that shard, by its own clock, in milliseconds since the epoch. 0: never.
    pub seen: u64,
    /// Whether it was retired.
    pub retired: bool,
    /// Whether the transport has lost its shard. This browser still has it, and publishes it again.
    pub lost: bool,
    /// Why its last shard can't be read, if so.
    pub unreadable: Option<Reason>,
}

/// Why a shard can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// A part of it has not arrived.
    Incomplete,
    /// It can't be decoded.
    Corrupt,
    /// A later version of Baton wrote it. An update of Baton can read it.
    Newer,
}

impl Hub {
    /// The state of sync at `now`, in milliseconds since the epoch. Archive and copies are added by the caller, which
    /// knows the disk.
    pub fn centre(&self, listing: &Listing, now: u64) -> Centre {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let transport = &self.saved.transport;
        let published = transport.published_clock;
        let mine_bytes = count(bytes_of(&transport.published));
        let mine =
            self.saved.document.iter().filter(|(_, register)| register.stamp.device == self.saved.device);
        let waiting = mine.filter(|(_, register)| register.stamp.moment() > published).count();
        let (minute, hour) = transport.writes_left(now);
        let mut devices = vec![DeviceState {
            id: self.saved.device.to_string(),
            is_me: true,
            seq: self.saved.seq,
            bytes: mine_bytes,
            seen: transport.published_at,
            unreadable: transport.observed.newer.then_some(Reason::Newer),
            ..DeviceState::default()
        }];
        let mut colleagues: Vec<DeviceState> =
            self.saved.colleagues.keys().map(|id| self.state_of(*id)).collect();
        // Devices of which we have never adopted a shard are shown as well.
        let unreadable = transport.observed.unreadable.iter();
        let strangers = unreadable.filter(|(device, _)| !self.saved.colleagues.contains_key(device));
        colleagues.extend(strangers.map(|(device, why)| DeviceState {
            id: device.to_string(),
            unreadable: Some(reason(*why)),
            ..DeviceState::default()
        }));
        colleagues.sort_by_key(|state| u64::MAX - state.seen);
        devices.extend(colleagues);
        Centre {
            mine: mine_bytes,
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
        let transport = &self.saved.transport;
        let mut unreadable = transport.observed.unreadable.iter();
        let why = unreadable.find(|(unreadable, _)| *unreadable == device).map(|(_, why)| *why);
        DeviceState {
            id: device.to_string(),
            is_me: false,
            seq: known.seq,
            bytes: u32::try_from(bytes_of(&known.items)).unwrap_or(u32::MAX),
            seen: u64::from(known.head.at) * 60_000,
            retired: self.retired(device).is_some(),
            lost: transport.lost.contains_key(&device),
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

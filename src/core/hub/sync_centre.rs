//! How sync is doing, in full: what the desk shows.

use super::{Hub, Listing};
use crate::id::DeviceId;
use crate::replica::shard::{self, Unreadable};
use crate::wire::{Centre, Clash, DeviceState, Reason, encode_registers};

impl Hub {
    /// How sync is doing at `now`, in milliseconds since the epoch, as far as the hub alone knows.
    pub fn centre(&self, listing: &Listing, now: u64) -> Centre {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let published = self.published_clock;
        let mine = self.document.iter().filter(|(_, register)| register.stamp.device == self.device);
        let waiting = mine.filter(|(_, register)| register.stamp.moment() > published).count();
        let (minute, hour) = self.pace.left(now);
        let conflicts = self.conflicts.iter().rev().map(|it| Clash {
            at: it.at,
            registers: encode_registers(&[(it.key, it.kept.clone()), (it.key, it.lost.clone())]),
        });
        let mut devices = vec![DeviceState {
            id: self.device.to_string(),
            is_me: true,
            seq: self.seq,
            bytes: count(shard::bytes_of(&self.published)),
            seen: self.published_at,
            unreadable: self.newer.then_some(Reason::Newer),
            ..DeviceState::default()
        }];
        let mut colleagues: Vec<DeviceState> = self.colleagues.keys().map(|id| self.state_of(*id)).collect();
        // What can't be read at all is told as well.
        let strangers = self.unreadable.iter().filter(|(device, _)| self.colleagues.get(device).is_none());
        colleagues.extend(strangers.map(|(device, why)| DeviceState {
            id: device.to_string(),
            unreadable: Some(reason(*why)),
            ..DeviceState::default()
        }));
        colleagues.sort_by_key(|state| u64::MAX - state.seen);
        devices.extend(colleagues);
        Centre {
            mine: count(shard::bytes_of(&self.published)),
            share: count(self.limit(&self.others(listing), now)),
            waiting: count(waiting),
            writes_left: (count(minute), count(hour)),
            needless: count(self.needless(now)),
            archived: 0,
            devices,
            conflicts: conflicts.collect(),
            copies: Vec::new(),
        }
    }

    fn state_of(&self, device: DeviceId) -> DeviceState {
        let Some(known) = self.colleagues.get(&device) else { return DeviceState::default() };
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

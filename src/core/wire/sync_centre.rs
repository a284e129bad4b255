//! Messages of the Sync centre: the state of sync, packets, daily copies, and freeing space.

use serde::{Deserialize, Serialize};

use super::codec::Registers;
use crate::hub::Centre;

/// Messages to the hub from the Sync centre.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToSyncCentre {
    /// Send the full state of sync, now and whenever it changes while this port is open.
    Watch,
    /// See [`Pack`].
    Pack(Pack),
    /// See [`TakeIn`].
    TakeIn(TakeIn),
    /// See [`ReadCopy`].
    ReadCopy(ReadCopy),
    /// See [`Archive`].
    Archive(Archive),
    /// Retire a device: this one publishes what that one published.
    Retire {
        /// A [`crate::id::DeviceId`].
        device: String,
    },
    /// Share what was archived in this browser again.
    Unarchive,
    /// Leave out all tombstones that no colleague needs, however young.
    Tidy,
}

/// Messages from the hub to the Sync centre.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FromSyncCentre {
    /// The full state of sync, for a desk that watches it.
    Centre(Centre),
    /// The answer to [`Pack`].
    Packet(Packet),
    /// The answer to [`TakeIn`].
    Taken(Taken),
    /// The answer to [`ReadCopy`].
    Copy(DayCopy),
    /// The answer to [`Archive`].
    Archived(Archived),
    /// A request changed nothing, because this browser's disk failed.
    NotStored(NotStored),
}

/// Packs everything that is known. The answer is [`Packet`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack;

/// Everything that is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packet {
    /// [`super::encode_packet`].
    pub text: String,
}

/// Takes in a packet. The answer is [`Taken`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakeIn {
    /// [`super::encode_packet`].
    pub packet: String,
}

/// A packet was taken in and is on disk, or was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// How many facts were new.
    pub facts: Result<u32, PacketRefused>,
}

/// Why a packet was not taken in. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PacketRefused {
    /// It is no packet, or a damaged one.
    Malformed,
    /// A later Baton wrote it. Updating helps.
    Newer,
    /// It is of another WhatsApp account.
    OtherTeam,
    /// This browser's disk did not take it.
    NotStored,
}

/// Reads the copy of a day. The answer is [`DayCopy`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadCopy {
    /// The day, in days since the epoch.
    pub day: u32,
}

/// The copy of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayCopy {
    /// The day.
    pub day: u32,
    /// Its registers; `None` if the copy was deleted meanwhile, as those are that are a week old.
    pub registers: Option<Registers>,
}

/// Keeps closed chats that nobody has touched for some days in this browser only. The answer is [`Archived`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archive {
    /// How many days.
    pub days: u32,
}

/// Chats were archived in this browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archived {
    /// How many.
    pub chats: u32,
}

/// This browser's disk failed, and nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotStored;

//! What the desk is told of sync, in full.

use serde::{Deserialize, Serialize};

/// How sync is doing, device by device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    pub conflicts: Vec<Clash>,
    /// The days of which there is a copy, in days since the epoch, latest first.
    pub copies: Vec<u32>,
}

/// A device, as this one knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// A part of it has not arrived.
    Incomplete,
    /// It makes no sense.
    Corrupt,
    /// A later Baton wrote it: this one must be updated.
    Newer,
}

/// A fact that two people wrote at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clash {
    /// When it was noticed, in milliseconds since the epoch.
    pub at: u64,
    /// [`crate::wire::encode_registers`] of two: what stands, and what lost.
    pub registers: String,
}

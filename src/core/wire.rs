//! What crosses a port or is stored: the only place that knows serde.
//!
//! A port message is one text, as registers are: thousands of small objects are slow to build on both sides, and Chrome
//! would write them as JSON once more.

mod codec;
mod file;
mod stored;

use serde::{Deserialize, Serialize};

pub use codec::{Malformed, decode_edits, decode_registers, encode_edits, encode_registers};
pub use file::{FILE_VERSION, FileMember, FileReply, FileTag, TeamFile};
pub use stored::{decode_accepted, decode_saved, encode_accepted, encode_saved};

/// The name of the port between the page or desk and the hub.
pub const PORT: &str = "baton";

/// What the page or the desk says to the hub.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToHub {
    /// The first message on a port, and again after the port was opened anew.
    Hello {
        /// The WhatsApp account. `None` from the desk: the account last used in this profile.
        account: Option<String>,
        /// A random name of this tab's life, so that an op sent again after a broken port is applied once.
        session: String,
    },
    /// Edits that belong together: all of them are stored, or none.
    Op {
        /// Counts up from 1 within a session.
        n: u32,
        /// [`encode_edits`].
        edits: String,
    },
    /// Publish what is waiting and read what others published, now.
    SyncNow,
    /// Open the desk: a page has no right to.
    OpenDesk,
}

/// What the hub says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FromHub {
    /// The answer to [`ToHub::Hello`].
    Welcome {
        /// The account whose team this is.
        account: String,
        /// The person this browser profile belongs to, as a [`crate::id::MemberId`].
        member: String,
        /// The last op of this session that is stored.
        done: u32,
        /// Everything known: [`encode_registers`].
        registers: String,
        /// How sync is doing.
        sync: Sync,
    },
    /// The desk said hello and no WhatsApp account was ever seen in this profile.
    NoTeam,
    /// The op is on disk. It carries its registers, stamped.
    Accepted {
        /// Which op.
        n: u32,
        /// [`encode_registers`].
        registers: String,
    },
    /// The op was not stored and has no effect.
    Refused {
        /// Which op.
        n: u32,
        /// Why.
        why: Refusal,
    },
    /// Registers that another tab or another device wrote.
    Changed {
        /// [`encode_registers`].
        registers: String,
    },
    /// How sync is doing, whenever that changes.
    Sync {
        /// The state.
        sync: Sync,
    },
}

impl ToHub {
    /// The message as a port carries it.
    pub fn write(&self) -> String {
        codec::to_text(self)
    }

    /// Reads a message.
    pub fn read(text: &str) -> Result<ToHub, Malformed> {
        codec::whole(&codec::from_text(text)?)
    }
}

impl FromHub {
    /// The message as a port carries it.
    pub fn write(&self) -> String {
        codec::to_text(self)
    }

    /// Reads a message.
    pub fn read(text: &str) -> Result<FromHub, Malformed> {
        codec::whole(&codec::from_text(text)?)
    }
}

/// Why an op was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// There would be more tags than [`crate::tag::TAG_LIMIT`]. The person can delete one.
    TooManyTags,
    /// This browser's disk did not take it. The person can free space and try again.
    NotStored,
    /// It could not be read: sender and hub are of different versions. The person can reload the page.
    NotUnderstood,
}

/// How the transport is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sync {
    /// Whether edits of this device wait to be published.
    pub waiting: bool,
    /// When the transport last took or brought something, in milliseconds since the epoch. 0: never.
    pub at: u64,
    /// Bytes used of the transport.
    pub used: u32,
    /// Bytes the transport holds at most.
    pub limit: u32,
    /// Foreign items that could not be read and were left alone.
    pub unreadable: u32,
    /// What is wrong, if anything.
    pub problem: Option<Problem>,
}

/// What keeps the transport from working. Edits stay on disk meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    /// Publishing would exceed the quota.
    Full,
    /// The browser refused a write or a read; it is tried again.
    Refused,
    /// This browser's own disk can't be read, so there is nothing to show and nothing can be saved.
    Disk,
}

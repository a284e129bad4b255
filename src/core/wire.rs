//! What crosses a port or is stored: the only place that knows serde.
//!
//! A port message is one text, as registers are: thousands of small objects are slow to build on both sides, and Chrome
//! would write them as JSON once more.

mod codec;
mod file;
mod files;
mod foreign;
mod hub;
mod packet;
mod stored;

use serde::{Deserialize, Serialize};

pub use crate::hub::{Centre, DeviceState, Problem, Reason, Refusal, Sync};
pub use crate::replica::Malformed;
pub use codec::{decode_edits, decode_registers, encode_edits, encode_registers};
pub use file::{FILE_VERSION, FileField, FileMember, FileReply, FileTag, TeamFile};
pub use files::{FileNote, PART_BYTES};
pub use foreign::{ForeignFile, LeftOut, Said};
pub use packet::{NoPacket, decode_packet, encode_packet, is_packet};
pub use stored::{
    decode_accepted, decode_saved, decode_saved_and_text, decode_uses, decode_versions, encode_accepted,
    encode_saved, encode_uses, encode_versions,
};

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
    /// Say in full how sync is doing: now, and whenever it changes as long as this port is open.
    SyncCentre,
    /// Pack everything that is known. The answer is [`FromHub::Packet`].
    Pack,
    /// Take in a packet. The answer is [`FromHub::Took`].
    TakeIn {
        /// [`encode_packet`].
        packet: String,
    },
    /// Retire a device: what it published is this one's to publish from now on.
    Retire {
        /// A [`crate::id::DeviceId`].
        device: String,
    },
    /// Keep closed chats that nobody has touched for so many days in this browser only.
    Archive {
        /// How many.
        days: u32,
    },
    /// Share what was archived in this browser again.
    Unarchive,
    /// Leave out all absences that no colleague needs, however young.
    Tidy,
    /// Say what a day's copy holds. The answer is [`FromHub::Copy`].
    Copy {
        /// The day, in days since the epoch.
        day: u32,
    },
    /// A reply was inserted. The answer, to all tabs, is [`FromHub::Uses`].
    Used {
        /// A [`crate::id::ReplyId`].
        reply: String,
        /// The [`crate::id::TagId`]s of the chat.
        tags: Vec<String>,
    },
    /// Pin a reply to the top in this browser, or let it go. The answer, to all tabs, is [`FromHub::Uses`].
    Pin {
        /// A [`crate::id::ReplyId`].
        reply: String,
        /// Whether it is to be pinned.
        on: bool,
    },
    /// Say what a reply said before. The answer is [`FromHub::Versions`].
    Versions {
        /// A [`crate::id::ReplyId`].
        reply: String,
    },
    /// Files were attached or taken away. The answer, to all tabs, is [`FromHub::Files`].
    Files,
    /// Give a part of a file. The answer is [`FromHub::FilePart`].
    FilePart {
        /// [`FileNote::reply`].
        reply: String,
        /// [`FileNote::at`].
        at: u32,
        /// From which byte on.
        offset: u32,
    },
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
    /// The same in full, for who asked for it.
    SyncCentre {
        /// The state.
        centre: Centre,
    },
    /// Everything that is known.
    Packet {
        /// [`encode_packet`].
        text: String,
    },
    /// Chats were archived in this browser, as asked.
    Archived {
        /// How many.
        chats: u32,
    },
    /// A packet was taken in, and is on disk.
    Took {
        /// How many facts were new here, or why it could not be read. Then nothing was changed.
        facts: Result<u32, PacketRefused>,
    },
    /// A day's copy.
    Copy {
        /// The day.
        day: u32,
        /// [`encode_registers`].
        registers: String,
    },
    /// What this browser's person used; after the greeting, and whenever it changes.
    Uses {
        /// [`encode_uses`].
        uses: String,
    },
    /// What a reply said before.
    Versions {
        /// A [`crate::id::ReplyId`].
        reply: String,
        /// [`encode_versions`].
        versions: String,
    },
    /// The files that are attached to replies here; after the greeting, and whenever they change.
    Files {
        /// All of them, by reply and place.
        files: Vec<FileNote>,
    },
    /// A part of a file.
    FilePart {
        /// [`FileNote::reply`].
        reply: String,
        /// [`FileNote::at`].
        at: u32,
        /// From which byte on.
        offset: u32,
        /// At most [`PART_BYTES`], as base64; `None` if the file is gone.
        part: Option<String>,
    },
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

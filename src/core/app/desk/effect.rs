//! What follows from what happens at the desk.

use crate::app::effect::Common;
use crate::id::{DeviceId, FieldId, ReplyId, TagId};
use crate::restore::Backup;
use crate::wire::{TeamFile, ToHub};

/// What is to be done outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Send to the hub. The port is opened if it is closed.
    Send(ToHub),
    /// Hide the toast with this number after a while.
    ToastTimer(u32),
    /// Give the person this file.
    Download(TeamFile),
    /// Give the person the replies as a file with this ending.
    SaveText {
        /// Without a dot.
        ending: &'static str,
        /// What is in it.
        text: String,
    },
    /// Take a file away from a reply, then tell.
    DropFile(ReplyId, u32),
    /// Attach the file that was taken away last to its reply again, at its place, then tell.
    PutBack(ReplyId, u32),
    /// Remember the keys that the person chose.
    RememberKeys(String),
    /// Stop reading the file that is being read.
    StopReading,
    /// Give the person this backup as a file.
    SaveBackup(Backup),
    /// Give the person this packet as a file.
    SavePacket(String),
    /// Put this packet on the clipboard, then tell whether that went well.
    Copy(String),
    /// Load what draws and reads QR codes, then tell.
    LoadCodes,
    /// Tell, with this number, when the next code's turn has come.
    TurnTimer(u32),
    /// Read WhatsApp by what is built in again.
    ForgetLayout,
    /// Put the focus there.
    Focus(Spot),
}

impl From<Common> for Effect {
    fn from(common: Common) -> Effect {
        match common {
            Common::Send(message) => Effect::Send(message),
            Common::ToastTimer(number) => Effect::ToastTimer(number),
        }
    }
}

/// A place the focus goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The heading of the section.
    Section,
    /// The name of a tag.
    Tag(TagId),
    /// The field for a new tag.
    NewTag,
    /// The row of a reply.
    Reply(ReplyId),
    /// The field to search replies.
    Search,
    /// The title of the open reply.
    Title,
    /// What the open reply said before.
    Versions,
    /// The name of a field.
    FieldName(FieldId),
    /// What a field is filled with.
    FieldValue(FieldId),
    /// The name of a field that is to be created.
    NewField,
    /// What a file would change.
    Preview,
    /// The question whether a device is to be retired.
    Retire,
    /// What retires a device.
    Device(DeviceId),
    /// The codes on screen.
    Codes,
    /// What shows codes.
    ShowCodes,
    /// What a backup would change.
    Restore,
}

/// Where the focus goes when `gone` goes: to the next of its kind, else to the one before.
pub(super) fn neighbour<I: Copy + PartialEq>(all: &[I], gone: I) -> Option<I> {
    let at = all.iter().position(|it| *it == gone)?;
    all.get(at + 1).or_else(|| all.get(at.checked_sub(1)?)).copied()
}

//! The effects of the desk.

use crate::app::effect::Common;
use crate::id::{DeviceId, FieldId, ReplyId, TagId};
use crate::restore::Backup;
use crate::wire::{TeamFile, ToHub};

/// An action for the shell to carry out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Send a message to the hub, opening the port first if it is closed.
    Send(ToHub),
    /// Start the timer that hides the toast with this number.
    ToastTimer(u32),
    /// Download this file.
    Download(TeamFile),
    /// Download a text file with this extension.
    SaveText {
        /// The extension, without a dot.
        ending: &'static str,
        /// The content of the file.
        text: String,
    },
    /// Detach a file from a reply, then report it.
    DropFile(ReplyId, u32),
    /// Reattach the file that was detached last, at its old index, then report it.
    PutBack(ReplyId, u32),
    /// Store the keys that the person chose.
    RememberKeys(String),
    /// Stop the worker that reads a file.
    StopReading,
    /// Download this backup.
    SaveBackup(Backup),
    /// Download this packet.
    SavePacket(String),
    /// Copy this packet to the clipboard, then report the result.
    Copy(String),
    /// Load the code that draws and reads QR codes, then report the result.
    LoadCodes,
    /// Start the timer with this number, which shows the next code.
    TurnTimer(u32),
    /// Remove the layout update, so that WhatsApp is read with the built-in locators.
    ForgetLayout,
    /// Move the focus to a place.
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

/// A place that can take the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The heading of the section.
    Section,
    /// The name field of a tag.
    Tag(TagId),
    /// The field for a new tag.
    NewTag,
    /// The row of a reply.
    Reply(ReplyId),
    /// The search field of the replies.
    Search,
    /// The title of the open reply.
    Title,
    /// The earlier versions of the open reply.
    Versions,
    /// The name of a field of the team's.
    FieldName(FieldId),
    /// The value of a field of the team's.
    FieldValue(FieldId),
    /// The name of the field that is to be created.
    NewField,
    /// The preview of an import.
    Preview,
    /// The question whether to retire a device.
    Retire,
    /// The button that retires a device.
    Device(DeviceId),
    /// The QR codes on screen.
    Codes,
    /// The button that shows the codes.
    ShowCodes,
    /// The preview of a backup.
    Restore,
}

/// The element that gets the focus when `gone` is removed: the next one, else the previous one.
pub(super) fn neighbour<I: Copy + PartialEq>(all: &[I], gone: I) -> Option<I> {
    let at = all.iter().position(|it| *it == gone)?;
    all.get(at + 1).or_else(|| all.get(at.checked_sub(1)?)).copied()
}

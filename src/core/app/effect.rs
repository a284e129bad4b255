//! What is to be done outside, on the page. The desk's own effects are in [`crate::app::desk::effect`]; those that both
//! have are [`Common`].

use crate::wire::{FileNote, ToHub};

/// An effect that the page and the desk have in common, so that a feature of both can ask for it.
pub enum Common {
    /// See [`Effect::Send`].
    Send(ToHub),
    /// See [`Effect::ToastTimer`].
    ToastTimer(u32),
}

impl From<Common> for Effect {
    fn from(common: Common) -> Effect {
        match common {
            Common::Send(message) => Effect::Send(message),
            Common::ToastTimer(number) => Effect::ToastTimer(number),
        }
    }
}

/// What is to be done outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Send to the hub. The port is opened if it is closed.
    Send(ToHub),
    /// Insert into the composer, then tell how it went.
    Insert(Insertion),
    /// Put on the clipboard.
    Copy(String),
    /// Read the clipboard, then tell what is in it.
    ReadClipboard,
    /// Begin a reply with a message of the person's own, or tell that there is none.
    ReadMessage,
    /// Select what is to be filled in first in the draft.
    SelectUnfilled,
    /// Fetch these files of a reply, then tell.
    Attach(Vec<FileNote>),
    /// Hand the files that were dropped or fetched to WhatsApp, then tell how that went.
    GiveFiles,
    /// Put a report about the page on the clipboard, then tell whether that went well.
    CopyReport,
    /// Open the chat with this title.
    OpenChat(String),
    /// Put the focus there, remembering where it was.
    Focus(Spot),
    /// Give the focus back to where it was.
    GiveBack,
    /// Remember across page loads whether the sidebar is collapsed.
    Remember {
        /// Whether it is.
        collapsed: bool,
    },
    /// Hide the toast with this number after a while.
    ToastTimer(u32),
}

/// A place the focus goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The palette's field.
    Palette,
    /// The first field of the palette's form that is empty.
    Form,
    /// The reply that is changed in the palette.
    EditReply,
    /// The question before sending what is not filled in.
    Unfilled,
    /// The question before writing into a colleague's chat.
    Question,
    /// The list of tags for the open chat.
    TagPicker,
    /// The field for a new tag.
    NewTag,
    /// The name of the tag that is being edited.
    EditTag,
    /// The hand-over form.
    HandOver,
    /// The keys.
    Help,
    /// The list of chats that a filter left.
    Chats,
}

/// A text on its way into the composer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insertion {
    /// The text, filled.
    pub text: String,
    /// How many characters before the caret it replaces.
    pub replace_before: usize,
    /// Where in it the caret goes, in units of UTF-16; `None`: behind it.
    pub cursor: Option<usize>,
}

/// What became of a text that could not be inserted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InsertProblem {
    /// There is no composer, or nothing landed in it. The draft is as it was; the text is on the clipboard.
    NotInserted(String),
    /// Something landed, but not the text: it has to be looked at. The text is on the clipboard.
    Differs(String),
    /// An input method is composing: try again after it.
    Composing,
}

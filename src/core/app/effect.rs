//! The effects of the page: everything that the shell can be told to do. The desk's own effects are in
//! [`crate::app::desk::effect`]; [`Common`] has the effects that page and desk share.

use crate::wire::{FileNote, ToHub};

/// An effect of both page and desk, so that a feature of both can return it.
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

/// An action for the shell to carry out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Send a message to the hub, opening the port first if it is closed.
    Send(ToHub),
    /// Insert a text into the composer, then report the result.
    Insert(Insertion),
    /// Write a text to the clipboard.
    Copy(String),
    /// Read the clipboard, then report its text.
    ReadClipboard,
    /// Read the latest message of the person's own in the open chat, to begin a reply with it, or report that there is
    /// none.
    ReadMessage,
    /// Select the first unfilled field of the draft.
    SelectUnfilled,
    /// Fetch these files of a reply, then report that they are fetched.
    Attach(Vec<FileNote>),
    /// Pass the dropped or fetched files to WhatsApp, then report the result.
    PassFiles,
    /// Copy a report about the page to the clipboard, then report the result.
    CopyReport,
    /// Read the times and unread counts of all chats, then report them.
    ReadChats,
    /// Open the chat with this title.
    OpenChat(String),
    /// Move the focus to a place, remembering where it was.
    Focus(Spot),
    /// Return the focus to the element that had it before [`Effect::Focus`].
    RestoreFocus,
    /// Focus the composer, whatever had the focus before.
    FocusComposer,
    /// Store in this browser the chats that the person held when it last looked.
    RememberHeld(String),
    /// Store a preference in this browser.
    Remember(Preference, bool),
    /// Start the timer that hides the toast with this number.
    ToastTimer(u32),
}

/// A preference of the person in this browser, which outlives the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preference {
    /// The sidebar is collapsed to a rail.
    Collapsed,
    /// The tags that filter the chat list are shown.
    TagsShown,
    /// No replies are suggested above the composer.
    NoSuggestions,
    /// The person knows the keys of this version.
    KnowsKeys,
}

/// The stored preferences, except for [`Preference::Collapsed`], which [`Surfaces`](super::surface::Surfaces) keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// See [`Preference::TagsShown`].
    pub tags_shown: bool,
    /// See [`Preference::NoSuggestions`].
    pub no_suggestions: bool,
    /// See [`Preference::KnowsKeys`].
    pub knows_keys: bool,
}

/// A place that can take the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The palette's search field.
    Palette,
    /// The first empty field of a reply's form, in the palette or in the sidebar.
    Form,
    /// The editor of a reply in the palette.
    EditReply,
    /// The question before sending a draft with unfilled fields.
    Unfilled,
    /// The question before writing into a colleague's chat.
    Question,
    /// The sidebar, after it was opened.
    Sidebar,
    /// The field for the person's name.
    Name,
    /// The tag picker for the open chat.
    TagPicker,
    /// The field for a new tag.
    NewTag,
    /// The name of the tag that is being edited.
    EditTag,
    /// The hand-over form.
    HandOver,
    /// The list of keys.
    Help,
    /// The narrowed chat list.
    Chats,
}

/// A text to insert into the composer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insertion {
    /// The text, with its fields filled.
    pub text: String,
    /// How many characters before the caret the text replaces.
    pub replace_before: usize,
    /// The position of the caret in the text, in UTF-16 code units. `None` puts the caret at the end.
    pub cursor: Option<usize>,
}

/// Why a text was not inserted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InsertProblem {
    /// There is no composer, or nothing was inserted. The draft is unchanged and the text is on the clipboard.
    NotInserted(String),
    /// The composer changed but does not contain the text, so the person has to check it. The text is on the clipboard.
    Differs(String),
    /// An input method is composing. The insertion can be tried again afterwards.
    Composing,
}

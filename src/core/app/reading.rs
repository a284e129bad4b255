//! What was read off WhatsApp's page, as plain data.

use crate::team::chat::ChatId;

/// One look at the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Whether the page is one we know.
    pub layout: Layout,
    /// The account's own id as WhatsApp writes it (`<digits>@lid`, else `<digits>@c.us`), without the device number.
    pub account: Option<String>,
    /// The rendered rows of the chat list from top to bottom. Empty while search results are shown.
    pub rows: Vec<Row>,
    /// The conversation that is open.
    pub open: Option<Open>,
    /// The state of the composer.
    pub composer: Composer,
    /// What stands in the draft that is still to be filled in, as it is written there: `{order number}`.
    pub unfilled: Vec<String>,
    /// Whether a dialog or drawer of WhatsApp's is open and keys are its own.
    pub dialog: bool,
    /// Dark theme.
    pub dark: bool,
    /// Right-to-left.
    pub rtl: bool,
}

/// Whether the page can be worked with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// WhatsApp is still loading.
    #[default]
    Waiting,
    /// WhatsApp shows the code to log in with.
    LoggedOut,
    /// Everything Baton needs was found.
    Known,
    /// Loaded, but these parts were not found. Reading goes on with what there is; writing is off.
    Unknown(Vec<&'static str>),
}

/// Which chat a title stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// This one.
    Known(ChatId),
    /// Several have this name: Baton does not guess, and asks.
    Ambiguous(Vec<Candidate>),
    /// WhatsApp's own directory has not been read yet.
    Pending,
    /// The parts of the conversation name different chats, or may do so: one is making way for another.
    Unsettled,
}

/// One of several chats of the same title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Which: [`Identity::Known`].
    pub known: Identity,
    /// What tells it from the others: its number, or the end of its id.
    pub label: String,
}

/// A chat of WhatsApp's directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its best id.
    pub id: ChatId,
    /// Its title.
    pub title: String,
    /// Its number, where the id is another.
    pub number: Option<ChatId>,
}

/// A row of the chat list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The title on screen, with emoji.
    pub title: String,
    /// Which chat it is.
    pub identity: Identity,
    /// Unread messages; 0 where there is no number.
    pub unread: u32,
    /// Whether it is the open chat.
    pub selected: bool,
}

/// The open conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The title on screen, with emoji.
    pub title: String,
    /// Which chat it is.
    pub identity: Identity,
    /// Differs from one visit to a chat to the next, whatever their titles.
    pub visit: u32,
}

/// The state of the composer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Composer {
    /// There is none: no chat is open, or it is one nobody can write to.
    #[default]
    Absent,
    /// Nothing is written.
    Empty,
    /// A draft is there.
    Draft,
}

//! The data read from WhatsApp's page.

use crate::team::chat::ChatId;

/// One reading of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Whether the page's layout is known.
    pub layout: Layout,
    /// The account's own id as WhatsApp writes it (`<digits>@lid`, else `<digits>@c.us`), without the device number.
    pub account: Option<String>,
    /// The rendered rows of the chat list from top to bottom. Empty while search results are shown.
    pub rows: Vec<Row>,
    /// Whether WhatsApp shows search results instead of the chat list.
    pub searching: bool,
    /// The open conversation.
    pub open: Option<Open>,
    /// The state of the composer.
    pub composer: Composer,
    /// The unfilled fields of the draft as they are written, such as `{order number}`.
    pub unfilled: Vec<String>,
    /// Whether one of WhatsApp's dialogs or drawers is open, which then gets the keys.
    pub dialog: bool,
    /// Whether WhatsApp's theme is dark.
    pub dark: bool,
    /// The colour of WhatsApp's surfaces, as red, green and blue, if it was found and Baton's texts are readable on it.
    pub surface: Option<[u8; 3]>,
    /// The colour of the selected row, as red, green and blue, if one was seen.
    pub selected_row: Option<[u8; 3]>,
    /// Whether the writing direction is right to left.
    pub rtl: bool,
}

/// Whether Baton recognises the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// WhatsApp has not finished loading.
    #[default]
    Waiting,
    /// WhatsApp shows the login code.
    LoggedOut,
    /// All necessary parts were found.
    Known,
    /// The page has loaded, but these parts were not found. Baton shows the data that it can read, and writes nothing.
    Unknown(Vec<&'static str>),
}

/// The identity of the chat that a title stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// The title stands for this chat.
    Known(ChatId),
    /// Several chats have this title. Baton asks the person instead of guessing.
    Ambiguous(Vec<Candidate>),
    /// WhatsApp's own directory has not been read yet.
    Pending,
    /// The parts of the conversation name different chats, or may do so: WhatsApp is switching from one chat to
    /// another.
    Unsettled,
}

/// One of several chats with the same title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The chat, as [`Identity::Known`].
    pub known: Identity,
    /// The label that distinguishes it from the other candidates: its number, or the end of its id.
    pub label: String,
}

/// A chat of WhatsApp's directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The chat's best id.
    pub id: ChatId,
    /// Its title.
    pub title: String,
    /// The chat's number, if `id` is not the number.
    pub number: Option<ChatId>,
}

/// The facts of a chat in WhatsApp's own list, whether its row is on screen or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatFacts {
    /// The chat's id.
    pub id: ChatId,
    /// The time of the last message, in milliseconds since the epoch; 0 if there is none.
    pub at: u64,
    /// The number of unread messages. A chat that was marked by hand counts as one.
    pub unread: u32,
}

/// A row of the chat list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The title on screen, with emoji.
    pub title: String,
    /// The identity of the row's chat.
    pub identity: Identity,
    /// The number of unread messages; 0 if the row shows none. A chat that was marked by hand counts as one.
    pub unread: u32,
    /// The beginning of the last message, as the row shows it.
    pub preview: String,
    /// Whether the row's chat is open.
    pub selected: bool,
}

/// The open conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The title on screen, with emoji.
    pub title: String,
    /// The identity of the open chat.
    pub identity: Identity,
    /// The text of the customer's last message, if the page shows one.
    pub last_in: Option<String>,
    /// Whether a message of our own follows it.
    pub answered: bool,
    /// The number of the visit. Each visit to a chat has another number, even if the titles are equal.
    pub visit: u32,
}

/// The state of the composer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Composer {
    /// There is no composer: no chat is open, or the open chat is read-only.
    #[default]
    Absent,
    /// The composer is empty.
    Empty,
    /// The composer has a draft.
    Draft,
}

//! What happens, and what follows from it.

use core::ops::ControlFlow;

use crate::app::keys::{Action, Keys};
use crate::app::model::{Filter, Insertion, Link, Model, Toast};
use crate::app::palette;
use crate::app::reading::{Listed, Reading};
use crate::id::{MemberId, TagId};
use crate::replica::Edit;
use crate::team::chat::{ChatId, ChatKey, NamingKey};
use crate::team::tag::Colour;
use crate::wire::{self, FileNote, FromHub, ToHub};
use crate::words::Words;

/// Everything that can happen.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The page was read and differs from before.
    Read(Reading),
    /// WhatsApp's own directory was read.
    Names(Vec<Listed>),
    /// The hub spoke.
    Hub(FromHub),
    /// The extension was updated or removed while the page is open.
    Gone,
    /// The port to the hub closed.
    Closed,
    /// A minute passed: ages have changed.
    Minute,
    /// A key of [`crate::app::keys::KEYS`].
    Key(Action),
    /// The keys that the person chose.
    Keys(Keys),
    /// Escape: one level back.
    Back,

    /// Collapse the sidebar to a rail, or open it.
    Collapse(bool),
    /// Narrow the list, or show all.
    Show(Option<Filter>),
    /// Open a chat in WhatsApp.
    Open(ChatKey),
    /// WhatsApp's list has no such row.
    NotFound,

    /// Open or close the field for a new tag.
    AddTag(bool),
    /// Create a tag. The id is random.
    NewTag(TagId, String),
    /// Open a tag for editing, or close it.
    EditTag(Option<TagId>),
    /// Rename a tag.
    RenameTag(TagId, String),
    /// Change a tag's colour.
    RecolourTag(TagId, Colour),
    /// Move a tag up (-1) or down (1), or any number of places.
    MoveTag(TagId, i32),
    /// Delete a tag.
    DeleteTag(TagId),
    /// The open chat, whose title several have, is this one.
    ThisIs(ChatId),
    /// Put a tag on the open chat or take it off.
    ToggleTag(TagId),
    /// Open or close the list of tags for the open chat.
    PickTags(bool),

    /// Claim the open chat.
    Claim,
    /// Release the open chat.
    Release,
    /// Open or close the hand-over form.
    HandingOver(bool),
    /// Hand the open chat to a member, with a reason or without.
    HandOver(MemberId, String),
    /// Something was about to be written into a colleague's chat.
    Guarded,
    /// The answer: write here without taking the chat.
    HelpHere,

    /// Open the quick replies; `trigger` characters before the caret opened them.
    Replies {
        /// See [`Palette::trigger`].
        trigger: usize,
    },
    /// Somebody pressed elsewhere: the palette closes, and the focus is where they pressed.
    Away,
    /// Something in the quick replies.
    Palette(palette::update::Msg),
    /// Something was about to be sent that is not filled in.
    SendBlocked,
    /// The answer: show what is to be filled in.
    FillIn,
    /// The answer: let it be sent as it is.
    SendAsItIs,
    /// How an insertion went.
    Inserted(Result<(), InsertProblem>),

    /// The browser did not let us use the clipboard.
    NotCopied,
    /// A file of a reply could not be read.
    FilesGone,
    /// The files of a reply that were being fetched are here.
    FilesHere,
    /// Attach the files that wait until the text is filled in.
    AttachFiles,
    /// The files of a reply are in WhatsApp's preview.
    Attached,
    /// Files were dropped on the sidebar: they are for the open chat.
    Dropped,
    /// WhatsApp took none of the files that were dropped.
    NotAttached,
    /// Copy a report about the page, for whoever mends what reads it.
    CopyReport,
    /// There is no message of the person's own in the open chat.
    NoMessage,
    /// Whether the report is on the clipboard.
    ReportCopied(bool),

    /// Take back what the toast tells.
    Undo,
    /// The toast with this number has been there long enough.
    ToastOver(u32),
    /// Show the desk.
    Desk,
    /// Publish and read now.
    SyncNow,
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

/// What is to be done outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Send to the hub, opening the port if it rests.
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

impl Model {
    /// Takes in what happened at `now` (milliseconds since the epoch) and says what to do about it.
    pub fn update(&mut self, msg: Msg, now: u64) -> Vec<Effect> {
        self.now = now;
        let effects = match msg {
            Msg::Read(reading) => self.read(reading),
            Msg::Names(chats) => {
                self.learn_listed(&chats);
                self.move_over()
            }
            msg => match self.happened(msg) {
                ControlFlow::Break(effects) => effects,
                ControlFlow::Continue(msg) => self.by_hand(msg),
            },
        };
        if core::mem::take(&mut self.offer_changed) && self.palette.is_some() {
            self.renew_palette();
        }
        effects
    }

    /// The same at the desk, where nothing follows from what belongs to the page.
    pub(super) fn update_at_desk(&mut self, msg: Msg) -> Vec<Effect> {
        let done = match self.happened(msg) {
            ControlFlow::Continue(msg) => self.by_hand_anywhere(msg),
            done => done,
        };
        done.break_value().unwrap_or_default()
    }

    /// Takes in what happens without a hand: what the hub says, and what time brings.
    fn happened(&mut self, msg: Msg) -> ControlFlow<Vec<Effect>, Msg> {
        ControlFlow::Break(match msg {
            Msg::Hub(said) => self.hear(said),
            Msg::Gone => {
                // What is on screen stays, with a notice; nothing can be saved, and nobody is kept from writing.
                self.link = Link::Gone;
                self.asking = None;
                vec![]
            }
            Msg::Closed => self.closed(),
            Msg::Minute => self.ask_again(),
            Msg::Keys(keys) => {
                self.keys_chosen = keys;
                vec![]
            }
            Msg::ToastOver(number) => {
                self.toast.take_if(|toast| toast.number == number);
                vec![]
            }
            msg => return ControlFlow::Continue(msg),
        })
    }

    /// What opens a port, once the account is known.
    pub fn hello(&self) -> Option<ToHub> {
        let (account, _) = self.naming.as_ref()?;
        Some(ToHub::Hello { account: Some(account.clone()), session: self.session.clone() })
    }

    fn read(&mut self, reading: Reading) -> Vec<Effect> {
        let before = self.open_chat();
        self.reading = reading;
        let mut effects = Vec::new();
        if let Some(account) = self.reading.account.clone()
            && self.naming.as_ref().is_none_or(|(known, _)| *known != account)
        {
            // Another account is another team: nothing of the former one may be shown or written here.
            *self = Model {
                reading: core::mem::take(&mut self.reading),
                now: self.now,
                initials: self.initials.take(),
                keys_chosen: self.keys_chosen,
                naming: Some((account.clone(), NamingKey::of_account(&account))),
                shared: self.shared.emptied(),
                ..Model::new(core::mem::take(&mut self.session), self.collapsed, self.locale)
            };
            effects.extend(self.hello().map(Effect::Send));
        }
        self.learn_seen();
        if self.moves_due {
            effects.extend(self.move_over());
        }
        if self.attaching.is_some() {
            effects.extend(self.check_files());
        }
        if self.unfilled().is_empty() && core::mem::take(&mut self.asking_send) {
            effects.push(Effect::GiveBack);
        }
        if self.open_chat() != before {
            // What was begun for one chat must not end in another.
            self.asking = None;
            self.asking_send = false;
            self.helping_in = None;
            let forms = core::mem::take(&mut self.handing_over) | core::mem::take(&mut self.picking_tags);
            if self.palette.take().is_some() || forms {
                effects.push(Effect::GiveBack);
            }
        }
        effects
    }

    pub(super) fn edit(&mut self, edits: Vec<Edit>) -> Vec<Effect> {
        if edits.is_empty() {
            return vec![];
        }
        if self.link == Link::Gone {
            return vec![]; // Nothing can be saved, and the notice says so.
        }
        let n = self.shared.edit(edits.clone(), self.minute());
        self.offer_changed = true;
        vec![Effect::Send(ToHub::Op { n, edits: wire::encode_edits(&edits) })]
    }

    pub(super) fn tell(&mut self, words: Words, bad: bool, undo: Vec<Edit>) -> Vec<Effect> {
        self.toasts += 1;
        self.toast = Some(Toast { number: self.toasts, words, bad, undo });
        vec![Effect::ToastTimer(self.toasts)]
    }
}

//! What happens, and what follows from it.

use core::ops::ControlFlow;

use crate::app::keys::{Action, Keys};
use crate::app::model::{Filter, Insertion, Link, Model, Toast};
use crate::app::palette;
use crate::app::reading::{Listed, Reading};
use crate::chat::{ChatId, ChatKey, NamingKey};
use crate::edits;
use crate::id::{MemberId, TagId};
use crate::replica::Edit;
use crate::tag::Colour;
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
        match self.update_anywhere(msg, now) {
            ControlFlow::Break(effects) => effects,
            ControlFlow::Continue(msg) => self.update_page(msg),
        }
    }

    /// The same for what happens at the desk as well. The rest is given back, so that the desk's Wasm holds nothing of it.
    pub(super) fn update_anywhere(&mut self, msg: Msg, now: u64) -> ControlFlow<Vec<Effect>, Msg> {
        self.now = now;
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
            Msg::Back => self.back(),
            Msg::NewTag(id, name) => self.new_tag(id, &name),
            Msg::EditTag(tag) => {
                self.editing_tag = tag;
                vec![if tag.is_some() { Effect::Focus(Spot::EditTag) } else { Effect::GiveBack }]
            }
            Msg::RecolourTag(tag, colour) => self.edit(edits::recolour_tag(tag, colour)),
            Msg::MoveTag(tag, by) => self.move_tag(tag, by),
            Msg::DeleteTag(tag) => self.delete_tag(tag),
            Msg::Undo => {
                let undo = self.toast.take().map(|toast| toast.undo).unwrap_or_default();
                self.edit(undo)
            }
            Msg::ToastOver(number) => {
                self.toast.take_if(|toast| toast.number == number);
                vec![]
            }
            Msg::SyncNow => vec![Effect::Send(ToHub::SyncNow)],
            msg => return ControlFlow::Continue(msg),
        })
    }

    fn update_page(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Read(reading) => self.read(reading),
            Msg::Names(chats) => {
                self.learn_listed(&chats);
                self.move_over()
            }
            Msg::ThisIs(chat) => {
                self.tell_chat(chat);
                vec![]
            }
            Msg::Key(action) => self.act(action),
            Msg::Away => {
                self.palette = None;
                vec![]
            }
            Msg::Collapse(collapsed) => {
                self.collapsed = collapsed;
                vec![Effect::Remember { collapsed }]
            }
            Msg::Show(filter) => {
                self.filter = if self.filter == filter { None } else { filter };
                if self.filter.is_some() { vec![Effect::Focus(Spot::Chats)] } else { vec![Effect::GiveBack] }
            }
            Msg::Open(chat) => {
                self.title_of(&chat).map(|title| Effect::OpenChat(title.to_owned())).into_iter().collect()
            }
            Msg::NotFound => self.tell(Words::plain("toast_chat_not_found"), true, vec![]),

            Msg::AddTag(open) => {
                self.adding_tag = open;
                vec![if open { Effect::Focus(Spot::NewTag) } else { Effect::GiveBack }]
            }
            Msg::RenameTag(tag, name) => self.edit(edits::rename_tag(self.shared.team(), tag, &name)),
            Msg::ToggleTag(tag) => self.toggle_tag(tag),
            Msg::PickTags(open) => self.pick_tags(open),

            Msg::Claim => self.claim(),
            Msg::Release => self.release(),
            Msg::HandingOver(open) => {
                self.handing_over = open && self.open_chat().is_some();
                vec![if self.handing_over { Effect::Focus(Spot::HandOver) } else { Effect::GiveBack }]
            }
            Msg::HandOver(member, reason) => self.hand_over(member, &reason),
            Msg::Guarded => self.ask(None),
            Msg::HelpHere => {
                self.helping_in = self.other_holder().map(|(chat, holder)| (chat, holder.member));
                self.answered()
            }

            Msg::Replies { trigger } => self.open_palette(trigger),
            Msg::Palette(msg) => self.in_palette(msg),
            Msg::SendBlocked => {
                self.asking_send = !self.unfilled().is_empty();
                if self.asking_send { vec![Effect::Focus(Spot::Unfilled)] } else { vec![] }
            }
            Msg::FillIn => {
                self.asking_send = false;
                vec![Effect::GiveBack, Effect::SelectUnfilled]
            }
            Msg::SendAsItIs => {
                self.as_it_is = self.visit().map(|visit| (visit, self.reading.unfilled.clone()));
                self.asking_send = false;
                vec![Effect::GiveBack]
            }
            Msg::Inserted(outcome) => self.inserted(outcome),

            Msg::NotCopied => self.tell(Words::plain("toast_not_copied"), true, vec![]),
            Msg::FilesGone => {
                self.attaching = None;
                self.tell(Words::plain("toast_files_gone"), true, vec![])
            }
            Msg::FilesHere => self.files_here(),
            Msg::AttachFiles => self.attach_waiting(),
            Msg::Attached => {
                self.toast.take_if(|toast| toast.words.name == "toast_attaching");
                vec![]
            }
            Msg::Dropped if !self.can_write() => self.tell(Words::plain("toast_not_attached"), true, vec![]),
            Msg::Dropped if self.guarded() => self.ask(None),
            Msg::Dropped => vec![Effect::GiveFiles],
            Msg::NotAttached => self.tell(Words::plain("toast_not_attached"), true, vec![]),
            Msg::NoMessage => self.tell(Words::plain("toast_no_message"), true, vec![]),
            Msg::CopyReport => vec![Effect::CopyReport],
            Msg::ReportCopied(true) => self.tell(Words::plain("toast_report_copied"), false, vec![]),
            Msg::ReportCopied(false) => self.tell(Words::plain("toast_report_not_copied"), true, vec![]),

            Msg::Desk => vec![Effect::Send(ToHub::OpenDesk)],

            // These are taken in anywhere.
            Msg::Hub(_) | Msg::Gone | Msg::Closed | Msg::Minute | Msg::Keys(_) | Msg::Back => vec![],
            Msg::NewTag(..) | Msg::EditTag(_) | Msg::RecolourTag(..) | Msg::MoveTag(..) => vec![],
            Msg::DeleteTag(_) | Msg::Undo | Msg::ToastOver(_) | Msg::SyncNow => vec![],
        }
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
        effects.extend(self.check_files());
        if self.unfilled().is_empty() && core::mem::take(&mut self.asking_send) {
            effects.push(Effect::GiveBack);
        }
        if self.open_chat() != before {
            // What was begun for one chat must not end in another.
            self.asking = None;
            self.asking_send = false;
            self.helping_in = None;
            self.handing_over = false;
            self.picking_tags = false;
            if self.palette.take().is_some() {
                effects.push(Effect::GiveBack);
            }
        }
        effects
    }

    fn act(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Palette if self.palette.is_some() => self.back(),
            Action::Palette => self.open_palette(0),
            Action::TagChat => self.pick_tags(!self.picking_tags),
            Action::ClaimOrRelease => {
                let mine =
                    self.open_chat().and_then(|chat| self.shared.team().holder_of(&chat)).map(|h| h.member);
                if mine.is_some() && mine == self.me { self.release() } else { self.claim() }
            }
            Action::HandOver => {
                let open = !self.handing_over;
                self.update(Msg::HandingOver(open), self.now)
            }
            Action::SaveReply => vec![Effect::ReadMessage],
            Action::Sidebar => self.update(Msg::Collapse(!self.collapsed), self.now),
            Action::Help => {
                self.helping = !self.helping;
                vec![if self.helping { Effect::Focus(Spot::Help) } else { Effect::GiveBack }]
            }
        }
    }

    /// Steps back one level: the innermost thing that is open closes, and the focus returns.
    fn back(&mut self) -> Vec<Effect> {
        let closed = if self.helping {
            self.helping = false;
            true
        } else if core::mem::take(&mut self.asking_send)
            || self.palette_back()
            || self.palette.take().is_some()
            || self.asking.take().is_some()
        {
            true
        } else if self.handing_over || self.picking_tags || self.adding_tag || self.editing_tag.is_some() {
            self.handing_over = false;
            self.picking_tags = false;
            self.adding_tag = false;
            self.editing_tag = None;
            true
        } else {
            self.filter.take().is_some()
        };
        if closed { vec![Effect::GiveBack] } else { vec![] }
    }

    fn new_tag(&mut self, id: TagId, name: &str) -> Vec<Effect> {
        if name.trim().is_empty() {
            return vec![];
        }
        let worn = |colour: &Colour| self.shared.team().tags().iter().any(|tag| tag.colour == *colour);
        let colour = Colour::ALL.into_iter().find(|colour| !worn(colour)).unwrap_or_default();
        match edits::new_tag(self.shared.team(), id, name, colour) {
            Ok(edits) => self.edit(edits),
            Err(edits::TooManyTags) => self.tell(Words::plain("toast_too_many_tags"), true, vec![]),
        }
    }

    fn move_tag(&mut self, tag: TagId, by: i32) -> Vec<Effect> {
        let tags = self.shared.team().tags();
        let Some(from) = tags.iter().position(|it| it.id == tag) else { return vec![] };
        let to = from.saturating_add_signed(by as isize).min(tags.len() - 1);
        if to == from { vec![] } else { self.edit(edits::move_tag(self.shared.team(), tag, to)) }
    }

    fn delete_tag(&mut self, tag: TagId) -> Vec<Effect> {
        let Some(name) = self.shared.team().tag(tag).map(|tag| tag.name) else { return vec![] };
        self.editing_tag = None;
        self.filter.take_if(|filter| *filter == Filter::Tag(tag));
        self.edit_with_undo(edits::delete_tag(tag), Words::with("toast_tag_deleted", [&name]))
    }

    fn toggle_tag(&mut self, tag: TagId) -> Vec<Effect> {
        let Some(chat) = self.open_chat() else { return vec![] };
        let on = self.shared.team().tags_of(&chat).iter().any(|worn| worn.id == tag);
        self.edit(edits::tag_chat(chat, tag, !on))
    }

    fn pick_tags(&mut self, open: bool) -> Vec<Effect> {
        self.picking_tags = open && self.open_chat().is_some();
        if !self.picking_tags {
            return vec![Effect::GiveBack];
        }
        let mut effects = vec![Effect::Focus(Spot::TagPicker)];
        if self.collapsed {
            effects.extend(self.update(Msg::Collapse(false), self.now));
        }
        effects
    }

    fn claim(&mut self) -> Vec<Effect> {
        let (Some(chat), Some(me)) = (self.open_chat(), self.me) else { return vec![] };
        if self.myself().is_none() {
            return self.who_are_you();
        }
        let mut effects = self.edit(edits::give_chat(chat, me, ""));
        effects.extend(self.answered());
        effects
    }

    fn release(&mut self) -> Vec<Effect> {
        let Some(chat) = self.open_chat() else { return vec![] };
        let title = self.title_of(&chat).unwrap_or_default().to_owned();
        self.edit_with_undo(edits::release_chat(chat), Words::with("toast_released", [&title]))
    }

    fn hand_over(&mut self, member: MemberId, reason: &str) -> Vec<Effect> {
        let (Some(chat), Some(to)) = (self.open_chat(), self.shared.team().member(member)) else {
            return vec![];
        };
        self.handing_over = false;
        let title = self.title_of(&chat).unwrap_or_default().to_owned();
        let words = Words::with("toast_handed_over", [&title, &to.name]);
        let mut effects = self.edit_with_undo(edits::give_chat(chat, member, reason), words);
        effects.push(Effect::GiveBack);
        effects
    }

    /// A chat can only be taken by somebody with a name that colleagues can read.
    pub(super) fn who_are_you(&mut self) -> Vec<Effect> {
        let mut effects = self.tell(Words::plain("toast_who_are_you"), false, vec![]);
        effects.push(Effect::Send(ToHub::OpenDesk));
        effects
    }

    pub(super) fn ask(&mut self, waiting: Option<Insertion>) -> Vec<Effect> {
        self.asking = Some(waiting);
        vec![Effect::Focus(Spot::Question)]
    }

    /// The question before writing was answered with yes: goes on with what waited for it.
    fn answered(&mut self) -> Vec<Effect> {
        match self.asking.take() {
            Some(Some(insertion)) => vec![Effect::GiveBack, Effect::Insert(insertion)],
            Some(None) => vec![Effect::GiveBack],
            None => vec![],
        }
    }

    pub(super) fn not_inserted(&mut self, problem: InsertProblem) -> Vec<Effect> {
        let (words, text) = match problem {
            InsertProblem::NotInserted(text) => ("toast_not_inserted", Some(text)),
            InsertProblem::Differs(text) => ("toast_inserted_differs", Some(text)),
            InsertProblem::Composing => ("toast_composing", None),
        };
        let mut effects = self.tell(Words::plain(words), true, vec![]);
        effects.extend(text.map(Effect::Copy));
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
        self.renew_palette();
        vec![Effect::Send(ToHub::Op { n, edits: wire::encode_edits(&edits) })]
    }

    fn edit_with_undo(&mut self, edits: Vec<Edit>, words: Words) -> Vec<Effect> {
        self.edit_with(edits, words, None)
    }

    /// Makes edits and tells of them. They are taken back by `undo`, or else by what was before.
    pub(super) fn edit_with(
        &mut self,
        edits: Vec<Edit>,
        words: Words,
        undo: Option<Vec<Edit>>,
    ) -> Vec<Effect> {
        let before = || edits.iter().map(|(key, _)| (*key, self.shared.value(key))).collect();
        let undo = undo.unwrap_or_else(before);
        if self.link == Link::Gone {
            return self.edit(edits);
        }
        let mut effects = self.edit(edits);
        effects.extend(self.tell(words, false, undo));
        effects
    }

    pub(super) fn tell(&mut self, words: Words, bad: bool, undo: Vec<Edit>) -> Vec<Effect> {
        self.toasts += 1;
        self.toast = Some(Toast { number: self.toasts, words, bad, undo });
        vec![Effect::ToastTimer(self.toasts)]
    }
}

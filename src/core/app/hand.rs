//! What a person does, and what follows from it.

use core::ops::ControlFlow;

use crate::app::keys::Action;
use crate::app::model::{Filter, Insertion, Link, Model};
use crate::app::update::{Effect, InsertProblem, Msg, Spot};
use crate::id::{MemberId, TagId};
use crate::replica::Edit;
use crate::team::chat;
use crate::team::holder;
use crate::team::tag::{self, Colour};
use crate::wire::ToHub;
use crate::words::Words;

impl Model {
    /// Takes in what a person does on the page.
    pub(super) fn by_hand(&mut self, msg: Msg) -> Vec<Effect> {
        let msg = match self.by_hand_anywhere(msg) {
            ControlFlow::Break(effects) => return effects,
            ControlFlow::Continue(msg) => msg,
        };
        match msg {
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
            Msg::RenameTag(tag, name) => self.edit(tag::rename(self.shared.team(), tag, &name)),
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

            // These are no hand's, or are taken in anywhere.
            Msg::Read(_) | Msg::Names(_) | Msg::Hub(_) | Msg::Gone | Msg::Closed | Msg::Minute => vec![],
            Msg::Keys(_) | Msg::ToastOver(_) | Msg::Back | Msg::NewTag(..) | Msg::EditTag(_) => vec![],
            Msg::RecolourTag(..) | Msg::MoveTag(..) | Msg::DeleteTag(_) | Msg::Undo | Msg::SyncNow => vec![],
        }
    }

    /// The same for what a person does at the desk as well. The rest is given back, so that the desk's Wasm holds nothing
    /// of it.
    pub(super) fn by_hand_anywhere(&mut self, msg: Msg) -> ControlFlow<Vec<Effect>, Msg> {
        ControlFlow::Break(match msg {
            Msg::Back => self.back(),
            Msg::NewTag(id, name) => self.new_tag(id, &name),
            Msg::EditTag(tag) => {
                self.editing_tag = tag;
                vec![if tag.is_some() { Effect::Focus(Spot::EditTag) } else { Effect::GiveBack }]
            }
            Msg::RecolourTag(tag, colour) => self.edit(tag::recolour(tag, colour)),
            Msg::MoveTag(tag, by) => self.move_tag(tag, by),
            Msg::DeleteTag(tag) => self.delete_tag(tag),
            Msg::Undo => {
                let undo = self.toast.take().map(|toast| toast.undo).unwrap_or_default();
                self.edit(undo)
            }
            Msg::SyncNow => vec![Effect::Send(ToHub::SyncNow)],
            msg => return ControlFlow::Continue(msg),
        })
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
        match tag::create(self.shared.team(), id, name, colour) {
            Ok(edits) => self.edit(edits),
            Err(tag::TooManyTags) => self.tell(Words::plain("toast_too_many_tags"), true, vec![]),
        }
    }

    fn move_tag(&mut self, tag: TagId, by: i32) -> Vec<Effect> {
        let tags = self.shared.team().tags();
        let Some(from) = tags.iter().position(|it| it.id == tag) else { return vec![] };
        let to = from.saturating_add_signed(by as isize).min(tags.len() - 1);
        if to == from { vec![] } else { self.edit(tag::move_to(self.shared.team(), tag, to)) }
    }

    fn delete_tag(&mut self, tag: TagId) -> Vec<Effect> {
        let Some(name) = self.shared.team().tag(tag).map(|tag| tag.name) else { return vec![] };
        self.editing_tag = None;
        self.filter.take_if(|filter| *filter == Filter::Tag(tag));
        self.edit_with_undo(tag::delete(tag), Words::with("toast_tag_deleted", [&name]))
    }

    fn toggle_tag(&mut self, tag: TagId) -> Vec<Effect> {
        let Some(chat) = self.open_chat() else { return vec![] };
        let on = self.shared.team().tags_of(&chat).iter().any(|worn| worn.id == tag);
        self.edit(chat::set_tag(chat, tag, !on))
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
        let mut effects = self.edit(holder::give(chat, me, ""));
        effects.extend(self.answered());
        effects
    }

    fn release(&mut self) -> Vec<Effect> {
        let Some(chat) = self.open_chat() else { return vec![] };
        let title = self.title_of(&chat).unwrap_or_default().to_owned();
        self.edit_with_undo(holder::release(chat), Words::with("toast_released", [&title]))
    }

    fn hand_over(&mut self, member: MemberId, reason: &str) -> Vec<Effect> {
        let (Some(chat), Some(to)) = (self.open_chat(), self.shared.team().member(member)) else {
            return vec![];
        };
        self.handing_over = false;
        let title = self.title_of(&chat).unwrap_or_default().to_owned();
        let words = Words::with("toast_handed_over", [&title, &to.name]);
        let mut effects = self.edit_with_undo(holder::give(chat, member, reason), words);
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
}

//! What a lead does at the desk, and what follows from it.

use crate::app;
use crate::app::Toast;
use crate::app::desk::update::{FileRefused, LayoutUnusable, Msg};
use crate::app::desk::{Desk, Effect, Field, Spot};
use crate::app::palette::finder;
use crate::id::{ReplyId, TagId};
use crate::replica::{Edit, Key, Value};
use crate::team::member;
use crate::team::reply::{self, Reply, title_of};
use crate::team::tag;
use crate::team_file;
use crate::wire::{self, FromHub, ToHub};
use crate::words::Words;

impl Desk {
    /// Takes in what a lead does.
    pub(super) fn by_hand(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Common(msg) => self.common_by_hand(msg),
            Msg::Go(section) => {
                let effects = self.settle();
                self.section = section;
                // What went wrong elsewhere is not about what is looked at now; what can be undone stays.
                self.common.toast.take_if(|toast| toast.bad);
                effects
            }
            Msg::Type(field, text) => {
                let text = if field == Field::Body { self.cut(text) } else { text };
                self.typed.retain(|(it, _)| *it != field);
                self.typed.push((field, text));
                if field == Field::Search {
                    self.find();
                    self.prune();
                }
                vec![]
            }
            Msg::Left => self.commit(),
            Msg::MyColour(colour) => {
                self.my_colour = Some(colour);
                self.commit()
            }
            Msg::NewTag(id) => self.new_tag(id),
            Msg::DeleteTag(tag) => self.delete_tag(tag),
            Msg::OpenReply(reply) => {
                let mut effects = self.settle();
                let before = core::mem::replace(&mut self.reply, reply);
                self.shelf.cut = false;
                let left = before.filter(|it| self.common.shared.team().reply(*it).is_some());
                effects.push(Effect::Focus(match (reply, left) {
                    (Some(_), _) => Spot::Title,
                    (None, Some(left)) => Spot::Reply(left),
                    (None, None) => Spot::Search,
                }));
                effects
            }
            Msg::NewReply(id) => {
                let mut effects = self.settle();
                self.reply = Some(id);
                self.begin(id);
                self.forget(|field| field == Field::Search);
                self.find();
                effects.push(Effect::Focus(Spot::Title));
                effects
            }
            Msg::MoveReply(reply, by) => self.move_reply(reply, by),
            Msg::DeleteReply(reply) => self.delete_reply(reply),
            Msg::Replies(msg) => self.in_replies(msg),
            Msg::Fields(msg) => self.in_fields(msg),
            Msg::Export => {
                vec![Effect::Download(team_file::export(self.common.shared.team(), self.common.me))]
            }
            Msg::ExportReplies(format) => vec![self.export_replies(format)],
            Msg::Chosen(file) => self.file_chosen(file),
            Msg::Reading(hundredths) => self.reading(hundredths),
            Msg::Brought(read) => self.brought(read),
            Msg::Layout(number) => {
                self.layout = number;
                vec![]
            }
            Msg::LayoutChosen(Ok(number)) => {
                self.layout = Some(number);
                self.say(Words::with("toast_layout", [&number.to_string()]), false)
            }
            Msg::LayoutChosen(Err(LayoutUnusable::Forged)) => {
                self.say(Words::plain("toast_layout_forged"), true)
            }
            Msg::LayoutChosen(Err(LayoutUnusable::Older)) => {
                self.say(Words::plain("toast_layout_older"), true)
            }
            Msg::ForgetLayout => {
                self.layout = None;
                let mut effects = self.say(Words::plain("toast_layout_forgotten"), false);
                effects.push(Effect::ForgetLayout);
                effects
            }
            Msg::Apply => self.apply(),
            Msg::Cancel => self.put_away(),
            Msg::DropFile(reply, at) => vec![Effect::DropFile(reply, at)],
            Msg::FileTaken(reply, at, name) => {
                let mut effects = self.say(Words::with("toast_file_removed", [&name]), false);
                self.taken = Some((self.common.toasts, reply, at));
                effects.push(Effect::Send(ToHub::Files));
                effects
            }
            Msg::FilesKept(Ok(())) => vec![Effect::Send(ToHub::Files)],
            Msg::FilesKept(Err(why)) => {
                let words = match why {
                    FileRefused::TooBig => "toast_file_too_big",
                    FileRefused::NotStored => "toast_file_not_stored",
                };
                let mut effects = self.say(Words::plain(words), true);
                // Those before it were taken.
                effects.push(Effect::Send(ToHub::Files));
                effects
            }
            Msg::ChooseKeys(keys) => {
                self.common.keys_chosen = keys;
                vec![Effect::RememberKeys(keys.write())]
            }
            Msg::SyncCentre(msg) => self.sync_centre(msg),
        }
    }

    /// What a hand does on the page as well.
    fn common_by_hand(&mut self, msg: app::Msg) -> Vec<Effect> {
        if let app::Msg::Back = msg
            && let Some(effects) = self.sync_centre_back()
        {
            return effects;
        }
        if let app::Msg::Undo = msg
            && let Some((reply, at)) = self.returnable()
        {
            self.common.toast = None;
            return vec![Effect::PutBack(reply, at)];
        }
        self.common(msg)
    }

    /// Takes in what the hub says for one section alone.
    pub(super) fn hear(&mut self, said: &FromHub) -> Vec<Effect> {
        let mut effects = self.hear_sync_centre(said);
        effects.extend(self.hear_versions(said));
        effects
    }

    /// What is shown follows what is known.
    pub(super) fn look_again(&mut self) {
        self.compare_again();
        self.find();
        if self.reply.is_some_and(|id| self.went_away(id)) && !self.is_written() {
            self.reply = None;
        }
        self.prune();
        self.preview_again();
    }

    /// Saves what was typed, as far as it can be saved.
    pub(super) fn commit(&mut self) -> Vec<Effect> {
        let mut all = self.my_edits();
        all.extend(self.field_edits());
        let team = self.common.shared.team();
        for (field, text) in &self.typed {
            if let Field::TagName(tag) = field {
                all.extend(tag::rename(team, *tag, text));
            }
        }
        if let Some(id) = self.reply.filter(|_| self.is_written()) {
            let reply = Reply {
                title: self.text(Field::Title),
                shortcut: self.text(Field::Shortcut),
                body: self.text(Field::Body),
                folder: self.text(Field::Folder),
                ..team.reply(id).unwrap_or_else(|| self.fresh(id))
            };
            if team.reply(id).is_some() {
                all.extend(reply::change(team, &reply));
                self.forget(is_of_reply);
            } else if !reply.title.trim().is_empty() {
                all.extend(reply::create(team, &reply));
                if self.was_deleted(id) {
                    // A colleague deleted it meanwhile; what is written here is not lost for that.
                    all.extend(reply::restore(id));
                }
                self.fresh = None;
                self.forget(is_of_reply);
            }
        }
        self.forget(|field| matches!(field, Field::TagName(_)));
        self.edit(all)
    }

    /// Who I am. It waits until there is a name that colleagues can read.
    fn my_edits(&mut self) -> Vec<Edit> {
        let is_mine = |field| matches!(field, Field::MyName | Field::MyInitials);
        if self.my_colour.is_none() && !self.typed.iter().any(|(field, _)| is_mine(*field)) {
            return vec![];
        }
        let Some(me) = self.common.me else { return vec![] };
        let name = self.text(Field::MyName);
        let name = if name.trim().is_empty() { self.saved(Field::MyName) } else { name };
        if name.is_empty() {
            return vec![];
        }
        let shared = &self.common.shared;
        let mut edits =
            member::change(shared.team(), me, &name, &self.text(Field::MyInitials), self.colour());
        edits.retain(|(key, value)| shared.value(key) != *value);
        self.my_colour = None;
        self.forget(is_mine);
        edits
    }

    /// Saves what was typed before something else takes its place. A new reply without a title gets the beginning of
    /// its text for one: it is easier to rename than to write again.
    fn settle(&mut self) -> Vec<Effect> {
        if let Some(id) = self.reply
            && self.common.shared.team().reply(id).is_none()
            && self.text(Field::Title).trim().is_empty()
        {
            let title = title_of(&self.text(Field::Body), &self.text(Field::Shortcut));
            self.forget(|field| field == Field::Title);
            self.typed.push((Field::Title, title));
        }
        let effects = self.commit();
        self.forget(is_of_reply);
        if self.reply.is_some_and(|id| self.common.shared.team().reply(id).is_none()) {
            self.reply = None;
            self.fresh = None;
        }
        effects
    }

    fn new_tag(&mut self, id: TagId) -> Vec<Effect> {
        let name = self.text(Field::NewTag);
        let effects = self.common(app::Msg::NewTag(id, name));
        if self.common.shared.team().tag(id).is_some() {
            self.forget(|field| field == Field::NewTag);
        }
        effects
    }

    fn delete_tag(&mut self, tag: TagId) -> Vec<Effect> {
        let tags: Vec<TagId> = self.common.shared.team().tags().iter().map(|tag| tag.id).collect();
        let next = neighbour(&tags, tag);
        self.forget(|field| field == Field::TagName(tag));
        let mut effects = self.common(app::Msg::DeleteTag(tag));
        effects.push(Effect::Focus(next.map_or(Spot::NewTag, Spot::Tag)));
        effects
    }

    fn delete_reply(&mut self, reply: ReplyId) -> Vec<Effect> {
        let mut effects = if self.reply == Some(reply) { self.settle() } else { vec![] };
        let ids: Vec<ReplyId> = self.listed().iter().map(|reply| reply.id).collect();
        let next = neighbour(&ids, reply);
        self.reply.take_if(|it| *it == reply);
        if let Some(title) = self.common.shared.team().reply(reply).map(|reply| reply.title) {
            let words = Words::with("toast_reply_deleted", [&title]);
            effects.extend(self.edit_with_undo(reply::delete(reply), words));
        }
        effects.push(Effect::Focus(next.map_or(Spot::Search, Spot::Reply)));
        effects
    }

    fn find(&mut self) {
        let query = self.text(Field::Search);
        let initials = self.common.initials();
        self.found = (!query.trim().is_empty()).then(|| {
            let replies = self.replies();
            let tags = self.common.shared.team().tags();
            let found = finder(&replies, &tags, &initials).find(&query, usize::MAX, |_| 0).found;
            found.iter().filter_map(|it| Some(replies.get(it.index)?.id)).collect()
        });
    }

    pub(super) fn forget(&mut self, which: impl Fn(Field) -> bool) {
        self.typed.retain(|(field, _)| !which(*field));
    }

    /// Whether something was typed into the open reply that is not saved.
    fn is_written(&self) -> bool {
        self.typed.iter().any(|(field, _)| is_of_reply(*field))
    }

    /// Whether a reply is nothing to this person any more.
    fn went_away(&self, id: ReplyId) -> bool {
        let is_anothers = |reply: Reply| !reply.is_for(self.common.me);
        self.was_deleted(id) || self.common.shared.team().reply(id).is_some_and(is_anothers)
    }

    fn was_deleted(&self, reply: ReplyId) -> bool {
        self.common.shared.value(&Key::ReplyGone(reply)) == Value::Flag(true)
    }

    pub(super) fn edit(&mut self, edits: Vec<Edit>) -> Vec<Effect> {
        if edits.is_empty() {
            return vec![];
        }
        let text = wire::encode_edits(&edits);
        let n = self.common.shared.edit(edits, self.common.minute());
        vec![Effect::Send(ToHub::Op { n, edits: text })]
    }

    pub(super) fn edit_with_undo(&mut self, edits: Vec<Edit>, words: Words) -> Vec<Effect> {
        let undo: Vec<(_, Value)> =
            edits.iter().map(|(key, _)| (*key, self.common.shared.value(key))).collect();
        let mut effects = self.edit(edits);
        effects.extend(self.tell(words, false, undo));
        effects
    }

    pub(super) fn say(&mut self, words: Words, bad: bool) -> Vec<Effect> {
        self.tell(words, bad, vec![])
    }

    fn tell(&mut self, words: Words, bad: bool, undo: Vec<Edit>) -> Vec<Effect> {
        self.common.toasts += 1;
        let number = self.common.toasts;
        self.common.toast = Some(Toast { number, words, bad, undo });
        vec![Effect::ToastTimer(number)]
    }
}

fn is_of_reply(field: Field) -> bool {
    matches!(field, Field::Title | Field::Shortcut | Field::Body | Field::Folder)
}

/// Where the focus goes when `gone` goes: to the next of its kind, else to the one before.
pub(super) fn neighbour<I: Copy + PartialEq>(all: &[I], gone: I) -> Option<I> {
    let at = all.iter().position(|it| *it == gone)?;
    all.get(at + 1).or_else(|| all.get(at.checked_sub(1)?)).copied()
}

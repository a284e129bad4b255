//! What a lead does at the desk, and what follows from it.

use crate::app::context;
use crate::app::desk::update::{FileRefused, LayoutUnusable, Msg};
use crate::app::desk::{Desk, Effect, Field, Spot};
use crate::app::palette::finder;
use crate::id::ReplyId;
use crate::replica::{Edit, Key, Value};
use crate::team::member;
use crate::team::reply::{self, Reply, title_of};
use crate::team::tag;
use crate::team_file;
use crate::wire::{FromHub, ToHub};
use crate::words::Words;

impl Desk {
    /// Takes in what a lead does.
    pub(super) fn on_action(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Context(context::Msg::Undo) if self.returnable().is_some() => {
                let taken = self.returnable();
                self.ctx.toast = None;
                taken.map(|(reply, at)| Effect::PutBack(reply, at)).into_iter().collect()
            }
            Msg::Context(msg) => self.on_context(msg),
            Msg::Back => {
                if let Some(effects) = self.sync_centre_back() {
                    return effects;
                }
                self.tags.editing = None;
                vec![]
            }
            Msg::Go(section) => {
                let effects = self.settle();
                self.section = section;
                // What went wrong elsewhere is not about what is looked at now; what can be undone stays.
                self.ctx.toast.take_if(|toast| toast.bad);
                effects
            }
            Msg::Type(field, text) => {
                let text = if field == Field::Body { self.cut(text) } else { text };
                self.typed.set(field, text);
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
            Msg::Tags(msg) => {
                let effects = self.tags.update(&mut self.ctx, &mut self.typed, msg);
                self.look_again();
                effects
            }
            Msg::OpenReply(reply) => {
                let mut effects = self.settle();
                let before = core::mem::replace(&mut self.reply, reply);
                self.shelf.cut = false;
                let left = before.filter(|it| self.ctx.team().reply(*it).is_some());
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
                self.typed.forget(|field| field == Field::Search);
                self.find();
                effects.push(Effect::Focus(Spot::Title));
                effects
            }
            Msg::MoveReply(reply, by) => self.move_reply(reply, by),
            Msg::DeleteReply(reply) => self.delete_reply(reply),
            Msg::Replies(msg) => self.in_replies(msg),
            Msg::Fields(msg) => self.in_fields(msg),
            Msg::Export => {
                vec![Effect::Download(team_file::export(self.ctx.team(), self.ctx.me))]
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
                self.ctx.toast(Words::with("toast_layout", [&number.to_string()]), false)
            }
            Msg::LayoutChosen(Err(LayoutUnusable::Forged)) => {
                self.ctx.toast(Words::plain("toast_layout_forged"), true)
            }
            Msg::LayoutChosen(Err(LayoutUnusable::Older)) => {
                self.ctx.toast(Words::plain("toast_layout_older"), true)
            }
            Msg::ForgetLayout => {
                self.layout = None;
                let mut effects = self.ctx.toast(Words::plain("toast_layout_forgotten"), false);
                effects.push(Effect::ForgetLayout);
                effects
            }
            Msg::Apply => self.apply(),
            Msg::Cancel => self.put_away(),
            Msg::DropFile(reply, at) => vec![Effect::DropFile(reply, at)],
            Msg::FileTaken(reply, at, name) => {
                let mut effects = self.ctx.toast(Words::with("toast_file_removed", [&name]), false);
                self.taken = Some((self.ctx.last_toast(), reply, at));
                effects.push(Effect::Send(ToHub::Files));
                effects
            }
            Msg::FilesKept(Ok(())) => vec![Effect::Send(ToHub::Files)],
            Msg::FilesKept(Err(why)) => {
                let words = match why {
                    FileRefused::TooBig => "toast_file_too_big",
                    FileRefused::NotStored => "toast_file_not_stored",
                };
                let mut effects = self.ctx.toast(Words::plain(words), true);
                // Those before it were taken.
                effects.push(Effect::Send(ToHub::Files));
                effects
            }
            Msg::ChooseKeys(keys) => {
                self.ctx.keys = keys;
                vec![Effect::RememberKeys(keys.write())]
            }
            Msg::SyncCentre(msg) => self.sync_centre(msg),
        }
    }

    /// Takes in what the hub says for one section alone.
    pub(super) fn on_hub(&mut self, said: &FromHub) -> Vec<Effect> {
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
        let team = self.ctx.team();
        for (field, text) in self.typed.iter() {
            if let Field::TagName(tag) = field {
                all.extend(tag::rename(team, tag, text));
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
                self.typed.forget(is_of_reply);
            } else if !reply.title.trim().is_empty() {
                all.extend(reply::create(team, &reply));
                if self.was_deleted(id) {
                    // A colleague deleted it meanwhile; what is written here is not lost for that.
                    all.extend(reply::restore(id));
                }
                self.fresh = None;
                self.typed.forget(is_of_reply);
            }
        }
        self.typed.forget(|field| matches!(field, Field::TagName(_)));
        self.ctx.edit(all)
    }

    /// Who I am. It waits until there is a name that colleagues can read.
    fn my_edits(&mut self) -> Vec<Edit> {
        let is_mine = |field| matches!(field, Field::MyName | Field::MyInitials);
        if self.my_colour.is_none() && !self.typed.has(is_mine) {
            return vec![];
        }
        let Some(me) = self.ctx.me else { return vec![] };
        let name = self.text(Field::MyName);
        let name = if name.trim().is_empty() { self.saved(Field::MyName) } else { name };
        if name.is_empty() {
            return vec![];
        }
        let shared = &self.ctx.shared;
        let mut edits =
            member::change(shared.team(), me, &name, &self.text(Field::MyInitials), self.colour());
        edits.retain(|(key, value)| shared.value(key) != *value);
        self.my_colour = None;
        self.typed.forget(is_mine);
        edits
    }

    /// Saves what was typed before something else takes its place. A new reply without a title gets the beginning of
    /// its text for one: it is easier to rename than to write again.
    fn settle(&mut self) -> Vec<Effect> {
        if let Some(id) = self.reply
            && self.ctx.team().reply(id).is_none()
            && self.text(Field::Title).trim().is_empty()
        {
            let title = title_of(&self.text(Field::Body), &self.text(Field::Shortcut));
            self.typed.set(Field::Title, title);
        }
        let effects = self.commit();
        self.typed.forget(is_of_reply);
        if self.reply.is_some_and(|id| self.ctx.team().reply(id).is_none()) {
            self.reply = None;
            self.fresh = None;
        }
        effects
    }

    fn delete_reply(&mut self, reply: ReplyId) -> Vec<Effect> {
        let mut effects = if self.reply == Some(reply) { self.settle() } else { vec![] };
        let ids: Vec<ReplyId> = self.listed().iter().map(|reply| reply.id).collect();
        let next = neighbour(&ids, reply);
        self.reply.take_if(|it| *it == reply);
        if let Some(title) = self.ctx.team().reply(reply).map(|reply| reply.title) {
            let words = Words::with("toast_reply_deleted", [&title]);
            effects.extend(self.ctx.edit_with_undo(reply::delete(reply), words));
        }
        effects.push(Effect::Focus(next.map_or(Spot::Search, Spot::Reply)));
        effects
    }

    fn find(&mut self) {
        let query = self.text(Field::Search);
        let initials = self.ctx.initials();
        self.found = (!query.trim().is_empty()).then(|| {
            let replies = self.replies();
            let tags = self.ctx.team().tags();
            let found = finder(&replies, &tags, &initials).find(&query, usize::MAX, |_| 0).found;
            found.iter().filter_map(|it| Some(replies.get(it.index)?.id)).collect()
        });
    }

    /// Whether something was typed into the open reply that is not saved.
    fn is_written(&self) -> bool {
        self.typed.has(is_of_reply)
    }

    /// Whether a reply is nothing to this person any more.
    fn went_away(&self, id: ReplyId) -> bool {
        let is_anothers = |reply: Reply| !reply.is_for(self.ctx.me);
        self.was_deleted(id) || self.ctx.team().reply(id).is_some_and(is_anothers)
    }

    fn was_deleted(&self, reply: ReplyId) -> bool {
        self.ctx.shared.value(&Key::ReplyGone(reply)) == Value::Flag(true)
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

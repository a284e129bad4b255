//! Update functions of the replies.

use super::{FileRefused, Msg, Scope, See, State};
use crate::app::context::Context;
use crate::app::desk::effect::{Effect, Spot, neighbour};
use crate::app::desk::typed::{Field, Typed};
use crate::app::palette::finder;
use crate::id::ReplyId;
use crate::team::reply::{self, Reply};
use crate::wire::{ReadVersions, ToFiles, ToHub, Versions};
use crate::words::Words;

/// Borrows everything that updating the replies needs.
pub(super) struct At<'a> {
    pub(super) ctx: &'a mut Context,
    pub(super) typed: &'a mut Typed,
    pub(super) state: &'a mut State,
}

impl At<'_> {
    pub(super) fn see(&self) -> See<'_> {
        See { ctx: self.ctx, typed: self.typed, state: self.state }
    }

    pub(super) fn update(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Open(reply) => return self.open(reply),
            Msg::New(id) => {
                self.state.open = Some(id);
                self.begin(id);
                self.typed.forget(|field| field == Field::Search);
                self.find();
                return vec![Effect::Focus(Spot::Title)];
            }
            Msg::Move(id, by) => return self.move_reply(id, by),
            Msg::Delete(id) => return self.delete(id),
            Msg::DropFile(reply, at) => return vec![Effect::DropFile(reply, at)],
            Msg::FileDetached(reply, at, name) => {
                let mut effects = self.ctx.toast(Words::with("replies_toast_file_removed", [&name]), false);
                self.state.taken = Some((self.ctx.last_toast(), reply, at));
                effects.push(files_changed());
                return effects;
            }
            Msg::FilesAttached(Ok(())) => return vec![files_changed()],
            Msg::FilesAttached(Err(why)) => {
                let words = match why {
                    FileRefused::TooBig => "replies_toast_file_too_big",
                    FileRefused::NotStored => "replies_toast_file_not_stored",
                };
                let mut effects = self.ctx.toast(Words::plain(words), true);
                // The files before the refused one were attached.
                effects.push(files_changed());
                return effects;
            }
            Msg::Folder(folder) => self.state.folder = folder,
            Msg::Scope(scope) => self.state.scope = scope,
            Msg::Sort(sort) => self.state.sort = sort,
            Msg::Select(id) => {
                let selected = &mut self.state.selected;
                match selected.iter().position(|it| *it == id) {
                    Some(at) => drop(selected.remove(at)),
                    None => selected.push(id),
                }
                self.state.anchor = Some(id);
            }
            Msg::SelectTo(id) => self.select_to(id, id),
            Msg::Extend(from, forward) => {
                let listed = self.see().listed();
                let at = listed.iter().position(|reply| reply.id == from);
                let to = at.and_then(|at| if forward { at.checked_add(1) } else { at.checked_sub(1) });
                let Some(to) = to.and_then(|to| listed.get(to)).map(|reply| reply.id) else {
                    return vec![];
                };
                self.select_to(from, to);
                return vec![Effect::Focus(Spot::Reply(to))];
            }
            Msg::SelectAll => {
                self.state.selected = self.see().listed().iter().map(|reply| reply.id).collect()
            }
            Msg::SelectNone => {
                self.state.selected.clear();
                self.state.anchor = None;
            }
            Msg::MoveSelected | Msg::TagSelected(..) | Msg::ArchiveSelected(_) | Msg::DeleteSelected => {
                return self.in_bulk(&msg);
            }
            Msg::Archive(id, on) if self.state.selected.contains(&id) => {
                return self.in_bulk(&Msg::ArchiveSelected(on));
            }
            Msg::Archive(id, on) => return self.archive(id, on),
            Msg::SetTag(tag, on) => return self.set_tag(tag, on),
            Msg::SetPersonal(on) => return self.set_personal(on),
            Msg::Versions(open) => {
                self.state.versions = self.state.open.filter(|_| open).map(|reply| (reply, None));
                return self.state.ask_versions();
            }
            Msg::Restore(at) => return self.restore_version(at),
        }
        self.prune();
        vec![]
    }

    fn open(&mut self, reply: Option<ReplyId>) -> Vec<Effect> {
        let before = core::mem::replace(&mut self.state.open, reply);
        self.state.cut = false;
        let left = before.filter(|it| self.ctx.team().reply(*it).is_some());
        vec![Effect::Focus(match (reply, left) {
            (Some(_), _) => Spot::Title,
            (None, Some(left)) => Spot::Reply(left),
            (None, None) => Spot::Search,
        })]
    }

    fn select_to(&mut self, from: ReplyId, to: ReplyId) {
        let listed = self.see().listed();
        let place = |id| listed.iter().position(|reply: &Reply| reply.id == id);
        let anchor = self.state.anchor.filter(|anchor| place(*anchor).is_some()).unwrap_or(from);
        let (Some(a), Some(b)) = (place(anchor), place(to)) else { return };
        self.state.anchor = Some(anchor);
        let range = listed.get(a.min(b)..=a.max(b)).unwrap_or_default();
        self.state.selected = range.iter().map(|reply| reply.id).collect();
    }

    /// Moves a reply within the list.
    fn move_reply(&mut self, id: ReplyId, by: i32) -> Vec<Effect> {
        // A position is only meaningful in the team's order.
        if self.state.found.is_some() || self.state.sort != super::Sort::Order {
            return vec![];
        }
        let listed = self.see().listed();
        let Some(from) = listed.iter().position(|it| it.id == id) else { return vec![] };
        let to = from.saturating_add_signed(by as isize).min(listed.len() - 1);
        let Some(passed) = listed.get(to).filter(|_| to != from) else { return vec![] };
        // The reply goes directly before or behind the listed reply at the target, even if replies that are not listed
        // lie between them in the team's order.
        let team = self.ctx.team();
        let others = team.replies().into_iter().filter(|it| it.id != id);
        let at = others.map(|it| it.id).position(|it| it == passed.id).unwrap_or_default();
        let edits = reply::move_to(team, id, if to > from { at + 1 } else { at });
        self.ctx.edit(edits)
    }

    /// Begins a reply in the listed folder; it is the person's own if the list shows their own replies.
    fn begin(&mut self, id: ReplyId) {
        let owner = self.ctx.me.filter(|_| self.state.scope == Scope::Mine);
        let folder = self.state.folder.clone().unwrap_or_default();
        self.state.fresh = Some(Reply { owner, folder, ..Reply::new(id) });
        if self.state.scope == Scope::Archived {
            self.state.scope = Scope::All;
        }
        self.state.versions = None;
        self.state.cut = false;
    }

    fn delete(&mut self, reply: ReplyId) -> Vec<Effect> {
        let mut effects = vec![];
        let ids: Vec<ReplyId> = self.see().listed().iter().map(|reply| reply.id).collect();
        let next = neighbour(&ids, reply);
        self.state.open.take_if(|it| *it == reply);
        if let Some(title) = self.ctx.team().reply(reply).map(|reply| reply.title) {
            let words = Words::with("replies_toast_deleted", [&title]);
            effects.extend(self.ctx.edit_with_undo(reply::delete(reply), words));
        }
        effects.push(Effect::Focus(next.map_or(Spot::Search, Spot::Reply)));
        effects
    }

    /// Repeats the search.
    pub(super) fn find(&mut self) {
        let query = self.see().text(Field::Search);
        let initials = self.ctx.initials();
        self.state.found = (!query.trim().is_empty()).then(|| {
            let replies = self.see().replies();
            let tags = self.ctx.team().tags();
            let found = finder(&replies, &tags, &initials).find(&query, usize::MAX, |_| 0).found;
            found.iter().filter_map(|it| Some(replies.get(it.index)?.id)).collect()
        });
    }

    /// Deselects replies that are not listed, so that no action changes a reply that the person can't see.
    pub(super) fn prune(&mut self) {
        if self.state.selected.is_empty() {
            return;
        }
        let listed = self.see().listed();
        self.state.selected.retain(|id| listed.iter().any(|reply| reply.id == *id));
    }
}

impl State {
    /// Stores the versions that the hub sent.
    pub(in crate::app::desk) fn on_versions(&mut self, answer: Versions) -> Vec<Effect> {
        if let Some((asked, known)) = &mut self.versions
            && asked.to_string() == answer.reply
        {
            *known = Some(answer.versions);
        }
        vec![]
    }

    /// Requests the versions of the open reply from the hub, if they are shown. An edit may have added one.
    pub(in crate::app::desk) fn ask_versions(&self) -> Vec<Effect> {
        let asked = self.versions.as_ref().filter(|_| self.open.is_some());
        let ask = |reply: ReplyId| Effect::Send(ReadVersions { reply: reply.to_string() }.into());
        asked.map(|(reply, _)| ask(*reply)).into_iter().collect()
    }
}

/// Tells the hub that files were attached or removed.
fn files_changed() -> Effect {
    Effect::Send(ToHub::Files(ToFiles::Changed))
}

//! Update functions of the palette, up to the effect that inserts the text.

use super::form::{Form, mentions};
use super::{Msg, Palette, PendingInsertion, Place, Stage, State, toggle_pin};
use crate::app::attachments::InsertedReply;
use crate::app::context::{Context, Link};
use crate::app::effect::{Effect, InsertProblem, Insertion, Spot};
use crate::app::person;
use crate::app::reading::Layout;
use crate::app::screen::Screen;
use crate::app::surface::{Surface, Surfaces};
use crate::id::{ReplyId, TagId};
use crate::replica::{Edit, Key, Value};
use crate::team::reply::{self, Reply};
use crate::template::{self, BuiltIn, Filled};
use crate::wire::{ToHub, ToReplies};
use crate::words::Words;

/// Borrows everything that updating the palette needs.
pub(super) struct At<'a> {
    pub(super) ctx: &'a mut Context,
    pub(super) screen: &'a Screen,
    pub(super) surfaces: &'a mut Surfaces,
    pub(super) state: &'a mut State,
}

impl At<'_> {
    pub(super) fn update(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Open { .. }
                if self.screen.reading.layout == Layout::Known && self.screen.visit().is_none() =>
            {
                self.ctx.toast(Words::plain("palette_toast_no_chat"), false)
            }
            Msg::Open { trigger } => self.open_palette(trigger),
            Msg::Begin(id, body) => self.begin_reply(id, body),
            Msg::Clipboard(text) => self.clipboard_read(text),
            Msg::Query(query) => {
                let Some(palette) = self.surfaces.palette_mut() else { return vec![] };
                palette.search(query);
                match palette.called().filter(|_| palette.trigger > 0) {
                    Some(reply) => self.choose(reply, false),
                    None => vec![],
                }
            }
            Msg::ShowFolder(folder) => {
                if let Some(palette) = self.surfaces.palette_mut() {
                    palette.show_folder(folder);
                }
                vec![]
            }
            Msg::StepFolder { forward } => {
                if let Some(palette) = self.surfaces.palette_mut() {
                    palette.step_folder(forward);
                }
                vec![]
            }
            Msg::Move(step) => {
                if let Some(palette) = self.surfaces.palette_mut() {
                    palette.step(step);
                }
                vec![]
            }
            Msg::Insert { row, stay } => {
                let reply = self.reply_in(row).map(|reply| reply.id);
                reply.map(|reply| self.choose(reply, stay)).unwrap_or_default()
            }
            Msg::Answer(answer) => {
                if let Some(Stage::Asking(form)) = self.surfaces.palette_mut().map(|it| &mut it.stage) {
                    form.answer(answer);
                }
                vec![]
            }
            Msg::Submit => self.submit(false),
            Msg::SubmitAnyway => self.submit(true),
            Msg::Pin(row) => {
                let reply = self.reply_in(row).map(|reply| reply.id);
                reply.map(|reply| toggle_pin(self.ctx, reply)).unwrap_or_default()
            }
            Msg::PinForAll(reply) => self.pin_for_all(reply),
            Msg::EditReply(reply) => {
                let Some(reply) = self.ctx.team().reply(reply) else { return vec![] };
                self.open_palette(0);
                self.edit_reply(reply)
            }
            Msg::Edit(row) => {
                let reply = self.reply_in(row).cloned();
                reply.map(|reply| self.edit_reply(reply)).unwrap_or_default()
            }
            Msg::Write(part, text) => self.write_reply(part, text),
            Msg::Save => self.save_reply(),
            Msg::Drop => self.drop_draft(),
        }
    }

    /// Returns the reply in this row, or in the active one.
    fn reply_in(&self, row: Option<usize>) -> Option<&Reply> {
        let palette = self.surfaces.palette()?;
        palette.reply(row.unwrap_or(palette.active))
    }

    fn close(&mut self) {
        self.surfaces.close(|it| matches!(it, Surface::Palette(_)));
    }

    pub(in crate::app) fn open_palette(&mut self, trigger: usize) -> Vec<Effect> {
        let palette = self.new_palette(trigger);
        self.surfaces.open(Surface::Palette(Box::new(palette)));
        vec![Effect::Focus(Spot::Palette)]
    }

    pub(super) fn new_palette(&mut self, trigger: usize) -> Palette {
        let replies = self.ctx.team().replies();
        let before = self.state.offer.take();
        let palette = self.at_this_place(|place| Palette::open(replies, place, trigger, before));
        self.state.offer = Some(palette.offer());
        palette
    }

    /// Refreshes the open palette after replies, tags or uses changed.
    pub(super) fn renew(&mut self) {
        let mut surfaces = core::mem::take(self.surfaces);
        if let Some(palette) = surfaces.palette_mut() {
            let replies = self.ctx.team().replies();
            self.at_this_place(|place| palette.renew(replies, place));
            self.state.offer = Some(palette.offer());
        }
        *self.surfaces = surfaces;
    }

    fn at_this_place<T>(&mut self, then: impl FnOnce(&Place) -> T) -> T {
        let initials = self.ctx.initials();
        let (worn, tags) = (self.screen.worn(self.ctx), self.ctx.team().tags());
        then(&Place {
            me: self.ctx.me,
            worn: &worn,
            tags: &tags,
            initials: &initials,
            uses: &self.ctx.uses,
            now: self.ctx.minute(),
        })
    }

    /// Inserts a reply that was pressed outside of the palette.
    pub(super) fn insert_from_sidebar(&mut self, reply: ReplyId) -> Vec<Effect> {
        let mut palette = self.new_palette(0);
        palette.in_sidebar = true;
        self.surfaces.open(Surface::Palette(Box::new(palette)));
        let effects = self.choose(reply, false);
        // Without a question to answer, nothing stays open: the reply was inserted, or can't be.
        if self.surfaces.palette().is_some_and(|palette| palette.stage == Stage::Finding) {
            self.close();
        }
        effects
    }

    fn pin_for_all(&mut self, reply: ReplyId) -> Vec<Effect> {
        let Some(reply) = self.ctx.team().reply(reply) else { return vec![] };
        let words =
            if reply.pinned { "palette_toast_unpinned_for_all" } else { "palette_toast_pinned_for_all" };
        let edits = reply::pin(reply.id, !reply.pinned);
        self.ctx.edit_with_undo(edits, Words::with(words, [&reply.title]))
    }

    /// Asks for the values that a chosen reply needs, or inserts it at once.
    fn choose(&mut self, id: ReplyId, stay: bool) -> Vec<Effect> {
        let Some(palette) = self.surfaces.palette_mut() else { return vec![] };
        let Some(body) = palette.offered(id).map(|reply| reply.body.as_str()) else { return vec![] };
        if mentions(&palette.template(body).nodes, BuiltIn::Clipboard) {
            palette.stage = Stage::Reading { reply: id, stay };
            return vec![Effect::ReadClipboard];
        }
        self.ask_for(id, stay, None)
    }

    fn clipboard_read(&mut self, text: Option<String>) -> Vec<Effect> {
        match self.surfaces.palette().map(|palette| &palette.stage) {
            Some(Stage::Reading { reply, stay }) => self.ask_for(*reply, *stay, text),
            _ => vec![],
        }
    }

    fn ask_for(&mut self, id: ReplyId, stay: bool, clipboard: Option<String>) -> Vec<Effect> {
        let Some(palette) = self.surfaces.palette() else { return vec![] };
        let Some(reply) = palette.offered(id) else { return vec![] };
        let template = palette.template(&reply.body);
        if self.ctx.myself().is_none() && mentions(&template.nodes, BuiltIn::Agent) {
            return person::ask(self.surfaces, None);
        }
        let form = Form { reply: id, stay, template, answers: <_>::default(), clipboard, written: vec![] };
        let asks = self.ctx.with_values(self.screen.title(), form.clipboard.as_deref(), |values| {
            !form.needs(values).is_empty()
        });
        if !asks {
            return self.insert(form);
        }
        if let Some(palette) = self.surfaces.palette_mut() {
            palette.stage = Stage::Asking(form);
        }
        vec![Effect::Focus(Spot::Form)]
    }

    fn submit(&mut self, anyway: bool) -> Vec<Effect> {
        let Some(Stage::Asking(form)) = self.surfaces.palette().map(|palette| &palette.stage) else {
            return vec![];
        };
        let filled = self.fill(form);
        if !filled.missing.is_empty() && !anyway {
            return vec![Effect::Focus(Spot::Form)];
        }
        let form = form.clone();
        self.insert(form)
    }

    /// Fills the text of a form with the answers so far.
    pub(in crate::app) fn fill(&self, form: &Form) -> Filled {
        self.ctx.with_values(self.screen.title(), form.clipboard.as_deref(), |values| form.fill(values))
    }

    fn insert(&mut self, form: Form) -> Vec<Effect> {
        let Filled { text, cursor, missing } = self.fill(&form);
        let Some(palette) = self.surfaces.palette_mut() else { return vec![] };
        let insertion = Insertion { text, replace_before: palette.trigger, cursor };
        let gaps = !missing.is_empty();
        let visit = self.screen.visit();
        if self.state.literal.0 != visit {
            self.state.literal = (visit, Vec::new());
        }
        self.state.literal.1.extend(literals(&insertion.text, &missing));
        self.state.inserting = Some(PendingInsertion { reply: form.reply, visit, gaps, stay: form.stay });
        let can_write = self.screen.can_write();
        let guarded = self.screen.guarded;
        match self.surfaces.palette_mut() {
            Some(palette) if form.stay && can_write && !guarded => {
                palette.stage = Stage::Finding;
                palette.search(String::new());
                // The trigger is replaced by this insertion, so the next one replaces nothing.
                palette.trigger = 0;
            }
            _ => self.close(),
        }
        let mut effects = vec![Effect::RestoreFocus];
        if !can_write {
            effects.extend(self.on_inserted(Err(InsertProblem::NotInserted(insertion.text))).0);
        } else if guarded {
            effects.extend(self.surfaces.ask(Some(insertion)));
        } else {
            effects.push(Effect::Insert(insertion));
        }
        effects
    }

    /// Handles the result of an insertion. Returns the inserted reply if it succeeded.
    pub(super) fn on_inserted(
        &mut self,
        outcome: Result<(), InsertProblem>,
    ) -> (Vec<Effect>, Option<InsertedReply>) {
        let inserting = self.state.inserting.take();
        let mut effects = vec![];
        let mut landed = None;
        match outcome {
            Ok(()) => {
                if let Some(PendingInsertion { reply, visit, gaps, .. }) = inserting {
                    let tags = self.screen.worn(self.ctx);
                    self.ctx.uses.note(reply, &tags, self.ctx.minute());
                    let tags = tags.iter().map(TagId::to_string).collect();
                    let used = ToReplies::Used { reply: reply.to_string(), tags };
                    effects.push(Effect::Send(ToHub::Replies(used)));
                    landed = Some(InsertedReply { files: self.ctx.files_of(reply), visit, gaps });
                }
            }
            Err(problem) => effects.extend(self.not_inserted(problem)),
        }
        if inserting.is_some_and(|it| it.stay) && self.surfaces.palette().is_some() {
            effects.push(Effect::Focus(Spot::Palette));
        }
        (effects, landed)
    }

    fn not_inserted(&mut self, problem: InsertProblem) -> Vec<Effect> {
        let (words, text) = match problem {
            InsertProblem::NotInserted(text) => ("palette_toast_not_inserted", Some(text)),
            InsertProblem::Differs(text) => ("palette_toast_inserted_differs", Some(text)),
            InsertProblem::Composing => ("palette_toast_composing", None),
        };
        let mut effects = self.ctx.toast(Words::plain(words), true);
        effects.extend(text.map(Effect::Copy));
        effects
    }

    fn begin_reply(&mut self, id: ReplyId, body: String) -> Vec<Effect> {
        if self.surfaces.palette().is_none() {
            self.open_palette(0);
        }
        // A message is literal text, so its braces are escaped.
        let body = body.replace('{', "{{");
        self.edit_reply(Reply { body, ..Reply::new(id) })
    }

    fn save_reply(&mut self) -> Vec<Effect> {
        if self.ctx.link == Link::Gone {
            return vec![]; // The hub can't be reached, and the notice says so. The draft stays on screen.
        }
        let Some(id) = self.draft().map(|draft| draft.id) else { return vec![] };
        let saved = self.ctx.team().reply(id);
        let is_new = saved.is_none();
        let Some(mut reply) = self.draft().map(|draft| draft.onto(saved)) else { return vec![] };
        if reply.title.trim().is_empty() {
            reply.title = reply::title_of(&reply.body, &reply.shortcut);
        }
        if reply.title.is_empty() {
            return vec![Effect::Focus(Spot::EditReply)];
        }
        let team = self.ctx.team();
        let mut edits: Vec<Edit> =
            if is_new { reply::create(team, &reply) } else { reply::change(team, &reply) };
        if self.ctx.optimistic.value(&Key::ReplyGone(id)) == Value::Flag(true) {
            // A colleague deleted the reply meanwhile. Saving the draft restores it, so that it is not lost.
            edits.extend(reply::restore(id));
        }
        let words =
            Words::with(if is_new { "palette_toast_added" } else { "palette_toast_saved" }, [&reply.title]);
        let mut effects = match () {
            () if edits.is_empty() => vec![],
            () if is_new => self.ctx.edit_with(edits, words, reply::delete(reply.id)),
            () => self.ctx.edit_with_undo(edits, words),
        };
        self.save_draft(&effects);
        if let Some(palette) = self.surfaces.palette_mut() {
            palette.stage = Stage::Finding;
        }
        self.renew();
        effects.push(Effect::Focus(Spot::Palette));
        effects
    }
}

/// Returns the parts of a filled text that look like fields but are literal, because they came with a value or from a
/// doubled brace. An include that could not be resolved stays in the text and is not literal: it must not reach the
/// customer.
fn literals(text: &str, missing: &[String]) -> Vec<String> {
    let is_gap = |it: &str| {
        let name = template::fold(it.trim_matches(['{', '}']));
        it.starts_with("{;;") || missing.iter().any(|missing| template::fold(missing) == name)
    };
    let places = template::unfilled(text).into_iter();
    let written = places.filter_map(|place| text.get(place.bytes));
    written.filter(|it| !is_gap(it)).map(str::to_owned).collect()
}

//! What happens in the palette, from opening it to a text on its way into the composer.

use crate::app::model::{Inserting, Insertion, Link, Model};
use crate::app::palette::form::{Answer, Form, mentions};
use crate::app::palette::{Palette, Place, Stage, Step};
use crate::app::update::{Effect, InsertProblem, Spot};
use crate::id::{ReplyId, TagId};
use crate::replica::{Edit, Key, Value};
use crate::search::Initials;
use crate::team::hours::{self, LocalMinute, Week};
use crate::team::reply::{self, Reply};
use crate::template::{self, BuiltIn, Filled, Values};
use crate::wire::ToHub;
use crate::words::Words;

/// Everything that can happen in the palette.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// The query changed.
    Query(String),
    /// An arrow was pressed.
    Move(Step),
    /// Insert the reply in a row, or the active one.
    Insert {
        /// Which row.
        row: Option<usize>,
        /// Whether the palette stays open for another one.
        stay: bool,
    },
    /// What is in the clipboard, if the browser and the person allow that it is read.
    Clipboard(Option<String>),
    /// Something that the reply asks was answered.
    Answer(Answer),
    /// Insert what the form has: the first field that is still empty gets the focus instead.
    Submit,
    /// Insert what the form has, unfilled fields as they are written.
    SubmitAnyway,
    /// Pin the reply in a row, or the active one, to the top; or let it go.
    Pin(Option<usize>),
    /// Change the reply in a row, or the active one.
    Edit(Option<usize>),
    /// Write a new reply. The id is random. The text may come from a message of the person's own.
    Begin(ReplyId, String),
    /// A part of the reply that is being changed was written.
    Write(Part, String),
    /// Keep what was changed.
    Save,
    /// Drop what was written and not saved.
    Drop,
}

/// A part of a reply that can be changed in the palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // The names are those of the reply's fields.
pub enum Part {
    Title,
    Shortcut,
    Body,
}

impl Model {
    /// Takes in what happened in the palette.
    pub(in crate::app) fn in_palette(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Begin(id, body) => return self.begin_reply(id, body),
            Msg::Clipboard(text) => return self.clipboard_read(text),
            _ => {}
        }
        let Some(palette) = &mut self.palette else { return vec![] };
        match msg {
            Msg::Query(query) => {
                palette.search(query);
                match palette.called().filter(|_| palette.trigger > 0) {
                    Some(reply) => self.choose(reply, false),
                    None => vec![],
                }
            }
            Msg::Move(step) => {
                palette.step(step);
                vec![]
            }
            Msg::Insert { row, stay } => {
                let reply = palette.reply(row.unwrap_or(palette.active)).map(|reply| reply.id);
                reply.map(|reply| self.choose(reply, stay)).unwrap_or_default()
            }
            Msg::Answer(answer) => {
                if let Stage::Asking(form) = &mut palette.stage {
                    form.answer(answer);
                }
                vec![]
            }
            Msg::Submit => self.submit(false),
            Msg::SubmitAnyway => self.submit(true),
            Msg::Pin(row) => {
                let Some(id) = palette.reply(row.unwrap_or(palette.active)).map(|it| it.id) else {
                    return vec![];
                };
                let on = !self.uses.is_pinned(id);
                self.uses.pin(id, on);
                vec![Effect::Send(ToHub::Pin { reply: id.to_string(), on })]
            }
            Msg::Edit(row) => {
                let reply = palette.reply(row.unwrap_or(palette.active)).cloned();
                reply.map(|reply| self.edit_reply(reply)).unwrap_or_default()
            }
            Msg::Write(part, text) => self.write_reply(part, text),
            Msg::Save => self.save_reply(),
            Msg::Drop => self.drop_draft(),
            Msg::Begin(..) | Msg::Clipboard(_) => vec![],
        }
    }

    pub(in crate::app) fn open_palette(&mut self, trigger: usize) -> Vec<Effect> {
        self.palette = Some(self.new_palette(trigger));
        vec![Effect::Focus(Spot::Palette)]
    }

    fn new_palette(&mut self, trigger: usize) -> Palette {
        let replies = self.shared.team().replies();
        let before = self.offer.take();
        let palette = self.at_this_place(|place| Palette::open(replies, place, trigger, before));
        self.offer = Some(palette.offer());
        palette
    }

    pub(in crate::app) fn renew_palette(&mut self) {
        if let Some(mut palette) = self.palette.take() {
            let replies = self.shared.team().replies();
            self.at_this_place(|place| palette.renew(replies, place));
            self.offer = Some(palette.offer());
            self.palette = Some(palette);
        }
    }

    /// By which letters Chinese characters are found.
    pub(in crate::app) fn initials(&mut self) -> Initials {
        self.initials.get_or_insert_with(self.locale.initials).clone()
    }

    fn at_this_place<T>(&mut self, then: impl FnOnce(&Place) -> T) -> T {
        let (initials, worn, tags) = (self.initials(), self.worn(), self.shared.team().tags());
        then(&Place {
            me: self.me,
            worn: &worn,
            tags: &tags,
            initials: &initials,
            uses: &self.uses,
            now: self.minute(),
        })
    }

    /// The tags of the open chat, as far as it is known which that is.
    fn worn(&self) -> Vec<TagId> {
        let chat = self.open_chat();
        chat.map(|chat| self.shared.team().tags_of(&chat).iter().map(|tag| tag.id).collect())
            .unwrap_or_default()
    }

    /// One step back within the palette. Whether there was one.
    pub(in crate::app) fn palette_back(&mut self) -> bool {
        match &mut self.palette {
            Some(palette) if palette.stage != Stage::Finding => {
                palette.stage = Stage::Finding;
                true
            }
            _ => false,
        }
    }

    /// What is known here and now, for a reply to be filled with.
    pub(in crate::app) fn with_values<T>(
        &self,
        name: Option<&str>,
        clipboard: Option<&str>,
        then: impl FnOnce(&Values) -> T,
    ) -> T {
        let agent = self.myself().map(|me| me.name);
        let (now, locale) = (self.now, self.locale);
        let fields = self.shared.team().fields();
        then(&Values {
            name,
            agent: agent.as_deref(),
            greeting: &|| (locale.greeting)(now),
            date: &|days| (locale.date)(now, days),
            time: &|| (locale.time)(now),
            eta: &|| self.promised(),
            clipboard,
            field: &|name| {
                let field = fields.iter().find(|(_, field)| template::fold(&field.name) == name);
                field.map(|(_, field)| field.value.clone())
            },
        })
    }

    /// When an answer is due that the team promises in so many working minutes; `None` as long as no lead has set
    /// what it promises.
    fn promised(&self) -> Option<String> {
        let team = self.shared.team();
        let Some(Value::Number(minutes)) = team.setting(&hours::PROMISE) else { return None };
        let week = match team.setting(&hours::HOURS) {
            Some(Value::Text(hours)) => Week::parse(hours).ok().filter(|week| !week.is_empty()),
            _ => None,
        };
        let (day, minute) = (self.locale.local)(self.now);
        let due =
            week.unwrap_or_else(Week::always).promised(LocalMinute { weekday: day, minute }, *minutes)?;
        Some((self.locale.due)(self.now, due.days, due.minute))
    }

    /// A reply was chosen: what it asks is asked, or its text is inserted.
    fn choose(&mut self, id: ReplyId, stay: bool) -> Vec<Effect> {
        let Some(palette) = &mut self.palette else { return vec![] };
        let Some(body) = palette.offered(id).map(|reply| reply.body.as_str()) else { return vec![] };
        if mentions(&palette.template(body).nodes, BuiltIn::Clipboard) {
            palette.stage = Stage::Reading { reply: id, stay };
            return vec![Effect::ReadClipboard];
        }
        self.ask_for(id, stay, None)
    }

    fn clipboard_read(&mut self, text: Option<String>) -> Vec<Effect> {
        match self.palette.as_ref().map(|palette| &palette.stage) {
            Some(Stage::Reading { reply, stay }) => self.ask_for(*reply, *stay, text),
            _ => vec![],
        }
    }

    fn ask_for(&mut self, id: ReplyId, stay: bool, clipboard: Option<String>) -> Vec<Effect> {
        let Some(palette) = &self.palette else { return vec![] };
        let Some(reply) = palette.offered(id) else { return vec![] };
        let template = palette.template(&reply.body);
        if self.myself().is_none() && mentions(&template.nodes, BuiltIn::Agent) {
            return self.who_are_you();
        }
        let form = Form { reply: id, stay, template, answers: <_>::default(), clipboard, written: vec![] };
        let asks = self
            .with_values(self.title(), form.clipboard.as_deref(), |values| !form.needs(values).is_empty());
        if !asks {
            return self.insert(form);
        }
        if let Some(palette) = &mut self.palette {
            palette.stage = Stage::Asking(form);
        }
        vec![Effect::Focus(Spot::Form)]
    }

    fn submit(&mut self, anyway: bool) -> Vec<Effect> {
        let Some(Stage::Asking(form)) = self.palette.as_ref().map(|palette| &palette.stage) else {
            return vec![];
        };
        let filled = self.fill(form);
        if !filled.missing.is_empty() && !anyway {
            return vec![Effect::Focus(Spot::Form)];
        }
        let form = form.clone();
        self.insert(form)
    }

    /// The text of a form as it is now.
    pub(in crate::app) fn fill(&self, form: &Form) -> Filled {
        self.with_values(self.title(), form.clipboard.as_deref(), |values| form.fill(values))
    }

    /// What the open chat is called.
    pub(in crate::app) fn title(&self) -> Option<&str> {
        self.reading.open.as_ref().map(|open| open.title.as_str())
    }

    fn insert(&mut self, form: Form) -> Vec<Effect> {
        let Filled { text, cursor, missing } = self.fill(&form);
        let Some(palette) = &mut self.palette else { return vec![] };
        let insertion = Insertion { text, replace_before: palette.trigger, cursor };
        let gaps = !missing.is_empty();
        let visit = self.visit();
        if self.literal.0 != visit {
            self.literal = (visit, Vec::new());
        }
        self.literal.1.extend(literals(&insertion.text, &missing));
        self.inserting = Some(Inserting { reply: form.reply, visit, gaps, stay: form.stay });
        let can_write = self.can_write();
        let guarded = self.guarded();
        match &mut self.palette {
            Some(palette) if form.stay && can_write && !guarded => {
                palette.stage = Stage::Finding;
                palette.search(String::new());
                // What it stood for is replaced by this one.
                palette.trigger = 0;
            }
            _ => self.palette = None,
        }
        let mut effects = vec![Effect::GiveBack];
        if !can_write {
            effects.extend(self.inserted(Err(InsertProblem::NotInserted(insertion.text))));
        } else if guarded {
            effects.extend(self.ask(Some(insertion)));
        } else {
            effects.push(Effect::Insert(insertion));
        }
        effects
    }

    /// How an insertion went.
    pub(in crate::app) fn inserted(&mut self, outcome: Result<(), InsertProblem>) -> Vec<Effect> {
        let inserting = self.inserting.take();
        let mut effects = vec![];
        if let Some(inserted @ Inserting { reply, .. }) = inserting.filter(|_| outcome.is_ok()) {
            let tags = self.worn();
            self.uses.note(reply, &tags, self.minute());
            let tags = tags.iter().map(TagId::to_string).collect();
            let files = self.files_of(reply);
            effects.push(Effect::Send(ToHub::Used { reply: reply.to_string(), tags }));
            effects.extend(self.attach_after(inserted, files));
        }
        if let Err(problem) = outcome {
            effects.extend(self.not_inserted(problem));
        }
        if inserting.is_some_and(|it| it.stay) && self.palette.is_some() {
            effects.push(Effect::Focus(Spot::Palette));
        }
        effects
    }

    fn begin_reply(&mut self, id: ReplyId, body: String) -> Vec<Effect> {
        if self.palette.is_none() {
            self.palette = Some(self.new_palette(0));
        }
        // What somebody wrote is text: none of its braces is a field.
        let body = body.replace('{', "{{");
        self.edit_reply(Reply { body, ..Reply::new(id) })
    }

    fn save_reply(&mut self) -> Vec<Effect> {
        if self.link == Link::Gone {
            return vec![]; // The notice says so, and what is written stays on screen.
        }
        let Some(id) = self.draft().map(|draft| draft.id) else { return vec![] };
        let saved = self.shared.team().reply(id);
        let is_new = saved.is_none();
        let Some(mut reply) = self.draft().map(|draft| draft.onto(saved)) else { return vec![] };
        if reply.title.trim().is_empty() {
            reply.title = reply::title_of(&reply.body, &reply.shortcut);
        }
        if reply.title.is_empty() {
            return vec![Effect::Focus(Spot::EditReply)];
        }
        let team = self.shared.team();
        let mut edits: Vec<Edit> =
            if is_new { reply::create(team, &reply) } else { reply::change(team, &reply) };
        if self.shared.value(&Key::ReplyGone(id)) == Value::Flag(true) {
            // A colleague deleted it meanwhile; what is written here is not lost for that.
            edits.extend(reply::restore(id));
        }
        let words =
            Words::with(if is_new { "toast_reply_added" } else { "toast_reply_saved" }, [&reply.title]);
        let undo = if is_new { Some(reply::delete(reply.id)) } else { None };
        let mut effects = if edits.is_empty() { vec![] } else { self.edit_with(edits, words, undo) };
        self.save_draft(&effects);
        if let Some(palette) = &mut self.palette {
            palette.stage = Stage::Finding;
        }
        self.renew_palette();
        effects.push(Effect::Focus(Spot::Palette));
        effects
    }
}

/// What looks like a field in a text that was filled, and is none: it came with a value, or its brace was doubled. A
/// reply that could not be included stays in the text, and is not meant for a customer.
fn literals(text: &str, missing: &[String]) -> Vec<String> {
    let is_gap = |it: &str| {
        let name = template::fold(it.trim_matches(['{', '}']));
        it.starts_with("{;;") || missing.iter().any(|missing| template::fold(missing) == name)
    };
    let places = template::unfilled(text).into_iter();
    let written = places.filter_map(|place| text.get(place.bytes));
    written.filter(|it| !is_gap(it)).map(str::to_owned).collect()
}

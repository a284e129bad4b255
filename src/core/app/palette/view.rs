//! What is on screen of the palette, as plain data.

use crate::app::context::Context;
use crate::app::palette::draft::Draft;
use crate::app::palette::form::Form;
use crate::app::palette::{Palette, Stage, State};
use crate::app::screen::Screen;
use crate::app::surface::Surfaces;
use crate::app::trouble;
use crate::id::ReplyId;
use crate::team::reply::Reply;
use crate::template::{Answers, Filled, Need, fill};
use crate::words::Words;

/// The most characters of a text that are shown on a row.
const EXCERPT: usize = 120;

/// The palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaletteView {
    /// What was typed.
    pub query: String,
    /// What is typed before a shortcut.
    pub trigger: String,
    /// The number of the first row that is drawn.
    pub first: usize,
    /// The rows that are drawn, best first.
    pub rows: Vec<PaletteRow>,
    /// How many are found.
    pub found: usize,
    /// The number of the row that Enter inserts.
    pub active: usize,
    /// How many there are for this person and chat.
    pub total: usize,
    /// How the active reply reads here.
    pub preview: Vec<Piece>,
    /// What stands in place of the list.
    pub page: Page,
}

/// What stands in place of the palette's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// Nothing: the list is there.
    List,
    /// What a reply asks.
    Form(FormView),
    /// A reply that is being changed.
    Editor(EditorView),
}

/// A reply in the palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaletteRow {
    /// Which.
    pub id: ReplyId,
    /// Its title.
    pub title: String,
    /// Characters of the title that matched, by index.
    pub hits: Vec<u32>,
    /// Characters of the shortcut that matched, by index.
    pub shortcut_hits: Vec<u32>,
    /// What is typed for it.
    pub shortcut: String,
    /// The folder it is in.
    pub folder: String,
    /// Whether it is pinned to the top.
    pub pinned: bool,
    /// Whether it is the person's own.
    pub own: bool,
    /// How many files are attached to it here.
    pub files: usize,
    /// The beginning of its text, on one line.
    pub preview: String,
}

/// A piece of a text that is to be inserted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it says.
    pub text: String,
    /// Whether it is a field that is not filled in.
    pub gap: bool,
}

/// What a reply asks before it is inserted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormView {
    /// Which reply: another one is another form.
    pub reply: ReplyId,
    /// What it is called.
    pub title: String,
    /// What is asked, in order of appearance.
    pub questions: Vec<Question>,
    /// How it reads as it is now.
    pub preview: Vec<Piece>,
    /// Whether something is still to be filled in.
    pub missing: bool,
}

/// Something that a form asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// A text.
    Text {
        /// The field.
        name: String,
        /// What is written there.
        value: String,
        /// Whether it has to be filled in.
        missing: bool,
    },
    /// Which of several texts.
    Choice {
        /// Its number in the reply.
        index: usize,
        /// The field of the team's that it fills.
        name: Option<String>,
        /// The texts.
        options: Vec<String>,
        /// Which is chosen.
        chosen: usize,
    },
    /// Whether a part is wanted.
    Part {
        /// Its number in the reply.
        index: usize,
        /// Whether it is.
        on: bool,
        /// How it begins.
        excerpt: String,
    },
}

/// A reply that is being changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditorView {
    /// Which.
    pub reply: ReplyId,
    /// Whether the team does not have it yet.
    pub is_new: bool,
    /// Whether it was begun earlier, left, and not saved.
    pub kept: bool,
    /// Whether its text was cut, because no message is that long.
    pub cut: bool,
    /// Its title.
    pub title: String,
    /// What is typed for it.
    pub shortcut: String,
    /// Its text.
    pub body: String,
    /// What is wrong with the text, by place.
    pub problems: Vec<Words>,
}

/// The palette, when it is open.
pub(in crate::app) fn palette(
    ctx: &Context,
    screen: &Screen,
    surfaces: &Surfaces,
    state: &State,
) -> Option<PaletteView> {
    let palette: &Palette = surfaces.palette()?;
    let drawn = palette.drawn();
    let row = |row| {
        let (found, reply) = (palette.found.get(row)?, palette.reply(row)?);
        Some(PaletteRow {
            id: reply.id,
            title: reply.title.clone(),
            hits: found.title_hits.clone(),
            shortcut_hits: found.shortcut_hits.clone(),
            shortcut: reply.shortcut.clone(),
            folder: reply.folder.clone(),
            pinned: ctx.uses.is_pinned(reply.id),
            own: reply.owner.is_some(),
            files: ctx.files_of(reply.id).len(),
            preview: excerpt(&reply.body),
        })
    };
    let is_list = matches!(palette.stage, Stage::Finding | Stage::Reading { .. });
    let active = palette.reply(palette.active).filter(|_| is_list);
    Some(PaletteView {
        query: palette.query.clone(),
        trigger: ctx.keys.trigger(),
        first: drawn.start,
        rows: drawn.filter_map(row).collect(),
        found: palette.total,
        active: palette.active,
        total: palette.offers(),
        preview: active.map(|reply| preview(ctx, screen, palette, reply)).unwrap_or_default(),
        page: match &palette.stage {
            Stage::Finding | Stage::Reading { .. } => Page::List,
            Stage::Asking(form) => Page::Form(form_view(ctx, screen, palette, form)),
            Stage::Editing => Page::Editor(editor(ctx, palette, state.drafts.last()?)),
        },
    })
}

/// The beginning of a text, on one line.
fn excerpt(body: &str) -> String {
    let mut line = String::new();
    let mut left = EXCERPT;
    for word in body.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().take(left));
        left = left.saturating_sub(word.chars().count() + 1);
        if left == 0 {
            break;
        }
    }
    line
}

fn preview(ctx: &Context, screen: &Screen, palette: &Palette, reply: &Reply) -> Vec<Piece> {
    let template = palette.template(&reply.body);
    pieces(ctx.with_values(screen.title(), None, |values| fill(&template, values, &Answers::default())))
}

/// The text, parted where something is to be filled in.
pub fn pieces(filled: Filled) -> Vec<Piece> {
    let gaps: Vec<String> = filled.missing.iter().map(|name| ["{", name, "}"].concat()).collect();
    let mut pieces = Vec::new();
    let mut push = |text: &str, gap| {
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), gap });
        }
    };
    let mut rest = filled.text.as_str();
    loop {
        let next = gaps.iter().filter_map(|gap| Some((rest.find(gap.as_str())?, gap.len()))).min();
        let Some((at, len)) = next else { break };
        push(&rest[..at], false);
        push(&rest[at..at + len], true);
        rest = &rest[at + len..];
    }
    push(rest, false);
    pieces
}

fn form_view(ctx: &Context, screen: &Screen, palette: &Palette, form: &Form) -> FormView {
    let clipboard = form.clipboard.as_deref();
    let (needs, filled) =
        ctx.with_values(screen.title(), clipboard, |values| (form.needs(values), form.fill(values)));
    let question = |need| match need {
        Need::Text { name, default } => {
            let value = form.written(&name).map(str::to_owned).or(default).unwrap_or_default();
            let missing = filled.missing.contains(&name);
            Question::Text { name, value, missing }
        }
        Need::Choice { index, name, options, chosen } => Question::Choice { index, name, options, chosen },
        Need::Optional { index, on, excerpt } => Question::Part { index, on, excerpt },
    };
    FormView {
        reply: form.reply,
        title: palette.offered(form.reply).map(|reply| reply.title.clone()).unwrap_or_default(),
        questions: needs.into_iter().map(question).collect(),
        missing: !filled.missing.is_empty(),
        preview: pieces(filled),
    }
}

fn editor(ctx: &Context, palette: &Palette, draft: &Draft) -> EditorView {
    let [title, shortcut, body] = draft.now.clone();
    let template = palette.template(&body);
    EditorView {
        reply: draft.id,
        is_new: ctx.team().reply(draft.id).is_none(),
        kept: draft.kept,
        cut: draft.cut,
        problems: template.problems.iter().map(|problem| trouble::words(&body, problem)).collect(),
        title,
        shortcut,
        body,
    }
}

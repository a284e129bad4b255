//! View of the palette.

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

/// About the number of bytes of a row's excerpt.
const EXCERPT: usize = 120;

/// The palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaletteView {
    /// The query.
    pub query: String,
    /// The text of the customer's last message.
    pub quote: Option<String>,
    /// The folders, while there is no query.
    pub folders: Vec<String>,
    /// The folder whose replies are listed; `None` lists all replies.
    pub folder: Option<String>,
    /// The prefix that is typed before a shortcut.
    pub trigger: String,
    /// The index of the first drawn row.
    pub first: usize,
    /// The drawn rows, best match first.
    pub rows: Vec<PaletteRow>,
    /// The number of results.
    pub found: usize,
    /// The index of the row that Enter inserts.
    pub active: usize,
    /// The number of replies offered to this person in this chat.
    pub total: usize,
    /// The text of the active reply, filled for this chat.
    pub preview: Vec<Piece>,
    /// The page that replaces the list, if any.
    pub page: Page,
}

/// The page of the palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// The list of results.
    List,
    /// The form of a reply.
    Form(FormView),
    /// The editor of a reply.
    Editor(EditorView),
}

/// A reply in the palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaletteRow {
    /// The reply's id.
    pub id: ReplyId,
    /// The reply's title.
    pub title: String,
    /// The indices of the matching characters in the title.
    pub hits: Vec<u32>,
    /// The indices of the matching characters in the shortcut.
    pub shortcut_hits: Vec<u32>,
    /// The reply's shortcut.
    pub shortcut: String,
    /// The reply's folder.
    pub folder: String,
    /// Whether the reply is pinned.
    pub pinned: bool,
    /// Whether the reply is the person's own.
    pub own: bool,
    /// How many files are attached to the reply in this browser.
    pub files: usize,
    /// The beginning of the reply's text, filled for the open chat, on one line.
    pub preview: String,
}

/// A piece of a filled text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text of the piece.
    pub text: String,
    /// Whether the piece is an unfilled field.
    pub gap: bool,
}

/// The form of a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormView {
    /// The reply's id. The form of another reply is drawn anew.
    pub reply: ReplyId,
    /// The reply's title.
    pub title: String,
    /// The questions in their order in the text.
    pub questions: Vec<Question>,
    /// The text with the answers so far.
    pub preview: Vec<Piece>,
    /// Whether a required field is still empty.
    pub missing: bool,
}

/// A question of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// A text field.
    Text {
        /// The field's name.
        name: String,
        /// The text in the field.
        value: String,
        /// Whether a value is required and missing.
        missing: bool,
    },
    /// A choice of one of several texts.
    Choice {
        /// The index of the choice in the reply.
        index: usize,
        /// The name of the team's field, if the choice comes from its value.
        name: Option<String>,
        /// The texts.
        options: Vec<String>,
        /// The index of the chosen text.
        chosen: usize,
    },
    /// An optional part.
    Part {
        /// The index of the part in the reply.
        index: usize,
        /// Whether the part is included.
        on: bool,
        /// The beginning of the part.
        excerpt: String,
    },
}

/// The editor of a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditorView {
    /// The reply's id.
    pub reply: ReplyId,
    /// Whether the reply is new.
    pub is_new: bool,
    /// Whether the draft was begun in an earlier palette and not saved.
    pub kept: bool,
    /// Whether the text was cut to the length limit of a message.
    pub cut: bool,
    /// The title.
    pub title: String,
    /// The shortcut.
    pub shortcut: String,
    /// The text.
    pub body: String,
    /// The errors in the text, each with its place.
    pub problems: Vec<Words>,
    /// Whether the reply is pinned for the whole team; `None` for a new or private reply.
    pub pinned_for_all: Option<bool>,
}

/// Returns the view of the palette, if it is open.
pub(in crate::app) fn palette(
    ctx: &Context,
    screen: &Screen,
    surfaces: &Surfaces,
    state: &State,
) -> Option<PaletteView> {
    let palette: &Palette = surfaces.palette().filter(|it| !it.in_sidebar)?;
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
            preview: excerpt(preview(ctx, screen, palette, reply).iter().map(|piece| piece.text.as_str())),
        })
    };
    let is_list = matches!(palette.stage, Stage::Finding | Stage::Reading { .. });
    let active = palette.reply(palette.active).filter(|_| is_list);
    Some(PaletteView {
        query: palette.query.clone(),
        quote: screen.reading.open.as_ref().and_then(|open| open.last_in.clone()),
        folders: if palette.query.is_empty() {
            palette.folders().into_iter().map(str::to_owned).collect()
        } else {
            Vec::new()
        },
        folder: palette.folder.clone(),
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

/// Returns the beginning of a text that consists of pieces, on one line.
fn excerpt<'a>(pieces: impl Iterator<Item = &'a str>) -> String {
    let mut line = String::new();
    let mut gap = false;
    for letter in pieces.flat_map(str::chars) {
        if letter.is_whitespace() {
            gap = !line.is_empty();
            continue;
        }
        if core::mem::take(&mut gap) {
            line.push(' ');
        }
        line.push(letter);
        if line.len() >= EXCERPT {
            break;
        }
    }
    line
}

/// Returns the form of a reply that was pressed in the sidebar and asks for values.
pub(in crate::app) fn form_in_sidebar(
    ctx: &Context,
    screen: &Screen,
    surfaces: &Surfaces,
) -> Option<FormView> {
    let palette = surfaces.palette().filter(|it| it.in_sidebar)?;
    match &palette.stage {
        Stage::Asking(form) => Some(form_view(ctx, screen, palette, form)),
        Stage::Finding | Stage::Reading { .. } | Stage::Editing => None,
    }
}

/// Returns the text of a reply, filled for the open chat.
pub(in crate::app) fn preview(
    ctx: &Context,
    screen: &Screen,
    palette: &Palette,
    reply: &Reply,
) -> Vec<Piece> {
    let template = palette.template(&reply.body);
    pieces(ctx.with_values(screen.title(), None, |values| fill(&template, values, &Answers::default())))
}

/// Splits a filled text into pieces, so that unfilled fields are pieces of their own.
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
    let saved = ctx.team().reply(draft.id);
    EditorView {
        reply: draft.id,
        is_new: saved.is_none(),
        pinned_for_all: saved.filter(|reply| reply.owner.is_none()).map(|reply| reply.pinned),
        kept: draft.kept,
        cut: draft.cut,
        problems: template.problems.iter().map(|problem| trouble::words(&body, problem)).collect(),
        title,
        shortcut,
        body,
    }
}

//! What is on the desk, as plain data. Drawing it takes no decisions.

use crate::app::Link;
use crate::app::desk::care::view::{Shown, shown};
use crate::app::desk::import::{self, ImportView};
use crate::app::desk::{Desk, Field, Section};
use crate::app::keys::Keys;
use crate::app::palette::view::{Piece, pieces};
use crate::app::trouble;
use crate::app::view::{self, Chip, Meter, Notice, NoticeAction, Status, TagRow, ToastView};
use crate::id::ReplyId;
use crate::letters::in_small;
use crate::member::initials;
use crate::tag::Colour;
use crate::template::{self, Answers, Template, fill};
use crate::words::Words;

/// The desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Which part is shown.
    pub section: Section,
    /// The part, or what stands in its place.
    pub body: Body,
    /// Something the person should know before all else.
    pub notice: Option<Notice>,
    /// The line below the navigation.
    pub status: Status,
    /// What was just done.
    pub toast: Option<ToastView>,
    /// The number of the layout update in use; `None`: what is built in.
    pub layout: Option<u32>,
    /// The keys that the person chose.
    pub keys: Keys,
}

/// What is in the middle of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// The hub has not answered yet.
    Starting,
    /// No WhatsApp account was ever seen in this profile.
    NoTeam,
    /// The extension was updated: this desk is the old one.
    Gone,
    /// My name and colour.
    Me(Me),
    /// The team's tags.
    Tags(Tags),
    /// The team's replies.
    Replies(Replies),
    /// Export and import.
    Files(ImportView),
    /// The Sync centre.
    Sync(Box<Shown>),
}

/// Who I am.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    /// My name.
    pub name: String,
    /// My initials, if I chose some.
    pub initials: String,
    /// The initials that follow from the name.
    pub derived: String,
    /// My colour.
    pub colour: Colour,
    /// How colleagues see me, once I have a name.
    pub chip: Option<Chip>,
}

/// The team's tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tags {
    /// The tags. A name that is being typed is shown as it is typed.
    pub rows: Vec<TagRow>,
    /// How many there are.
    pub meter: Meter,
    /// The name that is being typed for a new one.
    pub new: String,
}

/// The team's replies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replies {
    /// What is searched.
    pub query: String,
    /// What is found.
    pub rows: Vec<ReplyRow>,
    /// How many the team has.
    pub total: usize,
    /// The reply that is open.
    pub open: Option<OpenReply>,
}

/// A reply in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyRow {
    /// Which.
    pub id: ReplyId,
    /// Its title.
    pub title: String,
    /// What is typed for it.
    pub shortcut: String,
    /// Whether it is open.
    pub open: bool,
}

/// The reply that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenReply {
    /// Which.
    pub id: ReplyId,
    /// Its title.
    pub title: String,
    /// What is typed for it.
    pub shortcut: String,
    /// Its text with fields.
    pub body: String,
    /// The folder it is in.
    pub folder: String,
    /// How it reads in chats of these names.
    pub previews: Vec<(String, Vec<Piece>)>,
    /// What is wrong with the text, by place.
    pub problems: Vec<Words>,
    /// The title of another reply that has the same shortcut.
    pub clash: Option<String>,
    /// Whether it is saved once it has a title.
    pub untitled: bool,
    /// Whether it can be moved up and down.
    pub moves: (bool, bool),
}

/// The desk.
pub fn view(desk: &Desk) -> View {
    let page = view::sidebar(&desk.common);
    let body = match desk.common.link {
        Link::Gone => Body::Gone,
        Link::Waiting if desk.no_team => Body::NoTeam,
        Link::Waiting => Body::Starting,
        Link::Met => match desk.section {
            Section::Me => Body::Me(me(desk)),
            Section::Tags => Body::Tags(tags(desk, page.tags, page.meter)),
            Section::Replies => Body::Replies(replies(desk)),
            Section::Files => Body::Files(import::view(desk)),
            Section::Sync => Body::Sync(Box::new(shown(desk))),
        },
    };
    // On the section that asks who I am, the question would go away under the hand that answers it.
    let is_asked = |notice: &Notice| matches!(body, Body::Me(_)) && notice.words.name == "notice_who_are_you";
    let notice = page.notice.filter(|it| body != Body::Gone && !is_asked(it)).map(|notice| Notice {
        // This is the desk: nothing leads there from here.
        action: notice.action.filter(|(_, action)| *action != NoticeAction::Desk),
        ..notice
    });
    View {
        section: desk.section,
        body,
        notice,
        status: page.status,
        toast: page.toast,
        layout: desk.layout,
        keys: desk.common.keys_chosen,
    }
}

fn me(desk: &Desk) -> Me {
    let (name, own) = (desk.text(Field::MyName), desk.text(Field::MyInitials));
    let derived = initials(&name);
    let colour = desk.colour();
    let chip = (!name.trim().is_empty()).then(|| Chip {
        text: if own.trim().is_empty() { derived.clone() } else { own.trim().to_owned() },
        name: name.trim().to_owned(),
        colour,
    });
    Me { name, initials: own, derived, colour, chip }
}

fn tags(desk: &Desk, mut rows: Vec<TagRow>, meter: Meter) -> Tags {
    for row in &mut rows {
        row.name = desk.text(Field::TagName(row.id));
    }
    Tags { rows, meter, new: desk.text(Field::NewTag) }
}

fn replies(desk: &Desk) -> Replies {
    let all = desk.common.shared.team().replies();
    let row = |reply: crate::reply::Reply| ReplyRow {
        id: reply.id,
        title: reply.title,
        shortcut: reply.shortcut,
        open: desk.reply == Some(reply.id),
    };
    let open = desk.reply.map(|id| {
        let at = all.iter().position(|reply| reply.id == id);
        let shortcut = desk.text(Field::Shortcut);
        let typed = in_small(shortcut.trim());
        let same = |it: &&crate::reply::Reply| it.id != id && in_small(it.shortcut.trim()) == typed;
        let clash = all.iter().find(same).filter(|_| !typed.is_empty()).map(|reply| reply.title.clone());
        let movable = desk.found.is_none();
        let body = desk.text(Field::Body);
        let called = |code: &str| {
            let code = in_small(code.trim());
            all.iter().find(|reply| in_small(reply.shortcut.trim()) == code).map(|reply| reply.body.clone())
        };
        let template = template::parse(&body, &called);
        OpenReply {
            id,
            title: desk.text(Field::Title),
            shortcut,
            folder: desk.text(Field::Folder),
            previews: previews(desk, &template),
            problems: template.problems.iter().map(|problem| trouble::words(&body, problem)).collect(),
            body,
            clash,
            untitled: at.is_none(),
            moves: (
                movable && at.is_some_and(|at| at > 0),
                movable && at.is_some_and(|at| at + 1 < all.len()),
            ),
        }
    });
    Replies {
        query: desk.text(Field::Search),
        rows: desk.listed().into_iter().map(row).collect(),
        total: all.len(),
        open,
    }
}

/// How a text reads in a few chats.
fn previews(desk: &Desk, template: &Template) -> Vec<(String, Vec<Piece>)> {
    let samples = (desk.common.locale.samples)();
    let filled = |name: &String| {
        desk.common.with_values(Some(name), None, |values| fill(template, values, &Answers::default()))
    };
    samples.into_iter().map(|name| (name.clone(), pieces(filled(&name)))).collect()
}

//! What is on the desk, as plain data. Drawing it takes no decisions.

use crate::app::Link;
use crate::app::desk::fields::view::{Fields, fields};
use crate::app::desk::import::{self, ImportView};
use crate::app::desk::replies::view::{Replies, replies};
use crate::app::desk::sync_centre::view::{Shown, shown};
use crate::app::desk::{Desk, Field, Section};
use crate::app::keys::Keys;
use crate::app::view::{self, Chip, Meter, Notice, NoticeAction, Status, TagRow, ToastView};
use crate::team::member::initials;
use crate::team::tag::Colour;

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
    Replies(Box<Replies>),
    /// The team's fields and hours.
    Fields(Fields),
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
            Section::Fields => Body::Fields(fields(desk)),
            Section::Files => Body::Files(import::view(desk)),
            Section::Replies => Body::Replies(Box::new(replies(desk))),
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
        toast: page.toast.map(|toast| ToastView { undo: toast.undo || desk.returnable().is_some(), ..toast }),
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

//! What is on the desk, as plain data. Drawing it takes no decisions.

use crate::app::Link;
use crate::app::chip::Chip;
use crate::app::desk::fields::view::{Fields, fields};
use crate::app::desk::import::{self, ImportView};
use crate::app::desk::replies::view::{Replies, replies};
use crate::app::desk::sync_centre::view::{Shown, shown};
use crate::app::desk::tags::view::{Tags, tags};
use crate::app::desk::{Desk, Field, Section};
use crate::app::keys::Keys;
use crate::app::notices::view::{self as notices, Notice, NoticeAction, Status, ToastView};
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

/// The desk.
pub fn view(desk: &Desk) -> View {
    let ctx = &desk.ctx;
    let body = match ctx.link {
        Link::Gone => Body::Gone,
        Link::Waiting if desk.no_team => Body::NoTeam,
        Link::Waiting => Body::Starting,
        Link::Met => match desk.section {
            Section::Me => Body::Me(me(desk)),
            Section::Tags => Body::Tags(tags(&desk.ctx, &desk.typed, &desk.tags)),
            Section::Fields => Body::Fields(fields(desk)),
            Section::Files => Body::Files(import::view(desk)),
            Section::Replies => Body::Replies(Box::new(replies(desk))),
            Section::Sync => Body::Sync(Box::new(shown(desk))),
        },
    };
    // On the section that asks who I am, the question would go away under the hand that answers it.
    let is_asked = |notice: &Notice| matches!(body, Body::Me(_)) && notice.words.name == "notice_who_are_you";
    let notice = notices::of_link(ctx)
        .or_else(|| notices::of_team(ctx))
        .filter(|it| body != Body::Gone && !is_asked(it))
        .map(|notice| Notice {
            // This is the desk: nothing leads there from here.
            action: notice.action.filter(|(_, action)| *action != NoticeAction::Desk),
            ..notice
        });
    View {
        section: desk.section,
        body,
        notice,
        status: notices::status(ctx),
        toast: notices::toast(ctx)
            .map(|toast| ToastView { undo: toast.undo || desk.returnable().is_some(), ..toast }),
        layout: desk.layout,
        keys: desk.ctx.keys,
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

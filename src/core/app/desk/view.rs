//! The view of the desk as plain data. Drawing it needs no decisions.

use crate::app::Link;
use crate::app::desk::fields::view::{Fields, fields};
use crate::app::desk::files::view::{ImportView, files};
use crate::app::desk::me::view::{Me, me};
use crate::app::desk::replies::See;
use crate::app::desk::replies::view::{Replies, replies as replies_view};
use crate::app::desk::sync_centre::view::{Shown, shown};
use crate::app::desk::tags::view::{Tags, tags};
use crate::app::desk::team::view::{MemberRow, members};
use crate::app::desk::{Desk, Section};
use crate::app::keys::Keys;
use crate::app::notices::view::{self as notices, Notice, NoticeAction, Status, ToastView};

/// The desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The current section.
    pub section: Section,
    /// The section's content, or what is shown instead of it.
    pub body: Body,
    /// The most important problem.
    pub notice: Option<Notice>,
    /// The status line below the navigation.
    pub status: Status,
    /// The current toast.
    pub toast: Option<ToastView>,
    /// The number of the layout update in use; `None` if only the built-in locators are used.
    pub layout: Option<u32>,
    /// The keys that the person chose.
    pub keys: Keys,
}

/// The main part of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// The hub has not answered yet.
    Starting,
    /// No WhatsApp account was ever seen in this profile.
    NoTeam,
    /// The extension was updated or removed while the desk is open.
    Gone,
    /// The members of the team, and the person's own name and colour.
    Me(Me, Vec<MemberRow>),
    /// The team's tags.
    Tags(Tags),
    /// The team's replies.
    Replies(Box<Replies>),
    /// The team's fields and hours.
    Fields(Box<Fields>),
    /// Export and import.
    Files(ImportView),
    /// The Sync centre.
    Sync(Box<Shown>),
}

/// Returns the view of the desk.
pub fn view(desk: &Desk) -> View {
    let Desk { ctx, typed, replies, .. } = desk;
    let body = match ctx.link {
        Link::Gone => Body::Gone,
        Link::NoTeam => Body::NoTeam,
        Link::Waiting => Body::Starting,
        Link::Connected => match desk.section {
            Section::Me => Body::Me(me(ctx, typed, &desk.me), members(ctx, desk.sync_centre.devices())),
            Section::Tags => Body::Tags(tags(ctx, typed, &desk.tags)),
            Section::Fields => Body::Fields(Box::new(fields(ctx, typed))),
            Section::Files => Body::Files(files(&desk.files)),
            Section::Replies => Body::Replies(Box::new(replies_view(See { ctx, typed, state: replies }))),
            Section::Sync => Body::Sync(Box::new(shown(ctx, typed, &desk.sync_centre))),
        },
    };
    // The section `Me` is where the person enters the name. Without this filter the notice would vanish while they
    // type, and the fields would move.
    let is_asked =
        |notice: &Notice| matches!(body, Body::Me(..)) && notice.words.name == "notices_who_are_you";
    let notice = notices::of_link(ctx)
        .or_else(|| notices::of_team(ctx, None))
        .filter(|it| body != Body::Gone && !is_asked(it))
        .map(|notice| Notice {
            // The button that opens the desk is useless at the desk.
            action: notice.action.filter(|(_, action)| *action != NoticeAction::Desk),
            ..notice
        });
    View {
        section: desk.section,
        body,
        notice,
        status: notices::status(ctx),
        toast: notices::toast(ctx)
            .map(|toast| ToastView { undo: toast.undo || replies.returnable(ctx).is_some(), ..toast }),
        layout: desk.help.layout,
        keys: ctx.keys,
    }
}

//! What the person should know, how sync is doing and what was just done, as plain data.

use crate::app::context::{Context, Link, Toast};
use crate::app::reading::Layout;
use crate::app::screen::Screen;
use crate::wire::Problem;
use crate::words::Words;

/// Something the person should know before all else, and what they can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What happened and what is safe.
    pub words: Words,
    /// What may help.
    pub action: Option<(Words, NoticeAction)>,
}

/// What a notice's button does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeAction {
    /// Opens the desk.
    Desk,
    /// Tries again to publish.
    SyncNow,
    /// Copies a report about the page.
    Report,
    /// Attaches the files of a reply.
    Attach,
}

/// The line at the bottom of the sidebar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// The hub has not answered yet.
    Starting,
    /// Edits are on their way to disk.
    Saving,
    /// Saved here; waiting to be published.
    Waiting,
    /// Published; the moment, in milliseconds since the epoch.
    Synced(u64),
    /// Nothing was ever published.
    Alone,
}

/// A toast.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToastView {
    /// Which.
    pub number: u32,
    /// What happened.
    pub words: Words,
    /// Whether something went wrong.
    pub bad: bool,
    /// Whether it can be taken back.
    pub undo: bool,
}

impl Notice {
    pub(in crate::app) fn plain(name: &'static str) -> Notice {
        Notice { words: Words::plain(name), action: None }
    }

    pub(in crate::app) fn with(words: Words, button: &'static str, action: NoticeAction) -> Notice {
        Notice { words, action: Some((Words::plain(button), action)) }
    }
}

/// That this Baton is the old one, which comes before all else.
pub(in crate::app) fn of_link(ctx: &Context) -> Option<Notice> {
    (ctx.link == Link::Gone).then(|| Notice::plain("notices_gone"))
}

/// That WhatsApp's page is not one that Baton knows.
pub(in crate::app) fn of_layout(screen: &Screen) -> Option<Notice> {
    let Layout::Unknown(missing) = &screen.reading.layout else { return None };
    // The rest is in the report.
    let words = Words::plain(match missing.first().copied() {
        Some("chat list") => "notices_layout_list",
        Some("chat titles") => "notices_layout_titles",
        Some("conversation title") => "notices_layout_conversation",
        _ => "notices_layout_page",
    });
    Some(Notice::with(words, "notices_report_copy", NoticeAction::Report))
}

/// What is wrong with sync, or that nobody knows who sits here.
pub(in crate::app) fn of_team(ctx: &Context) -> Option<Notice> {
    let desk = |name| Notice::with(Words::plain(name), "notices_desk", NoticeAction::Desk);
    let problem = ctx.sync.problem.map(|problem| match problem {
        Problem::Full => desk("notices_full"),
        Problem::Refused => {
            Notice::with(Words::plain("notices_refused"), "notices_again", NoticeAction::SyncNow)
        }
        Problem::Disk => Notice::plain("notices_disk"),
        Problem::Newer => Notice::plain("notices_newer"),
        Problem::DiskNewer => Notice::plain("notices_disk_newer"),
    });
    if problem.is_some() {
        return problem;
    }
    if ctx.sync.unreadable > 0 {
        let words = Words::count("notices_unreadable", ctx.sync.unreadable as usize);
        return Some(Notice { words, action: None });
    }
    (ctx.link == Link::Met && ctx.myself().is_none()).then(|| desk("notices_who_are_you"))
}

/// How sync is doing.
pub(in crate::app) fn status(ctx: &Context) -> Status {
    match ctx.link {
        Link::Waiting | Link::NoTeam => Status::Starting,
        _ if !ctx.optimistic.is_saved() => Status::Saving,
        _ if ctx.sync.waiting => Status::Waiting,
        _ if ctx.sync.at == 0 => Status::Alone,
        _ => Status::Synced(ctx.sync.at),
    }
}

/// What was just done.
pub(in crate::app) fn toast(ctx: &Context) -> Option<ToastView> {
    ctx.toast.as_ref().map(|Toast { number, words, bad, undo }| ToastView {
        number: *number,
        words: words.clone(),
        bad: *bad,
        undo: !undo.is_empty(),
    })
}

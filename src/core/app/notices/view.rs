//! View of the notice, the sync status and the toast.

use crate::app::context::{Context, Link, Toast};
use crate::app::keys::Action;
use crate::app::reading::Layout;
use crate::app::screen::Screen;
use crate::wire::Problem;
use crate::words::Words;

/// A problem that is shown above everything else, with an action that may help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The message: the problem, and which data are safe.
    pub words: Words,
    /// The button's label and action.
    pub action: Option<(Words, NoticeAction)>,
    /// The typed name, if the notice asks for the person's name.
    pub name: Option<String>,
}

/// The action of a notice's button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeAction {
    /// Opens the desk.
    Desk,
    /// Retries publishing.
    SyncNow,
    /// Copies a report about the page.
    Report,
    /// Attaches the waiting files of a reply.
    Attach,
    /// Saves the typed name.
    SaveName,
    /// Opens the list of keys.
    Keys,
}

/// The status line at the bottom of the sidebar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// The hub has not answered yet.
    Starting,
    /// Edits have not been stored by the hub yet.
    Saving,
    /// Stored by the hub, but not published yet.
    Waiting,
    /// Published at this time, in milliseconds since the epoch.
    Synced(u64),
    /// Nothing was ever published.
    Alone,
}

/// A toast.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToastView {
    /// The toast's number.
    pub number: u32,
    /// The message.
    pub words: Words,
    /// Whether something failed.
    pub bad: bool,
    /// Whether the toast has an undo button.
    pub undo: bool,
    /// Whether the toast is about something that can be opened.
    pub open: bool,
}

impl Notice {
    pub(in crate::app) fn plain(name: &'static str) -> Notice {
        Notice { words: Words::plain(name), action: None, name: None }
    }

    pub(in crate::app) fn with(words: Words, button: &'static str, action: NoticeAction) -> Notice {
        Notice { words, action: Some((Words::plain(button), action)), name: None }
    }
}

/// Returns the notice that the extension was updated or removed while the page is open. It comes before all others.
pub(in crate::app) fn of_link(ctx: &Context) -> Option<Notice> {
    (ctx.link == Link::Gone).then(|| Notice::plain("notices_gone"))
}

/// Returns the notice that Baton does not recognise WhatsApp's page.
pub(in crate::app) fn of_layout(screen: &Screen) -> Option<Notice> {
    let Layout::Unknown(missing) = &screen.reading.layout else { return None };
    // The notice names the first missing part. The others are in the report.
    let words = Words::plain(match missing.first().copied() {
        Some("chat list") => "notices_layout_list",
        Some("chat titles") => "notices_layout_titles",
        Some("conversation title") => "notices_layout_conversation",
        _ => "notices_layout_page",
    });
    Some(Notice::with(words, "notices_report_copy", NoticeAction::Report))
}

/// Returns the notice about a sync problem, or the one that asks for the person's name. `typed` is the name that was typed
/// into its field; `None` where the notice has no field.
pub(in crate::app) fn of_team(ctx: &Context, typed: Option<&str>) -> Option<Notice> {
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
        return Some(Notice { words, action: None, name: None });
    }
    let asks = ctx.link == Link::Connected && ctx.myself().is_none();
    asks.then(|| Notice {
        words: Words::plain("notices_who_are_you"),
        action: typed.map(|_| (Words::plain("person_save"), NoticeAction::SaveName)),
        name: typed.map(str::to_owned),
    })
}

/// Returns the notice that the keys have changed, for a person who knew the former ones.
pub(in crate::app) fn of_keys(ctx: &Context) -> Option<Notice> {
    let asks = ctx.link == Link::Connected && ctx.myself().is_some() && !ctx.preferences.knows_keys;
    let words = Words::with("keys_changed", [&ctx.keys.label(Action::Palette)]);
    asks.then(|| Notice::with(words, "keys_show", NoticeAction::Keys))
}

/// Returns the sync status.
pub(in crate::app) fn status(ctx: &Context) -> Status {
    match ctx.link {
        Link::Waiting | Link::NoTeam => Status::Starting,
        _ if !ctx.optimistic.is_saved() => Status::Saving,
        _ if ctx.sync.waiting => Status::Waiting,
        _ if ctx.sync.at == 0 => Status::Alone,
        _ => Status::Synced(ctx.sync.at),
    }
}

/// Returns the current toast.
pub(in crate::app) fn toast(ctx: &Context) -> Option<ToastView> {
    ctx.toast.as_ref().map(|Toast { number, words, bad, undo, target }| ToastView {
        number: *number,
        words: words.clone(),
        bad: *bad,
        undo: !undo.is_empty(),
        open: target.is_some(),
    })
}

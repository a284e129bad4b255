//! The card of the state of sync: the last publication, the waiting edits, the used space, and the writes left.

use baton_core::app;
use baton_core::app::desk::Msg;
use baton_core::app::desk::sync_centre::Msg as SyncCentre;
use baton_core::app::desk::sync_centre::view::Shown;
use baton_core::app::notices::view::Status;
use web_sys::HtmlElement;

use crate::browser::i18n::{ago, full_time, number, tr, tr_count, tr_with};
use crate::dom::{Build, append, el, set_attr, set_text};
use crate::ui::desk::{Send, fill, text};
use crate::ui::icons::Icon;
use crate::ui::widget::{Button, sends, show};

/// The card of the state of sync.
pub(super) struct State {
    pub(super) node: HtmlElement,
    last: HtmlElement,
    waiting: HtmlElement,
    meter: HtmlElement,
    bar: HtmlElement,
    used: HtmlElement,
    mine: HtmlElement,
    writes: HtmlElement,
    archive: HtmlElement,
    archived: HtmlElement,
    now: Button,
    _again: Button,
}

impl State {
    pub(super) fn new(send: &Send) -> State {
        let (last, writes, used, mine) = (el("dd"), el("dd"), el("p").class("muted"), el("p").class("muted"));
        // ARIA allows no `status` role on a `dd`, so the status is an element inside it.
        let waiting = el("span").attr("role", "status");
        let bar = el("span").class("bar");
        let meter = el("div").class("meter").attr("role", "meter").attr("aria-valuemin", "0").with(&[&bar]);
        set_attr(&meter, "aria-label", Some(&tr("sync_centre_space")));
        let facts = el("dl").class("facts").with(&[
            &text("dt", "sync_centre_last"),
            &last,
            &text("dt", "sync_centre_waiting"),
            &el("dd").with(&[&waiting]),
            &text("dt", "sync_centre_space"),
            &el("dd").with(&[&meter, &used, &mine]),
            &text("dt", "sync_centre_writes"),
            &writes,
        ]);
        let now =
            Button::text("", &tr("sync_centre_now"), sends(send, Msg::Context(app::context::Msg::SyncNow)))
                .with_icon(Icon::ArrowRightLeft);
        let archived = el("span");
        let again = Button::text(
            "",
            &tr("sync_centre_archived_share"),
            sends(send, Msg::SyncCentre(SyncCentre::Unarchive)),
        );
        let archive = el("div").class("row").with(&[&archived, &again.node]);
        let node = el("div").class("card").with(&[&facts, &now.node]);
        append(&node, &archive);
        State { node, last, waiting, meter, bar, used, mine, writes, archive, archived, now, _again: again }
    }

    pub(super) fn show(&self, view: &Shown, status: &Status) {
        let sync = &view.sync;
        set_text(&self.last, &if sync.at == 0 { tr("sync_centre_never") } else { ago(sync.at) });
        set_attr(&self.last, "title", (sync.at > 0).then(|| full_time(sync.at)).as_deref());
        let waiting = match status {
            Status::Saving => tr("status_saving"),
            _ if view.waiting > 0 => tr_count("sync_centre_waits", view.waiting),
            _ if sync.waiting => tr("status_waiting"),
            _ => tr("sync_centre_nothing_waits"),
        };
        set_text(&self.waiting, &waiting);
        self.now.rename(&tr(if sync.waiting { "sync_centre_publish" } else { "sync_centre_now" }));
        let (used, limit) = (sync.used as usize, sync.limit as usize);
        let words = tr_with("sync_centre_used", &[&number(used), &number(limit)]);
        set_text(&self.used, &words);
        fill(&self.bar, used, limit);
        set_attr(&self.meter, "aria-valuenow", Some(&used.to_string()));
        set_attr(&self.meter, "aria-valuemax", Some(&limit.to_string()));
        set_attr(&self.meter, "aria-valuetext", Some(&words));
        let level = match &view.room {
            Some(room) if room.full => "full",
            Some(_) => "warning",
            None => "fine",
        };
        set_attr(&self.meter, "data-level", Some(level));
        if let Some((mine, share, (minute, hour))) = view.part {
            let number = |it: u32| number(it as usize);
            set_text(&self.mine, &tr_with("sync_centre_mine", &[&number(mine), &number(share)]));
            set_text(&self.writes, &tr_with("sync_centre_writes_left", &[&number(minute), &number(hour)]));
        }
        show(&self.archive, view.archived > 0);
        set_text(&self.archived, &tr_count("sync_centre_archived", view.archived));
    }
}

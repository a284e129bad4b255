//! How sync is doing, and what Baton is.

use baton_core::app;
use baton_core::app::desk::Msg;
use baton_core::app::view::{Status, help};
use baton_core::wire::Sync as View;
use web_sys::HtmlElement;

use super::{Send, text};
use crate::browser::i18n::{ago, full_time, number, said, said_with};
use crate::browser::runtime;
use crate::ui::dom::{Build, append, el, set_attr, set_text};
use crate::ui::icons::Icon;
use crate::ui::widget::{Button, sends, show};

/// The section.
pub(crate) struct Sync {
    pub(crate) node: HtmlElement,
    last: HtmlElement,
    waiting: HtmlElement,
    meter: HtmlElement,
    bar: HtmlElement,
    used: HtmlElement,
    layout: HtmlElement,
    forget: Button,
    _now: Button,
}

impl Sync {
    pub(crate) fn new(send: &Send, mac: bool) -> Sync {
        let (last, waiting, used) = (el("dd"), el("dd"), el("p").class("muted"));
        let facts = el("dl").class("facts").with(&[
            &text("dt", "sync_last"),
            &last,
            &text("dt", "sync_waiting"),
            &waiting,
            &text("dt", "sync_space"),
        ]);
        let bar = el("span").class("bar");
        let meter = el("div").class("meter").attr("role", "meter").attr("aria-valuemin", "0").with(&[&bar]);
        set_attr(&meter, "aria-label", Some(&said("sync_space")));
        append(&facts, &el("dd").with(&[&meter, &used]));
        let now = Button::text("", &said("sync_now"), sends(send, Msg::Common(app::Msg::SyncNow)))
            .with_icon(Icon::ArrowRightLeft);
        let state = el("div").class("card").with(&[&facts, &now.node]);

        let keys = el("dl").class("keys");
        let mut lines = help(mac);
        lines.insert(1, ("help_trigger", ";;".to_owned()));
        lines.push(("help_back", "Esc".to_owned()));
        lines.push(("desk_key_move", if mac { "⌥↑ ⌥↓" } else { "Alt+↑ Alt+↓" }.to_owned()));
        for (name, key) in lines {
            let key = el("dd").with(&[&el("kbd").text(&key)]);
            append(&keys, &el("div").with(&[&text("dt", name), &key]));
        }
        let keys = el("div").class("card").with(&[&text("h2", "help_title"), &keys]);

        let version = runtime::version();
        let layout = el("span");
        let forget = Button::text("", &said("layout_forget"), sends(send, Msg::ForgetLayout));
        let about = el("div").class("card").with(&[
            &text("h2", "about_title"),
            &el("p").text(&said_with("about_version", &[&version])),
            &el("div").class("row").with(&[&layout, &forget.node]),
            &text("p", "about_privacy"),
        ]);
        let node = el("section").class("narrow").with(&[&state, &keys, &about]);
        Sync { node, last, waiting, meter, bar, used, layout, forget, _now: now }
    }

    pub(crate) fn show(&self, view: &View, status: &Status, layout: Option<u32>) {
        let by = layout
            .map_or_else(|| said("layout_built_in"), |it| said_with("layout_update", &[&it.to_string()]));
        set_text(&self.layout, &by);
        show(&self.forget.node, layout.is_some());
        let never = || said("sync_never");
        set_text(&self.last, &if view.at == 0 { never() } else { ago(view.at) });
        set_attr(&self.last, "title", (view.at > 0).then(|| full_time(view.at)).as_deref());
        let waiting = match status {
            Status::Saving => "status_saving",
            _ if view.waiting => "status_waiting",
            _ => "sync_nothing_waits",
        };
        set_text(&self.waiting, &said(waiting));
        let (used, limit) = (view.used as usize, view.limit as usize);
        let words = said_with("sync_used", &[&number(used), &number(limit)]);
        set_text(&self.used, &words);
        super::fill(&self.bar, used, limit);
        set_attr(&self.meter, "aria-valuenow", Some(&used.to_string()));
        set_attr(&self.meter, "aria-valuemax", Some(&limit.to_string()));
        set_attr(&self.meter, "aria-valuetext", Some(&words));
        let level = if used * 10 >= limit * 9 { "warning" } else { "fine" };
        set_attr(&self.meter, "data-level", Some(level));
    }
}

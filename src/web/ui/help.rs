//! The keys, all of them.

use baton_core::app;
use baton_core::app::Msg;
use baton_core::app::keys::view::help;
use baton_core::app::keys::{Action, Keys};
use web_sys::HtmlElement;

use super::icons::Icon;
use super::widget::{Button, Send, sends, show};
use crate::browser::i18n::said;
use crate::dom::{Build, append, el};

/// The dialog.
pub(crate) struct Help {
    pub(crate) node: HtmlElement,
    pub(crate) close: Button,
    list: HtmlElement,
    shown: Option<Keys>,
    mac: bool,
    _report: Button,
}

impl Help {
    pub(crate) fn new(send: &Send, mac: bool) -> Help {
        let close = Button::icon("", Icon::X, &said("close"), sends(send, Msg::Key(Action::Help)));
        let title = el("h2").text(&said("help_title")).attr("id", "help");
        let head = el("div").class("head").with(&[&title, &close.node]);
        let list = el("dl");
        let limits = el("p").class("hint").text(&said("help_limits"));
        let drop = el("p").class("hint").text(&said("help_drop"));
        let report =
            Button::text("", &said("report_copy"), sends(send, Msg::Notices(app::notices::Msg::CopyReport)));
        let misread =
            el("div").class("row").with(&[&el("p").class("hint").text(&said("help_misread")), &report.node]);
        let node = el("div").class("help").attr("role", "dialog").attr("aria-labelledby", "help");
        let node = node.with(&[&head, &list, &drop, &limits, &misread]);
        Help { node, close, list, shown: None, mac, _report: report }
    }

    pub(crate) fn show(&mut self, keys: Option<Keys>) {
        show(&self.node, keys.is_some());
        let Some(keys) = keys.filter(|_| keys != self.shown) else { return };
        self.shown = Some(keys);
        self.list.set_text_content(None);
        for (name, key) in help(keys, self.mac) {
            let line = el("div").with(&[&el("dt").text(&said(name))]);
            append(&line, &el("dd").with(&[&el("kbd").text(&key)]));
            append(&self.list, &line);
        }
    }
}

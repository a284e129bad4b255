//! Keyboard events: the chord of an event, and the dialog of the keys. The key router is one listener at the window,
//! which runs before the page's own listeners.
//!
//! Keys typed in our surfaces reach the page as if a `div` had been their target, and WhatsApp may act on them. So the
//! router stops events that start in our hosts. Synthetic events of the page's scripts are ignored, so that the page
//! can't control Baton.

use baton_core::app;
use baton_core::app::Msg;
use baton_core::app::keys::view::help;
use baton_core::app::keys::{Action, Chord, KeyPress, Keys};
use web_sys::{HtmlElement, KeyboardEvent};

use super::icons::Icon;
use super::widget::{Button, Send, sends, show};
use crate::browser::i18n::tr;
use crate::dom::{Build, append, el};

/// Returns the chord of an event. Returns `None` if the event is synthetic, repeated or part of a composition, or if it
/// types a character.
pub(crate) fn chord(event: &KeyboardEvent, mac: bool) -> Option<Chord> {
    if !event.is_trusted() || event.is_composing() || event.repeat() {
        return None;
    }
    let press = KeyPress {
        key: event.key(),
        code: event.code(),
        ctrl: event.ctrl_key(),
        meta: event.meta_key(),
        alt: event.alt_key(),
        shift: event.shift_key(),
        alt_graph: event.get_modifier_state("AltGraph"),
    };
    Chord::of(&press, mac)
}

/// The words of a control, with its action's key.
pub(crate) fn with_key(name: &'static str, keys: Keys, action: Action) -> String {
    format!("{} ({})", tr(name), keys.label(action))
}

/// The dialog of the keys.
pub(crate) struct Help {
    pub(crate) node: HtmlElement,
    pub(crate) close: Button,
    list: HtmlElement,
    shown: Option<Keys>,
    _report: Button,
}

impl Help {
    pub(crate) fn new(send: &Send) -> Help {
        let close = Button::icon("", Icon::X, &tr("button_close"), sends(send, Msg::Key(Action::Help)));
        let title = el("h2").text(&tr("keys_title")).attr("id", "help");
        let head = el("div").class("head").with(&[&title, &close.node]);
        let list = el("dl");
        let limits = el("p").class("hint").text(&tr("keys_limits"));
        let drop = el("p").class("hint").text(&tr("keys_drop"));
        let report = Button::text(
            "",
            &tr("notices_report_copy"),
            sends(send, Msg::Notices(app::notices::Msg::CopyReport)),
        );
        let misread =
            el("div").class("row").with(&[&el("p").class("hint").text(&tr("keys_misread")), &report.node]);
        let node = el("div").class("help").attr("role", "dialog").attr("aria-labelledby", "help");
        let node = node.with(&[&head, &list, &drop, &limits, &misread]);
        Help { node, close, list, shown: None, _report: report }
    }

    pub(crate) fn show(&mut self, keys: Option<Keys>) {
        show(&self.node, keys.is_some());
        let Some(keys) = keys.filter(|_| keys != self.shown) else { return };
        self.shown = Some(keys);
        self.list.set_text_content(None);
        for (name, key) in help(keys) {
            let line = el("div").with(&[&el("dt").text(&tr(name))]);
            append(&line, &el("dd").with(&[&el("kbd").text(&key)]));
            append(&self.list, &line);
        }
    }
}

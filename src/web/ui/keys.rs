//! Keyboard events: the chord of an event, and the dialog of the keys. The key router is one listener at the window,
//! which runs before the page's own listeners.
//!
//! Keys typed in our surfaces reach the page as if a `div` had been their target, and WhatsApp may act on them. So the
//! router stops events that start in our hosts. Synthetic events of the page's scripts are ignored, so that the page
//! can't control Baton.

use baton_core::app;
use baton_core::app::Msg;
use baton_core::app::keys::view::help;
use baton_core::app::keys::{Action, Chord, Keys};
use web_sys::{HtmlElement, KeyboardEvent};

use super::icons::Icon;
use super::widget::{Button, Send, sends, show};
use crate::browser::i18n::tr;
use crate::dom::{Build, append, el};

/// Returns the chord of an event. Returns `None` if the event is synthetic, repeated or part of a composition, or if
/// its modifiers belong to no chord.
pub(crate) fn chord(event: &KeyboardEvent, mac: bool) -> Option<Chord> {
    if !event.is_trusted() || event.is_composing() || event.repeat() {
        return None;
    }
    let (command, other) =
        if mac { (event.meta_key(), event.ctrl_key()) } else { (event.ctrl_key(), event.meta_key()) };
    if other {
        return None;
    }
    // With Alt, a Mac types another letter, so the physical key is used instead.
    let key = event.key();
    let mut letters = key.chars();
    let key = match (letters.next(), letters.next()) {
        (Some(letter), None) if letter.is_ascii_graphic() => letter.to_ascii_lowercase(),
        _ => event.code().strip_prefix("Key")?.chars().next()?.to_ascii_lowercase(),
    };
    if event.shift_key() && key.is_ascii_alphabetic() {
        return None;
    }
    Some(Chord { command, alt: event.alt_key(), key })
}

/// The dialog of the keys.
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
        Help { node, close, list, shown: None, mac, _report: report }
    }

    pub(crate) fn show(&mut self, keys: Option<Keys>) {
        show(&self.node, keys.is_some());
        let Some(keys) = keys.filter(|_| keys != self.shown) else { return };
        self.shown = Some(keys);
        self.list.set_text_content(None);
        for (name, key) in help(keys, self.mac) {
            let line = el("div").with(&[&el("dt").text(&tr(name))]);
            append(&line, &el("dd").with(&[&el("kbd").text(&key)]));
            append(&self.list, &line);
        }
    }
}

//! The keys, and what Baton is.

use baton_core::app::desk::Msg;
use baton_core::app::view::help;
use web_sys::HtmlElement;

use crate::browser::i18n::{said, said_with};
use crate::browser::runtime;
use crate::ui::desk::{Send, card, text};
use crate::ui::dom::{Build, append, el, set_text};
use crate::ui::widget::{Button, sends, show};

/// Two cards.
pub(super) struct Help {
    pub(super) keys: HtmlElement,
    pub(super) about: HtmlElement,
    layout: HtmlElement,
    forget: Button,
}

impl Help {
    pub(super) fn new(send: &Send, mac: bool) -> Help {
        let list = el("dl").class("keys");
        let mut lines = help(mac);
        lines.insert(1, ("help_trigger", ";;".to_owned()));
        lines.push(("help_back", "Esc".to_owned()));
        lines.push(("desk_key_move", if mac { "⌥↑ ⌥↓" } else { "Alt+↑ Alt+↓" }.to_owned()));
        lines.push(("desk_key_select", said("desk_key_space")));
        lines.push(("desk_key_archive", "Delete".to_owned()));
        for (name, key) in lines {
            let key = el("dd").with(&[&el("kbd").text(&key)]);
            append(&list, &el("div").with(&[&text("dt", name), &key]));
        }
        let keys = card("help_title").with(&[&list]);
        let layout = el("span");
        let forget = Button::text("", &said("layout_forget"), sends(send, Msg::ForgetLayout));
        let about = card("about_title").with(&[
            &el("p").text(&said_with("about_version", &[&runtime::version()])),
            &el("div").class("row layout").with(&[&layout, &forget.node]),
            &text("p", "about_privacy"),
        ]);
        Help { keys, about, layout, forget }
    }

    pub(super) fn show(&self, layout: Option<u32>) {
        let by = layout
            .map_or_else(|| said("layout_built_in"), |it| said_with("layout_update", &[&it.to_string()]));
        set_text(&self.layout, &by);
        show(&self.forget.node, layout.is_some());
    }
}

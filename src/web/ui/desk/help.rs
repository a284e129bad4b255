//! The desk's help: the keys, two of which can be changed; the layout by which WhatsApp is read; and the description of
//! Baton.

use std::cell::Cell;
use std::rc::Rc;

use baton_core::app::desk;
use baton_core::app::desk::Msg;
use baton_core::app::keys::view::help;
use baton_core::app::keys::{Keys, SIGNS, is_free};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlSelectElement, KeyboardEvent};

use super::{Send, card, text};
use crate::browser::i18n::{tr, tr_with};
use crate::browser::runtime;
use crate::dom::{Build, Listener, append, el, on, set_text};
use crate::ui::keys::chord;
use crate::ui::widget::{Button, sends, show};

/// The cards of the help.
pub(super) struct Help {
    pub(super) keys: HtmlElement,
    pub(super) about: HtmlElement,
    list: HtmlElement,
    chosen: Rc<Cell<Keys>>,
    shown: Option<Keys>,
    mac: bool,
    palette: HtmlElement,
    sign: HtmlSelectElement,
    layout: HtmlElement,
    forget: Button,
    _listeners: [Listener; 2],
}

impl Help {
    pub(super) fn new(send: &Send, mac: bool) -> Help {
        let chosen = Rc::new(Cell::new(Keys::default()));
        let palette = el("button").class("chord").attr("type", "button");
        let pressed = {
            let (send, chosen) = (send.clone(), chosen.clone());
            on(&palette, "keydown", move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
                if let Some(palette) = chord(event, mac).filter(|chord| is_free(*chord)) {
                    event.prevent_default();
                    event.stop_propagation();
                    send(Msg::Help(desk::help::Msg::ChooseKeys(Keys { palette, ..chosen.get() })));
                }
            })
        };
        let sign: HtmlSelectElement = el("select").class("field short").unchecked_into();
        for (sign_of, _) in SIGNS {
            let option = el("option").attr("value", &sign_of.to_string());
            append(&sign, &option.text(&[sign_of, sign_of].iter().collect::<String>()));
        }
        let picked = {
            let (send, chosen, sign) = (send.clone(), chosen.clone(), sign.clone());
            on(&sign.clone(), "change", move |_| {
                if let Some(sign) = sign.value().chars().next() {
                    send(Msg::Help(desk::help::Msg::ChooseKeys(Keys { sign, ..chosen.get() })));
                }
            })
        };
        let row = |name, control: &HtmlElement| {
            el("label").class("row choose").with(&[&text("span", name), control])
        };
        let list = el("dl").class("keys");
        let keys = card("keys_title").with(&[
            &row("help_key_palette", &palette),
            &row("help_key_sign", &sign),
            &text("small", "help_key_hint").class("muted"),
            &list,
        ]);
        let layout = el("span");
        let forget = Button::text(
            "",
            &tr("help_layout_forget"),
            sends(send, Msg::Help(desk::help::Msg::ForgetLayout)),
        );
        let about = card("help_about_title").with(&[
            &el("p").text(&tr_with("help_about_version", &[&runtime::version()])),
            &el("div").class("row layout").with(&[&layout, &forget.node]),
            &text("p", "help_about_privacy"),
        ]);
        Help {
            keys,
            about,
            list,
            chosen,
            shown: None,
            mac,
            palette,
            sign,
            layout,
            forget,
            _listeners: [pressed, picked],
        }
    }

    pub(super) fn show(&mut self, layout: Option<u32>, keys: Keys) {
        let by = layout.map_or_else(
            || tr("help_layout_built_in"),
            |it| tr_with("help_layout_update", &[&it.to_string()]),
        );
        set_text(&self.layout, &by);
        show(&self.forget.node, layout.is_some());
        if self.shown.replace(keys) == Some(keys) {
            return;
        }
        self.chosen.set(keys);
        set_text(&self.palette, &keys.palette.label(self.mac));
        self.sign.set_value(&keys.sign.to_string());
        let mut lines = help(keys, self.mac);
        lines.push(("help_key_move", if self.mac { "⌥↑ ⌥↓" } else { "Alt+↑ Alt+↓" }.to_owned()));
        lines.push(("help_key_select", tr("help_key_space")));
        lines.push(("help_key_archive", "Delete".to_owned()));
        self.list.set_text_content(None);
        for (name, key) in lines {
            let key = el("dd").with(&[&el("kbd").text(&key)]);
            append(&self.list, &el("div").with(&[&text("dt", name), &key]));
        }
    }
}

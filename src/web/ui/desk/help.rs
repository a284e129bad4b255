//! The desk's help: the keys, which can be changed; the layout by which WhatsApp is read; and the description of Baton.

use baton_core::app::desk;
use baton_core::app::desk::Msg;
use baton_core::app::keys::view::fixed;
use baton_core::app::keys::{Action, KEYS, Keys, Owner, SIGNS, owner};
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
    shown: Option<Keys>,
    chosen: Vec<Chosen>,
    sign: HtmlSelectElement,
    layout: HtmlElement,
    forget: Button,
    _reset: Button,
    _picked: Listener,
}

/// The row of an action whose key can be chosen.
struct Chosen {
    node: HtmlElement,
    action: Action,
    button: HtmlElement,
    owner: HtmlElement,
    _pressed: Listener,
}

impl Chosen {
    fn new(action: Action, name: &'static str, send: &Send, mac: bool) -> Chosen {
        let button = el("button").class("chord").attr("type", "button");
        let owner = el("small").class("muted").attr("role", "status");
        let pressed = {
            let send = send.clone();
            on(&button, "keydown", move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
                if let Some(chord) = chord(event, mac).filter(|chord| chord.has_modifier()) {
                    event.prevent_default();
                    event.stop_propagation();
                    send(Msg::Help(desk::help::Msg::ChooseKey(action, chord)));
                }
            })
        };
        let node = el("label").class("row choose").with(&[&text("span", name), &button, &owner]);
        Chosen { node, action, button, owner, _pressed: pressed }
    }

    fn show(&self, keys: Keys) {
        set_text(&self.button, &keys.label(self.action));
        let words = match keys.chord_of(self.action).and_then(|chord| owner(chord, keys.mac)) {
            Some(Owner::WhatsApp) => tr("help_key_whatsapp"),
            Some(Owner::Browser) => tr("help_key_browser"),
            None => String::new(),
        };
        set_text(&self.owner, &words);
    }
}

impl Help {
    pub(super) fn new(send: &Send, mac: bool) -> Help {
        let chosen: Vec<Chosen> =
            KEYS.into_iter().map(|(action, name, ..)| Chosen::new(action, name, send, mac)).collect();
        let sign: HtmlSelectElement = el("select").class("field short").unchecked_into();
        for (sign_of, _) in SIGNS {
            let option = el("option").attr("value", &sign_of.to_string());
            append(&sign, &option.text(&[sign_of, sign_of].iter().collect::<String>()));
        }
        let picked = {
            let (send, sign) = (send.clone(), sign.clone());
            on(&sign.clone(), "change", move |_| {
                if let Some(sign) = sign.value().chars().next() {
                    send(Msg::Help(desk::help::Msg::ChooseSign(sign)));
                }
            })
        };
        let sign_row = el("label").class("row choose").with(&[&text("span", "keys_trigger"), &sign]);
        let reset =
            Button::text("", &tr("help_key_reset"), sends(send, Msg::Help(desk::help::Msg::ResetKeys)));
        let list = el("dl").class("keys");
        let keys = card("keys_title");
        append(&keys, &text("small", "help_key_hint").class("muted"));
        for row in &chosen {
            append(&keys, &row.node);
        }
        let keys = keys.with(&[&sign_row, &reset.node, &list]);
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
        Help { keys, about, list, shown: None, chosen, sign, layout, forget, _reset: reset, _picked: picked }
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
        self.chosen.iter().for_each(|row| row.show(keys));
        self.sign.set_value(&keys.sign.to_string());
        let mut lines = Vec::from(fixed(keys));
        lines.push(("help_key_move", if keys.mac { "⌥↑ ⌥↓" } else { "Alt+↑ Alt+↓" }.to_owned()));
        lines.push(("help_key_select", tr("help_key_space")));
        lines.push(("help_key_archive", "Delete".to_owned()));
        self.list.set_text_content(None);
        for (name, key) in lines {
            let key = el("dd").with(&[&el("kbd").text(&key)]);
            append(&self.list, &el("div").with(&[&text("dt", name), &key]));
        }
    }
}

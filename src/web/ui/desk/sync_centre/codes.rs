//! A packet as QR codes, shown large and one at a time.

use baton_core::app::desk::Msg;
use baton_core::app::desk::sync_centre::Msg as SyncCentre;
use baton_core::app::desk::sync_centre::view::Code;
use wasm_bindgen::UnwrapThrowExt;
use web_sys::{Element, HtmlElement};

use crate::browser::codes;
use crate::browser::i18n::{number, tr, tr_with};
use crate::dom::{Build, append, document, el, set_attr, set_text};
use crate::ui::desk::{Send, text};
use crate::ui::icons::Icon;
use crate::ui::widget::{Button, sends, show};

const SVG: &str = "http://www.w3.org/2000/svg";

/// The region of the codes. It is shown while there are codes.
pub(super) struct Codes {
    pub(super) node: HtmlElement,
    picture: Element,
    path: Element,
    at: HtmlElement,
    many: HtmlElement,
    turns: [Button; 2],
    plays: [Button; 2],
    drawn: Option<String>,
    _close: Button,
}

impl Codes {
    pub(super) fn new(send: &Send) -> Codes {
        let act = |name, msg| Button::text("", &tr(name), sends(send, Msg::SyncCentre(msg)));
        let turns = [
            Button::icon(
                "turn",
                Icon::ChevronUp,
                &tr("sync_centre_codes_before"),
                sends(send, Msg::SyncCentre(SyncCentre::Step(-1))),
            ),
            Button::icon(
                "turn",
                Icon::ChevronDown,
                &tr("sync_centre_codes_after"),
                sends(send, Msg::SyncCentre(SyncCentre::Step(1))),
            ),
        ];
        let plays = [
            act("sync_centre_codes_pause", SyncCentre::Play(false)),
            act("sync_centre_codes_play", SyncCentre::Play(true)),
        ];
        let close = act("sync_centre_codes_close", SyncCentre::CloseCodes);
        let make =
            |tag| document().create_element_ns(Some(SVG), tag).expect_throw("a literal tag name is valid");
        let (picture, path) = (make("svg"), make("path"));
        set_attr(&picture, "class", Some("code"));
        set_attr(&picture, "role", Some("img"));
        append(&picture, &path);
        let (at, many) = (el("span").class("level"), text("p", "sync_centre_codes_many").class("clash"));
        let row = el("div").class("row").with(&[
            &turns[0].node,
            &at,
            &turns[1].node,
            &plays[0].node,
            &plays[1].node,
            &close.node,
        ]);
        let node = el("div").class("codes").attr("role", "group").attr("tabindex", "-1");
        set_attr(&node, "aria-label", Some(&tr("sync_centre_packet_codes")));
        append(&node, &many);
        append(&node, &picture);
        append(&node, &row);
        append(&node, &text("p", "sync_centre_codes_hint").class("muted"));
        Codes { node, picture, path, at, many, turns, plays, drawn: None, _close: close }
    }

    pub(super) fn show(&mut self, view: Option<&Code>) {
        show(&self.node, view.is_some());
        let Some(view) = view else { return };
        let at = tr_with("sync_centre_codes_at", &[&number(view.at.0), &number(view.at.1)]);
        set_text(&self.at, &at);
        set_attr(&self.picture, "aria-label", Some(&at));
        show(&self.many, view.many);
        for turn in &self.turns {
            show(&turn.node, view.at.1 > 1);
        }
        let [pause, play] = &self.plays;
        show(&pause.node, view.plays == Some(true));
        show(&play.node, view.plays == Some(false));
        if self.drawn.as_ref() != Some(&view.text)
            && let Some((size, path)) = codes::draw(&view.text)
        {
            set_attr(&self.picture, "viewBox", Some(&format!("0 0 {size} {size}")));
            set_attr(&self.path, "d", Some(&path));
            self.drawn = Some(view.text.clone());
        }
    }
}

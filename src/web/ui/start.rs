//! The first steps of a team: a button for each trade that has a starter pack.

use baton_core::app::Msg;
use baton_core::app::start::{Msg as In, Trade};
use web_sys::HtmlElement;

use super::widget::{Button, Send, sends};
use crate::browser::i18n::tr;
use crate::dom::{Build, el};

/// The offer of the starter packs.
pub(super) struct Start {
    pub(super) node: HtmlElement,
    _trades: [Button; Trade::ALL.len()],
}

impl Start {
    pub(super) fn new(send: &Send) -> Start {
        let chinese = tr("locale_code").starts_with("zh");
        let trades = Trade::ALL.map(|(trade, name)| {
            Button::text("trade", &tr(name), sends(send, Msg::Start(In::Add { trade, chinese })))
        });
        let row = el("div").class("row").with(&trades.each_ref().map(|button| &button.node));
        let node = el("div").class("start").with(&[&el("p").text(&tr("start_offer")), &row]);
        Start { node, _trades: trades }
    }
}

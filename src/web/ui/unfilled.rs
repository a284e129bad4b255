//! The line over the composer about unfilled fields. It becomes a question when the person tries to send.

use baton_core::app;
use baton_core::app::Msg;
use baton_core::app::unfilled::view::Unfilled as View;
use web_sys::{DomRect, HtmlElement};

use super::icons::{Icon, icon};
use super::widget::{Button, Send, keep_focus, sends, show};
use crate::browser::i18n::{tr, tr_with};
use crate::dom::{Build, Listener, across, append, el, lengths, set_attr, set_flag, set_text};

/// The line over the composer, and the mark over WhatsApp's Send button.
pub(crate) struct Unfilled {
    pub(crate) node: HtmlElement,
    pub(crate) mark: HtmlElement,
    text: HtmlElement,
    pub(crate) fill: Button,
    _send: Button,
    _keep: Listener,
}

impl Unfilled {
    pub(crate) fn new(send: &Send) -> Unfilled {
        let text = el("p").attr("id", "unfilled").attr("dir", "auto");
        let fill = Button::text(
            "primary",
            &tr("unfilled_fill"),
            sends(send, Msg::Unfilled(app::unfilled::Msg::FillIn)),
        );
        let anyway = Button::text(
            "",
            &tr("unfilled_anyway"),
            sends(send, Msg::Unfilled(app::unfilled::Msg::SendAsItIs)),
        );
        let row = el("div").class("row").with(&[&fill.node, &anyway.node]);
        let node = el("div").class("unfilled").attr("aria-labelledby", "unfilled").with(&[&text, &row]);
        // The mark covers the button, but lets clicks through. The guard stops them.
        let mark = el("div").class("blocked").attr("aria-hidden", "true");
        append(&mark, &icon(Icon::Ban, 20));
        let keep = keep_focus(&node);
        Unfilled { node, mark, text, fill, _send: anyway, _keep: keep }
    }

    pub(crate) fn show(&self, view: Option<&View>) {
        show(&self.node, view.is_some());
        show(&self.mark, view.is_some());
        let Some(view) = view else { return };
        let words = if view.asking { "unfilled_asked" } else { "unfilled_text" };
        set_text(&self.text, &tr_with(words, &[&view.fields.join(", ")]));
        set_flag(&self.node, "data-asking", view.asking);
        set_attr(&self.node, "role", Some(if view.asking { "alertdialog" } else { "status" }));
    }

    /// Places the line above the composer, and the mark over the Send button.
    pub(crate) fn place(&self, composer: Option<&DomRect>, send: Option<&DomRect>, viewport: (f64, f64)) {
        if let Some(rect) = composer {
            let (left, width) = across(rect, viewport.0);
            let bottom = viewport.1 - rect.top();
            let style = lengths(&[("left", left), ("bottom", bottom), ("width", width)]);
            set_attr(&self.node, "style", Some(&style));
        }
        set_flag(&self.mark, "data-nowhere", send.is_none());
        if let Some(rect) = send {
            let style = lengths(&[
                ("left", rect.left()),
                ("top", rect.top()),
                ("width", rect.width()),
                ("height", rect.height()),
            ]);
            set_attr(&self.mark, "style", Some(&style));
        }
    }
}

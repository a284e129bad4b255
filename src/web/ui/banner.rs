//! The line under the header of a chat that a colleague has, and the question over the composer before anything is
//! written there.

use baton_core::app;
use baton_core::app::Msg;
use baton_core::app::holder::view::Banner as View;
use web_sys::{DomRect, HtmlElement};

use super::widget::{Button, Send, sends, show, show_chip};
use crate::browser::i18n::{ago, full_time, said, said_with};
use crate::dom::{Build, across, el, lengths, set_attr, set_text};

/// The line and the question.
pub(crate) struct Banner {
    pub(crate) line: HtmlElement,
    chip: HtmlElement,
    text: HtmlElement,
    since: HtmlElement,
    reason: HtmlElement,
    take: Button,
    pub(crate) question: HtmlElement,
    asked: HtmlElement,
    pub(crate) answer: Button,
    _answers: [Button; 2],
}

impl Banner {
    pub(crate) fn new(send: &Send) -> Banner {
        let act = |class: &str, name, msg: Msg| Button::text(class, &said(name), sends(send, msg));
        let (chip, text) = (el("span"), el("span").class("text"));
        let since = el("span").class("since");
        let reason = el("span").class("reason").attr("dir", "auto");
        let take = act("", "holder_take", Msg::Holder(app::holder::Msg::Claim));
        let line = el("div").class("banner").attr("role", "status");
        let line = line.with(&[&chip, &text, &since, &reason, &take.node]);

        let asked = el("p").attr("id", "question");
        let answer = act("primary", "question_take", Msg::Holder(app::holder::Msg::Claim));
        let answers = [
            act("", "question_help", Msg::Holder(app::holder::Msg::HelpHere)),
            act("quiet", "cancel", Msg::Back),
        ];
        let row = el("div").class("row").with(&[&answer.node, &answers[0].node, &answers[1].node]);
        let question =
            el("div").class("question").attr("role", "alertdialog").attr("aria-labelledby", "question");
        let question = question.with(&[&asked, &row]);
        Banner { line, chip, text, since, reason, take, question, asked, answer, _answers: answers }
    }

    pub(crate) fn show(&mut self, view: Option<&View>) {
        let Some(view) = view else { return self.show_none() };
        show(&self.line, true);
        show(&self.question, view.asking);
        show_chip(&self.chip, &view.chip);
        let name = if view.helping { "banner_helping" } else { "banner_has" };
        set_text(&self.text, &said_with(name, &[&view.chip.name]));
        set_text(&self.since, &ago(view.since));
        set_attr(&self.since, "title", Some(&full_time(view.since)));
        set_text(&self.reason, &view.reason);
        show(&self.reason, !view.reason.is_empty());
        show(&self.take.node, !view.asking);
        set_text(&self.asked, &said_with("question_text", &[&view.chip.name]));
    }

    /// Takes both off the screen.
    pub(crate) fn show_none(&self) {
        show(&self.line, false);
        show(&self.question, false);
    }

    /// The line lies at the lower edge of the header, the question over the composer.
    pub(crate) fn place(&self, header: Option<&DomRect>, composer: Option<&DomRect>, viewport: (f64, f64)) {
        if let Some(rect) = header {
            let style = lengths(&[("left", rect.left()), ("top", rect.bottom()), ("width", rect.width())]);
            set_attr(&self.line, "style", Some(&style));
        }
        if let Some(rect) = composer {
            // It stands on the composer's lower edge and grows upward, since its words may need more lines.
            let (left, width) = across(rect, viewport.0);
            let bottom = viewport.1 - rect.bottom();
            let style = lengths(&[
                ("left", left),
                ("bottom", bottom),
                ("width", width),
                ("min-height", rect.height()),
            ]);
            set_attr(&self.question, "style", Some(&style));
        }
    }
}

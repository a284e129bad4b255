//! The line under the header of a chat that a colleague has, and the question over the composer before anything is
//! written there.

use baton_core::app::Msg;
use baton_core::app::view::Banner as View;
use baton_core::words::Words;
use web_sys::{DomRect, HtmlElement};

use super::dom::{Build, el, set_attr, set_text};
use super::widget::{Button, Send, show, show_chip};
use crate::browser::i18n::{ago, full_time, say};

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
        let act = |class: &str, name, msg: Msg| {
            let send = send.clone();
            Button::text(class, &say(&Words::plain(name)), move || send(msg.clone()))
        };
        let (chip, text) = (el("span"), el("span").class("text"));
        let since = el("span").class("since");
        let reason = el("span").class("reason").attr("dir", "auto");
        let take = act("", "holder_take", Msg::Claim);
        let line = el("div").class("banner").attr("role", "status");
        let line = line.with([&chip, &text, &since, &reason, &take.node]);

        let asked = el("p").attr("id", "question");
        let answer = act("primary", "question_take", Msg::Claim);
        let answers = [act("", "question_help", Msg::HelpHere), act("quiet", "cancel", Msg::Back)];
        let row = el("div").class("row").with([&answer.node, &answers[0].node, &answers[1].node]);
        let question =
            el("div").class("question").attr("role", "alertdialog").attr("aria-labelledby", "question");
        let question = question.with([&asked, &row]);
        Banner { line, chip, text, since, reason, take, question, asked, answer, _answers: answers }
    }

    pub(crate) fn show(&mut self, view: Option<&View>) {
        show(&self.line, view.is_some());
        show(&self.question, view.is_some_and(|view| view.asking));
        let Some(view) = view else { return };
        show_chip(&self.chip, &view.chip);
        let name = if view.helping { "banner_helping" } else { "banner_has" };
        set_text(&self.text, &say(&Words::with(name, [&view.chip.name])));
        set_text(&self.since, &ago(view.since));
        set_attr(&self.since, "title", Some(&full_time(view.since)));
        set_text(&self.reason, &view.reason);
        show(&self.reason, !view.reason.is_empty());
        show(&self.take.node, !view.asking);
        set_text(&self.asked, &say(&Words::with("question_text", [&view.chip.name])));
    }

    /// The line lies at the lower edge of the header, the question over the composer.
    pub(crate) fn place(&self, header: Option<&DomRect>, composer: Option<&DomRect>) {
        if let Some(rect) = header {
            let style = format!("left:{}px;top:{}px;width:{}px", rect.left(), rect.bottom(), rect.width());
            set_attr(&self.line, "style", Some(&style));
        }
        if let Some(rect) = composer {
            let (left, top, width, height) = (rect.left(), rect.top(), rect.width(), rect.height());
            let style = format!("left:{left}px;top:{top}px;width:{width}px;min-height:{height}px");
            set_attr(&self.question, "style", Some(&style));
        }
    }
}

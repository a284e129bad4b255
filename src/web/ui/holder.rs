//! The holder of the open chat: the holder and the actions in the sidebar, the line under the header of a colleague's
//! chat, and the question over the composer before the person writes into it.

use baton_core::app;
use baton_core::app::Msg;
use baton_core::app::holder::view::{Banner as View, HandOver as Form, HolderLine, Person};
use baton_core::app::keys::{Action, Keys};
use baton_core::id::MemberId;
use wasm_bindgen::JsCast;
use web_sys::{DomRect, HtmlElement, HtmlInputElement};

use super::icons::Icon;
use super::widget::{Button, Send, chip, keep_focus, sends, show, show_chip, typed};
use crate::browser::i18n::{ago, full_time, tr, tr_with};
use crate::dom::list::{Row, Rows};
use crate::dom::{Build, Listener, across, append, el, lengths, set_attr, set_flag, set_text, set_value};

/// The line under the header and the question over the composer.
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
    _keep: [Listener; 2],
}

impl Banner {
    pub(crate) fn new(send: &Send) -> Banner {
        let act = |class: &str, name, msg: Msg| Button::text(class, &tr(name), sends(send, msg));
        let (chip, text) = (el("span"), el("span").class("text"));
        let since = el("span").class("since");
        let reason = el("span").class("reason").attr("dir", "auto");
        let take = act("", "holder_take", Msg::Holder(app::holder::Msg::Claim));
        let line = el("div").class("banner").attr("role", "status");
        let line = line.with(&[&chip, &text, &since, &reason, &take.node]);

        let asked = el("p").attr("id", "question");
        let answer = act("primary", "holder_question_take", Msg::Holder(app::holder::Msg::Claim));
        let answers = [
            act("", "holder_question_help", Msg::Holder(app::holder::Msg::HelpHere)),
            act("quiet", "button_cancel", Msg::Back),
        ];
        let tab = el("kbd").text("Tab");
        let row = el("div").class("row").with(&[&tab, &answer.node, &answers[0].node, &answers[1].node]);
        let question =
            el("div").class("question").attr("role", "alertdialog").attr("aria-labelledby", "question");
        let question = question.with(&[&asked, &row]);
        let keep = [keep_focus(&question), keep_focus(&line)];
        Banner {
            line,
            chip,
            text,
            since,
            reason,
            take,
            question,
            asked,
            answer,
            _answers: answers,
            _keep: keep,
        }
    }

    pub(crate) fn show(&mut self, view: Option<&View>) {
        let Some(view) = view else { return self.show_none() };
        show(&self.line, true);
        show(&self.question, view.asking);
        show_chip(&self.chip, &view.chip);
        let name = if view.helping { "holder_banner_helping" } else { "holder_banner_has" };
        set_text(&self.text, &tr_with(name, &[&view.chip.name]));
        set_text(&self.since, &ago(view.since));
        set_attr(&self.since, "title", Some(&full_time(view.since)));
        set_text(&self.reason, &view.reason);
        show(&self.reason, !view.reason.is_empty());
        show(&self.take.node, !view.asking);
        set_text(&self.asked, &tr_with("holder_question_text", &[&view.chip.name]));
    }

    /// Hides the line and the question.
    pub(crate) fn show_none(&self) {
        show(&self.line, false);
        show(&self.question, false);
    }

    /// Places the line at the lower edge of the header, and the question over the composer.
    pub(crate) fn place(&self, header: Option<&DomRect>, composer: Option<&DomRect>, viewport: (f64, f64)) {
        if let Some(rect) = header {
            let style = lengths(&[("left", rect.left()), ("top", rect.bottom()), ("width", rect.width())]);
            set_attr(&self.line, "style", Some(&style));
        }
        if let Some(rect) = composer {
            // The question is anchored to the composer's lower edge and grows upward, because its text may need more
            // lines.
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

/// The holder in the sidebar, with the actions.
pub(super) struct Holder {
    pub(super) node: HtmlElement,
    who: HtmlElement,
    since: HtmlElement,
    reason: HtmlElement,
    claim: Button,
    hand_over: Button,
    release: Button,
}

impl Holder {
    pub(super) fn new(send: &Send) -> Holder {
        let act = |class: &str, icon, name, msg: app::holder::Msg| {
            Button::text(class, &tr(name), sends(send, Msg::Holder(msg))).with_icon(icon)
        };
        let claim = act("primary", Icon::Hand, "holder_claim", app::holder::Msg::Claim);
        let hand_over =
            act("", Icon::ArrowRightLeft, "holder_hand_over", app::holder::Msg::HandingOver(true));
        let release = act("", Icon::Undo, "holder_release", app::holder::Msg::Release);
        let (who, since) = (el("span").class("who"), el("span").class("since"));
        let line = el("div").class("holder").with(&[&who, &since]);
        let reason = el("p").class("reason").attr("dir", "auto");
        let buttons = el("div").class("row").with(&[&claim.node, &hand_over.node, &release.node]);
        let node = el("div").with(&[&line, &reason, &buttons]);
        Holder { node, who, since, reason, claim, hand_over, release }
    }

    pub(super) fn show(&self, view: &HolderLine, keys: Keys) {
        for (button, action) in [
            (&self.claim, Action::ClaimOrRelease),
            (&self.hand_over, Action::HandOver),
            (&self.release, Action::ClaimOrRelease),
        ] {
            set_attr(&button.node, "title", Some(&keys.label(action)));
        }
        self.who.set_text_content(None);
        let (since, reason) = match view {
            HolderLine::Free => {
                set_text(&self.who, &tr("holder_nobody"));
                (None, "")
            }
            HolderLine::Mine { since, reason } => {
                set_text(&self.who, &tr("holder_you"));
                (Some(*since), reason.as_str())
            }
            HolderLine::Theirs { chip: who, since, reason } => {
                append(&self.who, &chip(who));
                append(
                    &self.who,
                    &el("span").class("name").text(&tr_with("holder_banner_has", &[&who.name])),
                );
                (Some(*since), reason.as_str())
            }
        };
        set_text(&self.since, &since.map(ago).unwrap_or_default());
        set_attr(&self.since, "title", since.map(full_time).as_deref());
        show(&self.reason, !reason.is_empty());
        set_text(&self.reason, reason);
        let mine = matches!(view, HolderLine::Mine { .. });
        show(&self.claim.node, !mine);
        let theirs = matches!(view, HolderLine::Theirs { .. });
        self.claim.rename(&tr(if theirs { "holder_take" } else { "holder_claim" }));
        show(&self.release.node, mine);
        show(&self.hand_over.node, true);
        set_flag(&self.node, "data-mine", mine);
    }
}

/// The hand-over form: the colleagues and the reason.
pub(super) struct HandOver {
    pub(super) node: HtmlElement,
    pub(super) reason: HtmlInputElement,
    _typed: Listener,
    people: Rows<MemberId, PersonRow>,
    nobody: HtmlElement,
    _cancel: Button,
    send: Send,
}

impl HandOver {
    pub(super) fn new(send: &Send) -> HandOver {
        let title = el("h3").text(&tr("holder_hand_over_title"));
        let reason: HtmlInputElement = el("input").class("field").attr("maxlength", "200").unchecked_into();
        set_attr(&reason, "placeholder", Some(&tr("holder_hand_over_reason")));
        set_attr(&reason, "aria-label", Some(&tr("holder_hand_over_reason")));
        let typed = typed(&reason, send, |reason| Msg::Holder(app::holder::Msg::TypeReason(reason)));
        let list = el("div").class("people");
        let nobody = el("p").class("empty").text(&tr("holder_hand_over_nobody"));
        let cancel = Button::text(
            "quiet",
            &tr("button_cancel"),
            sends(send, Msg::Holder(app::holder::Msg::HandingOver(false))),
        );
        let node = el("div").class("form").with(&[&title]);
        append(&node, &reason);
        let node = node.with(&[&list, &nobody, &cancel.node]);
        let people = Rows::new(&list);
        HandOver { node, reason, _typed: typed, people, nobody, _cancel: cancel, send: send.clone() }
    }

    pub(super) fn show(&mut self, view: Option<&Form>) {
        show(&self.node, view.is_some());
        set_value(&self.reason, view.map_or("", |it| &it.reason));
        let people = view.map(|it| &it.people[..]).unwrap_or_default();
        show(&self.nobody, people.is_empty());
        let send = &self.send;
        self.people.show(people, |it| it.id, |it| PersonRow::new(it.id, send), |row, it| row.show(it));
    }
}

/// The row of a colleague in the hand-over form.
struct PersonRow {
    node: HtmlElement,
    chip: HtmlElement,
    name: HtmlElement,
    button: Button,
}

impl Row for PersonRow {
    fn node(&self) -> &HtmlElement {
        &self.node
    }
}

impl PersonRow {
    fn new(id: MemberId, send: &Send) -> PersonRow {
        let (chip, name) = (el("span"), el("span").class("name"));
        let button =
            Button::of("person", &[&chip, &name], sends(send, Msg::Holder(app::holder::Msg::HandOver(id))));
        let node = el("div").attr("data-row", "").with(&[&button.node]);
        PersonRow { node, chip, name, button }
    }

    fn show(&self, view: &Person) {
        show_chip(&self.chip, &view.chip);
        set_text(&self.name, &view.chip.name);
        set_attr(&self.button.node, "aria-label", Some(&tr_with("holder_hand_over_to", &[&view.chip.name])));
    }
}

//! The part of the sidebar about the open chat: its tags and who has it.

use baton_core::app;
use baton_core::app::Msg;
use baton_core::app::chats::view::ThisChat;
use baton_core::app::holder::view::HolderLine;
use baton_core::app::holder::view::Person;
use baton_core::app::keys::Action;
use baton_core::app::keys::view::key_label;
use baton_core::app::reading::{Candidate, Identity};
use baton_core::app::tags::view::TagRow;
use baton_core::app::view::Sidebar;
use baton_core::id::{MemberId, TagId};
use baton_core::words::Words;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

use super::icons::Icon;
use super::widget::{Button, Send, chip, sends, show, show_chip};
use crate::browser::i18n::{ago, full_time, said, said_with, say};
use crate::dom::list::{Row, Rows};
use crate::dom::{Build, append, el, set_attr, set_flag, set_state, set_text};

/// The section.
pub(crate) struct Chat {
    pub(crate) node: HtmlElement,
    unclear: HtmlElement,
    which: Rows<String, Which>,
    open: HtmlElement,
    title: HtmlElement,
    by_name: HtmlElement,
    worn: Rows<TagId, Worn>,
    pick: Button,
    menu: HtmlElement,
    choices: Rows<TagId, Choice>,
    holder: Holder,
    form: HandOver,
    send: Send,
}

impl Chat {
    pub(crate) fn new(send: &Send, mac: bool) -> Chat {
        let title = el("h2");
        let unclear = el("p").class("empty");
        let by_name = el("p").class("hint").text(&said("chat_by_name"));
        let worn = el("div").class("chips");
        let pick = {
            let pick = Button::text(
                "quiet",
                &said("chat_add_tag"),
                sends(send, Msg::Tags(app::tags::Msg::Pick(true))),
            );
            let pick = pick.with_icon(Icon::Plus);
            set_attr(&pick.node, "aria-haspopup", Some("menu"));
            set_attr(&pick.node, "title", Some(&key_label(Action::TagChat, mac)));
            pick
        };
        let menu = el("div").class("menu").attr("role", "menu");
        set_attr(&menu, "aria-label", Some(&said("chat_tags")));
        let holder = Holder::new(send, mac);
        let form = HandOver::new(send);
        let open = el("div").with(&[&worn, &pick.node, &menu, &by_name, &holder.node, &form.node]);
        let which = el("div").class("row");
        let node = el("section").class("section chat").with(&[&title, &unclear, &which, &open]);
        let which = Rows::new(&which);
        let (worn, choices) = (Rows::new(&worn), Rows::new(&menu));
        Chat {
            node,
            unclear,
            which,
            open,
            title,
            by_name,
            worn,
            pick,
            menu,
            choices,
            holder,
            form,
            send: send.clone(),
        }
    }

    pub(crate) fn show(&mut self, view: &Sidebar) {
        let unclear = match &view.chat {
            ThisChat::None => Some(Words::plain("chat_none")),
            ThisChat::Unclear(words) => Some(words.clone()),
            ThisChat::Which(title, _) => Some(Words::with("chat_ambiguous", [title])),
            ThisChat::Open { .. } => None,
        };
        let candidates =
            if let ThisChat::Which(_, candidates) = &view.chat { candidates.as_slice() } else { &[] };
        let send = &self.send;
        self.which.show(candidates, |it| it.label.clone(), |it| Which::new(it, send), |_, _| {});
        show(&self.unclear, unclear.is_some());
        show(&self.open, unclear.is_none());
        set_text(&self.unclear, &unclear.as_ref().map(say).unwrap_or_default());
        let ThisChat::Open { title, by_name, tags, picking, holder, handing_over } = &view.chat else {
            set_text(&self.title, &said("chat_title"));
            return;
        };
        set_text(&self.title, title);
        show(&self.by_name, *by_name);
        let send = &self.send;
        self.worn.show(tags, |(id, _)| *id, |(id, _)| Worn::new(*id, send), |row, (_, it)| row.show(it));
        set_state(&self.pick.node, "aria-expanded", picking.is_some());
        show(&self.pick.node, !view.tags.is_empty());
        show(&self.menu, picking.is_some());
        let choices = picking.as_deref().unwrap_or_default();
        self.choices.show(choices, |tag| tag.id, |tag| Choice::new(tag.id, send), |row, tag| row.show(tag));
        self.holder.show(holder);
        self.form.show(handing_over.as_deref());
    }

    /// Where the focus goes when the list of tags opens.
    pub(crate) fn picker(&self) -> Option<HtmlElement> {
        self.choices.get(0).map(|choice| choice.button.node.clone())
    }

    /// Where the focus goes when the hand-over form opens.
    pub(crate) fn hand_over(&self) -> HtmlElement {
        self.form.reason.clone().unchecked_into()
    }
}

/// One of several chats that have the open one's title.
struct Which {
    node: HtmlElement,
    _choose: Button,
}

impl Row for Which {
    fn node(&self) -> &HtmlElement {
        &self.node
    }
}

impl Which {
    fn new(candidate: &Candidate, send: &Send) -> Which {
        let label = el("span").attr("dir", "ltr").text(&candidate.label);
        let (send, known) = (send.clone(), candidate.known.clone());
        let choose = Button::of("", &[&label], move || {
            if let Identity::Known(chat) = &known {
                send(Msg::Chats(app::chats::Msg::ThisIs(chat.clone())));
            }
        });
        let node = el("div").attr("data-row", "").with(&[&choose.node]);
        Which { node, _choose: choose }
    }
}

/// A tag the chat wears, with a way to take it off.
struct Worn {
    node: HtmlElement,
    chip: HtmlElement,
    off: Button,
}

impl Row for Worn {
    fn node(&self) -> &HtmlElement {
        &self.node
    }
}

impl Worn {
    fn new(id: TagId, send: &Send) -> Worn {
        let off = Button::icon("off", Icon::X, "", sends(send, Msg::Tags(app::tags::Msg::Toggle(id))));
        let chip = el("span");
        let node = el("span").class("worn").with(&[&chip, &off.node]);
        Worn { node, chip, off }
    }

    fn show(&self, view: &baton_core::app::chip::Chip) {
        show_chip(&self.chip, view);
        set_attr(&self.node, "data-colour", Some(view.colour.name()));
        self.off.rename(&said_with("chat_take_off", &[&view.name]));
    }
}

/// A tag in the list of tags.
struct Choice {
    node: HtmlElement,
    button: Button,
    dot: HtmlElement,
    name: HtmlElement,
}

impl Row for Choice {
    fn node(&self) -> &HtmlElement {
        &self.node
    }
}

impl Choice {
    fn new(id: TagId, send: &Send) -> Choice {
        let (dot, name) = (el("span").class("dot"), el("span").class("name"));
        let mark = el("span").class("mark").attr("aria-hidden", "true").text("✓");
        let button =
            Button::of("choice", &[&dot, &name, &mark], sends(send, Msg::Tags(app::tags::Msg::Toggle(id))));
        set_attr(&button.node, "role", Some("menuitemcheckbox"));
        let node = el("div").attr("data-row", "").attr("role", "none").with(&[&button.node]);
        Choice { node, button, dot, name }
    }

    fn show(&self, view: &TagRow) {
        set_attr(&self.dot, "data-colour", Some(view.colour.name()));
        set_text(&self.name, &view.name);
        set_state(&self.button.node, "aria-checked", view.worn == Some(true));
    }
}

/// Who has the chat, and what can be done about it.
struct Holder {
    node: HtmlElement,
    who: HtmlElement,
    since: HtmlElement,
    reason: HtmlElement,
    claim: Button,
    hand_over: Button,
    release: Button,
}

impl Holder {
    fn new(send: &Send, mac: bool) -> Holder {
        let act = |class: &str, icon, name, action, msg: Msg| {
            let button = Button::text(class, &said(name), sends(send, msg)).with_icon(icon);
            set_attr(&button.node, "title", Some(&key_label(action, mac)));
            button
        };
        let claim = act(
            "primary",
            Icon::Hand,
            "holder_claim",
            Action::ClaimOrRelease,
            Msg::Holder(app::holder::Msg::Claim),
        );
        let hand_over = act(
            "",
            Icon::ArrowRightLeft,
            "holder_hand_over",
            Action::HandOver,
            Msg::Holder(app::holder::Msg::HandingOver(true)),
        );
        let release = act(
            "",
            Icon::Undo,
            "holder_release",
            Action::ClaimOrRelease,
            Msg::Holder(app::holder::Msg::Release),
        );
        let label = el("span").class("label").text(&said("holder_title"));
        let (who, since) = (el("span").class("who"), el("span").class("since"));
        let line = el("div").class("holder").with(&[&label, &who, &since]);
        let reason = el("p").class("reason").attr("dir", "auto");
        let buttons = el("div").class("row").with(&[&claim.node, &hand_over.node, &release.node]);
        let node = el("div").with(&[&line, &reason, &buttons]);
        Holder { node, who, since, reason, claim, hand_over, release }
    }

    fn show(&self, view: &HolderLine) {
        self.who.set_text_content(None);
        let (since, reason) = match view {
            HolderLine::Free => {
                set_text(&self.who, &said("holder_nobody"));
                (None, "")
            }
            HolderLine::Mine { since, reason } => {
                set_text(&self.who, &said("holder_you"));
                (Some(*since), reason.as_str())
            }
            HolderLine::Theirs { chip: who, since, reason } => {
                append(&self.who, &chip(who));
                append(&self.who, &el("span").class("name").text(&who.name));
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
        self.claim.rename(&said(if theirs { "holder_take" } else { "holder_claim" }));
        show(&self.release.node, mine);
        show(&self.hand_over.node, true);
        set_flag(&self.node, "data-mine", mine);
    }
}

/// To whom, and why.
struct HandOver {
    node: HtmlElement,
    reason: HtmlInputElement,
    people: Rows<MemberId, PersonRow>,
    nobody: HtmlElement,
    _cancel: Button,
    send: Send,
}

impl HandOver {
    fn new(send: &Send) -> HandOver {
        let title = el("h3").text(&said("hand_over_title"));
        let reason: HtmlInputElement = el("input").class("field").attr("maxlength", "200").unchecked_into();
        set_attr(&reason, "placeholder", Some(&said("hand_over_reason")));
        set_attr(&reason, "aria-label", Some(&said("hand_over_reason")));
        let list = el("div").class("people");
        let nobody = el("p").class("empty").text(&said("hand_over_nobody"));
        let cancel = Button::text(
            "quiet",
            &said("cancel"),
            sends(send, Msg::Holder(app::holder::Msg::HandingOver(false))),
        );
        let node = el("div").class("form").with(&[&title]);
        append(&node, &reason);
        let node = node.with(&[&list, &nobody, &cancel.node]);
        let people = Rows::new(&list);
        HandOver { node, reason, people, nobody, _cancel: cancel, send: send.clone() }
    }

    fn show(&mut self, people: Option<&[Person]>) {
        show(&self.node, people.is_some());
        if people.is_none() {
            self.reason.set_value("");
        }
        let people = people.unwrap_or_default();
        show(&self.nobody, people.is_empty());
        let (send, reason) = (&self.send, &self.reason);
        self.people.show(
            people,
            |it| it.id,
            |it| PersonRow::new(it.id, reason, send),
            |row, it| row.show(it),
        );
    }
}

/// A colleague to hand over to.
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
    fn new(id: MemberId, reason: &HtmlInputElement, send: &Send) -> PersonRow {
        let (send, reason) = (send.clone(), reason.clone());
        let (chip, name) = (el("span"), el("span").class("name"));
        let button = Button::of("person", &[&chip, &name], move || {
            send(Msg::Holder(app::holder::Msg::HandOver(id, reason.value())))
        });
        let node = el("div").attr("data-row", "").with(&[&button.node]);
        PersonRow { node, chip, name, button }
    }

    fn show(&self, view: &Person) {
        show_chip(&self.chip, &view.chip);
        set_text(&self.name, &view.chip.name);
        set_attr(&self.button.node, "aria-label", Some(&said_with("hand_over_to", &[&view.chip.name])));
    }
}

//! The section of the sidebar about the open chat: its identity, its tags and its holder.

pub(crate) mod chips;

use baton_core::app;
use baton_core::app::Msg;
use baton_core::app::Sidebar;
use baton_core::app::chats::view::ThisChat;
use baton_core::app::keys::Action;
use baton_core::app::keys::view::key_label;
use baton_core::app::reading::{Candidate, Identity};
use baton_core::app::tags::view::TagRow;
use baton_core::id::TagId;
use baton_core::words::Words;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::browser::i18n::{localise, tr, tr_with};
use crate::dom::list::{Row, Rows};
use crate::dom::{Build, el, set_attr, set_state, set_text};
use crate::ui::holder::{HandOver, Holder};
use crate::ui::icons::Icon;
use crate::ui::widget::{Button, Send, sends, show, show_chip};

/// The section of the open chat.
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
        let by_name = el("p").class("hint").text(&tr("chats_by_name"));
        let worn = el("div").class("chips");
        let pick = {
            let pick = Button::text(
                "quiet",
                &tr("chats_add_tag"),
                sends(send, Msg::Tags(app::tags::Msg::Pick(true))),
            );
            let pick = pick.with_icon(Icon::Plus);
            set_attr(&pick.node, "aria-haspopup", Some("menu"));
            set_attr(&pick.node, "title", Some(&key_label(Action::TagChat, mac)));
            pick
        };
        let menu = el("div").class("menu").attr("role", "menu");
        set_attr(&menu, "aria-label", Some(&tr("chats_tags")));
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
            ThisChat::None => Some(Words::plain("chats_none")),
            ThisChat::Unclear(words) => Some(words.clone()),
            ThisChat::Which(title, _) => Some(Words::with("chats_ambiguous", [title])),
            ThisChat::Open { .. } => None,
        };
        let candidates =
            if let ThisChat::Which(_, candidates) = &view.chat { candidates.as_slice() } else { &[] };
        let send = &self.send;
        self.which.show(candidates, |it| it.label.clone(), |it| Which::new(it, send), |_, _| {});
        show(&self.unclear, unclear.is_some());
        show(&self.open, unclear.is_none());
        set_text(&self.unclear, &unclear.as_ref().map(localise).unwrap_or_default());
        let ThisChat::Open { title, by_name, tags, picking, holder, hand_over } = &view.chat else {
            set_text(&self.title, &tr("chats_title"));
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
        self.form.show(hand_over.as_ref());
    }

    /// The node that gets the focus when the tag picker opens.
    pub(crate) fn picker(&self) -> Option<HtmlElement> {
        self.choices.get(0).map(|choice| choice.button.node.clone())
    }

    /// The node that gets the focus when the hand-over form opens.
    pub(crate) fn hand_over(&self) -> HtmlElement {
        self.form.reason.clone().unchecked_into()
    }
}

/// One of the candidates for the open chat, shown when several chats have its title.
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

/// A tag of the chat, with a button that removes it.
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
        self.off.rename(&tr_with("chats_take_off", &[&view.name]));
    }
}

/// A tag in the tag picker.
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

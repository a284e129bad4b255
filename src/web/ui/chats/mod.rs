//! The section of the sidebar about the open chat: its identity, its tags and its holder.

pub(crate) mod chips;

use baton_core::app;
use baton_core::app::Msg;
use baton_core::app::Sidebar;
use baton_core::app::chats::view::{Pill, ThisChat};
use baton_core::app::keys::Action;
use baton_core::app::reading::{Candidate, Identity};
use baton_core::app::tags::view::TagRow;
use baton_core::id::TagId;
use baton_core::words::Words;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::browser::i18n::{localise, tr, tr_count, tr_with};
use crate::dom::list::{Row, Rows};
use crate::dom::{Build, el, set_attr, set_state, set_text};
use crate::ui::holder::{HandOver, Holder};
use crate::ui::icons::Icon;
use crate::ui::tags::NewTag;
use crate::ui::widget::{Button, Roving, Send, sends, show};

/// The section of the open chat.
pub(crate) struct Chat {
    pub(crate) node: HtmlElement,
    unclear: HtmlElement,
    which: Rows<String, Which>,
    open: HtmlElement,
    title: HtmlElement,
    by_name: HtmlElement,
    pills: Rows<TagId, PillButton>,
    roving: Roving,
    pick: Button,
    menu: HtmlElement,
    choices: Rows<TagId, Choice>,
    choices_roving: Roving,
    add: Button,
    pub(crate) new_tag: NewTag,
    holder: Holder,
    form: HandOver,
    send: Send,
}

impl Chat {
    pub(crate) fn new(send: &Send) -> Chat {
        let title = el("h2");
        let unclear = el("p").class("empty");
        let by_name = el("p").class("hint").text(&tr("chats_by_name"));
        let pills = el("div").class("pills");
        let pick = {
            let pick = Button::text("pick", "", sends(send, Msg::Tags(app::tags::Msg::Pick(true))));
            set_attr(&pick.node, "aria-haspopup", Some("menu"));
            pick
        };
        let add = Button::text(
            "choice",
            &tr("tags_new"),
            sends(send, Msg::Tags(app::tags::Msg::Add { on_chat: true })),
        )
        .with_icon(Icon::Plus);
        set_attr(&add.node, "role", Some("menuitem"));
        let new_tag = NewTag::new(send);
        let choices = el("div").class("choices-list");
        let menu = el("div").class("menu").attr("role", "menu").with(&[&choices, &add.node]);
        set_attr(&menu, "aria-label", Some(&tr("chats_tags")));
        let holder = Holder::new(send);
        let form = HandOver::new(send);
        let tags = el("div").class("chips").attr("role", "group").with(&[&pills, &pick.node]);
        set_attr(&tags, "aria-label", Some(&tr("chats_tags")));
        let open = el("div").with(&[&by_name, &holder.node, &form.node, &tags, &menu, &new_tag.node]);
        let which = el("div").class("row");
        let node = el("section").class("section chat").with(&[&title, &unclear, &which, &open]);
        let which = Rows::new(&which);
        let (roving, choices_roving) = (Roving::new(&tags), Roving::new(&menu));
        let (pills, choices) = (Rows::new(&pills), Rows::new(&choices));
        Chat {
            node,
            unclear,
            which,
            open,
            title,
            by_name,
            pills,
            roving,
            pick,
            menu,
            choices,
            choices_roving,
            add,
            new_tag,
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
        let ThisChat::Open { title, by_name, pills, more, picking, new_tag, holder, hand_over } = &view.chat
        else {
            self.new_tag.show(None);
            set_text(&self.title, &tr("chats_title"));
            return;
        };
        set_text(&self.title, title);
        show(&self.by_name, *by_name);
        let send = &self.send;
        self.pills.show(pills, |it| it.id, |it| PillButton::new(it.id, send), |row, it| row.show(it));
        let words = if *more == 0 { tr("chats_add_tag") } else { tr_count("chats_more_tags", *more) };
        self.pick.rename(&words);
        set_attr(&self.pick.node, "title", Some(&view.keys.label(Action::TagChat)));
        set_state(&self.pick.node, "aria-expanded", picking.is_some());
        self.roving.settle();
        show(&self.menu, picking.is_some());
        let choices = picking.as_deref().unwrap_or_default();
        self.choices.show(choices, |tag| tag.id, |tag| Choice::new(tag.id, send), |row, tag| row.show(tag));
        show(&self.add.node, new_tag.is_none());
        self.choices_roving.settle();
        self.new_tag.show(new_tag.as_deref());
        self.holder.show(holder, view.keys);
        self.form.show(hand_over.as_ref());
    }

    /// The node that gets the focus when the tag picker opens.
    pub(crate) fn picker(&self) -> Option<HtmlElement> {
        let first = self.choices.get(0).map(|choice| choice.button.node.clone());
        first.or_else(|| Some(self.add.node.clone()))
    }

    /// Moves the focus in the tag picker to the next tag that begins with the typed letter. Returns whether there is one.
    pub(crate) fn type_ahead(&self, active: &Element, key: &str) -> bool {
        let mut letters = key.chars();
        let (Some(letter), None) = (letters.next().filter(|it| it.is_alphanumeric()), letters.next()) else {
            return false;
        };
        let all: Vec<&Choice> = (0..).map_while(|at| self.choices.get(at)).collect();
        let Some(at) = all.iter().position(|it| *AsRef::<Element>::as_ref(&it.button.node) == *active) else {
            return false;
        };
        let begins = |choice: &&&Choice| {
            let name = choice.name.text_content().unwrap_or_default();
            name.to_lowercase().starts_with(&letter.to_lowercase().to_string())
        };
        let (before, after) = all.split_at(at + 1);
        let next = after.iter().chain(before).find(begins);
        next.is_some_and(|choice| choice.button.node.focus().is_ok())
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

/// A tag in the card: a press puts it on the chat or takes it off.
struct PillButton {
    node: HtmlElement,
    name: HtmlElement,
    button: Button,
}

impl Row for PillButton {
    fn node(&self) -> &HtmlElement {
        &self.node
    }
}

impl PillButton {
    fn new(id: TagId, send: &Send) -> PillButton {
        let (dot, name) = (el("span").class("dot"), el("span").class("name"));
        let mark = el("span").class("mark").attr("aria-hidden", "true").text("✓");
        let button =
            Button::of("pill", &[&dot, &mark, &name], sends(send, Msg::Tags(app::tags::Msg::Toggle(id))));
        PillButton { node: button.node.clone(), name, button }
    }

    fn show(&self, view: &Pill) {
        set_text(&self.name, &view.chip.text);
        set_attr(&self.node, "data-colour", Some(view.chip.colour.name()));
        self.button.press(view.worn);
        let title = if view.worn { "chats_take_off" } else { "chats_put_on" };
        set_attr(&self.node, "title", Some(&tr_with(title, &[&view.chip.name])));
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

//! The narrowed chat list: the chats with one tag, the person's own chats, or the free ones. It covers WhatsApp's list,
//! which is not changed.

use baton_core::app;
use baton_core::app::Msg;
use baton_core::app::chip::Chip;
use baton_core::app::filter::Filter;
use baton_core::app::filter::selection::Msg as In;
use baton_core::app::filter::view::Narrowed as View;
use baton_core::app::filter::view::{NarrowedRow, SelectionBar};
use baton_core::id::{MemberId, TagId};
use baton_core::team::chat::ChatKey;
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, HtmlElement, KeyboardEvent, MouseEvent};

use super::icons::Icon;
use super::widget::{Button, Roving, Send, chip, keep_focus, sends, show};
use crate::browser::i18n::{ago, full_time, number, tr, tr_count, tr_with};
use crate::dom::list::{Row, Rows};
use crate::dom::{Build, Listener, append, el, lengths, on_capture, set_attr, set_flag, set_state, set_text};

/// The narrowed chat list.
pub(crate) struct Narrowed {
    pub(crate) node: HtmlElement,
    title: HtmlElement,
    rows: Rows<ChatKey, Line>,
    empty: HtmlElement,
    more: Button,
    unseen: HtmlElement,
    pub(crate) close: Button,
    send: Send,
    roving: Roving,
    bar: Bar,
    _keep: Listener,
}

/// The actions for the selected rows.
struct Bar {
    node: HtmlElement,
    count: HtmlElement,
    tags: Rows<TagId, Apply>,
    people: Rows<MemberId, Apply>,
    people_title: HtmlElement,
    _buttons: [Button; 3],
    send: Send,
}

/// A tag or a colleague for all selected rows.
struct Apply {
    button: Button,
    dot: HtmlElement,
    name: HtmlElement,
}

impl Row for Apply {
    fn node(&self) -> &HtmlElement {
        &self.button.node
    }
}

impl Apply {
    fn new(msg: In, send: &Send) -> Apply {
        let (dot, name) = (el("span").class("dot"), el("span").class("name"));
        let press = sends(send, Msg::Filter(app::filter::Msg::Select(msg)));
        Apply { button: Button::of("pill", &[&dot, &name], press), dot, name }
    }

    fn show(&self, view: &Chip) {
        set_attr(&self.dot, "data-colour", Some(view.colour.name()));
        set_text(&self.name, &view.name);
    }
}

impl Bar {
    fn new(send: &Send) -> Bar {
        let act = |class: &str, name, msg: In| {
            Button::text(class, &tr(name), sends(send, Msg::Filter(app::filter::Msg::Select(msg))))
        };
        let buttons = [
            act("", "holder_claim", In::Claim),
            act("", "holder_release", In::Release),
            act("quiet", "filter_deselect", In::Clear),
        ];
        let count = el("span").class("selected").attr("role", "status");
        let first = el("div").class("row").with(&[&count]);
        let first = first.with(&buttons.each_ref().map(|it| &it.node));
        let (tags, people) = (el("div").class("pills"), el("div").class("pills"));
        let people_title = el("span").class("label").text(&tr("holder_hand_over_title"));
        let second =
            el("div").class("row").with(&[&el("span").class("label").text(&tr("tags_title")), &tags]);
        let third = el("div").class("row").with(&[&people_title, &people]);
        let node = el("div").class("selection").with(&[&first, &second, &third]);
        let (tags, people) = (Rows::new(&tags), Rows::new(&people));
        Bar { node, count, tags, people, people_title, _buttons: buttons, send: send.clone() }
    }

    fn show(&mut self, view: Option<&SelectionBar>) {
        show(&self.node, view.is_some());
        let Some(view) = view else { return };
        set_text(&self.count, &tr_count("filter_selected", view.count));
        let send = &self.send;
        self.tags.show(
            &view.tags,
            |(id, _)| *id,
            |(id, _)| Apply::new(In::Tag(*id), send),
            |row, (_, chip)| row.show(chip),
        );
        show(&self.people_title, !view.people.is_empty());
        self.people.show(
            &view.people,
            |(id, _)| *id,
            |(id, _)| Apply::new(In::HandOver(*id), send),
            |row, (_, chip)| row.show(chip),
        );
    }
}

impl Narrowed {
    pub(crate) fn new(send: &Send) -> Narrowed {
        let title = el("h2");
        let close = Button::text(
            "quiet",
            &tr("filter_show_all"),
            sends(send, Msg::Filter(app::filter::Msg::Show(None))),
        );
        let close = close.with_icon(Icon::X);
        let head = el("div").class("head").with(&[&title, &close.node]);
        let list = el("ul");
        let empty = el("p").class("empty");
        let unseen = el("p").class("hint");
        let node = el("section").class("narrowed").attr("aria-label", &tr("filter_shown"));
        let bar = Bar::new(send);
        let more = Button::text("quiet", "", sends(send, Msg::Filter(app::filter::Msg::More)));
        let node = node.with(&[&head, &bar.node, &list, &more.node, &empty, &unseen]);
        let (roving, keep) = (Roving::new(&list), keep_focus(&head));
        let rows = Rows::new(&list);
        Narrowed {
            node,
            title,
            rows,
            empty,
            more,
            unseen,
            close,
            send: send.clone(),
            roving,
            bar,
            _keep: keep,
        }
    }

    pub(crate) fn show(&mut self, view: Option<&View>) {
        show(&self.node, view.is_some());
        let Some(view) = view else { return };
        let (title, empty) = match view.filter {
            Filter::Mine => ("filter_mine", "filter_none_mine"),
            Filter::Free => ("filter_free", "filter_none_free"),
            Filter::Tag(_) => ("tags_title", "filter_none_tag"),
        };
        let title = view.tag.as_ref().map_or_else(|| tr(title), |tag| tag.name.clone());
        set_text(&self.title, &title);
        set_attr(&self.title, "data-colour", view.tag.as_ref().map(|tag| tag.colour.name()));
        show(&self.empty, view.chats.is_empty() && view.unseen == 0);
        set_text(&self.empty, &tr(empty));
        show(&self.more.node, view.more > 0);
        self.more.rename(&tr_count("filter_more", view.more));
        show(&self.unseen, view.unseen > 0);
        set_text(&self.unseen, &tr_count("filter_unseen", view.unseen));
        let send = &self.send;
        self.rows.show(&view.chats, |it| it.chat, |it| Line::new(it.chat, send), |line, it| line.show(it));
        self.roving.settle();
        self.bar.show(view.selection.as_ref());
    }

    /// The node that gets the focus when the list opens.
    pub(crate) fn first(&self) -> HtmlElement {
        self.rows.get(0).map_or_else(|| self.close.node.clone(), |line| line.button.node.clone())
    }

    /// Handles a key pressed in a row: Space selects, as in a list of files, and Enter opens.
    pub(crate) fn key(&self, active: &Element, event: &KeyboardEvent) -> bool {
        let select = (event.key() == " " && active.matches(".chat-row").unwrap_or(false))
            .then(|| active.next_element_sibling()?.dyn_into::<HtmlElement>().ok());
        let Some(select) = select.flatten() else { return false };
        select.click();
        true
    }

    /// Places the list over WhatsApp's list, or hides it if that list was not found.
    pub(crate) fn place(&self, list: Option<&DomRect>) {
        let style = list.map(|rect| {
            let (left, top) = (("left", rect.left()), ("top", rect.top()));
            lengths(&[left, top, ("width", rect.width()), ("height", rect.height())])
        });
        set_attr(&self.node, "style", Some(style.as_deref().unwrap_or("display:none")));
    }
}

/// The row of a chat, as WhatsApp's own rows: avatar, name, time, last message, unread badge, tags and holder.
struct Line {
    node: HtmlElement,
    select: Button,
    button: Button,
    avatar: HtmlElement,
    title: HtmlElement,
    time: HtmlElement,
    preview: HtmlElement,
    chips: HtmlElement,
    unread: HtmlElement,
    shown: Option<NarrowedRow>,
    _extends: Listener,
}

impl Row for Line {
    fn node(&self) -> &HtmlElement {
        &self.node
    }
}

impl Line {
    fn new(chat: ChatKey, send: &Send) -> Line {
        let avatar = el("span").class("avatar").attr("aria-hidden", "true");
        let (title, time) = (el("span").class("name").attr("dir", "auto"), el("span").class("since"));
        let first = el("span").class("line").with(&[&title, &time]);
        let preview = el("span").class("preview").attr("dir", "auto");
        let (chips, unread) = (el("span").class("chips"), el("span").class("unread"));
        let second = el("span").class("line").with(&[&preview, &chips, &unread]);
        let lines = el("span").class("lines").with(&[&first, &second]);
        let mark = el("span").class("box").attr("aria-hidden", "true").text("✓");
        let toggle = sends(send, Msg::Filter(app::filter::Msg::Select(In::Toggle(chat))));
        let select = Button::of("select", &[&avatar, &mark], toggle);
        set_attr(&select.node, "role", Some("checkbox"));
        let button = Button::of("chat-row", &[&lines], sends(send, Msg::Chats(app::chats::Msg::Open(chat))));
        // With Shift or Control, a press selects, as in any list. It must not open the chat as well.
        let extends = {
            let send = send.clone();
            on_capture(&button.node, "click", move |event| {
                let Some(event) = event.dyn_ref::<MouseEvent>() else { return };
                let msg = match () {
                    () if event.shift_key() => In::To(chat),
                    () if event.ctrl_key() || event.meta_key() => In::Toggle(chat),
                    () => return,
                };
                event.stop_immediate_propagation();
                send(Msg::Filter(app::filter::Msg::Select(msg)));
            })
        };
        let node = el("li").class("chat-line").attr("data-row", "").with(&[&button.node, &select.node]);
        Line {
            node,
            select,
            _extends: extends,
            button,
            avatar,
            title,
            time,
            preview,
            chips,
            unread,
            shown: None,
        }
    }

    fn show(&mut self, view: &NarrowedRow) {
        // Times are shown in minutes, so they change without a change of the view.
        let at = Some(view.at).filter(|at| *at > 0);
        set_text(&self.time, &at.map(ago).unwrap_or_default());
        if self.shown.as_ref() == Some(view) {
            return;
        }
        set_state(&self.select.node, "aria-checked", view.selected);
        set_flag(&self.node, "data-selected", view.selected);
        self.select.rename(&tr_with("filter_select", &[&view.title]));
        set_text(&self.avatar, &view.initials);
        set_text(&self.title, &view.title);
        set_attr(&self.time, "title", at.map(full_time).as_deref());
        set_text(&self.preview, &view.preview);
        self.chips.set_text_content(None);
        for tag in &view.tags {
            append(&self.chips, &chip(tag));
        }
        if view.more > 0 {
            append(&self.chips, &el("span").class("more").text(&format!("+{}", number(view.more))));
        }
        if let Some(holder) = &view.holder {
            append(&self.chips, &chip(holder).class("chip holder"));
        }
        show(&self.unread, view.unread > 0);
        set_text(&self.unread, &number(view.unread as usize));
        set_attr(&self.unread, "aria-label", Some(&tr_count("filter_unread", view.unread as usize)));
        set_flag(&self.button.node, "data-open", view.open);
        set_attr(&self.button.node, "aria-current", view.open.then_some("true"));
        self.shown = Some(view.clone());
    }
}

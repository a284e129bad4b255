//! The narrowed chat list: the chats with one tag, the person's own chats, or the free ones. It covers WhatsApp's list,
//! which is not changed.

use baton_core::app;
use baton_core::app::Msg;
use baton_core::app::filter::Filter;
use baton_core::app::filter::view::Narrowed as View;
use baton_core::app::filter::view::NarrowedRow;
use baton_core::team::chat::ChatKey;
use web_sys::{DomRect, HtmlElement};

use super::icons::Icon;
use super::widget::{Button, Roving, Send, chip, keep_focus, sends, show};
use crate::browser::i18n::{ago, full_time, number, tr, tr_count};
use crate::dom::list::{Row, Rows};
use crate::dom::{Build, Listener, append, el, lengths, set_attr, set_flag, set_text};

/// The narrowed chat list.
pub(crate) struct Narrowed {
    pub(crate) node: HtmlElement,
    title: HtmlElement,
    rows: Rows<ChatKey, Line>,
    empty: HtmlElement,
    unseen: HtmlElement,
    pub(crate) close: Button,
    send: Send,
    roving: Roving,
    _keep: Listener,
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
        let node = node.with(&[&head, &list, &empty, &unseen]);
        let (roving, keep) = (Roving::new(&list), keep_focus(&head));
        let rows = Rows::new(&list);
        Narrowed { node, title, rows, empty, unseen, close, send: send.clone(), roving, _keep: keep }
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
        show(&self.unseen, view.unseen > 0);
        set_text(&self.unseen, &tr_count("filter_unseen", view.unseen));
        let send = &self.send;
        self.rows.show(&view.chats, |it| it.chat, |it| Line::new(it.chat, send), |line, it| line.show(it));
        self.roving.settle();
    }

    /// The node that gets the focus when the list opens.
    pub(crate) fn first(&self) -> HtmlElement {
        self.rows.get(0).map_or_else(|| self.close.node.clone(), |line| line.button.node.clone())
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
    button: Button,
    avatar: HtmlElement,
    title: HtmlElement,
    time: HtmlElement,
    preview: HtmlElement,
    chips: HtmlElement,
    unread: HtmlElement,
    shown: Option<NarrowedRow>,
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
        let button =
            Button::of("chat-row", &[&avatar, &lines], sends(send, Msg::Chats(app::chats::Msg::Open(chat))));
        let node = el("li").attr("data-row", "").with(&[&button.node]);
        Line { node, button, avatar, title, time, preview, chips, unread, shown: None }
    }

    fn show(&mut self, view: &NarrowedRow) {
        // Times are shown in minutes, so they change without a change of the view.
        let at = Some(view.at).filter(|at| *at > 0);
        set_text(&self.time, &at.map(ago).unwrap_or_default());
        if self.shown.as_ref() == Some(view) {
            return;
        }
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

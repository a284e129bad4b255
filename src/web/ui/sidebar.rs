//! The sidebar: the filter tabs, the team's tags, the notice, the open chat with its replies, and the sync status; and the
//! rail, which stands for it where it is collapsed.

use baton_core::app;
use baton_core::app::Msg;
use baton_core::app::Sidebar as View;
use baton_core::app::SidebarMode;
use baton_core::app::chats::view::ThisChat;
use baton_core::app::filter::Filter;
use baton_core::app::holder::view::HolderLine;
use baton_core::app::keys::Action;
use web_sys::HtmlElement;

use super::chats::Chat;
use super::icons::Icon;
use super::keys::with_key;
use super::notices::{Notice, show_status};
use super::shortlist::Shortlist;
use super::tags::{NewTag, Tags};
use super::widget::{Button, Send, keep_focus, sends, show, show_chip};
use crate::browser::i18n::{localise, number, tr, tr_count};
use crate::dom::{Build, Listener, append, el, set_attr, set_flag, set_text};

/// The width of the sidebar, in CSS pixels. WhatsApp's page gets this much narrower.
pub(crate) const WIDTH: u32 = 312;
/// The width of the collapsed sidebar, in CSS pixels.
pub(crate) const RAIL: u32 = 44;

/// The sidebar.
pub(crate) struct Sidebar {
    pub(crate) node: HtmlElement,
    tabs: Vec<(Option<Filter>, Button, HtmlElement, HtmlElement)>,
    tag_tab: Button,
    tag_name: HtmlElement,
    rail: Rail,
    pub(super) notice: Notice,
    /// The text for a page that is cut off. It is created in advance, because localised messages are unavailable then.
    gone: HtmlElement,
    body: HtmlElement,
    pub(crate) tags: Tags,
    pub(crate) chat: Chat,
    pub(crate) shortlist: Shortlist,
    status: HtmlElement,
    collapse: Button,
    _bar: [Button; 2],
    _keep: Listener,
}

/// The collapsed sidebar.
struct Rail {
    node: HtmlElement,
    mine: Button,
    mine_count: HtmlElement,
    warning: HtmlElement,
    holder: HtmlElement,
    reply: Button,
    hand: Button,
    open: Button,
    _desk: Button,
}

impl Sidebar {
    pub(crate) fn new(send: &Send) -> Sidebar {
        let press = |msg: Msg| sends(send, msg);
        let tab = |filter: Option<Filter>| {
            let (name, count) = (el("span"), el("span").class("count"));
            let ends = el("span").class("ends").attr("aria-hidden", "true").text("×");
            let button = Button::of(
                "tab",
                &[&name, &count, &ends],
                press(Msg::Filter(app::filter::Msg::Show(filter))),
            );
            (filter, button, name, count)
        };
        let tabs = vec![tab(Some(Filter::Mine)), tab(Some(Filter::Free)), tab(None)];
        let tab_nodes: Vec<&HtmlElement> = tabs.iter().map(|(_, button, ..)| &button.node).collect();
        let tag_name = el("span").class("name").attr("dir", "auto");
        let ends = el("span").class("ends").attr("aria-hidden", "true").text("×");
        let show_all = press(Msg::Filter(app::filter::Msg::Show(None)));
        let tag_tab = Button::of("tab tag-tab", &[&el("span").class("dot"), &tag_name, &ends], show_all);
        tag_tab.press(true);
        set_attr(&tag_tab.node, "title", Some(&tr("filter_show_all")));
        let tab_bar = el("div").class("tabs").attr("role", "group").with(&tab_nodes).with(&[&tag_tab.node]);
        set_attr(&tab_bar, "aria-label", Some(&tr("filter_label")));
        let collapse = Button::icon("", Icon::PanelRightClose, "", press(Msg::Collapse(true)));
        let bar = el("div").class("bar").with(&[&tab_bar, &collapse.node]);

        let notice = Notice::new(send);
        let (tags, chat) = (Tags::new(send), Chat::new(send));
        let gone = el("div").class("notice").attr("role", "alert").attr("hidden", "");
        append(&gone, &el("p").text(&tr("notices_gone")));
        let shortlist = Shortlist::new(send);
        let body = el("div").class("body").with(&[&notice.node, &chat.node, &shortlist.node]);

        let status = el("span").class("status");
        let help = Button::icon("", Icon::Keyboard, &tr("keys_title"), press(Msg::Key(Action::Help)));
        let desk = Button::icon(
            "",
            Icon::Settings,
            &tr("sidebar_desk"),
            press(Msg::Notices(app::notices::Msg::Desk)),
        );
        let foot = el("footer").class("foot").with(&[&status, &help.node, &desk.node]);

        let rail = Rail::new(send);
        let node = el("aside").class("sidebar").attr("aria-label", "Baton");
        let node = node.with(&[&rail.node, &bar, &tags.node, &gone, &body, &foot]);
        let keep = keep_focus(&node);
        Sidebar {
            node,
            tabs,
            tag_tab,
            tag_name,
            rail,
            notice,
            gone,
            body,
            tags,
            chat,
            shortlist,
            status,
            collapse,
            _bar: [help, desk],
            _keep: keep,
        }
    }

    /// `suggesting` says whether replies are suggested above the composer.
    pub(crate) fn show(&mut self, view: &View, suggesting: bool) {
        set_flag(&self.node, "data-collapsed", view.mode == SidebarMode::Rail);
        set_flag(&self.node, "data-over", view.mode == SidebarMode::Over);
        self.collapse.rename(&with_key("sidebar_collapse", view.keys, Action::Sidebar));
        for ((_, button, name, count), tab) in self.tabs.iter().zip(&view.tabs) {
            set_text(name, &localise(&tab.words));
            set_text(count, &tab.count.map(number).unwrap_or_default());
            button.press(tab.pressed);
        }
        let news = (view.news > 0).then(|| tr_count("filter_news", view.news));
        let mine = self.tabs.first().map(|(_, button, ..)| &button.node);
        for node in mine.into_iter().chain([&self.rail.mine.node]) {
            set_flag(node, "data-news", news.is_some());
            set_attr(node, "title", news.as_deref());
        }
        show(&self.tag_tab.node, view.filter_tag.is_some());
        if let Some(tag) = &view.filter_tag {
            set_text(&self.tag_name, &tag.name);
            set_attr(&self.tag_tab.node, "data-colour", Some(tag.colour.name()));
        }
        set_flag(&self.node, "data-paused", view.paused);
        self.rail.show(view);

        self.notice.show(view.notice.as_ref());
        self.tags.show(view);
        self.chat.show(view);
        self.shortlist.show(view.shortlist.as_ref(), suggesting);

        show_status(&self.status, &view.status);
    }
}

impl Sidebar {
    /// The open field for a new tag, among the team's tags or in the open chat's card.
    pub(crate) fn new_tag(&self) -> &NewTag {
        let NewTag { node, .. } = &self.chat.new_tag;
        if node.has_attribute("hidden") { &self.tags.new_tag } else { &self.chat.new_tag }
    }

    /// The control that gets the focus when the sidebar opens.
    pub(crate) fn first(&self) -> HtmlElement {
        self.collapse.node.clone()
    }

    /// Shows that Baton was updated or removed, and disables everything else.
    pub(crate) fn cut_off(&self) {
        set_flag(&self.node, "data-collapsed", false);
        set_flag(&self.body, "inert", true);
        show(&self.notice.node, false);
        show(&self.gone, true);
    }
}

impl Rail {
    fn new(send: &Send) -> Rail {
        let press = |msg: Msg| sends(send, msg);
        let open = Button::icon("", Icon::PanelRightOpen, "", press(Msg::Collapse(false)));
        let desk = Button::icon(
            "",
            Icon::Settings,
            &tr("sidebar_desk"),
            press(Msg::Notices(app::notices::Msg::Desk)),
        );
        let mine_count = el("span").class("count");
        let mine = Button::of(
            "rail-button",
            &[&mine_count],
            press(Msg::Filter(app::filter::Msg::Show(Some(Filter::Mine)))),
        );
        let warning = el("span").class("warning").attr("role", "img").text("!");
        let holder = el("span").class("rail-holder");
        let palette = Msg::Palette(app::palette::Msg::Open { trigger: 0 });
        let reply = Button::icon("", Icon::Zap, &tr("shortlist_open"), press(palette));
        let claim = Msg::Holder(app::holder::Msg::ClaimOrRelease);
        let hand = Button::icon("", Icon::Hand, &tr("holder_claim"), press(claim));
        let node = el("div").class("rail").with(&[
            &open.node,
            &mine.node,
            &warning,
            &holder,
            &hand.node,
            &reply.node,
            &desk.node,
        ]);
        Rail { node, mine, mine_count, warning, holder, reply, hand, open, _desk: desk }
    }

    fn show(&self, view: &View) {
        self.open.rename(&with_key("sidebar_open", view.keys, Action::Sidebar));
        self.reply.rename(&with_key("shortlist_open", view.keys, Action::Palette));
        let unread = view.unread;
        show(&self.mine.node, unread > 0 || view.news > 0);
        set_text(&self.mine_count, &number(unread));
        set_attr(&self.mine.node, "aria-label", Some(&tr_count("filter_unread_mine", unread)));
        let holder = if let ThisChat::Open { holder, .. } = &view.chat { Some(holder) } else { None };
        show(&self.hand.node, holder.is_some());
        show(&self.reply.node, view.shortlist.is_some());
        let (name, held) = match holder {
            Some(HolderLine::Mine { .. }) => ("holder_release", true),
            Some(HolderLine::Theirs { .. }) => ("holder_take", false),
            Some(HolderLine::Free) | None => ("holder_claim", false),
        };
        self.hand.rename(&with_key(name, view.keys, Action::ClaimOrRelease));
        self.hand.press(held);
        show(&self.holder, matches!(holder, Some(HolderLine::Theirs { .. })));
        if let Some(HolderLine::Theirs { chip, .. }) = holder {
            show_chip(&self.holder, chip);
        }
        show(&self.warning, view.notice.is_some());
        let notice = view.notice.as_ref().map(|notice| localise(&notice.words));
        set_attr(&self.warning, "aria-label", notice.as_deref());
        set_attr(&self.warning, "title", notice.as_deref());
    }
}

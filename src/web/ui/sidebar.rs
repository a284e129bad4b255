//! The sidebar: the filter tabs, the notice, the team's tags, the open chat, and the sync status.

use baton_core::app;
use baton_core::app::Msg;
use baton_core::app::Sidebar as View;
use baton_core::app::filter::Filter;
use baton_core::app::keys::Action;
use baton_core::app::keys::view::key_label;
use web_sys::HtmlElement;

use super::chats::Chat;
use super::icons::Icon;
use super::notices::{Notice, Toast, show_status};
use super::tags::Tags;
use super::widget::{Button, Send, sends, show};
use crate::browser::i18n::{localise, number, tr};
use crate::dom::{Build, append, el, set_attr, set_flag, set_text};

/// The width of the sidebar, in CSS pixels. WhatsApp's page gets this much narrower.
pub(crate) const WIDTH: u32 = 312;
/// The width of the collapsed sidebar, in CSS pixels.
pub(crate) const RAIL: u32 = 44;

/// The sidebar.
pub(crate) struct Sidebar {
    pub(crate) node: HtmlElement,
    tabs: Vec<(Option<Filter>, Button, HtmlElement, HtmlElement)>,
    rail: Rail,
    notice: Notice,
    /// The text for a page that is cut off. It is created in advance, because localised messages are unavailable then.
    gone: HtmlElement,
    body: HtmlElement,
    pub(crate) tags: Tags,
    pub(crate) chat: Chat,
    status: HtmlElement,
    toast: Toast,
    _bar: [Button; 3],
}

/// The collapsed sidebar.
struct Rail {
    node: HtmlElement,
    mine: HtmlElement,
    warning: HtmlElement,
    _buttons: [Button; 2],
}

impl Sidebar {
    pub(crate) fn new(send: &Send, mac: bool) -> Sidebar {
        let press = |msg: Msg| sends(send, msg);
        let tab = |filter: Option<Filter>| {
            let (name, count) = (el("span"), el("span").class("count"));
            let button =
                Button::of("tab", &[&name, &count], press(Msg::Filter(app::filter::Msg::Show(filter))));
            (filter, button, name, count)
        };
        let tabs = vec![tab(Some(Filter::Mine)), tab(Some(Filter::Free)), tab(None)];
        let tab_nodes: Vec<&HtmlElement> = tabs.iter().map(|(_, button, ..)| &button.node).collect();
        let tab_bar = el("div").class("tabs").attr("role", "group").with(&tab_nodes);
        set_attr(&tab_bar, "aria-label", Some(&tr("filter_label")));
        let collapse_name = format!("{} ({})", tr("sidebar_collapse"), key_label(Action::Sidebar, mac));
        let collapse = Button::icon("", Icon::PanelRightClose, &collapse_name, press(Msg::Collapse(true)));
        let bar = el("div").class("bar").with(&[&tab_bar, &collapse.node]);

        let notice = Notice::new(send);
        let (tags, chat) = (Tags::new(send), Chat::new(send, mac));
        let gone = el("div").class("notice").attr("role", "alert").attr("hidden", "");
        append(&gone, &el("p").text(&tr("notices_gone")));
        let body = el("div").class("body").with(&[&notice.node, &tags.node, &chat.node]);

        let status = el("span").class("status");
        let help = Button::icon("", Icon::Keyboard, &tr("keys_title"), press(Msg::Key(Action::Help)));
        let desk = Button::icon(
            "",
            Icon::Settings,
            &tr("sidebar_desk"),
            press(Msg::Notices(app::notices::Msg::Desk)),
        );
        let foot = el("footer").class("foot").with(&[&status, &help.node, &desk.node]);

        let toast = Toast::new(send);
        let rail = Rail::new(send, mac);
        let node = el("aside").class("sidebar").attr("aria-label", "Baton");
        let node = node.with(&[&rail.node, &bar, &gone, &body, &toast.node, &foot]);
        Sidebar {
            node,
            tabs,
            rail,
            notice,
            gone,
            body,
            tags,
            chat,
            status,
            toast,
            _bar: [collapse, help, desk],
        }
    }

    pub(crate) fn show(&mut self, view: &View) {
        set_flag(&self.node, "data-collapsed", view.collapsed);
        for ((_, button, name, count), tab) in self.tabs.iter().zip(&view.tabs) {
            set_text(name, &localise(&tab.words));
            set_text(count, &tab.count.map(number).unwrap_or_default());
            button.press(tab.pressed);
        }
        self.rail.show(view);

        self.notice.show(view.notice.as_ref());
        self.tags.show(view);
        self.chat.show(view);

        show_status(&self.status, &view.status);
        self.toast.show(view.toast.as_ref());
    }
}

impl Sidebar {
    /// Shows that Baton was updated or removed, and disables everything else.
    pub(crate) fn cut_off(&self) {
        set_flag(&self.node, "data-collapsed", false);
        set_flag(&self.body, "inert", true);
        show(&self.notice.node, false);
        show(&self.toast.node, false);
        show(&self.gone, true);
    }
}

impl Rail {
    fn new(send: &Send, mac: bool) -> Rail {
        let press = |msg: Msg| sends(send, msg);
        let open_name = format!("{} ({})", tr("sidebar_open"), key_label(Action::Sidebar, mac));
        let open = Button::icon("", Icon::PanelRightOpen, &open_name, press(Msg::Collapse(false)));
        let desk = Button::icon(
            "",
            Icon::Settings,
            &tr("sidebar_desk"),
            press(Msg::Notices(app::notices::Msg::Desk)),
        );
        let mine = el("span").class("count");
        let warning = el("span").class("warning").attr("role", "img").text("!");
        let node = el("div").class("rail").with(&[&open.node, &mine, &warning, &desk.node]);
        Rail { node, mine, warning, _buttons: [open, desk] }
    }

    fn show(&self, view: &View) {
        let mine = view.tabs.first().and_then(|tab| tab.count).unwrap_or(0);
        show(&self.mine, mine > 0);
        set_text(&self.mine, &number(mine));
        set_attr(&self.mine, "title", Some(&tr("filter_mine")));
        show(&self.warning, view.notice.is_some());
        let notice = view.notice.as_ref().map(|notice| localise(&notice.words));
        set_attr(&self.warning, "aria-label", notice.as_deref());
        set_attr(&self.warning, "title", notice.as_deref());
    }
}

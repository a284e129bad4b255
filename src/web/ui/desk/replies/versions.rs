//! The use counts and the earlier versions of the open reply.

use baton_core::app::desk::Msg;
use baton_core::app::desk::replies::Msg as Act;
use baton_core::app::desk::replies::view::{OpenReply, VersionRow, Versions as View};
use std::cell::Cell;
use std::rc::Rc;
use web_sys::HtmlElement;

use crate::browser::i18n::{ago, full_time, number, tr, tr_with};
use crate::dom::{Build, append, el, set_state, set_text};
use crate::ui::desk::{Send, text};
use crate::ui::icons::Icon;
use crate::ui::widget::{Button, show};

/// The use counts and the earlier versions.
pub(super) struct History {
    pub(super) node: HtmlElement,
    used: HtmlElement,
    pub(super) toggle: Button,
    open: Rc<Cell<bool>>,
    panel: HtmlElement,
    none: HtmlElement,
    list: HtmlElement,
    shown: Vec<VersionRow>,
    buttons: Vec<Button>,
    send: Send,
}

impl History {
    pub(super) fn new(send: &Send) -> History {
        let used = el("p").class("muted");
        let open = Rc::new(Cell::new(false));
        let toggle = {
            let (send, open) = (send.clone(), open.clone());
            let press = move || send(Msg::Replies(Act::Versions(!open.get())));
            Button::text("quiet more", &tr("replies_versions"), press).with_icon(Icon::ChevronDown)
        };
        let none = el("p").class("muted").attr("role", "status");
        let list = el("ol").class("versions");
        let panel = el("div").class("group").with(&[
            &text("p", "replies_versions_seen").class("muted"),
            &none,
            &list,
        ]);
        let node = el("div").class("group").with(&[&used, &toggle.node, &panel]);
        History {
            node,
            used,
            toggle,
            open,
            panel,
            none,
            list,
            shown: Vec::new(),
            buttons: Vec::new(),
            send: send.clone(),
        }
    }

    pub(super) fn show(&mut self, view: &OpenReply) {
        let (mine, all) = view.uses;
        let used = tr_with("replies_used", &[&number(mine as usize), &number(all as usize)]);
        set_text(&self.used, &if all == 0 { tr("replies_used_never") } else { used });
        show(&self.node, !view.untitled);
        let open = view.versions != View::Hidden;
        self.open.set(open);
        set_state(&self.toggle.node, "aria-expanded", open);
        show(&self.panel, open);
        let rows = if let View::Known(rows) = &view.versions { rows.as_slice() } else { &[] };
        let is_known = matches!(view.versions, View::Known(_));
        set_text(
            &self.none,
            &if is_known && rows.is_empty() { tr("replies_versions_none") } else { String::new() },
        );
        show(&self.none, is_known && rows.is_empty());
        if self.shown != rows {
            self.shown = rows.to_vec();
            self.list.set_text_content(None);
            self.buttons.clear();
            for (at, row) in rows.iter().enumerate() {
                self.line(at, row);
            }
        }
    }

    fn line(&mut self, at: usize, row: &VersionRow) {
        let who = row.who.clone().unwrap_or_else(|| tr("replies_versions_somebody"));
        let head = el("div").class("row");
        append(&head, &el("bdi").class("who").text(&who));
        append(&head, &el("span").class("muted").attr("title", &full_time(row.at)).text(&ago(row.at)));
        if row.now {
            append(&head, &text("span", "replies_versions_now").class("badge"));
        } else {
            let send = self.send.clone();
            let restore = Button::text("quiet", &tr("replies_restore"), move || {
                send(Msg::Replies(Act::Restore(at)));
            });
            append(&head, &restore.node);
            self.buttons.push(restore);
        }
        let title = el("strong").attr("dir", "auto").text(&row.title);
        let says = el("p").class("said").attr("dir", "auto").text(&row.body);
        append(&self.list, &el("li").with(&[&head, &title, &says]));
    }
}

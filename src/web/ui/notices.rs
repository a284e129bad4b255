//! The notice at the top of the sidebar, the toast, and the status line.

use std::cell::Cell;
use std::rc::Rc;

use baton_core::app;
use baton_core::app::Msg;
use baton_core::app::notices::view::{Notice as NoticeView, NoticeAction, Status, ToastView};
use web_sys::HtmlElement;

use super::widget::{Button, Send, sends, show};
use crate::browser::i18n::{ago, full_time, localise, tr, tr_with};
use crate::dom::{Build, el, set_attr, set_flag, set_text};

/// The notice, with a button for its action.
pub(super) struct Notice {
    pub(super) node: HtmlElement,
    text: HtmlElement,
    button: Button,
    action: Rc<Cell<Option<NoticeAction>>>,
}

impl Notice {
    pub(super) fn new(send: &Send) -> Notice {
        let action = Rc::new(Cell::new(None));
        let button = {
            let (send, action) = (send.clone(), action.clone());
            Button::text("", "", move || match action.get() {
                Some(NoticeAction::Desk) => send(Msg::Notices(app::notices::Msg::Desk)),
                Some(NoticeAction::SyncNow) => send(Msg::Context(app::context::Msg::SyncNow)),
                Some(NoticeAction::Report) => send(Msg::Notices(app::notices::Msg::CopyReport)),
                Some(NoticeAction::Attach) => send(Msg::Attachments(app::attachments::Msg::AttachWaiting)),
                None => {}
            })
        };
        let text = el("p");
        let node = el("div").class("notice").attr("role", "status").with(&[&text, &button.node]);
        Notice { node, text, button, action }
    }

    pub(super) fn show(&mut self, view: Option<&NoticeView>) {
        show(&self.node, view.is_some());
        let Some(view) = view else { return };
        set_text(&self.text, &localise(&view.words));
        show(&self.button.node, view.action.is_some());
        self.action.set(view.action.as_ref().map(|(_, action)| *action));
        if let Some((words, _)) = &view.action {
            self.button.rename(&localise(words));
        }
    }
}

/// The toast: the outcome of the last operation, with a button that undoes it.
pub(super) struct Toast {
    pub(super) node: HtmlElement,
    text: HtmlElement,
    undo: Button,
}

impl Toast {
    pub(super) fn new(send: &Send) -> Toast {
        let text = el("span");
        let undo =
            Button::text("quiet", &tr("button_undo"), sends(send, Msg::Context(app::context::Msg::Undo)));
        let node = el("div").class("toast").attr("role", "status").with(&[&text, &undo.node]);
        Toast { node, text, undo }
    }

    pub(super) fn show(&self, view: Option<&ToastView>) {
        show(&self.node, view.is_some());
        if let Some(toast) = view {
            set_text(&self.text, &localise(&toast.words));
            set_flag(&self.node, "data-bad", toast.bad);
            show(&self.undo.node, toast.undo);
        }
    }
}

/// Shows the sync status, with the exact time as a tooltip.
pub(super) fn show_status(node: &HtmlElement, status: &Status) {
    let (words, at) = match status {
        Status::Starting => (tr("status_starting"), None),
        Status::Saving => (tr("status_saving"), None),
        Status::Waiting => (tr("status_waiting"), None),
        Status::Alone => (tr("status_alone"), None),
        Status::Synced(at) => (tr_with("status_synced", &[&ago(*at)]), Some(*at)),
    };
    set_text(node, &words);
    set_attr(node, "title", at.map(full_time).as_deref());
}

//! The notice at the top of the sidebar, the toast, and the status line.

use std::cell::Cell;
use std::rc::Rc;

use baton_core::app;
use baton_core::app::Msg;
use baton_core::app::keys::Action;
use baton_core::app::notices::view::{Notice as NoticeView, NoticeAction, Status, ToastView};
use wasm_bindgen::JsCast;
use web_sys::{DomRect, HtmlElement, HtmlInputElement};

use super::widget::{Button, Send, keep_focus, sends, show, typed};
use crate::browser::i18n::{ago, full_time, localise, tr, tr_with};
use crate::dom::{Build, Listener, append, el, lengths, set_attr, set_flag, set_text, set_value};

/// The notice, with a button for its action.
pub(super) struct Notice {
    pub(super) node: HtmlElement,
    text: HtmlElement,
    field: HtmlElement,
    pub(super) name: HtmlInputElement,
    button: Button,
    action: Rc<Cell<Option<NoticeAction>>>,
    _typed: Listener,
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
                Some(NoticeAction::SaveName) => send(Msg::Person(app::person::Msg::Save)),
                Some(NoticeAction::Keys) => send(Msg::Key(Action::Help)),
                Some(NoticeAction::Attach) => send(Msg::Attachments(app::attachments::Msg::AttachWaiting)),
                None => {}
            })
        };
        let text = el("p");
        let name: HtmlInputElement = el("input").class("field").attr("maxlength", "40").unchecked_into();
        set_attr(&name, "aria-label", Some(&tr("person_name")));
        set_attr(&name, "placeholder", Some(&tr("person_name")));
        set_attr(&name, "autocomplete", Some("off"));
        let typed = typed(&name, send, |name| Msg::Person(app::person::Msg::Type(name)));
        let field = el("div").class("name-form");
        append(&field, &name);
        let node = el("div").class("notice").attr("role", "status").with(&[&text, &field, &button.node]);
        Notice { node, text, field, name, button, action, _typed: typed }
    }

    /// Enter in the field saves the name.
    pub(super) fn save_name(&self) {
        self.button.node.click();
    }

    pub(super) fn show(&mut self, view: Option<&NoticeView>) {
        show(&self.node, view.is_some());
        let Some(view) = view else { return };
        set_text(&self.text, &localise(&view.words));
        show(&self.field, view.name.is_some());
        set_value(&self.name, view.name.as_deref().unwrap_or_default());
        show(&self.button.node, view.action.is_some());
        self.action.set(view.action.as_ref().map(|(_, action)| *action));
        if let Some((words, _)) = &view.action {
            self.button.rename(&localise(words));
        }
    }
}

/// The toast: the outcome of the last operation, or what a colleague did. It stands over the conversation, so that it is
/// seen with a collapsed sidebar too.
pub(super) struct Toast {
    pub(super) node: HtmlElement,
    text: HtmlElement,
    open: Button,
    undo: Button,
    _keep: Listener,
}

impl Toast {
    pub(super) fn new(send: &Send) -> Toast {
        let text = el("span").attr("dir", "auto");
        let open = Button::text("quiet", &tr("button_open"), sends(send, Msg::OpenToast));
        let undo =
            Button::text("quiet", &tr("button_undo"), sends(send, Msg::Context(app::context::Msg::Undo)));
        let node = el("div").class("toast").attr("role", "status").with(&[&text, &open.node, &undo.node]);
        let keep = keep_focus(&node);
        Toast { node, text, open, undo, _keep: keep }
    }

    pub(super) fn show(&self, view: Option<&ToastView>) {
        show(&self.node, view.is_some());
        if let Some(toast) = view {
            set_text(&self.text, &localise(&toast.words));
            set_flag(&self.node, "data-bad", toast.bad);
            show(&self.open.node, toast.open);
            show(&self.undo.node, toast.undo);
        }
    }

    /// Places the toast over the lower inline-end corner of the conversation, above the footer and above `top`; without a
    /// conversation, beside the sidebar.
    pub(super) fn place(
        &self,
        footer: Option<&DomRect>,
        top: f64,
        viewport: (f64, f64),
        rtl: bool,
        aside: f64,
    ) {
        let (width, height) = viewport;
        let (inside, bottom) = match footer {
            Some(rect) if rtl => (rect.left(), height - rect.top().min(top)),
            Some(rect) => (width - rect.right(), height - rect.top().min(top)),
            None => (aside, 0.0),
        };
        let side = if rtl { "left" } else { "right" };
        set_attr(&self.node, "style", Some(&lengths(&[(side, inside + 16.0), ("bottom", bottom + 12.0)])));
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

//! The form that creates or edits a reply without leaving WhatsApp.

use std::cell::Cell;
use std::rc::Rc;

use baton_core::app;
use baton_core::app::Msg;
use baton_core::app::palette::view::EditorView;
use baton_core::app::palette::{Msg as In, Part};
use baton_core::id::ReplyId;
use baton_core::team::reply::{SHORTCUT_UNITS, TITLE_UNITS};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

use super::cut_off;
use crate::browser::i18n::{localise, tr};
use crate::dom::{Build, Listener, append, el, on, set_attr, set_text, set_value, value};
use crate::ui::icons::Icon;
use crate::ui::widget::{Button, Send, sends, show};

/// The form that creates or edits a reply.
pub(crate) struct Editor {
    pub(crate) node: HtmlElement,
    heading: HtmlElement,
    kept: HtmlElement,
    title: HtmlInputElement,
    shortcut: HtmlInputElement,
    pub(crate) body: HtmlTextAreaElement,
    problems: HtmlElement,
    pin: Button,
    /// The reply in the editor, for the pin.
    reply: Rc<Cell<Option<ReplyId>>>,
    _buttons: [Button; 4],
    _listeners: [Listener; 3],
}

impl Editor {
    pub(crate) fn new(send: &Send) -> Editor {
        let heading = el("h2");
        let drop = Button::text("quiet", &tr("palette_editor_drop"), sends(send, Msg::Palette(In::Drop)));
        let kept = el("div").class("kept hint").attr("role", "status");
        let kept = kept.with(&[&el("span").text(&tr("palette_editor_kept")), &drop.node]);
        let field = |tag: &str, name, most: Option<u32>| {
            let field = el(tag).attr("dir", "auto").attr("autocomplete", "off");
            set_attr(&field, "maxlength", most.map(|most| most.to_string()).as_deref());
            (field.clone(), el("label").class("labelled").with(&[&el("span").text(&tr(name)), &field]))
        };
        let (title, title_row) = field("input", "replies_title", Some(TITLE_UNITS));
        let (shortcut, shortcut_row) = field("input", "replies_shortcut", Some(SHORTCUT_UNITS));
        set_attr(&shortcut, "spellcheck", Some("false"));
        // The browser would cut pasted text silently. The model cuts it and shows a warning.
        let (body, body_row) = field("textarea", "replies_body", None);
        set_attr(&body, "rows", Some("5"));
        let typed =
            [(Part::Title, &title), (Part::Shortcut, &shortcut), (Part::Body, &body)].map(|(part, node)| {
                let (send, node) = (send.clone(), node.clone());
                on(&node.clone(), "input", move |_| {
                    send(Msg::Palette(In::Write(part, value(&node))));
                })
            });
        let problems = el("div").class("problems").attr("role", "status");
        let save = Button::text("primary", &tr("palette_editor_save"), sends(send, Msg::Palette(In::Save)));
        let back = Button::text("quiet", &tr("palette_form_back"), sends(send, Msg::Back));
        let desk = Button::text(
            "quiet",
            &tr("palette_editor_desk"),
            sends(send, Msg::Notices(app::notices::Msg::Desk)),
        );
        let reply = Rc::new(Cell::new(None));
        let pin = {
            let (send, reply) = (send.clone(), reply.clone());
            Button::text("quiet", &tr("palette_pin_for_all"), move || {
                if let Some(reply) = reply.get() {
                    send(Msg::Palette(In::PinForAll(reply)));
                }
            })
            .with_icon(Icon::Pin)
        };
        let row = el("div").class("row").with(&[&desk.node, &pin.node, &back.node, &save.node]);
        let narrow = el("div").class("pair").with(&[&title_row, &shortcut_row]);
        let node = el("div").class("form-page").attr("role", "form");
        set_attr(&node, "aria-label", Some(&tr("replies_edit")));
        let node = node.with(&[&heading, &kept, &narrow, &body_row, &problems, &row]);
        Editor {
            node,
            heading,
            kept,
            title: title.unchecked_into(),
            shortcut: shortcut.unchecked_into(),
            body: body.unchecked_into(),
            problems,
            pin,
            reply,
            _buttons: [save, back, desk, drop],
            _listeners: typed,
        }
    }

    pub(crate) fn show(&self, view: Option<&EditorView>) {
        show(&self.node, view.is_some());
        let Some(view) = view else { return };
        set_text(&self.heading, &tr(if view.is_new { "replies_new" } else { "replies_edit" }));
        show(&self.kept, view.kept);
        self.reply.set(Some(view.reply));
        show(&self.pin.node, view.pinned_for_all.is_some());
        self.pin.press(view.pinned_for_all == Some(true));
        set_value(&self.title, &view.title);
        set_value(&self.shortcut, &view.shortcut);
        if self.body.value() != view.body {
            self.body.set_value(&view.body);
        }
        self.problems.set_text_content(None);
        if view.cut {
            append(&self.problems, &el("p").text(&cut_off()));
        }
        for problem in &view.problems {
            append(&self.problems, &el("p").text(&localise(problem)));
        }
    }

    /// Whether a node is in the form.
    pub(crate) fn has(&self, node: &Element) -> bool {
        self.node.contains(Some(node))
    }
}

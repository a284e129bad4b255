//! The reply that is open: its fields, and how it reads when they are filled.

use std::cell::Cell;
use std::rc::Rc;

use baton_core::app::desk::view::OpenReply;
use baton_core::app::desk::{Field, Msg};
use baton_core::id::ReplyId;
use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTextAreaElement};

use super::field::{Input, labelled};
use super::{Send, arrow};
use crate::browser::i18n::{said, said_with, say};
use crate::ui::dom::{Build, append, el, on, set_attr, set_text};
use crate::ui::icons::Icon;
use crate::ui::palette::show_pieces;
use crate::ui::widget::{Button, sends, show};

/// The fields that a reply's text may have, and the messages that name them.
const FIELDS: [(&str, &str); 2] = [("{name}", "replies_field_name"), ("{agent}", "replies_field_agent")];

/// The form.
pub(crate) struct Editor {
    pub(crate) node: HtmlElement,
    id: Rc<Cell<Option<ReplyId>>>,
    up: Button,
    down: Button,
    pub(crate) title: Input,
    untitled: HtmlElement,
    shortcut: Input,
    clash: HtmlElement,
    body: Input,
    problems: HtmlElement,
    previews: HtmlElement,
    _buttons: Vec<Button>,
    _keys: EventListener,
}

impl Editor {
    pub(crate) fn new(send: &Send) -> Editor {
        let id = Rc::new(Cell::new(None));
        let act = |class, icon, name, msg: fn(ReplyId) -> Msg| {
            let (send, id) = (send.clone(), id.clone());
            Button::icon(class, icon, &said(name), move || {
                if let Some(id) = id.get() {
                    send(msg(id));
                }
            })
        };
        let up = act("", Icon::ChevronUp, "tags_up", |id| Msg::MoveReply(id, -1));
        let down = act("", Icon::ChevronDown, "tags_down", |id| Msg::MoveReply(id, 1));
        let delete = act("danger", Icon::Trash, "replies_delete", Msg::DeleteReply);
        let done = Button::text("", &said("tags_done"), sends(send, Msg::OpenReply(None)));
        let done = done.with_icon(Icon::Check);
        // It stands where it moves nothing when it goes away: under a hand that is about to press.
        let untitled = el("p").class("muted").text(&said("replies_untitled"));
        let head = el("div").class("row tools");
        let head = head.with(&[&untitled, &up.node, &down.node, &delete.node, &done.node]);

        let title = Input::new("input", Field::Title, 80, send);
        let shortcut = Input::new("input", Field::Shortcut, 40, send);
        set_attr(&shortcut.node, "spellcheck", Some("false"));
        let clash = el("p").class("clash").attr("role", "status");
        let body = Input::new("textarea", Field::Body, 4_000, send);
        set_attr(&body.node, "rows", Some("7"));
        let insert = FIELDS.map(|(field, name)| {
            let (send, area) = (send.clone(), body.node.clone());
            let label = format!("{} {field}", said(name));
            Button::text("quiet", &label, move || insert(&area, field, &send)).with_icon(Icon::Plus)
        });
        let fields = el("div").class("row").with(&insert.each_ref().map(|button| &button.node));
        let previews = el("dl").class("previews");
        let problems = el("div").class("problems").attr("role", "status");
        let preview_label = el("span").class("muted").text(&said("replies_preview"));
        let node = el("div").class("editor").attr("role", "group").with(&[
            &head,
            &labelled("replies_title", &title.node, None),
            &labelled("replies_shortcut", &shortcut.node, Some("replies_shortcut_hint")),
            &clash,
            &labelled("replies_body", &body.node, None),
            &fields,
            &problems,
            &preview_label,
            &previews,
        ]);
        set_attr(&node, "aria-label", Some(&said("replies_edit")));
        let keys = {
            let (send, id) = (send.clone(), id.clone());
            on(&node, "keydown", move |event| {
                if let (Some((forward, true)), Some(id)) = (arrow(event), id.get()) {
                    event.prevent_default();
                    send(Msg::MoveReply(id, if forward { 1 } else { -1 }));
                }
            })
        };
        let [name, agent] = insert;
        let buttons = vec![delete, done, name, agent];
        Editor {
            node,
            id,
            up,
            down,
            title,
            untitled,
            shortcut,
            clash,
            body,
            problems,
            previews,
            _buttons: buttons,
            _keys: keys,
        }
    }

    pub(crate) fn show(&self, view: Option<&OpenReply>) {
        show(&self.node, view.is_some());
        self.id.set(view.map(|view| view.id));
        let Some(view) = view else { return };
        self.title.show(&view.title);
        self.shortcut.show(&view.shortcut);
        self.body.show(&view.body);
        show(&self.untitled, view.untitled);
        show(&self.clash, view.clash.is_some());
        let clash = view.clash.as_ref().map(|title| said_with("replies_clash", &[title]));
        set_text(&self.clash, &clash.unwrap_or_default());
        set_attr(&self.up.node, "aria-disabled", (!view.moves.0).then_some("true"));
        set_attr(&self.down.node, "aria-disabled", (!view.moves.1).then_some("true"));
        self.previews.set_text_content(None);
        for (name, pieces) in &view.previews {
            let reads = el("p").class("preview").attr("dir", "auto");
            show_pieces(&reads, pieces);
            append(&self.previews, &el("dt").text(name).attr("dir", "auto"));
            append(&self.previews, &el("dd").with(&[&reads]));
        }
        self.problems.set_text_content(None);
        for problem in &view.problems {
            append(&self.problems, &el("p").text(&say(problem)));
        }
    }
}

/// Writes a field where the caret is.
fn insert(area: &HtmlElement, field: &str, send: &Send) {
    let Some(area) = area.dyn_ref::<HtmlTextAreaElement>() else { return };
    let (start, end) = (area.selection_start(), area.selection_end());
    let end_of_text = area.value().encode_utf16().count() as u32;
    let at = |place: Result<Option<u32>, _>| place.ok().flatten().unwrap_or(end_of_text);
    let (start, end) = (at(start), at(end));
    if area.set_range_text_with_start_and_end_and_mode(field, start, end, "end").is_ok() {
        send(Msg::Type(Field::Body, area.value()));
        let _ = area.focus();
    }
}

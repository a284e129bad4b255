//! The files that are attached to the open reply in this browser.

use std::cell::Cell;
use std::rc::Rc;

use baton_core::app::desk;
use baton_core::app::desk::Msg;
use baton_core::app::desk::replies::view::OpenReply;
use baton_core::id::ReplyId;
use baton_core::wire::FileNote;
use web_sys::HtmlElement;

use crate::browser::i18n::{number, tr, tr_with};
use crate::dom::{Build, append, el};
use crate::ui::desk::choose::{Choose, Purpose};
use crate::ui::desk::{Send, Take, text};
use crate::ui::icons::Icon;
use crate::ui::widget::{Button, show};

/// WhatsApp's limit for a picture, a video or a voice message, in bytes.
const MEDIA_BYTES: u32 = 16 << 20;

/// The list of files, and the button that attaches more.
pub(super) struct Attached {
    pub(super) node: HtmlElement,
    list: HtmlElement,
    add: Choose,
    later: HtmlElement,
    id: Rc<Cell<Option<ReplyId>>>,
    shown: Option<(ReplyId, Vec<FileNote>)>,
    removes: Vec<Button>,
    send: Send,
}

impl Attached {
    pub(super) fn new(send: &Send, take: &Take) -> Attached {
        let list = el("ul").class("attached");
        let add = Choose::new("replies_attached_add", "", Purpose::Attach, take);
        let later = text("small", "replies_attached_later").class("muted");
        let node = el("div")
            .class("labelled")
            .attr("role", "group")
            .attr("aria-label", &tr("replies_attached_title"));
        let node = node.with(&[
            &text("span", "replies_attached_title"),
            &list,
            &add.node,
            &later,
            &text("small", "replies_attached_hint"),
        ]);
        let id = Rc::default();
        Attached { node, list, add, later, id, shown: None, removes: vec![], send: send.clone() }
    }

    pub(super) fn show(&mut self, view: &OpenReply) {
        self.id.set(Some(view.id));
        show(&self.add.node, !view.untitled);
        show(&self.later, view.untitled);
        let now = Some((view.id, view.files.clone()));
        if self.shown == now {
            return;
        }
        self.shown = now;
        self.list.set_text_content(None);
        self.removes.clear();
        for file in &view.files {
            let name = el("bdi").text(&file.name);
            let size =
                el("span").class("muted").text(&tr_with("replies_attached_size", &[&tenths(file.size)]));
            let remove = {
                let (send, id, at) = (self.send.clone(), self.id.clone(), file.at);
                Button::icon("", Icon::X, &tr_with("replies_attached_remove", &[&file.name]), move || {
                    if let Some(id) = id.get() {
                        send(Msg::Replies(desk::replies::Msg::DropFile(id, at)));
                    }
                })
            };
            let line = el("li").with(&[&name, &size, &remove.node]);
            if file.size > MEDIA_BYTES && !is_document(&file.kind) {
                append(&line, &text("small", "replies_attached_large").class("clash"));
            }
            append(&self.list, &line);
            self.removes.push(remove);
        }
    }
}

fn is_document(kind: &str) -> bool {
    !["image/", "video/", "audio/"].iter().any(|it| kind.starts_with(it))
}

/// Formats a size in megabytes, rounded up to one decimal.
fn tenths(bytes: u32) -> String {
    let tenths = (u64::from(bytes) * 10).div_ceil(1 << 20);
    let (whole, rest) = (number((tenths / 10) as usize), tenths % 10);
    format!("{whole}.{rest}")
}

//! The editor of the open reply, with its preview.

use std::cell::Cell;
use std::rc::Rc;

use baton_core::app::desk::replies::Msg as Act;
use baton_core::app::desk::replies::view::OpenReply;
use baton_core::app::desk::{Field, Msg};
use baton_core::id::ReplyId;
use baton_core::team::reply::{SHORTCUT_UNITS, TITLE_UNITS};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

use super::attached::Attached;
use super::body::Body;
use super::chips::TagChips;
use super::versions::History;
use crate::browser::i18n::{tr, tr_with};
use crate::dom::{Build, Listener, append, el, on, set_attr, set_text};
use crate::ui::desk::field::{Choices, Input, labelled};
use crate::ui::desk::{Send, Take, arrow, text};
use crate::ui::icons::Icon;
use crate::ui::palette::show_pieces;
use crate::ui::widget::{Button, sends, show};

/// The editor of the open reply.
pub(crate) struct Editor {
    pub(crate) node: HtmlElement,
    id: Rc<Cell<Option<ReplyId>>>,
    up: Button,
    down: Button,
    archive: Button,
    back: Button,
    delete: Button,
    pub(crate) title: Input,
    untitled: HtmlElement,
    shortcut: Input,
    clash: HtmlElement,
    body: Body,
    previews: HtmlElement,
    folder: Input,
    folders: Choices,
    only: HtmlElement,
    tags: TagChips,
    owner: Owner,
    attached: Attached,
    history: History,
    _done: Button,
    _keys: Listener,
}

impl Editor {
    pub(crate) fn new(send: &Send, take: &Take) -> Editor {
        let id = Rc::new(Cell::new(None));
        let act = |msg: fn(ReplyId) -> Msg| {
            let (send, id) = (send.clone(), id.clone());
            move || {
                if let Some(id) = id.get() {
                    send(msg(id));
                }
            }
        };
        let up =
            Button::icon("", Icon::ChevronUp, &tr("button_up"), act(|id| Msg::Replies(Act::Move(id, -1))));
        let down =
            Button::icon("", Icon::ChevronDown, &tr("button_down"), act(|id| Msg::Replies(Act::Move(id, 1))));
        let archive = act(|id| Msg::Replies(Act::Archive(id, true)));
        let archive = Button::text("", &tr("replies_archive"), archive).with_icon(Icon::Archive);
        let back = act(|id| Msg::Replies(Act::Archive(id, false)));
        let back = Button::text("", &tr("replies_back"), back).with_icon(Icon::Undo);
        let delete = Button::icon(
            "danger",
            Icon::Trash,
            &tr("replies_delete"),
            act(|id| Msg::Replies(Act::Delete(id))),
        );
        let done = Button::text("", &tr("button_done"), sends(send, Msg::Replies(Act::Open(None))));
        let done = done.with_icon(Icon::Check);
        // The hint comes before the buttons, so that they do not move under the pointer when it disappears.
        let untitled = el("p").class("muted").text(&tr("replies_untitled"));
        let head = el("div").class("row tools");
        for part in [&untitled, &up.node, &down.node, &delete.node, &archive.node, &back.node, &done.node] {
            append(&head, part);
        }

        let title = Input::new("input", Field::Title, TITLE_UNITS, send);
        let shortcut = Input::new("input", Field::Shortcut, SHORTCUT_UNITS, send);
        set_attr(&shortcut.node, "spellcheck", Some("false"));
        let clash = el("p").class("clash").attr("role", "status");
        let body = Body::new(send);
        let previews = el("dl").class("previews");
        let folder = Input::new("input", Field::Folder, 80, send);
        let folders = Choices::new("folders-open", &folder);
        let tags = {
            let send = send.clone();
            TagChips::new(move |tag, on| send(Msg::Replies(Act::SetTag(tag, on))))
        };
        let only = el("div").class("labelled").attr("role", "group");
        let only = only.attr("aria-label", &tr("replies_only_in"));
        let only =
            only.with(&[&text("span", "replies_only_in"), &tags.node, &text("small", "replies_only_hint")]);
        let (owner, history) = (Owner::new(send), History::new(send));
        let attached = Attached::new(send, take);
        let node = el("div").class("editor").attr("role", "group").with(&[
            &head,
            &labelled("replies_title", &title.node, None),
            &labelled("replies_shortcut", &shortcut.node, Some("replies_shortcut_hint")),
            &clash,
            &body.node,
            &el("span").class("muted").text(&tr("replies_preview")),
            &previews,
            &labelled("replies_folder", &folder.node, None),
            &folders.node,
            &only,
            &owner.node,
            &attached.node,
            &history.node,
        ]);
        set_attr(&node, "aria-label", Some(&tr("replies_edit")));
        let keys = {
            let (send, id) = (send.clone(), id.clone());
            on(&node, "keydown", move |event| {
                if let (Some((forward, true)), Some(id)) = (arrow(event), id.get()) {
                    event.prevent_default();
                    send(Msg::Replies(Act::Move(id, if forward { 1 } else { -1 })));
                }
            })
        };
        Editor {
            node,
            id,
            up,
            down,
            archive,
            back,
            delete,
            title,
            untitled,
            shortcut,
            clash,
            body,
            previews,
            folder,
            folders,
            only,
            tags,
            owner,
            attached,
            history,
            _done: done,
            _keys: keys,
        }
    }

    pub(crate) fn show(&mut self, view: Option<&OpenReply>) {
        show(&self.node, view.is_some());
        self.id.set(view.map(|view| view.id));
        let Some(view) = view else { return };
        self.title.show(&view.title);
        self.shortcut.show(&view.shortcut);
        show(&self.untitled, view.untitled);
        show(&self.clash, view.clash.is_some());
        let clash = view.clash.as_ref().map(|title| tr_with("replies_clash", &[title]));
        set_text(&self.clash, &clash.unwrap_or_default());
        set_attr(&self.up.node, "aria-disabled", (!view.moves.0).then_some("true"));
        set_attr(&self.down.node, "aria-disabled", (!view.moves.1).then_some("true"));
        show(&self.archive.node, !view.untitled && !view.archived);
        show(&self.back.node, view.archived);
        show(&self.delete.node, view.untitled || view.archived);
        self.body.show(view);
        self.previews.set_text_content(None);
        for (name, pieces) in &view.previews {
            let reads = el("p").class("preview").attr("dir", "auto");
            show_pieces(&reads, pieces);
            append(&self.previews, &el("dt").text(name).attr("dir", "auto"));
            append(&self.previews, &el("dd").with(&[&reads]));
        }
        self.folder.show(&view.folder);
        self.folders.show(&view.folders);
        show(&self.only, !view.tags.is_empty());
        self.tags.show(&view.tags);
        self.owner.show(view.mine);
        self.attached.show(view);
        self.history.show(view);
    }

    /// The button that shows the earlier versions.
    pub(crate) fn versions(&self) -> HtmlElement {
        self.history.toggle.node.clone()
    }
}

/// The choice of a reply's owner.
struct Owner {
    node: HtmlElement,
    radios: [HtmlInputElement; 2],
    _change: Listener,
}

impl Owner {
    fn new(send: &Send) -> Owner {
        let choices = el("div").class("row");
        let radios = ["replies_scope_team", "replies_scope_mine"].map(|name| {
            let radio = el("input").attr("type", "radio").attr("name", "owner");
            append(&choices, &el("label").class("row check").with(&[&radio, &text("span", name)]));
            radio.unchecked_into::<HtmlInputElement>()
        });
        let node = el("div").class("labelled").attr("role", "radiogroup");
        let node = node.attr("aria-label", &tr("replies_owner"));
        let node =
            node.with(&[&text("span", "replies_owner"), &choices, &text("small", "replies_owner_hint")]);
        let change = {
            let (send, mine) = (send.clone(), radios[1].clone());
            on(&node, "change", move |_| send(Msg::Replies(Act::SetPersonal(mine.checked()))))
        };
        Owner { node, radios, _change: change }
    }

    fn show(&self, mine: Option<bool>) {
        show(&self.node, mine.is_some());
        let mine = mine.unwrap_or_default();
        for (radio, on) in self.radios.iter().zip([!mine, mine]) {
            if radio.checked() != on {
                radio.set_checked(on);
            }
        }
    }
}

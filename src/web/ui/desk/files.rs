//! Export, and import with a look at what it would change.

use std::rc::Rc;

use baton_core::app::desk::Msg;
use baton_core::app::desk::view::Import;
use baton_core::app::view::colour_name;
use baton_core::exchange::{Change, Content, Kind, Part};
use baton_core::words::Words;
use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

use super::{Send, text};
use crate::browser::i18n::{said, said_count, say};
use crate::ui::dom::{Build, append, el, on, set_attr, set_text};
use crate::ui::icons::{Icon, icon};
use crate::ui::widget::{Button, sends, show};

/// What happens to a file that was chosen.
pub(crate) type Take = Rc<dyn Fn(web_sys::File)>;

/// The section.
pub(crate) struct Files {
    pub(crate) node: HtmlElement,
    pub(crate) preview: HtmlElement,
    title: HtmlElement,
    counts: HtmlElement,
    strangers: HtmlElement,
    list: HtmlElement,
    shown: Option<Import>,
    apply: Button,
    cancel: Button,
    _export: Button,
    _chosen: EventListener,
}

impl Files {
    pub(crate) fn new(send: &Send, take: &Take) -> Files {
        let act = |class, name, msg| Button::text(class, &said(name), sends(send, msg));
        let export = act("", "files_export", Msg::Export).with_icon(Icon::Download);
        let out = el("div").class("card").with(&[
            &text("h2", "files_export_title"),
            &text("p", "files_export_text"),
            &export.node,
        ]);

        let file: HtmlInputElement =
            el("input").attr("type", "file").attr("accept", ".json,application/json").unchecked_into();
        let chosen = {
            let (take, file) = (take.clone(), file.clone());
            on(&file.clone(), "change", move |_| {
                let chosen = file.files().and_then(|files| files.get(0));
                // The same file may be chosen again.
                file.set_value("");
                if let Some(chosen) = chosen {
                    take(chosen);
                }
            })
        };
        let drop = el("label").class("drop");
        append(&drop, &icon(Icon::Upload, 20));
        append(&drop, &text("span", "files_choose"));
        append(&drop, &file);
        let into = el("div").class("card").with(&[
            &text("h2", "files_import_title"),
            &text("p", "files_import_text"),
            &drop,
        ]);

        let (title, counts) = (el("h2").attr("id", "import"), el("ul").class("counts"));
        let (strangers, list) = (el("p").class("muted"), el("ul").class("changes"));
        let (apply, cancel) =
            (act("primary", "files_apply", Msg::Apply), act("", "files_cancel", Msg::Cancel));
        let buttons = el("div").class("row sticky").with(&[&apply.node, &cancel.node]);
        let preview = el("div").class("card").attr("role", "region").attr("tabindex", "-1");
        set_attr(&preview, "aria-labelledby", Some("import"));
        let preview = preview.with(&[&title, &counts, &strangers, &list, &buttons]);
        let node = el("section").class("narrow").with(&[&preview, &out, &into]);
        Files {
            node,
            preview,
            title,
            counts,
            strangers,
            list,
            shown: None,
            apply,
            cancel,
            _export: export,
            _chosen: chosen,
        }
    }

    pub(crate) fn show(&mut self, view: &Import) {
        if self.shown.as_ref() == Some(view) {
            return;
        }
        self.shown = Some(view.clone());
        show(&self.preview, *view != Import::None);
        let (words, counts, strangers, list): (_, &[Words], _, &[Change]) = match view {
            Import::None => return,
            Import::Unusable(words) => (words.clone(), &[], 0, &[]),
            Import::NoChange { strangers } => (Words::plain("import_no_change"), &[], *strangers, &[]),
            Import::Changes { counts, changes } => {
                (Words::plain("import_title"), counts, changes.strangers, &changes.list)
            }
        };
        set_text(&self.title, &say(&words));
        self.counts.set_text_content(None);
        for count in counts {
            append(&self.counts, &el("li").text(&say(count)));
        }
        show(&self.strangers, strangers > 0);
        set_text(&self.strangers, &said_count("import_strangers", strangers));
        self.list.set_text_content(None);
        for change in list {
            append(&self.list, &line(change));
        }
        show(&self.apply.node, !list.is_empty());
        let cancel = if list.is_empty() { "close" } else { "files_cancel" };
        self.cancel.rename(&said(cancel));
    }
}

/// A thing that would differ: what it is called, and each part before and after.
fn line(change: &Change) -> HtmlElement {
    let kind = match change.kind {
        Kind::Tag => "import_tag",
        Kind::Reply => "import_reply",
        Kind::Member => "import_member",
    };
    let state = if change.is_new { "import_new" } else { "import_changed" };
    let head = el("div").class("row").with(&[
        &el("span").class("badge").attr("data-state", state).text(&said(state)),
        &el("span").class("muted").text(&said(kind)),
        &el("strong").attr("dir", "auto").text(&change.name),
    ]);
    let parts = el("dl");
    for difference in &change.differences {
        // A new thing is called what its name says, and an empty part of it says nothing.
        let is_name = matches!(difference.part, Part::Name | Part::Title);
        let is_empty = difference.after == Content::Text(String::new());
        if change.is_new && (is_name || is_empty) {
            continue;
        }
        let value = el("dd");
        if !change.is_new {
            append(&value, &content("del", &difference.before));
            append(&value, &el("span").class("to").attr("aria-hidden", "true").text("→"));
        }
        append(&value, &content("ins", &difference.after));
        append(&parts, &text("dt", part_name(difference.part)));
        append(&parts, &value);
    }
    el("li").with(&[&head, &parts])
}

fn content(tag: &str, content: &Content) -> HtmlElement {
    match content {
        Content::Text(text) if text.is_empty() => el(tag).class("none").text(&said("import_empty")),
        Content::Text(text) => el(tag).attr("dir", "auto").text(text),
        Content::Colour(colour) => {
            let dot = el("span").class("dot").attr("data-colour", colour.name());
            el(tag).with(&[&dot, &text("span", colour_name(*colour))])
        }
    }
}

fn part_name(part: Part) -> &'static str {
    match part {
        Part::Name => "import_name",
        Part::Initials => "me_initials",
        Part::Colour => "tags_colour",
        Part::Title => "replies_title",
        Part::Shortcut => "replies_shortcut",
        Part::Body => "replies_body",
    }
}

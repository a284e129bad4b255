//! Export, and import with a look at what it would change.

use baton_core::app::desk::Msg;
use baton_core::app::desk::view::Import;
use baton_core::exchange::{Change, Content, Kind, Part as Of};
use baton_core::words::Words;
use web_sys::HtmlElement;

use super::change::{Part, change};
use super::choose::{Choose, Purpose};
use super::{Send, Take, card, text};
use crate::browser::i18n::{said, said_count, say};
use crate::ui::dom::{Build, append, el, set_attr, set_text};
use crate::ui::icons::Icon;
use crate::ui::widget::{Button, sends, show};

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
    _choose: Choose,
}

impl Files {
    pub(crate) fn new(send: &Send, take: &Take) -> Files {
        let act = |class, name, msg| Button::text(class, &said(name), sends(send, msg));
        let export = act("", "files_export", Msg::Export).with_icon(Icon::Download);
        let out = card("files_export_title").with(&[&text("p", "files_export_text"), &export.node]);
        let choose = Choose::new("files_choose", ".json,application/json", Purpose::Import, take);
        let into = card("files_import_title").with(&[&text("p", "files_import_text"), &choose.node]);

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
            _choose: choose,
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
fn line(it: &Change) -> HtmlElement {
    let kind = match it.kind {
        Kind::Tag => "import_tag",
        Kind::Reply => "import_reply",
        Kind::Field => "import_field",
        Kind::Member => "import_member",
    };
    let state = if it.is_new { "import_new" } else { "import_changed" };
    // A new thing is called what its name says, and an empty part of it says nothing.
    let told = it.differences.iter().filter(|part| {
        let is_name = matches!(part.part, Of::Name | Of::Title);
        !(it.is_new && (is_name || part.after == Content::Text(String::new())))
    });
    let parts = told.map(|part| Part {
        name: part_name(part.part),
        before: (!it.is_new).then_some(&part.before),
        after: &part.after,
    });
    change(Some(state), kind, &it.name, parts)
}

fn part_name(part: Of) -> &'static str {
    match part {
        Of::Name => "import_name",
        Of::Initials => "me_initials",
        Of::Colour => "tags_colour",
        Of::Title => "replies_title",
        Of::Shortcut => "replies_shortcut",
        Of::Body => "replies_body",
        Of::Folder => "replies_folder",
        Of::Tags => "replies_only_in",
        Of::Owner => "replies_owner",
        Of::Archived => "replies_archived",
        Of::Value => "fields_value",
    }
}

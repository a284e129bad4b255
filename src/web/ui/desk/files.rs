//! The section of export and import, with the preview of an import.

use baton_core::app::desk;
use baton_core::app::desk::Msg;
use baton_core::app::desk::files::Format;
use baton_core::app::desk::files::view::{ImportView, SkippedView};
use baton_core::team::describe::Content;
use baton_core::team_file::{Change, Kind, Part as Of};
use baton_core::words::Words;
use web_sys::HtmlElement;

use super::change::{Part, change};
use super::choose::{Choose, Purpose};
use super::{Send, Take, card, fill, text};
use crate::browser::i18n::{localise, tr, tr_count, tr_with};
use crate::dom::{Build, append, el, set_attr, set_text};
use crate::ui::icons::Icon;
use crate::ui::widget::{Button, sends, show};

/// The section of the files.
pub(crate) struct Files {
    pub(crate) node: HtmlElement,
    pub(crate) preview: HtmlElement,
    title: HtmlElement,
    counts: HtmlElement,
    strangers: HtmlElement,
    unknown: HtmlElement,
    list: HtmlElement,
    skipped_title: HtmlElement,
    skipped: HtmlElement,
    more: HtmlElement,
    progress: HtmlElement,
    bar: HtmlElement,
    shown: Option<ImportView>,
    apply: Button,
    cancel: Button,
    _export: [Button; 3],
    _choose: Choose,
}

impl Files {
    pub(crate) fn new(send: &Send, take: &Take) -> Files {
        let act = |class, name, msg| Button::text(class, &tr(name), sends(send, msg));
        let export = act("", "files_export", Msg::Files(desk::files::Msg::Export)).with_icon(Icon::Download);
        let table = act("", "files_export_csv", Msg::Files(desk::files::Msg::ExportReplies(Format::Csv)));
        let espanso =
            act("", "files_export_espanso", Msg::Files(desk::files::Msg::ExportReplies(Format::Espanso)));
        let others = el("div").class("row").with(&[&table.node, &espanso.node]);
        let out = card("files_export_title").with(&[
            &text("p", "files_export_text"),
            &export.node,
            &text("p", "files_export_others"),
            &others,
        ]);
        let kinds = ".json,.csv,.tsv,.yml,.yaml,application/json,text/csv";
        let choose = Choose::new("files_choose", kinds, Purpose::Import, take);
        let into = card("files_import_title").with(&[&text("p", "files_import_text"), &choose.node]);

        let (title, counts) = (el("h2").attr("id", "import"), el("ul").class("counts"));
        let (strangers, unknown) = (el("p").class("muted"), el("p").attr("dir", "auto"));
        let list = el("ul").class("changes");
        let (apply, cancel) = (
            act("primary", "files_apply", Msg::Files(desk::files::Msg::Apply)),
            act("", "files_cancel", Msg::Files(desk::files::Msg::Cancel)),
        );
        let bar = el("div").class("bar");
        let progress = el("div").class("meter").attr("role", "progressbar").with(&[&bar]);
        set_attr(&progress, "aria-label", Some(&tr("import_reading")));
        let skipped_title = el("h3");
        let (skipped, more) = (el("ul").class("left"), el("p").class("muted"));
        let buttons = el("div").class("row sticky").with(&[&apply.node, &cancel.node]);
        let preview = el("div").class("card").attr("role", "region").attr("tabindex", "-1");
        set_attr(&preview, "aria-labelledby", Some("import"));
        let preview = preview.with(&[
            &title,
            &progress,
            &counts,
            &strangers,
            &unknown,
            &skipped_title,
            &skipped,
            &more,
            &list,
            &buttons,
        ]);
        let node = el("section").class("narrow").with(&[&preview, &out, &into]);
        Files {
            node,
            preview,
            title,
            counts,
            strangers,
            unknown,
            list,
            skipped_title,
            skipped,
            more,
            progress,
            bar,
            shown: None,
            apply,
            cancel,
            _export: [export, table, espanso],
            _choose: choose,
        }
    }

    pub(crate) fn show(&mut self, view: &ImportView) {
        if self.shown.as_ref() == Some(view) {
            return;
        }
        self.shown = Some(view.clone());
        show(&self.preview, *view != ImportView::None);
        let mut shown = Shown::default();
        match view {
            ImportView::None => return,
            ImportView::Reading(hundredths) => {
                shown.title = Words::plain("import_reading");
                set_attr(&self.progress, "aria-valuenow", Some(&hundredths.to_string()));
                fill(&self.bar, *hundredths, 100);
            }
            ImportView::Unusable(words) => shown.title = words.clone(),
            ImportView::Read { counts, changes, skipped, more } => {
                if changes.list.is_empty() {
                    shown.title = Words::plain("import_no_change");
                }
                shown.counts = counts;
                (shown.strangers, shown.unknown) = (changes.strangers, &changes.unknown_tags);
                shown.list = &changes.list;
                (shown.skipped, shown.more) = (skipped, *more);
            }
        }
        let reads = matches!(view, ImportView::Reading(_));
        show(&self.progress, reads);
        set_text(&self.title, &localise(&shown.title));
        self.counts.set_text_content(None);
        for count in shown.counts {
            append(&self.counts, &el("li").text(&localise(count)));
        }
        show(&self.strangers, shown.strangers > 0);
        set_text(&self.strangers, &tr_count("import_strangers", shown.strangers));
        show(&self.unknown, !shown.unknown.is_empty());
        set_text(&self.unknown, &tr_with("import_unknown_tags", &[&shown.unknown.join(", ")]));
        let skipped = shown.skipped.len() + shown.more;
        show(&self.skipped_title, skipped > 0);
        set_text(&self.skipped_title, &tr_count("import_left_out", skipped));
        self.skipped.set_text_content(None);
        for it in shown.skipped {
            append(&self.skipped, &skipped_line(it));
        }
        show(&self.more, shown.more > 0);
        set_text(&self.more, &tr_count("import_more", shown.more));
        self.list.set_text_content(None);
        for change in shown.list {
            append(&self.list, &line(change));
        }
        show(&self.apply.node, !shown.list.is_empty());
        let cancel = if shown.list.is_empty() && !reads { "button_close" } else { "files_cancel" };
        self.cancel.rename(&tr(cancel));
    }
}

/// The data of the preview.
struct Shown<'a> {
    title: Words,
    counts: &'a [Words],
    strangers: usize,
    unknown: &'a [String],
    list: &'a [Change],
    skipped: &'a [SkippedView],
    more: usize,
}

impl Default for Shown<'_> {
    fn default() -> Self {
        let title = Words::plain("import_title");
        Shown { title, counts: &[], strangers: 0, unknown: &[], list: &[], skipped: &[], more: 0 }
    }
}

/// The list item of something that can't be imported: its line, its name, and the reason.
fn skipped_line(it: &SkippedView) -> HtmlElement {
    let place = el("span").class("muted").text(&tr_with("import_line", &[&it.line.to_string()]));
    let name = el("strong").attr("dir", "auto").text(&it.name);
    let why = el("span").text(&localise(&it.why));
    let node = el("li").with(&[&place, &name, &why]);
    if it.taken {
        append(&node, &text("span", "import_taken").class("badge"));
    }
    node
}

/// The list item of a change: the name of the thing, and each part before and after.
fn line(it: &Change) -> HtmlElement {
    let kind = match it.kind {
        Kind::Tag => "import_tag",
        Kind::Reply => "import_reply",
        Kind::Field => "import_field",
        Kind::Member => "import_member",
    };
    let state = if it.is_new { "import_new" } else { "import_changed" };
    // The heading already shows a new thing's name, and its empty parts are left out.
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

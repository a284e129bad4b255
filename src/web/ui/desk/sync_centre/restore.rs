//! Backups: saving one, and restoring one after a preview.

use baton_core::app::desk::Msg;
use baton_core::app::desk::sync_centre::view::{Listed, Restore as View, Shown};
use baton_core::app::desk::sync_centre::{Msg as SyncCentre, Of};
use baton_core::restore::{Kind, Line};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

use crate::browser::i18n::{day, full_time, localise, tr, tr_count, tr_with};
use crate::dom::{Build, Listener, append, el, on, set_attr, set_text};
use crate::ui::desk::change::{Part, change};
use crate::ui::desk::choose::{Choose, Purpose};
use crate::ui::desk::{Send, Take, card, text};
use crate::ui::icons::Icon;
use crate::ui::widget::{Button, sends, show};

/// The card of the backups, and the preview above it.
pub(super) struct Restore {
    pub(super) node: HtmlElement,
    pub(super) preview: HtmlElement,
    title: HtmlElement,
    missing: Group,
    none: HtmlElement,
    changed: Group,
    with: HtmlInputElement,
    left_out: HtmlElement,
    merged: HtmlElement,
    apply: Button,
    cancel: Button,
    shown: Option<View>,
    days: HtmlElement,
    day_buttons: Vec<Button>,
    copies: Vec<u32>,
    send: Send,
    _save: Button,
    _choose: Choose,
    _with: Listener,
}

impl Restore {
    pub(super) fn new(send: &Send, take: &Take) -> Restore {
        let act = |class, name, msg| Button::text(class, &tr(name), sends(send, Msg::SyncCentre(msg)));
        let save = act("", "sync_centre_backup_save", SyncCentre::Backup).with_icon(Icon::Download);
        let choose =
            Choose::new("sync_centre_restore_choose", ".json,application/json", Purpose::Backup, take);
        let days = el("div").class("row");

        let title = el("h3").attr("id", "restore");
        let with: HtmlInputElement = el("input").attr("type", "checkbox").unchecked_into();
        let check = el("label").class("row check").with(&[&with, &text("span", "sync_centre_restore_with")]);
        let none = text("p", "sync_centre_restore_none").class("empty");
        let missing = Group::new("sync_centre_restore_missing", &none);
        let changed = Group::new("sync_centre_restore_changed", &check);
        let listener = {
            let (send, with) = (send.clone(), with.clone());
            on(&with.clone(), "change", move |_| {
                send(Msg::SyncCentre(SyncCentre::WithChanged(with.checked())))
            })
        };
        let left_out = el("p").class("muted");
        let merged = text("p", "sync_centre_restore_merged").class("muted");
        let (apply, cancel) = (
            act("primary", "sync_centre_restore_apply", SyncCentre::Restore),
            act("", "button_cancel", SyncCentre::Cancel),
        );
        let buttons = el("div").class("row sticky").with(&[&apply.node, &cancel.node]);
        let preview = el("div").class("restore").attr("role", "region").attr("tabindex", "-1");
        set_attr(&preview, "aria-labelledby", Some("restore"));
        let preview = preview.with(&[&title, &missing.node, &changed.node, &left_out, &merged, &buttons]);
        let node = card("sync_centre_backup_title").class("card backup").with(&[
            &text("p", "sync_centre_backup_text"),
            &save.node,
            &text("h3", "sync_centre_restore_title"),
            &choose.node,
            &days,
            &preview,
        ]);
        Restore {
            node,
            preview,
            title,
            missing,
            none,
            changed,
            with,
            left_out,
            merged,
            apply,
            cancel,
            shown: None,
            days,
            day_buttons: Vec::new(),
            copies: Vec::new(),
            send: send.clone(),
            _save: save,
            _choose: choose,
            _with: listener,
        }
    }

    pub(super) fn show(&mut self, view: &Shown) {
        show(&self.days, !view.copies.is_empty());
        if self.copies != view.copies {
            self.copies = view.copies.clone();
            self.days.set_text_content(None);
            append(&self.days, &text("span", "sync_centre_restore_days"));
            let button = |copy: &u32| {
                Button::text("", &day(*copy), sends(&self.send, Msg::SyncCentre(SyncCentre::Day(*copy))))
            };
            self.day_buttons = self.copies.iter().map(button).collect();
            for button in &self.day_buttons {
                append(&self.days, &button.node);
            }
        }
        show(&self.preview, view.restore.is_some());
        if self.shown != view.restore {
            self.shown = view.restore.clone();
            if let Some(view) = &view.restore {
                self.preview(view);
            }
        }
    }

    fn preview(&mut self, view: &View) {
        let none = Listed::default();
        let (title, missing, changed, with_changed, out) = match view {
            View::Refused(words) => (localise(words), &none, &none, false, 0),
            View::Preview { of, missing, changed, with_changed, left_out } => {
                let of = match of {
                    Of::Moment(at) => full_time(*at),
                    Of::Day(copy) => day(*copy),
                };
                (tr_with("sync_centre_restore_of", &[&of]), missing, changed, *with_changed, *left_out)
            }
        };
        set_text(&self.title, &title);
        let refused = matches!(view, View::Refused(_));
        self.missing.show(missing, !refused);
        show(&self.none, missing.lines.is_empty());
        self.changed.show(changed, !changed.lines.is_empty());
        self.with.set_checked(with_changed);
        show(&self.left_out, out > 0);
        set_text(&self.left_out, &tr_count("sync_centre_restore_left_out", out));
        show(&self.merged, !refused);
        let changes = !missing.lines.is_empty() || with_changed;
        show(&self.apply.node, changes);
        self.cancel.rename(&tr(if changes { "button_cancel" } else { "button_close" }));
    }
}

/// A group of changes: a heading, the counts, and the first changes.
struct Group {
    node: HtmlElement,
    counts: HtmlElement,
    list: HtmlElement,
    more: HtmlElement,
}

impl Group {
    fn new(title: &'static str, below: &HtmlElement) -> Group {
        let (counts, list) = (el("ul").class("counts"), el("ul").class("changes"));
        let more = el("p").class("muted");
        let node = el("div").class("group").with(&[&text("h4", title), &counts, below, &list, &more]);
        Group { node, counts, list, more }
    }

    fn show(&self, view: &Listed, shown: bool) {
        show(&self.node, shown);
        self.counts.set_text_content(None);
        for count in &view.counts {
            append(&self.counts, &el("li").text(&localise(count)));
        }
        self.list.set_text_content(None);
        for it in &view.lines {
            append(&self.list, &line(it));
        }
        show(&self.more, view.more > 0);
        set_text(&self.more, &tr_count("sync_centre_restore_more", view.more));
    }
}

fn line(line: &Line) -> HtmlElement {
    let kind = match line.kind {
        Kind::Tag => "import_tag",
        Kind::Reply => "import_reply",
        Kind::Field => "import_field",
        Kind::Member => "import_member",
        Kind::Chat => "sync_centre_restore_chat",
        Kind::Setting => "register_setting",
    };
    let parts =
        line.facts.iter().map(|it| Part { name: it.name, before: Some(&it.before), after: &it.after });
    change(None, kind, &line.name, parts)
}

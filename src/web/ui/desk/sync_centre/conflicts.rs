//! The card of the conflicts: registers that two people wrote concurrently within the last day.

use baton_core::app::desk::sync_centre::view::Conflict;
use web_sys::HtmlElement;

use crate::browser::i18n::{ago, full_time};
use crate::dom::{Build, append, el};
use crate::ui::desk::change::content;
use crate::ui::desk::{card, text};
use crate::ui::widget::show;

/// The card of the conflicts.
pub(super) struct Conflicts {
    pub(super) node: HtmlElement,
    none: HtmlElement,
    list: HtmlElement,
    shown: Vec<(Conflict, String)>,
}

impl Conflicts {
    pub(super) fn new() -> Conflicts {
        let none = text("p", "sync_centre_conflicts_none").class("empty");
        let list = el("ul").class("changes");
        let node = card("sync_centre_conflicts_title").class("card conflicts").with(&[&none, &list]);
        Conflicts { node, none, list, shown: Vec::new() }
    }

    pub(super) fn show(&mut self, view: &[Conflict]) {
        show(&self.none, view.is_empty());
        show(&self.list, !view.is_empty());
        let told: Vec<_> = view.iter().map(|it| (it.clone(), ago(it.at))).collect();
        if told == self.shown {
            return;
        }
        self.list.set_text_content(None);
        for (it, ago) in &told {
            let head = el("div").class("row").with(&[
                &text("strong", it.fact),
                &el("bdi").text(&it.about),
                &el("span").class("muted").attr("title", &full_time(it.at)).text(ago),
            ]);
            let parts = el("dl").with(&[
                &text("dt", "sync_centre_conflict_kept"),
                &el("dd").with(&[&content("ins", &it.kept)]),
                &text("dt", "sync_centre_conflict_lost"),
                &el("dd").with(&[&content("del", &it.lost)]),
            ]);
            append(&self.list, &el("li").with(&[&head, &parts]));
        }
        self.shown = told;
    }
}

//! The card that appears when there is little room left: what happened, which data are safe, and what helps.

use baton_core::app::desk::sync_centre::Msg as SyncCentre;
use baton_core::app::desk::sync_centre::view::Shown;
use baton_core::app::desk::{Field, Msg};
use web_sys::HtmlElement;

use crate::browser::i18n::{tr, tr_count};
use crate::dom::{Build, el, set_attr, set_text};
use crate::ui::desk::field::{Input, labelled};
use crate::ui::desk::{Send, text};
use crate::ui::widget::{Button, sends, show};

/// The card, which is shown only when there is little room.
pub(super) struct RoomCard {
    pub(super) node: HtmlElement,
    title: HtmlElement,
    days: Input,
    tidying: HtmlElement,
    needless: HtmlElement,
    _archive: Button,
    _tidy: Button,
}

impl RoomCard {
    pub(super) fn new(send: &Send) -> RoomCard {
        let act = |name, msg| Button::text("", &tr(name), sends(send, Msg::SyncCentre(msg)));
        let title = el("h2");
        let days = Input::new("input", Field::Days, 4, send);
        set_attr(&days.node, "class", Some("field short"));
        set_attr(&days.node, "inputmode", Some("numeric"));
        let (archive, tidy) = (
            act("sync_centre_room_archive", SyncCentre::Archive),
            act("sync_centre_room_tidy", SyncCentre::Tidy),
        );
        let archiving = el("li").with(&[
            &text("p", "sync_centre_room_archive_text"),
            &el("div")
                .class("row end")
                .with(&[&labelled("sync_centre_room_days", &days.node, None), &archive.node]),
        ]);
        let needless = el("p");
        let tidying = el("li").with(&[&needless, &tidy.node]);
        let ways =
            el("ul").class("ways").with(&[&archiving, &tidying, &text("li", "sync_centre_room_retire")]);
        let node = el("div").class("card alert");
        let node = node.with(&[
            &title,
            &text("p", "sync_centre_room_safe"),
            &text("p", "sync_centre_room_do"),
            &ways,
        ]);
        RoomCard { node, title, days, tidying, needless, _archive: archive, _tidy: tidy }
    }

    pub(super) fn show(&self, view: &Shown) {
        show(&self.node, view.room.is_some());
        let Some(room) = &view.room else { return };
        set_text(
            &self.title,
            &tr(if room.full { "sync_centre_room_full" } else { "sync_centre_room_little" }),
        );
        self.days.show(&room.days);
        show(&self.tidying, room.needless > 0);
        set_text(&self.needless, &tr_count("sync_centre_room_needless", room.needless));
    }
}

//! The section of the team: its members, and the person's own name, initials and colour.

use baton_core::app::desk;
use baton_core::app::desk::me::view::Me as View;
use baton_core::app::desk::team::view::MemberRow;
use baton_core::app::desk::{Field, Msg};
use web_sys::HtmlElement;

use super::field::{Input, Swatches, labelled};
use super::team::Team;
use super::{Send, card, text};
use crate::browser::i18n::tr;
use crate::dom::{Build, append, el, set_attr, set_text};
use crate::ui::widget::{show, show_chip};

/// The section of the person's profile.
pub(crate) struct Me {
    pub(crate) node: HtmlElement,
    team: Team,
    name: Input,
    initials: Input,
    colours: Swatches,
    seen: HtmlElement,
    chip: HtmlElement,
    shown_name: HtmlElement,
}

impl Me {
    pub(crate) fn new(send: &Send) -> Me {
        let name = Input::new("input", Field::MyName, 40, send);
        let initials = Input::new("input", Field::MyInitials, 3, send);
        set_attr(&initials.node, "class", Some("field short"));
        let colours = {
            let send = send.clone();
            Swatches::new("me", move |colour| send(Msg::Me(desk::me::Msg::Colour(colour))))
        };
        let (chip, shown_name) = (el("span"), el("bdi"));
        let seen = el("p").class("seen").with(&[
            &el("span").class("muted").text(&tr("me_seen")),
            &chip,
            &shown_name,
        ]);
        let colour = el("div").class("labelled").with(&[&text("span", "tags_colour"), &colours.node]);
        let team = Team::new(send);
        let node = card("desk_me_own").class("card narrow").with(&[
            &labelled("me_name", &name.node, Some("me_name_hint")),
            &labelled("me_initials", &initials.node, Some("me_initials_hint")),
            &colour,
            &seen,
        ]);
        append(&node, &el("p").class("muted").text(&tr("me_saved")));
        let node = el("section").with(&[&team.node, &node]);
        Me { node, team, name, initials, colours, seen, chip, shown_name }
    }

    pub(crate) fn show(&mut self, view: &View, members: &[MemberRow]) {
        self.team.show(members);
        self.name.show(&view.name);
        self.initials.show(&view.initials);
        set_attr(&self.initials.node, "placeholder", Some(&view.derived));
        self.colours.show(view.colour);
        show(&self.seen, view.chip.is_some());
        if let Some(chip) = &view.chip {
            show_chip(&self.chip, chip);
            set_text(&self.shown_name, &chip.name);
        }
    }
}

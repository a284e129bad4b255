//! The card with the members of the team: what each holds, and moving all of a member's chats.

use std::cell::RefCell;
use std::rc::Rc;

use baton_core::app::desk;
use baton_core::app::desk::Msg;
use baton_core::app::desk::team::view::MemberRow;
use baton_core::id::MemberId;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlSelectElement};

use super::{Send, card, text};
use crate::browser::i18n::{ago, full_time, number, tr, tr_with};
use crate::dom::list::{Row, Rows};
use crate::dom::{Build, Listener, append, el, on, set_attr, set_text};
use crate::ui::widget::{show, show_chip};

/// The card of the members.
pub(super) struct Team {
    pub(super) node: HtmlElement,
    table: HtmlElement,
    empty: HtmlElement,
    rows: Rows<MemberId, Line>,
    send: Send,
}

impl Team {
    pub(super) fn new(send: &Send) -> Team {
        // Roles are explicit, because a table that CSS lays out as blocks loses its implicit roles.
        let titles = ["team_member", "team_holds", "team_oldest", "team_seen", "team_move"];
        let titles = titles.map(|name| text("th", name).attr("role", "columnheader").attr("scope", "col"));
        let head = el("tr").attr("role", "row").with(&titles.each_ref());
        let head = el("thead").attr("role", "rowgroup").with(&[&head]);
        let body = el("tbody").attr("role", "rowgroup");
        let table = el("table").attr("role", "table").with(&[&head, &body]);
        set_attr(&table, "aria-label", Some(&tr("team_title")));
        let empty = text("p", "team_empty").class("muted");
        let node = card("team_title").class("card team").with(&[&table, &empty]);
        Team { node, table, empty, rows: Rows::new(&body), send: send.clone() }
    }

    pub(super) fn show(&mut self, members: &[MemberRow]) {
        show(&self.table, !members.is_empty());
        show(&self.empty, members.is_empty());
        let send = &self.send;
        self.rows.show(members, |it| it.id, |it| Line::new(it.id, send), |line, it| line.show(it));
    }
}

/// The row of a member.
struct Line {
    node: HtmlElement,
    chip: HtmlElement,
    name: HtmlElement,
    here: HtmlElement,
    holds: HtmlElement,
    oldest: HtmlElement,
    seen: HtmlElement,
    to: HtmlSelectElement,
    others: Rc<RefCell<Vec<(MemberId, String)>>>,
    _picked: Listener,
}

impl Row for Line {
    fn node(&self) -> &HtmlElement {
        &self.node
    }
}

impl Line {
    fn new(id: MemberId, send: &Send) -> Line {
        let (chip, name) = (el("span"), el("bdi"));
        let here = text("span", "team_you").class("badge");
        let who = el("th").attr("role", "rowheader").attr("scope", "row").with(&[&chip, &name, &here]);
        let cell = |name: &'static str| el("td").attr("role", "cell").attr("data-label", &tr(name));
        let (holds, oldest, seen) = (cell("team_holds"), cell("team_oldest"), cell("team_seen"));
        let to: HtmlSelectElement = el("select").class("field short").unchecked_into();
        let others: Rc<RefCell<Vec<(MemberId, String)>>> = Rc::default();
        let picked = {
            let (send, others, to) = (send.clone(), others.clone(), to.clone());
            on(&to.clone(), "change", move |_| {
                // The first option is the title.
                let at = usize::try_from(to.selected_index()).ok().and_then(|at| at.checked_sub(1));
                let member = at.and_then(|at| Some(others.borrow().get(at)?.0));
                to.set_selected_index(0);
                if let Some(member) = member {
                    send(Msg::Team(desk::team::Msg::MoveAll { from: id, to: member }));
                }
            })
        };
        let move_all = cell("team_move");
        append(&move_all, &to);
        let node = el("tr").attr("role", "row").with(&[&who, &holds, &oldest, &seen, &move_all]);
        Line { node, chip, name, here, holds, oldest, seen, to, others, _picked: picked }
    }

    fn show(&mut self, view: &MemberRow) {
        show_chip(&self.chip, &view.chip);
        set_text(&self.name, &view.chip.name);
        show(&self.here, view.is_me);
        set_text(&self.holds, &number(view.holds));
        for (cell, at) in [(&self.oldest, view.oldest), (&self.seen, view.seen)] {
            set_text(cell, &at.map_or_else(|| "–".to_owned(), ago));
            set_attr(cell, "title", at.map(full_time).as_deref());
        }
        show(&self.to, view.holds > 0 && !view.others.is_empty());
        set_attr(&self.to, "aria-label", Some(&tr_with("team_move_all", &[&view.chip.name])));
        if *self.others.borrow() != view.others || self.to.length() == 0 {
            self.to.set_text_content(None);
            append(&self.to, &el("option").text(&tr("team_move_to")));
            for (_, name) in &view.others {
                append(&self.to, &el("option").text(name));
            }
            self.others.replace(view.others.clone());
        }
    }
}

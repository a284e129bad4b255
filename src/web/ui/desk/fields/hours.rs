//! The team's working hours, and its promised answer time in working minutes.

use std::cell::RefCell;
use std::rc::Rc;

use core::ops::Range;

use baton_core::app::desk::Field;
use baton_core::app::desk::fields::view::{Days, Fields as View};
use web_sys::HtmlElement;

use crate::browser::i18n::{localise, tr, tr_with, weekday};
use crate::dom::{Build, append, el, set_attr, set_state, set_text};
use crate::ui::desk::field::{Input, labelled, select};
use crate::ui::desk::{Send, card};
use crate::ui::icons::Icon;
use crate::ui::widget::{Button, show};

/// The card of the working hours and the promised answer time.
pub(super) struct Hours {
    pub(super) node: HtmlElement,
    hours: Input,
    trouble: Button,
    place: Rc<RefCell<Range<usize>>>,
    always: HtmlElement,
    week: HtmlElement,
    shown: Vec<Days>,
    promise: Input,
    slip: HtmlElement,
    due: HtmlElement,
}

impl Hours {
    pub(super) fn new(send: &Send) -> Hours {
        let hours = Input::new("input", Field::Hours, 400, send);
        set_attr(&hours.node, "placeholder", Some("1-5 09:00-12:30 13:30-18:00; 6 10:00-14:00"));
        set_attr(&hours.node, "spellcheck", Some("false"));
        set_attr(&hours.node, "dir", Some("ltr"));
        let place = Rc::new(RefCell::new(0..0));
        let trouble = {
            let (place, field) = (place.clone(), hours.node.clone());
            let press = move || select(&field, place.borrow().clone());
            Button::text("problem", "", press).with_icon(Icon::Alert)
        };
        let told = el("div").attr("role", "status").with(&[&trouble.node]);
        let always = el("p").class("muted").text(&tr("fields_hours_always"));
        let week = el("dl").class("facts");
        let promise = Input::new("input", Field::Promise, 6, send);
        set_attr(&promise.node, "class", Some("field short"));
        set_attr(&promise.node, "inputmode", Some("numeric"));
        let slip = el("p").class("clash").attr("role", "status");
        let due = el("p").attr("role", "status");
        let node = card("fields_hours_title").with(&[
            &labelled("fields_hours_hours", &hours.node, Some("fields_hours_hint")),
            &told,
            &always,
            &week,
            &labelled("fields_hours_promise", &promise.node, Some("fields_hours_promise_hint")),
            &slip,
            &due,
        ]);
        Hours { node, hours, trouble, place, always, week, shown: Vec::new(), promise, slip, due }
    }

    pub(super) fn show(&mut self, view: &View) {
        self.hours.show(&view.hours);
        set_state(&self.hours.node, "aria-invalid", view.hours_trouble.is_some());
        show(&self.trouble.node, view.hours_trouble.is_some());
        if let Some((words, place)) = &view.hours_trouble {
            self.trouble.rename(&localise(words));
            self.place.replace(place.clone());
        }
        show(&self.always, view.week.is_empty() && view.hours_trouble.is_none());
        show(&self.week, !view.week.is_empty());
        if self.shown != view.week {
            self.shown.clone_from(&view.week);
            self.week.set_text_content(None);
            for days in &view.week {
                let (first, last) = (weekday(days.first), weekday(days.last));
                let name = if days.first == days.last {
                    first
                } else {
                    tr_with("fields_hours_days", &[&first, &last])
                };
                let hours =
                    if days.hours.is_empty() { tr("fields_hours_closed") } else { days.hours.join(", ") };
                append(&self.week, &el("dt").text(&name));
                append(&self.week, &el("dd").text(&hours));
            }
        }
        self.promise.show(&view.promise);
        set_state(&self.promise.node, "aria-invalid", view.promise_trouble.is_some());
        set_text(&self.slip, &view.promise_trouble.as_ref().map(localise).unwrap_or_default());
        show(&self.slip, view.promise_trouble.is_some());
        let due = view.due.as_ref().map(|due| tr_with("fields_hours_due", &[due]));
        set_text(&self.due, &due.unwrap_or_else(|| tr("fields_hours_no_promise")));
        show(&self.due, view.promise_trouble.is_none() && view.hours_trouble.is_none());
    }
}

//! The team's working hours as a grid of the week, and its promised answer time in working minutes.

use std::cell::RefCell;
use std::rc::Rc;

use core::ops::Range;

use baton_core::app::desk::Field;
use baton_core::app::desk::Msg;
use baton_core::app::desk::fields::Msg as In;
use baton_core::app::desk::fields::view::Fields as View;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

use crate::browser::i18n::{localise, tr, tr_with, weekday};
use crate::dom::Listener;
use crate::dom::{Build, append, el, on, set_attr, set_state, set_text};
use crate::ui::desk::field::{Input, labelled, select};
use crate::ui::desk::{Send, card, text};
use crate::ui::icons::Icon;
use crate::ui::widget::{Button, sends, show};

/// The card of the working hours and the promised answer time.
pub(super) struct Hours {
    pub(super) node: HtmlElement,
    hours: Input,
    trouble: Button,
    place: Rc<RefCell<Range<usize>>>,
    always: HtmlElement,
    days: Vec<Day>,
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
        let days: Vec<Day> = (1..=7).map(|day| Day::new(day, send)).collect();
        let week = el("div").class("week");
        for day in &days {
            append(&week, &day.node);
        }
        let expert = el("details").with(&[
            &text("summary", "fields_hours_as_text"),
            &labelled("fields_hours_hours", &hours.node, Some("fields_hours_hint")),
        ]);
        let promise = Input::new("input", Field::Promise, 6, send);
        set_attr(&promise.node, "class", Some("field short"));
        set_attr(&promise.node, "inputmode", Some("numeric"));
        let slip = el("p").class("clash").attr("role", "status");
        let due = el("p").attr("role", "status");
        let node = card("fields_hours_title").with(&[
            &always,
            &week,
            &expert,
            &told,
            &labelled("fields_hours_promise", &promise.node, Some("fields_hours_promise_hint")),
            &slip,
            &due,
        ]);
        Hours { node, hours, trouble, place, always, days, promise, slip, due }
    }

    pub(super) fn show(&mut self, view: &View) {
        self.hours.show(&view.hours);
        set_state(&self.hours.node, "aria-invalid", view.hours_trouble.is_some());
        show(&self.trouble.node, view.hours_trouble.is_some());
        if let Some((words, place)) = &view.hours_trouble {
            self.trouble.rename(&localise(words));
            self.place.replace(place.clone());
        }
        show(&self.always, view.always);
        for (day, hours) in self.days.iter_mut().zip(&view.week) {
            day.show(hours);
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

/// The hours that a person adds to a day first, in minutes from midnight.
const USUAL: Range<u16> = 9 * 60..18 * 60;
/// The minutes of a day, which a time field writes as 00:00.
const MIDNIGHT: u16 = 24 * 60;

/// The row of a weekday: its hours, each with a start and an end, and the buttons that add hours and copy them.
struct Day {
    node: HtmlElement,
    day: u8,
    closed: HtmlElement,
    list: HtmlElement,
    hours: Rc<RefCell<Vec<Range<u16>>>>,
    rows: Vec<Open>,
    copy: Button,
    add: Button,
    send: Send,
}

/// Hours of a day.
struct Open {
    node: HtmlElement,
    fields: [HtmlInputElement; 2],
    _listeners: [Listener; 2],
    _remove: Button,
}

impl Day {
    fn new(day: u8, send: &Send) -> Day {
        let name = el("span").class("day").text(&weekday(day));
        let closed = el("span").class("muted").text(&tr("fields_hours_closed"));
        let list = el("span").class("row");
        let hours: Rc<RefCell<Vec<Range<u16>>>> = Rc::default();
        let add = {
            let (send, hours) = (send.clone(), hours.clone());
            let label = tr_with("fields_hours_add", &[&weekday(day)]);
            Button::icon("", Icon::Plus, &label, move || {
                let mut fresh = hours.borrow().clone();
                if let Some(more) = more(&fresh) {
                    fresh.push(more);
                    send(Msg::Fields(In::Day(day, fresh)));
                }
            })
        };
        let copy =
            Button::text("quiet", &tr("fields_hours_copy"), sends(send, Msg::Fields(In::CopyDay(day))));
        let label = tr_with("fields_hours_copy_of", &[&weekday(day)]);
        set_attr(&copy.node, "aria-label", Some(&label));
        let node = el("div").class("row week-day").attr("role", "group");
        set_attr(&node, "aria-label", Some(&weekday(day)));
        let node = node.with(&[&name, &closed, &list, &add.node, &copy.node]);
        Day { node, day, closed, list, hours, rows: Vec::new(), copy, add, send: send.clone() }
    }

    fn show(&mut self, hours: &[Range<u16>]) {
        show(&self.closed, hours.is_empty());
        show(&self.copy.node, !hours.is_empty());
        show(&self.add.node, more(hours).is_some());
        self.hours.replace(hours.to_vec());
        if self.rows.len() != hours.len() {
            self.list.set_text_content(None);
            self.rows = (0..hours.len()).map(|at| Open::new(self.day, at, &self.hours, &self.send)).collect();
            for row in &self.rows {
                append(&self.list, &row.node);
            }
        }
        for (row, range) in self.rows.iter().zip(hours) {
            for (field, minute) in row.fields.iter().zip([range.start, range.end]) {
                let clock = format!("{:02}:{:02}", minute / 60 % 24, minute % 60);
                if field.value() != clock {
                    field.set_value(&clock);
                }
                set_state(field, "aria-invalid", false);
            }
        }
    }
}

impl Open {
    fn new(day: u8, at: usize, hours: &Rc<RefCell<Vec<Range<u16>>>>, send: &Send) -> Open {
        let field = |name: &'static str| -> HtmlInputElement {
            let field = el("input").attr("type", "time").class("field short");
            set_attr(&field, "aria-label", Some(&tr_with(name, &[&weekday(day)])));
            field.unchecked_into()
        };
        let fields = [field("fields_hours_from"), field("fields_hours_to")];
        let listeners = [0, 1].map(|which: usize| {
            let (send, hours, fields) = (send.clone(), hours.clone(), fields.clone());
            let target = if which == 0 { &fields[0] } else { &fields[1] };
            on(&target.clone(), "change", move |_| {
                let [from, to] = fields.each_ref().map(|field| minute(&field.value()));
                // Midnight at the end is the end of the day.
                let (Some(from), Some(to)) = (from, to.map(|to| if to == 0 { MIDNIGHT } else { to })) else {
                    return;
                };
                let mut fresh = hours.borrow().clone();
                if let Some(range) = fresh.get_mut(at) {
                    *range = from..to;
                }
                let overlaps = fresh.windows(2).any(|pair| pair[0].end > pair[1].start);
                for field in &fields {
                    set_state(field, "aria-invalid", from >= to || overlaps);
                }
                send(Msg::Fields(In::Day(day, fresh)));
            })
        });
        let remove = {
            let (send, hours) = (send.clone(), hours.clone());
            Button::icon("", Icon::X, &tr_with("fields_hours_remove", &[&weekday(day)]), move || {
                let mut fresh = hours.borrow().clone();
                if at < fresh.len() {
                    fresh.remove(at);
                }
                send(Msg::Fields(In::Day(day, fresh)));
            })
        };
        let node = el("span").class("row");
        append(&node, &fields[0]);
        append(&node, &el("span").text("–"));
        append(&node, &fields[1]);
        append(&node, &remove.node);
        Open { node, fields, _listeners: listeners, _remove: remove }
    }
}

/// The hours that are added to a day: the usual ones; or after the last hours a pause of one hour, and then four hours as
/// far as the day has room. `None` if it has none.
fn more(hours: &[Range<u16>]) -> Option<Range<u16>> {
    let Some(last) = hours.last() else { return Some(USUAL) };
    let start = last.end.saturating_add(60);
    (start < MIDNIGHT).then(|| start..start.saturating_add(240).min(MIDNIGHT))
}

/// The minute of a time field's value, such as `09:30`.
fn minute(clock: &str) -> Option<u16> {
    let (hours, minutes) = clock.split_once(':')?;
    Some(hours.parse::<u16>().ok()? * 60 + minutes.get(..2)?.parse::<u16>().ok()?)
}

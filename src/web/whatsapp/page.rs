//! Keeps the [`Reading`] up to date with the page.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use baton_core::app::keys::Keys;
use baton_core::app::reading::{Composer, Identity, Layout, Open, Reading, Row};
use gloo_timers::callback::Timeout;
use js_sys::{Array, Date};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{CompositionEvent, Element, InputEvent};

use super::frames::{Ground, RowFrame};
use super::identity::{Answer, Identities};
use super::list::{List, Touched};
use super::locators::{COMPOSER, DIALOG, SEARCH, value};
use super::parts::Parts;
use super::watch::{Noticed, Watch};
use super::{Event, conversation, draft, messages, store, theme};
use crate::dom::{Listener, document, on, on_capture};

/// The timeout for loading: parts that are missing after this long are taken to be absent.
const LATE_MS: u32 = 10_000;
/// When a chat is opened, all parts of the conversation have changed after this long. They do so within a second.
const SETTLED_MS: u32 = 1_500;
/// The page as it was last read, with its observers and timers.
pub(super) struct Page {
    on: Rc<dyn Fn(Event)>,
    this: Weak<Page>,
    reading: RefCell<Reading>,
    list: RefCell<List>,
    identities: RefCell<Identities>,
    parts: RefCell<Parts>,
    ground: RefCell<Option<Ground>>,
    watch: RefCell<Option<Watch>>,
    /// Whether [`LATE_MS`] have passed.
    late: Cell<bool>,
    lateness: Cell<Option<Timeout>>,
    /// The timer of the next read of the directory.
    asking: Cell<Option<Timeout>>,
    composing: Cell<bool>,
    keys: Cell<Keys>,
    /// Whether the character typed last may complete a trigger.
    typed: Cell<bool>,
    /// The `beforeinput` event of an edit that may complete a trigger, and the listener for the `input` that follows.
    announced: RefCell<Option<(web_sys::Event, Listener)>>,
    /// The current visit to the open conversation.
    visit: RefCell<Option<Visit>>,
    visits: Cell<u32>,
}

/// One visit to a conversation, from opening it to opening another one.
struct Visit {
    /// Increases with every visit.
    number: u32,
    /// The title and the nodes of the conversation. Another visit has another mark, or another selected row.
    mark: Mark,
    /// The node number of the selected row, the last time that one was rendered.
    row: Option<u32>,
    /// When it began, in ms since the Unix epoch.
    since: f64,
    _again: Timeout,
}

type Mark = (String, Option<Element>, Option<Element>);

impl Page {
    /// A page that has not been read yet.
    pub(super) fn new(on: Rc<dyn Fn(Event)>) -> Rc<Page> {
        Rc::new_cyclic(|this: &Weak<Page>| {
            let (watching, waiting) = (this.clone(), this.clone());
            let watch = Watch::new(move |noticed| {
                if let Some(page) = watching.upgrade() {
                    page.notice(noticed);
                }
            });
            let lateness = Timeout::new(LATE_MS, move || {
                if let Some(page) = waiting.upgrade() {
                    page.late.set(true);
                    page.look();
                }
            });
            Page {
                on,
                this: this.clone(),
                reading: RefCell::default(),
                list: RefCell::default(),
                identities: RefCell::default(),
                parts: RefCell::default(),
                ground: RefCell::default(),
                watch: RefCell::new(Some(watch)),
                late: Cell::new(false),
                lateness: Cell::new(Some(lateness)),
                asking: Cell::default(),
                composing: Cell::new(false),
                keys: Cell::default(),
                typed: Cell::new(false),
                announced: RefCell::default(),
                visit: RefCell::default(),
                visits: Cell::new(0),
            }
        })
    }

    /// Adds the listeners for changes that mutation observers can't see.
    pub(super) fn listen(&self) -> Vec<Listener> {
        let Some(window) = web_sys::window() else { return vec![] };
        let note = |name: &'static str, note: fn(&Page, &web_sys::Event)| {
            let page = self.this.clone();
            on_capture(&window, name, move |event| {
                if let Some(page) = page.upgrade() {
                    note(&page, event);
                }
            })
        };
        let page = self.this.clone();
        let seen = on(&document(), "visibilitychange", move |_| {
            if let Some(page) = page.upgrade() {
                page.look();
            }
        });
        vec![
            seen,
            note("beforeinput", |page, event| {
                let typed = event.dyn_ref::<InputEvent>().and_then(InputEvent::data);
                page.typed.set(event.is_trusted() && typed.is_some_and(|it| page.ends_with_sign(&it)));
                let composer = page.parts.borrow().composer.clone().filter(|_| page.typed.get());
                let this = page.this.clone();
                // On the composer itself: the editor listens there as well and stops the event's propagation.
                let waiting = composer.map(|composer| {
                    on(&composer, "input", move |_| {
                        if let Some(page) = this.upgrade() {
                            page.open_if_triggered();
                        }
                    })
                });
                page.announced.replace(waiting.map(|waiting| (event.clone(), waiting)));
            }),
            note("compositionstart", |page, event| {
                // Ignores compositions in Baton's own fields.
                let on = event.target().and_then(|it| it.dyn_into::<Element>().ok());
                let composer = page.parts.borrow().composer.clone();
                page.composing.set(on.is_some_and(|on| composer.is_some_and(|it| it.contains(Some(&on)))));
            }),
            note("compositionend", |page, event| {
                let typed = event.dyn_ref::<CompositionEvent>().and_then(CompositionEvent::data);
                page.composing.set(false);
                page.announced.take();
                page.typed.set(typed.is_some_and(|it| page.ends_with_sign(&it)));
            }),
        ]
    }

    /// Stops following the page.
    pub(super) fn leave(&self) {
        self.watch.take();
        self.announced.take();
        self.lateness.take();
        self.asking.take();
        self.visit.take();
    }

    /// The last reading.
    pub(super) fn reading(&self) -> Reading {
        self.reading.borrow().clone()
    }

    /// The parts as they were last found.
    pub(super) fn parts(&self) -> Parts {
        self.parts.borrow().clone()
    }

    /// The rows as they were last read.
    pub(super) fn list(&self) -> core::cell::Ref<'_, List> {
        self.list.borrow()
    }

    /// The number of the visit to the open chat.
    pub(super) fn visit_number(&self) -> Option<u32> {
        self.visit.borrow().as_ref().map(|visit| visit.number)
    }

    /// Whether an input method is composing in the composer.
    pub(super) fn is_composing(&self) -> bool {
        self.composing.get()
    }

    /// The element that scrolls with the rows. The measurement is cached until it may have changed.
    pub(super) fn ground(&self) -> Option<Ground> {
        let mut ground = self.ground.borrow_mut();
        if ground.is_none() {
            *ground = Ground::find(&self.parts.borrow());
        }
        ground.clone()
    }

    /// The positions of the reading's rows.
    pub(super) fn frames(&self) -> Vec<RowFrame> {
        if self.reading.borrow().rows.is_empty() {
            return vec![];
        }
        self.ground().map(|ground| ground.frames(&self.list.borrow())).unwrap_or_default()
    }

    /// Reads the whole page and observes it from then on. In a hidden tab it stops observing instead.
    pub(super) fn look(&self) {
        let parts = {
            let mut watch = self.watch.borrow_mut();
            let Some(watch) = watch.as_mut() else { return };
            if document().hidden() {
                watch.rest();
                return;
            }
            let parts = Parts::find(&document());
            watch.parts(&parts);
            parts
        };
        let moved = self.list.borrow_mut().read(parts.grid.as_ref(), &Touched::all());
        self.parts.replace(parts);
        self.ground.take();
        self.publish(Scope::Page, moved);
    }

    fn notice(&self, noticed: Noticed) {
        match noticed {
            Noticed::Structure => self.look(),
            Noticed::List(records) => self.list_changed(&records),
            Noticed::Conversation => self.conversation_changed(),
            Noticed::Messages => self.publish(Scope::Messages, false),
            Noticed::Theme => self.publish(Scope::Look, false),
            Noticed::Size => {
                self.ground.take();
                (self.on)(Event::Resized);
            }
        }
    }

    fn list_changed(&self, records: &Array) {
        let grid = self.parts.borrow().grid.clone().filter(|grid| grid.is_connected());
        // The grid is found by its rows, so without one the parts have to be found again.
        let Some(grid) = grid else { return self.look() };
        let Some(touched) = Touched::by(records, &grid) else { return };
        if touched.around {
            self.ground.take();
        }
        let moved = self.list.borrow_mut().read(Some(&grid), &touched) || touched.around;
        self.publish(Scope::List, moved);
    }

    fn conversation_changed(&self) {
        {
            let mut parts = self.parts.borrow_mut();
            parts.composer = parts.footer.as_ref().and_then(|footer| COMPOSER.find(footer));
        }
        self.publish(Scope::Conversation, false);
        // A native edit is seen here before the editor takes it into its model, on `input`. If the palette took the
        // focus that early, the editor would miss the sign. So the trigger then waits for `input`.
        if self.announced.borrow().as_ref().is_none_or(|(event, _)| event.default_prevented()) {
            self.open_if_triggered();
        }
    }

    fn open_if_triggered(&self) {
        if self.typed.take() && self.is_triggered() {
            (self.on)(Event::Trigger);
        }
    }

    /// The keys that the person chose.
    pub(super) fn set_trigger(&self, keys: Keys) {
        self.keys.set(keys);
    }

    fn ends_with_sign(&self, typed: &str) -> bool {
        typed.chars().next_back().is_some_and(|c| self.keys.get().is_sign(c))
    }

    /// Whether a text ends with `count` trigger signs. Each is one unit of UTF-16.
    pub(super) fn are_signs(&self, text: &str, count: usize) -> bool {
        let keys = self.keys.get();
        text.chars().rev().take_while(|c| keys.is_sign(*c)).take(count).count() == count
    }

    /// Whether the text before the caret ends with a trigger.
    fn is_triggered(&self) -> bool {
        let Some(composer) = self.parts.borrow().composer.clone() else { return false };
        !self.composing.get()
            && draft::before_caret(&composer).is_some_and(|it| ends_with_trigger(&it, self.keys.get()))
    }

    /// Updates the reading, then emits events for the differences, when nothing is borrowed any more.
    fn publish(&self, scope: Scope, moved: bool) {
        let changed = self.update(scope);
        if changed {
            (self.on)(Event::Changed);
        }
        if moved {
            (self.on)(Event::Moved);
        }
        self.ask_when_due();
    }

    fn update(&self, scope: Scope) -> bool {
        let document = document();
        let parts = self.parts.borrow();
        let list = self.list.borrow();
        let reading = &mut *self.reading.borrow_mut();
        let mut changed = false;
        if matches!(scope, Scope::Page | Scope::Look) {
            changed |= put(&mut reading.dark, theme::is_dark(&document));
            changed |= put(&mut reading.rtl, theme::is_rtl(&document));
            // A computed style forces the page to compute its styles, so it is read only when it can have changed.
            if reading.surface.is_none() || matches!(scope, Scope::Look) {
                let surface = parts.list.as_ref().and_then(|list| theme::surface(list, reading.dark));
                changed |= put(&mut reading.surface, surface);
            }
        }
        if matches!(scope, Scope::Look) {
            // The row of the other theme has another colour.
            reading.selected_row = None;
        }
        if reading.selected_row.is_none()
            && matches!(scope, Scope::Page | Scope::Look | Scope::List)
            && let Some((row, _)) = list.chats().find(|(_, chat)| chat.selected)
        {
            changed |= put(&mut reading.selected_row, theme::row_colour(&row.element));
        }
        if matches!(scope, Scope::Page) {
            let dialog = parts.app.as_ref().and_then(|app| DIALOG.find(app));
            changed |= put(&mut reading.dialog, dialog.is_some());
        }
        if matches!(scope, Scope::Page | Scope::List | Scope::Names) {
            // The account appears some seconds after the start, without any event.
            changed |= put(&mut reading.account, store::account());
            let search = parts.app.as_ref().and_then(|app| SEARCH.find(app));
            let searching = search.is_some_and(|field| !value(&field).trim().is_empty());
            changed |= put(&mut reading.searching, searching);
            // Search results look like rows.
            let rows = if searching { vec![] } else { self.rows(&list) };
            changed |= put(&mut reading.rows, rows);
        }
        if matches!(scope, Scope::Page | Scope::Conversation | Scope::Names) {
            let composer = match &parts.composer {
                None => Composer::Absent,
                Some(composer) if draft::is_empty(composer) => Composer::Empty,
                Some(_) => Composer::Draft,
            };
            changed |= put(&mut reading.composer, composer);
            changed |= put(&mut reading.unfilled, draft::unfilled(parts.composer.as_ref()));
            let mut open = self.open(&parts, &list);
            if let Some(open) = &mut open {
                // The messages of a visit are read when they change, and not at every key in the composer.
                match &reading.open {
                    Some(before) if before.visit == open.visit => {
                        (open.last_in, open.answered) = (before.last_in.clone(), before.answered);
                    }
                    _ => (open.last_in, open.answered) = last_in(&parts),
                }
            }
            changed |= put(&mut reading.open, open);
        } else if matches!(scope, Scope::List)
            && reading.open.as_ref().is_some_and(|open| matches!(open.identity, Identity::Ambiguous(_)))
        {
            // Only the selected row may tell the chats of this title apart.
            changed |= put(&mut reading.open, self.open(&parts, &list));
        }
        if let (Scope::Page | Scope::Messages, Some(open)) = (scope, &mut reading.open) {
            let (last, answered) = last_in(&parts);
            changed |= put(&mut open.last_in, last) | put(&mut open.answered, answered);
        }
        if !matches!(scope, Scope::Look | Scope::Messages) {
            let known = reading.layout == Layout::Known;
            changed |= put(&mut reading.layout, parts.layout(&list, self.late.get(), known));
        }
        changed
    }

    fn rows(&self, list: &List) -> Vec<Row> {
        let mut identities = self.identities.borrow_mut();
        let row = |chat: &super::list::Chat| Row {
            title: chat.title.clone(),
            identity: identities.of(&chat.title),
            // As in WhatsApp's own storage, so that the count doesn't change with the source.
            unread: chat.unread.max(chat.marked.into()),
            preview: chat.preview.clone(),
            selected: chat.selected,
        };
        list.chats().map(|(_, chat)| chat).map(row).collect()
    }

    fn open(&self, parts: &Parts, list: &List) -> Option<Open> {
        let title = parts.open_title().map(|it| draft::text_with_emoji(&it).trim().to_owned());
        let Some(title) = title.filter(|title| !title.is_empty()) else {
            self.visit.take();
            return None;
        };
        let mut identities = self.identities.borrow_mut();
        let mut identity = identities.of(&title);
        // A chat known by a durable id is the only one with this title.
        let by_title = matches!(&identity, Identity::Known(id) if !id.by_name());
        let (visit, settled) = self.visit(parts, list, &title, by_title);
        let composer = parts.composer.as_ref();
        if !settled && composer.is_some_and(|composer| conversation::names_another(composer, &title)) {
            return Some(Open {
                title,
                identity: Identity::Unsettled,
                visit,
                last_in: None,
                answered: false,
            });
        }
        if !by_title
            && let Some(chat) = parts.conversation.as_ref().and_then(conversation::chat_of_messages)
            && let Some(better) = identities.better(chat)
        {
            // For a moment, the messages may still be those of the previous chat.
            identity = if settled { Identity::Known(better) } else { Identity::Unsettled };
        }
        Some(Open { title, identity, visit, last_in: None, answered: false })
    }

    /// The number of the visit to the open conversation, and whether it has settled, so whether all its parts had time to
    /// change. When a visit settles, the conversation is read again and trusted, even if the composer's label seems to
    /// name another chat: the label may be worded in an unknown way. With `is_only`, no other chat has the title, and the
    /// selected row is ignored, because rows are recycled for other chats as the list scrolls.
    fn visit(&self, parts: &Parts, list: &List, title: &str, is_only: bool) -> (u32, bool) {
        let now = Date::now();
        let selected = list.chats().find(|(_, chat)| chat.selected).map(|(seen, _)| seen.node);
        let mark = (title.to_owned(), parts.conversation.clone(), parts.composer.clone());
        let mut visit = self.visit.borrow_mut();
        if let Some(visit) = visit.as_mut()
            && visit.mark == mark
            && (is_only || is_same_row(list, title, visit.row, selected))
        {
            visit.row = selected.or(visit.row);
            // Timers may fire a little early.
            return (visit.number, now - visit.since >= f64::from(SETTLED_MS) - 20.0);
        }
        let this = self.this.clone();
        let again = Timeout::new(SETTLED_MS, move || {
            if let Some(page) = this.upgrade() {
                page.publish(Scope::Conversation, false);
            }
        });
        let number = self.visits.get().wrapping_add(1);
        self.visits.set(number);
        *visit = Some(Visit { number, mark, row: selected, since: now, _again: again });
        (number, false)
    }

    /// Schedules the next read of WhatsApp's directory, once there is a title to look up.
    fn ask_when_due(&self) {
        {
            let reading = self.reading.borrow();
            if reading.rows.is_empty() && reading.open.is_none() {
                return;
            }
        }
        let Some(in_ms) = self.identities.borrow().due(Date::now()) else { return };
        let this = self.this.clone();
        // This replaces the former timer, which was for the same time.
        self.asking.set(Some(Timeout::new(in_ms as u32, move || {
            let Some(page) = this.upgrade() else { return };
            page.identities.borrow_mut().ask(Date::now());
            let this = this.clone();
            spawn_local(async move {
                let answer = store::directory().await;
                if let Some(page) = this.upgrade() {
                    page.answer(answer);
                }
            });
        })));
    }

    fn answer(&self, answer: Answer) {
        if self.watch.borrow().is_none() {
            return;
        }
        self.identities.borrow_mut().answer(answer, self.late.get());
        let names = self.identities.borrow().chats();
        if !names.is_empty() {
            (self.on)(Event::Names(names));
        }
        self.publish(Scope::Names, false);
    }
}

/// The part of the reading that may have changed.
#[derive(Clone, Copy)]
enum Scope {
    Page,
    Look,
    List,
    Conversation,
    Messages,
    Names,
}

/// The text of the customer's last message on screen, and whether a message of our own follows it.
fn last_in(parts: &Parts) -> (Option<String>, bool) {
    let rtl = theme::is_rtl(&document());
    parts.conversation.as_ref().map(|it| messages::last_in(it, rtl)).unwrap_or_default()
}

/// Whether the selected row may be the same as before. If none is rendered, it may have scrolled out of the list.
fn is_same_row(list: &List, title: &str, before: Option<u32>, now: Option<u32>) -> bool {
    match (before, now) {
        (Some(row), None) => !list.with_title(title).any(|seen| seen.node == row),
        (before, now) => before == now,
    }
}

/// Whether a text ends with exactly two signs. Three or more are not a trigger.
fn ends_with_trigger(text: &str, keys: Keys) -> bool {
    let signs = text.chars().rev().take_while(|c| keys.is_sign(*c)).count();
    signs == 2
}

fn put<T: PartialEq>(place: &mut T, value: T) -> bool {
    let differs = *place != value;
    *place = value;
    differs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_signs_are_a_trigger() {
        for text in [";;", "hello ;;", "你好；；", "；;"] {
            assert!(ends_with_trigger(text, Keys::default()), "{text}");
        }
        for text in ["", ";", ";;;", ";; ", "; ;", "；"] {
            assert!(!ends_with_trigger(text, Keys::default()), "{text}");
        }
    }
}

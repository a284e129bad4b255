//! Keeping the reading up to date.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use baton_core::app::keys::Keys;
use baton_core::app::reading::{Composer, Identity, Layout, Open, Reading, Row};
use gloo_events::EventListener;
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
use super::{Event, conversation, draft, store, theme};
use crate::dom::{document, on, on_capture};

/// What is not loaded by then is not loading.
const LATE_MS: u32 = 10_000;
/// The parts of a conversation follow each other within a second.
const SETTLED_MS: u32 = 1_500;
/// The page as it was last read, and what keeps reading it.
pub(super) struct Page {
    on: Rc<dyn Fn(Event)>,
    this: Weak<Page>,
    reading: RefCell<Reading>,
    list: RefCell<List>,
    identities: RefCell<Identities>,
    parts: RefCell<Parts>,
    ground: RefCell<Option<Ground>>,
    watch: RefCell<Option<Watch>>,
    /// Loading should be over.
    late: Cell<bool>,
    lateness: Cell<Option<Timeout>>,
    /// The next reading of the directory.
    asking: Cell<Option<Timeout>>,
    composing: Cell<bool>,
    keys: Cell<Keys>,
    /// What was typed last may complete a trigger.
    typed: Cell<bool>,
    /// The edit that may complete a trigger, as it was announced, and what waits for it.
    announced: RefCell<Option<(web_sys::Event, EventListener)>>,
    /// The conversation that is open, told from one of the same title, and what looks at it again.
    visit: RefCell<Option<Visit>>,
    visits: Cell<u32>,
}

/// A conversation since it was opened.
struct Visit {
    /// Counts up.
    number: u32,
    /// What tells it from another one: the title and the nodes it is in.
    mark: Mark,
    /// The row that was selected, as long as one was rendered.
    row: Option<u32>,
    /// Since when, in ms.
    since: f64,
    _again: Timeout,
}

type Mark = (String, Option<Element>, Option<Element>);

impl Page {
    /// A page that has not been looked at.
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

    /// Listens for what the observers can't tell.
    pub(super) fn listen(&self) -> Vec<EventListener> {
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
                // The editor listens there as well, and lets nobody hear of it who is further out.
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
                // One in a field of ours is no business of the composer's.
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

    /// Whether an input method is at work.
    pub(super) fn is_composing(&self) -> bool {
        self.composing.get()
    }

    /// What scrolls along with the rows. Measured when first asked for after it may have moved.
    pub(super) fn ground(&self) -> Option<Ground> {
        let mut ground = self.ground.borrow_mut();
        if ground.is_none() {
            *ground = Ground::find(&self.parts.borrow());
        }
        ground.clone()
    }

    /// Where the rows of the reading are.
    pub(super) fn frames(&self) -> Vec<RowFrame> {
        if self.reading.borrow().rows.is_empty() {
            return vec![];
        }
        self.ground().map(|ground| ground.frames(&self.list.borrow())).unwrap_or_default()
    }

    /// Looks at the whole page, and from then on at what changes in it, unless nobody sees it.
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
            Noticed::Theme => self.publish(Scope::Look, false),
            Noticed::Size => {
                self.ground.take();
                (self.on)(Event::Resized);
            }
        }
    }

    fn list_changed(&self, records: &Array) {
        let grid = self.parts.borrow().grid.clone().filter(|grid| grid.is_connected());
        // The first row says what the rows are in.
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
        // What the browser writes by itself is seen here before the editor takes it into its model, with the `input`
        // event; once the focus was elsewhere, it would miss the sign.
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

    /// Whether a text ends with so many signs. Each is one unit of UTF-16.
    pub(super) fn are_signs(&self, text: &str, count: usize) -> bool {
        let keys = self.keys.get();
        text.chars().rev().take_while(|c| keys.is_sign(*c)).take(count).count() == count
    }

    /// Whether two characters before the caret open the quick replies.
    fn is_triggered(&self) -> bool {
        let Some(composer) = self.parts.borrow().composer.clone() else { return false };
        !self.composing.get()
            && draft::before_caret(&composer).is_some_and(|it| ends_with_trigger(&it, self.keys.get()))
    }

    /// Brings the reading up to date and tells what differs, when nothing is borrowed any more.
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
        }
        if matches!(scope, Scope::Page) {
            let dialog = parts.app.as_ref().and_then(|app| DIALOG.find(app));
            changed |= put(&mut reading.dialog, dialog.is_some());
        }
        if matches!(scope, Scope::Page | Scope::List | Scope::Names) {
            // It appears some seconds after the start, and nothing tells of it.
            changed |= put(&mut reading.account, store::account());
            changed |= put(&mut reading.rows, self.rows(&parts, &list));
        }
        if matches!(scope, Scope::Page | Scope::Conversation | Scope::Names) {
            let composer = match &parts.composer {
                None => Composer::Absent,
                Some(composer) if draft::is_empty(composer) => Composer::Empty,
                Some(_) => Composer::Draft,
            };
            changed |= put(&mut reading.composer, composer);
            changed |= put(&mut reading.unfilled, draft::unfilled(parts.composer.as_ref()));
            changed |= put(&mut reading.open, self.open(&parts, &list));
        } else if matches!(scope, Scope::List)
            && reading.open.as_ref().is_some_and(|open| matches!(open.identity, Identity::Ambiguous(_)))
        {
            // The selected row may be all that tells one of them from the other.
            changed |= put(&mut reading.open, self.open(&parts, &list));
        }
        if !matches!(scope, Scope::Look) {
            let known = reading.layout == Layout::Known;
            changed |= put(&mut reading.layout, parts.layout(&list, self.late.get(), known));
        }
        changed
    }

    fn rows(&self, parts: &Parts, list: &List) -> Vec<Row> {
        // Hits of a search look like rows.
        let search = parts.app.as_ref().and_then(|app| SEARCH.find(app));
        if search.is_some_and(|field| !value(&field).trim().is_empty()) {
            return vec![];
        }
        let mut identities = self.identities.borrow_mut();
        let row = |chat: &super::list::Chat| Row {
            title: chat.title.clone(),
            identity: identities.of(&chat.title),
            unread: chat.unread,
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
        // Then no other chat has this title.
        let by_title = matches!(&identity, Identity::Known(id) if !id.by_name());
        let (visit, settled) = self.visit(parts, list, &title, by_title);
        let composer = parts.composer.as_ref();
        if !settled && composer.is_some_and(|composer| conversation::names_another(composer, &title)) {
            return Some(Open { title, identity: Identity::Unsettled, visit });
        }
        if !by_title
            && let Some(chat) = parts.conversation.as_ref().and_then(conversation::chat_of_messages)
            && let Some(better) = identities.better(chat)
        {
            // The messages may be those of the chat before for another moment.
            identity = if settled { Identity::Known(better) } else { Identity::Unsettled };
        }
        Some(Open { title, identity, visit })
    }

    /// The number of the visit to what is open, and whether its parts had the time to follow each other. Once they had,
    /// it is looked at again, and then believed: a label may be worded in a way nobody knows. If only one chat has the
    /// title, which row is selected tells nothing more; rows leave the list and are given to other chats as it scrolls.
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
            // Timers may be a little early.
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

    /// Reads WhatsApp's directory when that is due, once there is something to look up.
    fn ask_when_due(&self) {
        {
            let reading = self.reading.borrow();
            if reading.rows.is_empty() && reading.open.is_none() {
                return;
            }
        }
        let Some(in_ms) = self.identities.borrow().due(Date::now()) else { return };
        let this = self.this.clone();
        // A timer that was set before is for the same time, and is replaced.
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

/// What may have changed.
#[derive(Clone, Copy)]
enum Scope {
    Page,
    Look,
    List,
    Conversation,
    Names,
}

/// Whether the selected row may be the one that was selected before. It may have scrolled out of the list.
fn is_same_row(list: &List, title: &str, before: Option<u32>, now: Option<u32>) -> bool {
    match (before, now) {
        (Some(row), None) => !list.with_title(title).any(|seen| seen.node == row),
        (before, now) => before == now,
    }
}

/// Whether a text ends with a trigger that is no longer run of the same sign.
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

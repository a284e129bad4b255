//! The desk: the extension's own tab. It feeds what happens to the model, carries out effects, and draws.

mod attach;
mod file;
mod hand;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use baton_core::app;
use baton_core::app::desk::view::view;
use baton_core::app::desk::{Desk, Effect, Msg, Section, Spot};
use baton_core::app::keys::Keys;
use baton_core::later;
use baton_core::wire::ToHub;
use gloo_events::EventListener;
use gloo_timers::callback::{Interval, Timeout};
use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, Event, File, HtmlElement};

use crate::browser::i18n;
use crate::browser::port::{self, Link, Said};
use crate::browser::runtime::Failed;
use crate::browser::worker::Worker;
use crate::browser::{clock, random, storage};
use crate::ui::desk::{Purpose, Send, Surface, Take, files_of};
use crate::ui::dom::{Frame, document, on};

/// How long a toast stays: longer than on the page, since it may undo a whole import.
const TOAST: u32 = 20_000;

thread_local! {
    /// The one desk, as long as its tab is open.
    static DESK: RefCell<Option<Attached>> = const { RefCell::new(None) };
}

/// Everything attached to the tab.
struct Attached {
    app: Rc<App>,
    listeners: Vec<EventListener>,
    _storage: storage::Watch,
    _minute: Interval,
}

/// What the callbacks share.
struct App {
    state: RefCell<State>,
    queue: RefCell<VecDeque<Msg>>,
    /// What reads a file of another tool's, as long as it does.
    reading: RefCell<Option<Worker>>,
    /// The file that was taken away from a reply last, as long as it may be put back.
    taken: RefCell<Option<File>>,
    /// Done when the second half of the Wasm is there.
    rest: Promise,
    this: Weak<App>,
}

struct State {
    desk: Desk,
    surface: Surface,
    link: Option<Link>,
    /// What a hand did before there was something to answer it.
    early: Vec<Msg>,
    frame: Option<Frame>,
    toast: Option<Timeout>,
    turn: Option<Timeout>,
}

/// Starts the desk in the element `#desk`. Its large sections, and what a hand sets off, are in the second half of the
/// Wasm; `rest` is done when that is there.
pub(crate) async fn start(rest: Promise) {
    let Some(host) = document().get_element_by_id("desk") else { return };
    let app = Rc::new_cyclic(|this: &Weak<App>| {
        let state = State {
            desk: Desk::new(random::name(), section(), i18n::locale()),
            surface: Surface::new(&host, &sender(this), &taker(this)),
            link: None,
            early: Vec::new(),
            frame: None,
            toast: None,
            turn: None,
        };
        App {
            state: RefCell::new(state),
            queue: RefCell::default(),
            reading: RefCell::default(),
            taken: RefCell::default(),
            rest: rest.clone(),
            this: this.clone(),
        }
    });
    let listeners = app.listen();
    let storage = {
        let this = app.this.clone();
        storage::watch(move |area, keys| {
            if let Some(app) = this.upgrade() {
                app.stored(area, keys);
            }
        })
    };
    let minute = {
        let this = app.this.clone();
        Interval::new(60_000, move || {
            if let Some(app) = this.upgrade() {
                app.send(Msg::Common(app::Msg::Minute));
            }
        })
    };
    app.greet();
    app.send(Msg::Common(app::Msg::Minute));
    app.tell_keys();
    DESK.set(Some(Attached { app, listeners, _storage: storage, _minute: minute }));
    if JsFuture::from(rest).await.is_err() {
        // The bootstrap says so.
        return DESK.set(None);
    }
    DESK.with_borrow_mut(|desk| {
        if let Some(Attached { app, listeners, .. }) = desk {
            later(|| {
                app.complete();
                listeners.extend(app.listen_to_hands());
            });
        }
    });
}

/// What takes a message to the desk.
fn sender(desk: &Weak<App>) -> Send {
    let desk = desk.clone();
    Rc::new(move |msg| {
        if let Some(app) = desk.upgrade() {
            app.send(msg);
        }
    })
}

/// What takes files to the desk.
fn taker(desk: &Weak<App>) -> Take {
    let desk = desk.clone();
    Rc::new(move |files, purpose| {
        if let Some(app) = desk.upgrade() {
            app.take_in(files, purpose);
        }
    })
}

/// The section that the address names.
fn section() -> Section {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    Section::of(&hash.unwrap_or_default())
}

impl App {
    /// Takes in a message.
    fn send(&self, msg: Msg) {
        self.queue.borrow_mut().push_back(msg);
        self.work();
    }

    /// Works off what is queued. One at a time: an effect may bring the next, and so may drawing, when a field goes away.
    fn work(&self) {
        let Ok(mut state) = self.state.try_borrow_mut() else { return };
        if self.queue.borrow().is_empty() {
            return;
        }
        loop {
            let Some(msg) = self.queue.borrow_mut().pop_front() else { break };
            if msg.is_by_hand() && !state.desk.is_whole() {
                state.early.push(msg);
                continue;
            }
            let effects = state.desk.update(msg, clock::now());
            if effects.iter().any(|effect| matches!(effect, Effect::Focus(_))) {
                // What takes the focus must be on screen before.
                state.draw();
            }
            for effect in effects {
                match effect {
                    Effect::Send(message) => self.tell_hub(message, &mut state),
                    Effect::ToastTimer(number) => self.time_toast(number, &mut state),
                    effect => later(|| self.carry_out(effect, &mut state)),
                }
            }
        }
        let this = self.this.clone();
        state.frame = Frame::request(move || {
            let Some(app) = this.upgrade() else { return };
            if let Ok(mut state) = app.state.try_borrow_mut() {
                state.draw();
            }
            app.work();
        });
    }

    /// Hides a toast after a while.
    fn time_toast(&self, number: u32, state: &mut State) {
        let this = self.this.clone();
        state.toast = Some(Timeout::new(TOAST, move || {
            if let Some(app) = this.upgrade() {
                app.send(Msg::Common(app::Msg::ToastOver(number)));
            }
        }));
    }

    /// Sends to the hub. A port that rests is opened first, with all that is not stored yet.
    fn tell_hub(&self, message: ToHub, state: &mut State) {
        let this = self.this.clone();
        let hear = move |said| {
            let Some(app) = this.upgrade() else { return };
            match said {
                Said::Message(message) => app.send(Msg::Common(app::Msg::Hub(message))),
                Said::Closed => {
                    if let Ok(mut state) = app.state.try_borrow_mut() {
                        state.link = None;
                    }
                    app.send(Msg::Common(app::Msg::Closed));
                }
                Said::Gone => app.send(Msg::Common(app::Msg::Gone)),
            }
        };
        let State { link, desk, .. } = state;
        match port::say(link, &message, || desk.opening(), hear) {
            Ok(()) => {}
            Err(Failed::Gone) => self.queue.borrow_mut().push_back(Msg::Common(app::Msg::Gone)),
            // The next thing that is to be said opens it; an op waits for that in the model.
            Err(Failed::Refused) => {}
        }
    }

    /// Says hello, on a new port if the last one rests.
    fn greet(&self) {
        if let Ok(mut state) = self.state.try_borrow_mut() {
            let hello = state.desk.hello();
            self.tell_hub(hello, &mut state);
        }
    }

    /// Something changed in the extension's storage: the hub has news, or WhatsApp was opened for the first time.
    fn stored(&self, area: &str, keys: &[String]) {
        let Ok(state) = self.state.try_borrow() else { return };
        let news = area == "sync" || keys.iter().any(|key| key == storage::REVISION);
        let resting = state.link.is_none() && news;
        let first = !state.desk.has_team() && area == "local";
        drop(state);
        if resting || first {
            self.greet();
        }
    }

    /// Finds out which keys the person chose.
    fn tell_keys(&self) {
        let this = self.this.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let line = storage::local_get(storage::KEYS).await;
            if let (Some(line), Some(app)) = (line, this.upgrade()) {
                app.send(Msg::Common(app::Msg::Keys(Keys::read(&line))));
            }
        });
    }

    /// Takes in files, once there is what reads them.
    fn take_in(&self, files: Vec<File>, purpose: Purpose) {
        let (this, rest) = (self.this.clone(), self.rest.clone());
        wasm_bindgen_futures::spawn_local(async move {
            // The start waited for it first, so the desk is whole by then.
            if JsFuture::from(rest).await.is_ok()
                && let Some(app) = this.upgrade()
            {
                later(|| app.take(files, purpose));
            }
        });
    }

    fn dropped(&self, event: &Event) {
        let data = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
        let purpose = if section() == Section::Sync { Purpose::Packet } else { Purpose::Import };
        self.take_in(files_of(data.and_then(|data| data.files())), purpose);
    }

    /// Hears what must be heard from the beginning.
    fn listen(&self) -> Vec<EventListener> {
        let Some(window) = web_sys::window() else { return Vec::new() };
        let this = self.this.clone();
        let went = on(&window, "hashchange", move |_| {
            if let Some(app) = this.upgrade() {
                app.went();
            }
        });
        // A file may be dropped anywhere: beside its field, the browser would leave the desk to show it.
        let over = on(&window, "dragover", |event| event.prevent_default());
        let this = self.this.clone();
        let drop = on(&window, "drop", move |event| {
            event.prevent_default();
            if let Some(app) = this.upgrade() {
                app.dropped(event);
            }
        });
        vec![went, over, drop]
    }

    /// Another section is shown, from its top.
    fn went(&self) {
        self.send(Msg::Go(section()));
        if let Some(window) = web_sys::window() {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
    }
}

impl State {
    /// Draws, and keeps the focus where it is: a row that moves loses it, and a control that goes away leaves it to the
    /// heading.
    fn draw(&mut self) {
        self.frame = None;
        let active = || document().active_element().and_then(|it| it.dyn_into::<HtmlElement>().ok());
        let before = active().filter(|it| it.tag_name() != "BODY");
        let view = view(&self.desk);
        self.surface.show(&view);
        let Some(before) = before else { return };
        let is_shown = |it: &HtmlElement| {
            it.is_connected()
                && it.tag_name() != "BODY"
                && it.closest("[hidden]").is_ok_and(|it| it.is_none())
        };
        if active().is_some_and(|it| is_shown(&it)) {
            return;
        }
        if is_shown(&before) {
            let _ = before.focus();
        } else {
            self.surface.focus(Spot::Section, &view);
        }
    }
}

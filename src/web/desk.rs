//! The desk: the extension's own tab. It feeds messages to the model, carries out the model's effects, and draws the
//! views.

mod attach;
mod effects;
mod file;

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use baton_core::app;
use baton_core::app::desk::view::view;
use baton_core::app::desk::{Desk, Effect, Msg, Section, Spot};
use baton_core::app::keys::Keys;
use baton_core::wire::{FromHub, ToHub};
use gloo_timers::callback::{Interval, Timeout};
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Event, File, HtmlElement, Window};

use crate::browser::i18n;
use crate::browser::port::LinkEvent;
use crate::browser::worker::Worker;
use crate::browser::{clock, random, storage};
use crate::dom::{Listener, document, on};
use crate::stage::Stage;
use crate::ui::desk::{Purpose, Send, Surface, Take, files_of};

/// How long a toast stays, in milliseconds. It is longer than on the page, because its button may undo a whole import.
const TOAST: u32 = 20_000;

thread_local! {
    /// The desk, while its tab is open.
    static DESK: RefCell<Option<Attached>> = const { RefCell::new(None) };
}

/// The listeners and state of the tab. Dropping it detaches the desk.
struct Attached {
    _app: Rc<App>,
    _listeners: Vec<Listener>,
    _storage: storage::Watch,
    _minute: Interval,
}

/// The state that the callbacks share.
struct App {
    mac: bool,
    state: RefCell<State>,
    stage: Stage<Msg>,
    /// The worker that is reading another tool's file, while it reads.
    reading: RefCell<Option<Worker>>,
    /// The file that was last removed from a reply, while the removal can be undone.
    taken: RefCell<Option<File>>,
    this: Weak<App>,
}

struct State {
    desk: Desk,
    surface: Surface,
    turn: Option<Timeout>,
}

/// Starts the desk in the element `#desk`.
pub(crate) fn start() {
    let (Some(window), Some(host)) = (web_sys::window(), document().get_element_by_id("desk")) else {
        return;
    };
    let mac = window.navigator().platform().is_ok_and(|it| it.starts_with("Mac"));
    let app = Rc::new_cyclic(|this: &Weak<App>| {
        let state = State {
            desk: Desk::new(random::name(), section(), i18n::locale()),
            surface: Surface::new(&host, &sender(this), &taker(this), mac),
            turn: None,
        };
        App {
            mac,
            state: RefCell::new(state),
            stage: Stage::new(sender(this), Msg::Context),
            reading: RefCell::default(),
            taken: RefCell::default(),
            this: this.clone(),
        }
    });
    let listeners = app.listen(&window);
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
                app.send(Msg::Context(app::context::Msg::Minute));
            }
        })
    };
    app.say_hello();
    app.send(Msg::Context(app::context::Msg::Minute));
    app.load_keys();
    app.send_about(&window);
    app.load_layout();
    DESK.set(Some(Attached { _app: app, _listeners: listeners, _storage: storage, _minute: minute }));
}

/// A callback that sends a message to the desk.
fn sender(desk: &Weak<App>) -> Send {
    let desk = desk.clone();
    Rc::new(move |msg| {
        if let Some(app) = desk.upgrade() {
            app.send(msg);
        }
    })
}

/// A callback that hands files to the desk.
fn taker(desk: &Weak<App>) -> Take {
    let desk = desk.clone();
    Rc::new(move |files, purpose| {
        if let Some(app) = desk.upgrade() {
            app.take(files, purpose);
        }
    })
}

/// The section named by the tab's address.
fn section() -> Section {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    Section::of(&hash.unwrap_or_default())
}

impl App {
    /// Queues a message and works the queue off.
    fn send(&self, msg: Msg) {
        self.stage.queue(msg);
        self.work();
    }

    /// Works the queue off. Messages are handled one at a time: an effect may queue another message, and so may drawing
    /// when it removes a field.
    fn work(&self) {
        let Ok(mut state) = self.state.try_borrow_mut() else { return };
        if self.stage.is_idle() {
            return;
        }
        while let Some(msg) = self.stage.next() {
            let effects = state.desk.update(msg, clock::now());
            if effects.iter().any(|effect| matches!(effect, Effect::Focus(_))) {
                // A node must be on screen before it can take the focus.
                state.draw();
            }
            for effect in effects {
                self.carry_out(effect, &mut state);
            }
        }
        let this = self.this.clone();
        self.stage.draw_soon(move || {
            let Some(app) = this.upgrade() else { return };
            if let Ok(mut state) = app.state.try_borrow_mut() {
                state.draw();
            }
            app.work();
        });
    }

    /// Sends a message to the hub. If the port is closed, it is opened first, with `Hello` and all ops that are not
    /// stored yet.
    fn send_to_hub(&self, message: &ToHub, state: &State) {
        let this = self.this.clone();
        let on_event = move |event| {
            if let Some(app) = this.upgrade() {
                app.on_link_event(event);
            }
        };
        self.stage.send_to_hub(message, || state.desk.opening(), on_event);
    }

    fn on_link_event(&self, event: LinkEvent) {
        match event {
            LinkEvent::Message(FromHub::All(message)) => {
                self.send(Msg::Context(app::context::Msg::Hub(message)));
            }
            LinkEvent::Message(FromHub::Desk(message)) => self.send(Msg::Hub(message)),
            // A desk sends none of the requests that these answer.
            LinkEvent::Message(FromHub::Page(_)) => {}
            LinkEvent::Closed => {
                self.stage.close_link();
                self.send(Msg::Context(app::context::Msg::Closed));
            }
            LinkEvent::Gone => self.send(Msg::Context(app::context::Msg::Gone)),
        }
    }

    /// Sends `Hello`, on a new port if the last one is closed.
    fn say_hello(&self) {
        if let Ok(state) = self.state.try_borrow() {
            self.send_to_hub(&state.desk.hello(), &state);
        }
    }

    /// Handles a change of the extension's storage: the hub has news, or WhatsApp was opened for the first time.
    fn stored(&self, area: &str, keys: &[String]) {
        let Ok(state) = self.state.try_borrow() else { return };
        let news = area == "sync" || keys.iter().any(|key| key == storage::REVISION);
        let missed = self.stage.is_link_closed() && news;
        let first = !state.desk.has_team() && area == "local";
        drop(state);
        if missed || first {
            self.say_hello();
        }
    }

    /// Loads the shortcut keys that the person chose.
    fn load_keys(&self) {
        let this = self.this.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let line = storage::local_get(storage::KEYS).await.unwrap_or_default();
            if let Some(app) = this.upgrade() {
                app.send(Msg::Context(app::context::Msg::Keys(Keys::read(&line, app.mac))));
            }
        });
    }

    fn dropped(&self, event: &Event) {
        event.prevent_default();
        let data = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
        let purpose = if section() == Section::Sync { Purpose::Packet } else { Purpose::Import };
        self.take(files_of(data.and_then(|data| data.files())), purpose);
    }

    /// Listens for every event outside the desk's own nodes.
    fn listen(&self, window: &Window) -> Vec<Listener> {
        let app = |handle: fn(&App, &Event)| {
            let this = self.this.clone();
            move |event: &Event| {
                if let Some(app) = this.upgrade() {
                    handle(&app, event);
                }
            }
        };
        vec![
            on(window, "hashchange", app(|app, _| app.went())),
            on(window, "keydown", app(App::key)),
            on(&document(), "visibilitychange", app(|app, _| app.send(Msg::Left))),
            // A file may be dropped anywhere. If it misses its field, the browser would leave the desk to show the
            // file.
            on(window, "dragover", |event| event.prevent_default()),
            on(window, "drop", app(App::dropped)),
        ]
    }

    /// Handles a change of section. The new section is shown from its top.
    fn went(&self) {
        self.send(Msg::Go(section()));
        if let Some(window) = web_sys::window() {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
    }
}

impl State {
    /// Draws, and keeps the focus where it is. A row loses the focus when its node moves, so the focus is put back. If
    /// the focused control is removed, the heading gets the focus.
    fn draw(&mut self) {
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

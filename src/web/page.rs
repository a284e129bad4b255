//! The page: Baton inside WhatsApp Web. It feeds messages to the model, carries out the model's effects, and draws the
//! views.

mod attachments;
mod effects;
mod input;

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use baton_core::app;
use baton_core::app::keys::Keys;
use baton_core::app::{Effect, Link as Reach, Msg, Page, Preference, Preferences};
use baton_core::wire::{FromHub, ToHub, ToPage};
use gloo_timers::callback::Interval;
use wasm_bindgen::JsCast;
use web_sys::{Element, FileList, HtmlElement, Window};

use self::attachments::Fetching;
use self::effects::Before;
use crate::browser::port::LinkEvent;
use crate::browser::{clock, i18n, random, storage};
use crate::dom::{Listener, document, on, on_capture, viewport};
use crate::stage::Stage;
use crate::ui::overlay::Overlay;
use crate::ui::widget::Send;
use crate::whatsapp::{Attempt, Event, Hold, WhatsApp, update};

/// How long a toast stays, in milliseconds.
const TOAST: u32 = 8_000;
/// The setting with the chats that the person held when this browser last looked.
const HELD: &str = "baton.held";
/// In a window narrower than this, in CSS pixels, the sidebar has no room beside WhatsApp.
const NARROW: f64 = 1_100.0;

thread_local! {
    /// The page's state. Taking it out of the cell removes Baton from the page.
    static PAGE: RefCell<Option<Attached>> = const { RefCell::new(None) };
}

/// The listeners and state of the page. Dropping it detaches all of them.
struct Attached {
    _app: Rc<App>,
    _listeners: Vec<Listener>,
    _storage: storage::Watch,
}

/// The state that the callbacks share.
struct App {
    mac: bool,
    state: RefCell<State>,
    stage: Stage<Msg>,
    /// The node of Baton's that keeps the focus until the person moves it elsewhere.
    held: RefCell<Option<HtmlElement>>,
    /// The files that were last dropped or fetched. They are kept here because messages are plain data and hold no
    /// files.
    files: RefCell<Option<FileList>>,
    this: Weak<App>,
}

struct State {
    model: Page,
    whatsapp: WhatsApp,
    overlay: Overlay,
    /// Where the focus was before each of Baton's surfaces took it.
    before: Vec<Before>,
    /// The attached files that are being fetched from the hub.
    fetching: Option<Fetching>,
    minute: Option<Interval>,
}

/// Starts Baton on the page.
pub(crate) async fn start(style: String) {
    let [collapsed, tags_shown, no_suggestions, knows_keys, held] = storage::local_get_all([
        setting(Preference::Collapsed),
        setting(Preference::TagsShown),
        setting(Preference::NoSuggestions),
        setting(Preference::KnowsKeys),
        HELD,
    ])
    .await;
    let is_on = |stored: Option<String>| stored.as_deref() == Some("1");
    let collapsed = is_on(collapsed);
    let preferences = Preferences {
        tags_shown: is_on(tags_shown),
        no_suggestions: is_on(no_suggestions),
        knows_keys: is_on(knows_keys),
    };
    load_layout().await;
    let mac = web_sys::window()
        .is_some_and(|window| window.navigator().platform().is_ok_and(|it| it.starts_with("Mac")));
    let app = Rc::new_cyclic(|this: &Weak<App>| {
        let watch = {
            let this = this.clone();
            Rc::new(move |event| {
                if let Some(app) = this.upgrade() {
                    app.page_event(event)
                }
            })
        };
        let model = Page::new(random::name(), collapsed, preferences, held.as_deref(), i18n::locale());
        let state = State {
            model,
            whatsapp: WhatsApp::attach(watch),
            overlay: Overlay::new(&sender(this), mac, &style),
            before: Vec::new(),
            fetching: None,
            minute: None,
        };
        App {
            mac,
            state: RefCell::new(state),
            stage: Stage::new(sender(this), Msg::Context),
            held: RefCell::default(),
            files: RefCell::default(),
            this: this.clone(),
        }
    });
    app.keep_time();
    app.load_keys();
    let listeners = app.listen();
    let storage = {
        let this = app.this.clone();
        storage::watch(move |area, keys| {
            if let Some(app) = this.upgrade() {
                app.stored(area, keys);
            }
        })
    };
    app.send(Msg::Narrow(is_narrow()));
    app.page_event(Event::Changed);
    PAGE.set(Some(Attached { _app: app, _listeners: listeners, _storage: storage }));
}

/// A callback that sends a message to the page.
fn sender(page: &Weak<App>) -> Send {
    let page = page.clone();
    Rc::new(move |msg| {
        if let Some(app) = page.upgrade() {
            app.send(msg);
        }
    })
}

/// The setting in which a preference is stored.
fn setting(preference: Preference) -> &'static str {
    match preference {
        Preference::Collapsed => "baton.collapsed",
        Preference::TagsShown => "baton.tags",
        Preference::NoSuggestions => "baton.suggestions",
        Preference::KnowsKeys => "baton.knows-keys",
    }
}

fn is_narrow() -> bool {
    viewport().0 < NARROW
}

/// Loads the imported layout update, if its signature is still valid, and uses it to read WhatsApp.
async fn load_layout() {
    let update = match storage::local_get(storage::LAYOUT).await {
        Some(text) => update::read(&text).await,
        None => None,
    };
    update::put_to_use(update);
}

/// Removes Baton from the page. It must not be called from Baton's own callbacks, since it drops the state that they
/// borrow.
fn leave() {
    wasm_bindgen_futures::spawn_local(async { PAGE.set(None) });
}

impl App {
    /// Listens for every event outside Baton's own nodes.
    fn listen(&self) -> Vec<Listener> {
        let Some(window) = web_sys::window() else { return Vec::new() };
        let visible = {
            let this = self.this.clone();
            on(&document(), "visibilitychange", move |_| {
                if let Some(app) = this.upgrade() {
                    app.keep_time();
                }
            })
        };
        let replaced = on(&document(), "baton-replaced", |_| leave());
        let mut listeners =
            vec![visible, replaced, self.quiet(&window, "keyup"), self.quiet(&window, "keypress")];
        listeners.extend(self.listen_to_input(&window));
        listeners
    }

    /// Stops events of one kind in Baton's surfaces from reaching the page. The page must not see what is typed there.
    fn quiet(&self, window: &Window, kind: &'static str) -> Listener {
        let this = self.this.clone();
        on_capture(window, kind, move |event| {
            let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
            if let (Some(app), Some(target)) = (this.upgrade(), target)
                && app.state.try_borrow().is_ok_and(|state| state.overlay.is_ours(&target))
            {
                event.stop_immediate_propagation();
            }
        })
    }

    /// Queues a message and works the queue off.
    fn send(&self, msg: Msg) {
        self.stage.queue(msg);
        self.work();
    }

    /// Works the queue off. Messages are handled one at a time, because an effect may queue another message.
    fn work(&self) {
        let Ok(mut state) = self.state.try_borrow_mut() else { return };
        if self.stage.is_idle() {
            return;
        }
        while let Some(msg) = self.stage.next() {
            let effects = state.model.update(msg, clock::now());
            let moves_focus = effects
                .iter()
                .any(|it| matches!(it, Effect::Focus(_) | Effect::RestoreFocus | Effect::FocusComposer));
            // A surface must be on screen before it can take the focus, and typing should not wait for a frame.
            if moves_focus || state.model.surfaces.palette().is_some() {
                state.draw();
            }
            for effect in effects {
                self.carry_out(effect, &mut state);
            }
        }
        let again = self.this.clone();
        self.stage.draw_soon(move || {
            if let Some(app) = again.upgrade()
                && let Ok(mut state) = app.state.try_borrow_mut()
            {
                state.draw();
            }
        });
        state.whatsapp.set_guard(match () {
            () if state.model.guarded() => Hold::Colleague,
            () if !state.model.unfilled_fields().is_empty() => Hold::Unfilled,
            () => Hold::Nothing,
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
        self.stage.send_to_hub(message, || state.model.opening(), on_event);
    }

    fn on_link_event(&self, event: LinkEvent) {
        let send = |msg| self.send(Msg::Context(msg));
        match event {
            LinkEvent::Message(FromHub::All(message)) => send(app::context::Msg::Hub(message)),
            LinkEvent::Message(FromHub::Page(ToPage::FilePart(part))) => self.on_file_part(part),
            // A page sends none of the requests that these answer.
            LinkEvent::Message(FromHub::Desk(_)) => {}
            LinkEvent::Closed => {
                self.stage.close_link();
                send(app::context::Msg::Closed);
                self.fetch_again();
            }
            LinkEvent::Gone => send(app::context::Msg::Gone),
        }
    }

    /// Handles a change of the extension's storage: the hub has news, and the port may be closed.
    fn stored(&self, area: &str, keys: &[String]) {
        let news = area == "sync" || keys.iter().any(|key| key == storage::REVISION);
        if keys.iter().any(|key| key == storage::LAYOUT) {
            let this = self.this.clone();
            wasm_bindgen_futures::spawn_local(async move {
                load_layout().await;
                if let Some(app) = this.upgrade() {
                    let look = app.state.borrow().whatsapp.look_again();
                    look();
                }
            });
        }
        if keys.iter().any(|key| key == storage::KEYS) {
            self.load_keys();
        }
        let Ok(state) = self.state.try_borrow() else { return };
        if news
            && self.stage.is_link_closed()
            && let Some(hello) = state.model.hello()
        {
            self.send_to_hub(&hello, &state);
        }
    }

    /// Loads the shortcut keys that the person chose at the desk.
    fn load_keys(&self) {
        let this = self.this.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let line = storage::local_get(storage::KEYS).await.unwrap_or_default();
            if let Some(app) = this.upgrade() {
                let keys = Keys::read(&line, app.mac);
                if let Ok(state) = app.state.try_borrow() {
                    state.whatsapp.set_trigger(keys);
                }
                app.send(Msg::Context(app::context::Msg::Keys(keys)));
            }
        });
    }

    fn page_event(&self, event: Event) {
        match event {
            Event::Changed => {
                let Ok(state) = self.state.try_borrow() else { return };
                let reading = state.whatsapp.reading();
                drop(state);
                self.send(Msg::Read(reading));
            }
            Event::Moved => {
                let Ok(mut state) = self.state.try_borrow_mut() else { return };
                let reading = state.whatsapp.reading();
                let State { model, whatsapp, overlay, .. } = &mut *state;
                if model.screen.reading != reading {
                    drop(state);
                    self.send(Msg::Read(reading));
                    let Ok(mut state) = self.state.try_borrow_mut() else { return };
                    let State { model, whatsapp, overlay, .. } = &mut *state;
                    overlay.show_chips(model, whatsapp);
                } else {
                    overlay.show_chips(model, whatsapp);
                }
            }
            Event::Resized => {
                if self.state.try_borrow().is_ok_and(|state| state.model.surfaces.is_narrow() != is_narrow())
                {
                    self.send(Msg::Narrow(is_narrow()));
                }
                let Ok(state) = self.state.try_borrow() else { return };
                state.overlay.place(&state.model, &state.whatsapp);
            }
            Event::Names(names) => self.send(Msg::Chats(app::chats::Msg::Names(names))),
            Event::Trigger => self.send(Msg::Palette(app::palette::Msg::Open { trigger: 2 })),
            Event::Attempted(Attempt::SendUnfilled) => {
                self.send(Msg::Unfilled(app::unfilled::Msg::SendBlocked));
            }
            Event::Attempted(Attempt::Send) => self.send(Msg::Holder(app::holder::Msg::Stopped)),
            Event::Attempted(Attempt::Write) => self.send(Msg::Holder(app::holder::Msg::Wrote)),
        }
    }

    /// Redraws once a minute, since ages are shown in minutes, but only while the page is visible.
    fn keep_time(&self) {
        let Ok(mut state) = self.state.try_borrow_mut() else { return };
        if document().hidden() {
            state.minute = None;
            return;
        }
        let this = self.this.clone();
        state.minute = Some(Interval::new(60_000, move || {
            if let Some(app) = this.upgrade() {
                app.send(Msg::Context(app::context::Msg::Minute));
            }
        }));
    }
}

impl State {
    fn draw(&mut self) {
        let State { model, whatsapp, overlay, .. } = self;
        if model.ctx.link == Reach::Gone {
            overlay.cut_off(whatsapp);
        } else {
            overlay.show(model, whatsapp);
        }
    }
}

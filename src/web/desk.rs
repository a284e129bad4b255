//! The desk: the extension's own tab. It feeds what happens to the model, carries out effects, and draws.

mod attach;
mod file;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use baton_core::app;
use baton_core::app::desk::care::{self, Msg as Care};
use baton_core::app::desk::replies;
use baton_core::app::desk::view::{Body, view};
use baton_core::app::desk::{Desk, Effect, LayoutUnusable, Msg, Section, Spot};
use baton_core::app::keys::Keys;
use baton_core::id::ReplyId;
use baton_core::wire::ToHub;
use gloo_events::EventListener;
use gloo_timers::callback::{Interval, Timeout};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, HtmlElement, KeyboardEvent};

use crate::browser::i18n;
use crate::browser::port::{self, Link, Said};
use crate::browser::runtime::Failed;
use crate::browser::worker::Worker;
use crate::browser::{clock, codes, random, runtime, storage};
use crate::ui::desk::{Purpose, Surface, Take, files_of};
use crate::ui::dom::{Frame, document, on};
use crate::whatsapp::update;
use file::Chosen;

/// How long a code stays before the next one follows, in milliseconds.
const CODE: u32 = 1_500;
/// How long a toast stays: longer than on the page, since it may undo a whole import.
const TOAST: u32 = 20_000;

thread_local! {
    /// The one desk, as long as its tab is open.
    static DESK: RefCell<Option<Attached>> = const { RefCell::new(None) };
}

/// Everything attached to the tab.
struct Attached {
    _app: Rc<App>,
    _listeners: Vec<EventListener>,
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
    taken: RefCell<Option<web_sys::File>>,
    this: Weak<App>,
}

struct State {
    desk: Desk,
    surface: Surface,
    link: Option<Link>,
    frame: Option<Frame>,
    toast: Option<Timeout>,
    turn: Option<Timeout>,
}

/// Starts the desk in the element `#desk`.
pub(crate) fn start() {
    let (Some(window), Some(host)) = (web_sys::window(), document().get_element_by_id("desk")) else {
        return;
    };
    let mac = window.navigator().platform().is_ok_and(|it| it.starts_with("Mac"));
    let app = Rc::new_cyclic(|this: &Weak<App>| {
        let send = {
            let this = this.clone();
            Rc::new(move |msg| {
                if let Some(app) = this.upgrade() {
                    app.send(msg);
                }
            })
        };
        let take: Take = {
            let this = this.clone();
            Rc::new(move |files, purpose| {
                if let Some(app) = this.upgrade() {
                    app.take(files, purpose);
                }
            })
        };
        let state = State {
            desk: Desk::new(random::name(), section(), i18n::locale()),
            surface: Surface::new(&host, &(send as _), &take, mac),
            link: None,
            frame: None,
            toast: None,
            turn: None,
        };
        App {
            state: RefCell::new(state),
            queue: RefCell::default(),
            reading: RefCell::default(),
            taken: RefCell::default(),
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
    let about = care::about(&window.navigator().user_agent().unwrap_or_default(), &runtime::version());
    let still = window.match_media("(prefers-reduced-motion: reduce)").ok().flatten();
    app.send(Msg::Care(Care::About(about, still.is_some_and(|it| it.matches()))));
    app.greet();
    app.send(Msg::Common(app::Msg::Minute));
    app.tell_layout();
    app.tell_keys();
    DESK.set(Some(Attached { _app: app, _listeners: listeners, _storage: storage, _minute: minute }));
}

async fn layout_in_use() -> Option<u32> {
    let text = storage::local_get(storage::LAYOUT).await?;
    Some(update::read(&text).await?.number)
}

/// Uses a layout update from now on. Pages notice and read by it at once.
async fn use_layout(text: &str) -> Result<u32, LayoutUnusable> {
    let Some(chosen) = update::read(text).await else { return Err(LayoutUnusable::Forged) };
    if layout_in_use().await.is_some_and(|number| number > chosen.number) {
        return Err(LayoutUnusable::Older);
    }
    storage::local_set(storage::LAYOUT, text).await;
    Ok(chosen.number)
}

/// The section that the address names.
fn section() -> Section {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    Section::of(&hash.unwrap_or_default())
}

impl App {
    /// Takes in a message. One at a time: an effect may bring the next, and so may drawing, when a field goes away.
    fn send(&self, msg: Msg) {
        self.queue.borrow_mut().push_back(msg);
        let Ok(mut state) = self.state.try_borrow_mut() else { return };
        loop {
            let Some(msg) = self.queue.borrow_mut().pop_front() else { break };
            let effects = state.desk.update(msg, clock::now());
            if effects.iter().any(|effect| matches!(effect, Effect::Focus(_))) {
                // What takes the focus must be on screen before.
                state.draw();
            }
            for effect in effects {
                self.carry_out(effect, &mut state);
            }
        }
        let this = self.this.clone();
        state.frame = Frame::request(move || {
            let Some(app) = this.upgrade() else { return };
            if let Ok(mut state) = app.state.try_borrow_mut() {
                state.draw();
            }
            let next = app.queue.borrow_mut().pop_front();
            if let Some(msg) = next {
                app.send(msg);
            }
        });
    }

    fn carry_out(&self, effect: Effect, state: &mut State) {
        match effect {
            Effect::Send(message) => self.tell_hub(message, state),
            Effect::ToastTimer(number) => {
                let this = self.this.clone();
                state.toast = Some(Timeout::new(TOAST, move || {
                    if let Some(app) = this.upgrade() {
                        app.send(Msg::Common(app::Msg::ToastOver(number)));
                    }
                }));
            }
            // A browser that can't make a blob has no memory left, and says so itself.
            Effect::Download(file) => drop(file::save_team(&file)),
            Effect::SaveText { ending, text } => drop(file::save_text(ending, &text)),
            Effect::DropFile(reply, at) => {
                if let Some(account) = state.desk.account() {
                    self.take_file(account.to_owned(), reply, at);
                }
            }
            Effect::PutBack(reply, at) => {
                if let (Some(account), Some(file)) = (state.desk.account(), self.taken.take()) {
                    self.keep_files(account.to_owned(), reply, at, vec![file]);
                }
            }
            Effect::RememberKeys(line) => {
                wasm_bindgen_futures::spawn_local(async move {
                    storage::local_set(storage::KEYS, &line).await;
                });
            }
            Effect::StopReading => drop(self.reading.take()),
            Effect::SaveBackup(backup) => drop(file::save_backup(&backup)),
            Effect::SavePacket(packet) => drop(file::save_packet(&packet)),
            Effect::Copy(packet) => self.tell(async move {
                let Some(window) = web_sys::window() else { return Care::Copied(false) };
                let copied = JsFuture::from(window.navigator().clipboard().write_text(&packet)).await;
                Care::Copied(copied.is_ok())
            }),
            Effect::LoadCodes => self.tell(async { Care::CodesReady(codes::load().await) }),
            Effect::TurnTimer(number) => {
                let this = self.this.clone();
                state.turn = Some(Timeout::new(CODE, move || {
                    if let Some(app) = this.upgrade() {
                        app.send(Msg::Care(Care::Turn(number)));
                    }
                }));
            }
            Effect::ForgetLayout => wasm_bindgen_futures::spawn_local(storage::local_remove(storage::LAYOUT)),
            Effect::Focus(spot) => state.surface.focus(spot, &view(&state.desk)),
        }
    }

    /// Tells the model what comes of something that takes time.
    fn tell(&self, what: impl Future<Output = Care> + 'static) {
        let this = self.this.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let msg = what.await;
            if let Some(app) = this.upgrade() {
                app.send(Msg::Care(msg));
            }
        });
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

    /// Finds out which layout update is in use.
    fn tell_layout(&self) {
        let this = self.this.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let number = layout_in_use().await;
            if let Some(app) = this.upgrade() {
                app.send(Msg::Layout(number));
            }
        });
    }

    /// Reads files that were chosen, dropped or pasted, and shows the section that they belong to.
    fn take(&self, files: Vec<web_sys::File>, purpose: Purpose) {
        if purpose == Purpose::Attach {
            let Ok(state) = self.state.try_borrow() else { return };
            if let (Some(account), Some(reply)) = (state.desk.account(), state.desk.attaches_to()) {
                self.keep_files(account.to_owned(), reply, state.desk.next_file(reply), files);
            }
            return;
        }
        let this = self.this.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let chosen = file::read(files, purpose).await;
            let Some(app) = this.upgrade() else { return };
            match chosen {
                Some(Chosen::Msg(msg @ Msg::Care(_))) => {
                    app.show(Section::Sync);
                    app.send(msg);
                }
                Some(Chosen::Msg(msg)) => {
                    app.show(Section::Files);
                    app.send(msg);
                }
                Some(Chosen::Layout(text)) => {
                    app.show(Section::Files);
                    app.send(Msg::LayoutChosen(use_layout(&text).await));
                }
                Some(Chosen::Foreign(name, bytes)) => {
                    app.show(Section::Files);
                    app.read_foreign(&name, &bytes);
                }
                None => {}
            }
        });
    }

    /// Attaches files to a reply, from the place `first` on, and tells how it went.
    fn keep_files(&self, account: String, reply: ReplyId, first: u32, files: Vec<web_sys::File>) {
        let this = self.this.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let kept = attach::keep_files(&account, reply, first, files).await;
            if let Some(app) = this.upgrade() {
                app.send(Msg::FilesKept(kept));
            }
        });
    }

    /// Takes a file away from a reply, and holds it until the next one is.
    fn take_file(&self, account: String, reply: ReplyId, at: u32) {
        let this = self.this.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let taken = attach::take_file(&account, &reply.to_string(), at).await;
            let Some(app) = this.upgrade() else { return };
            app.send(match taken {
                Ok(Some(file)) => {
                    let name = file.name();
                    app.taken.replace(Some(file));
                    Msg::FileTaken(reply, at, name)
                }
                Ok(None) => Msg::FilesKept(Ok(())),
                Err(why) => Msg::FilesKept(Err(why)),
            });
        });
    }

    /// Shows a section, unless it is shown.
    fn show(&self, section: Section) {
        if self::section() != section {
            self.send(Msg::Go(section));
            let name = Section::ALL.iter().find(|(it, ..)| *it == section).map_or("", |(_, it, _)| it);
            let _ = web_sys::window().map(|window| window.location().set_hash(name));
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

    /// Has a file of another tool's read. One that was being read is not wanted any more.
    fn read_foreign(&self, name: &str, bytes: &JsValue) {
        self.send(Msg::Reading(0));
        let this = self.this.clone();
        let reading = file::read_foreign(name, bytes, move |msg| {
            if let Some(app) = this.upgrade() {
                app.send(msg);
            }
        });
        drop(self.reading.replace(reading));
    }

    fn listen(&self) -> Vec<EventListener> {
        let Some(window) = web_sys::window() else { return Vec::new() };
        let app = |handle: fn(&App, &web_sys::Event)| {
            let this = self.this.clone();
            move |event: &web_sys::Event| {
                if let Some(app) = this.upgrade() {
                    handle(&app, event);
                }
            }
        };
        vec![
            on(&window, "hashchange", app(App::went)),
            on(&document(), "visibilitychange", app(|app, _| app.send(Msg::Left))),
            on(&window, "keydown", app(App::key)),
            // A file may be dropped anywhere: beside its field, the browser would leave the desk to show it.
            on(&window, "dragover", app(|_, event| event.prevent_default())),
            on(&window, "drop", app(App::dropped)),
        ]
    }

    /// Another section is shown, from its top.
    fn went(&self, _: &web_sys::Event) {
        self.send(Msg::Go(section()));
        if let Some(window) = web_sys::window() {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
    }

    /// Escape steps back one level.
    fn key(&self, event: &web_sys::Event) {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        if key.key() != "Escape" || key.is_composing() {
            return;
        }
        let Ok(state) = self.state.try_borrow() else { return };
        let msg = match view(&state.desk).body {
            Body::Replies(it) if it.bulk.is_some() => Msg::Replies(replies::Msg::SelectNone),
            Body::Replies(it) if it.open.is_some() => Msg::OpenReply(None),
            _ => Msg::Common(app::Msg::Back),
        };
        drop(state);
        self.send(msg);
    }

    fn dropped(&self, event: &web_sys::Event) {
        event.prevent_default();
        let data = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
        let purpose = if section() == Section::Sync { Purpose::Packet } else { Purpose::Import };
        self.take(files_of(data.and_then(|data| data.files())), purpose);
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

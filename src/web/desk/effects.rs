//! Carries out the desk's effects: files, the clipboard, QR codes, timers and the focus.

use baton_core::app::desk;
use baton_core::app::desk::help::LayoutUnusable;
use baton_core::app::desk::replies;
use baton_core::app::desk::sync_centre::{self, Msg as SyncCentre};
use baton_core::app::desk::view::{Body, view};
use baton_core::app::desk::{Effect, Msg, Section};
use baton_core::id::ReplyId;
use gloo_timers::callback::Timeout;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{KeyboardEvent, Window};

use super::file::{self, Chosen};
use super::{App, State, TOAST, attach};
use crate::browser::{codes, runtime, storage};
use crate::ui::desk::Purpose;
use crate::whatsapp::update;

/// How long a QR code is shown before the next one, in milliseconds.
const CODE: u32 = 1_500;

impl App {
    /// Carries out an effect.
    pub(super) fn carry_out(&self, effect: Effect, state: &mut State) {
        match effect {
            Effect::Send(message) => self.send_to_hub(&message, state),
            Effect::ToastTimer(number) => self.stage.hide_toast_after(TOAST, number),
            // A browser that can't make a blob is out of memory and reports that itself.
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
            Effect::Copy(packet) => self.send_when_done(async move {
                let Some(window) = web_sys::window() else { return SyncCentre::Copied(false) };
                let copied = JsFuture::from(window.navigator().clipboard().write_text(&packet)).await;
                SyncCentre::Copied(copied.is_ok())
            }),
            Effect::LoadCodes => self.send_when_done(async { SyncCentre::CodesReady(codes::load().await) }),
            Effect::TurnTimer(number) => {
                let this = self.this.clone();
                state.turn = Some(Timeout::new(CODE, move || {
                    if let Some(app) = this.upgrade() {
                        app.send(Msg::SyncCentre(SyncCentre::Turn(number)));
                    }
                }));
            }
            Effect::ForgetLayout => wasm_bindgen_futures::spawn_local(storage::local_remove(storage::LAYOUT)),
            Effect::Focus(spot) => state.surface.focus(spot, &view(&state.desk)),
        }
    }

    /// Tells the model the name of this browser, and whether the person prefers reduced motion.
    pub(super) fn send_about(&self, window: &Window) {
        let about =
            sync_centre::about(&window.navigator().user_agent().unwrap_or_default(), &runtime::version());
        let still = window.match_media("(prefers-reduced-motion: reduce)").ok().flatten();
        self.send(Msg::SyncCentre(SyncCentre::About(about, still.is_some_and(|it| it.matches()))));
    }

    /// Sends the result of a future to the model when it completes.
    fn send_when_done(&self, what: impl Future<Output = SyncCentre> + 'static) {
        let this = self.this.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let msg = what.await;
            if let Some(app) = this.upgrade() {
                app.send(Msg::SyncCentre(msg));
            }
        });
    }

    /// Loads the number of the layout update in use and tells the model.
    pub(super) fn load_layout(&self) {
        let this = self.this.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let number = layout_in_use().await;
            if let Some(app) = this.upgrade() {
                app.send(Msg::Help(desk::help::Msg::Layout(number)));
            }
        });
    }

    /// Reads files that were chosen, dropped or pasted, and shows the section that handles them.
    pub(super) fn take(&self, files: Vec<web_sys::File>, purpose: Purpose) {
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
                Some(Chosen::Msg(msg @ Msg::SyncCentre(_))) => {
                    app.show(Section::Sync);
                    app.send(msg);
                }
                Some(Chosen::Msg(msg)) => {
                    app.show(Section::Files);
                    app.send(msg);
                }
                Some(Chosen::Layout(text)) => {
                    app.show(Section::Files);
                    app.send(Msg::Help(desk::help::Msg::LayoutChosen(use_layout(&text).await)));
                }
                Some(Chosen::Foreign(name, bytes)) => {
                    app.show(Section::Files);
                    app.read_foreign(&name, &bytes);
                }
                None => {}
            }
        });
    }

    /// Attaches files to a reply, starting at index `first`, and tells the model the result.
    fn keep_files(&self, account: String, reply: ReplyId, first: u32, files: Vec<web_sys::File>) {
        let this = self.this.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let kept = attach::keep_files(&account, reply, first, files).await;
            if let Some(app) = this.upgrade() {
                app.send(Msg::Replies(desk::replies::Msg::FilesAttached(kept)));
            }
        });
    }

    /// Removes a file from a reply. The removed file is kept until the next removal, so that it can be put back.
    fn take_file(&self, account: String, reply: ReplyId, at: u32) {
        let this = self.this.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let taken = attach::take_file(&account, &reply.to_string(), at).await;
            let Some(app) = this.upgrade() else { return };
            app.send(match taken {
                Ok(Some(file)) => {
                    let name = file.name();
                    app.taken.replace(Some(file));
                    Msg::Replies(desk::replies::Msg::FileDetached(reply, at, name))
                }
                Ok(None) => Msg::Replies(desk::replies::Msg::FilesAttached(Ok(()))),
                Err(why) => Msg::Replies(desk::replies::Msg::FilesAttached(Err(why))),
            });
        });
    }

    /// Shows a section, unless it is already shown.
    fn show(&self, section: Section) {
        if super::section() != section {
            self.send(Msg::Go(section));
            let name = Section::ALL.iter().find(|(it, ..)| *it == section).map_or("", |(_, it, _)| it);
            let _ = web_sys::window().map(|window| window.location().set_hash(name));
        }
    }

    /// Starts the importer on another tool's file. An earlier import that is still running is stopped.
    fn read_foreign(&self, name: &str, bytes: &JsValue) {
        self.send(Msg::Files(desk::files::Msg::Reading(0)));
        let this = self.this.clone();
        let reading = file::read_foreign(name, bytes, move |msg| {
            if let Some(app) = this.upgrade() {
                app.send(msg);
            }
        });
        drop(self.reading.replace(reading));
    }

    /// Handles the Escape key, which steps back one level.
    pub(super) fn key(&self, event: &web_sys::Event) {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        if key.key() != "Escape" || key.is_composing() {
            return;
        }
        let Ok(state) = self.state.try_borrow() else { return };
        let msg = match view(&state.desk).body {
            Body::Replies(it) if it.bulk.is_some() => Msg::Replies(replies::Msg::SelectNone),
            Body::Replies(it) if it.open.is_some() => Msg::Replies(desk::replies::Msg::Open(None)),
            _ => Msg::Back,
        };
        drop(state);
        self.send(msg);
    }
}

async fn layout_in_use() -> Option<u32> {
    let text = storage::local_get(storage::LAYOUT).await?;
    Some(update::read(&text).await?.number)
}

/// Stores a layout update and starts using it. Open pages notice the change and use it at once.
async fn use_layout(text: &str) -> Result<u32, LayoutUnusable> {
    let Some(chosen) = update::read(text).await else { return Err(LayoutUnusable::Forged) };
    if layout_in_use().await.is_some_and(|number| number > chosen.number) {
        return Err(LayoutUnusable::Older);
    }
    storage::local_set(storage::LAYOUT, text).await;
    Ok(chosen.number)
}

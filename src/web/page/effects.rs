//! Carries out the page's effects: text and files for the composer, the clipboard, and the focus.

use baton_core::app;
use baton_core::app::palette::Msg as In;
use baton_core::app::{Effect, InsertProblem, Msg};
use baton_core::id::ReplyId;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::attachments::Fetching;
use super::{App, HELD, State, TOAST, setting};
use crate::browser::{random, runtime, storage};
use crate::dom::document;
use crate::whatsapp::{self, Caret, InsertError};

/// Where the focus was before a surface took it.
pub(super) enum Before {
    /// In WhatsApp's composer, at this caret.
    Composer(Caret),
    /// On a node of Baton's or WhatsApp's.
    Node(HtmlElement),
    /// On no particular node.
    Nowhere,
}

impl App {
    /// Carries out an effect.
    pub(super) fn carry_out(&self, effect: Effect, state: &mut State) {
        match effect {
            Effect::Insert(insertion) => {
                // A field of Baton's must not take the focus back from the composer.
                self.held.replace(None);
                // The palette may stay open below the form, with a field of its own. The text goes to the former caret.
                if !state.before.is_empty() {
                    state.before.truncate(1);
                    state.give_back();
                }
                let inserting =
                    state.whatsapp.insert(&insertion.text, insertion.replace_before, insertion.cursor);
                let this = self.this.clone();
                wasm_bindgen_futures::spawn_local(async move {
                    let problem = match inserting.await {
                        Ok(()) => Ok(()),
                        Err(InsertError::NoComposer | InsertError::NothingLanded) => {
                            Err(InsertProblem::NotInserted(insertion.text))
                        }
                        Err(InsertError::Differs) => Err(InsertProblem::Differs(insertion.text)),
                        Err(InsertError::Composing) => Err(InsertProblem::Composing),
                    };
                    if let Some(app) = this.upgrade() {
                        app.send(Msg::Inserted(problem));
                    }
                });
            }
            Effect::Copy(text) => {
                self.copy(&text, |copied| (!copied).then_some(Msg::Notices(app::notices::Msg::NotCopied)))
            }
            Effect::ReadClipboard => {
                let this = self.this.clone();
                wasm_bindgen_futures::spawn_local(async move {
                    let text = read_clipboard().await;
                    if let Some(app) = this.upgrade() {
                        app.send(Msg::Palette(In::Clipboard(text)));
                    }
                });
            }
            Effect::ReadMessage => {
                let begin = |text| Msg::Palette(In::Begin(ReplyId(random::id()), text));
                let msg =
                    state.whatsapp.own_message().map_or(Msg::Notices(app::notices::Msg::NoMessage), begin);
                self.stage.queue(msg);
            }
            Effect::SelectUnfilled => state.whatsapp.select_unfilled(state.model.unfilled_fields()),
            Effect::PassFiles => {
                let Some(files) = self.files.take() else { return };
                self.give(files, state);
            }
            Effect::Attach(files) => {
                let (fetching, next) = Fetching::new(files);
                state.fetching = Some(fetching);
                self.fetch(next, state);
            }
            Effect::CopyReport => {
                let report = whatsapp::report(&runtime::version());
                self.copy(&report, |copied| Some(Msg::Notices(app::notices::Msg::ReportCopied(copied))));
            }
            Effect::ReadChats => {
                let reading = state.whatsapp.chat_facts();
                let this = self.this.clone();
                wasm_bindgen_futures::spawn_local(async move {
                    let facts = reading.await;
                    if let Some(app) = this.upgrade() {
                        app.send(Msg::Chats(app::chats::Msg::Facts(facts)));
                    }
                });
            }
            Effect::OpenChat(title) => {
                let opening = state.whatsapp.open_chat(&title);
                let this = self.this.clone();
                wasm_bindgen_futures::spawn_local(async move {
                    if let (Err(_), Some(app)) = (opening.await, this.upgrade()) {
                        app.send(Msg::Chats(app::chats::Msg::NotFound));
                    }
                });
            }
            Effect::Focus(spot) => {
                let before = state.focused();
                if !matches!(&before, Before::Node(node) if state.overlay.active().as_ref() == Some(node)) {
                    state.before.clear();
                }
                state.before.push(before);
                state.overlay.focus(spot, &state.model);
                self.hold(state);
            }
            Effect::RestoreFocus => {
                self.held.replace(None);
                state.give_back();
                // Another surface of Baton's may be open below.
                self.hold(state);
            }
            Effect::FocusComposer => {
                self.held.replace(None);
                state.before.clear();
                state.whatsapp.focus_composer();
            }
            Effect::RememberHeld(line) => {
                wasm_bindgen_futures::spawn_local(async move { storage::local_set(HELD, &line).await });
            }
            Effect::Remember(preference, on) => {
                let value = if on { "1" } else { "0" };
                wasm_bindgen_futures::spawn_local(storage::local_set(setting(preference), value));
            }
            Effect::Send(message) => self.send_to_hub(&message, state),
            Effect::ToastTimer(number) => self.stage.hide_toast_after(TOAST, number),
        }
    }

    /// Writes a text to the clipboard, and sends the message for its success or failure.
    fn copy(&self, text: &str, then: fn(bool) -> Option<Msg>) {
        let Some(window) = web_sys::window() else { return };
        let copying = window.navigator().clipboard().write_text(text);
        let this = self.this.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let copied = wasm_bindgen_futures::JsFuture::from(copying).await.is_ok();
            if let (Some(msg), Some(app)) = (then(copied), this.upgrade()) {
                app.send(msg);
            }
        });
    }

    pub(super) fn held(&self) -> Option<HtmlElement> {
        self.held.borrow().clone()
    }

    /// Records the focused node, if it is one of Baton's, so that it keeps the focus.
    pub(super) fn hold(&self, state: &State) {
        let active = state.overlay.active().and_then(|it| it.dyn_into().ok());
        if active.is_some() {
            self.held.replace(active);
        }
    }
}

impl State {
    fn focused(&self) -> Before {
        if let Some(ours) = self.overlay.active().and_then(|it| it.dyn_into().ok()) {
            return Before::Node(ours);
        }
        if let Some(caret) = self.whatsapp.caret() {
            return Before::Composer(caret);
        }
        let active = document().active_element().and_then(|it| it.dyn_into::<HtmlElement>().ok());
        active.filter(|it| it.tag_name() != "BODY").map_or(Before::Nowhere, Before::Node)
    }

    fn give_back(&mut self) {
        while let Some(before) = self.before.pop() {
            match before {
                Before::Composer(caret) => self.whatsapp.restore(&caret),
                // The former node may be gone. Then the focus goes to the node that had it before that.
                Before::Node(node) if !is_shown(&node) => continue,
                Before::Node(node) => {
                    let _ = node.focus();
                }
                Before::Nowhere => self.whatsapp.focus_composer(),
            }
            return;
        }
        // The person came to Baton's node by Tab, so nothing was remembered.
        if self.overlay.active().is_some() {
            self.whatsapp.focus_composer();
        }
    }
}

/// The clipboard's text, if the browser and the person allow reading it.
async fn read_clipboard() -> Option<String> {
    let reading = web_sys::window()?.navigator().clipboard().read_text();
    wasm_bindgen_futures::JsFuture::from(reading).await.ok()?.as_string()
}

fn is_shown(node: &HtmlElement) -> bool {
    // The selector is a valid constant.
    node.is_connected() && node.closest("[hidden]").is_ok_and(|hidden| hidden.is_none())
}

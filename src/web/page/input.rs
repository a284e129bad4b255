//! A person's input on the page: keys, presses, dragged files, and moves of the focus.

use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, DragEvent, Element, HtmlElement, KeyboardEvent, Window};

use baton_core::app;
use baton_core::app::{Msg, SidebarMode};

use super::App;
use crate::dom::{Listener, on_capture};
use crate::ui::keys::chord;

impl App {
    /// Listens for keys, presses, dragged files and moves of the focus. The listeners run before the page's own.
    pub(super) fn listen_to_input(&self, window: &Window) -> Vec<Listener> {
        let key = {
            let this = self.this.clone();
            on_capture(window, "keydown", move |event| {
                if let (Some(app), Some(event)) = (this.upgrade(), event.dyn_ref::<KeyboardEvent>()) {
                    app.key(event);
                }
            })
        };
        let moved = {
            let this = self.this.clone();
            on_capture(window, "focusin", move |event| {
                let target = event.target().and_then(|it| it.dyn_into::<HtmlElement>().ok());
                if let (Some(app), Some(target)) = (this.upgrade(), target) {
                    app.focus_moved(&target);
                }
            })
        };
        let away = {
            let this = self.this.clone();
            on_capture(window, "pointerdown", move |event| {
                let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
                if let (Some(app), Some(target)) = (this.upgrade(), target) {
                    app.pressed(&target);
                }
            })
        };
        let drag = |kind: &'static str, handle: fn(&App, &DragEvent)| {
            let this = self.this.clone();
            on_capture(window, kind, move |event| {
                if let (Some(app), Some(event)) = (this.upgrade(), event.dyn_ref::<DragEvent>()) {
                    handle(&app, event);
                }
            })
        };
        let drags =
            [drag("dragover", App::dragged), drag("dragleave", App::dragged), drag("drop", App::dropped)];
        drags.into_iter().chain([key, away, moved]).collect()
    }

    /// Handles a press of the mouse or a finger. Outside Baton's surfaces, it gives the focus back to the page, and closes
    /// the palette and a sidebar over the page.
    fn pressed(&self, on: &Element) {
        self.held.replace(None);
        let Ok(state) = self.state.try_borrow() else { return };
        if state.overlay.is_ours(on) {
            return;
        }
        let surfaces = &state.model.surfaces;
        let open = surfaces.palette().is_some() || surfaces.sidebar() == SidebarMode::Over;
        drop(state);
        if open {
            self.send(Msg::PressedOutside);
        }
    }

    /// Handles files that are dragged over the sidebar or away from it.
    fn dragged(&self, event: &DragEvent) {
        let over = event.type_() == "dragover" && self.files_for_us(event).is_some();
        if over {
            // Preventing the default marks the sidebar as a drop target.
            event.prevent_default();
        }
        if let Ok(state) = self.state.try_borrow() {
            state.overlay.offer(over);
        }
    }

    /// Handles dropped files. On the sidebar they are for the open chat; anywhere else they are WhatsApp's.
    fn dropped(&self, event: &DragEvent) {
        let Some(data) = self.files_for_us(event) else { return };
        event.prevent_default();
        event.stop_immediate_propagation();
        if let Ok(state) = self.state.try_borrow() {
            state.overlay.offer(false);
        }
        self.files.replace(data.files().filter(|files| files.length() > 0));
        self.send(Msg::Attachments(app::attachments::Msg::Dropped));
    }

    /// The dragged data, if it holds files and is over the sidebar.
    fn files_for_us(&self, event: &DragEvent) -> Option<DataTransfer> {
        let data = event.data_transfer()?;
        let has_files = data.types().iter().any(|kind| kind.as_string().as_deref() == Some("Files"));
        let state = self.state.try_borrow().ok()?;
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        (has_files && state.overlay.is_on_sidebar(x, y)).then_some(data)
    }

    fn key(&self, event: &KeyboardEvent) {
        let Ok(state) = self.state.try_borrow() else { return };
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let mut ours = target.as_ref().is_some_and(|it| state.overlay.is_ours(it));
        if state.model.screen.reading.dialog && !ours {
            return;
        }
        if !ours
            && event.is_trusted()
            && !event.is_composing()
            && let Some(held) = self.held()
        {
            // The editor has the focus for the moment. A node of Baton's that is no longer shown can't take it back.
            let _ = held.focus();
            ours = state.overlay.active().as_ref() == Some(held.as_ref());
            if !ours {
                self.held.replace(None);
            }
        }
        let over = state.model.surfaces.palette().is_some()
            || state.model.surfaces.is_helping()
            || state.model.is_asking();
        if event.key() == "Escape" && event.is_trusted() && !event.is_composing() && (ours || over) {
            drop(state);
            event.prevent_default();
            event.stop_immediate_propagation();
            self.send(Msg::Back);
            return;
        }
        let question = state.model.question();
        let is_tab = event.key() == "Tab" && event.is_trusted() && !event.is_composing();
        let is_bare = !(event.shift_key() || event.ctrl_key() || event.alt_key() || event.meta_key());
        let leads_in = !ours && is_tab && is_bare && state.whatsapp.caret().is_some();
        if let Some(spot) = question.filter(|_| leads_in) {
            // A question that opened by itself took no focus, so this is the way to it.
            drop(state);
            event.prevent_default();
            event.stop_immediate_propagation();
            self.send(Msg::AnswerByKeys(spot));
            return;
        }
        let typing = target.as_ref().is_some_and(is_editable)
            || (ours && state.overlay.active().is_some_and(|it| is_editable(&it)));
        if let Some(action) =
            chord(event, self.mac).and_then(|chord| state.model.ctx.keys.action_of(chord, typing))
        {
            drop(state);
            event.prevent_default();
            event.stop_immediate_propagation();
            self.send(Msg::Key(action));
            return;
        }
        if !ours {
            return;
        }
        // Messages from the handler wait in the queue until the state is free again.
        let handled = event.is_trusted() && state.overlay.key(event);
        if event.key() == "Tab" {
            self.held.replace(None);
        } else {
            self.hold(&state);
        }
        drop(state);
        if handled {
            event.prevent_default();
        }
        event.stop_immediate_propagation();
        self.work();
    }

    /// Handles a move of the focus. WhatsApp's editor takes the focus whenever it draws its caret, even right after a
    /// surface of Baton's opened. Baton then takes the focus back: a stray key would be typed into the message, and
    /// Enter would send it.
    fn focus_moved(&self, to: &HtmlElement) {
        if to.is_content_editable()
            && let Some(held) = self.held()
        {
            // If the held node has left the screen, the focus stays where it went.
            let _ = held.focus();
        }
    }
}

fn is_editable(element: &Element) -> bool {
    let editable = element.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable);
    editable || matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA")
}

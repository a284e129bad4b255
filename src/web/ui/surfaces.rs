//! The surfaces that a hand opens: the palette, the list that a filter leaves, what keeps a draft from being sent, and the
//! keys. They are made after what is seen first.

use baton_core::app::keys::Keys;
use baton_core::app::palette::view::{self as palette_view, PaletteView};
use baton_core::app::{Model, view};
use web_sys::HtmlElement;

use super::dom::viewport;
use super::help::Help;
use super::narrowed::Narrowed;
use super::palette::Palette;
use super::unfilled::Unfilled;
use super::widget::{Send, show};
use crate::whatsapp::WhatsApp;

/// The surfaces that a hand opens.
pub(crate) struct Surfaces {
    pub(super) palette: Palette,
    pub(super) unfilled: Unfilled,
    pub(super) narrowed: Narrowed,
    pub(super) help: Help,
    shown: Option<Shown>,
}

/// What is on screen of them, as plain data.
#[derive(PartialEq)]
struct Shown {
    palette: Option<PaletteView>,
    unfilled: Option<view::Unfilled>,
    narrowed: Option<view::Narrowed>,
    helping: Option<Keys>,
}

impl Surfaces {
    pub(super) fn new(send: &Send, mac: bool) -> Surfaces {
        Surfaces {
            palette: Palette::new(send, mac),
            unfilled: Unfilled::new(send),
            narrowed: Narrowed::new(send),
            help: Help::new(send, mac),
            shown: None,
        }
    }

    /// Each surface, with the one of these nodes that comes after it, and so is drawn over it; the one without comes last.
    pub(super) fn nodes<'a>(
        &'a self,
        line: &'a HtmlElement,
        question: &'a HtmlElement,
        sidebar: &'a HtmlElement,
    ) -> [(&'a HtmlElement, Option<&'a HtmlElement>); 5] {
        let Surfaces { palette, unfilled, narrowed, help, .. } = self;
        [
            (&narrowed.node, Some(line)),
            (&unfilled.mark, Some(question)),
            (&unfilled.node, Some(question)),
            (&palette.node, Some(sidebar)),
            (&help.node, None),
        ]
    }

    /// Draws the model.
    pub(super) fn show(&mut self, model: &Model, whatsapp: &WhatsApp) {
        let shown = Shown {
            palette: palette_view::palette(model),
            unfilled: view::unfilled(model),
            narrowed: view::narrowed(model),
            helping: model.helping.then_some(model.keys_chosen),
        };
        // Asked before anything changes: after that the page would have to be laid out anew for the answer.
        self.place_palette(model, whatsapp);
        if self.shown.as_ref() != Some(&shown) {
            self.palette.show(shown.palette.as_ref());
            self.unfilled.show(shown.unfilled.as_ref());
            self.narrowed.show(shown.narrowed.as_ref());
            self.help.show(shown.helping);
            self.shown = Some(shown);
        }
    }

    /// Hides them all: this Baton is cut off from its hub.
    pub(super) fn hide(&self) {
        self.palette.show_none();
        self.unfilled.show(None);
        show(&self.narrowed.node, false);
        show(&self.help.node, false);
    }

    // Asking where something is lays the page out: only what is on screen asks.
    pub(super) fn place_palette(&self, model: &Model, whatsapp: &WhatsApp) {
        if model.palette.is_some() {
            self.palette.place(whatsapp.composer_rect().as_ref(), viewport());
        }
    }

    pub(super) fn place_bars(&self, model: &Model, whatsapp: &WhatsApp) {
        if self.shown.as_ref().is_some_and(|shown| shown.unfilled.is_some()) {
            let (composer, send) = (whatsapp.composer_rect(), whatsapp.send_rect());
            self.unfilled.place(composer.as_ref(), send.as_ref(), viewport());
        }
        if model.filter.is_some() {
            self.narrowed.place(whatsapp.list_rect().as_ref());
        }
    }
}

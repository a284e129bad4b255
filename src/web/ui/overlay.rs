//! The overlay: all surfaces that Baton draws on WhatsApp's page, and the focus inside them.

use baton_core::app::filter::view::Narrowed as NarrowedView;
use baton_core::app::holder::view::Banner as BannerView;
use baton_core::app::keys::Keys;
use baton_core::app::notices::view::ToastView;
use baton_core::app::palette::view::PaletteView;
use baton_core::app::reading::Reading;
use baton_core::app::shortlist::view::Suggestion;
use baton_core::app::unfilled::view::Unfilled as UnfilledView;
use baton_core::app::{Page, Sidebar as SidebarView, SidebarMode, Spot};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::chats::chips::Chips;
use super::filter::Narrowed;
use super::holder::Banner;
use super::keys::Help;
use super::notices::Toast;
use super::palette::Palette;
use super::shortlist::suggestions::{BAND, BUTTON, Suggestions};
use super::sidebar::{RAIL, Sidebar, WIDTH};
use super::unfilled::Unfilled;
use super::widget::{Send, focus_row, is_rtl, show, step};
use crate::dom::root::Root;
use crate::dom::{append, document, set_flag, viewport};
use crate::whatsapp::{RoomSize, WhatsApp};

/// All surfaces. Dropping the overlay removes them from the page.
pub(crate) struct Overlay {
    root: Root,
    chips: Chips,
    sidebar: Sidebar,
    suggestions: Suggestions,
    banner: Banner,
    palette: Palette,
    unfilled: Unfilled,
    narrowed: Narrowed,
    help: Help,
    toast: Toast,
    shown: Option<Shown>,
}

/// The views that are on screen. Comparing them is a hundred times cheaper than checking every node, which matters
/// while the list scrolls.
#[derive(PartialEq)]
struct Shown {
    /// Ages are shown in minutes, so the surfaces are drawn again when the minute changes.
    minute: u64,
    sidebar: SidebarView,
    toast: Option<ToastView>,
    suggestions: Vec<Suggestion>,
    at_composer: bool,
    suggesting: bool,
    banner: Option<BannerView>,
    palette: Option<PaletteView>,
    unfilled: Option<UnfilledView>,
    narrowed: Option<NarrowedView>,
    helping: Option<Keys>,
}

impl Overlay {
    pub(crate) fn new(send: &Send, mac: bool, style: &str) -> Overlay {
        let overlay = Overlay {
            root: Root::new("overlay", style),
            chips: Chips::new(style),
            sidebar: Sidebar::new(send),
            suggestions: Suggestions::new(send),
            banner: Banner::new(send),
            palette: Palette::new(send, mac),
            unfilled: Unfilled::new(send),
            narrowed: Narrowed::new(send),
            help: Help::new(send),
            toast: Toast::new(send),
            shown: None,
        };
        let Overlay { banner, sidebar, suggestions, palette, unfilled, narrowed, help, toast, .. } = &overlay;
        // A node is painted over the nodes before it.
        for node in [
            &narrowed.node,
            &suggestions.band,
            &suggestions.button.node,
            &banner.line,
            &unfilled.mark,
            &unfilled.node,
            &banner.question,
            &palette.node,
            &toast.node,
            &sidebar.node,
            &help.node,
        ] {
            append(overlay.root.shadow(), node);
        }
        overlay
    }

    /// Draws the page's state.
    pub(crate) fn show(&mut self, model: &Page, whatsapp: &WhatsApp) {
        if let Some(body) = document().body() {
            self.root.attach(&body);
        }
        let Reading { dark, surface, selected_row, .. } = model.screen.reading;
        self.root.theme(dark, surface, None);
        self.chips.theme(dark, surface, selected_row);
        let suggestions = model.suggestions();
        let at_composer = model.can_write();
        let band = if suggestions.is_empty() { 0 } else { BAND };
        let aside = if model.surfaces.sidebar() == SidebarMode::Beside { WIDTH } else { RAIL };
        let button = if at_composer { BUTTON } else { 0 };
        whatsapp.make_room(Some(RoomSize { aside, button, band }));
        let shown = Shown {
            minute: model.ctx.now / 60_000,
            sidebar: model.sidebar(),
            toast: model.toast(),
            suggestions,
            at_composer,
            suggesting: !model.ctx.preferences.no_suggestions,
            banner: model.banner(),
            palette: model.palette(),
            unfilled: model.unfilled(),
            narrowed: model.narrowed(),
            helping: model.surfaces.is_helping().then_some(model.ctx.keys),
        };
        // The position is read before any node changes. Reading it later would force another layout.
        self.place_palette(model, whatsapp);
        if self.shown.as_ref() != Some(&shown) {
            self.sidebar.show(&shown.sidebar, shown.suggesting);
            self.suggestions.show(&shown.suggestions, shown.at_composer);
            self.toast.show(shown.toast.as_ref());
            self.banner.show(shown.banner.as_ref());
            self.palette.show(shown.palette.as_ref());
            self.unfilled.show(shown.unfilled.as_ref());
            self.narrowed.show(shown.narrowed.as_ref());
            self.help.show(shown.helping);
            self.shown = Some(shown);
        }
        self.place_bars(model, whatsapp);
        self.show_chips(model, whatsapp);
    }

    /// Shows that Baton is cut off from its hub. Nothing else can be drawn, because the browser's localised messages
    /// are unavailable too.
    pub(crate) fn cut_off(&self, whatsapp: &WhatsApp) {
        whatsapp.make_room(Some(RoomSize { aside: WIDTH, button: 0, band: 0 }));
        self.suggestions.hide();
        self.sidebar.cut_off();
        self.banner.show_none();
        self.palette.show_none();
        self.unfilled.show(None);
        show(&self.narrowed.node, false);
        show(&self.help.node, false);
        self.toast.show(None);
    }

    /// Draws the chips at the present positions of the rows.
    pub(crate) fn show_chips(&mut self, model: &Page, whatsapp: &WhatsApp) {
        let rows = model.row_chips();
        let scroller = if rows.is_empty() { None } else { whatsapp.chips_parent() };
        self.chips.show(&rows, &whatsapp.row_frames(), scroller.as_ref());
    }

    /// Places the surfaces over the present positions of WhatsApp's parts.
    pub(crate) fn place(&self, model: &Page, whatsapp: &WhatsApp) {
        self.place_palette(model, whatsapp);
        self.place_bars(model, whatsapp);
    }

    // Reading a position forces a layout, so it is read only for surfaces that are on screen.
    fn place_palette(&self, model: &Page, whatsapp: &WhatsApp) {
        if model.surfaces.palette().is_some() {
            let top = whatsapp.header_rect().map(|it| it.top());
            self.palette.place(whatsapp.composer_rect().as_ref(), top, viewport());
        }
    }

    fn place_bars(&self, model: &Page, whatsapp: &WhatsApp) {
        let Some(shown) = &self.shown else { return };
        if shown.banner.is_some() {
            let (header, composer) = (whatsapp.header_rect(), whatsapp.composer_rect());
            self.banner.place(header.as_ref(), composer.as_ref(), viewport());
        }
        if shown.at_composer {
            let (footer, writing) = (whatsapp.composer_rect(), whatsapp.writing_rect());
            self.suggestions.place(footer.as_ref(), writing.as_ref(), model.screen.reading.rtl);
        }
        if shown.unfilled.is_some() {
            let (composer, send) = (whatsapp.composer_rect(), whatsapp.send_rect());
            self.unfilled.place(composer.as_ref(), send.as_ref(), viewport());
        }
        if shown.toast.is_some() {
            self.place_toast(shown, model, whatsapp);
        }
        if model.surfaces.filter().is_some() {
            self.narrowed.place(whatsapp.list_rect().as_ref());
        }
    }

    /// Places the toast above everything that stands at the composer, so that it covers no button.
    fn place_toast(&self, shown: &Shown, model: &Page, whatsapp: &WhatsApp) {
        let surfaces = [&self.palette.node, &self.banner.question, &self.unfilled.node];
        let tops = surfaces.iter().map(|it| it.get_bounding_client_rect()).filter(|it| it.height() > 0.0);
        let top = tops.map(|it| it.top()).fold(f64::INFINITY, f64::min);
        let aside = if shown.sidebar.mode == SidebarMode::Beside { WIDTH } else { RAIL };
        let footer = whatsapp.composer_rect();
        self.toast.place(footer.as_ref(), top, viewport(), model.screen.reading.rtl, aside.into());
    }

    /// Focuses the node of a spot.
    pub(crate) fn focus(&self, spot: Spot, model: &Page) {
        let Overlay { palette, unfilled, narrowed, help, .. } = self;
        let target: Option<HtmlElement> = match spot {
            Spot::Palette => Some(palette.input.clone().unchecked_into()),
            Spot::Form if model.surfaces.palette().is_some_and(|it| it.in_sidebar) => {
                self.sidebar.shortlist.form.first()
            }
            Spot::Form => palette.form.first(),
            Spot::EditReply => Some(palette.editor.body.clone().unchecked_into()),
            Spot::Unfilled => Some(unfilled.fill.node.clone()),
            Spot::Question => Some(self.banner.answer.node.clone()),
            Spot::TagPicker => self.sidebar.chat.picker(),
            Spot::Name => Some(self.sidebar.notice.name.clone().unchecked_into()),
            Spot::Sidebar => Some(self.sidebar.first()),
            Spot::NewTag => Some(self.sidebar.new_tag().name.clone().unchecked_into()),
            Spot::EditTag => self.sidebar.tags.editor(&model.sidebar()),
            Spot::HandOver => Some(self.sidebar.chat.hand_over()),
            Spot::Help => Some(help.close.node.clone()),
            Spot::Chats => Some(narrowed.first()),
        };
        if let Some(target) = target {
            // A hidden node can't take the focus. The focus then stays where it is.
            let _ = target.focus();
        }
    }

    /// Shows or hides the hint that files can be dropped on the sidebar.
    pub(crate) fn offer(&self, over: bool) {
        set_flag(&self.sidebar.node, "data-drop", over);
    }

    /// Whether a point of the window is on the sidebar.
    pub(crate) fn is_on_sidebar(&self, x: f64, y: f64) -> bool {
        let rect = self.sidebar.node.get_bounding_client_rect();
        (rect.left()..rect.right()).contains(&x) && (rect.top()..rect.bottom()).contains(&y)
    }

    /// The focused node in our shadow root.
    pub(crate) fn active(&self) -> Option<Element> {
        self.root.shadow().active_element()
    }

    /// Whether a node is one of our hosts. Events from inside a host have the host as their target.
    pub(crate) fn is_ours(&self, node: &Element) -> bool {
        node == AsRef::<Element>::as_ref(self.root.host())
            || node == AsRef::<Element>::as_ref(self.chips.host())
    }

    /// Handles a key pressed in one of our nodes. Returns whether it was handled.
    pub(crate) fn key(&self, event: &KeyboardEvent) -> bool {
        let Some(active) = self.active() else { return false };
        let palette = &self.palette;
        if active == *AsRef::<Element>::as_ref(&palette.input) {
            return palette.key(event);
        }
        let shortlist = &self.sidebar.shortlist;
        let is_handled = self.narrowed.key(&active, event)
            || palette.page_key(&active, event)
            || shortlist.key(&active, event);
        if is_handled {
            return true;
        }
        if event.key() == "Enter" && !event.is_composing() && shortlist.form.has_field(&active) {
            shortlist.form.submit();
            return true;
        }
        if active == *AsRef::<Element>::as_ref(&self.sidebar.notice.name)
            && event.key() == "Enter"
            && !event.is_composing()
        {
            self.sidebar.notice.save_name();
            return true;
        }
        let new_tag = self.sidebar.new_tag();
        if active == *AsRef::<Element>::as_ref(&new_tag.name) && event.key() == "Enter" {
            new_tag.submit();
            return true;
        }
        let is_text = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if is_text && self.sidebar.chat.type_ahead(&active, &event.key()) {
            return true;
        }
        let forward = match event.key().as_str() {
            "ArrowDown" => true,
            "ArrowUp" => false,
            "ArrowLeft" | "ArrowRight" if active.get_attribute("role").as_deref() == Some("radio") => {
                return next_radio(&active, event.key() == "ArrowRight");
            }
            "ArrowLeft" | "ArrowRight" if active.tag_name() == "BUTTON" => {
                return step(&active, (event.key() == "ArrowRight") != is_rtl());
            }
            _ => return false,
        };
        active.tag_name() == "BUTTON" && (focus_row(&active, forward) || step(&active, forward))
    }
}

/// Moves the focus in a group of radio buttons and selects the button, as native radio buttons do.
fn next_radio(active: &Element, right: bool) -> bool {
    let next =
        if right != is_rtl() { active.next_element_sibling() } else { active.previous_element_sibling() };
    let Some(next) = next.and_then(|it| it.dyn_into::<HtmlElement>().ok()) else { return false };
    next.click();
    next.focus().is_ok()
}

//! At the composer: Baton's button, and the replies that fit what the customer wrote last. They stand beside WhatsApp's
//! own controls, in room that the footer leaves; see [`crate::whatsapp::WhatsApp::make_room`].

use baton_core::app;
use baton_core::app::Msg;
use baton_core::app::shortlist::Msg as In;
use baton_core::app::shortlist::view::Suggestion;
use baton_core::id::ReplyId;
use web_sys::{DomRect, HtmlElement};

use crate::browser::i18n::tr;
use crate::dom::list::{Row, Rows};
use crate::dom::{Build, Listener, el, lengths, set_attr, set_text};
use crate::ui::icons::Icon;
use crate::ui::widget::{Button, Roving, Send, keep_focus, sends, show};

/// The height of the suggestions above the composer, in CSS pixels.
pub(crate) const BAND: u32 = 36;
/// The width of the button beside the composer, in CSS pixels.
pub(crate) const BUTTON: u32 = 44;
/// The size of the button, and its distance from the edge, in CSS pixels.
const SIZE: f64 = 40.0;
const GAP: f64 = 4.0;
/// The height of the composer's last line with its padding, in CSS pixels.
const LINE: f64 = 42.0;

/// The button and the suggestions.
pub(crate) struct Suggestions {
    /// The button that opens the palette.
    pub(crate) button: Button,
    /// The suggested replies.
    pub(crate) band: HtmlElement,
    chips: Rows<ReplyId, Chip>,
    roving: Roving,
    _off: Button,
    send: Send,
    _listeners: [Listener; 2],
}

impl Suggestions {
    pub(crate) fn new(send: &Send) -> Suggestions {
        let open = Msg::Palette(app::palette::Msg::Open { trigger: 0 });
        let button = Button::icon("composer-button", Icon::Zap, &tr("shortlist_open"), sends(send, open));
        let off = Button::icon(
            "",
            Icon::X,
            &tr("shortlist_suggest_off"),
            sends(send, Msg::Shortlist(In::Suggest(false))),
        );
        let list = el("div").class("suggested");
        let band = el("div").class("suggestions").attr("role", "group").with(&[&list, &off.node]);
        set_attr(&band, "aria-label", Some(&tr("shortlist_suggested")));
        let listeners = [keep_focus(&band), keep_focus(&button.node)];
        let (chips, roving) = (Rows::new(&list), Roving::new(&band));
        Suggestions { button, band, chips, roving, _off: off, send: send.clone(), _listeners: listeners }
    }

    /// Shows the suggestions. `at_composer` says whether there is a composer that Baton can write into.
    pub(crate) fn show(&mut self, view: &[Suggestion], at_composer: bool) {
        show(&self.button.node, at_composer);
        show(&self.band, !view.is_empty());
        let send = &self.send;
        self.chips.show(view, |it| it.id, |it| Chip::new(it.id, send), |chip, it| chip.show(it));
        self.roving.settle();
    }

    /// Hides both.
    pub(crate) fn hide(&self) {
        show(&self.button.node, false);
        show(&self.band, false);
    }

    /// Places both in the room that the conversation's footer leaves. The button stands beside the last line of the
    /// composer, which is `writing`.
    pub(crate) fn place(&self, footer: Option<&DomRect>, writing: Option<&DomRect>, rtl: bool) {
        let (Some(footer), Some(writing)) = (footer, writing) else { return };
        let band = [("left", footer.left()), ("top", footer.top()), ("width", footer.width())];
        set_attr(&self.band, "style", Some(&lengths(&band)));
        let left = if rtl { footer.left() + GAP } else { footer.right() - SIZE - GAP };
        let top = writing.bottom() - LINE / 2.0 - SIZE / 2.0;
        set_attr(&self.button.node, "style", Some(&lengths(&[("left", left), ("top", top)])));
    }
}

/// A suggested reply.
struct Chip {
    node: HtmlElement,
    title: HtmlElement,
    _insert: Button,
}

impl Row for Chip {
    fn node(&self) -> &HtmlElement {
        &self.node
    }
}

impl Chip {
    fn new(id: ReplyId, send: &Send) -> Chip {
        let title = el("span").class("name").attr("dir", "auto");
        let insert = Button::of("suggestion", &[&title], sends(send, Msg::Shortlist(In::Insert(id))));
        Chip { node: insert.node.clone(), title, _insert: insert }
    }

    fn show(&self, view: &Suggestion) {
        set_text(&self.title, &view.title);
        set_attr(&self.node, "title", Some(&view.text));
    }
}

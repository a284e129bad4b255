//! Packets that are carried by hand: exported as a file, over the clipboard or as QR codes, and imported from a file, a
//! paste or pictures.

use baton_core::app::desk::Msg;
use baton_core::app::desk::sync_centre::view::Shown;
use baton_core::app::desk::sync_centre::{Carry, Msg as SyncCentre};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, HtmlElement, HtmlTextAreaElement};

use super::codes::Codes;
use crate::browser::i18n::{localise, tr};
use crate::dom::{Build, Listener, el, on, set_text};
use crate::ui::desk::choose::{Choose, Purpose, files};
use crate::ui::desk::field::labelled;
use crate::ui::desk::{Send, Take, card, text};
use crate::ui::icons::Icon;
use crate::ui::widget::{Button, sends, show};

/// The card of the packets.
pub(super) struct Packet {
    pub(super) node: HtmlElement,
    pub(super) codes: Codes,
    reading: HtmlElement,
    missing: HtmlElement,
    taken: HtmlElement,
    out: [Button; 3],
    _over: Button,
    _choose: Choose,
    _paste: [Listener; 2],
}

impl Packet {
    pub(super) fn new(send: &Send, take: &Take) -> Packet {
        let act = |name, msg| Button::text("", &tr(name), sends(send, Msg::SyncCentre(msg)));
        let out = [
            act("sync_centre_packet_file", SyncCentre::Pack(Carry::File)).with_icon(Icon::Download),
            act("sync_centre_packet_copy", SyncCentre::Pack(Carry::Clipboard)),
            act("sync_centre_packet_codes", SyncCentre::Pack(Carry::Codes)),
        ];
        let buttons = el("div").class("row").with(&[&out[0].node, &out[1].node, &out[2].node]);
        let codes = Codes::new(send);
        let choose = Choose::new("sync_centre_packet_choose", "", Purpose::Packet, take);
        let paste = el("textarea").class("field paste").attr("rows", "1").attr("spellcheck", "false");
        let listeners = pasting(&paste, send, take);
        let missing = el("span").attr("role", "status");
        let over = act("sync_centre_packet_over", SyncCentre::StartOver);
        let reading = el("div").class("row").with(&[&missing, &over.node]);
        // The status element always exists: screen readers do not announce one that is added together with its text.
        let taken = el("div").class("told").attr("role", "status");
        let node = card("sync_centre_packet_title").class("card packet").with(&[
            &text("p", "sync_centre_packet_text"),
            &text("h3", "sync_centre_packet_out"),
            &buttons,
            &codes.node,
            &text("h3", "sync_centre_packet_in"),
            &choose.node,
            &labelled("sync_centre_packet_paste", &paste, None),
            &taken,
            &reading,
        ]);
        Packet { node, codes, reading, missing, taken, out, _over: over, _choose: choose, _paste: listeners }
    }

    pub(super) fn codes_button(&self) -> HtmlElement {
        self.out[2].node.clone()
    }

    pub(super) fn show(&mut self, view: &Shown) {
        self.codes.show(view.codes.as_ref());
        show(&self.reading, view.reading.is_some());
        let missing = view.reading.as_ref().map(localise).unwrap_or_default();
        set_text(&self.missing, &missing);
        let told: Vec<String> = view.taken.iter().map(localise).collect();
        set_text(&self.taken, &told.join("\n"));
    }
}

/// Imports pasted text and pictures at once, since there is nothing to type in this field.
fn pasting(field: &HtmlElement, send: &Send, take: &Take) -> [Listener; 2] {
    let taken = |text: String, send: &Send| {
        let is_some = !text.trim().is_empty();
        if is_some {
            send(Msg::SyncCentre(SyncCentre::TakeIn(text)));
        }
        is_some
    };
    let paste = {
        let (send, take) = (send.clone(), take.clone());
        on(field, "paste", move |event| {
            let data = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
            let Some(data) = data else { return };
            let pictures = files(data.files());
            let is_taken = if pictures.is_empty() {
                taken(data.get_data("text/plain").unwrap_or_default(), &send)
            } else {
                take(pictures, Purpose::Packet);
                true
            };
            if is_taken {
                event.prevent_default();
            }
        })
    };
    // Text can also arrive without a `paste` event, for example by dragging.
    let (send, area) = (send.clone(), field.clone().unchecked_into::<HtmlTextAreaElement>());
    let input = on(field, "input", move |_| {
        let text = area.value();
        area.set_value("");
        taken(text, &send);
    });
    [paste, input]
}

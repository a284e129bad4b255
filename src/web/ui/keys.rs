//! The key router: one listener at the window, before the page's own.
//!
//! Keys typed in our surfaces reach the page as if they came from a `div`, and WhatsApp may act on them; so what starts
//! in our hosts stops there. Keys that the page's scripts make up are ignored: the page must not drive Baton.

use baton_core::app::keys::Chord;
use web_sys::KeyboardEvent;

/// The chord of an event, if it is one that could mean something to us.
pub(crate) fn chord(event: &KeyboardEvent, mac: bool) -> Option<Chord> {
    if !event.is_trusted() || event.is_composing() || event.repeat() {
        return None;
    }
    let (command, other) =
        if mac { (event.meta_key(), event.ctrl_key()) } else { (event.ctrl_key(), event.meta_key()) };
    if other {
        return None;
    }
    // With Alt, a Mac writes another letter; the physical key then says which was meant.
    let key = event.key();
    let mut letters = key.chars();
    let key = match (letters.next(), letters.next()) {
        (Some(letter), None) if letter.is_ascii_graphic() => letter.to_ascii_lowercase(),
        _ => event.code().strip_prefix("Key")?.chars().next()?.to_ascii_lowercase(),
    };
    if event.shift_key() && key.is_ascii_alphabetic() {
        return None;
    }
    Some(Chord { command, alt: event.alt_key(), key })
}

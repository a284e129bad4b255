//! The only code that knows WhatsApp: it reads the page into a [`Reading`], reports changes, makes room for the sidebar,
//! and writes into the composer. It draws nothing and decides nothing.
//!
//! - [`locators`] the selectors, as data · [`find`] applying them · [`parts`] the parts of the page · [`watch`] observers
//! - [`conversation`], [`messages`] the open chat · [`report`], [`outline`] the page for a bug report
//! - [`list`] the rows of the chat list · [`frames`] their positions · [`open`] opening a chat
//! - [`store`], [`directory`], [`identity`] resolving titles to chats, from WhatsApp's own storage
//! - [`draft`] reading the composer · [`composer`] writing into it · [`attach`] files · [`guard`] blocking input
//! - [`update`] signed layout updates · [`room`] room for the sidebar · [`theme`] dark theme, right-to-left

mod attach;
mod composer;
mod conversation;
mod directory;
mod draft;
mod find;
mod frames;
mod guard;
mod identity;
mod list;
mod locators;
mod messages;
mod open;
mod outline;
mod page;
mod parts;
mod report;
mod room;
mod store;
mod text;
mod theme;
pub(crate) mod update;
mod watch;

use crate::dom::Listener;
use std::cell::RefCell;
use std::rc::Rc;

use baton_core::app::keys::Keys;
use baton_core::app::reading::{ChatFacts, Listed, Reading};
use web_sys::{DomRect, Element};

pub(crate) use attach::NotTaken;
pub(crate) use composer::{Caret, InsertError};
pub(crate) use frames::RowFrame;
pub(crate) use guard::{Attempt, Hold};
pub(crate) use open::NotFound;

use guard::Guard;
use page::Page;
use room::Room;
pub(crate) use room::RoomSize;

/// Reads the whole page into a JavaScript object; see [`report`].
pub(crate) fn probe() -> wasm_bindgen::JsValue {
    report::read()
}

/// A description of the page for a bug report, without anybody's texts or numbers.
pub(crate) fn report(version: &str) -> String {
    report::text_for_maintainers(version)
}

/// An event on WhatsApp's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// The reading differs from before.
    Changed,
    /// Rows moved or show other chats. Overlays have to follow before the next paint, so synchronously.
    Moved,
    /// The chat list, the header or the footer was resized.
    Resized,
    /// WhatsApp's directory was read: the chats of its list and archive, with their titles.
    Names(Vec<Listed>),
    /// The trigger of the quick replies (the same sign twice) was just typed before the caret.
    Trigger,
    /// The person tried something in a composer that is guarded.
    Attempted(Attempt),
}

/// A handle on WhatsApp's page. Dropping it removes all observers and listeners, and restores the page.
pub(crate) struct WhatsApp {
    page: Rc<Page>,
    guard: Guard,
    room: RefCell<Room>,
    _listeners: Vec<Listener>,
}

impl WhatsApp {
    /// Starts observing the page, however far it has loaded. The callback `on` gets the events, mostly within the page's
    /// own microtasks, so it must be quick.
    pub(crate) fn attach(on: Rc<dyn Fn(Event)>) -> WhatsApp {
        let page = Page::new(on.clone());
        let weak = Rc::downgrade(&page);
        let parts = move || weak.upgrade().map(|page| page.parts()).unwrap_or_default();
        let guard = Guard::new(parts, move |attempt| on(Event::Attempted(attempt)));
        let listeners = page.listen();
        page.look();
        WhatsApp { page, guard, room: RefCell::default(), _listeners: listeners }
    }

    /// Reads the whole page again, after the locators changed. To be called when nothing is borrowed any more.
    pub(crate) fn look_again(&self) -> impl FnOnce() + use<> {
        let page = self.page.clone();
        move || page.look()
    }

    /// The latest reading of the page.
    pub(crate) fn reading(&self) -> Reading {
        self.page.reading()
    }

    /// Keeps `width` px at the inline end free of WhatsApp; `None` gives them back.
    pub(crate) fn make_room(&self, size: Option<RoomSize>) {
        self.room.borrow_mut().make(size);
    }

    /// Guards the composer as `hold` says.
    pub(crate) fn set_guard(&self, hold: Hold) {
        self.guard.set(hold);
    }

    /// The positions of the reading's rows in [`WhatsApp::chips_parent`].
    pub(crate) fn row_frames(&self) -> Vec<RowFrame> {
        self.page.frames()
    }

    /// The element to which an overlay can be appended, positioned absolutely at its top, so that it scrolls with the
    /// rows.
    pub(crate) fn chips_parent(&self) -> Option<Element> {
        self.page.ground().map(|ground| ground.parent)
    }

    /// The chat list's rectangle on screen.
    pub(crate) fn list_rect(&self) -> Option<DomRect> {
        self.page.parts().list.map(|it| it.get_bounding_client_rect())
    }

    /// The rectangle of the conversation's header on screen.
    pub(crate) fn header_rect(&self) -> Option<DomRect> {
        self.page.parts().header.map(|it| it.get_bounding_client_rect())
    }

    /// The rectangle of the conversation's footer on screen.
    pub(crate) fn composer_rect(&self) -> Option<DomRect> {
        self.page.parts().footer.map(|it| it.get_bounding_client_rect())
    }

    /// Reads the times and unread counts of all chats.
    pub(crate) fn chat_facts(&self) -> impl Future<Output = Vec<ChatFacts>> + use<> {
        store::facts()
    }

    /// The rectangle of the composer on screen.
    pub(crate) fn writing_rect(&self) -> Option<DomRect> {
        self.page.parts().composer.map(|it| it.get_bounding_client_rect())
    }

    /// The rectangle of the send button on screen. It exists while there is a draft.
    pub(crate) fn send_rect(&self) -> Option<DomRect> {
        self.page.parts().send_button().map(|it| it.get_bounding_client_rect())
    }

    /// Selects the first of these unfilled fields in the draft.
    pub(crate) fn select_unfilled(&self, fields: &[String]) {
        if let Some(composer) = self.page.parts().composer {
            composer::focus(&composer);
            draft::select_unfilled(&composer, fields);
        }
    }

    /// Sets the keys that the person chose: the trigger of the quick replies.
    pub(crate) fn set_trigger(&self, keys: Keys) {
        self.page.set_trigger(keys);
    }

    /// The text selected in one of the account's own messages, else the text of the last one.
    pub(crate) fn own_message(&self) -> Option<String> {
        messages::own(&self.page.parts().conversation?)
    }

    /// Focuses the composer. Its caret stays, or goes to the end.
    pub(crate) fn focus_composer(&self) {
        if let Some(composer) = self.page.parts().composer {
            composer::restore(&composer, None);
        }
    }

    /// The caret or selection, if it is in the composer.
    pub(crate) fn caret(&self) -> Option<Caret> {
        composer::caret(&self.page.parts().composer?)
    }

    /// Focuses the composer, and restores the caret if the composer still belongs to the same chat.
    pub(crate) fn restore(&self, caret: &Caret) {
        if let Some(composer) = self.page.parts().composer {
            composer::restore(&composer, Some(caret));
        }
    }

    /// Inserts a text into the composer and reads it back. It replaces the selection and the trigger, the
    /// `replace_before` characters before it; without a selection it goes to the end. The caret goes to `cursor`, an
    /// offset into the text in units of UTF-16, or behind the text. The rest of the draft stays. Nothing is ever sent.
    ///
    /// # Errors
    /// See [`InsertError`].
    pub(crate) fn insert(
        &self,
        text: &str,
        replace_before: usize,
        cursor: Option<usize>,
    ) -> impl Future<Output = Result<(), InsertError>> + use<> {
        let (page, text) = (self.page.clone(), text.to_owned());
        async move { composer::insert(&page, &text, replace_before, cursor).await }
    }

    /// Hands files to WhatsApp, which shows a preview before anything is sent.
    ///
    /// # Errors
    /// If WhatsApp takes none of them.
    pub(crate) fn give_files(
        &self,
        files: web_sys::FileList,
    ) -> impl Future<Output = Result<(), NotTaken>> + use<> {
        let page = self.page.clone();
        let visit = page.visit_number();
        async move { attach::attach(&page, visit, &files).await }
    }

    /// Opens the chat with this title.
    ///
    /// # Errors
    /// If no row has this title, or more than one. The list is then scrolled back.
    pub(crate) fn open_chat(&self, title: &str) -> impl Future<Output = Result<(), NotFound>> + use<> {
        let (page, title) = (self.page.clone(), title.to_owned());
        async move { open::open_chat(&page, &title).await }
    }
}

impl Drop for WhatsApp {
    fn drop(&mut self) {
        // A read of the directory in progress may keep `page` alive a little longer.
        self.page.leave();
    }
}

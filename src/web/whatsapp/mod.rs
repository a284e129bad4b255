//! The only code that knows WhatsApp: it reads the page into a [`Reading`], says when it changes, makes room, writes
//! into the composer, and nothing else. It draws nothing and decides nothing.
//!
//! - [`locators`] what is believed about the markup · [`find`] how · [`parts`] finding the parts · [`watch`] noticing changes
//! - [`conversation`], [`messages`] what is open · [`report`], [`outline`] all of it at once
//! - [`list`] the rows · [`frames`] where they are · [`open`] opening a chat
//! - [`store`], [`directory`], [`identity`] which chat a title stands for, from WhatsApp's own storage
//! - [`draft`] what is written · [`composer`] writing · [`attach`] files · [`guard`] keeping from writing
//! - [`update`] what came after this version · [`room`] room for the sidebar · [`theme`] dark, right-to-left

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

use std::cell::RefCell;
use std::rc::Rc;

use baton_core::app::keys::Keys;
use baton_core::app::reading::{Listed, Reading};
use gloo_events::EventListener;
use web_sys::{DomRect, Element};

pub(crate) use attach::NotTaken;
pub(crate) use composer::{Caret, InsertError};
pub(crate) use frames::RowFrame;
pub(crate) use guard::Hold;
pub(crate) use open::NotFound;

use guard::Guard;
use page::Page;
use room::Room;

/// Everything the reader can tell of the page, as an object of JavaScript's; see [`report`].
pub(crate) fn probe() -> wasm_bindgen::JsValue {
    report::read()
}

/// What a bug report needs to know of the page, without a text or a number of anybody's.
pub(crate) fn report(version: &str) -> String {
    report::text_for_maintainers(version)
}

/// What happens on WhatsApp's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// The reading differs from before.
    Changed,
    /// Rows moved or show other chats: what is drawn over them has to follow before the next paint, which is now.
    Moved,
    /// The list or the bars of the conversation have other sizes.
    Resized,
    /// WhatsApp's directory was read: the chats of its list and archive, with their titles.
    Names(Vec<Listed>),
    /// The sign that opens the quick replies was just typed twice, and the caret is behind it.
    Trigger,
    /// The guard stopped somebody from doing this.
    Stopped(Hold),
}

/// WhatsApp's page. Dropping it lets go of everything and leaves the page as it was found.
pub(crate) struct WhatsApp {
    page: Rc<Page>,
    guard: Guard,
    room: RefCell<Room>,
    _listeners: Vec<EventListener>,
}

impl WhatsApp {
    /// Follows the page from now on, however far it has been loaded. `on` is called with what happens, mostly within
    /// the page's own microtasks: it must be quick.
    pub(crate) fn attach(on: Rc<dyn Fn(Event)>) -> WhatsApp {
        let page = Page::new(on.clone());
        let weak = Rc::downgrade(&page);
        let parts = move || weak.upgrade().map(|page| page.parts()).unwrap_or_default();
        let guard = Guard::new(parts, move |hold| on(Event::Stopped(hold)));
        let listeners = page.listen();
        page.look();
        WhatsApp { page, guard, room: RefCell::default(), _listeners: listeners }
    }

    /// Looks at the whole page anew, when nothing is borrowed any more: what it is read by has changed.
    pub(crate) fn look_again(&self) -> impl FnOnce() + use<> {
        let page = self.page.clone();
        move || page.look()
    }

    /// The last look at the page.
    pub(crate) fn reading(&self) -> Reading {
        self.page.reading()
    }

    /// Leaves this many px at the inline end free of WhatsApp, or none.
    pub(crate) fn make_room(&self, width: Option<u32>) {
        self.room.borrow_mut().make(width);
    }

    /// Stops whatever a person does to write into the conversation, or to send what is written.
    pub(crate) fn set_guard(&self, hold: Hold) {
        self.guard.set(hold);
    }

    /// Where the rows of the reading are in [`WhatsApp::chips_parent`].
    pub(crate) fn row_frames(&self) -> Vec<RowFrame> {
        self.page.frames()
    }

    /// What a host of ours may be appended to, positioned absolutely at its top, to scroll along with the rows.
    pub(crate) fn chips_parent(&self) -> Option<Element> {
        self.page.ground().map(|ground| ground.parent)
    }

    /// Where the chat list is on screen.
    pub(crate) fn list_rect(&self) -> Option<DomRect> {
        self.page.parts().list.map(|it| it.get_bounding_client_rect())
    }

    /// Where the bar over the conversation is on screen.
    pub(crate) fn header_rect(&self) -> Option<DomRect> {
        self.page.parts().header.map(|it| it.get_bounding_client_rect())
    }

    /// Where the bar under the conversation is on screen.
    pub(crate) fn composer_rect(&self) -> Option<DomRect> {
        self.page.parts().footer.map(|it| it.get_bounding_client_rect())
    }

    /// Where the button is that sends, while something is written.
    pub(crate) fn send_rect(&self) -> Option<DomRect> {
        self.page.parts().send_button().map(|it| it.get_bounding_client_rect())
    }

    /// Selects the first of these things in the draft that are to be filled in.
    pub(crate) fn select_unfilled(&self, fields: &[String]) {
        if let Some(composer) = self.page.parts().composer {
            composer::focus(&composer);
            draft::select_unfilled(&composer, fields);
        }
    }

    /// The keys that the person chose: what opens the quick replies while they type.
    pub(crate) fn set_trigger(&self, keys: Keys) {
        self.page.set_trigger(keys);
    }

    /// The text that the person has selected in one of the account's own messages, else the whole of the last one.
    pub(crate) fn own_message(&self) -> Option<String> {
        messages::own(&self.page.parts().conversation?)
    }

    /// Gives the composer the focus; its caret stays, or goes to the end.
    pub(crate) fn focus_composer(&self) {
        if let Some(composer) = self.page.parts().composer {
            composer::restore(&composer, None);
        }
    }

    /// The caret or selection, if it is in the composer.
    pub(crate) fn caret(&self) -> Option<Caret> {
        composer::caret(&self.page.parts().composer?)
    }

    /// Gives the composer the focus and the caret back, if it still is about the same chat.
    pub(crate) fn restore(&self, caret: &Caret) {
        if let Some(composer) = self.page.parts().composer {
            composer::restore(&composer, Some(caret));
        }
    }

    /// Puts a text into the composer, in place of what is selected and of the sign that opened the palette, which is
    /// `replace_before` characters before it (at the end if nothing is selected), and reads it back. The caret goes to `cursor` in the text, in units of UTF-16, or behind it. What else is written there stays. It never sends.
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

    /// Hands files to WhatsApp, which shows them before anything is sent.
    ///
    /// # Errors
    /// If it takes none of them.
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
    /// If no row has it, or more than one; the list is then scrolled to where it was.
    pub(crate) fn open_chat(&self, title: &str) -> impl Future<Output = Result<(), NotFound>> + use<> {
        let (page, title) = (self.page.clone(), title.to_owned());
        async move { open::open_chat(&page, &title).await }
    }
}

impl Drop for WhatsApp {
    fn drop(&mut self) {
        // A reading of the directory that is under way may hold the page a little longer.
        self.page.leave();
    }
}

//! What the page knows.

use crate::app::keys::Keys;
use crate::app::locale::Locale;
use crate::app::palette::draft::Draft;
use crate::app::palette::{Offer, Palette};
use crate::app::reading::{Composer, Identity, Layout, Reading};
use crate::id::{MemberId, ReplyId, TagId};
use crate::map::Map;
use crate::replica::{Edit, Minutes};
use crate::search::Initials;
use crate::shared::Shared;
use crate::team::chat::{ChatId, ChatKey, NamingKey};
use crate::team::holder::Holder;
use crate::team::member::Member;
use crate::uses::Uses;
use crate::wire::{FileNote, Sync};
use crate::words::Words;

/// Everything the page knows, as plain data.
#[derive(Default)]
pub struct Model {
    /// The team, with edits on their way.
    pub shared: Shared,
    /// A random name of this tab's life; the hub counts ops by it.
    pub session: String,
    /// The last look at WhatsApp.
    pub reading: Reading,
    /// How the hub is reached.
    pub link: Link,
    /// Whether the hub has spoken since it was last asked again.
    pub(super) answered: bool,
    /// How sync is doing, as the hub last said.
    pub sync: Sync,
    /// The person at this browser.
    pub me: Option<MemberId>,
    /// What the person uses.
    pub uses: Uses,
    /// The keys that the person chose.
    pub keys_chosen: Keys,
    /// The files that are attached to replies in this browser.
    pub files: Vec<FileNote>,
    /// Wall-clock time, in milliseconds since the epoch, as of the last message.
    pub now: u64,
    /// Whether the sidebar is a rail.
    pub collapsed: bool,
    /// What the chat list is narrowed to.
    pub filter: Option<Filter>,
    /// The quick replies, while open.
    pub palette: Option<Palette>,
    /// Replies that were written in the palette and are neither saved nor dropped.
    pub(super) drafts: Vec<Draft>,
    /// Those that are on their way to disk, by the number of the op.
    pub(super) saving: Vec<(u32, Draft)>,
    /// Whether something changed that the palette may offer.
    pub(super) offer_changed: bool,
    /// What the palette offered last.
    pub(super) offer: Option<Offer>,
    /// By which letters Chinese characters are found, once it was asked for.
    pub(super) initials: Option<Initials>,
    /// Whether the field for a new tag is open.
    pub adding_tag: bool,
    /// The tag that is being edited.
    pub editing_tag: Option<TagId>,
    /// Whether the list of tags for the open chat is open.
    pub picking_tags: bool,
    /// Whether the hand-over form is open.
    pub handing_over: bool,
    /// Whether the keys are shown.
    pub helping: bool,
    /// What was just done, with a way back.
    pub toast: Option<Toast>,
    /// How the person's language says dates and times.
    pub(super) locale: Locale,
    /// The reply on its way into the composer.
    pub(super) inserting: Option<Inserting>,
    /// The files of the reply that was inserted last, on their way to WhatsApp.
    pub(super) attaching: Option<Attaching>,
    /// Whether the person was told that Send is blocked, and has not answered.
    pub(super) asking_send: bool,
    /// What looks like a field in what was inserted and is none, and the visit in which that was.
    pub(super) literal: (Option<u32>, Vec<String>),
    /// The chat, and what is not filled in there and may be sent as it is.
    pub(super) as_it_is: Option<(u32, Vec<String>)>,
    /// Whether the person was asked before writing into a colleague's chat, and what waits for the answer.
    pub(super) asking: Option<Option<Insertion>>,
    /// The chat in which the person decided to help, and the holder who had it then.
    pub(super) helping_in: Option<(ChatKey, MemberId)>,
    /// The account that the naming key belongs to, and the key.
    pub(super) naming: Option<(String, NamingKey)>,
    /// Titles of the chats seen, for lists of chats that are not on screen.
    pub(super) titles: Map<ChatKey, String>,
    /// The keys of the chats seen: naming one costs a hash, and every row is looked up whenever it is drawn.
    pub(super) keys: Map<ChatId, ChatKey>,
    /// Keys under which a chat was known before a better id turned up, and the key it has now.
    pub(super) moved: Map<ChatKey, ChatKey>,
    /// Whether [`Model::moved`] has entries that were not looked at since.
    pub(super) moves_due: bool,
    /// What the person said about the open chat, whose title several have: the visit, and which it is.
    pub(super) told: Option<(u32, ChatId)>,
    pub(super) toasts: u32,
}

/// How the hub is reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Link {
    /// No answer yet.
    #[default]
    Waiting,
    /// The hub has told what it knows; the port may since have closed, which is how it rests.
    Met,
    /// The extension was updated or removed: this page's Baton is the old one.
    Gone,
}

/// What the chat list is narrowed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Chats the person has.
    Mine,
    /// Chats nobody has.
    Free,
    /// Chats that wear a tag.
    Tag(TagId),
}

/// What was just done, and the edits that take it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// Counts up, so that an old timer does not hide a new toast.
    pub number: u32,
    /// What happened.
    pub words: Words,
    /// Whether something went wrong.
    pub bad: bool,
    /// The way back.
    pub undo: Vec<Edit>,
}

/// A text on its way into the composer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insertion {
    /// The text, filled.
    pub text: String,
    /// How many characters before the caret it replaces.
    pub replace_before: usize,
    /// Where in it the caret goes, in units of UTF-16; `None`: behind it.
    pub cursor: Option<usize>,
}

/// Files on their way to WhatsApp.
pub(super) struct Attaching {
    /// They are for what was open then, and for nothing else.
    pub(super) visit: Option<u32>,
    /// Which.
    pub(super) files: Vec<FileNote>,
    /// Whether they wait until the text is filled in: nothing holds Send where WhatsApp shows them.
    pub(super) waits: bool,
}

/// A reply that is being inserted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inserting {
    /// Which.
    pub(super) reply: ReplyId,
    /// The visit to the chat it goes into.
    pub(super) visit: Option<u32>,
    /// Whether something in it is not filled in.
    pub(super) gaps: bool,
    /// Whether the palette stays open for another one.
    pub(super) stay: bool,
}

impl Model {
    /// A page that has just loaded. `session` is a random name of its life.
    pub fn new(session: String, collapsed: bool, locale: Locale) -> Model {
        Model { session, collapsed, locale, ..Model::default() }
    }

    /// The minute it is.
    pub(super) fn minute(&self) -> Minutes {
        Minutes::try_from(self.now / 60_000).unwrap_or(Minutes::MAX)
    }

    /// The chat that is open.
    pub fn open_chat(&self) -> Option<ChatKey> {
        self.key_of(self.open_identity()?)
    }

    /// The person at this browser, once they have a name.
    pub fn myself(&self) -> Option<Member> {
        self.shared.team().member(self.me?)
    }

    /// The colleague who has the open chat.
    pub(super) fn other_holder(&self) -> Option<(ChatKey, &Holder)> {
        let chat = self.open_chat()?;
        let holder = self.shared.team().holder_of(&chat)?;
        (Some(holder.member) != self.me).then_some((chat, holder))
    }

    /// Whether the composer is guarded: a colleague has the chat and the person has not decided what to do.
    pub fn guarded(&self) -> bool {
        let Some((chat, holder)) = self.other_holder() else { return false };
        self.link != Link::Gone
            && self.reading.composer != Composer::Absent
            && self.helping_in != Some((chat, holder.member))
    }

    /// The files that are attached to a reply in this browser.
    pub(super) fn files_of(&self, reply: ReplyId) -> Vec<FileNote> {
        if self.files.is_empty() {
            return Vec::new(); // Nearly always, and every row of the palette asks.
        }
        let id = reply.to_string();
        self.files.iter().filter(|file| file.reply == id).cloned().collect()
    }

    /// The number of the visit to the open chat.
    pub(super) fn visit(&self) -> Option<u32> {
        self.reading.open.as_ref().map(|open| open.visit)
    }

    /// Whether files of a reply are being fetched for the open chat.
    pub fn is_fetching(&self) -> bool {
        self.attaching.as_ref().is_some_and(|it| !it.waits)
    }

    /// What is not filled in in the draft, as long as that keeps it from being sent.
    pub fn unfilled(&self) -> Vec<String> {
        let unfilled = &self.reading.unfilled;
        let allowed = self
            .as_it_is
            .as_ref()
            .is_some_and(|(chat, fields)| Some(*chat) == self.visit() && fields == unfilled);
        if allowed || self.link == Link::Gone {
            return Vec::new();
        }
        let (visit, literal) = &self.literal;
        let is_gap = |field: &&String| *visit != self.visit() || !literal.contains(field);
        unfilled.iter().filter(is_gap).cloned().collect()
    }

    /// Whether the person is being asked before writing.
    pub fn is_asking(&self) -> bool {
        self.asking.is_some() && self.guarded()
    }

    /// Whether text can be put into the composer.
    pub fn can_write(&self) -> bool {
        let settled = self.reading.open.as_ref().is_none_or(|open| open.identity != Identity::Unsettled);
        self.reading.layout == Layout::Known && self.reading.composer != Composer::Absent && settled
    }
}

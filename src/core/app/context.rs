//! The context that every feature is given, on the page and at the desk. It holds the team with pending edits, the
//! person, the time and the link to the hub. It has the only functions that edit, check a permission or show a toast.

use std::collections::VecDeque;

use crate::app::effect::{Common, Preferences};
use crate::app::keys::Keys;
use crate::app::locale::Locale;
use crate::id::{MemberId, ReplyId};
use crate::map::Map;
use crate::optimistic_team::OptimisticTeam;
use crate::replica::{Edit, Key, Minutes, Parts, Value};
use crate::search::Initials;
use crate::team::Team;
use crate::team::chat::{self, ChatKey, NamingKey};
use crate::team::member::Member;
use crate::uses::Uses;
use crate::wire::{
    Edits, FileNote, Hello, HelloAnswer, Op, OpDone, Refusal, Registers, Sync, ToAll, ToHub, Welcome,
};
use crate::words::Words;

/// The context that every feature is given.
#[derive(Default)]
pub struct Context {
    /// The team, with pending edits.
    pub optimistic: OptimisticTeam,
    /// The person at this browser. `None` until the hub has answered.
    pub me: Option<MemberId>,
    /// Wall-clock time, in milliseconds since the epoch, as of the last message.
    pub now: u64,
    /// Formats dates and times for the person.
    pub locale: Locale,
    /// The state of the link to the hub.
    pub link: Link,
    /// The state of sync, as last received from the hub.
    pub sync: Sync,
    /// The current toast.
    pub toast: Option<Toast>,
    /// The person's use counts and pins, which rank the replies.
    pub uses: Uses,
    /// The files that are attached to replies in this browser.
    pub files: Vec<FileNote>,
    /// The keys that the person chose for opening the palette.
    pub keys: Keys,
    /// The person's preferences in this browser.
    pub preferences: Preferences,
    /// The account, and the naming key that is derived from it. `None` until the account is known.
    pub(super) naming: Option<(String, NamingKey)>,
    /// Whether something changed that the offered replies depend on. The router of the page resets it and refreshes the
    /// palette.
    pub(super) offer_changed: bool,
    /// The event of the hub's last message, until the router takes it.
    event: Option<TeamEvent>,
    /// A random id of this tab's lifetime. The hub counts ops by session.
    session: String,
    /// Whether the hub has sent a message since the port last closed.
    answered: bool,
    /// The table of initials by which Chinese characters are found. It is loaded at its first use.
    initials: Option<Initials>,
    /// The number of the last toast.
    toasts: u32,
    /// Toasts that wait for the current one.
    waiting_toasts: VecDeque<Toast>,
}

/// The state of the link to the hub.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Link {
    /// The hub has not answered yet.
    #[default]
    Waiting,
    /// No WhatsApp account was ever seen in this profile. Only a desk can get into this state, because a page knows its
    /// account.
    NoTeam,
    /// The hub has sent the team. The port may have closed since, because the browser stops an idle hub.
    Connected,
    /// The extension was updated or removed, so this tab runs the old code and can't reach the hub any more.
    Gone,
}

/// A message about something that has just happened, and the edits that undo it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// Counts up, so that the timer of an earlier toast does not hide this one.
    pub number: u32,
    /// The message.
    pub words: Words,
    /// Whether something failed.
    pub bad: bool,
    /// The edits that undo the action; empty if it can't be undone by edits.
    pub undo: Vec<Edit>,
    /// The chat or the list that the toast's button opens, if it has one.
    pub target: Option<ToastTarget>,
}

/// The chat or the list that the button of a toast opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToastTarget {
    /// A chat.
    Chat(ChatKey),
    /// The chats that the person holds.
    Mine,
}

/// A change of the team that the hub reported. The context has already applied it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TeamEvent {
    /// The hub answered [`Hello`]. All ops up to this one are stored.
    Welcome {
        /// The number of the op.
        done: u32,
    },
    /// The hub stored the op with this number.
    Stored(u32),
    /// The hub refused the op with this number.
    Refused(u32),
    /// Registers of another tab or device arrived.
    Changed,
}

/// A message that the page and the desk handle alike.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The hub sent a message.
    Hub(ToAll),
    /// The extension was updated or removed while the page is open.
    Gone,
    /// The port to the hub closed.
    Closed,
    /// A minute has passed. Ages on screen have changed, and an unanswered [`Hello`] is sent again.
    Minute,
    /// The keys that the person chose were read or changed.
    Keys(Keys),
    /// Publish and adopt now.
    SyncNow,
    /// Undo the action that the toast is about.
    Undo,
    /// The timer of the toast with this number fired.
    ToastOver(u32),
}

/// An operation that needs a permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Write this register.
    Edit(Key),
}

/// Why an operation is not permitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The reason.
    pub why: Words,
    /// The members who have the permission.
    pub who_may: Vec<MemberId>,
}

impl Context {
    /// Creates the context of a page or desk that has just loaded. `session` is a random id of this tab's lifetime.
    pub fn new(session: String, locale: Locale) -> Context {
        Context { session, locale, ..Context::default() }
    }

    /// Switches to another account, and so to another team. Nothing of the former team may be shown or written from now
    /// on.
    pub(super) fn switch_to(&mut self, account: String) {
        *self = Context {
            now: self.now,
            initials: self.initials.take(),
            keys: self.keys,
            preferences: self.preferences,
            naming: Some((account.clone(), NamingKey::of_account(&account))),
            optimistic: self.optimistic.emptied(),
            ..Context::new(core::mem::take(&mut self.session), self.locale)
        };
    }

    /// The team, pending edits included.
    pub fn team(&self) -> &Team {
        self.optimistic.team()
    }

    /// The text of a register, pending edits included. Empty if its value is not a text.
    pub(super) fn text_of(&self, key: &Key) -> String {
        match self.optimistic.value(key) {
            Value::Text(text) => text,
            _ => String::new(),
        }
    }

    /// The person at this browser, once they have a name.
    pub fn myself(&self) -> Option<Member> {
        self.team().member(self.me?)
    }

    /// The current minute.
    pub(super) fn minute(&self) -> Minutes {
        Minutes::try_from(self.now / 60_000).unwrap_or(Minutes::MAX)
    }

    /// Returns the table of initials, and loads it at the first call.
    pub(super) fn initials(&mut self) -> Initials {
        self.initials.get_or_insert_with(self.locale.initials).clone()
    }

    /// The account whose team this is, once it is known.
    pub(super) fn account(&self) -> Option<&str> {
        self.naming.as_ref().map(|(account, _)| account.as_str())
    }

    /// The files that are attached to a reply in this browser.
    pub(super) fn files_of(&self, reply: ReplyId) -> Vec<FileNote> {
        if self.files.is_empty() {
            return Vec::new(); // This is the usual case, and each row of the palette calls this function.
        }
        let id = reply.to_string();
        self.files.iter().filter(|file| file.reply == id).cloned().collect()
    }

    /// Whether this person may perform an operation. Everything is permitted until a team can have roles.
    #[allow(clippy::unused_self, reason = "the person and the team decide once there are roles")]
    pub fn may(&self, _operation: Operation) -> Result<(), Refused> {
        Ok(())
    }

    /// Applies edits at once, and sends them to the hub as one op.
    pub(super) fn edit<E: From<Common>>(&mut self, edits: Vec<Edit>) -> Vec<E> {
        if edits.is_empty() {
            return vec![];
        }
        if self.link == Link::Gone {
            return vec![]; // The hub can't be reached, and the notice says so.
        }
        if let Some(refused) = edits.iter().find_map(|(key, _)| self.may(Operation::Edit(*key)).err()) {
            return self.toast(refused.why, true);
        }
        let n = self.optimistic.edit(edits.clone(), self.minute());
        self.offer_changed = true;
        vec![Common::Send(op(n, &edits)).into()]
    }

    /// Applies edits, and shows a toast whose undo restores the former values.
    pub(super) fn edit_with_undo<E: From<Common>>(&mut self, edits: Vec<Edit>, words: Words) -> Vec<E> {
        let undo = edits.iter().map(|(key, _)| (*key, self.optimistic.value(key))).collect();
        self.edit_with(edits, words, undo)
    }

    /// Applies edits, and shows a toast whose undo applies the edits `undo`.
    pub(super) fn edit_with<E: From<Common>>(
        &mut self,
        edits: Vec<Edit>,
        words: Words,
        undo: Vec<Edit>,
    ) -> Vec<E> {
        if self.link == Link::Gone {
            return vec![];
        }
        let mut effects = self.edit(edits);
        effects.extend(self.show_toast(words, false, undo));
        effects
    }

    /// Shows a toast without undo. `bad` means that something failed.
    pub(super) fn toast<E: From<Common>>(&mut self, words: Words, bad: bool) -> Vec<E> {
        self.show_toast(words, bad, vec![])
    }

    /// The number of the last toast.
    pub(super) fn last_toast(&self) -> u32 {
        self.toasts
    }

    fn show_toast<E: From<Common>>(&mut self, words: Words, bad: bool, undo: Vec<Edit>) -> Vec<E> {
        self.toasts += 1;
        // A toast about a colleague's action is shown again after this one.
        if let Some(news) = self.toast.take_if(|toast| toast.target.is_some()) {
            self.waiting_toasts.push_front(news);
        }
        self.toast = Some(Toast { number: self.toasts, words, bad, undo, target: None });
        vec![Common::ToastTimer(self.toasts).into()]
    }

    /// Shows what somebody else did, after the current toast.
    pub(super) fn news<E: From<Common>>(
        &mut self,
        words: Words,
        undo: Vec<Edit>,
        target: ToastTarget,
    ) -> Vec<E> {
        self.toasts += 1;
        let target = Some(target);
        self.waiting_toasts.push_back(Toast { number: self.toasts, words, bad: false, undo, target });
        if self.toast.is_none() { self.next_toast() } else { vec![] }
    }

    /// Shows the next waiting toast instead of the current one.
    pub(super) fn next_toast<E: From<Common>>(&mut self) -> Vec<E> {
        self.toast = self.waiting_toasts.pop_front();
        let number = self.toast.as_ref().map(|toast| toast.number);
        number.map(|number| Common::ToastTimer(number).into()).into_iter().collect()
    }

    /// Moves registers from former keys of chats to the current ones, where they are later than the registers already
    /// there. `moved` has the keys that this page found; the team's own moves are included. Several browsers may make
    /// the same move: the result is the same.
    pub(super) fn move_chats<E: From<Common>>(&mut self, moved: &Map<ChatKey, ChatKey>) -> Vec<E> {
        if self.link != Link::Connected {
            return vec![];
        }
        let team = self.optimistic.team();
        let left = moved.iter().chain(team.moves()).filter(|(from, _)| team.knows(from));
        let edits = left.flat_map(|(from, to)| chat::move_to(&self.optimistic, *from, *to)).collect();
        self.edit(edits)
    }
}

/// The link to the hub.
impl Context {
    /// Handles a message.
    pub(super) fn update<E: From<Common>>(&mut self, msg: Msg) -> Vec<E> {
        match msg {
            Msg::Hub(message) => self.on_hub(message),
            Msg::Gone => {
                // The data on screen stay, under a notice. The composer is no longer guarded, because a claim can't be
                // saved.
                self.link = Link::Gone;
                vec![]
            }
            Msg::Closed => self.closed(),
            Msg::Minute => self.ask_again(),
            Msg::Keys(keys) => {
                self.keys = keys;
                vec![]
            }
            Msg::SyncNow => vec![Common::Send(ToHub::SyncNow).into()],
            Msg::Undo => {
                let undo = self.toast.take().map(|toast| toast.undo).unwrap_or_default();
                let mut effects = self.edit(undo);
                effects.extend(self.next_toast());
                effects
            }
            Msg::ToastOver(number) => match self.toast.take_if(|toast| toast.number == number) {
                Some(_) => self.next_toast(),
                None => vec![],
            },
        }
    }

    /// Returns the first message on a port, once the account is known.
    pub fn hello(&self) -> Option<ToHub> {
        Some(self.hello_of(Some(self.account()?.to_owned())))
    }

    /// Returns the first message on a port for an account. `None` stands for the account last used in this profile.
    pub(super) fn hello_of(&self, account: Option<String>) -> ToHub {
        Hello { account, session: self.session.clone(), known: self.optimistic.known() }.into()
    }

    /// Returns the first messages on a port, once the account is known: [`Hello`] and all unacknowledged ops, oldest
    /// first. The order matters: the hub treats an op as stored if it has stored one with a higher number.
    pub fn opening(&self) -> Vec<ToHub> {
        self.hello().into_iter().chain(self.unacknowledged()).collect()
    }

    fn unacknowledged(&self) -> impl Iterator<Item = ToHub> {
        self.optimistic.unacknowledged().map(|(n, edits)| op(n, edits))
    }

    /// Handles the end of the port. An idle hub has sent everything before, but a killed hub may have lost messages, so
    /// this asks again.
    fn closed<E: From<Common>>(&mut self) -> Vec<E> {
        // A hub that was killed before it sent anything is asked again only after a minute. Otherwise a hub that
        // crashes on start would be woken in a loop.
        if core::mem::take(&mut self.answered) { self.ask_again() } else { vec![] }
    }

    /// Sends [`Hello`] again if an answer is missing.
    fn ask_again<E: From<Common>>(&self) -> Vec<E> {
        let owes = match self.link {
            Link::Gone | Link::NoTeam => false,
            Link::Waiting => true,
            Link::Connected => !self.optimistic.is_saved(),
        };
        let hello = if owes { self.hello() } else { None };
        hello.map(|hello| Common::Send(hello).into()).into_iter().collect()
    }

    /// Whether a message of the hub is about this account. After the account has changed, messages about the former one
    /// may still arrive.
    fn concerns(&self, message: &ToAll) -> bool {
        match message {
            ToAll::HelloAnswer(HelloAnswer::Welcome(Welcome { account, .. })) => {
                self.account().is_none_or(|known| known == account)
            }
            ToAll::OpDone(OpDone { stored: Ok(_), .. }) | ToAll::Changed(_) => self.link == Link::Connected,
            ToAll::HelloAnswer(HelloAnswer::NoTeam | HelloAnswer::NotLoaded(_))
            | ToAll::OpDone(OpDone { stored: Err(_), .. })
            | ToAll::Sync(_)
            | ToAll::Uses(_)
            | ToAll::Files(_) => true,
        }
    }

    /// Handles a message of the hub. Features learn of changes by the resulting [`TeamEvent`].
    fn on_hub<E: From<Common>>(&mut self, message: ToAll) -> Vec<E> {
        self.answered = true;
        if !self.concerns(&message) {
            return vec![];
        }
        // Page and hub come from the same package, so the page can decode the registers. The exception is an update in
        // progress: registers that can't be decoded are ignored then, because the page is about to be cut off (see
        // `Msg::Gone`).
        let decode = |registers: &Registers| registers.decode().unwrap_or_default();
        match message {
            ToAll::HelloAnswer(HelloAnswer::Welcome(welcome)) => return self.on_welcome(welcome),
            ToAll::HelloAnswer(HelloAnswer::NoTeam) => self.link = Link::NoTeam,
            ToAll::HelloAnswer(HelloAnswer::NotLoaded(problem)) => {
                self.sync = Sync { problem: Some(problem), ..Sync::default() };
            }
            ToAll::OpDone(OpDone { n, stored: Ok(registers) }) => {
                self.optimistic.accepted(n, decode(&registers));
                self.event = Some(TeamEvent::Stored(n));
            }
            ToAll::OpDone(OpDone { n, stored: Err(why) }) => {
                self.optimistic.refused(n);
                self.event = Some(TeamEvent::Refused(n));
                let words = match why {
                    Refusal::TooManyTags => "tags_toast_too_many",
                    Refusal::NotStored => "edit_toast_not_stored",
                    Refusal::NotUnderstood => "edit_toast_not_understood",
                };
                return self.toast(Words::plain(words), true);
            }
            ToAll::Changed(registers) => {
                self.optimistic.changed(decode(&registers));
                self.offer_changed = true;
                self.event = Some(TeamEvent::Changed);
            }
            ToAll::Sync(sync) => self.sync = sync,
            ToAll::Files(files) => self.files = files,
            ToAll::Uses(uses) => {
                self.uses = uses;
                self.offer_changed = true;
            }
        }
        vec![]
    }

    fn on_welcome<E: From<Common>>(&mut self, welcome: Welcome) -> Vec<E> {
        let Welcome { account, member, done, parts, registers, sync } = welcome;
        self.link = Link::Connected;
        self.me = member.parse().ok();
        self.sync = sync;
        // A desk without an account gets this one, and keeps it if WhatsApp is logged in to another account later.
        self.naming.get_or_insert_with(|| {
            let key = NamingKey::of_account(&account);
            (account, key)
        });
        // If the registers can't be decoded, nothing is replaced.
        let (parts, registers) =
            registers.decode().map_or((Parts::NONE, vec![]), |registers| (parts, registers));
        self.optimistic.welcome(done, parts, registers);
        self.offer_changed |= parts != Parts::NONE;
        self.event = Some(TeamEvent::Welcome { done });
        self.unacknowledged().map(|message| Common::Send(message).into()).collect()
    }

    /// Takes the event of the hub's last message.
    pub(super) fn take_event(&mut self) -> Option<TeamEvent> {
        self.event.take()
    }
}

/// Builds the message that sends an op to the hub.
fn op(n: u32, edits: &[Edit]) -> ToHub {
    Op { n, edits: Edits::encode(edits) }.into()
}

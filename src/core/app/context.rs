//! What every feature is given, on the page as at the desk: the team with edits on their way, the person, the moment,
//! the link to the hub, and the one way to edit, to ask for a permission and to show a toast.

use crate::app::effect::Common;
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

/// What every feature is given.
#[derive(Default)]
pub struct Context {
    /// The team, with edits on their way.
    pub optimistic: OptimisticTeam,
    /// The person at this browser.
    pub me: Option<MemberId>,
    /// Wall-clock time, in milliseconds since the epoch, as of the last message.
    pub now: u64,
    /// How the person's language says dates and times.
    pub locale: Locale,
    /// How the hub is reached.
    pub link: Link,
    /// How sync is doing, as the hub last sent it.
    pub sync: Sync,
    /// What was just done, with a way back.
    pub toast: Option<Toast>,
    /// What the person uses.
    pub uses: Uses,
    /// The files that are attached to replies in this browser.
    pub files: Vec<FileNote>,
    /// The keys that the person chose.
    pub keys: Keys,
    /// The account that the naming key belongs to, and the key.
    pub(super) naming: Option<(String, NamingKey)>,
    /// Whether something changed that replies are offered by, since the router last looked.
    pub(super) offer_changed: bool,
    /// What the hub's last message changed, until the router takes it.
    event: Option<TeamEvent>,
    /// A random name of this tab's life; the hub counts ops by it.
    session: String,
    /// Whether the hub has sent anything since [`Context::ask_again`] asked it.
    answered: bool,
    /// By which letters Chinese characters are found, once it was asked for.
    initials: Option<Initials>,
    /// The number of the last toast.
    toasts: u32,
}

/// How the hub is reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Link {
    /// No answer yet.
    #[default]
    Waiting,
    /// No WhatsApp account was ever seen in this profile. Only a desk learns that.
    NoTeam,
    /// The hub has sent its team. The port may have closed since, because the browser stops an idle hub.
    Connected,
    /// The extension was updated or removed: this page's Baton is the old one.
    Gone,
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

/// A change of the team that the hub reported. The context has already taken it in.
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

/// What happens to a context, on the page as at the desk.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The hub sent a message.
    Hub(ToAll),
    /// The extension was updated or removed while the page is open.
    Gone,
    /// The port to the hub closed.
    Closed,
    /// A minute passed: ages have changed.
    Minute,
    /// The keys that the person chose.
    Keys(Keys),
    /// Publish and read now.
    SyncNow,
    /// Take back what the toast tells.
    Undo,
    /// The toast with this number has been there long enough.
    ToastOver(u32),
}

/// Something that a member may be kept from doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Write this register.
    Edit(Key),
}

/// Why a member may not do something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The reason.
    pub why: Words,
    /// The members who may do it.
    pub who_may: Vec<MemberId>,
}

impl Context {
    /// A context that has just been loaded. `session` is a random name of its life.
    pub fn new(session: String, locale: Locale) -> Context {
        Context { session, locale, ..Context::default() }
    }

    /// Another account is another team: nothing of the former one may be shown or written from here on.
    pub(super) fn switch_to(&mut self, account: String) {
        *self = Context {
            now: self.now,
            initials: self.initials.take(),
            keys: self.keys,
            naming: Some((account.clone(), NamingKey::of_account(&account))),
            optimistic: self.optimistic.emptied(),
            ..Context::new(core::mem::take(&mut self.session), self.locale)
        };
    }

    /// The team, pending edits included.
    pub fn team(&self) -> &Team {
        self.optimistic.team()
    }

    /// What a key says, pending edits included; empty if that is no text.
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

    /// The minute it is.
    pub(super) fn minute(&self) -> Minutes {
        Minutes::try_from(self.now / 60_000).unwrap_or(Minutes::MAX)
    }

    /// By which letters Chinese characters are found.
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
            return Vec::new(); // Nearly always, and every row of the palette asks.
        }
        let id = reply.to_string();
        self.files.iter().filter(|file| file.reply == id).cloned().collect()
    }

    /// Whether this person may do something. Everybody may do everything as long as a team has no roles.
    #[allow(clippy::unused_self, reason = "the person and the team decide once there are roles")]
    pub fn may(&self, _operation: Operation) -> Result<(), Refused> {
        Ok(())
    }

    /// Makes edits that belong together, as one op. They show at once.
    pub(super) fn edit<E: From<Common>>(&mut self, edits: Vec<Edit>) -> Vec<E> {
        if edits.is_empty() {
            return vec![];
        }
        if self.link == Link::Gone {
            return vec![]; // Nothing can be saved, and the notice says so.
        }
        if let Some(refused) = edits.iter().find_map(|(key, _)| self.may(Operation::Edit(*key)).err()) {
            return self.toast(refused.why, true);
        }
        let n = self.optimistic.edit(edits.clone(), self.minute());
        self.offer_changed = true;
        vec![Common::Send(op(n, &edits)).into()]
    }

    /// Makes edits and shows a toast that takes them back.
    pub(super) fn edit_with_undo<E: From<Common>>(&mut self, edits: Vec<Edit>, words: Words) -> Vec<E> {
        let undo = edits.iter().map(|(key, _)| (*key, self.optimistic.value(key))).collect();
        self.edit_with(edits, words, undo)
    }

    /// Makes edits and shows a toast that takes them back by `undo`.
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

    /// Shows a toast without a way back. `bad`: whether something went wrong.
    pub(super) fn toast<E: From<Common>>(&mut self, words: Words, bad: bool) -> Vec<E> {
        self.show_toast(words, bad, vec![])
    }

    /// The number of the last toast.
    pub(super) fn last_toast(&self) -> u32 {
        self.toasts
    }

    fn show_toast<E: From<Common>>(&mut self, words: Words, bad: bool, undo: Vec<Edit>) -> Vec<E> {
        self.toasts += 1;
        self.toast = Some(Toast { number: self.toasts, words, bad, undo });
        vec![Common::ToastTimer(self.toasts).into()]
    }

    /// Asks the person for a name, without which colleagues could not tell who did something.
    pub(super) fn ask_for_name<E: From<Common>>(&mut self) -> Vec<E> {
        let mut effects = self.toast(Words::plain("edit_toast_who_are_you"), false);
        effects.push(Common::Send(ToHub::OpenDesk).into());
        effects
    }

    /// Moves what the team noted under keys that were left, where it is later than what is noted under the new one.
    /// `moved` are those that this page found. Whichever browser finds one moves it; that two do it changes nothing.
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
    /// Takes in what happened.
    pub(super) fn update<E: From<Common>>(&mut self, msg: Msg) -> Vec<E> {
        match msg {
            Msg::Hub(message) => self.on_hub(message),
            Msg::Gone => {
                // What is on screen stays, with a notice; nothing can be saved, and nobody is kept from writing.
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
                self.edit(undo)
            }
            Msg::ToastOver(number) => {
                self.toast.take_if(|toast| toast.number == number);
                vec![]
            }
        }
    }

    /// The first message on a port, once the account is known.
    pub fn hello(&self) -> Option<ToHub> {
        Some(self.hello_of(Some(self.account()?.to_owned())))
    }

    /// The first message on a port for an account; `None`: for the one last used in this profile.
    pub(super) fn hello_of(&self, account: Option<String>) -> ToHub {
        Hello { account, session: self.session.clone(), known: self.optimistic.known() }.into()
    }

    /// The first messages on a port, once the account is known: [`Hello`], and every op that the hub has not acknowledged.
    /// The hub takes an op for one that it has when it has a later one, so none may overtake those before it.
    pub fn opening(&self) -> Vec<ToHub> {
        self.hello().into_iter().chain(self.unacknowledged()).collect()
    }

    fn unacknowledged(&self) -> impl Iterator<Item = ToHub> {
        self.optimistic.unacknowledged().map(|(n, edits)| op(n, edits))
    }

    /// Handles that the port closed. An idle hub has sent everything; one that was killed may have missed messages.
    fn closed<E: From<Common>>(&mut self) -> Vec<E> {
        // A hub that dies as soon as it is woken is not woken again for a minute.
        if core::mem::take(&mut self.answered) { self.ask_again() } else { vec![] }
    }

    /// Sends [`Hello`] once more if the hub owes an answer.
    fn ask_again<E: From<Common>>(&self) -> Vec<E> {
        let owes = match self.link {
            Link::Gone | Link::NoTeam => false,
            Link::Waiting => true,
            Link::Connected => !self.optimistic.is_saved(),
        };
        let hello = if owes { self.hello() } else { None };
        hello.map(|hello| Common::Send(hello).into()).into_iter().collect()
    }

    /// Whether a message of the hub is about this account. After another account was read, messages about the former one
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

    /// Takes in a message of the hub. Features follow it by its [`TeamEvent`].
    fn on_hub<E: From<Common>>(&mut self, message: ToAll) -> Vec<E> {
        self.answered = true;
        if !self.concerns(&message) {
            return vec![];
        }
        // The hub is of the same package, so a page can read its registers, except while an update is under way. The page
        // is then cut off (see Msg::Gone), and ignores registers that it can't read.
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
        // From now on a desk is of this account, whichever one WhatsApp is logged in to later.
        self.naming.get_or_insert_with(|| {
            let key = NamingKey::of_account(&account);
            (account, key)
        });
        // Registers that can't be read replace none.
        let (parts, registers) =
            registers.decode().map_or((Parts::NONE, vec![]), |registers| (parts, registers));
        self.optimistic.welcome(done, parts, registers);
        self.offer_changed |= parts != Parts::NONE;
        self.event = Some(TeamEvent::Welcome { done });
        self.unacknowledged().map(|message| Common::Send(message).into()).collect()
    }

    /// What the hub's last message changed.
    pub(super) fn take_event(&mut self) -> Option<TeamEvent> {
        self.event.take()
    }
}

/// An op as it is sent to the hub.
fn op(n: u32, edits: &[Edit]) -> ToHub {
    Op { n, edits: Edits::encode(edits) }.into()
}

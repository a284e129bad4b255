//! The application on WhatsApp's page: [`Page`] is its state, [`Page::update`] handles a [`Msg`] and returns
//! [`Effect`]s, and further methods return the views. [`desk`] is the same for the desk. No widget talks to storage,
//! and no adapter draws.
//!
//! Each feature has a folder with its state, its messages, its update function and its view. A feature is given a
//! [`context::Context`], the open [`surface`]s and the state of WhatsApp's page ([`screen`]). It never imports this
//! module, which routes to it with one line each for state, message and view.

pub mod attachments;
pub mod chats;
pub mod chip;
pub mod context;
pub mod desk;
mod effect;
pub mod filter;
pub mod holder;
pub mod keys;
pub mod locale;
pub mod notices;
pub mod palette;
pub mod person;
pub mod reading;
mod screen;
pub mod shortlist;
pub mod start;
mod surface;
pub mod tags;
#[cfg(test)]
mod tests;
pub mod trouble;
pub mod unfilled;
mod values;

use crate::wire::ToHub;
use chats::view::{RowChips, ThisChat};
use chip::Chip;
use context::{Context, TeamEvent, ToastTarget};
use filter::Filter;
use filter::view::{Narrowed, Tab};
use holder::view::Banner;
use keys::{Action, Keys};
use locale::Locale;
use notices::view::{Notice, Status, ToastView};
use palette::view::PaletteView;
use reading::Reading;
use screen::Screen;
use shortlist::view::{Shortlist, Suggestion};
use surface::Surfaces;
use tags::view::{Marks, Meter, TagRow};
use unfilled::view::Unfilled;

pub use context::{Link, Toast};
pub use effect::{Effect, InsertProblem, Insertion, Preference, Preferences, Spot};
pub use surface::SidebarMode;

/// The state of the page.
#[derive(Default)]
pub struct Page {
    /// The context that every feature is given.
    pub ctx: Context,
    /// The state of WhatsApp's page.
    pub screen: Screen,
    /// The open surfaces.
    pub surfaces: Surfaces,
    holder: holder::State,
    palette: palette::State,
    shortlist: shortlist::State,
    unfilled: unfilled::State,
    attachments: attachments::State,
    /// The selected rows of the narrowed list.
    selection: filter::Selection,
    /// The number that the toolbar button shows.
    unread: Option<u32>,
}

/// A message to the page.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The page was read and differs from the last reading.
    Read(Reading),
    /// The result of an insertion.
    Inserted(Result<(), InsertProblem>),
    /// A key of [`keys::KEYS`] was pressed.
    Key(Action),
    /// Escape was pressed: go back one step.
    Back,
    /// Collapse or open the sidebar.
    Collapse(bool),
    /// The window became too narrow for the sidebar beside WhatsApp, or wide enough again.
    Narrow(bool),
    /// The person pressed outside of Baton.
    PressedOutside,
    /// Tab was pressed in the composer while a question is open: the focus goes to this spot.
    AnswerByKeys(Spot),
    /// A message that the page and the desk handle alike.
    Context(context::Msg),
    /// A message about chats.
    Chats(chats::Msg),
    /// A message about the filter.
    Filter(filter::Msg),
    /// A message about tags.
    Tags(tags::Msg),
    /// Open the chat or the list that the current toast is about.
    OpenToast,
    /// A message about the person's name.
    Person(person::Msg),
    /// A message about the holder of the open chat.
    Holder(holder::Msg),
    /// A message to the palette.
    Palette(palette::Msg),
    /// A message about the first steps.
    Start(start::Msg),
    /// A message about the replies for the open chat.
    Shortlist(shortlist::Msg),
    /// A message about a draft with unfilled fields.
    Unfilled(unfilled::Msg),
    /// A message about attachments.
    Attachments(attachments::Msg),
    /// A message about notices.
    Notices(notices::Msg),
}

impl Page {
    /// Creates the page's state after loading. `session` is a random id of this tab's lifetime.
    /// `held` is the line that [`Effect::RememberHeld`] stored, if there is one.
    pub fn new(
        session: String,
        collapsed: bool,
        preferences: Preferences,
        held: Option<&str>,
        locale: Locale,
    ) -> Page {
        let mut ctx = Context::new(session, locale);
        ctx.preferences = preferences;
        let surfaces = Surfaces::new(collapsed);
        Page { ctx, surfaces, holder: holder::State::new(held), ..Page::default() }
    }

    /// Handles a message at `now` (milliseconds since the epoch) and returns the effects.
    pub fn update(&mut self, msg: Msg, now: u64) -> Vec<Effect> {
        self.ctx.now = now;
        let shows_facts = matches!(
            &msg,
            Msg::Read(_) | Msg::Filter(_) | Msg::Chats(_) | Msg::Context(context::Msg::Minute)
        );
        let mut effects = self.route(msg);
        self.update_derived();
        let Page { ctx, screen, surfaces, holder, palette, shortlist, .. } = self;
        let changed = core::mem::take(&mut ctx.offer_changed);
        if changed {
            palette::renew(ctx, screen, surfaces, palette);
            effects.extend(holder.remember(ctx));
        }
        shortlist.follow(ctx, screen, palette, changed);
        let holds = || ctx.me.is_some_and(|me| ctx.team().held_by(me).next().is_some());
        let wanted = shows_facts && (surfaces.filter().is_some() || holds());
        effects.extend(chats::ask_for_facts(ctx, screen, wanted));
        if shows_facts || changed {
            effects.extend(self.show_unread());
        }
        effects
    }

    /// Shows on the toolbar button how many chats with unread messages the person holds, once that is known.
    fn show_unread(&mut self) -> Option<Effect> {
        let unread = chats::view::unread_of_mine(&self.ctx, &self.screen) as u32;
        let is_new = self.ctx.link == Link::Connected && self.unread != Some(unread);
        is_new.then(|| {
            self.unread = Some(unread);
            Effect::Send(ToHub::Unread(unread))
        })
    }

    fn route(&mut self, msg: Msg) -> Vec<Effect> {
        let Page {
            ctx, screen, surfaces, holder, palette, shortlist, unfilled, attachments, selection, ..
        } = self;
        match msg {
            Msg::Read(reading) => self.on_read(reading),
            Msg::Inserted(outcome) => {
                let (mut effects, landed) = palette::on_inserted(ctx, screen, surfaces, palette, outcome);
                effects.extend(landed.map(|it| attachments.follow(ctx, screen, it)).unwrap_or_default());
                effects
            }
            Msg::Key(action) => self.on_key(action),
            Msg::Back => filter::back(screen, surfaces),
            Msg::Collapse(collapsed) => surfaces.collapse(collapsed),
            Msg::Narrow(narrow) => surfaces.set_narrow(narrow),
            Msg::PressedOutside => surfaces.pressed_outside(),
            Msg::AnswerByKeys(spot) => vec![Effect::Focus(spot)],
            Msg::Context(msg) => self.on_context(msg),
            Msg::Chats(msg) => chats::update(ctx, screen, msg),
            Msg::Filter(msg) => {
                let effects = filter::update(ctx, screen, surfaces, selection, msg);
                if surfaces.filter() == Some(Filter::Mine) {
                    holder.saw_all();
                }
                effects
            }
            Msg::Tags(msg) => tags::update(ctx, screen, surfaces, msg),
            Msg::OpenToast => self.open_toast(),
            Msg::Person(msg) => person::update(ctx, surfaces, msg),
            Msg::Holder(msg) => holder.update(ctx, screen, surfaces, msg),
            Msg::Palette(msg) => palette::update(ctx, screen, surfaces, palette, msg),
            Msg::Start(msg) => start::update(ctx, msg),
            Msg::Shortlist(msg) => shortlist.update(ctx, screen, surfaces, palette, msg),
            Msg::Unfilled(msg) => unfilled.update(screen, surfaces, msg),
            Msg::Attachments(msg) => attachments.update(ctx, screen, surfaces, msg),
            Msg::Notices(msg) => notices::update(ctx, msg),
        }
    }

    fn on_context(&mut self, msg: context::Msg) -> Vec<Effect> {
        let Page { ctx, screen, surfaces, holder, palette, .. } = self;
        if matches!(msg, context::Msg::Gone) {
            surfaces.close_question();
        }
        let mut effects = ctx.update(msg);
        if let Some(event) = ctx.take_event() {
            palette.on_team(event);
            match event {
                TeamEvent::Welcome { .. } | TeamEvent::Changed => {
                    effects.extend(chats::move_over(ctx, screen));
                    effects.extend(holder.tell(ctx, screen));
                    if ctx.myself().is_none() {
                        // A newcomer knew no former keys.
                        effects.extend(keys::know(ctx));
                    }
                }
                TeamEvent::Stored(_) | TeamEvent::Refused(_) => {}
            }
        }
        effects
    }

    fn open_toast(&mut self) -> Vec<Effect> {
        let target = self.ctx.toast.take().and_then(|toast| toast.target);
        let mut effects = self.ctx.next_toast();
        effects.extend(match target {
            Some(ToastTarget::Chat(chat)) => self.route(Msg::Chats(chats::Msg::Open(chat))),
            Some(ToastTarget::Mine) if self.surfaces.filter() != Some(Filter::Mine) => {
                self.route(Msg::Filter(filter::Msg::Show(Some(Filter::Mine))))
            }
            Some(ToastTarget::Mine) | None => vec![],
        });
        effects
    }

    fn on_key(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Palette if self.surfaces.palette().is_some() => self.surfaces.back(),
            Action::Palette => self.route(Msg::Palette(palette::Msg::Open { trigger: 0 })),
            Action::TagChat => self.route(Msg::Tags(tags::Msg::Pick(!self.surfaces.is_picking_tags()))),
            Action::ClaimOrRelease => self.route(Msg::Holder(holder::Msg::ClaimOrRelease)),
            Action::HandOver => {
                self.route(Msg::Holder(holder::Msg::HandingOver(self.surfaces.hand_over().is_none())))
            }
            Action::SaveReply => vec![Effect::ReadMessage],
            Action::Sidebar => self.surfaces.collapse(self.surfaces.sidebar() != SidebarMode::Rail),
            Action::Help => keys::toggle_help(&mut self.ctx, &mut self.surfaces),
        }
    }

    fn on_read(&mut self, reading: Reading) -> Vec<Effect> {
        let before = self.screen.open;
        let mut effects = Vec::new();
        if let Some(account) = reading.account.clone()
            && self.ctx.account() != Some(&account)
        {
            self.ctx.switch_to(account);
            let Page { ctx, mut surfaces, holder, .. } = core::mem::take(self);
            surfaces.reset();
            *self = Page { ctx, surfaces, holder, ..Page::default() };
            effects.extend(self.ctx.hello().map(Effect::Send));
        }
        self.screen.reading = reading;
        effects.extend(chats::on_read(&mut self.ctx, &mut self.screen));
        self.update_derived();
        effects.extend(self.attachments.check(&mut self.ctx, &self.screen));
        effects.extend(unfilled::on_read(&self.screen, &mut self.surfaces));
        self.holder.saw_open(&self.screen);
        if self.screen.open != before {
            self.holder.leave_chat();
            effects.extend(self.surfaces.leave_chat());
        }
        effects
    }

    /// Updates the derived state of [`Screen`].
    fn update_derived(&mut self) {
        let Page { ctx, screen, holder, palette, unfilled, .. } = self;
        let open = screen.reading.open.as_ref().map(|open| screen.chats.identity_of(open));
        screen.open = open.and_then(|identity| screen.chats.key_of(ctx, identity));
        screen.guarded = holder.guards(ctx, screen);
        let visit = screen.visit();
        screen.unfilled = unfilled.fields(ctx, screen, |field| palette.is_literal(visit, field));
    }

    /// Returns the first message on a port; see [`Context::hello`].
    pub fn hello(&self) -> Option<ToHub> {
        self.ctx.hello()
    }

    /// Returns the first messages on a port; see [`Context::opening`].
    pub fn opening(&self) -> Vec<ToHub> {
        self.ctx.opening()
    }

    /// Whether the composer is guarded: a colleague holds the chat and the person has not decided what to do.
    pub fn guarded(&self) -> bool {
        self.screen.guarded
    }

    /// Whether text can be inserted into the composer.
    pub fn can_write(&self) -> bool {
        self.screen.can_write()
    }

    /// The unfilled fields of the draft, while they block sending.
    pub fn unfilled_fields(&self) -> &[String] {
        &self.screen.unfilled
    }

    /// Whether the question before writing into a colleague's chat is open.
    pub fn is_asking(&self) -> bool {
        self.surfaces.is_asking() && self.guarded()
    }

    /// Where Tab goes from the composer: into the question that is open.
    pub fn question(&self) -> Option<Spot> {
        match () {
            () if self.is_asking() => Some(Spot::Question),
            () if self.surfaces.is_asking_to_send() => Some(Spot::Unfilled),
            () => None,
        }
    }

    /// Whether files of a reply are being fetched for the open chat.
    pub fn is_fetching(&self) -> bool {
        self.attachments.is_fetching()
    }

    /// Returns the view of the sidebar.
    pub fn sidebar(&self) -> Sidebar {
        let Page { ctx, screen, surfaces, attachments, .. } = self;
        let filtered = surfaces.filter();
        let filter_tag = if let Some(Filter::Tag(tag)) = filtered { Some(tag) } else { None };
        let marks = Marks { chat: screen.open, filter: filter_tag, editing: surfaces.edited_tag() };
        let rows = tags::view::rows(ctx, marks);
        Sidebar {
            mode: surfaces.sidebar(),
            keys: ctx.keys,
            tabs: filter::view::tabs(ctx, screen, filtered),
            filter_tag: filter_tag.and_then(|tag| ctx.team().tag(tag)).as_ref().map(Chip::of_tag),
            paused: filtered.is_some() && screen.reading.searching,
            meter: tags::view::meter(rows.len()),
            tags_shown: ctx.preferences.tags_shown,
            new_tag: surfaces.new_tag().filter(|it| !it.on_chat).map(|it| it.name.clone()),
            chat: chats::view::this_chat(ctx, screen, surfaces, &rows),
            shortlist: shortlist::view::shortlist(ctx, screen, surfaces, &self.shortlist),
            notice: notices::view::of_link(ctx)
                .or_else(|| notices::view::of_layout(screen))
                .or_else(|| attachments::view::notice(attachments))
                .or_else(|| notices::view::of_team(ctx, Some(surfaces.naming().map_or("", |it| &it.name))))
                .or_else(|| notices::view::of_keys(ctx)),
            status: notices::view::status(ctx),
            news: self.holder.unseen(),
            unread: chats::view::unread_of_mine(ctx, screen),
            tags: rows,
        }
    }

    /// Returns the chips of the rendered rows of the chat list, without rows that have none.
    pub fn row_chips(&self) -> Vec<RowChips> {
        chats::view::row_chips(&self.ctx, &self.screen, &self.surfaces)
    }

    /// Returns the line under the header, if a colleague holds the open chat.
    pub fn banner(&self) -> Option<Banner> {
        holder::view::banner(&self.ctx, &self.screen, self.is_asking())
    }

    /// Returns the unfilled fields that block sending, unless the question before writing into a colleague's chat is
    /// open.
    pub fn unfilled(&self) -> Option<Unfilled> {
        let fields = self.screen.unfilled.clone();
        let asking = self.surfaces.is_asking_to_send();
        (!fields.is_empty() && !self.is_asking()).then_some(Unfilled { fields, asking })
    }

    /// Returns the narrowed chat list, if there is a filter.
    pub fn narrowed(&self) -> Option<Narrowed> {
        // The search wins over the filter, which waits.
        let filter = self.surfaces.filter().filter(|_| !self.screen.reading.searching)?;
        Some(filter::view::narrowed(&self.ctx, &self.screen, filter, &self.selection))
    }

    /// Returns the current toast.
    pub fn toast(&self) -> Option<ToastView> {
        notices::view::toast(&self.ctx)
    }

    /// Returns the replies that are suggested above the composer.
    pub fn suggestions(&self) -> Vec<Suggestion> {
        shortlist::view::suggestions(&self.ctx, &self.screen, &self.shortlist)
    }

    /// Returns the view of the palette, if it is open.
    pub fn palette(&self) -> Option<PaletteView> {
        palette::view::palette(&self.ctx, &self.screen, &self.surfaces, &self.palette)
    }
}

/// The sidebar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sidebar {
    /// How it is shown.
    pub mode: SidebarMode,
    /// The person's keys, for the tooltips.
    pub keys: Keys,
    /// The tabs Mine, Free and All.
    pub tabs: Vec<Tab>,
    /// The tag that the chat list is narrowed to.
    pub filter_tag: Option<Chip>,
    /// Whether the filter waits until WhatsApp's search is over.
    pub paused: bool,
    /// The team's tags.
    pub tags: Vec<TagRow>,
    /// Whether the team's tags are shown.
    pub tags_shown: bool,
    /// How many of the allowed tags exist.
    pub meter: Meter,
    /// The typed name of a new tag, while its field is open among the team's tags.
    pub new_tag: Option<String>,
    /// The open chat.
    pub chat: ThisChat,
    /// The replies for the open chat.
    pub shortlist: Option<Shortlist>,
    /// The most important problem, if there is one.
    pub notice: Option<Notice>,
    /// The status line at the bottom.
    pub status: Status,
    /// How many chats others handed to the person that the person has not opened since.
    pub news: usize,
    /// How many chats with unread messages the person holds.
    pub unread: usize,
}

//! The page: routes what happened to the features, a line each.

use crate::app::attachments;
use crate::app::chats;
use crate::app::context::{self, Context, TeamEvent};
use crate::app::effect::{Effect, InsertProblem};
use crate::app::filter;
use crate::app::holder;
use crate::app::keys::{self, Action};
use crate::app::locale::Locale;
use crate::app::notices;
use crate::app::palette;
use crate::app::reading::Reading;
use crate::app::screen::Screen;
use crate::app::surface::Surfaces;
use crate::app::tags;
use crate::app::unfilled;
use crate::wire::ToHub;

/// Everything the page knows, as plain data.
#[derive(Default)]
pub struct Page {
    /// What every feature is given.
    pub ctx: Context,
    /// What is on WhatsApp's page.
    pub screen: Screen,
    /// What is open.
    pub surfaces: Surfaces,
    pub(super) holder: holder::State,
    pub(super) palette: palette::State,
    pub(super) unfilled: unfilled::State,
    pub(super) attachments: attachments::State,
}

/// Everything that can happen.
#[derive(Clone, Debug)]
pub enum Msg {
    /// The page was read and differs from before.
    Read(Reading),
    /// How an insertion went.
    Inserted(Result<(), InsertProblem>),
    /// A key of [`keys::KEYS`].
    Key(Action),
    /// Escape: one level back.
    Back,
    /// Collapse the sidebar to a rail, or open it.
    Collapse(bool),
    /// Something that happens at the desk as well.
    Context(context::Msg),
    /// Something among the chats.
    Chats(chats::Msg),
    /// Something with the filter.
    Filter(filter::Msg),
    /// Something among the tags.
    Tags(tags::Msg),
    /// Something about who has the open chat.
    Holder(holder::Msg),
    /// Something in the quick replies.
    Palette(palette::Msg),
    /// Something about a draft with gaps.
    Unfilled(unfilled::Msg),
    /// Something about attached files.
    Attachments(attachments::Msg),
    /// Something about notices.
    Notices(notices::Msg),
}

impl Page {
    /// A page that has just loaded. `session` is a random name of its life.
    pub fn new(session: String, collapsed: bool, locale: Locale) -> Page {
        let (ctx, surfaces) = (Context::new(session, locale), Surfaces::new(collapsed));
        Page { ctx, surfaces, ..Page::default() }
    }

    /// Handles a message at `now` (milliseconds since the epoch), and returns what is to be done outside.
    pub fn update(&mut self, msg: Msg, now: u64) -> Vec<Effect> {
        self.ctx.now = now;
        let effects = self.route(msg);
        self.look();
        if core::mem::take(&mut self.ctx.offer_changed) {
            palette::renew(&mut self.ctx, &self.screen, &mut self.surfaces, &mut self.palette);
        }
        effects
    }

    fn route(&mut self, msg: Msg) -> Vec<Effect> {
        let Page { ctx, screen, surfaces, holder, palette, unfilled, attachments } = self;
        match msg {
            Msg::Read(reading) => self.on_read(reading),
            Msg::Inserted(outcome) => {
                let (mut effects, landed) = palette::on_inserted(ctx, screen, surfaces, palette, outcome);
                effects.extend(landed.map(|it| attachments.follow(ctx, screen, it)).unwrap_or_default());
                effects
            }
            Msg::Key(action) => self.on_key(action),
            Msg::Back => surfaces.back(),
            Msg::Collapse(collapsed) => surfaces.collapse(collapsed),
            Msg::Context(msg) => self.on_context(msg),
            Msg::Chats(msg) => chats::update(ctx, screen, msg),
            Msg::Filter(msg) => filter::update(surfaces, msg),
            Msg::Tags(msg) => tags::update(ctx, screen, surfaces, msg),
            Msg::Holder(msg) => holder.update(ctx, screen, surfaces, msg),
            Msg::Palette(msg) => palette::update(ctx, screen, surfaces, palette, msg),
            Msg::Unfilled(msg) => unfilled.update(screen, surfaces, msg),
            Msg::Attachments(msg) => attachments.update(ctx, screen, surfaces, msg),
            Msg::Notices(msg) => notices::update(ctx, msg),
        }
    }

    fn on_context(&mut self, msg: context::Msg) -> Vec<Effect> {
        let Page { ctx, screen, surfaces, palette, .. } = self;
        if matches!(msg, context::Msg::Gone) {
            surfaces.close_question();
        }
        let mut effects = ctx.update(msg);
        if let Some(event) = ctx.take_event() {
            palette.on_team(event);
            match event {
                TeamEvent::Welcome { .. } | TeamEvent::Changed => {
                    effects.extend(chats::move_over(ctx, screen));
                }
                TeamEvent::Stored(_) | TeamEvent::Refused(_) => {}
            }
        }
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
            Action::Sidebar => self.surfaces.collapse(!self.surfaces.collapsed),
            Action::Help => keys::toggle_help(&mut self.surfaces),
        }
    }

    fn on_read(&mut self, reading: Reading) -> Vec<Effect> {
        let before = self.screen.open;
        let mut effects = Vec::new();
        if let Some(account) = reading.account.clone()
            && self.ctx.account() != Some(&account)
        {
            self.ctx.switch_to(account);
            let (ctx, surfaces) = (core::mem::take(&mut self.ctx), Surfaces::new(self.surfaces.collapsed));
            *self = Page { ctx, surfaces, ..Page::default() };
            effects.extend(self.ctx.hello().map(Effect::Send));
        }
        self.screen.reading = reading;
        effects.extend(chats::on_read(&mut self.ctx, &mut self.screen));
        self.look();
        effects.extend(self.attachments.check(&mut self.ctx, &self.screen));
        effects.extend(unfilled::on_read(&self.screen, &mut self.surfaces));
        if self.screen.open != before {
            self.holder.leave_chat();
            effects.extend(self.surfaces.leave_chat());
        }
        effects
    }

    /// Brings what features read up to date.
    fn look(&mut self) {
        let Page { ctx, screen, holder, palette, unfilled, .. } = self;
        let open = screen.reading.open.as_ref().map(|open| screen.chats.identity_of(open));
        screen.open = open.and_then(|identity| screen.chats.key_of(ctx, identity));
        screen.guarded = holder.guards(ctx, screen);
        let visit = screen.visit();
        screen.unfilled = unfilled.fields(ctx, screen, |field| palette.is_literal(visit, field));
    }

    /// The first message on a port: see [`Context::hello`].
    pub fn hello(&self) -> Option<ToHub> {
        self.ctx.hello()
    }

    /// The first messages on a port: see [`Context::opening`].
    pub fn opening(&self) -> Vec<ToHub> {
        self.ctx.opening()
    }

    /// Whether the composer is guarded: a colleague has the chat and the person has not decided what to do.
    pub fn guarded(&self) -> bool {
        self.screen.guarded
    }

    /// What is not filled in in the draft, as long as that keeps it from being sent.
    pub fn unfilled(&self) -> &[String] {
        &self.screen.unfilled
    }

    /// Whether the person is being asked before writing.
    pub fn is_asking(&self) -> bool {
        self.surfaces.is_asking() && self.guarded()
    }

    /// Whether files of a reply are being fetched for the open chat.
    pub fn is_fetching(&self) -> bool {
        self.attachments.is_fetching()
    }
}

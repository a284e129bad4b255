//! The desk: the full tab where leads set names, tags and replies. This module routes each message to its section, with
//! one line for each.

pub mod effect;
pub mod fields;
pub mod files;
pub mod help;
pub mod me;
pub mod replies;
pub mod sync_centre;
pub mod tags;
pub mod team;
#[cfg(test)]
mod tests;
mod typed;
pub mod view;

pub use effect::{Effect, Spot};
pub use typed::{Field, Typed};

use crate::app::context::{self, Context, Link, TeamEvent};
use crate::app::locale::Locale;
use crate::id::ReplyId;
use crate::map::Map;
use crate::wire::{ToDesk, ToHub};
use typed::Saves;

/// The state of the desk.
pub struct Desk {
    /// The context that every section is given.
    ctx: Context,
    /// Typed texts that are not saved yet.
    typed: Typed,
    /// The current section.
    section: Section,
    me: me::State,
    tags: tags::State,
    replies: replies::State,
    files: files::State,
    help: help::State,
    sync_centre: sync_centre::State,
}

/// A section of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The members of the team, and the person's own name and colour.
    Me,
    /// The team's tags.
    Tags,
    /// The team's replies.
    Replies,
    /// The values for replies, and the team's working hours.
    Fields,
    /// Export and import.
    Files,
    /// Sync, packets, backups, and the help.
    Sync,
}

impl Section {
    /// All sections in the order of the navigation, with their name in the address and their message in `_locales`.
    pub const ALL: [(Section, &str, &str); 6] = [
        (Section::Me, "me", "desk_me"),
        (Section::Tags, "tags", "tags_title"),
        (Section::Replies, "replies", "desk_replies"),
        (Section::Fields, "fields", "desk_fields"),
        (Section::Files, "files", "desk_files"),
        (Section::Sync, "sync", "desk_sync_centre"),
    ];

    /// Returns the section that an address names, or the first one for an unknown address.
    pub fn of(hash: &str) -> Section {
        let name = hash.trim_start_matches('#');
        Section::ALL.iter().find(|(_, it, _)| *it == name).map_or(Section::Me, |(section, ..)| *section)
    }
}

/// A message to the desk.
#[derive(Clone, Debug)]
pub enum Msg {
    /// A message that the page handles as well.
    Context(context::Msg),
    /// A message from the hub to a desk.
    Hub(ToDesk),
    /// Escape was pressed: close the open question, preview or colour picker.
    Back,
    /// Show a section.
    Go(Section),
    /// The person typed into a field; the text is the field's whole content.
    Type(Field, String),
    /// A field lost the focus, or the desk was hidden: save the typed texts.
    Left,
    /// A message about the person's profile.
    Me(me::Msg),
    /// A message about the members.
    Team(team::Msg),
    /// A message about tags.
    Tags(tags::Msg),
    /// A message about replies.
    Replies(replies::Msg),
    /// A message about fields.
    Fields(fields::Msg),
    /// A message about files.
    Files(files::Msg),
    /// A message about the help.
    Help(help::Msg),
    /// A message about the Sync centre.
    SyncCentre(sync_centre::Msg),
}

impl Desk {
    /// Creates the desk's state after loading. `session` is a random id of this tab's lifetime.
    pub fn new(session: String, section: Section, locale: Locale) -> Desk {
        Desk {
            ctx: Context::new(session, locale),
            typed: Typed::default(),
            section,
            me: me::State::default(),
            tags: tags::State::default(),
            replies: replies::State::default(),
            files: files::State::default(),
            help: help::State::default(),
            sync_centre: sync_centre::State::default(),
        }
    }

    /// Handles a message at `now` (milliseconds since the epoch) and returns the effects.
    pub fn update(&mut self, msg: Msg, now: u64) -> Vec<Effect> {
        self.ctx.now = now;
        let mut effects = self.save_before(&msg);
        let Desk { ctx, typed, me, tags, replies, files, help, sync_centre, .. } = self;
        effects.extend(match msg {
            Msg::Context(msg) => self.on_context(msg),
            Msg::Hub(message) => self.on_hub(message),
            Msg::Back => self.back(),
            Msg::Go(section) => {
                self.section = section;
                // An error toast is about the section that is left. A toast with undo stays.
                ctx.toast.take_if(|toast| toast.bad);
                vec![]
            }
            Msg::Type(field, text) => {
                typed.set(field, replies.limit(field, text));
                replies.on_typed(ctx, typed, field);
                vec![]
            }
            Msg::Left => self.commit(),
            Msg::Team(msg) => team::update(ctx, msg),
            Msg::Me(msg) => {
                me.update(msg);
                self.commit()
            }
            Msg::Tags(msg) => {
                let effects = tags.update(ctx, typed, msg);
                self.look_again();
                effects
            }
            Msg::Replies(msg) => replies.update(ctx, typed, msg),
            Msg::Fields(msg) => fields::update(ctx, typed, msg),
            Msg::Files(msg) => files.update(ctx, msg),
            Msg::Help(msg) => help.update(ctx, msg),
            Msg::SyncCentre(msg) => sync_centre.update(ctx, typed, msg),
        });
        effects
    }

    fn on_context(&mut self, msg: context::Msg) -> Vec<Effect> {
        if matches!(msg, context::Msg::Undo)
            && let Some((reply, at)) = self.replies.returnable(&self.ctx)
        {
            self.ctx.toast = None;
            return vec![Effect::PutBack(reply, at)];
        }
        let mut effects = self.ctx.update(msg);
        if let Some(event) = self.ctx.take_event() {
            match event {
                TeamEvent::Welcome { .. } => {
                    effects.extend(self.ctx.move_chats(&Map::default()));
                    effects.push(sync_centre::watch());
                    effects.extend(self.replies.ask_versions());
                }
                TeamEvent::Changed => {
                    effects.extend(self.ctx.move_chats(&Map::default()));
                    effects.extend(self.replies.ask_versions());
                }
                TeamEvent::Stored(_) => effects.extend(self.replies.ask_versions()),
                TeamEvent::Refused(_) => {}
            }
        }
        self.look_again();
        effects
    }

    fn on_hub(&mut self, message: ToDesk) -> Vec<Effect> {
        let effects = match message {
            ToDesk::Versions(versions) => self.replies.on_versions(versions),
            ToDesk::SyncCentre(message) => self.sync_centre.on_hub(&mut self.ctx, message),
        };
        self.look_again();
        effects
    }

    /// Closes the innermost open element of the Sync centre, or else the colour picker of a tag.
    fn back(&mut self) -> Vec<Effect> {
        if self.section == Section::Sync
            && let Some(effects) = self.sync_centre.back(&mut self.ctx, &self.typed)
        {
            return effects;
        }
        self.tags.editing = None;
        vec![]
    }

    /// Recomputes the derived state after a change.
    fn look_again(&mut self) {
        let Desk { ctx, typed, replies, files, sync_centre, .. } = self;
        sync_centre.compare_again(ctx);
        replies.look_again(ctx, typed);
        files.preview_again(ctx);
    }

    fn save_before(&mut self, msg: &Msg) -> Vec<Effect> {
        let saves = match msg {
            Msg::Go(_) => Saves::Settled,
            Msg::Replies(msg) => self.replies.saves(msg),
            Msg::Fields(msg) => fields::saves(msg),
            _ => Saves::Nothing,
        };
        match saves {
            Saves::Nothing => vec![],
            Saves::Typed => self.commit(),
            Saves::Settled => {
                self.replies.before_leaving(&mut self.ctx, &mut self.typed);
                let effects = self.commit();
                self.replies.leave(&self.ctx, &mut self.typed);
                effects
            }
        }
    }

    /// Saves the typed texts, as far as they can be saved, as one op.
    fn commit(&mut self) -> Vec<Effect> {
        let Desk { ctx, typed, me, replies, .. } = self;
        let mut all = me.edits(ctx, typed);
        all.extend(fields::edits(ctx, typed));
        all.extend(tags::edits(ctx, typed));
        all.extend(replies.edits(ctx, typed));
        ctx.edit(all)
    }

    /// Returns the first message on a port: for the desk's account, or for the account last used in this profile as
    /// long as the desk has none.
    pub fn hello(&self) -> ToHub {
        self.ctx.hello().unwrap_or_else(|| self.ctx.hello_of(None))
    }

    /// Returns the first messages on a port; see [`Context::opening`].
    pub fn opening(&self) -> Vec<ToHub> {
        let opening = self.ctx.opening();
        if opening.is_empty() { vec![self.hello()] } else { opening }
    }

    /// The account whose team this is, once it is known.
    pub fn account(&self) -> Option<&str> {
        self.ctx.account()
    }

    /// The reply that dropped files are attached to: the open one, once it is saved.
    pub fn attaches_to(&self) -> Option<ReplyId> {
        self.replies.attaches_to(&self.ctx)
    }

    /// The first free file index of a reply. The index of a detached file that undo may restore is not free.
    pub fn next_file(&self, reply: ReplyId) -> u32 {
        self.replies.next_file(&self.ctx, reply)
    }

    /// Whether the hub has answered with a team.
    pub fn has_team(&self) -> bool {
        self.ctx.link == Link::Connected
    }
}

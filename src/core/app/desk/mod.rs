//! The desk: where leads set names, tags and replies, without WhatsApp beside it. Routes what happened to the sections, a
//! line each.

pub mod effect;
pub mod fields;
pub mod files;
pub mod help;
pub mod me;
pub mod replies;
pub mod sync_centre;
pub mod tags;
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

/// Everything the desk knows, as plain data.
pub struct Desk {
    /// What every section is given.
    ctx: Context,
    /// What was typed and is not saved yet.
    typed: Typed,
    /// What is shown.
    section: Section,
    me: me::State,
    tags: tags::State,
    replies: replies::State,
    files: files::State,
    help: help::State,
    sync_centre: sync_centre::State,
}

/// A part of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// My name and colour.
    Me,
    /// The team's tags.
    Tags,
    /// The team's replies.
    Replies,
    /// What the replies are filled with, and the team's working hours.
    Fields,
    /// Export and import.
    Files,
    /// How sync is doing, packets and backups, and what Baton is.
    Sync,
}

impl Section {
    /// All sections, in the order of the navigation, with their name in the address and their message in `_locales`.
    pub const ALL: [(Section, &str, &str); 6] = [
        (Section::Me, "me", "desk_me"),
        (Section::Tags, "tags", "tags_title"),
        (Section::Replies, "replies", "desk_replies"),
        (Section::Fields, "fields", "desk_fields"),
        (Section::Files, "files", "desk_files"),
        (Section::Sync, "sync", "desk_sync_centre"),
    ];

    /// The section that an address names; the first one for any other.
    pub fn of(hash: &str) -> Section {
        let name = hash.trim_start_matches('#');
        Section::ALL.iter().find(|(_, it, _)| *it == name).map_or(Section::Me, |(section, ..)| *section)
    }
}

/// Everything that can happen at the desk.
#[derive(Clone, Debug)]
pub enum Msg {
    /// Something that happens on the page as well.
    Context(context::Msg),
    /// The hub sent a message for a desk.
    Hub(ToDesk),
    /// Escape: one level back.
    Back,
    /// Show a section.
    Go(Section),
    /// Somebody typed into a field; this is all of its text.
    Type(Field, String),
    /// A field was left, or the desk is out of sight: what was typed is saved.
    Left,
    /// Something about me.
    Me(me::Msg),
    /// Something among the tags.
    Tags(tags::Msg),
    /// Something among the replies.
    Replies(replies::Msg),
    /// Something among the fields.
    Fields(fields::Msg),
    /// Something with files.
    Files(files::Msg),
    /// Something in the help.
    Help(help::Msg),
    /// Something in the Sync centre.
    SyncCentre(sync_centre::Msg),
}

impl Desk {
    /// A desk that has just loaded. `session` is a random name of its life.
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

    /// Handles a message at `now` (milliseconds since the epoch), and returns what is to be done outside.
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
                // What went wrong elsewhere is not about what is looked at now; what can be undone stays.
                ctx.toast.take_if(|toast| toast.bad);
                vec![]
            }
            Msg::Type(field, text) => {
                typed.set(field, replies.limit(field, text));
                replies.on_typed(ctx, typed, field);
                vec![]
            }
            Msg::Left => self.commit(),
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

    /// Steps back one level.
    fn back(&mut self) -> Vec<Effect> {
        if self.section == Section::Sync
            && let Some(effects) = self.sync_centre.back(&mut self.ctx, &self.typed)
        {
            return effects;
        }
        self.tags.editing = None;
        vec![]
    }

    /// What is shown follows what is known.
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

    /// Saves what was typed, as far as it can be saved, as one op.
    fn commit(&mut self) -> Vec<Effect> {
        let Desk { ctx, typed, me, replies, .. } = self;
        let mut all = me.edits(ctx, typed);
        all.extend(fields::edits(ctx, typed));
        all.extend(tags::edits(ctx, typed));
        all.extend(replies.edits(ctx, typed));
        ctx.edit(all)
    }

    /// The first message on a port: for the account last used in this profile, and from then on for that one.
    pub fn hello(&self) -> ToHub {
        self.ctx.hello().unwrap_or_else(|| self.ctx.hello_of(None))
    }

    /// The first messages on a port: see [`Context::opening`].
    pub fn opening(&self) -> Vec<ToHub> {
        let opening = self.ctx.opening();
        if opening.is_empty() { vec![self.hello()] } else { opening }
    }

    /// The account whose team this is, once it is known.
    pub fn account(&self) -> Option<&str> {
        self.ctx.account()
    }

    /// The reply that files are attached to: the open one, once it is saved.
    pub fn attaches_to(&self) -> Option<ReplyId> {
        self.replies.attaches_to(&self.ctx)
    }

    /// The place behind the files of a reply, and behind one that may be put back.
    pub fn next_file(&self, reply: ReplyId) -> u32 {
        self.replies.next_file(&self.ctx, reply)
    }

    /// Whether the hub has answered with a team.
    pub fn has_team(&self) -> bool {
        self.ctx.link == Link::Met
    }
}

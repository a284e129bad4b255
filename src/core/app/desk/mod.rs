//! The desk: where leads set names, tags and replies, without WhatsApp beside it.
//!
//! It has a context as the page has one, and what only the desk has: texts that are being typed, the reply that is open,
//! and a file that is about to be imported.

mod actions;
mod effect;
pub mod fields;
pub mod import;
pub mod replies;
pub mod sync_centre;
pub mod tags;
#[cfg(test)]
mod tests;
mod typed;
mod update;
pub mod view;

pub use effect::{Effect, Spot};
pub use typed::{Field, Typed};
pub use update::{FileRefused, LayoutUnusable, Msg};

use crate::app::context::{Context, Link};
use crate::app::locale::Locale;
use crate::id::ReplyId;
use crate::replica::{Key, Value};
use crate::team::hours;
use crate::team::reply::Reply;
use crate::team::tag::Colour;
use crate::wire::ToHub;

/// Everything the desk knows, as plain data.
pub struct Desk {
    /// What every section is given.
    ctx: Context,
    /// What is shown.
    section: Section,
    /// What is open among the tags.
    tags: tags::State,
    /// No WhatsApp account was ever seen in this profile.
    no_team: bool,
    /// What was typed and is not saved yet.
    typed: Typed,
    /// The colour chosen before there was a name to wear it.
    my_colour: Option<Colour>,
    /// The reply that is open; one the team does not have is new and not saved yet.
    reply: Option<ReplyId>,
    /// What was chosen for the reply that is new: its tags and whose it is.
    fresh: Option<Reply>,
    /// Which replies are listed, and what of them is selected.
    shelf: replies::Shelf,
    /// The replies that the query finds, best first; `None` without a query.
    found: Option<Vec<ReplyId>>,
    /// The file that was taken away from a reply last: the number of the toast that puts it back, the reply, its place.
    taken: Option<(u32, ReplyId, u32)>,
    /// The file that was chosen.
    import: Option<import::Import>,
    /// The number of the layout update in use; `None`: what is built in.
    layout: Option<u32>,
    /// The Sync centre.
    sync_centre: sync_centre::SyncCentre,
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
        (Section::Sync, "sync", "desk_sync"),
    ];

    /// The section that an address names; the first one for any other.
    pub fn of(hash: &str) -> Section {
        let name = hash.trim_start_matches('#');
        Section::ALL.iter().find(|(_, it, _)| *it == name).map_or(Section::Me, |(section, ..)| *section)
    }
}

impl Desk {
    /// A desk that has just loaded. `session` is a random name of its life.
    pub fn new(session: String, section: Section, locale: Locale) -> Desk {
        Desk {
            ctx: Context::new(session, locale),
            section,
            tags: tags::State::default(),
            no_team: false,
            typed: Typed::default(),
            my_colour: None,
            reply: None,
            fresh: None,
            shelf: replies::Shelf::default(),
            found: None,
            taken: None,
            import: None,
            layout: None,
            sync_centre: sync_centre::SyncCentre::default(),
        }
    }

    /// What opens a port: for the account last used in this profile, and from then on for that one.
    pub fn hello(&self) -> ToHub {
        self.ctx.hello().unwrap_or_else(|| self.ctx.hello_of(None))
    }

    /// What opens a port: see [`Context::opening`].
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
        self.reply.filter(|id| self.ctx.team().reply(*id).is_some())
    }

    /// The place behind the files of a reply, and behind one that may be put back.
    pub fn next_file(&self, reply: ReplyId) -> u32 {
        let there = self.ctx.files_of(reply).into_iter().map(|file| file.at);
        let taken = self.taken.filter(|(_, of, _)| *of == reply).map(|(.., at)| at);
        there.chain(taken).max().map_or(0, |at| at + 1)
    }

    /// The file that the toast puts back.
    fn returnable(&self) -> Option<(ReplyId, u32)> {
        let toast = self.ctx.toast.as_ref()?.number;
        self.taken.filter(|(number, ..)| *number == toast).map(|(_, reply, at)| (reply, at))
    }

    /// Whether the hub has answered with a team.
    pub fn has_team(&self) -> bool {
        self.ctx.link == Link::Met
    }

    /// What a field shows: what was typed, else what is saved.
    fn text(&self, field: Field) -> String {
        self.typed.get(field).map_or_else(|| self.saved(field), str::to_owned)
    }

    fn saved(&self, field: Field) -> String {
        let (shared, me) = (&self.ctx.shared, self.ctx.me);
        let value = |key: Option<Key>| match key.map(|key| shared.value(&key)) {
            Some(Value::Text(text)) => text,
            _ => String::new(),
        };
        match field {
            Field::MyName => value(me.map(Key::MemberName)),
            Field::MyInitials => value(me.map(Key::MemberInitials)),
            Field::TagName(tag) => value(Some(Key::TagName(tag))),
            Field::Title => value(self.reply.map(Key::ReplyTitle)),
            Field::Shortcut => value(self.reply.map(Key::ReplyShortcut)),
            Field::Body => value(self.reply.map(Key::ReplyBody)),
            Field::Folder => match self.fresh.as_ref().filter(|fresh| self.reply == Some(fresh.id)) {
                Some(fresh) => fresh.folder.clone(),
                None => value(self.reply.map(Key::ReplyFolder)),
            },
            Field::FieldName(id) => value(Some(Key::FieldName(id))),
            Field::FieldValue(id) => value(Some(Key::FieldValue(id))),
            Field::Hours => self.setting(&hours::HOURS),
            Field::Promise => self.setting(&hours::PROMISE),
            Field::NewTag | Field::Search | Field::BulkFolder | Field::NewField => String::new(),
            Field::Days => Desk::days(),
        }
    }

    /// My colour: what was chosen, else what is saved.
    fn colour(&self) -> Colour {
        let saved = || match self.ctx.me.map(|me| self.ctx.shared.value(&Key::MemberColour(me))) {
            Some(Value::Number(number)) => Colour::from_number(number),
            _ => Colour::default(),
        };
        self.my_colour.unwrap_or_else(saved)
    }

    /// The reply that is begun, as far as it was chosen and not typed.
    fn fresh(&self, id: ReplyId) -> Reply {
        self.fresh.clone().filter(|reply| reply.id == id).unwrap_or_else(|| Reply::new(id))
    }
}

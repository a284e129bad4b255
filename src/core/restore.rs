//! Backups: all that a team shares at one moment, and what putting one back would change.
//!
//! A backup is merged, never laid over: what is here and not in it stays, whatever it is.

use crate::id::{ReplyId, TagId, TeamId};
use crate::optimistic_team::OptimisticTeam;
use crate::replica::{Document, Edit, Key, Register, Value};
use crate::team::Team;
use crate::team::describe::{self, Content};
use crate::team::kinds::{Restore, Thing};
use crate::team::tag::TAG_LIMIT;
use crate::wire::{self, Malformed};

/// The version that this Baton writes, and the latest that it reads.
pub const BACKUP_VERSION: u32 = 1;
/// The most bytes of a backup.
pub const BACKUP_BYTES: u32 = 8 << 20;

/// A backup, as its file says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// The version.
    pub version: u32,
    /// A [`TeamId`].
    pub team: String,
    /// When it was made, in milliseconds since the epoch.
    pub made: u64,
    /// [`wire::encode_registers`].
    pub registers: String,
}

/// Why a backup can't be put back. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoBackup {
    /// It is none, or damaged, or absurdly large.
    Malformed,
    /// A later Baton wrote it. Updating helps.
    Newer,
    /// It is of another WhatsApp account.
    OtherTeam,
}

/// What putting a backup back would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// What is missing here and would come back.
    pub missing: Group,
    /// What was changed since and would be as it was.
    pub changed: Group,
    /// How many tags have no room here and are left out.
    pub left_out: usize,
}

/// Things that would change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The things.
    pub lines: Vec<Line>,
    /// The edits that do it.
    pub edits: Vec<Edit>,
}

/// A thing that would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub kind: Kind,
    /// Its id.
    pub id: [u8; 8],
    /// What it is called.
    pub name: String,
    /// What of it. Of a thing that would come back, its name is left out.
    pub facts: Vec<Fact>,
}

/// A kind of thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // The names are those of the things.
pub enum Kind {
    Tag,
    Reply,
    Field,
    Member,
    Chat,
    Setting,
}

/// A fact that would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The message that names it.
    pub name: &'static str,
    /// What it says here.
    pub before: Content,
    /// What it says in the backup.
    pub after: Content,
}

/// The registers of a backup of this team.
pub fn open(backup: &Backup, team: TeamId) -> Result<Vec<(Key, Register)>, NoBackup> {
    if backup.version > BACKUP_VERSION {
        return Err(NoBackup::Newer);
    }
    let of: TeamId = backup.team.parse().map_err(|_| NoBackup::Malformed)?;
    if of != team {
        return Err(NoBackup::OtherTeam);
    }
    wire::decode_registers(&backup.registers).map_err(|why| match why {
        Malformed::Corrupt => NoBackup::Malformed,
        Malformed::Newer => NoBackup::Newer,
    })
}

/// What putting `registers` back would do.
pub fn compare(shared: &OptimisticTeam, registers: &[(Key, Register)]) -> Comparison {
    let document = Document::of(registers.to_vec());
    let then = Team::of(&document);
    let now = shared.team();
    let deleted: Vec<_> =
        then.tags().into_iter().map(|tag| tag.id).filter(|id| now.tag(*id).is_none()).collect();
    let room = TAG_LIMIT.saturating_sub(now.tags().len()).min(deleted.len());
    let (back, left_out) = deleted.split_at(room);

    let mut found = Found { shared, then: &then, comparison: Comparison::default() };
    found.comparison.left_out = left_out.len();
    // Deleting leaves the rest of a thing as it was, so that this alone may bring it back.
    for id in back {
        found.back(Kind::Tag, id.0, Key::TagGone(*id));
    }
    for reply in then.replies().iter().filter(|reply| now.reply(reply.id).is_none()) {
        found.back(Kind::Reply, reply.id.0, Key::ReplyGone(reply.id));
        // What it got after the backup was made would bind or hide it.
        for key in [Key::ReplyShortcut, Key::ReplyFolder, Key::ReplyTags, Key::ReplyOwner, Key::ReplyArchived]
        {
            let key = key(reply.id);
            let (then, value) = (document.get(&key), shared.value(&key));
            if !value.is_absence() && then.is_none_or(|then| then.value.is_absence()) {
                found.edit(true, Kind::Reply, reply.id.0, key, value.absence());
            }
        }
    }
    for (key, register) in document.iter() {
        let Some((kind, id)) = thing(key) else { continue };
        // A chat may have a better name by now.
        let key = key.chat().map_or(*key, |chat| key.about(now.current(chat)));
        let (is_there, is_deleted) = match (kind, key) {
            (Kind::Tag, _) => {
                (then.tag(TagId(id)).is_some() && !left_out.contains(&TagId(id)), back.contains(&TagId(id)))
            }
            (Kind::Reply, _) => (then.reply(ReplyId(id)).is_some(), now.reply(ReplyId(id)).is_none()),
            (_, Key::ChatTag(_, tag)) => (then.tag(tag).is_some(), false),
            _ => (true, false),
        };
        if is_there && !register.value.is_absence() && shared.value(&key) != register.value {
            let is_missing = is_deleted || shared.written(&key).is_none();
            found.edit(is_missing, kind, id, key, register.value.clone());
        }
    }
    found.comparison
}

/// A comparison that is being worked out.
struct Found<'a> {
    shared: &'a OptimisticTeam,
    then: &'a Team,
    comparison: Comparison,
}

impl Found<'_> {
    fn back(&mut self, kind: Kind, id: [u8; 8], gone: Key) {
        if self.shared.value(&gone) == Value::Flag(true) {
            self.edit(true, kind, id, gone, Value::Flag(false));
        }
    }

    fn edit(&mut self, is_missing: bool, kind: Kind, id: [u8; 8], key: Key, value: Value) {
        let now = self.shared.team();
        let Comparison { missing, changed, .. } = &mut self.comparison;
        let group = if is_missing { missing } else { changed };
        let at =
            group.lines.iter().position(|line| line.kind == kind && line.id == id).unwrap_or_else(|| {
                let name = describe::subject(if is_missing { self.then } else { now }, &key);
                group.lines.push(Line { kind, id, name, facts: Vec::new() });
                group.lines.len() - 1
            });
        if !(is_missing && is_name(&key)) {
            group.lines[at].facts.push(Fact {
                name: key.kind().message,
                before: describe::content(now, &key, &self.shared.value(&key)),
                after: describe::content(self.then, &key, &value),
            });
        }
        group.edits.push((key, value));
    }
}

/// What a fact belongs to. `None` for facts that are not put back, as the table of kinds says.
fn thing(key: &Key) -> Option<(Kind, [u8; 8])> {
    if let Restore::Deletion | Restore::Never = key.kind().restore {
        return None;
    }
    Some(match key.thing()? {
        Thing::Tag(id) => (Kind::Tag, id.0),
        Thing::Reply(id) => (Kind::Reply, id.0),
        Thing::Field(id) => (Kind::Field, id.0),
        Thing::Member(id) => (Kind::Member, id.0),
        Thing::Setting(name) => (Kind::Setting, name),
        Thing::Chat(chat) => (Kind::Chat, chat.id()),
        Thing::Device(_) => return None,
    })
}

/// Whether a fact says no more than that a thing is there.
fn is_name(key: &Key) -> bool {
    matches!(key.kind().restore, Restore::Presence | Restore::Deletion)
}

#[cfg(test)]
mod tests;

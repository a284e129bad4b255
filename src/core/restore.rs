//! Backups: everything that a team shares at one moment, and the preview of restoring it.
//!
//! A backup is merged and does not replace the team: data that are not in the backup stay.

use crate::id::{ReplyId, TagId, TeamId};
use crate::optimistic_team::OptimisticTeam;
use crate::replica::{Document, Edit, Key, Register, Value};
use crate::team::Team;
use crate::team::describe::{self, Content};
use crate::team::kinds::{Restore, Thing};
use crate::team::tag::TAG_LIMIT;
use crate::wire::{self, Malformed};

/// The version that this build writes, and the latest that it reads.
pub const BACKUP_VERSION: u32 = 1;
/// The largest backup, in bytes.
pub const BACKUP_BYTES: u32 = 8 << 20;

/// The content of a backup file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// The version of the format.
    pub version: u32,
    /// The [`TeamId`] as text.
    pub team: String,
    /// When the backup was made, in milliseconds since the epoch.
    pub made: u64,
    /// The registers, encoded by [`wire::encode_registers`].
    pub registers: String,
}

/// Why a backup can't be restored. Nothing is changed then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoBackup {
    /// The file is not a backup, or is damaged or too large.
    Malformed,
    /// A later version of Baton wrote it. Updating helps.
    Newer,
    /// The backup belongs to another WhatsApp account.
    OtherTeam,
}

/// The changes that restoring a backup would make.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Things that are missing here and would be restored.
    pub missing: Group,
    /// Things that were changed since the backup and would be reverted.
    pub changed: Group,
    /// The number of tags that are left out, because the team has no room for them.
    pub left_out: usize,
}

/// Things that would change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The changed things.
    pub lines: Vec<Line>,
    /// The edits that make the changes.
    pub edits: Vec<Edit>,
}

/// A thing that would be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The kind of thing.
    pub kind: Kind,
    /// The thing's id.
    pub id: [u8; 8],
    /// The thing's name.
    pub name: String,
    /// The registers that would change. For a missing thing, those that only show its presence are left out.
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

/// A register that would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The message that names the register.
    pub name: &'static str,
    /// The present value.
    pub before: Content,
    /// The value in the backup.
    pub after: Content,
}

/// Decodes the registers of a backup of this team.
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

/// Computes the changes that restoring `registers` would make.
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
    // Deleting leaves a thing's other registers unchanged, so clearing the flag may be enough to restore it.
    for id in back {
        found.back(Kind::Tag, id.0, Key::TagGone(*id));
    }
    for reply in then.replies().iter().filter(|reply| now.reply(reply.id).is_none()) {
        found.back(Kind::Reply, reply.id.0, Key::ReplyGone(reply.id));
        // Values that the reply got after the backup would limit or hide it, so they are emptied.
        for key in [Key::ReplyShortcut, Key::ReplyFolder, Key::ReplyTags, Key::ReplyOwner, Key::ReplyArchived]
        {
            let key = key(reply.id);
            let (then, value) = (document.get(&key), shared.value(&key));
            if !value.is_tombstone() && then.is_none_or(|then| then.value.is_tombstone()) {
                found.edit(true, Kind::Reply, reply.id.0, key, value.tombstone());
            }
        }
    }
    for (key, register) in document.iter() {
        let Some((kind, id)) = thing(key) else { continue };
        // The chat may have moved to another key since the backup.
        let key = key.chat().map_or(*key, |chat| key.about(now.current(chat)));
        let (is_there, is_deleted) = match (kind, key) {
            (Kind::Tag, _) => {
                (then.tag(TagId(id)).is_some() && !left_out.contains(&TagId(id)), back.contains(&TagId(id)))
            }
            (Kind::Reply, _) => (then.reply(ReplyId(id)).is_some(), now.reply(ReplyId(id)).is_none()),
            (_, Key::ChatTag(_, tag)) => (then.tag(tag).is_some(), false),
            _ => (true, false),
        };
        if is_there && !register.value.is_tombstone() && shared.value(&key) != register.value {
            let is_missing = is_deleted || shared.written(&key).is_none();
            found.edit(is_missing, kind, id, key, register.value.clone());
        }
    }
    found.comparison
}

/// A comparison while it is computed.
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

/// Returns the thing that a register belongs to; `None` for registers that a backup does not restore, according to the
/// table of kinds.
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

/// Whether a register only shows that a thing exists or is deleted.
fn is_name(key: &Key) -> bool {
    matches!(key.kind().restore, Restore::Presence | Restore::Deletion)
}

#[cfg(test)]
mod tests;

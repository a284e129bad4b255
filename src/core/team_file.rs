//! The export file: a team's tags, replies and people, and the preview of importing one.
//!
//! Chats are left out: their keys are hashes that mean nothing outside the team, and holders change every day. An
//! import adds and changes, and deletes nothing. Importing the same file a second time changes nothing.

use sha2::{Digest, Sha256};

use crate::id::{FieldId, MemberId, ReplyId, TagId};
use crate::letters::in_small;
use crate::optimistic_team::OptimisticTeam;
use crate::replica::{Edit, Key, Value};
use crate::team::Team;
use crate::team::describe::{self, Content};
use crate::team::member;
use crate::team::reply::{self, Reply};
use crate::team::tag::{self, Colour, TAG_LIMIT};
use crate::wire::{FILE_VERSION, FileField, FileMember, FileReply, FileTag, TeamFile};
use crate::words::Words;

/// The largest file, in bytes. A team that fits into browser sync takes a tenth of it.
pub const FILE_BYTES: u32 = 1 << 20;
/// The largest number of entries of each kind in a file.
pub const ENTRIES: usize = 1_000;
/// The largest number of characters in a name, a title or a shortcut. Longer ones are cut.
const NAME_CHARS: usize = 80;
/// The largest number of characters in a reply's text. WhatsApp accepts fewer.
const BODY_CHARS: usize = 66_000;

/// The largest number of unknown tags that the preview names.
const UNKNOWN_TAGS: usize = 10;

/// Why a file can't be imported. Nothing is changed then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// The file has more than [`FILE_BYTES`].
    TooBig,
    /// The file has this many entries of one kind, which is more than [`ENTRIES`]: browser sync holds no more.
    TooMany(usize),
    /// The file is not in Baton's format, or is damaged.
    NotBaton,
    /// A later version of Baton wrote the file. Updating helps.
    Newer,
    /// The team would have this many tags, which is more than [`crate::team::tag::TAG_LIMIT`].
    TooManyTags(usize),
}

impl Unusable {
    /// Returns the message for people.
    pub fn words(self) -> Words {
        match self {
            Unusable::TooBig => Words::plain("import_too_big"),
            Unusable::TooMany(count) => {
                Words::with("import_too_many", [&count.to_string(), &ENTRIES.to_string()])
            }
            Unusable::NotBaton => Words::plain("import_not_baton"),
            Unusable::Newer => Words::plain("import_newer"),
            Unusable::TooManyTags(count) => {
                Words::with("import_too_many_tags", [&count.to_string(), &TAG_LIMIT.to_string()])
            }
        }
    }
}

/// The changes that an import would make.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// One entry for each thing that would be added or changed.
    pub list: Vec<Change>,
    /// The number of people in the file who are not in this team. They are not added: a person joins by using Baton.
    pub strangers: usize,
    /// The names of tags in the file's replies that this team does not have: the first few, and then "…".
    pub unknown_tags: Vec<String>,
    /// The edits that make the changes.
    pub edits: Vec<Edit>,
}

/// A thing that an import would add or change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The kind of thing.
    pub kind: Kind,
    /// The present name, or the name of a new thing.
    pub name: String,
    /// Whether the thing is new to the team.
    pub is_new: bool,
    /// The values that differ. For a new thing, all its values.
    pub differences: Vec<Difference>,
}

/// A kind of thing in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A tag.
    Tag,
    /// A reply.
    Reply,
    /// A team field.
    Field,
    /// A person.
    Member,
}

/// The value of one part before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The part.
    pub part: Part,
    /// The team's value.
    pub before: Content,
    /// The file's value.
    pub after: Content,
}

/// A part of a tag, a reply or a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // The names are those of the fields.
pub enum Part {
    Name,
    Initials,
    Colour,
    Title,
    Shortcut,
    Body,
    Folder,
    Tags,
    Owner,
    Archived,
    Value,
}

/// Exports the team's data and the replies that `me` owns.
pub fn export(team: &Team, me: Option<MemberId>) -> TeamFile {
    let tag = |tag: crate::team::tag::Tag| FileTag {
        id: tag.id.to_string(),
        name: tag.name,
        colour: tag.colour.name().to_owned(),
    };
    let reply = |reply: Reply| FileReply {
        id: reply.id.to_string(),
        title: reply.title,
        shortcut: reply.shortcut,
        body: reply.body,
        folder: Some(reply.folder),
        tags: Some(reply.tags.iter().filter_map(|tag| team.tag(*tag)).map(|tag| tag.name).collect()),
        mine: reply.owner.is_some(),
        archived: Some(reply.archived),
    };
    let member = |member: crate::team::member::Member| FileMember {
        id: member.id.to_string(),
        name: member.name,
        initials: member.initials,
        colour: member.colour.name().to_owned(),
    };
    TeamFile {
        baton: FILE_VERSION,
        tags: team.tags().into_iter().map(tag).collect(),
        replies: team.replies().into_iter().filter(|reply| reply.is_for(me)).map(reply).collect(),
        fields: team
            .fields()
            .into_iter()
            .map(|(_, field)| FileField { name: field.name, value: field.value })
            .collect(),
        members: team.members().into_iter().map(member).collect(),
    }
}

/// Computes the changes that importing `file` would make.
pub fn preview(shared: &OptimisticTeam, me: Option<MemberId>, file: &TeamFile) -> Result<Changes, Unusable> {
    if file.baton > FILE_VERSION {
        return Err(Unusable::Newer);
    }
    if file.baton == 0 {
        return Err(Unusable::NotBaton);
    }
    let longest = file.tags.len().max(file.replies.len()).max(file.members.len()).max(file.fields.len());
    if longest > ENTRIES {
        return Err(Unusable::TooMany(longest));
    }
    let mut import = Import { shared, me, team: shared.team().clone(), changes: Changes::default() };
    import.tags(&file.tags)?;
    import.replies(&file.replies);
    import.fields(&file.fields);
    import.members(&file.members);
    Ok(import.changes)
}

/// An import while its changes are computed.
struct Import<'a> {
    shared: &'a OptimisticTeam,
    /// The importing person.
    me: Option<MemberId>,
    /// The team with the changes so far, so that new things are placed one after the other.
    team: Team,
    changes: Changes,
}

impl Import<'_> {
    fn tags(&mut self, tags: &[FileTag]) -> Result<(), Unusable> {
        let there = self.shared.team().tags();
        let tags: Vec<(TagId, String, Option<Colour>)> = tags
            .iter()
            .map(|tag| (clean(&tag.name, NAME_CHARS), tag))
            .filter(|(name, _)| !name.is_empty())
            .map(|(name, tag)| {
                let id = tag.id.parse().unwrap_or_else(|_| TagId(id_of(b"tag", &name)));
                (id, name, colour(&tag.colour))
            })
            .collect();
        let live = |id| there.iter().any(|tag| tag.id.0 == id);
        let mut partners = Partners::new(tags.iter().map(|(id, ..)| id.0).filter(|id| live(*id)));
        let mut excess = 0;
        for (id, name, colour) in tags {
            let same_name = || there.iter().filter(|tag| tag.name.trim() == name).map(|tag| tag.id.0);
            let Some((id, old)) = partners.find(id.0, live(id.0), same_name) else { continue };
            let id = TagId(id);
            if old {
                let mut edits = tag::rename(&self.team, id, &name);
                edits.extend(colour.into_iter().flat_map(|colour| tag::recolour(id, colour)));
                let was = self.team.tag(id).map(|tag| tag.name).unwrap_or_default();
                self.change(Kind::Tag, was, false, edits);
            } else {
                match tag::create(&self.team, id, &name, colour.unwrap_or_default()) {
                    Ok(mut edits) => {
                        edits.push((Key::TagGone(id), Value::Flag(false)));
                        self.change(Kind::Tag, name, true, edits);
                    }
                    Err(tag::TooManyTags) => excess += 1,
                }
            }
        }
        if excess == 0 { Ok(()) } else { Err(Unusable::TooManyTags(self.team.tags().len() + excess)) }
    }

    fn replies(&mut self, replies: &[FileReply]) {
        let there = self.shared.team().replies();
        let replies: Vec<(Reply, &FileReply)> =
            replies.iter().filter_map(|file| Some((self.reply(file)?, file))).collect();
        let live = |id| there.iter().any(|reply| reply.id.0 == id);
        let mut partners = Partners::new(replies.iter().map(|(it, _)| it.id.0).filter(|id| live(*id)));
        for (reply, file) in replies {
            let Reply { title, shortcut, body, .. } = &reply;
            // The closest match comes first, so that a second import finds the replies that the first one made.
            let alike = || {
                let by_title = there.iter().filter(|it| it.title.trim() == title);
                let by_shortcut =
                    there.iter().filter(|it| !shortcut.is_empty() && it.shortcut.trim() == shortcut);
                let by_both = by_title.clone().filter(|it| it.shortcut.trim() == shortcut);
                let by_all = by_both.clone().filter(|it| it.body == *body);
                let alike = by_all.chain(by_both).chain(by_shortcut).chain(by_title);
                alike.filter(|it| it.owner == reply.owner).map(|it| it.id.0)
            };
            let Some((id, old)) = partners.find(reply.id.0, live(reply.id.0), alike) else { continue };
            self.note_unknown_tags(file);
            let mut reply = Reply { id: ReplyId(id), ..reply };
            if let Some(was) = self.team.reply(reply.id).filter(|_| old) {
                reply.owner = was.owner;
                if file.folder.is_none() {
                    reply.folder = was.folder;
                }
                // Files contain no deleted tags, so only live tags are compared. If none of the file's tags exists in
                // this team, the file does not tell which of ours the reply should have.
                let live = was.tags.iter().filter(|tag| self.team.tag(**tag).is_some());
                let is_same = live.eq(&reply.tags);
                let names_others =
                    file.tags.as_ref().is_none_or(|it| !it.is_empty() && reply.tags.is_empty());
                if is_same || names_others {
                    reply.tags = was.tags;
                }
                reply.archived = file.archived.unwrap_or(was.archived);
                let edits = reply::change(&self.team, &reply);
                self.change(Kind::Reply, was.title, false, edits);
            } else {
                // A deleted reply is restored with the file's values, not with its former ones.
                let mut edits = reply::create_whole(&self.team, &reply);
                edits.push((Key::ReplyGone(reply.id), Value::Flag(false)));
                self.change(Kind::Reply, reply.title, true, edits);
            }
        }
    }

    /// Converts a reply of the file. Tags that the team does not have are left out.
    fn reply(&self, reply: &FileReply) -> Option<Reply> {
        let title = clean(&reply.title, NAME_CHARS);
        let shortcut = clean(&reply.shortcut, NAME_CHARS);
        let called = [title.as_str(), &shortcut].join("\0");
        let id = reply.id.parse().unwrap_or_else(|_| ReplyId(id_of(b"reply", &called)));
        let mut tags = Vec::new();
        for tag in self.named_tags(reply).filter_map(|(_, tag)| tag) {
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        (!title.is_empty()).then(|| Reply {
            body: clean_text(&reply.body),
            folder: clean(reply.folder.as_deref().unwrap_or_default(), NAME_CHARS),
            tags,
            owner: self.me.filter(|_| reply.mine),
            archived: reply.archived.unwrap_or_default(),
            title,
            shortcut,
            ..Reply::new(id)
        })
    }

    /// Returns the names of a reply's tags, each with the team's tag of that name. Case is ignored if no name is equal.
    fn named_tags<'a>(
        &self,
        reply: &'a FileReply,
    ) -> impl Iterator<Item = (&'a str, Option<TagId>)> + use<'a> {
        let tags: Vec<(TagId, String, String)> =
            self.team.tags().into_iter().map(|tag| (tag.id, in_small(tag.name.trim()), tag.name)).collect();
        let names = reply.tags.as_deref().unwrap_or_default().iter().map(|name| name.trim());
        names.filter(|name| !name.is_empty()).map(move |name| {
            let exactly = tags.iter().find(|(.., it)| it.trim() == name);
            let tag = exactly.or_else(|| tags.iter().find(|(_, small, _)| *small == in_small(name)));
            (name, tag.map(|it| it.0))
        })
    }

    /// Records the tags of a reply that the team does not have.
    fn note_unknown_tags(&mut self, reply: &FileReply) {
        let names = self.named_tags(reply).filter(|(_, tag)| tag.is_none());
        for name in names.map(|(name, _)| clean(name, NAME_CHARS)) {
            let unknown = &mut self.changes.unknown_tags;
            let is_told = |told: &String| in_small(told) == in_small(&name);
            if unknown.len() > UNKNOWN_TAGS || name.is_empty() || unknown.iter().any(is_told) {
                continue;
            }
            unknown.push(if unknown.len() == UNKNOWN_TAGS { "…".to_owned() } else { name });
        }
    }

    fn fields(&mut self, fields: &[FileField]) {
        for field in fields {
            let (name, value) = (clean(&field.name, NAME_CHARS), clean_text(&field.value));
            if name.is_empty() {
                continue;
            }
            let there = self.team.fields().into_iter().find(|(_, it)| in_small(&it.name) == in_small(&name));
            let is_new = there.is_none();
            let id = there.map_or_else(|| FieldId(id_of(b"field", &in_small(&name))), |(id, _)| id);
            let text = |text: &str| Value::Text(text.to_owned());
            let edits = vec![(Key::FieldName(id), text(&name)), (Key::FieldValue(id), text(&value))];
            self.change(Kind::Field, name, is_new, edits);
        }
    }

    fn members(&mut self, members: &[FileMember]) {
        let mut seen = Vec::new();
        for member in members {
            let known = member.id.parse::<MemberId>().ok().and_then(|id| self.team.member(id));
            let Some(known) = known else {
                self.changes.strangers += 1;
                continue;
            };
            if !seen.contains(&known.id) {
                seen.push(known.id);
                let name = clean(&member.name, NAME_CHARS);
                let initials = clean(&member.initials, NAME_CHARS);
                let colour = colour(&member.colour).unwrap_or(known.colour);
                let mut edits = member::change(&self.team, known.id, &name, &initials, colour);
                // Initials that the person did not choose are derived from the name, so compare again after applying
                // the new name.
                for (key, value) in &edits {
                    self.team.set(key, value, 0);
                }
                edits.extend(member::change(&self.team, known.id, &name, &initials, colour));
                edits.retain(|(key, _)| !(matches!(key, Key::MemberInitials(_)) && initials.is_empty()));
                self.change(Kind::Member, known.name, false, edits);
            }
        }
    }

    /// Records the edits of one thing that change anything.
    fn change(&mut self, kind: Kind, name: String, is_new: bool, mut edits: Vec<Edit>) {
        // Writing an empty value to a register that does not exist would only take space.
        edits.retain(|(key, value)| !(value.is_tombstone() && self.shared.value(key) == Value::Nothing));
        let differences: Vec<Difference> = edits
            .iter()
            .filter_map(|edit| difference(self.shared, &self.team, edit))
            .filter(|it| is_new || it.before != it.after)
            .collect();
        edits.retain(|(key, value)| self.shared.value(key) != *value);
        if differences.is_empty() {
            return;
        }
        for (key, value) in &edits {
            self.team.set(key, value, 0);
        }
        self.changes.list.push(Change { kind, name, is_new, differences });
        self.changes.edits.extend(edits);
    }
}

/// Matches each thing of a file to a thing of the team. A thing of the team is matched once, so that two entries of a
/// file never overwrite each other.
struct Partners {
    taken: Vec<[u8; 8]>,
    seen: Vec<[u8; 8]>,
}

impl Partners {
    /// `meant` are the ids that the file names. These things are matched by id only, never by name.
    fn new(meant: impl Iterator<Item = [u8; 8]>) -> Partners {
        Partners { taken: meant.collect(), seen: Vec::new() }
    }

    /// Returns the id that an entry stands for, and whether the team has it; `None` for an entry that repeats another.
    fn find<I: Iterator<Item = [u8; 8]>>(
        &mut self,
        id: [u8; 8],
        live: bool,
        alike: impl FnOnce() -> I,
    ) -> Option<([u8; 8], bool)> {
        if self.seen.contains(&id) {
            return None;
        }
        self.seen.push(id);
        let partner = if live { Some(id) } else { alike().find(|it| !self.taken.contains(it)) };
        let (id, old) = (partner.unwrap_or(id), partner.is_some());
        self.taken.push(id);
        Some((id, old))
    }
}

fn difference(shared: &OptimisticTeam, team: &Team, (key, after): &Edit) -> Option<Difference> {
    let part = match key {
        Key::TagName(_) | Key::MemberName(_) | Key::FieldName(_) => Part::Name,
        Key::MemberInitials(_) => Part::Initials,
        Key::TagColour(_) | Key::MemberColour(_) => Part::Colour,
        Key::ReplyTitle(_) => Part::Title,
        Key::ReplyShortcut(_) => Part::Shortcut,
        Key::ReplyBody(_) => Part::Body,
        Key::ReplyFolder(_) => Part::Folder,
        Key::ReplyTags(_) => Part::Tags,
        Key::ReplyOwner(_) => Part::Owner,
        Key::ReplyArchived(_) => Part::Archived,
        Key::FieldValue(_) => Part::Value,
        _ => return None,
    };
    let content = |value: Value| match value {
        _ if part == Part::Colour && value == Value::Nothing => Content::Colour(Colour::default()),
        value => describe::content(team, key, &value),
    };
    Some(Difference { part, before: content(shared.value(key)), after: content(after.clone()) })
}

/// Derives the id of a thing that has none in its file. The id is the same wherever the file is imported, so that two
/// people who import it do not create everything twice.
fn id_of(kind: &[u8], name: &str) -> [u8; 8] {
    let digest = Sha256::new().chain_update(b"baton file\0").chain_update(kind).chain_update(name).finalize();
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&digest[..8]);
    bytes
}

fn colour(name: &str) -> Option<Colour> {
    Colour::ALL.into_iter().find(|colour| colour.name() == name)
}

/// Removes line breaks and control characters from a name, and limits its length.
fn clean(text: &str, most: usize) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).take(most).collect();
    text.trim().to_owned()
}

/// Removes control characters that can't be typed.
fn clean_text(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).take(BODY_CHARS).collect()
}

#[cfg(test)]
mod tests;

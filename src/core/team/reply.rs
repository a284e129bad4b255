//! Quick replies: the template, and in which chats and to whom it is offered.

use crate::id::{MemberId, ReplyId, TagId};
use crate::replica::{Document, Edit, Key, Minutes, Value};
use crate::team::Team;
use crate::team::place::{between, place_at};

/// A quick reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The reply's id.
    pub id: ReplyId,
    /// The title in lists.
    pub title: String,
    /// The shortcut that is typed after `;;`; may be empty.
    pub shortcut: String,
    /// The template that is inserted, with its `{fields}`.
    pub body: String,
    /// The folder; empty if the reply is in no folder.
    pub folder: String,
    /// The reply is offered only in chats with one of these tags; if empty, in all chats.
    pub tags: Vec<TagId>,
    /// The member who owns a private reply; `None` if the reply is the team's.
    pub owner: Option<MemberId>,
    /// Whether the reply is kept, but no longer offered.
    pub archived: bool,
    /// Whether the reply is pinned for the whole team.
    pub pinned: bool,
    /// The fractional index among the replies.
    pub place: String,
}

impl Reply {
    /// An empty reply of the team's.
    pub fn new(id: ReplyId) -> Reply {
        let text = String::new;
        Reply {
            id,
            title: text(),
            shortcut: text(),
            body: text(),
            folder: text(),
            tags: Vec::new(),
            owner: None,
            archived: false,
            pinned: false,
            place: text(),
        }
    }

    /// Adds or removes a tag that the reply is limited to.
    pub fn wear(&mut self, tag: TagId, on: bool) {
        self.tags.retain(|it| *it != tag);
        if on {
            self.tags.push(tag);
        }
    }

    /// Whether this member can see the reply: it is the team's, or their own.
    pub fn is_for(&self, me: Option<MemberId>) -> bool {
        self.owner.is_none() || self.owner == me
    }

    /// Whether the reply is offered to this member in a chat with these tags. While the open chat is not known, `worn`
    /// is empty and replies with tags are not offered.
    pub fn is_offered(&self, me: Option<MemberId>, worn: &[TagId]) -> bool {
        let fits = self.tags.is_empty() || self.tags.iter().any(|tag| worn.contains(tag));
        !self.archived && self.is_for(me) && fits
    }
}

/// The content of the registers of a reply.
#[derive(Clone, Debug, Default)]
pub(super) struct ReplyRegisters {
    title: String,
    shortcut: String,
    body: String,
    folder: String,
    tags: Vec<TagId>,
    owner: Option<MemberId>,
    archived: bool,
    pinned: bool,
    place: String,
    gone: bool,
}

impl ReplyRegisters {
    /// Applies a register of the reply.
    pub(super) fn set(&mut self, key: &Key, value: &Value) {
        match key {
            Key::ReplyTitle(_) => self.title = value.as_text().to_owned(),
            Key::ReplyShortcut(_) => self.shortcut = value.as_text().to_owned(),
            Key::ReplyBody(_) => self.body = value.as_text().to_owned(),
            Key::ReplyPlace(_) => self.place = value.as_text().to_owned(),
            Key::ReplyGone(_) => self.gone = value.as_flag(),
            Key::ReplyFolder(_) => self.folder = value.as_text().to_owned(),
            Key::ReplyTags(_) => self.tags = tags_of_text(value.as_text()),
            Key::ReplyOwner(_) => self.owner = value.as_id().map(MemberId),
            Key::ReplyArchived(_) => self.archived = value.as_flag(),
            Key::ReplyPinned(_) => self.pinned = value.as_flag(),
            _ => {}
        }
    }
}

impl Team {
    /// Returns the replies, in the team's order.
    pub fn replies(&self) -> Vec<Reply> {
        let mut replies: Vec<Reply> = self.replies.keys().filter_map(|id| self.reply(*id)).collect();
        replies.sort_unstable_by(|a, b| (&a.place, a.id).cmp(&(&b.place, b.id)));
        replies
    }

    /// Returns a reply, unless it was deleted.
    pub fn reply(&self, id: ReplyId) -> Option<Reply> {
        let registers =
            self.replies.get(&id).filter(|registers| !registers.gone && !registers.title.is_empty())?;
        let ReplyRegisters { title, shortcut, body, folder, tags, owner, archived, pinned, place, .. } =
            registers.clone();
        Some(Reply { id, title, shortcut, body, folder, tags, owner, archived, pinned, place })
    }

    /// The uncompressed size of all replies in bytes, including deleted ones. A tag or an owner counts as sixteen
    /// bytes.
    pub fn reply_bytes(&self) -> usize {
        let bytes = |it: &ReplyRegisters| {
            let ids = it.tags.len() + usize::from(it.owner.is_some());
            let texts = [&it.title, &it.shortcut, &it.body, &it.folder, &it.place];
            texts.iter().map(|text| text.len()).sum::<usize>() + 16 * ids
        };
        self.replies.values().map(bytes).sum()
    }
}

/// Creates a reply at the end of the list. `reply.place` is ignored.
pub fn create(team: &Team, reply: &Reply) -> Vec<Edit> {
    let mut edits = create_whole(team, reply);
    edits.retain(|(_, value)| !value.is_tombstone());
    edits
}

/// Creates a reply like [`create`], and also writes its empty values, because a deleted reply of the same id has left
/// its registers behind.
pub fn create_whole(team: &Team, reply: &Reply) -> Vec<Edit> {
    let replies = team.replies();
    let place = between(replies.last().map(|reply| reply.place.as_str()), None);
    let id = reply.id;
    vec![
        (Key::ReplyTitle(id), Value::text(reply.title.trim())),
        (Key::ReplyShortcut(id), Value::text(reply.shortcut.trim())),
        (Key::ReplyBody(id), Value::text(&reply.body)),
        (Key::ReplyFolder(id), Value::text(reply.folder.trim())),
        (Key::ReplyTags(id), Value::text(&tags_to_text(&reply.tags))),
        (Key::ReplyOwner(id), owner_of(reply)),
        (Key::ReplyArchived(id), Value::Flag(reply.archived)),
        (Key::ReplyPlace(id), place),
    ]
}

/// Changes a reply. Only the values that differ are written, so that two people who edit different fields both keep
/// their edits. An empty title is ignored.
pub fn change(team: &Team, reply: &Reply) -> Vec<Edit> {
    team.reply(reply.id).map(|before| differences(&before, reply)).unwrap_or_default()
}

/// Returns the edits from `before` to `after`, except for the place.
fn differences(before: &Reply, after: &Reply) -> Vec<Edit> {
    let id = after.id;
    let (title, shortcut, folder) = (after.title.trim(), after.shortcut.trim(), after.folder.trim());
    let mut edits = Vec::new();
    if before.title != title && !title.is_empty() {
        edits.push((Key::ReplyTitle(id), Value::text(title)));
    }
    if before.shortcut != shortcut {
        edits.push((Key::ReplyShortcut(id), Value::text(shortcut)));
    }
    if before.body != after.body {
        edits.push((Key::ReplyBody(id), Value::text(&after.body)));
    }
    if before.folder != folder {
        edits.push((Key::ReplyFolder(id), Value::text(folder)));
    }
    if before.tags != after.tags {
        edits.push((Key::ReplyTags(id), Value::text(&tags_to_text(&after.tags))));
    }
    if before.owner != after.owner {
        edits.push((Key::ReplyOwner(id), owner_of(after)));
    }
    if before.archived != after.archived {
        edits.push((Key::ReplyArchived(id), Value::Flag(after.archived)));
    }
    edits
}

fn owner_of(reply: &Reply) -> Value {
    reply.owner.map_or(Value::Nothing, |member| Value::Id(member.0))
}

/// Moves a reply to an index in the list, which is counted without this reply.
pub fn move_to(team: &Team, id: ReplyId, to: usize) -> Vec<Edit> {
    let others: Vec<String> =
        team.replies().into_iter().filter(|reply| reply.id != id).map(|reply| reply.place).collect();
    vec![(Key::ReplyPlace(id), place_at(&others, to))]
}

/// Deletes a reply.
pub fn delete(id: ReplyId) -> Vec<Edit> {
    vec![(Key::ReplyGone(id), Value::Flag(true))]
}

/// Pins a reply for the whole team, or unpins it.
pub fn pin(id: ReplyId, on: bool) -> Vec<Edit> {
    vec![(Key::ReplyPinned(id), Value::Flag(on))]
}

/// Restores a deleted reply.
pub fn restore(id: ReplyId) -> Vec<Edit> {
    vec![(Key::ReplyGone(id), Value::Flag(false))]
}

/// The longest title, in UTF-16 code units.
pub const TITLE_UNITS: u32 = 80;

/// The longest shortcut, in UTF-16 code units.
pub const SHORTCUT_UNITS: u32 = 40;

/// The longest text, in UTF-16 code units: WhatsApp accepts no more in one message.
pub const BODY_UNITS: usize = 65_536;

/// Cuts a text to the length limit of a message, and returns whether it was longer.
pub fn cut(body: &mut String) -> bool {
    // A text never has more UTF-16 code units than bytes.
    if body.len() <= BODY_UNITS {
        return false;
    }
    let mut units = 0;
    let end = body.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > BODY_UNITS
    });
    let Some((end, _)) = end else { return false };
    body.truncate(end);
    true
}

/// How long a browser keeps its local data of a deleted reply: as long as a daily copy may restore the reply.
const KEPT: Minutes = 8 * 24 * 60;

/// Whether a reply was deleted so long ago that its local data can be dropped. A reply without registers may still
/// arrive by sync.
pub fn is_past(document: &Document, reply: ReplyId, now: Minutes) -> bool {
    document.get(&Key::ReplyGone(reply)).is_some_and(|register| {
        register.value == Value::Flag(true) && register.stamp.tick.saturating_add(KEPT) <= now
    })
}

/// The largest number of characters in a title that is taken from the text.
const TITLE_CHARS: usize = 40;

/// Derives a title for a reply without one: the first line of its text, else its shortcut. Renaming the reply is easier
/// than writing it again.
pub fn title_of(body: &str, shortcut: &str) -> String {
    match body.lines().map(str::trim).find(|line| !line.is_empty()) {
        Some(line) => line.replace("{{", "{").chars().take(TITLE_CHARS).collect(),
        None => shortcut.trim().to_owned(),
    }
}

/// Encodes tags for a register: ids separated by spaces.
pub fn tags_to_text(tags: &[TagId]) -> String {
    let ids: Vec<String> = tags.iter().map(TagId::to_string).collect();
    ids.join(" ")
}

/// Decodes the output of [`tags_to_text`]. Invalid ids are skipped.
pub fn tags_of_text(text: &str) -> Vec<TagId> {
    text.split(' ').filter_map(|id| id.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::DeviceId;
    use crate::optimistic_team::OptimisticTeam;
    use crate::replica::{Register, Stamp};

    #[test]
    fn only_what_was_deleted_long_ago_is_past() {
        let (reply, now) = (ReplyId([1; 8]), 1_000_000);
        let gone = |reply, gone, tick| {
            let stamp = Stamp { tick, counter: 0, device: DeviceId([1; 8]) };
            Document::of(vec![(Key::ReplyGone(reply), Register { value: Value::Flag(gone), stamp })])
        };
        assert!(is_past(&gone(reply, true, now - KEPT), reply, now));
        assert!(!is_past(&gone(reply, true, now - KEPT + 1), reply, now), "a copy may bring it back");
        assert!(!is_past(&gone(reply, true, Minutes::MAX), reply, now), "a clock may be wrong");
        assert!(!is_past(&gone(reply, false, 0), reply, now), "it was brought back");
        assert!(!is_past(&gone(ReplyId([2; 8]), true, 0), reply, now));
        assert!(!is_past(&Document::default(), reply, now), "it may still arrive");
    }

    #[test]
    fn changing_a_reply_writes_only_what_differs() {
        let mut shared = OptimisticTeam::default();
        let id = ReplyId([1; 8]);
        let mut reply = Reply {
            title: "Returns".into(),
            shortcut: "ret".into(),
            body: "Hi {name}".into(),
            tags: vec![TagId([1; 8]), TagId([2; 8])],
            owner: Some(MemberId([3; 8])),
            ..Reply::new(id)
        };
        let edits = create(shared.team(), &reply);
        shared.edit(edits, 0);
        let place = shared.team().reply(id).map(|reply| reply.place).unwrap_or_default();
        assert_eq!(shared.team().reply(id), Some(Reply { place, ..reply.clone() }));
        assert_eq!(change(shared.team(), &reply), []);
        reply.shortcut = " rt ".into();
        reply.archived = true;
        assert_eq!(
            change(shared.team(), &reply),
            [(Key::ReplyShortcut(id), Value::text("rt")), (Key::ReplyArchived(id), Value::Flag(true))]
        );
    }
}

//! What a person means, as edits.

use fractional_index::FractionalIndex;

use crate::id::{MemberId, ReplyId, TagId};
use crate::replica::{Edit, Key, Value};
use crate::shared::Shared;
use crate::team::Team;
use crate::team::chat::ChatKey;
use crate::team::reply::{Reply, tags_to_text};
use crate::team::tag::{Colour, TAG_LIMIT};

/// The team has [`TAG_LIMIT`] tags: one must be deleted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyTags;

/// Creates a tag at the end of the list.
pub fn new_tag(team: &Team, id: TagId, name: &str, colour: Colour) -> Result<Vec<Edit>, TooManyTags> {
    let tags = team.tags();
    if tags.len() >= TAG_LIMIT {
        return Err(TooManyTags);
    }
    Ok(vec![
        (Key::TagName(id), text(name.trim())),
        (Key::TagColour(id), Value::Number(colour.number())),
        (Key::TagPlace(id), between(tags.last().map(|tag| tag.place.as_str()), None)),
    ])
}

/// Renames a tag. A name of white space only changes nothing, so that a tag can't vanish by being emptied.
pub fn rename_tag(team: &Team, id: TagId, name: &str) -> Vec<Edit> {
    let name = name.trim();
    match team.tag(id) {
        Some(tag) if !name.is_empty() && tag.name != name => vec![(Key::TagName(id), text(name))],
        _ => Vec::new(),
    }
}

/// Changes the colour of a tag.
pub fn recolour_tag(id: TagId, colour: Colour) -> Vec<Edit> {
    vec![(Key::TagColour(id), Value::Number(colour.number()))]
}

/// Moves a tag to a place in the list, counted without it.
pub fn move_tag(team: &Team, id: TagId, to: usize) -> Vec<Edit> {
    let others: Vec<String> =
        team.tags().into_iter().filter(|tag| tag.id != id).map(|tag| tag.place).collect();
    vec![(Key::TagPlace(id), place_at(&others, to))]
}

/// Deletes a tag. Chats remember that they wore it, so restoring it restores them.
pub fn delete_tag(id: TagId) -> Vec<Edit> {
    vec![(Key::TagGone(id), Value::Flag(true))]
}

/// Brings a deleted tag back, if there is room.
pub fn restore_tag(team: &Team, id: TagId) -> Result<Vec<Edit>, TooManyTags> {
    if team.tags().len() >= TAG_LIMIT {
        Err(TooManyTags)
    } else {
        Ok(vec![(Key::TagGone(id), Value::Flag(false))])
    }
}

/// Creates a reply at the end of the list. Its own place does not matter.
pub fn new_reply(team: &Team, reply: &Reply) -> Vec<Edit> {
    let mut edits = whole_reply(team, reply);
    edits.retain(|(_, value)| !value.is_absence());
    edits
}

/// Creates a reply like [`new_reply`], and says of what it does not have that it does not: a deleted reply of the same
/// id has left all of its facts behind.
pub fn whole_reply(team: &Team, reply: &Reply) -> Vec<Edit> {
    let replies = team.replies();
    let place = between(replies.last().map(|reply| reply.place.as_str()), None);
    let id = reply.id;
    vec![
        (Key::ReplyTitle(id), text(reply.title.trim())),
        (Key::ReplyShortcut(id), text(reply.shortcut.trim())),
        (Key::ReplyBody(id), text(&reply.body)),
        (Key::ReplyFolder(id), text(reply.folder.trim())),
        (Key::ReplyTags(id), text(&tags_to_text(&reply.tags))),
        (Key::ReplyOwner(id), owner_of(reply)),
        (Key::ReplyArchived(id), Value::Flag(reply.archived)),
        (Key::ReplyPlace(id), place),
    ]
}

/// Changes a reply; writes only what differs, so that two people who edit different fields both keep their edit. An
/// emptied title changes nothing of the title.
pub fn change_reply(team: &Team, reply: &Reply) -> Vec<Edit> {
    team.reply(reply.id).map(|before| differences(&before, reply)).unwrap_or_default()
}

/// What of `after` differs from `before`, its place aside.
fn differences(before: &Reply, after: &Reply) -> Vec<Edit> {
    let id = after.id;
    let (title, shortcut, folder) = (after.title.trim(), after.shortcut.trim(), after.folder.trim());
    let mut edits = Vec::new();
    if before.title != title && !title.is_empty() {
        edits.push((Key::ReplyTitle(id), text(title)));
    }
    if before.shortcut != shortcut {
        edits.push((Key::ReplyShortcut(id), text(shortcut)));
    }
    if before.body != after.body {
        edits.push((Key::ReplyBody(id), text(&after.body)));
    }
    if before.folder != folder {
        edits.push((Key::ReplyFolder(id), text(folder)));
    }
    if before.tags != after.tags {
        edits.push((Key::ReplyTags(id), text(&tags_to_text(&after.tags))));
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

/// Moves a reply to a place in the list, counted without it.
pub fn move_reply(team: &Team, id: ReplyId, to: usize) -> Vec<Edit> {
    let others: Vec<String> =
        team.replies().into_iter().filter(|reply| reply.id != id).map(|reply| reply.place).collect();
    vec![(Key::ReplyPlace(id), place_at(&others, to))]
}

/// Deletes a reply.
pub fn delete_reply(id: ReplyId) -> Vec<Edit> {
    vec![(Key::ReplyGone(id), Value::Flag(true))]
}

/// Brings a deleted reply back.
pub fn restore_reply(id: ReplyId) -> Vec<Edit> {
    vec![(Key::ReplyGone(id), Value::Flag(false))]
}

/// Says who a member is. Writes only what differs.
pub fn set_me(team: &Team, id: MemberId, name: &str, initials: &str, colour: Colour) -> Vec<Edit> {
    let before = team.member(id);
    let (name, initials) = (name.trim(), initials.trim());
    let mut edits = Vec::new();
    if !name.is_empty() && before.as_ref().is_none_or(|me| me.name != name) {
        edits.push((Key::MemberName(id), text(name)));
    }
    if before.as_ref().is_none_or(|me| me.initials != initials) {
        edits.push((Key::MemberInitials(id), text(initials)));
    }
    if before.as_ref().is_none_or(|me| me.colour != colour) {
        edits.push((Key::MemberColour(id), Value::Number(colour.number())));
    }
    edits
}

/// Puts a tag on a chat or takes it off.
pub fn tag_chat(chat: ChatKey, tag: TagId, on: bool) -> Vec<Edit> {
    vec![(Key::ChatTag(chat, tag), Value::Flag(on))]
}

/// Gives a chat to a member: oneself without a reason (a claim), or somebody else, perhaps with one (a hand-over).
pub fn give_chat(chat: ChatKey, to: MemberId, reason: &str) -> Vec<Edit> {
    vec![(Key::ChatHolder(chat), Value::Holder(to, reason.trim().to_owned()))]
}

/// Releases a chat: nobody has it.
pub fn release_chat(chat: ChatKey) -> Vec<Edit> {
    vec![(Key::ChatHolder(chat), Value::Nothing)]
}

/// Moves what is noted about a chat to another key of the same chat, where it was noted later than what is there. Who
/// does not know yet that the two are one is sent on from the old key.
pub fn move_chat(shared: &Shared, from: ChatKey, to: ChatKey) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (key, value) in shared.about(from) {
        let there = key.about(to);
        if shared.written(&key) > shared.written(&there) {
            edits.push((there, value.clone()));
        }
        edits.push((key, value.absence()));
    }
    if !edits.is_empty() && shared.team().current(from) != to {
        edits.push((Key::ChatMoved(from), Value::Id(to.id())));
    }
    edits
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// The fractional index of an item that is to stand at `to` among `places`, which are sorted.
fn place_at(places: &[String], to: usize) -> Value {
    let to = to.min(places.len());
    let before = to.checked_sub(1).and_then(|at| places.get(at));
    between(before.map(String::as_str), places.get(to).map(String::as_str))
}

/// A place after `before` and before `after`. A place that is no index (another device may write anything) counts as
/// absent, and so does an upper one that is not above: the item then stands as near as the rest allows.
fn between(before: Option<&str>, after: Option<&str>) -> Value {
    let parse = |place: &str| FractionalIndex::from_string(place).ok();
    let (before, after) = (before.and_then(parse), after.and_then(parse));
    let place = FractionalIndex::new(before.as_ref(), after.as_ref())
        .or_else(|| FractionalIndex::new(before.as_ref(), None))
        .unwrap_or_default();
    Value::Text(place.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared::Shared;

    fn team_of_tags(names: &[&str]) -> Shared {
        let mut shared = Shared::default();
        for (i, name) in (0..).zip(names) {
            let edits = new_tag(shared.team(), TagId([i; 8]), name, Colour::Blue).expect("there is room");
            shared.edit(edits, 0);
        }
        shared
    }

    fn names(shared: &Shared) -> Vec<String> {
        shared.team().tags().into_iter().map(|tag| tag.name).collect()
    }

    #[test]
    fn new_tags_come_last_and_move_anywhere() {
        let mut shared = team_of_tags(&["a", "b", "c", "d"]);
        assert_eq!(names(&shared), ["a", "b", "c", "d"]);
        for (tag, to, expected) in
            [(3, 0, "dabc"), (3, 1, "adbc"), (0, 9, "dbca"), (1, 2, "dcba"), (2, 1, "dcba")]
        {
            let edits = move_tag(shared.team(), TagId([tag; 8]), to);
            shared.edit(edits, 0);
            assert_eq!(names(&shared).concat(), expected);
        }
    }

    #[test]
    fn the_twenty_first_tag_is_refused_and_deleting_makes_room() {
        let twenty: Vec<String> = (0..20).map(|n| format!("tag {n}")).collect();
        let mut shared = team_of_tags(&twenty.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(new_tag(shared.team(), TagId([77; 8]), "one more", Colour::Red), Err(TooManyTags));
        shared.edit(delete_tag(TagId([3; 8])), 0);
        let edits = new_tag(shared.team(), TagId([77; 8]), "one more", Colour::Red).expect("room");
        shared.edit(edits, 0);
        assert_eq!(shared.team().tags().len(), TAG_LIMIT);
        assert_eq!(restore_tag(shared.team(), TagId([3; 8])), Err(TooManyTags));
    }

    #[test]
    fn places_that_another_device_broke_do_not_stop_anyone() {
        let mut shared = team_of_tags(&["a", "b"]);
        shared.edit(vec![(Key::TagPlace(TagId([0; 8])), Value::Text("\0nonsense".into()))], 0);
        let edits = move_tag(shared.team(), TagId([1; 8]), 0);
        shared.edit(edits, 0);
        assert_eq!(names(&shared).len(), 2);
    }

    #[test]
    fn an_emptied_name_changes_nothing() {
        let shared = team_of_tags(&["a"]);
        assert_eq!(rename_tag(shared.team(), TagId([0; 8]), "  "), []);
        assert_eq!(rename_tag(shared.team(), TagId([0; 8]), "a "), []);
        assert_eq!(rename_tag(shared.team(), TagId([9; 8]), "x"), []);
    }

    #[test]
    fn changing_a_reply_writes_only_what_differs() {
        let mut shared = Shared::default();
        let id = ReplyId([1; 8]);
        let mut reply = Reply {
            title: "Returns".into(),
            shortcut: "ret".into(),
            body: "Hi {name}".into(),
            tags: vec![TagId([1; 8]), TagId([2; 8])],
            owner: Some(MemberId([3; 8])),
            ..Reply::new(id)
        };
        let edits = new_reply(shared.team(), &reply);
        shared.edit(edits, 0);
        let place = shared.team().reply(id).map(|reply| reply.place).unwrap_or_default();
        assert_eq!(shared.team().reply(id), Some(Reply { place, ..reply.clone() }));
        assert_eq!(change_reply(shared.team(), &reply), []);
        reply.shortcut = " rt ".into();
        reply.archived = true;
        assert_eq!(
            change_reply(shared.team(), &reply),
            [(Key::ReplyShortcut(id), text("rt")), (Key::ReplyArchived(id), Value::Flag(true))]
        );
    }

    #[test]
    fn everything_about_a_chat_moves_and_the_old_key_leads_on() {
        let (old, new, tag) = (ChatKey([1; 5]), ChatKey([2; 5]), TagId([7; 8]));
        let mut shared = Shared::default();
        let note = |chat| (Key::ChatNote(chat), text("calls after six"));
        shared.edit(vec![(Key::ChatTag(old, tag), Value::Flag(true)), note(old)], 10);
        let edits = move_chat(&shared, old, new);
        shared.edit(edits, 11);
        assert_eq!(shared.about(new), [note(new), (Key::ChatTag(new, tag), Value::Flag(true))]);
        assert_eq!((shared.about(old), shared.team().current(old)), (vec![], new));
        assert_eq!(move_chat(&shared, old, new), [], "there is nothing left to move");
    }
}

//! Tags, and the colours of tags and members.

use crate::id::TagId;
use crate::replica::{Edit, Key, Value};
use crate::team::Team;
use crate::team::place::{between, place_at};

/// The largest number of tags in a team. WhatsApp Business has the same limit, and longer lists are not read.
pub const TAG_LIMIT: usize = 20;

/// The number of tags from which the meter warns.
pub const TAG_WARNING: usize = 18;

/// A team-wide label on chats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The tag's id.
    pub id: TagId,
    /// The tag's name.
    pub name: String,
    /// The tag's colour.
    pub colour: Colour,
    /// The fractional index among the tags.
    pub place: String,
}

/// The content of the registers of a tag.
#[derive(Clone, Debug, Default)]
pub(super) struct TagRegisters {
    name: String,
    colour: u32,
    place: String,
    gone: bool,
}

impl TagRegisters {
    /// Applies a register of the tag.
    pub(super) fn set(&mut self, key: &Key, value: &Value) {
        match key {
            Key::TagName(_) => self.name = value.as_text().to_owned(),
            Key::TagColour(_) => self.colour = value.as_number().unwrap_or_default(),
            Key::TagPlace(_) => self.place = value.as_text().to_owned(),
            Key::TagGone(_) => self.gone = value.as_flag(),
            _ => {}
        }
    }
}

impl Team {
    /// Returns the tags, in the team's order.
    pub fn tags(&self) -> Vec<Tag> {
        let mut tags: Vec<Tag> = self.tags.keys().filter_map(|id| self.tag(*id)).collect();
        tags.sort_unstable_by(|a, b| (&a.place, a.id).cmp(&(&b.place, b.id)));
        tags
    }

    /// Returns a tag, unless it was deleted.
    pub fn tag(&self, id: TagId) -> Option<Tag> {
        let registers =
            self.tags.get(&id).filter(|registers| !registers.gone && !registers.name.is_empty())?;
        Some(Tag {
            id,
            name: registers.name.clone(),
            colour: Colour::from_number(registers.colour),
            place: registers.place.clone(),
        })
    }
}

/// The error that the team already has [`TAG_LIMIT`] tags, so that one must be deleted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyTags;

/// Creates a tag at the end of the list.
pub fn create(team: &Team, id: TagId, name: &str, colour: Colour) -> Result<Vec<Edit>, TooManyTags> {
    let tags = team.tags();
    if tags.len() >= TAG_LIMIT {
        return Err(TooManyTags);
    }
    Ok(vec![
        (Key::TagName(id), Value::text(name.trim())),
        (Key::TagColour(id), Value::Number(colour.number())),
        (Key::TagPlace(id), between(tags.last().map(|tag| tag.place.as_str()), None)),
    ])
}

/// Renames a tag. A blank name is ignored, because a tag without a name would not exist.
pub fn rename(team: &Team, id: TagId, name: &str) -> Vec<Edit> {
    let name = name.trim();
    match team.tag(id) {
        Some(tag) if !name.is_empty() && tag.name != name => vec![(Key::TagName(id), Value::text(name))],
        _ => Vec::new(),
    }
}

/// Changes the colour of a tag.
pub fn recolour(id: TagId, colour: Colour) -> Vec<Edit> {
    vec![(Key::TagColour(id), Value::Number(colour.number()))]
}

/// Moves a tag to an index in the list, which is counted without this tag.
pub fn move_to(team: &Team, id: TagId, to: usize) -> Vec<Edit> {
    let others: Vec<String> =
        team.tags().into_iter().filter(|tag| tag.id != id).map(|tag| tag.place).collect();
    vec![(Key::TagPlace(id), place_at(&others, to))]
}

/// Deletes a tag. The registers of its chats remain, so restoring the tag restores it on them.
pub fn delete(id: TagId) -> Vec<Edit> {
    vec![(Key::TagGone(id), Value::Flag(true))]
}

/// One of twelve colours that colour-blind people can tell apart, in both themes. The values are in the style sheets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // A colour's name is its meaning.
pub enum Colour {
    #[default]
    Blue,
    Orange,
    Green,
    Red,
    Purple,
    Teal,
    Pink,
    Olive,
    Sky,
    Brown,
    Indigo,
    Grey,
}

impl Colour {
    /// All colours, in the order of their numbers.
    pub const ALL: [Colour; 12] = [
        Colour::Blue,
        Colour::Orange,
        Colour::Green,
        Colour::Red,
        Colour::Purple,
        Colour::Teal,
        Colour::Pink,
        Colour::Olive,
        Colour::Sky,
        Colour::Brown,
        Colour::Indigo,
        Colour::Grey,
    ];

    /// Returns the colour with a number; grey for numbers of a later version.
    pub fn from_number(number: u32) -> Colour {
        usize::try_from(number).ok().and_then(|i| Colour::ALL.get(i)).copied().unwrap_or(Colour::Grey)
    }

    /// The number in the stored format.
    pub fn number(self) -> u32 {
        self as u32
    }

    /// The name of the colour in style sheets and files.
    pub fn name(self) -> &'static str {
        match self {
            Colour::Blue => "blue",
            Colour::Orange => "orange",
            Colour::Green => "green",
            Colour::Red => "red",
            Colour::Purple => "purple",
            Colour::Teal => "teal",
            Colour::Pink => "pink",
            Colour::Olive => "olive",
            Colour::Sky => "sky",
            Colour::Brown => "brown",
            Colour::Indigo => "indigo",
            Colour::Grey => "grey",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimistic_team::OptimisticTeam;
    use crate::team::chat::ChatKey;

    #[test]
    fn numbers_and_colours_agree() {
        for (number, colour) in (0..).zip(Colour::ALL) {
            assert_eq!(colour.number(), number);
            assert_eq!(Colour::from_number(number), colour);
        }
        assert_eq!(Colour::from_number(99), Colour::Grey);
    }

    fn team_of_tags(names: &[&str]) -> OptimisticTeam {
        let mut shared = OptimisticTeam::default();
        for (i, name) in (0..).zip(names) {
            let edits = create(shared.team(), TagId([i; 8]), name, Colour::Blue).expect("there is room");
            shared.edit(edits, 0);
        }
        shared
    }

    fn names(shared: &OptimisticTeam) -> Vec<String> {
        shared.team().tags().into_iter().map(|tag| tag.name).collect()
    }

    #[test]
    fn new_tags_come_last_and_move_anywhere() {
        let mut shared = team_of_tags(&["a", "b", "c", "d"]);
        assert_eq!(names(&shared), ["a", "b", "c", "d"]);
        for (tag, to, expected) in
            [(3, 0, "dabc"), (3, 1, "adbc"), (0, 9, "dbca"), (1, 2, "dcba"), (2, 1, "dcba")]
        {
            let edits = move_to(shared.team(), TagId([tag; 8]), to);
            shared.edit(edits, 0);
            assert_eq!(names(&shared).concat(), expected);
        }
    }

    #[test]
    fn the_twenty_first_tag_is_refused_and_deleting_makes_room() {
        let twenty: Vec<String> = (0..20).map(|n| format!("tag {n}")).collect();
        let mut shared = team_of_tags(&twenty.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(create(shared.team(), TagId([77; 8]), "one more", Colour::Red), Err(TooManyTags));
        shared.edit(delete(TagId([3; 8])), 0);
        let edits = create(shared.team(), TagId([77; 8]), "one more", Colour::Red).expect("room");
        shared.edit(edits, 0);
        assert_eq!(shared.team().tags().len(), TAG_LIMIT);
    }

    #[test]
    fn places_that_another_device_broke_do_not_stop_anyone() {
        let mut shared = team_of_tags(&["a", "b"]);
        shared.edit(vec![(Key::TagPlace(TagId([0; 8])), Value::Text("\0nonsense".into()))], 0);
        let edits = move_to(shared.team(), TagId([1; 8]), 0);
        shared.edit(edits, 0);
        assert_eq!(names(&shared).len(), 2);
    }

    #[test]
    fn an_emptied_name_changes_nothing() {
        let shared = team_of_tags(&["a"]);
        assert_eq!(rename(shared.team(), TagId([0; 8]), "  "), []);
        assert_eq!(rename(shared.team(), TagId([0; 8]), "a "), []);
        assert_eq!(rename(shared.team(), TagId([9; 8]), "x"), []);
    }

    #[test]
    fn tags_are_listed_by_place_and_gone_ones_are_not() {
        let mut team = Team::default();
        for (id, name, place) in [(1, "Order", "b"), (2, "Returns", "a"), (3, "Urgent", "c")] {
            team.set(&Key::TagName(TagId([id; 8])), &Value::text(name), 0);
            team.set(&Key::TagPlace(TagId([id; 8])), &Value::text(place), 0);
        }
        let chat = ChatKey([7; 5]);
        for id in [1, 2, 3] {
            team.set(&Key::ChatTag(chat, TagId([id; 8])), &Value::Flag(true), 0);
        }
        team.set(&Key::TagGone(TagId([3; 8])), &Value::Flag(true), 0);
        let names = |tags: Vec<Tag>| tags.into_iter().map(|tag| tag.name).collect::<Vec<_>>();
        assert_eq!(names(team.tags()), ["Returns", "Order"]);
        assert_eq!(names(team.tags_of(&chat)), ["Returns", "Order"]);
        team.set(&Key::TagGone(TagId([3; 8])), &Value::Flag(false), 1);
        assert_eq!(names(team.tags_of(&chat)), ["Returns", "Order", "Urgent"]);
    }
}

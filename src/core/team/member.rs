//! Members: the people of a team.

use crate::id::MemberId;
use crate::letters::{capital, has_case};
use crate::replica::{Edit, Key, Value};
use crate::team::Team;
use crate::team::tag::Colour;

/// A person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The member's id.
    pub id: MemberId,
    /// The member's name.
    pub name: String,
    /// One to three characters, shown where there is no room for the name.
    pub initials: String,
    /// The colour of the member's chip.
    pub colour: Colour,
}

/// The content of the registers of a member.
#[derive(Clone, Debug, Default)]
pub(super) struct MemberRegisters {
    name: String,
    initials: String,
    colour: u32,
}

impl MemberRegisters {
    /// Applies a register of the member.
    pub(super) fn set(&mut self, key: &Key, value: &Value) {
        match key {
            Key::MemberName(_) => self.name = value.as_text().to_owned(),
            Key::MemberInitials(_) => self.initials = value.as_text().to_owned(),
            Key::MemberColour(_) => self.colour = value.as_number().unwrap_or_default(),
            _ => {}
        }
    }
}

impl Team {
    /// Returns the members who have a name, sorted by name.
    pub fn members(&self) -> Vec<Member> {
        let mut members: Vec<Member> = self.members.keys().filter_map(|id| self.member(*id)).collect();
        members.sort_unstable_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        members
    }

    /// A member by id.
    pub fn member(&self, id: MemberId) -> Option<Member> {
        let registers = self.members.get(&id).filter(|registers| !registers.name.is_empty())?;
        let short = if registers.initials.is_empty() {
            initials(&registers.name)
        } else {
            registers.initials.clone()
        };
        Some(Member {
            id,
            name: registers.name.clone(),
            initials: short,
            colour: Colour::from_number(registers.colour),
        })
    }
}

/// Changes a member. Returns edits only for the values that differ.
pub fn change(team: &Team, id: MemberId, name: &str, initials: &str, colour: Colour) -> Vec<Edit> {
    let before = team.member(id);
    let (name, initials) = (name.trim(), initials.trim());
    let mut edits = Vec::new();
    if !name.is_empty() && before.as_ref().is_none_or(|me| me.name != name) {
        edits.push((Key::MemberName(id), Value::text(name)));
    }
    if before.as_ref().is_none_or(|me| me.initials != initials) {
        edits.push((Key::MemberInitials(id), Value::text(initials)));
    }
    if before.as_ref().is_none_or(|me| me.colour != colour) {
        edits.push((Key::MemberColour(id), Value::Number(colour.number())));
    }
    edits
}

/// Returns the colour that the fewest members have; the first of [`Colour::ALL`] among equals.
pub fn least_used_colour(team: &Team) -> Colour {
    let members = team.members();
    let count = |colour: &Colour| members.iter().filter(|member| member.colour == *colour).count();
    Colour::ALL.into_iter().min_by_key(count).unwrap_or_default()
}

/// Derives initials from a name: the first letters of its first and last word, or the last character of a name without
/// spaces in a script without capitals (as Chinese given names are abbreviated).
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let Some(first) = words.next() else { return String::new() };
    let last = words.next_back();
    let head = |word: &str, most| word.chars().take(most).map(capital).collect::<String>();
    match last {
        Some(last) => head(first, 1) + &head(last, 1),
        None if first.chars().any(has_case) => head(first, 2),
        None => first.chars().last().into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_by_script() {
        for (name, expected) in [
            ("Ben Okafor", "BO"),
            ("ana maria de souza", "AS"),
            ("Ben", "BE"),
            ("王小明", "明"),
            ("  ", ""),
            ("é", "É"),
        ] {
            assert_eq!(initials(name), expected, "{name}");
        }
    }

    #[test]
    fn a_member_without_initials_gets_them_from_the_name() {
        let mut team = Team::default();
        let id = MemberId([1; 8]);
        assert_eq!(team.member(id), None);
        team.set(&Key::MemberName(id), &Value::text("Ben Okafor"), 0);
        assert_eq!(team.member(id).map(|member| member.initials), Some("BO".into()));
    }
}

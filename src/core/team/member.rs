//! Members: the people of a team.

use crate::id::MemberId;
use crate::letters::{capital, has_case};
use crate::team::tag::Colour;

/// A person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub id: MemberId,
    /// What colleagues call them.
    pub name: String,
    /// One to three characters, shown where there is no room for the name.
    pub initials: String,
    /// What their chip wears.
    pub colour: Colour,
}

/// The initials of a name: first letters of its first and last word, or the last character of a name without
/// spaces in a script that has no capitals (as Chinese given names are abbreviated).
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
    use super::initials;

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
}

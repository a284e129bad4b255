//! Messages for people. The core names them; their texts are in `extension/_locales`.

/// A message of `_locales` with its arguments, not yet localised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The message's name. With a `count` the shell appends the plural category of the number: `_one`, `_other`.
    pub name: &'static str,
    /// The arguments `$1`, `$2`, … With a `count`, `$1` is the number written for the locale and these follow it.
    pub with: Vec<String>,
    /// The number that decides the plural form.
    pub count: Option<u32>,
}

impl Words {
    /// A message without arguments.
    pub fn plain(name: &'static str) -> Words {
        Words { name, with: Vec::new(), count: None }
    }

    /// A message with arguments.
    pub fn with<const N: usize>(name: &'static str, with: [&str; N]) -> Words {
        Words { name, with: with.map(str::to_owned).into(), count: None }
    }

    /// A message with a plural form.
    pub fn count(name: &'static str, count: usize) -> Words {
        Words { name, with: Vec::new(), count: Some(u32::try_from(count).unwrap_or(u32::MAX)) }
    }
}

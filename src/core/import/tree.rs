//! The tree that the JSON and the YAML parser both produce.

use super::ReadError;

/// How deep a file may be nested. The files of the supported tools have a handful of levels.
pub(super) const DEPTH: usize = 64;

/// A value and where it starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tree {
    /// The line where it starts, from 1.
    pub line: usize,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    Nothing,
    /// A text, number or boolean, as it is written.
    Text(String),
    List(Vec<Tree>),
    /// Pairs in the order of the file. The first of equal keys counts.
    Map(Vec<(String, Tree)>),
}

impl Tree {
    /// The value of a key. The search is linear: these maps have few keys.
    pub(super) fn get(&self, key: &str) -> Option<&Tree> {
        self.pairs().iter().find(|it| it.0 == key).map(|it| &it.1)
    }

    /// The first text of these keys that is not empty; else an empty one.
    pub(super) fn text_of(&self, keys: &[&str]) -> &str {
        let mut texts = keys.iter().filter_map(|key| self.get(key)).map(Tree::text);
        texts.find(|it| !it.is_empty()).unwrap_or_default()
    }

    /// The text; empty for other values.
    pub(super) fn text(&self) -> &str {
        if let What::Text(text) = &self.what { text } else { "" }
    }

    /// The pairs of a map.
    pub(super) fn pairs(&self) -> &[(String, Tree)] {
        if let What::Map(pairs) = &self.what { pairs } else { &[] }
    }

    /// The values of a list.
    pub(super) fn list(&self) -> &[Tree] {
        if let What::List(list) = &self.what { list } else { &[] }
    }

    /// The values of a list, or of the list under the first of these keys that a map has.
    pub(super) fn into_list(self, keys: &[&str]) -> Result<Vec<Tree>, ReadError> {
        let malformed = ReadError::Malformed { line: self.line };
        match self.what {
            What::List(list) => Ok(list),
            What::Map(pairs) => {
                let found = pairs.into_iter().find(|(key, _)| keys.contains(&key.as_str()));
                match found.map(|it| it.1.what) {
                    Some(What::List(list)) => Ok(list),
                    _ => Err(malformed),
                }
            }
            What::Nothing | What::Text(_) => Err(malformed),
        }
    }
}

//! What JSON and YAML both are.

use super::Unreadable;

/// How deep a file may be nested. Those of the tools here are a handful of levels deep.
pub(super) const DEPTH: usize = 64;

/// A value and where it starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tree {
    /// From 1.
    pub line: usize,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    Nothing,
    /// Text, a number or a truth, as it is written.
    Text(String),
    List(Vec<Tree>),
    /// Pairs in the order of the file. Of equal keys the first one counts.
    Map(Vec<(String, Tree)>),
}

impl Tree {
    /// The value of a key. There are few keys in what this is used for.
    pub(super) fn get(&self, key: &str) -> Option<&Tree> {
        self.pairs().iter().find(|it| it.0 == key).map(|it| &it.1)
    }

    /// The text of the first of these keys that has one that is not empty.
    pub(super) fn text_of(&self, keys: &[&str]) -> &str {
        let mut texts = keys.iter().filter_map(|key| self.get(key)).map(Tree::text);
        texts.find(|it| !it.is_empty()).unwrap_or_default()
    }

    /// The text; that of anything else is empty.
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

    /// Takes the list apart, that of the first of these keys if it is a map.
    pub(super) fn into_list(self, keys: &[&str]) -> Result<Vec<Tree>, Unreadable> {
        let malformed = Unreadable::Malformed { line: self.line };
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

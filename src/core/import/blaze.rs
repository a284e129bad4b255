//! Import from Text Blaze's JSON: folders with snippets that have a name, a shortcut and a text.

use super::sink::Sink;
use super::tree::{Tree, What};
use super::{ImportedReply, ReadError, Why, commands, html};

/// Snippets, read one by one.
pub(super) struct Snippets {
    /// Each with the name of its folder.
    snippets: std::vec::IntoIter<(String, Tree)>,
}

impl Snippets {
    pub(super) fn new(file: Tree) -> Result<Snippets, ReadError> {
        let folders = file.into_list(&["folders", "groups", "snippets"])?;
        let mut snippets = Vec::new();
        for folder in folders {
            collect(folder, "", &mut snippets);
        }
        Ok(Snippets { snippets: snippets.into_iter() })
    }

    pub(super) fn remaining(&self) -> usize {
        self.snippets.len()
    }

    pub(super) fn line(&self) -> usize {
        self.snippets.as_slice().first().map_or(0, |it| it.1.line)
    }

    pub(super) fn next(&mut self, sink: &mut Sink) -> bool {
        let Some((folder, snippet)) = self.snippets.next() else { return false };
        let line = snippet.line;
        let title = snippet.text_of(&["name", "title", "label"]).to_owned();
        let shortcut = snippet.text_of(&["shortcut", "trigger"]).to_owned();
        if snippet.pairs().is_empty() {
            sink.skip(line, snippet.text(), Why::Malformed);
            return true;
        }
        let plain = snippet.text_of(&["text", "content", "body"]);
        // A formatted snippet normally has its plain text as well.
        let formatted = snippet.text_of(&["html"]);
        let text = if plain.is_empty() { html::text(formatted) } else { plain.to_owned() };
        let tags = snippet.get("tags").map(Tree::list).unwrap_or_default();
        let tags = tags.iter().map(|it| it.text().to_owned()).collect();
        commands::take(
            ImportedReply { title, shortcut, folder, tags, line, ..Default::default() },
            &text,
            sink,
        );
        true
    }
}

/// Collects the snippets of a folder and its subfolders. The reader of the file has bounded the depth of the recursion.
fn collect(folder: Tree, above: &str, snippets: &mut Vec<(String, Tree)>) {
    let below = |key: &str| matches!(key, "snippets" | "folders" | "groups" | "children");
    if !folder.pairs().iter().any(|(key, _)| below(key)) {
        snippets.push((above.to_owned(), folder));
        return;
    }
    let name = folder.text_of(&["name", "title", "label"]);
    let name = if name.is_empty() { above.to_owned() } else { name.to_owned() };
    if let What::Map(pairs) = folder.what {
        for (_, list) in pairs.into_iter().filter(|(key, _)| below(key)) {
            if let What::List(list) = list.what {
                list.into_iter().for_each(|it| collect(it, &name, snippets));
            }
        }
    }
}

//! Collects the replies that readers find: cleaned, titled and without duplicates.

use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{BuildHasher, BuildHasherDefault};

use super::{BODY_CHARS, Imported, ImportedReply, NAME_CHARS, Skipped, Why};
use crate::letters::in_small;

/// A hasher without a random seed: the core has no randomness.
pub(super) type Fixed = BuildHasherDefault<DefaultHasher>;

/// The most characters of a title that is derived from a text.
const MADE_TITLE: usize = 40;
/// The most skipped entries of one file. A file of another kind has one for every line.
const NOTES: usize = 20_000;

/// Collects the result of reading a file.
#[derive(Default)]
pub(super) struct Sink {
    pub imported: Imported,
    /// The hashes of the shortcuts and texts seen so far.
    seen: HashSet<u64, Fixed>,
}

impl Sink {
    /// Reports something that is not imported.
    pub(super) fn skip(&mut self, line: usize, name: &str, why: Why) {
        self.note(line, name, why, false);
    }

    /// Reports something that an imported reply loses.
    pub(super) fn lose(&mut self, line: usize, name: &str, why: Why) {
        self.note(line, name, why, true);
    }

    fn note(&mut self, line: usize, name: &str, why: Why, taken: bool) {
        if self.imported.skipped.len() < NOTES {
            self.imported.skipped.push(Skipped { line, name: one_line(name, NAME_CHARS), why, taken });
        }
    }

    /// Reports that the file has too many replies. Returns `false`: reading ends.
    pub(super) fn full(&mut self, line: usize) -> bool {
        self.skip(line, "", Why::TooMany);
        false
    }

    /// Adds a reply, or reports why it can't be imported. Returns whether it was added.
    pub(super) fn take(&mut self, reply: ImportedReply) -> bool {
        let shortcut = bare(&reply.shortcut);
        let body = clean(&reply.body);
        let line = reply.line;
        let name = [&reply.title, &reply.shortcut, &body].into_iter().find(|it| !it.trim().is_empty());
        let name = name.cloned().unwrap_or_default();
        if body.trim().is_empty() {
            self.skip(line, &name, Why::EmptyText);
        } else if longer(&body, BODY_CHARS) || longer(&shortcut, NAME_CHARS) {
            self.skip(line, &name, Why::TooLong);
        } else if !self.seen.insert(Fixed::default().hash_one((in_small(&shortcut), &body))) {
            self.skip(line, &name, Why::Duplicate);
        } else {
            let given = one_line(&reply.title, NAME_CHARS);
            let title = if given.is_empty() { title_of(&body) } else { given };
            let folder = one_line(&reply.folder, NAME_CHARS);
            let mut tags: Vec<String> = Vec::new();
            for tag in reply.tags.iter().map(|it| one_line(it, NAME_CHARS)).take(NAME_CHARS) {
                if !tag.is_empty() && !tags.contains(&tag) {
                    tags.push(tag);
                }
            }
            self.imported.rows.push(ImportedReply { title, shortcut, body, folder, tags, line });
            return true;
        }
        false
    }
}

fn longer(text: &str, most: usize) -> bool {
    text.len() > most && text.chars().nth(most).is_some()
}

/// A text without control characters, with `\n` as line breaks.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// A name on one line, with single spaces, truncated to `most` characters.
pub(super) fn one_line(text: &str, most: usize) -> String {
    let mut line = String::new();
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|it| !it.is_empty()) {
        if line.len() > 4 * most {
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if longer(&line, most) {
        line = line.chars().take(most - 1).chain(['…']).collect();
    }
    line
}

/// A shortcut without the prefix that other tools use, and without spaces.
pub(super) fn bare(shortcut: &str) -> String {
    let shortcut = shortcut.trim();
    let bare =
        shortcut.trim_start_matches([':', ';', '/', '\\', '#', '!', '.', ',', '@', '>', '-', '：', '；']);
    let words = bare.split(|c: char| c.is_whitespace() || c.is_control()).filter(|it| !it.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// A title made of the first words of a text.
fn title_of(body: &str) -> String {
    let line = body.lines().find(|it| it.chars().any(char::is_alphanumeric));
    let line = line.or_else(|| body.lines().find(|it| !it.trim().is_empty()));
    let line = one_line(&line.unwrap_or_default().replace("{{", "{"), 2 * MADE_TITLE);
    if !longer(&line, MADE_TITLE) {
        return line;
    }
    let cut: String = line.chars().take(MADE_TITLE).collect();
    // A text without spaces, such as Chinese, may be cut anywhere.
    let words = cut.rsplit_once(' ').map_or(cut.as_str(), |it| it.0);
    let words = if words.chars().count() * 2 < MADE_TITLE { cut.as_str() } else { words };
    [words.trim_end_matches([',', '.', ';', ':', '，', '。']), "…"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_signs_behind_an_empty_line_has_a_title() {
        assert_eq!(title_of("   \n),'"), "),'");
        assert_eq!(title_of("--- \n\nHello, you"), "Hello, you");
    }
}

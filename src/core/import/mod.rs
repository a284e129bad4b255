//! Replies from other tools, and for them.
//!
//! A file is bytes. [`encoding`] says how a browser decodes them, [`kind`] what the text is, and a [`Reader`] goes
//! through it some replies at a time, so that there can be a bar that grows. All of that is done beside the desk, which
//! hears the [`answer`].
//!
//! What another tool can do and Baton can't is never passed over in silence: it is [`Left`], with its line and the
//! reason. All text that is no field of the other tool's has its `{` doubled, so that it is none of Baton's either.

mod answer;
mod blaze;
mod build;
mod chatwoot;
mod commands;
mod csv;
mod dates;
mod duplicates;
mod encoding;
mod espanso;
mod export;
mod header;
mod html;
mod json;
mod sink;
mod tree;
mod vars;
mod yaml;

pub use answer::{answer, words};
pub use duplicates::duplicates;
pub use encoding::{Encoding, encoding};
pub use export::{to_csv, to_espanso};

use sink::Sink;
use tree::Tree;

/// The most bytes a text may have.
pub const TEXT_BYTES: usize = 16 << 20;
/// The most replies that are taken from one file.
pub const ROWS: usize = 20_000;
/// The most characters of a reply's text, as for a file of Baton's own.
pub const BODY_CHARS: usize = 66_000;
/// The most characters of a title, a shortcut, a folder or a tag. Longer titles are cut.
pub const NAME_CHARS: usize = 80;

/// Whose file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A table, as spreadsheets write it: commas, semicolons or tabs, with or without a row of names. Its texts are
    /// Baton's, with Baton's fields.
    Csv,
    /// A file of matches of espanso's (`match/*.yml`).
    Espanso,
    /// What Text Blaze exports as JSON.
    Blaze,
    /// What Text Blaze exports as a table.
    BlazeCsv,
    /// What Chatwoot's interface for canned responses answers.
    Chatwoot,
}

/// A reply as it can be added to a team.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BroughtReply {
    /// What it is called. It never is empty: without a title it is the text's first words.
    pub title: String,
    /// What is typed after `;;`, without what other tools want typed before; may be empty.
    pub shortcut: String,
    /// The text, in the grammar of [`crate::template`].
    pub body: String,
    /// The folder or category, perhaps none.
    pub folder: String,
    /// The tags, without doubles.
    pub tags: Vec<String>,
    /// Where it starts in the file, from 1.
    pub line: usize,
}

/// Something that could not be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Where it starts in the file, from 1.
    pub line: usize,
    /// What it is called there.
    pub name: String,
    /// What about it.
    pub why: Why,
    /// Whether the reply is among the rows all the same, without what is said here.
    pub taken: bool,
}

/// Why something could not be taken. Each is a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It has no text.
    EmptyText,
    /// Its text has more than [`BODY_CHARS`] characters, or its shortcut more than [`NAME_CHARS`].
    TooLong,
    /// It uses something that the file does not say.
    UnknownVariable(String),
    /// It does something that Baton can't.
    Unsupported(String),
    /// The row has more or fewer cells than the first one.
    Ragged,
    /// The same text with the same shortcut stands further up.
    Duplicate,
    /// It has another shortcut beside the one that is taken.
    OtherShortcut(String),
    /// It is none of what stands in such a file.
    Malformed,
    /// [`ROWS`] replies were taken before it. Nothing behind it was looked at.
    TooMany,
}

/// What was in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// The replies, in the file's order.
    pub rows: Vec<BroughtReply>,
    /// The rest, in the file's order.
    pub left: Vec<Left>,
}

/// Why nothing of a file can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is nothing that can be read here.
    Unknown,
    /// It has more than [`TEXT_BYTES`], or would have if all was written out that it repeats.
    TooBig,
    /// It is nested deeper than any such file.
    TooDeep,
    /// It is not what it claims to be, from this line on.
    Malformed {
        /// From 1.
        line: usize,
    },
}

/// How far a reader is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How much was read.
    pub done: usize,
    /// How much there is, perhaps nothing. Bytes or entries; it does not change.
    pub of: usize,
    /// Whether it is through.
    pub finished: bool,
}

impl Progress {
    /// How far that is, in hundredths.
    pub fn hundredths(self) -> usize {
        self.done * 100 / self.of.max(1)
    }
}

/// Reads a file, some replies at a time.
pub struct Reader {
    source: Source,
    sink: Sink,
    of: usize,
    finished: bool,
}

enum Source {
    Csv(Box<csv::Rows>),
    Espanso(espanso::Book),
    Blaze(blaze::Snippets),
    Chatwoot(std::vec::IntoIter<Tree>),
}

impl Reader {
    /// Looks at a file as a whole. This is the fast part.
    pub fn new(kind: Kind, text: &str) -> Result<Reader, Unreadable> {
        if text.len() > TEXT_BYTES {
            return Err(Unreadable::TooBig);
        }
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut sink = Sink::default();
        let source = match kind {
            Kind::Csv => Source::Csv(Box::new(csv::Rows::new(text, false))),
            Kind::BlazeCsv => Source::Csv(Box::new(csv::Rows::new(text, true))),
            Kind::Espanso => Source::Espanso(espanso::Book::new(yaml::read(text)?, &mut sink)?),
            Kind::Blaze => Source::Blaze(blaze::Snippets::new(json::read(text)?)?),
            Kind::Chatwoot => Source::Chatwoot(chatwoot::entries(json::read(text)?)?),
        };
        let of = source.left();
        Ok(Reader { source, sink, of, finished: false })
    }

    /// Reads up to so many more replies.
    pub fn step(&mut self, rows: usize) -> Progress {
        for _ in 0..rows {
            if self.finished || !self.source.next(&mut self.sink) {
                self.finished = true;
                break;
            }
        }
        Progress { done: self.of - self.source.left().min(self.of), of: self.of, finished: self.finished }
    }

    /// What was read so far.
    pub fn brought(self) -> Brought {
        self.sink.brought
    }
}

impl Source {
    /// Reads one reply. Returns whether there may be more.
    fn next(&mut self, sink: &mut Sink) -> bool {
        if sink.brought.rows.len() >= ROWS {
            return self.left() > 0 && sink.full(self.line());
        }
        match self {
            Source::Csv(rows) => rows.next(sink),
            Source::Espanso(book) => book.next(sink),
            Source::Blaze(snippets) => snippets.next(sink),
            Source::Chatwoot(entries) => match entries.next() {
                Some(entry) => {
                    chatwoot::read(&entry, sink);
                    true
                }
                None => false,
            },
        }
    }

    /// How much is not read yet.
    fn left(&self) -> usize {
        match self {
            Source::Csv(rows) => rows.left(),
            Source::Espanso(book) => book.left(),
            Source::Blaze(snippets) => snippets.left(),
            Source::Chatwoot(entries) => entries.len(),
        }
    }

    /// The line of what is read next.
    fn line(&self) -> usize {
        match self {
            Source::Csv(rows) => rows.line(),
            Source::Espanso(book) => book.line(),
            Source::Blaze(snippets) => snippets.line(),
            Source::Chatwoot(entries) => entries.as_slice().first().map_or(0, |it| it.line),
        }
    }
}

/// What a file is, by its name and by its text; `None` if it is nothing that can be read here.
pub fn kind(name: &str, text: &str) -> Option<Kind> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let name = name.to_ascii_lowercase();
    if text.starts_with(['{', '[']) {
        let has = |key: &str| text.contains(key);
        return if has("\"baton\"") || has("\"baton_backup\"") {
            None
        } else if has("\"short_code\"") {
            Some(Kind::Chatwoot)
        } else if has("\"shortcut\"") || has("\"snippets\"") {
            Some(Kind::Blaze)
        } else {
            None
        };
    }
    let is_yaml = name.ends_with(".yml") || name.ends_with(".yaml");
    let has_line = |key: &str| text.lines().any(|line| line.starts_with(key));
    if is_yaml || has_line("matches:") || has_line("global_vars:") {
        return (has_line("matches:") || has_line("- ") || has_line("global_vars:")).then_some(Kind::Espanso);
    }
    let is_table = [".csv", ".tsv", ".tab"].iter().any(|it| name.ends_with(it));
    if !is_table && !csv::looks_like(text) || text.is_empty() {
        return None;
    }
    Some(if commands::are_in(text) { Kind::BlazeCsv } else { Kind::Csv })
}

#[cfg(test)]
mod tests;

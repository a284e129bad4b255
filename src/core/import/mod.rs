//! Import of replies from other tools, and export to them.
//!
//! [`encoding`] detects the encoding of a file, [`kind`] detects its format, and a [`Reader`] parses it in steps, so that
//! a progress bar can be shown. All this runs in a worker, which sends the desk the [`answer`].
//!
//! Features of another tool that Baton lacks are never dropped silently: each becomes a [`Skipped`] entry with its line
//! and the reason. The `{` of ordinary text is doubled, so that the text never becomes a field by accident.

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

/// The most bytes that a file may have, decoded.
pub const TEXT_BYTES: usize = 16 << 20;
/// The most replies that are taken from one file.
pub const ROWS: usize = 20_000;
/// The most characters of a reply's text, as in Baton's own files.
pub const BODY_CHARS: usize = 66_000;
/// The most characters of a title, a shortcut, a folder or a tag. Longer titles are cut.
pub const NAME_CHARS: usize = 80;

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A table as spreadsheets write it: separated by commas, semicolons or tabs, with or without a header row. Its
    /// texts use Baton's grammar, with Baton's fields.
    Csv,
    /// An espanso match file (`match/*.yml`).
    Espanso,
    /// Text Blaze's JSON export.
    Blaze,
    /// Text Blaze's CSV export.
    BlazeCsv,
    /// The response of Chatwoot's canned responses API.
    Chatwoot,
}

/// A reply that was read from a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportedReply {
    /// The title. It is never empty: the first words of the text replace a missing one.
    pub title: String,
    /// The shortcut, without the prefix that other tools put before it; may be empty.
    pub shortcut: String,
    /// The text, in the grammar of [`crate::template`].
    pub body: String,
    /// The folder or category; may be empty.
    pub folder: String,
    /// The tags, without duplicates.
    pub tags: Vec<String>,
    /// The line in the file where it starts, from 1.
    pub line: usize,
}

/// Something in a file that could not be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// The line in the file where it starts, from 1.
    pub line: usize,
    /// Its name in the file.
    pub name: String,
    /// The reason.
    pub why: Why,
    /// Whether the reply itself was imported, without the feature that `why` names.
    pub taken: bool,
}

/// Why something could not be imported. Each reason has a message of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It has no text.
    EmptyText,
    /// Its text has more than [`BODY_CHARS`] characters, or its shortcut more than [`NAME_CHARS`].
    TooLong,
    /// It uses a variable that the file does not define.
    UnknownVariable(String),
    /// It uses a feature that Baton lacks.
    Unsupported(String),
    /// The row has more or fewer cells than the first one.
    Ragged,
    /// An earlier reply has the same text and the same shortcut.
    Duplicate,
    /// It has another shortcut besides the one that was imported.
    OtherShortcut(String),
    /// It does not belong into a file of this format.
    Malformed,
    /// [`ROWS`] replies were imported before it. The rest of the file was not read.
    TooMany,
}

/// The result of reading a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The replies, in the file's order.
    pub rows: Vec<ImportedReply>,
    /// Everything that was not imported, in the file's order.
    pub skipped: Vec<Skipped>,
}

/// Why a whole file can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// Its format is not supported.
    Unknown,
    /// It has more than [`TEXT_BYTES`], or its aliases would expand to too much.
    TooBig,
    /// It is nested too deep.
    TooDeep,
    /// It has a syntax error.
    Malformed {
        /// The line of the error, from 1.
        line: usize,
    },
}

/// The progress of a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How much was read, in the unit of `of`.
    pub done: usize,
    /// The size of the file, in bytes or entries; may be 0. It does not change.
    pub of: usize,
    /// Whether the reader has reached the end.
    pub finished: bool,
}

impl Progress {
    /// The progress in percent.
    pub fn hundredths(self) -> usize {
        self.done * 100 / self.of.max(1)
    }
}

/// Reads a file in steps.
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
    /// Parses the structure of a file. This is the fast part.
    pub fn new(kind: Kind, text: &str) -> Result<Reader, ReadError> {
        if text.len() > TEXT_BYTES {
            return Err(ReadError::TooBig);
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
        let of = source.remaining();
        Ok(Reader { source, sink, of, finished: false })
    }

    /// Reads up to `rows` more replies.
    pub fn step(&mut self, rows: usize) -> Progress {
        for _ in 0..rows {
            if self.finished || !self.source.next(&mut self.sink) {
                self.finished = true;
                break;
            }
        }
        Progress {
            done: self.of - self.source.remaining().min(self.of),
            of: self.of,
            finished: self.finished,
        }
    }

    /// The replies read so far, and what was skipped.
    pub fn imported(self) -> Imported {
        self.sink.imported
    }
}

impl Source {
    /// Reads one reply. Returns whether there may be more.
    fn next(&mut self, sink: &mut Sink) -> bool {
        if sink.imported.rows.len() >= ROWS {
            return self.remaining() > 0 && sink.full(self.line());
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

    /// How much is still to be read, in bytes or entries.
    fn remaining(&self) -> usize {
        match self {
            Source::Csv(rows) => rows.remaining(),
            Source::Espanso(book) => book.remaining(),
            Source::Blaze(snippets) => snippets.remaining(),
            Source::Chatwoot(entries) => entries.len(),
        }
    }

    /// The line of the next reply.
    fn line(&self) -> usize {
        match self {
            Source::Csv(rows) => rows.line(),
            Source::Espanso(book) => book.line(),
            Source::Blaze(snippets) => snippets.line(),
            Source::Chatwoot(entries) => entries.as_slice().first().map_or(0, |it| it.line),
        }
    }
}

/// Detects the format of a file by its name and its text; `None` if it is not supported.
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

//! Import from tables, as spreadsheets and Text Blaze write them.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::header::{Columns, Role};
use super::sink::Sink;
use super::{ImportedReply, Why, commands};

/// How many rows are examined to detect the separator.
const SNIFFED: usize = 20;
/// How many bytes of a text are examined to detect the separator.
const SNIFFED_BYTES: usize = 64 << 10;
/// The most cells of a row. A table of replies does not have more.
const CELLS: usize = 256;

/// The rows of a table, read one by one.
pub(super) struct Rows {
    table: Table,
    columns: Columns,
    is_blaze: bool,
}

impl Rows {
    pub(super) fn new(text: &str, is_blaze: bool) -> Rows {
        let (separator, start) = separator(text);
        let mut table = Table::new(text, start, separator);
        let (at, line) = (table.at, table.line);
        let first = table.next().map(|it| it.1).unwrap_or_default();
        let columns = Columns::of(&first);
        if !columns.is_header {
            (table.at, table.line) = (at, line);
            table.reader.reset();
        }
        Rows { table, columns, is_blaze }
    }

    pub(super) fn remaining(&self) -> usize {
        self.table.text.len() - self.table.at
    }

    pub(super) fn line(&self) -> usize {
        self.table.line
    }

    pub(super) fn next(&mut self, sink: &mut Sink) -> bool {
        let Some((line, mut cells)) = self.table.next() else { return false };
        if cells.iter().all(|it| it.trim().is_empty()) {
            return true;
        }
        let count = self.columns.count;
        while cells.len() > count && cells.last().is_some_and(|it| it.trim().is_empty()) {
            cells.pop();
        }
        let cell =
            |role: Role| self.columns.place(role).and_then(|it| cells.get(it)).map_or("", |it| plain(it));
        let (title, shortcut, body) = (cell(Role::Title), cell(Role::Shortcut), cell(Role::Body));
        if cells.len() != count {
            let name = [title, shortcut, body].into_iter().find(|it| !it.is_empty()).unwrap_or_default();
            sink.skip(line, name, Why::Ragged);
            return true;
        }
        let reply = ImportedReply {
            title: title.to_owned(),
            shortcut: shortcut.to_owned(),
            body: String::new(),
            folder: cell(Role::Folder).to_owned(),
            tags: tags(cell(Role::Tags)),
            line,
        };
        if self.is_blaze {
            commands::take(reply, body, sink);
        } else {
            sink.take(ImportedReply { body: body.to_owned(), ..reply });
        }
        true
    }
}

/// Whether a text of unknown format is a table: its first row has several cells and is a header.
pub(super) fn looks_like(text: &str) -> bool {
    let (separator, at) = separator(text);
    let mut table = Table::new(start_of(text), at, separator);
    table.next().is_some_and(|it| it.1.len() > 1 && Columns::of(&it.1).is_header)
}

/// The tags in a cell.
fn tags(cell: &str) -> Vec<String> {
    let separators = [',', ';', '|', '\n', '，', '；', '、'];
    cell.split(separators).map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect()
}

/// A cell without the apostrophe that keeps a spreadsheet from evaluating it.
fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

/// Whether a spreadsheet would take a cell for a formula.
/// <https://owasp.org/www-community/attacks/CSV_Injection> lists what such cells start with.
pub(super) fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A table that is being read.
struct Table {
    text: String,
    at: usize,
    line: usize,
    reader: Reader,
    /// The reader's buffers: the bytes of the cells, and the end of each. Both grow with the longest row.
    cells: (Vec<u8>, Vec<usize>),
}

impl Table {
    fn new(text: &str, at: usize, separator: u8) -> Table {
        let reader = ReaderBuilder::new().delimiter(separator).build();
        Table { text: text.to_owned(), at, line: 1, reader, cells: (vec![0; 1024], vec![0; 16]) }
    }

    /// The next row that is not blank, with its line.
    fn next(&mut self) -> Option<(usize, Vec<String>)> {
        let bytes = self.text.as_bytes();
        while let Some(b'\r' | b'\n') = bytes.get(self.at) {
            self.line += usize::from(bytes.get(self.at) == Some(&b'\n'));
            self.at += 1;
        }
        let line = self.line;
        let (out, ends) = (&mut self.cells.0, &mut self.cells.1);
        let (mut written, mut cells) = (0, 0);
        let start = self.at;
        loop {
            let rest = bytes.get(self.at..).unwrap_or_default();
            let (result, read, wrote, ended) =
                self.reader.read_record(rest, out.get_mut(written..)?, ends.get_mut(cells..)?);
            self.at += read;
            written += wrote;
            cells += ended;
            match result {
                ReadRecordResult::InputEmpty if rest.is_empty() => break,
                // The next call gets empty input, which tells the reader to end the row.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => out.resize(out.len() * 2, 0),
                ReadRecordResult::OutputEndsFull if ends.len() >= 1 << 16 => break,
                ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return None,
            }
        }
        // The reader has consumed the end of the line, or the `\r` of `\r\n`.
        self.line += newlines(self.text.get(start..self.at).unwrap_or_default());
        let mut from = 0;
        let cell = |end: &usize| {
            let bytes = out.get(from..*end).unwrap_or_default();
            from = *end;
            String::from_utf8_lossy(bytes).into_owned()
        };
        Some((line, ends.iter().take(cells.min(CELLS)).map(cell).collect()))
    }
}

fn newlines(text: &str) -> usize {
    text.bytes().filter(|it| *it == b'\n').count()
}

fn start_of(text: &str) -> &str {
    let mut end = text.len().min(SNIFFED_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// Detects the separator, and the offset where the table starts. Excel writes and reads a first line `sep=;`. Without it,
/// the separator is the one for which most of the first rows have equally many cells.
fn separator(text: &str) -> (u8, usize) {
    let first = text.lines().next().unwrap_or_default();
    if let Some(&[separator]) = first.strip_prefix("sep=").map(str::as_bytes) {
        return (separator, first.len());
    }
    let start = start_of(text);
    let score = |separator: &u8| {
        let mut table = Table::new(start, 0, *separator);
        let counts: Vec<usize> =
            core::iter::from_fn(|| table.next()).take(SNIFFED).map(|it| it.1.len()).collect();
        let first = counts.first().copied().unwrap_or_default();
        let alike = counts.iter().filter(|it| **it == first).count();
        if first > 1 { (alike, first) } else { (0, 0) }
    };
    // `max_by_key` takes the last of equals, and the comma is the most common.
    let separator = [b'\t', b';', b','].into_iter().max_by_key(score);
    (separator.unwrap_or(b','), 0)
}

#[cfg(test)]
mod tests;

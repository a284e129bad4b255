//! The worker's answer to the desk when a file was read.

use super::{Imported, ImportedReply, ROWS, ReadError, Skipped, Why};
use crate::team_file::{ENTRIES, Unusable};
use crate::wire::{FILE_VERSION, FileReply, ForeignFile, SentWords, SkippedEntry, TeamFile};
use crate::words::Words;

/// The most skipped entries that are listed. The others are only counted.
const LISTED: usize = 200;

/// The names of all messages that an answer may have; the last one says that the worker failed.
const MESSAGES: [&str; 15] = [
    "import_left_out_empty",
    "import_left_out_too_long",
    "import_left_out_unknown_variable",
    "import_left_out_unsupported",
    "import_left_out_ragged",
    "import_left_out_duplicate",
    "import_left_out_other_shortcut",
    "import_left_out_malformed",
    "import_left_out_too_many",
    "import_not_baton",
    "import_too_many",
    "import_text_too_big",
    "import_too_deep",
    "import_malformed",
    FAILED,
];
/// The worker failed before it had read the file.
const FAILED: &str = "import_failed";

/// Turns the result of reading into an answer: the replies and the skipped entries, or why the file can't be imported. A
/// file with too many replies is refused here, so that they are not sent to the desk only to be counted.
pub fn answer(read: Result<Imported, ReadError>) -> Result<ForeignFile, SentWords> {
    let Imported { rows, mut skipped } = read.map_err(|why| sent(unreadable(why)))?;
    if rows.len() > ENTRIES {
        return Err(sent(Unusable::TooMany(rows.len()).words()));
    }
    let more = skipped.len().saturating_sub(LISTED);
    skipped.truncate(LISTED);
    let replies = rows.into_iter().map(reply).collect();
    let team = TeamFile { baton: FILE_VERSION, replies, ..TeamFile::default() };
    Ok(ForeignFile { team, skipped: skipped.into_iter().map(skipped_entry).collect(), more })
}

/// The message for an answer. A name that no answer can have becomes [`FAILED`].
pub fn words(sent: &SentWords) -> Words {
    let name = MESSAGES.into_iter().find(|name| *name == sent.name).unwrap_or(FAILED);
    Words { name, with: sent.with.clone(), count: None }
}

fn reply(row: ImportedReply) -> FileReply {
    FileReply {
        title: row.title,
        shortcut: row.shortcut,
        body: row.body,
        // An import changes only the properties that the file names.
        folder: Some(row.folder).filter(|folder| !folder.is_empty()),
        tags: Some(row.tags).filter(|tags| !tags.is_empty()),
        ..FileReply::default()
    }
}

fn skipped_entry(it: Skipped) -> SkippedEntry {
    SkippedEntry { line: it.line, name: it.name, why: sent(why(&it.why)), taken: it.taken }
}

fn sent(words: Words) -> SentWords {
    SentWords { name: words.name.to_owned(), with: words.with }
}

fn why(why: &Why) -> Words {
    match why {
        Why::EmptyText => Words::plain("import_left_out_empty"),
        Why::TooLong => Words::plain("import_left_out_too_long"),
        Why::UnknownVariable(name) => Words::with("import_left_out_unknown_variable", [name]),
        Why::Unsupported(what) => Words::with("import_left_out_unsupported", [what]),
        Why::Ragged => Words::plain("import_left_out_ragged"),
        Why::Duplicate => Words::plain("import_left_out_duplicate"),
        Why::OtherShortcut(shortcut) => Words::with("import_left_out_other_shortcut", [shortcut]),
        Why::Malformed => Words::plain("import_left_out_malformed"),
        Why::TooMany => Words::with("import_left_out_too_many", [&ROWS.to_string()]),
    }
}

fn unreadable(why: ReadError) -> Words {
    match why {
        ReadError::Unknown => Unusable::NotBaton.words(),
        ReadError::TooBig => Words::plain("import_text_too_big"),
        ReadError::TooDeep => Words::plain("import_too_deep"),
        ReadError::Malformed { line } => Words::with("import_malformed", [&line.to_string()]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_survives_the_way_to_the_desk() {
        let what = || "x".to_owned();
        let whys = [
            Why::EmptyText,
            Why::TooLong,
            Why::UnknownVariable(what()),
            Why::Unsupported(what()),
            Why::Ragged,
            Why::Duplicate,
            Why::OtherShortcut(what()),
            Why::Malformed,
            Why::TooMany,
        ];
        let unreadable =
            [ReadError::Unknown, ReadError::TooBig, ReadError::TooDeep, ReadError::Malformed { line: 3 }];
        let rows = vec![ImportedReply::default(); ENTRIES + 1];
        let too_many = answer(Ok(Imported { rows, skipped: vec![] })).expect_err("too many");
        assert_eq!(too_many.with, ["1001", "1000"]);
        let all = whys.iter().map(why).chain(unreadable.map(super::unreadable)).chain([words(&too_many)]);
        for it in all {
            assert_eq!(words(&sent(it.clone())), it);
            assert_ne!(it.name, FAILED);
        }
        assert_eq!(words(&SentWords { name: "toast_hi".into(), with: vec![] }).name, FAILED);
    }

    #[test]
    fn what_nobody_would_read_is_counted() {
        let skipped = Skipped { line: 2, name: "Hi".into(), why: Why::Ragged, taken: true };
        let imported = Imported { rows: vec![ImportedReply::default()], skipped: vec![skipped; LISTED + 3] };
        let file = answer(Ok(imported)).expect("it can be imported");
        assert_eq!((file.team.replies.len(), file.skipped.len(), file.more), (1, LISTED, 3));
        // An import changes only the properties that the file names.
        assert_eq!((&file.team.replies[0].folder, &file.team.replies[0].tags), (&None, &None));
    }
}

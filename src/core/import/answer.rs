//! What the desk is answered when a file was read.

use super::{Brought, BroughtReply, Left, ROWS, Unreadable, Why};
use crate::team_file::{ENTRIES, Unusable};
use crate::wire::{FILE_VERSION, FileReply, ForeignFile, LeftOut, Said, TeamFile};
use crate::words::Words;

/// The most of what can't be taken that is listed.
const LISTED: usize = 200;

/// All that is said of such files, and at the end what is said of one that was not read to its end.
const SAID: [&str; 15] = [
    "left_empty",
    "left_too_long",
    "left_unknown_variable",
    "left_unsupported",
    "left_ragged",
    "left_duplicate",
    "left_other_shortcut",
    "left_malformed",
    "left_too_many",
    "import_not_baton",
    "import_too_many",
    "bring_too_big",
    "bring_too_deep",
    "bring_malformed",
    FAILED,
];
/// What reads a file did not come to its end.
const FAILED: &str = "bring_failed";

/// What can be imported and what can't, or why nothing can. More replies than can be imported are not carried over only
/// to be counted.
pub fn answer(read: Result<Brought, Unreadable>) -> Result<ForeignFile, Said> {
    let Brought { rows, mut left } = read.map_err(|why| said(unreadable(why)))?;
    if rows.len() > ENTRIES {
        return Err(said(Unusable::TooMany(rows.len()).words()));
    }
    let more = left.len().saturating_sub(LISTED);
    left.truncate(LISTED);
    let replies = rows.into_iter().map(reply).collect();
    let team = TeamFile { baton: FILE_VERSION, replies, ..TeamFile::default() };
    Ok(ForeignFile { team, left: left.into_iter().map(left_out).collect(), more })
}

/// What is said, at the desk. What is no message of these was not said by what reads files.
pub fn words(said: &Said) -> Words {
    let name = SAID.into_iter().find(|name| *name == said.name).unwrap_or(FAILED);
    Words { name, with: said.with.clone(), count: None }
}

fn reply(row: BroughtReply) -> FileReply {
    FileReply {
        title: row.title,
        shortcut: row.shortcut,
        body: row.body,
        // What a file does not say stays as it is.
        folder: Some(row.folder).filter(|folder| !folder.is_empty()),
        tags: Some(row.tags).filter(|tags| !tags.is_empty()),
        ..FileReply::default()
    }
}

fn left_out(it: Left) -> LeftOut {
    LeftOut { line: it.line, name: it.name, why: said(why(&it.why)), taken: it.taken }
}

fn said(words: Words) -> Said {
    Said { name: words.name.to_owned(), with: words.with }
}

fn why(why: &Why) -> Words {
    match why {
        Why::EmptyText => Words::plain("left_empty"),
        Why::TooLong => Words::plain("left_too_long"),
        Why::UnknownVariable(name) => Words::with("left_unknown_variable", [name]),
        Why::Unsupported(what) => Words::with("left_unsupported", [what]),
        Why::Ragged => Words::plain("left_ragged"),
        Why::Duplicate => Words::plain("left_duplicate"),
        Why::OtherShortcut(shortcut) => Words::with("left_other_shortcut", [shortcut]),
        Why::Malformed => Words::plain("left_malformed"),
        Why::TooMany => Words::with("left_too_many", [&ROWS.to_string()]),
    }
}

fn unreadable(why: Unreadable) -> Words {
    match why {
        Unreadable::Unknown => Unusable::NotBaton.words(),
        Unreadable::TooBig => Words::plain("bring_too_big"),
        Unreadable::TooDeep => Words::plain("bring_too_deep"),
        Unreadable::Malformed { line } => Words::with("bring_malformed", [&line.to_string()]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_said_is_heard_as_it_was_said() {
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
            [Unreadable::Unknown, Unreadable::TooBig, Unreadable::TooDeep, Unreadable::Malformed { line: 3 }];
        let rows = vec![BroughtReply::default(); ENTRIES + 1];
        let too_many = answer(Ok(Brought { rows, left: vec![] })).expect_err("too many");
        assert_eq!(too_many.with, ["1001", "1000"]);
        let all = whys.iter().map(why).chain(unreadable.map(super::unreadable)).chain([words(&too_many)]);
        for it in all {
            assert_eq!(words(&said(it.clone())), it);
            assert_ne!(it.name, FAILED);
        }
        assert_eq!(words(&Said { name: "toast_hi".into(), with: vec![] }).name, FAILED);
    }

    #[test]
    fn what_nobody_would_read_is_counted() {
        let left = Left { line: 2, name: "Hi".into(), why: Why::Ragged, taken: true };
        let brought = Brought { rows: vec![BroughtReply::default()], left: vec![left; LISTED + 3] };
        let file = answer(Ok(brought)).expect("it can be imported");
        assert_eq!((file.team.replies.len(), file.left.len(), file.more), (1, LISTED, 3));
        // What the file does not say stays as it is.
        assert_eq!((&file.team.replies[0].folder, &file.team.replies[0].tags), (&None, &None));
    }
}

//! The notice about files that wait for the draft to be filled in.

use super::State;
use crate::app::notices::view::{Notice, NoticeAction};
use crate::words::Words;

/// Returns the notice that a reply's files wait until its text is filled in.
pub(in crate::app) fn notice(files: &State) -> Option<Notice> {
    let waiting = files.attaching.as_ref().filter(|it| it.waits)?;
    let words = Words::count("attachments_waiting", waiting.files.len());
    Some(Notice::with(words, "attachments_attach", NoticeAction::Attach))
}

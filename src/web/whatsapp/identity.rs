//! Resolves titles to chats, and decides when to read WhatsApp's directory again.

use baton_core::app::reading::{Identity, Listed};
use baton_core::team::chat::ChatId;

use super::directory::Directory;

/// The minimum interval between two reads of the directory, because reading loads WhatsApp's own storage.
const READ_EVERY_MS: f64 = 60_000.0;
/// The retry interval while WhatsApp has not created its directory yet.
const ABSENT_MS: f64 = 1_000.0;

/// The state of resolving titles.
#[derive(Default)]
pub(super) struct Identities {
    directory: Option<Directory>,
    /// Titles that the directory did not have when it was last read.
    absent: Vec<String>,
    wanted: Vec<String>,
    /// When the last read began, in ms since the Unix epoch.
    asked: Option<f64>,
    asking: bool,
    /// The retry interval after a failed read, in ms.
    again: Option<f64>,
}

/// The result of reading the directory.
pub(super) enum Answer {
    /// It was read.
    Read(Directory),
    /// WhatsApp has not created it.
    Absent,
    /// It could not be read.
    Failed,
}

impl Identities {
    /// Resolves a title. A title that the directory does not have becomes an id by title.
    pub(super) fn of(&mut self, title: &str) -> Identity {
        let Some(directory) = &self.directory else { return Identity::Pending };
        directory.look_up(title).unwrap_or_else(|| {
            if !self.absent.iter().chain(&self.wanted).any(|it| it == title) {
                self.wanted.push(title.to_owned());
            }
            Identity::Known(ChatId::from_title(title))
        })
    }

    /// The best id of a chat that is known by one of its ids. `None` as long as the directory has not been read.
    pub(super) fn better(&self, chat: ChatId) -> Option<ChatId> {
        Some(self.directory.as_ref()?.better(chat))
    }

    /// In how many ms the directory should be read again, if at all: at once the first time, and later for titles that it
    /// did not have.
    pub(super) fn due(&self, now: f64) -> Option<f64> {
        if self.asking {
            return None;
        }
        let Some(asked) = self.asked else { return Some(0.0) };
        let wait = self.again.or_else(|| (!self.wanted.is_empty()).then_some(READ_EVERY_MS))?;
        Some((asked + wait - now).max(0.0))
    }

    /// Records that a read of the directory begins.
    pub(super) fn ask(&mut self, now: f64) {
        self.asking = true;
        self.asked = Some(now);
    }

    /// Takes the result of a read. With `late`, WhatsApp should have created the directory by now; if it is absent, titles
    /// are used as ids.
    pub(super) fn answer(&mut self, answer: Answer, late: bool) {
        self.asking = false;
        self.again = None;
        let directory = match answer {
            Answer::Read(directory) => directory,
            Answer::Absent if late => Directory::default(),
            Answer::Absent => {
                self.again = Some(ABSENT_MS);
                return;
            }
            Answer::Failed => {
                self.again = Some(READ_EVERY_MS);
                return;
            }
        };
        self.absent.append(&mut self.wanted);
        self.absent.retain(|title| directory.look_up(title).is_none());
        self.directory = Some(directory);
    }

    /// The chats that the directory lists.
    pub(super) fn chats(&self) -> Vec<Listed> {
        self.directory.as_ref().map(|directory| directory.chats().to_vec()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::whatsapp::directory::Entry;

    fn directory(name: &str) -> Directory {
        let contact = Entry { id: "1@lid".into(), name: Some(name.into()), ..Entry::default() };
        Directory::new(&[contact], &[], &[])
    }

    #[test]
    fn a_new_title_is_asked_for_once_and_not_too_often() {
        let mut titles = Identities::default();
        assert_eq!(titles.due(5.0), Some(0.0));
        assert_eq!(titles.of("Ann"), Identity::Pending);
        titles.ask(5.0);
        assert_eq!(titles.due(6.0), None, "one reading at a time");
        titles.answer(Answer::Read(directory("Bob")), true);
        assert_eq!(titles.due(7.0), None);
        assert_eq!(titles.of("Ann"), Identity::Known(ChatId::Title("Ann".into())));
        assert_eq!(titles.due(10_005.0), Some(50_000.0));
        titles.ask(60_005.0);
        titles.answer(Answer::Read(directory("Bob")), true);
        assert_eq!(titles.of("Ann"), Identity::Known(ChatId::Title("Ann".into())));
        assert_eq!(titles.due(60_006.0), None, "the directory does not have it");
    }

    #[test]
    fn a_failed_reading_is_tried_again() {
        let mut titles = Identities::default();
        titles.ask(0.0);
        titles.answer(Answer::Failed, true);
        assert_eq!(titles.of("Ann"), Identity::Pending);
        assert_eq!(titles.due(1_000.0), Some(59_000.0));
        titles.ask(60_000.0);
        titles.answer(Answer::Read(directory("Ann")), true);
        assert_eq!(titles.of("Ann"), Identity::Known(ChatId::Lid("1".into())));
    }

    #[test]
    fn a_directory_that_is_not_there_is_waited_for_then_done_without() {
        let mut titles = Identities::default();
        titles.ask(0.0);
        titles.answer(Answer::Absent, false);
        assert_eq!(titles.of("Ann"), Identity::Pending);
        assert_eq!(titles.due(400.0), Some(600.0));
        titles.ask(1_000.0);
        titles.answer(Answer::Absent, true);
        assert_eq!(titles.due(2_000.0), None);
        assert_eq!(titles.of("Ann"), Identity::Known(ChatId::Title("Ann".into())));
    }
}

//! Which chat a title stands for, and when to ask WhatsApp's directory again.

use std::collections::HashSet;

use baton_core::app::reading::Identity;
use baton_core::chat::ChatId;

use super::directory::Directory;

/// The directory is read anew at most this often: reading it costs WhatsApp's own storage some work.
const READ_EVERY_MS: f64 = 60_000.0;

/// What is known about titles.
#[derive(Default)]
pub(super) struct Identities {
    directory: Option<Directory>,
    /// Titles that the directory did not have when it was last read.
    absent: HashSet<String>,
    wanted: HashSet<String>,
    /// When it was last asked, in ms.
    asked: Option<f64>,
    asking: bool,
}

impl Identities {
    /// Which chat a title stands for. A title that WhatsApp's directory does not have stands for itself.
    pub(super) fn of(&mut self, title: &str) -> Identity {
        let Some(directory) = &self.directory else { return Identity::Pending };
        directory.look_up(title).unwrap_or_else(|| {
            if !self.absent.contains(title) {
                self.wanted.insert(title.to_owned());
            }
            Identity::Known(ChatId::from_title(title))
        })
    }

    /// In how many ms the directory should be read, if it should: at once the first time, later for titles that it
    /// did not have.
    pub(super) fn due(&self, now: f64) -> Option<f64> {
        if self.asking {
            return None;
        }
        match self.asked {
            None => Some(0.0),
            Some(_) if self.directory.is_some() && self.wanted.is_empty() => None,
            Some(asked) => Some((asked + READ_EVERY_MS - now).max(0.0)),
        }
    }

    /// The directory is being read.
    pub(super) fn ask(&mut self, now: f64) {
        self.asking = true;
        self.asked = Some(now);
    }

    /// The directory was read, or could not be.
    pub(super) fn answer(&mut self, directory: Option<Directory>) {
        self.asking = false;
        let Some(directory) = directory else { return };
        self.absent.extend(self.wanted.drain());
        self.absent.retain(|title| directory.look_up(title).is_none());
        self.directory = Some(directory);
    }

    /// The chats that the directory lists.
    pub(super) fn chats(&self) -> Vec<(ChatId, String)> {
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
        titles.answer(Some(directory("Bob")));
        assert_eq!(titles.due(7.0), None);
        assert_eq!(titles.of("Ann"), Identity::Known(ChatId::Title("Ann".into())));
        assert_eq!(titles.due(10_005.0), Some(50_000.0));
        titles.ask(60_005.0);
        titles.answer(Some(directory("Bob")));
        assert_eq!(titles.of("Ann"), Identity::Known(ChatId::Title("Ann".into())));
        assert_eq!(titles.due(60_006.0), None, "the directory does not have it");
    }

    #[test]
    fn a_failed_reading_is_tried_again() {
        let mut titles = Identities::default();
        titles.ask(0.0);
        titles.answer(None);
        assert_eq!(titles.of("Ann"), Identity::Pending);
        assert_eq!(titles.due(1_000.0), Some(59_000.0));
        titles.ask(60_000.0);
        titles.answer(Some(directory("Ann")));
        assert_eq!(titles.of("Ann"), Identity::Known(ChatId::Lid("1".into())));
    }
}

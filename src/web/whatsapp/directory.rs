//! The index from titles to chats, built from WhatsApp's own contacts, groups and chats.
//!
//! Titles are not unique: two contacts may share one. A title that several people or groups have is ambiguous.

use baton_core::app::reading::{Candidate, Identity, Listed};
use baton_core::team::chat::ChatId;

use super::text;

/// Titles and their chats. All vectors are sorted for binary search, because address books are long.
#[derive(Default)]
pub(super) struct Directory {
    by_title: Vec<(String, ChatId)>,
    /// The LID of each phone number that has one.
    by_number: Vec<(ChatId, ChatId)>,
    chats: Vec<Listed>,
}

/// An entry of WhatsApp's store `contact`, `chat` or `group-metadata`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// Such as `123@lid`.
    pub(super) id: String,
    /// The number of a contact that is addressed by LID, such as `456@c.us`.
    pub(super) phone: Option<String>,
    /// The name in the address book, or the subject of a group.
    pub(super) name: Option<String>,
    /// The name that the other side gave itself. It can't be trusted.
    pub(super) own_name: Option<String>,
}

impl Directory {
    /// Builds the index. `chats` are the entries that are in the chat list or the archive.
    pub(super) fn new(contacts: &[Entry], groups: &[Entry], chats: &[Entry]) -> Directory {
        let mut directory = Directory::default();
        for contact in contacts {
            if let Some(number @ ChatId::Phone(_)) = contact.phone.as_deref().and_then(ChatId::from_jid)
                && let Some(id @ ChatId::Lid(_)) = ChatId::from_jid(&contact.id)
            {
                directory.by_number.push((number, id));
            }
        }
        directory.by_number.sort_unstable();
        let mut listed: Vec<ChatId> = chats.iter().filter_map(|it| directory.id(&it.id)).collect();
        listed.sort_unstable();
        listed.dedup();
        let mut titles: Vec<Option<&str>> = vec![None; listed.len()];
        for entry in contacts.iter().chain(groups).chain(chats) {
            let Some(id) = directory.id(&entry.id) else { continue };
            let at = listed.binary_search(&id).ok();
            // Contacts include unsaved members of groups. Their own names are the titles of no rows, so these count only
            // for chats in the list.
            let own = entry.own_name.as_deref().filter(|_| at.is_some_and(|at| titles[at].is_none()));
            let Some(title) = entry.name.as_deref().or(own) else { continue };
            directory.by_title.push((text::title_key(title), id));
            if let Some(at) = at {
                titles[at] = Some(title);
            }
        }
        directory.by_title.sort_unstable();
        directory.by_title.dedup();
        // The title of a chat with an unsaved number is the number.
        let mut numbers: Vec<(&ChatId, &ChatId)> =
            directory.by_number.iter().map(|(number, id)| (id, number)).collect();
        numbers.sort_unstable();
        for (id, title) in listed.into_iter().zip(titles) {
            let number = numbers.binary_search_by(|(of, _)| (*of).cmp(&id)).ok().map(|at| numbers[at].1);
            let title = match (title, number.unwrap_or(&id)) {
                (Some(title), _) => title.to_owned(),
                (None, ChatId::Phone(number)) => format!("+{number}"),
                (None, _) => continue,
            };
            let number = number.cloned();
            directory.chats.push(Listed { id, title, number });
        }
        directory
    }

    /// The chat of a title. `None` if the directory does not have it.
    pub(super) fn look_up(&self, title: &str) -> Option<Identity> {
        let key = text::title_key(title);
        let from = self.by_title.partition_point(|(it, _)| *it < key);
        let mut same = self.by_title[from..].iter().take_while(|(it, _)| *it == key);
        match (same.next(), same.next()) {
            (Some((_, one)), None) => Some(Identity::Known(one.clone())),
            (Some((_, one)), Some((_, other))) => {
                let rest = same.map(|(_, id)| id);
                let ids = [one, other].into_iter().chain(rest);
                let candidate =
                    |id: &ChatId| Candidate { known: Identity::Known(id.clone()), label: self.label(id) };
                Some(Identity::Ambiguous(ids.map(candidate).collect()))
            }
            (None, _) => match ChatId::from_title(title) {
                id @ ChatId::Phone(_) => Some(Identity::Known(self.better(id))),
                _ => None,
            },
        }
    }

    /// The chats in the chat list or the archive, with their titles.
    pub(super) fn chats(&self) -> &[Listed] {
        &self.chats
    }

    /// A label that tells a chat from others of the same title: the end of its number.
    fn label(&self, id: &ChatId) -> String {
        /// How many digits people compare.
        const END: usize = 4;
        match self.number_of(id).unwrap_or(id) {
            ChatId::Phone(number) => format!("+{number}"),
            ChatId::Lid(id) | ChatId::Group(id) | ChatId::Title(id) => {
                let from = id.char_indices().rev().nth(END - 1).map_or(0, |(at, _)| at);
                format!("…{}", &id[from..])
            }
        }
    }

    fn number_of(&self, id: &ChatId) -> Option<&ChatId> {
        self.by_number.iter().find(|(_, lid)| lid == id).map(|(number, _)| number)
    }

    fn id(&self, jid: &str) -> Option<ChatId> {
        Some(self.better(ChatId::from_jid(jid)?))
    }

    /// The LID of a number, where there is one.
    pub(super) fn better(&self, id: ChatId) -> ChatId {
        match self.by_number.binary_search_by(|(number, _)| number.cmp(&id)) {
            Ok(at) => self.by_number[at].1.clone(),
            Err(_) => id,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: &str, phone: &str, name: &str, own_name: &str) -> Entry {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Entry { id: id.into(), phone: some(phone), name: some(name), own_name: some(own_name) }
    }

    /// The details by which chats of this title differ.
    fn labels(directory: &Directory, title: &str) -> Vec<String> {
        match directory.look_up(title) {
            Some(Identity::Ambiguous(candidates)) => candidates.into_iter().map(|it| it.label).collect(),
            _ => vec![],
        }
    }

    fn known(jid: &str) -> Option<Identity> {
        ChatId::from_jid(jid).map(Identity::Known)
    }

    #[test]
    fn a_title_stands_for_one_chat_or_for_none() {
        let contacts = [
            entry("1@lid", "491@c.us", "Mei Lin", ""),
            entry("491@c.us", "", "Mei Lin", ""),
            entry("2@c.us", "", "Ann", ""),
            entry("3@c.us", "", "Ann", ""),
        ];
        let groups = [entry("9-1@g.us", "", "Family", "")];
        let directory = Directory::new(&contacts, &groups, &[]);
        assert_eq!(directory.look_up("Mei Lin"), known("1@lid"), "one person with two ids");
        assert_eq!(labels(&directory, "Ann"), ["+2", "+3"]);
        assert_eq!(directory.look_up("Family"), known("9-1@g.us"));
        assert_eq!(directory.look_up("Nobody"), None);
    }

    #[test]
    fn a_number_leads_to_its_lid() {
        let directory = Directory::new(&[entry("7@lid", "5543991234567@c.us", "", "")], &[], &[]);
        assert_eq!(directory.look_up("+55 43 99123-4567"), known("7@lid"));
        assert_eq!(directory.look_up("+55 43 99999-0000"), known("5543999990000@c.us"));
    }

    #[test]
    fn own_names_count_for_chats_only() {
        let contacts = [
            entry("1@lid", "", "Ann", ""),
            entry("2@lid", "", "", "Ann"),
            entry("3@lid", "", "", "Bob"),
            entry("4@lid", "", "", "Bob"),
        ];
        let chats = [entry("1@lid", "", "", ""), entry("3@lid", "", "", "")];
        let directory = Directory::new(&contacts, &[], &chats);
        assert_eq!(directory.look_up("Ann"), known("1@lid"), "a member of some group calls itself Ann");
        assert_eq!(directory.look_up("Bob"), known("3@lid"));
        let impostor = [entry("1@lid", "", "Ann", ""), entry("2@lid", "", "", "Ann")];
        let chats = [entry("1@lid", "", "", ""), entry("2@lid", "", "", "")];
        assert_eq!(labels(&Directory::new(&impostor, &[], &chats), "Ann").len(), 2);
    }

    #[test]
    fn chats_have_titles_where_one_is_known() {
        let contacts = [
            entry("1@lid", "", "Ann", "annie"),
            entry("2@lid", "", "", ""),
            entry("3@lid", "493@c.us", "", ""),
        ];
        let chats = ["1@lid", "2@lid", "3@lid", "491@c.us"].map(|id| entry(id, "", "", ""));
        let lid = |digits: &str| ChatId::Lid(digits.into());
        let titled = [
            (lid("1"), "Ann".into()),
            (lid("3"), "+493".into()),
            (ChatId::Phone("491".into()), "+491".into()),
        ];
        let directory = Directory::new(&contacts, &[], &chats);
        let listed = directory.chats().iter().map(|it| (it.id.clone(), it.title.clone()));
        assert_eq!(listed.collect::<Vec<_>>(), titled);
    }
}

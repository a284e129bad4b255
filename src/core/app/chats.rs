//! Which chat is which: keys and titles of the chats seen, what a person said about titles that several have, and
//! records that move over when a better id turns up.

use crate::app::model::{Link, Model};
use crate::app::reading::{Identity, Listed, Reading};
use crate::app::update::Effect;
use crate::chat::{ChatId, ChatKey};
use crate::edits;

impl Model {
    /// The key of a chat that was learned.
    pub fn key_of(&self, identity: &Identity) -> Option<ChatKey> {
        if let Identity::Known(chat) = identity { self.keys.get(chat).copied() } else { None }
    }

    /// The title under which a chat was last seen.
    pub(super) fn title_of(&self, chat: &ChatKey) -> Option<&str> {
        self.titles.get(chat).map(String::as_str)
    }

    /// Notes the chats that were read off the page, once the account is known.
    pub(super) fn learn_seen(&mut self) {
        let Reading { rows, open, .. } = &self.reading;
        let rows = rows.iter().map(|row| (&row.identity, &row.title));
        let open = open.iter().map(|open| (&open.identity, &open.title));
        let seen: Vec<(ChatId, String)> = rows
            .chain(open)
            .filter_map(|(identity, title)| match identity {
                Identity::Known(chat) => Some((chat.clone(), title.clone())),
                _ => None,
            })
            .collect();
        for (chat, title) in seen {
            let Some(key) = self.learn(&chat, &title) else { return };
            if !chat.by_name() {
                // Before WhatsApp's directory was read, the title had to do.
                self.note_move(&ChatId::from_title(&title), key);
            }
        }
    }

    /// Notes the chats of WhatsApp's directory.
    pub(super) fn learn_listed(&mut self, chats: &[Listed]) {
        for chat in chats {
            let Some(key) = self.learn(&chat.id, &chat.title) else { return };
            if let Some(number) = &chat.number {
                self.note_move(number, key);
            }
        }
    }

    /// Takes the person's word for which chat a title is, as long as that title is open.
    pub(super) fn apply_told(&mut self) {
        let Some(open) = &mut self.reading.open else { return };
        let is_open = |(title, _): &(String, ChatId)| *title == open.title;
        if !self.told.as_ref().is_some_and(is_open) {
            self.told = None;
        } else if let (Some((_, told)), Identity::Ambiguous(candidates)) = (&self.told, &open.identity)
            && candidates.iter().any(|candidate| candidate.id == *told)
        {
            open.identity = Identity::Known(told.clone());
        }
    }

    /// Moves what the team noted under keys that were left. Whichever browser finds it does so; that two do it changes
    /// nothing.
    pub(super) fn move_over(&mut self) -> Vec<Effect> {
        if self.link != Link::Met {
            return vec![];
        }
        let team = self.shared.team();
        let edits: Vec<_> = self
            .moved
            .iter()
            .filter(|(from, _)| team.knows(from))
            .flat_map(|(from, to)| edits::move_chat(team, *from, *to))
            .collect();
        self.edit(edits)
    }

    /// Notes a chat, and returns its key once the account is known.
    fn learn(&mut self, chat: &ChatId, title: &str) -> Option<ChatKey> {
        let (_, naming) = self.naming.as_ref()?;
        let key = match self.keys.get(chat) {
            Some(key) => *key,
            None => {
                let key = naming.name(chat);
                self.keys.insert(chat.clone(), key);
                key
            }
        };
        if self.titles.get(&key).is_none_or(|known| known != title) {
            self.titles.insert(key, title.to_owned());
        }
        Some(key)
    }

    fn note_move(&mut self, former: &ChatId, key: ChatKey) {
        let Some((_, naming)) = &self.naming else { return };
        if self.keys.get(former).is_none() {
            let former_key = naming.name(former);
            self.keys.insert(former.clone(), former_key);
        }
        let Some(from) = self.keys.get(former).copied().filter(|from| *from != key) else { return };
        if self.moved.get(&from) != Some(&key) {
            self.moved.insert(from, key);
            self.titles.remove(&from);
        }
    }
}

//! Which chat is which: keys and titles of the chats seen, what a person said about titles that several have, and
//! records that move over when a better id turns up.

use crate::app::model::{Link, Model};
use crate::app::reading::{Identity, Listed, Reading};
use crate::app::update::Effect;
use crate::team::chat::{self, ChatId, ChatKey};

impl Model {
    /// The key of a chat that was learned, as the team speaks of it now.
    pub fn key_of(&self, identity: &Identity) -> Option<ChatKey> {
        let Identity::Known(chat) = identity else { return None };
        Some(self.shared.team().current(*self.keys.get(chat)?))
    }

    /// The title under which a chat was last seen.
    pub(super) fn title_of(&self, chat: &ChatKey) -> Option<&str> {
        self.titles.get(chat).map(String::as_str)
    }

    /// Which chat is open, as far as the page or a person has said.
    pub(super) fn open_identity(&self) -> Option<&Identity> {
        let open = self.reading.open.as_ref()?;
        match (&self.told, &open.identity) {
            (Some((visit, told)), Identity::Ambiguous(candidates)) if *visit == open.visit => {
                let candidate =
                    candidates.iter().find(|candidate| candidate.known == Identity::Known(told.clone()));
                Some(candidate.map_or(&open.identity, |candidate| &candidate.known))
            }
            _ => Some(&open.identity),
        }
    }

    /// Takes the person's word for which chat is open, as long as this visit lasts.
    pub(super) fn tell_chat(&mut self, chat: ChatId) {
        let Some(open) = &self.reading.open else { return };
        let title = open.title.clone();
        self.told = Some((open.visit, chat.clone()));
        self.learn(&chat, &title);
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
            self.learn(&chat, &title);
        }
    }

    /// Notes the chats of WhatsApp's directory. What was noted under a number moves to the id it belongs to, and what was
    /// noted under a title, before the directory was read, to the only chat that has it.
    pub(super) fn learn_listed(&mut self, chats: &[Listed]) {
        let mut titles: Vec<&str> = chats.iter().map(|chat| chat.title.as_str()).collect();
        titles.sort_unstable();
        for chat in chats {
            let Some(key) = self.learn(&chat.id, &chat.title) else { return };
            if let Some(number) = &chat.number {
                self.note_move(number, key);
            }
            let from = titles.partition_point(|title| *title < chat.title.as_str());
            let is_only = titles.get(from + 1).is_none_or(|next| *next != chat.title);
            let by_title = ChatId::from_title(&chat.title);
            if is_only && by_title.by_name() {
                self.note_move(&by_title, key);
            }
        }
    }

    /// Moves what the team noted under keys that were left, where it is later than what is noted under the new one.
    /// Whichever browser finds it does so; that two do it changes nothing.
    pub(super) fn move_over(&mut self) -> Vec<Effect> {
        if self.link != Link::Met {
            return vec![];
        }
        self.moves_due = false;
        let team = self.shared.team();
        let left = self.moved.iter().chain(team.moves()).filter(|(from, _)| team.knows(from));
        let edits = left.flat_map(|(from, to)| chat::move_to(&self.shared, *from, *to)).collect();
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
        let now = self.shared.team().current(key);
        if self.titles.get(&now).is_none_or(|known| known != title) {
            self.titles.insert(now, title.to_owned());
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
        // What would come back from there stays where it is.
        if self.moved.get(&from) != Some(&key) && self.moved.get(&key).is_none() {
            self.moved.insert(from, key);
            self.titles.remove(&from);
            self.moves_due = true;
        }
    }
}

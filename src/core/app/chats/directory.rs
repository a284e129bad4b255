//! Which chat is which: keys and titles of the chats seen, what a person said about titles that several have, and keys
//! that give way when a better id turns up.

use crate::app::context::{Context, Link};
use crate::app::reading::{Identity, Listed, Open, Reading};
use crate::map::Map;
use crate::team::chat::{ChatId, ChatKey};

/// The chats that were seen on this page.
#[derive(Default)]
pub struct Directory {
    /// Titles of the chats seen, for lists of chats that are not on screen.
    titles: Map<ChatKey, String>,
    /// The keys of the chats seen: naming one costs a hash, and every row is looked up whenever it is drawn.
    keys: Map<ChatId, ChatKey>,
    /// See [`Directory::moved`].
    moved: Map<ChatKey, ChatKey>,
    /// Whether `moved` has entries that were not looked at since.
    moves_due: bool,
    /// The chat that the person chose for the open one, whose title several have, and the visit that holds for.
    chosen: Option<(u32, ChatId)>,
}

impl Directory {
    /// The key of a chat that was learned, as the team speaks of it now.
    pub(in crate::app) fn key_of(&self, ctx: &Context, identity: &Identity) -> Option<ChatKey> {
        let Identity::Known(chat) = identity else { return None };
        Some(ctx.team().current(*self.keys.get(chat)?))
    }

    /// The title under which a chat was last seen.
    pub(in crate::app) fn title_of(&self, chat: &ChatKey) -> Option<&str> {
        self.titles.get(chat).map(String::as_str)
    }

    /// Which chat is open, as far as the page or a person has said.
    pub(in crate::app) fn identity_of<'a>(&'a self, open: &'a Open) -> &'a Identity {
        match (&self.chosen, &open.identity) {
            (Some((visit, chosen)), Identity::Ambiguous(candidates)) if *visit == open.visit => {
                let candidate =
                    candidates.iter().find(|candidate| candidate.known == Identity::Known(chosen.clone()));
                candidate.map_or(&open.identity, |candidate| &candidate.known)
            }
            _ => &open.identity,
        }
    }

    /// Takes the person's word for which chat is open, as long as this visit lasts.
    pub(in crate::app) fn choose(&mut self, ctx: &Context, open: &Open, chat: ChatId) {
        self.learn(ctx, &chat, &open.title);
        self.chosen = Some((open.visit, chat));
    }

    /// Notes the chats that were read off the page, once the account is known.
    pub(in crate::app) fn learn_seen(&mut self, ctx: &Context, reading: &Reading) {
        let Reading { rows, open, .. } = reading;
        let rows = rows.iter().map(|row| (&row.identity, &row.title));
        let open = open.iter().map(|open| (&open.identity, &open.title));
        for (identity, title) in rows.chain(open) {
            if let Identity::Known(chat) = identity {
                self.learn(ctx, chat, title);
            }
        }
    }

    /// Notes the chats of WhatsApp's directory. What was noted under a number moves to the id it belongs to, and what was
    /// noted under a title, before the directory was read, to the only chat that has it.
    pub(in crate::app) fn learn_listed(&mut self, ctx: &Context, chats: &[Listed]) {
        let mut titles: Vec<&str> = chats.iter().map(|chat| chat.title.as_str()).collect();
        titles.sort_unstable();
        for chat in chats {
            let Some(key) = self.learn(ctx, &chat.id, &chat.title) else { return };
            if let Some(number) = &chat.number {
                self.note_move(ctx, number, key);
            }
            let from = titles.partition_point(|title| *title < chat.title.as_str());
            let is_only = titles.get(from + 1).is_none_or(|next| *next != chat.title);
            let by_title = ChatId::from_title(&chat.title);
            if is_only && by_title.by_name() {
                self.note_move(ctx, &by_title, key);
            }
        }
    }

    /// Whether chats were found under another key, and what is noted about them was not moved yet.
    pub(in crate::app) fn moves_due(&self) -> bool {
        self.moves_due
    }

    /// What is noted about them is being moved, as soon as the hub has told what that is.
    pub(in crate::app) fn moves_done(&mut self, ctx: &Context) {
        self.moves_due &= ctx.link != Link::Met;
    }

    /// Keys under which a chat was known before a better id turned up, and the key it has now.
    pub(in crate::app) fn moved(&self) -> &Map<ChatKey, ChatKey> {
        &self.moved
    }

    /// The chats whose title is known.
    pub(in crate::app) fn seen(&self) -> impl Iterator<Item = ChatKey> {
        self.titles.keys().copied()
    }

    /// Notes a chat, and returns its key once the account is known.
    fn learn(&mut self, ctx: &Context, chat: &ChatId, title: &str) -> Option<ChatKey> {
        let (_, naming) = ctx.naming.as_ref()?;
        let key = match self.keys.get(chat) {
            Some(key) => *key,
            None => {
                let key = naming.name(chat);
                self.keys.insert(chat.clone(), key);
                key
            }
        };
        let now = ctx.team().current(key);
        if self.titles.get(&now).is_none_or(|known| known != title) {
            self.titles.insert(now, title.to_owned());
        }
        Some(key)
    }

    fn note_move(&mut self, ctx: &Context, former: &ChatId, key: ChatKey) {
        let Some((_, naming)) = &ctx.naming else { return };
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

//! The directory of chats: keys and titles of the chats seen, the person's choice among chats of the same title, and
//! keys that are replaced when a better id is found.

use crate::app::context::{Context, Link};
use crate::app::reading::{ChatFacts, Identity, Listed, Open, Reading};
use crate::map::Map;
use crate::team::chat::{ChatId, ChatKey};

/// The last message of a chat, as far as this browser knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::app) struct Facts {
    /// The time, in milliseconds since the epoch; 0 if it is not known.
    pub(in crate::app) at: u64,
    /// The number of unread messages.
    pub(in crate::app) unread: u32,
    /// The beginning of the message, as last seen on screen; empty if it was never on screen.
    pub(in crate::app) preview: String,
}

/// The chats seen on this page.
#[derive(Default)]
pub struct Directory {
    /// Titles of the chats seen, for lists of chats that are not on screen.
    titles: Map<ChatKey, String>,
    /// Cache of the keys of the chats seen. Computing a key costs a hash, and every row is looked up on each render.
    keys: Map<ChatId, ChatKey>,
    /// See [`Directory::moved`].
    moved: Map<ChatKey, ChatKey>,
    /// Whether `moved` has entries whose registers were not moved yet.
    moves_due: bool,
    /// The last messages of the chats.
    facts: Map<ChatKey, Facts>,
    /// When the facts of all chats were last asked for, in milliseconds since the epoch.
    asked_at: u64,
    /// The person's choice when several chats have the open chat's title, and the visit that the choice holds for.
    chosen: Option<(u32, ChatId)>,
}

impl Directory {
    /// Returns the current key of a known chat; `None` until the chat was learned.
    pub(in crate::app) fn key_of(&self, ctx: &Context, identity: &Identity) -> Option<ChatKey> {
        let Identity::Known(chat) = identity else { return None };
        Some(ctx.team().current(*self.keys.get(chat)?))
    }

    /// The title under which a chat was last seen.
    pub(in crate::app) fn title_of(&self, chat: &ChatKey) -> Option<&str> {
        self.titles.get(chat).map(String::as_str)
    }

    /// Returns the identity of the open chat, from the page or from the person's choice.
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

    /// Stores the person's choice of the open chat for the rest of this visit.
    pub(in crate::app) fn choose(&mut self, ctx: &Context, open: &Open, chat: ChatId) {
        self.learn(ctx, &chat, &open.title);
        self.chosen = Some((open.visit, chat));
    }

    /// Records the chats that were read off the page, once the account is known.
    pub(in crate::app) fn learn_seen(&mut self, ctx: &Context, reading: &Reading) {
        let Reading { rows, open, .. } = reading;
        let rows = rows.iter().map(|row| (&row.identity, &row.title));
        let open = open.iter().map(|open| (&open.identity, &open.title));
        for (identity, title) in rows.chain(open) {
            if let Identity::Known(chat) = identity {
                self.learn(ctx, chat, title);
            }
        }
        for row in &reading.rows {
            if let Some(key) = self.key_of(ctx, &row.identity) {
                self.change_facts(key, |facts| {
                    facts.unread = row.unread;
                    if facts.preview != row.preview {
                        facts.preview.clone_from(&row.preview);
                    }
                });
            }
        }
    }

    /// Records the times and unread counts of all chats.
    pub(in crate::app) fn learn_facts(&mut self, ctx: &Context, all: &[ChatFacts]) {
        for ChatFacts { id, at, unread } in all {
            let Some(key) = self.key_of(ctx, &Identity::Known(id.clone())) else { continue };
            let key = self.moved.get(&key).copied().unwrap_or(key);
            self.change_facts(key, |facts| (facts.at, facts.unread) = (*at, *unread));
        }
    }

    /// The last message of a chat.
    pub(in crate::app) fn facts_of(&self, chat: &ChatKey) -> Option<&Facts> {
        self.facts.get(chat)
    }

    /// Whether the facts were last asked for longer ago than `ms`. If so, they count as asked for now.
    pub(in crate::app) fn facts_are_older(&mut self, now: u64, ms: u64) -> bool {
        let older = now.abs_diff(self.asked_at) > ms;
        if older {
            self.asked_at = now;
        }
        older
    }

    fn change_facts(&mut self, chat: ChatKey, change: impl FnOnce(&mut Facts)) {
        change(self.facts.entry(chat));
    }

    /// Records the chats of WhatsApp's own directory. Registers under the key of a phone number are moved to the key of
    /// the id that the number belongs to. Registers under the key of a title, written before the directory was read,
    /// are moved to the only chat with this title.
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

    /// Whether chats were found under another key and their registers were not moved yet.
    pub(in crate::app) fn moves_due(&self) -> bool {
        self.moves_due
    }

    /// Marks the moves as done. Before the hub has sent the team they stay due, because the registers to move are not
    /// known yet.
    pub(in crate::app) fn moves_done(&mut self, ctx: &Context) {
        self.moves_due &= ctx.link != Link::Connected;
    }

    /// Maps former keys of chats to their current keys.
    pub(in crate::app) fn moved(&self) -> &Map<ChatKey, ChatKey> {
        &self.moved
    }

    /// The chats whose title is known.
    pub(in crate::app) fn seen(&self) -> impl Iterator<Item = ChatKey> {
        self.titles.keys().copied()
    }

    /// Records a chat, and returns its key once the account is known.
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
        // A key that was itself moved away is not a target: two opposite moves would send the registers back and forth.
        if self.moved.get(&from) != Some(&key) && self.moved.get(&key).is_none() {
            self.moved.insert(from, key);
            self.titles.remove(&from);
            self.moves_due = true;
        }
    }
}

//! The account that all linked browsers share: its chats, and the events that pages receive.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;
use tokio::sync::broadcast;

use super::lock;

/// A chat, as the page gets it.
#[derive(Clone, Debug, Serialize)]
pub struct Chat {
    /// The id, such as `203918000000001@lid`.
    pub id: String,
    /// The name in the address book, or the number.
    pub title: String,
    /// `person` or `group`.
    pub kind: &'static str,
    /// The number behind a LID, such as `491701234567@c.us`.
    pub phone: Option<String>,
    /// The number of unread messages.
    pub unread: u32,
    /// Whether somebody marked the chat as unread although it has no unread messages.
    pub marked: bool,
    /// Whether the chat is pinned.
    pub pinned: bool,
    /// Whether the chat is muted.
    pub muted: bool,
    /// The messages, oldest first.
    pub messages: Vec<Message>,
}

/// A message.
#[derive(Clone, Debug, Serialize)]
pub struct Message {
    /// The id: twenty-two hexadecimal digits.
    pub key: String,
    /// Whether one of the linked browsers sent it.
    pub mine: bool,
    /// The author, in a group.
    pub author: Option<String>,
    /// `text`, `photo`, `album`, `call` or `deleted`.
    pub form: &'static str,
    /// The text; empty for a form that has none.
    pub text: String,
    /// The message that this one answers.
    pub quote: Option<Quote>,
    /// The time, in milliseconds since the epoch.
    pub time: u64,
}

/// The quoted message of an answer.
#[derive(Clone, Debug, Serialize)]
pub struct Quote {
    /// The author, unless it is the account.
    pub author: Option<String>,
    /// The text.
    pub text: String,
}

/// An event that is sent to linked pages: its name and its data.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) event: &'static str,
    pub(super) data: String,
}

/// The account.
pub struct Account {
    chats: Mutex<Vec<Chat>>,
    told: broadcast::Sender<Told>,
    next: AtomicU64,
}

impl Account {
    pub(super) fn new(chats: Vec<Chat>) -> Account {
        Account { chats: Mutex::new(chats), told: broadcast::channel(1024).0, next: AtomicU64::new(1) }
    }

    /// Replaces all chats by these. Open pages are not notified.
    pub(super) fn reset(&self, chats: Vec<Chat>) {
        *lock(&self.chats) = chats;
    }

    /// Adds a message of a customer. Does nothing if no chat has the title.
    pub fn customer_writes(&self, title: &str, text: &str) {
        let id = lock(&self.chats).iter().find(|chat| chat.title == title).map(|chat| chat.id.clone());
        if let Some(id) = id {
            self.add(&id, text, false);
        }
    }

    /// The messages of the chat with this title, oldest first.
    pub fn messages(&self, title: &str) -> Vec<Message> {
        let chats = lock(&self.chats);
        chats.iter().find(|chat| chat.title == title).map(|chat| chat.messages.clone()).unwrap_or_default()
    }

    /// The texts that the linked browsers sent in the chat with this title.
    pub fn sent(&self, title: &str) -> Vec<String> {
        self.messages(title).into_iter().filter(|message| message.mine).map(|message| message.text).collect()
    }

    /// The number of linked pages.
    pub fn linked(&self) -> usize {
        self.told.receiver_count()
    }

    pub fn chats(&self) -> Vec<Chat> {
        lock(&self.chats).clone()
    }

    pub(super) fn listen(&self) -> broadcast::Receiver<Told> {
        self.told.subscribe()
    }

    /// Adds a message and notifies every linked page. Returns `false` if there is no such chat.
    pub(super) fn add(&self, chat: &str, text: &str, mine: bool) -> bool {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let message = Message {
            key: format!("3EB0{number:018X}"),
            mine,
            author: None,
            form: "text",
            text: text.to_owned(),
            quote: None,
            time: now(),
        };
        {
            let mut chats = lock(&self.chats);
            let Some(it) = chats.iter_mut().find(|it| it.id == chat) else { return false };
            it.unread = if mine { 0 } else { it.unread + 1 };
            it.marked &= !mine;
            it.messages.push(message.clone());
        }
        self.tell("message", &serde_json::json!({ "chat": chat, "message": message }));
        true
    }

    pub(super) fn read(&self, chat: &str) {
        let read = lock(&self.chats)
            .iter_mut()
            .find(|it| it.id == chat)
            .map(|it| (std::mem::take(&mut it.unread), std::mem::take(&mut it.marked)));
        if read.is_some_and(|(unread, marked)| unread > 0 || marked) {
            self.tell("read", &serde_json::json!({ "chat": chat }));
        }
    }

    fn tell(&self, event: &'static str, data: &serde_json::Value) {
        // Sending fails if no page is linked, which is fine.
        let _ = self.told.send(Told { event, data: data.to_string() });
    }
}

/// Milliseconds since the epoch.
pub(super) fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

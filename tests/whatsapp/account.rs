//! The account that all linked browsers share: its chats, and who hears of what happens in them.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;
use tokio::sync::broadcast;

use super::lock;

/// A chat, as the page gets it.
#[derive(Clone, Debug, Serialize)]
pub struct Chat {
    /// Such as `203918000000001@lid`.
    pub id: String,
    /// The name in the address book, or the number.
    pub title: String,
    /// `person` or `group`.
    pub kind: &'static str,
    /// The number behind a LID, such as `491701234567@c.us`.
    pub phone: Option<String>,
    /// Messages nobody has read.
    pub unread: u32,
    /// Whether somebody marked it as unread, with no such messages in it.
    pub marked: bool,
    /// Whether it stays on top.
    pub pinned: bool,
    /// Whether it is silent.
    pub muted: bool,
    /// Oldest first.
    pub messages: Vec<Message>,
}

/// A message.
#[derive(Clone, Debug, Serialize)]
pub struct Message {
    /// Twenty-two hexadecimal digits.
    pub key: String,
    /// Whether one of the linked browsers sent it.
    pub mine: bool,
    /// Who wrote it, in a group.
    pub author: Option<String>,
    /// `text`, `photo`, `album`, `call` or `deleted`.
    pub form: &'static str,
    /// What it says. Empty for what has no text of its own.
    pub text: String,
    /// The message it answers.
    pub quote: Option<Quote>,
    /// Milliseconds since the epoch.
    pub time: u64,
}

/// The message that another one answers.
#[derive(Clone, Debug, Serialize)]
pub struct Quote {
    /// Who wrote it, if not the account.
    pub author: Option<String>,
    /// What it says.
    pub text: String,
}

/// What linked pages are told: an event's name and its data.
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

    /// Forgets everything but these chats. Pages that are open do not hear of it.
    pub(super) fn reset(&self, chats: Vec<Chat>) {
        *lock(&self.chats) = chats;
    }

    /// A customer writes. Nothing happens if no chat has the title.
    pub fn customer_writes(&self, title: &str, text: &str) {
        let id = lock(&self.chats).iter().find(|chat| chat.title == title).map(|chat| chat.id.clone());
        if let Some(id) = id {
            self.add(&id, text, false);
        }
    }

    /// What was said in the chat with this title, oldest first.
    pub fn messages(&self, title: &str) -> Vec<Message> {
        let chats = lock(&self.chats);
        chats.iter().find(|chat| chat.title == title).map(|chat| chat.messages.clone()).unwrap_or_default()
    }

    /// What the linked browsers have sent in the chat with this title.
    pub fn sent(&self, title: &str) -> Vec<String> {
        self.messages(title).into_iter().filter(|message| message.mine).map(|message| message.text).collect()
    }

    /// How many pages are linked at the moment.
    pub fn linked(&self) -> usize {
        self.told.receiver_count()
    }

    pub fn chats(&self) -> Vec<Chat> {
        lock(&self.chats).clone()
    }

    pub(super) fn listen(&self) -> broadcast::Receiver<Told> {
        self.told.subscribe()
    }

    /// Adds a message and tells every linked page. `false` if there is no such chat.
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
        // With no page linked there is nobody to tell.
        let _ = self.told.send(Told { event, data: data.to_string() });
    }
}

/// Milliseconds since the epoch.
pub(super) fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

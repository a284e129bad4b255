//! Reads WhatsApp's own storage. Nothing is ever written there.

use crate::dom::{Listener, on};
use baton_core::app::reading::ChatFacts;
use baton_core::team::chat::ChatId;
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbFactory, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction};

use super::directory::{Directory, Entry};
use super::identity::Answer;

/// WhatsApp's database of chats and contacts.
const DATABASE: &str = "model-storage";
/// How many records are read at a time: enough to be quick, few enough not to delay a frame.
const BATCH: u32 = 500;
/// The same for facts, which are read again and again, also while the person scrolls.
const FACTS_BATCH: u32 = 100;

/// The account's own id, without the device number: the LID if there is one, else the number. `None` while nobody is
/// logged in, and for some seconds after a start.
pub(super) fn account() -> Option<String> {
    let storage = web_sys::window()?.local_storage().ok()??;
    let read = |key: &str| {
        let stored = storage.get_item(key).ok()??;
        // A JSON string.
        let jid = stored.trim().trim_matches('"');
        match ChatId::from_jid(jid)? {
            id @ (ChatId::Lid(_) | ChatId::Phone(_)) => Some(id.to_string()),
            _ => None,
        }
    };
    read("WALid").or_else(|| read("last-wid-md")).or_else(|| read("last-wid"))
}

/// The account's own name, which is the author of its own messages.
pub(super) fn own_name() -> Option<String> {
    let stored = web_sys::window()?.local_storage().ok()??.get_item("me-display-name").ok()??;
    Some(stored.trim().trim_matches('"').to_owned()).filter(|it| !it.is_empty())
}

/// Reads WhatsApp's directory.
pub(super) async fn directory() -> Answer {
    let Some(factory) = web_sys::window().and_then(|window| window.indexed_db().ok()?) else {
        return Answer::Absent;
    };
    match exists(&factory).await {
        // Opening the database would create it, and WhatsApp would then find an empty one.
        Ok(false) => Answer::Absent,
        Ok(true) => read(&factory).await.map_or(Answer::Failed, Answer::Read),
        Err(_) => Answer::Failed,
    }
}

async fn read(factory: &IdbFactory) -> Result<Directory, JsValue> {
    let database = Database::open(factory).await?;
    let contacts = database.entries("contact").await?;
    let chats = database.entries("chat").await?;
    let groups = database.entries("group-metadata").await?;
    Ok(Directory::new(&contacts, &groups, &chats))
}

/// Reads the times and unread counts of all chats. Empty if they can't be read.
pub(super) async fn facts() -> Vec<ChatFacts> {
    let Some(factory) = web_sys::window().and_then(|window| window.indexed_db().ok()?) else {
        return Vec::new();
    };
    if !exists(&factory).await.unwrap_or(false) {
        return Vec::new();
    }
    let reading = async {
        let database = Database::open(&factory).await?;
        database.records("chat", FACTS_BATCH, chat_facts).await
    };
    reading.await.unwrap_or_default()
}

fn chat_facts(record: &JsValue) -> Option<ChatFacts> {
    let number =
        |name: &str| Reflect::get(record, &name.into()).ok().and_then(|it| it.as_f64()).unwrap_or(0.0);
    // A negative count stands for a mark by hand.
    let unread = match number("unreadCount") {
        count if count < 0.0 => 1,
        count => count as u32,
    };
    Some(ChatFacts { id: ChatId::from_jid(&jid(record, "id")?)?, at: (number("t") * 1_000.0) as u64, unread })
}

async fn exists(factory: &IdbFactory) -> Result<bool, JsValue> {
    // Not in web-sys.
    let databases: Function = Reflect::get(factory, &"databases".into())?.dyn_into()?;
    // Not `dyn_into`: in Firefox the promise is of the page's realm.
    let promise: Promise = databases.call0(factory)?.unchecked_into();
    let list = Array::from(&JsFuture::from(promise).await?);
    Ok(list.iter().any(|it| field(&it, "name").as_deref() == Some(DATABASE)))
}

/// An open database. It closes on `versionchange`, so that it never blocks an upgrade by WhatsApp, and when dropped.
struct Database {
    database: IdbDatabase,
    _gives_way: Listener,
}

impl Database {
    async fn open(factory: &IdbFactory) -> Result<Database, JsValue> {
        let request = factory.open(DATABASE)?;
        // If the database was deleted since it was listed, its creation is aborted and opening fails.
        let _creates = on(&request, "upgradeneeded", |event| {
            let request = event.target().and_then(|it| it.dyn_into::<IdbOpenDbRequest>().ok());
            if let Some(transaction) = request.and_then(|it| it.transaction()) {
                let _ = transaction.abort();
            }
        });
        let database: IdbDatabase = done(&request).await?.dyn_into()?;
        let gives_way = on(&database, "versionchange", |event| {
            if let Some(database) = event.target().and_then(|it| it.dyn_into::<IdbDatabase>().ok()) {
                database.close();
            }
        });
        Ok(Database { database, _gives_way: gives_way })
    }

    /// The names in all records of a store.
    async fn entries(&self, store: &str) -> Result<Vec<Entry>, JsValue> {
        self.records(store, BATCH, entry).await
    }

    /// Reads all records of a store with `read`, `batch` at a time. Empty if there is no such store.
    async fn records<T>(
        &self,
        store: &str,
        batch: u32,
        read: fn(&JsValue) -> Option<T>,
    ) -> Result<Vec<T>, JsValue> {
        let mut entries = Vec::new();
        if !self.database.object_store_names().contains(store) {
            return Ok(entries);
        }
        let transaction: IdbTransaction = self.database.transaction_with_str(store)?;
        let store: IdbObjectStore = transaction.object_store(store)?;
        let mut after = JsValue::UNDEFINED;
        loop {
            let keys = Array::from(&done(&store.get_all_keys_with_key_and_limit(&after, batch)?).await?);
            let records = Array::from(&done(&store.get_all_with_key_and_limit(&after, batch)?).await?);
            entries.extend(records.iter().filter_map(|record| read(&record)));
            if keys.length() < batch {
                return Ok(entries);
            }
            after = web_sys::IdbKeyRange::lower_bound_with_open(&keys.get(keys.length() - 1), true)?.into();
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.database.close();
    }
}

/// The result of a request.
async fn done(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let settled = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(settled).await?;
    request.result()
}

fn entry(record: &JsValue) -> Option<Entry> {
    Some(Entry {
        id: jid(record, "id")?,
        phone: jid(record, "phoneNumber"),
        name: field(record, "name").or_else(|| field(record, "subject")),
        own_name: field(record, "verifiedName").or_else(|| field(record, "pushname")),
    })
}

/// A JID: a string, or an object that has it as a property.
fn jid(record: &JsValue, name: &str) -> Option<String> {
    let value = Reflect::get(record, &name.into()).ok()?;
    value.as_string().or_else(|| field(&value, "_serialized")).filter(|it| !it.is_empty())
}

fn field(record: &JsValue, name: &str) -> Option<String> {
    Reflect::get(record, &name.into()).ok()?.as_string().filter(|it| !it.is_empty())
}

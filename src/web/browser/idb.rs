//! The hub's disk: one IndexedDB with a record for each team, a journal of the ops since, and daily backup copies.

use std::cell::RefCell;
use std::rc::Rc;

use baton_core::hub::writer::{self, DiskFailed, NotLoaded};
use baton_core::hub::{Accepted, Saved};
use baton_core::wire::{self, FileNote, PART_BYTES, ReadFilePart};
use js_sys::{Array, Promise, Reflect, Uint8Array, global};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    File, IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction,
    IdbTransactionMode,
};

const NAME: &str = "baton";
/// Team id → the saved record.
const TEAMS: &str = "teams";
/// `[team id, counter]` → one op.
const JOURNAL: &str = "journal";
/// `[team id, day]` → the registers of that day; under [`ARCHIVE`] the archived registers.
const COPIES: &str = "copies";
/// `[team id, name]` → a text that is local to this browser.
const NOTES: &str = "notes";
/// `[team id, reply id, index]` → a file that is attached to a reply in this browser.
const FILES: &str = "files";
/// The key of the archive, in place of a day.
pub(crate) const ARCHIVE: u32 = u32::MAX;

type Js<T> = Result<T, JsValue>;

/// The open database.
#[derive(Clone)]
pub(crate) struct Database {
    database: IdbDatabase,
}

/// The part of the database that belongs to one team.
#[derive(Clone)]
pub(crate) struct Disk {
    database: IdbDatabase,
    team: String,
    /// The registers of the record that was loaded last, as text.
    loaded: Rc<RefCell<Option<String>>>,
}

impl Database {
    pub(crate) async fn open() -> Result<Database, DiskFailed> {
        open().await.map(|database| Database { database }).map_err(failed)
    }

    /// The part of a team.
    pub(crate) fn of(&self, team: String) -> Disk {
        Disk { database: self.database.clone(), team, loaded: Rc::default() }
    }
}

impl writer::Disk for Disk {
    async fn load(&self) -> Result<(Option<Saved>, Vec<Accepted>), NotLoaded> {
        let read = async {
            let transaction = self.transaction(IdbTransactionMode::Readonly)?;
            let record = transaction.object_store(TEAMS)?.get(&self.name())?;
            let journal = transaction.object_store(JOURNAL)?.get_all_with_key(&self.range()?.into())?;
            let record = done(&record).await?;
            let journal: Array = done(&journal).await?.dyn_into()?;
            Js::Ok((bytes(record), journal.iter().filter_map(bytes).collect::<Vec<_>>()))
        };
        let (record, journal) = read.await.map_err(failed)?;
        let journal: Result<Vec<Accepted>, _> = journal.iter().map(|op| wire::decode_accepted(op)).collect();
        let journal = journal?;
        let Some(record) = record else { return Ok((None, journal)) };
        let (saved, text) = wire::decode_saved_and_text(&record)?;
        self.loaded.replace(Some(text));
        Ok((Some(saved), journal))
    }

    async fn append(&self, at: u32, op: &Accepted) -> Result<(), DiskFailed> {
        let op = wire::encode_accepted(op);
        let write = async {
            let mode = IdbTransactionMode::Readwrite;
            let transaction = self.database.transaction_with_str_and_mode(JOURNAL, mode)?;
            transaction.object_store(JOURNAL)?.put_with_key(&Uint8Array::from(&op[..]), &self.key(at))?;
            committed(&transaction).await
        };
        write.await.map_err(failed)
    }

    async fn replace(&self, saved: &Saved) -> Result<(), DiskFailed> {
        let record = wire::encode_saved(saved);
        let write = async {
            let transaction = self.transaction(IdbTransactionMode::Readwrite)?;
            transaction.object_store(TEAMS)?.put_with_key(&Uint8Array::from(&record[..]), &self.name())?;
            transaction.object_store(JOURNAL)?.delete(&self.range()?.into())?;
            committed(&transaction).await
        };
        write.await.map_err(failed)
    }
}

impl Disk {
    /// The registers of the record that was loaded, as text, for as long as nothing has changed: writing them anew takes
    /// time, and most greetings come right after loading.
    pub(crate) fn take_loaded(&self) -> Option<String> {
        self.loaded.take()
    }

    /// The keys of the copies in ascending order: days, and [`ARCHIVE`] if there is one.
    pub(crate) async fn copies(&self) -> Result<Vec<u32>, DiskFailed> {
        let read = async {
            let transaction = self.transaction(IdbTransactionMode::Readonly)?;
            let keys = transaction.object_store(COPIES)?.get_all_keys_with_key(&self.range()?.into())?;
            let keys: Array = done(&keys).await?.dyn_into()?;
            let day = |key: JsValue| key.dyn_into::<Array>().ok()?.get(1).as_f64().map(|day| day as u32);
            Js::Ok(keys.iter().filter_map(day).collect())
        };
        read.await.map_err(failed)
    }

    /// The content of a copy.
    pub(crate) async fn copy(&self, day: u32) -> Result<Option<String>, DiskFailed> {
        let read = async {
            let transaction = self.transaction(IdbTransactionMode::Readonly)?;
            let copy = transaction.object_store(COPIES)?.get(&self.key(day))?;
            Js::Ok(done(&copy).await?.as_string())
        };
        read.await.map_err(failed)
    }

    /// Stores a copy; `None` deletes it.
    pub(crate) async fn keep(&self, day: u32, copy: Option<&str>) -> Result<(), DiskFailed> {
        let write = async {
            let transaction = self.transaction(IdbTransactionMode::Readwrite)?;
            let copies = transaction.object_store(COPIES)?;
            match copy {
                Some(copy) => copies.put_with_key(&copy.into(), &self.key(day))?,
                None => copies.delete(&self.key(day))?,
            };
            committed(&transaction).await
        };
        write.await.map_err(failed)
    }

    /// The local text with a name.
    pub(crate) async fn note(&self, name: &str) -> Result<Option<String>, DiskFailed> {
        let read = async {
            let transaction = self.transaction(IdbTransactionMode::Readonly)?;
            let note = transaction.object_store(NOTES)?.get(&self.noted(name))?;
            Js::Ok(done(&note).await?.as_string())
        };
        read.await.map_err(failed)
    }

    /// Stores local texts by name, in one transaction.
    pub(crate) async fn write_notes(&self, notes: &[(String, String)]) -> Result<(), DiskFailed> {
        let write = async {
            let transaction = self.transaction(IdbTransactionMode::Readwrite)?;
            let store = transaction.object_store(NOTES)?;
            for (name, text) in notes {
                store.put_with_key(&text.into(), &self.noted(name))?;
            }
            committed(&transaction).await
        };
        write.await.map_err(failed)
    }

    /// The files attached to replies, sorted by reply and index.
    pub(crate) async fn files(&self) -> Result<Vec<FileNote>, DiskFailed> {
        let read = async {
            let store = self.file_store(IdbTransactionMode::Readonly)?;
            let range = IdbKeyRange::bound(
                &Array::of1(&self.name()).into(),
                &Array::of2(&self.name(), &Array::new().into()).into(),
            )?;
            let (keys, files) =
                (store.get_all_keys_with_key(&range)?, store.get_all_with_key(&range.into())?);
            let keys: Array = done(&keys).await?.dyn_into()?;
            let files: Array = done(&files).await?.dyn_into()?;
            let note = |(key, file): (JsValue, JsValue)| {
                let (key, file): (Array, File) = (key.dyn_into().ok()?, file.dyn_into().ok()?);
                Some(FileNote {
                    reply: key.get(1).as_string()?,
                    at: key.get(2).as_f64()? as u32,
                    name: file.name(),
                    kind: file.type_(),
                    size: file.size() as u32,
                })
            };
            Js::Ok(keys.iter().zip(files.iter()).filter_map(note).collect())
        };
        read.await.map_err(failed)
    }

    /// A part of a file; `None` if it is gone.
    pub(crate) async fn file_part(&self, part: &ReadFilePart) -> Result<Option<Vec<u8>>, DiskFailed> {
        let ReadFilePart { reply, at, offset } = part;
        let read = async {
            let store = self.file_store(IdbTransactionMode::Readonly)?;
            let file = store.get(&self.file_key(reply, *at))?;
            let Ok(file) = done(&file).await?.dyn_into::<File>() else { return Js::Ok(None) };
            let end = f64::from(*offset) + f64::from(PART_BYTES);
            let part = file.slice_with_f64_and_f64(f64::from(*offset), end)?;
            let buffer = JsFuture::from(part.array_buffer()).await?;
            Ok(Some(Uint8Array::new(&buffer).to_vec()))
        };
        read.await.map_err(failed)
    }

    /// Attaches a file to a reply at an index; `None` removes the one there. Returns the old file, which browsers keep as
    /// long as it is referenced.
    pub(crate) async fn keep_file(
        &self,
        reply: &str,
        at: u32,
        file: Option<&File>,
    ) -> Result<Option<File>, DiskFailed> {
        let write = async {
            let store = self.file_store(IdbTransactionMode::Readwrite)?;
            let key = self.file_key(reply, at);
            let before = store.get(&key)?;
            match file {
                Some(file) => store.put_with_key(file, &key)?,
                None => store.delete(&key)?,
            };
            committed(&store.transaction()).await?;
            Js::Ok(before.result()?.dyn_into().ok())
        };
        write.await.map_err(failed)
    }

    fn file_store(&self, mode: IdbTransactionMode) -> Js<IdbObjectStore> {
        self.database.transaction_with_str_and_mode(FILES, mode)?.object_store(FILES)
    }

    fn file_key(&self, reply: &str, at: u32) -> JsValue {
        Array::of3(&self.name(), &reply.into(), &at.into()).into()
    }

    fn noted(&self, name: &str) -> JsValue {
        Array::of2(&self.name(), &name.into()).into()
    }

    fn name(&self) -> JsValue {
        JsValue::from_str(&self.team)
    }

    fn key(&self, at: u32) -> JsValue {
        Array::of2(&self.name(), &at.into()).into()
    }

    /// All keys of the team in a store.
    fn range(&self) -> Js<IdbKeyRange> {
        IdbKeyRange::bound(&self.key(0), &self.key(u32::MAX))
    }

    fn transaction(&self, mode: IdbTransactionMode) -> Js<IdbTransaction> {
        let stores = Array::of4(&TEAMS.into(), &JOURNAL.into(), &COPIES.into(), &NOTES.into());
        self.database.transaction_with_str_sequence_and_mode(&stores, mode)
    }
}

async fn open() -> Js<IdbDatabase> {
    let factory: IdbFactory = Reflect::get(&global(), &"indexedDB".into())?.dyn_into()?;
    let request: IdbOpenDbRequest = factory.open_with_u32(NAME, 3)?;
    let upgrade = {
        let request = request.clone();
        Closure::<dyn FnMut()>::new(move || {
            let database = request.result().ok().and_then(|it| it.dyn_into::<IdbDatabase>().ok());
            for store in [TEAMS, JOURNAL, COPIES, NOTES, FILES] {
                // Creating a store fails only when it exists, which is what we want.
                let _ = database.as_ref().map(|database| database.create_object_store(store));
            }
        })
    };
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    done(&request).await?.dyn_into()
}

/// The error's details are dropped, because no caller could act on them.
fn failed(_: JsValue) -> DiskFailed {
    DiskFailed
}

fn bytes(value: JsValue) -> Option<Vec<u8>> {
    value.dyn_into::<Uint8Array>().map(|it| it.to_vec()).ok()
}

/// Waits for a request.
async fn done(request: &IdbRequest) -> Js<JsValue> {
    let target = request.clone();
    settled(|resolve, reject| {
        target.set_onsuccess(Some(resolve));
        target.set_onerror(Some(reject));
    })
    .await?;
    request.result()
}

/// Commits a transaction whose requests are all made, and waits until it is on disk.
async fn committed(transaction: &IdbTransaction) -> Js<()> {
    // Without `commit`, the browser would wait for its requests to see whether more follow.
    #[expect(
        deprecated,
        reason = "by the bindings alone: it is in IndexedDB 3.0 and in every browser we run in"
    )]
    transaction.commit()?;
    settled(|resolve, reject| {
        transaction.set_oncomplete(Some(resolve));
        transaction.set_onerror(Some(reject));
        transaction.set_onabort(Some(reject));
    })
    .await
}

async fn settled(listen: impl FnOnce(&js_sys::Function, &js_sys::Function)) -> Js<()> {
    let listen = Rc::new(RefCell::new(Some(listen)));
    let promise = Promise::new(&mut |resolve, reject| {
        if let Some(listen) = listen.borrow_mut().take() {
            listen(&resolve, &reject);
        }
    });
    JsFuture::from(promise).await.map(drop)
}

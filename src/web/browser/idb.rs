//! The hub's disk: one IndexedDB with a record a team and a journal of ops since.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Promise, Reflect, Uint8Array, global};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStoreParameters, IdbOpenDbRequest, IdbRequest,
    IdbTransaction, IdbTransactionMode,
};

const NAME: &str = "baton";
/// Team id → everything.
const TEAMS: &str = "teams";
/// `[team id, counter]` → one op.
const JOURNAL: &str = "journal";

/// The disk did not take or give it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DiskFailed;

impl From<JsValue> for DiskFailed {
    fn from(_: JsValue) -> Self {
        DiskFailed
    }
}

/// The open database.
#[derive(Clone)]
pub(crate) struct Disk {
    database: IdbDatabase,
}

impl Disk {
    pub(crate) async fn open() -> Result<Disk, DiskFailed> {
        let factory: IdbFactory = Reflect::get(&global(), &"indexedDB".into())?.dyn_into()?;
        let request: IdbOpenDbRequest = factory.open_with_u32(NAME, 1)?;
        let upgrade = {
            let request = request.clone();
            Closure::<dyn FnMut()>::new(move || {
                let Some(database) = request.result().ok().and_then(|it| it.dyn_into::<IdbDatabase>().ok())
                else {
                    return;
                };
                // Creating a store fails only when it exists, which is what we want.
                let _ = database.create_object_store(TEAMS);
                let _ = database
                    .create_object_store_with_optional_parameters(JOURNAL, &IdbObjectStoreParameters::new());
            })
        };
        request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        let database: IdbDatabase = done(&request).await?.dyn_into()?;
        Ok(Disk { database })
    }

    /// A team's record and its journal, in order.
    pub(crate) async fn load(&self, team: &str) -> Result<(Option<Vec<u8>>, Vec<Vec<u8>>), DiskFailed> {
        let transaction = self.transaction(IdbTransactionMode::Readonly)?;
        let record = transaction.object_store(TEAMS)?.get(&team.into())?;
        let journal = transaction.object_store(JOURNAL)?.get_all_with_key(&range(team)?.into())?;
        let record = done(&record).await?;
        let journal: Array = done(&journal).await?.dyn_into()?;
        let bytes = |value: JsValue| value.dyn_into::<Uint8Array>().map(|it| it.to_vec()).ok();
        Ok((bytes(record), journal.iter().filter_map(bytes).collect()))
    }

    /// Appends one op, as number `at` of the journal.
    pub(crate) async fn append(&self, team: &str, at: u32, op: &[u8]) -> Result<(), DiskFailed> {
        let transaction = self.transaction(IdbTransactionMode::Readwrite)?;
        let key = Array::of2(&team.into(), &at.into());
        transaction.object_store(JOURNAL)?.put_with_key(&Uint8Array::from(op), &key)?;
        committed(&transaction).await
    }

    /// Replaces a team's record and empties its journal, in one transaction.
    pub(crate) async fn replace(&self, team: &str, record: &[u8]) -> Result<(), DiskFailed> {
        let transaction = self.transaction(IdbTransactionMode::Readwrite)?;
        transaction.object_store(TEAMS)?.put_with_key(&Uint8Array::from(record), &team.into())?;
        transaction.object_store(JOURNAL)?.delete(&range(team)?.into())?;
        committed(&transaction).await
    }

    fn transaction(&self, mode: IdbTransactionMode) -> Result<IdbTransaction, DiskFailed> {
        let stores = Array::of2(&TEAMS.into(), &JOURNAL.into());
        Ok(self.database.transaction_with_str_sequence_and_mode(&stores, mode)?)
    }
}

/// All journal keys of a team.
fn range(team: &str) -> Result<IdbKeyRange, DiskFailed> {
    let key = |at: f64| Array::of2(&team.into(), &at.into());
    Ok(IdbKeyRange::bound(&key(0.0), &key(f64::from(u32::MAX)))?)
}

/// Waits for a request.
async fn done(request: &IdbRequest) -> Result<JsValue, DiskFailed> {
    let target = request.clone();
    settled(|resolve, reject| {
        target.set_onsuccess(Some(resolve));
        target.set_onerror(Some(reject));
    })
    .await?;
    Ok(request.result()?)
}

/// Waits until a transaction is on disk.
async fn committed(transaction: &IdbTransaction) -> Result<(), DiskFailed> {
    settled(|resolve, reject| {
        transaction.set_oncomplete(Some(resolve));
        transaction.set_onerror(Some(reject));
        transaction.set_onabort(Some(reject));
    })
    .await
}

async fn settled(listen: impl FnOnce(&js_sys::Function, &js_sys::Function)) -> Result<(), DiskFailed> {
    let listen = Rc::new(RefCell::new(Some(listen)));
    let promise = Promise::new(&mut |resolve, reject| {
        if let Some(listen) = listen.borrow_mut().take() {
            listen(&resolve, &reject);
        }
    });
    JsFuture::from(promise).await?;
    Ok(())
}

//! A pool that reuses the practice WhatsApp and the browsers between tests, since starting them takes longer than most
//! tests.
//!
//! Each test thread has its own pool. A pooled browser is cleaned before a test gets it: pages are closed, stored items
//! are deleted, and the hub is stopped. A test that needs more isolation, or changes the browser itself, starts its own
//! browser.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::ops::Deref;

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use super::browser::{Browser, Kind};
use super::{practice_page, until};
use crate::whatsapp::Practice;

thread_local! {
    static POOL: RefCell<Option<Pool>> = const { RefCell::new(None) };
}

#[derive(Default)]
struct Pool {
    practice: Option<Practice>,
    idle: Vec<Lent>,
}

/// Opens this thread's pool. Tests on this thread reuse browsers from now on.
pub fn open() {
    POOL.set(Some(Pool::default()));
}

/// Whether this thread's pool is open.
pub(super) fn is_open() -> bool {
    POOL.with_borrow(Option::is_some)
}

/// Closes this thread's pool and stops its browsers and its practice WhatsApp.
pub fn close() {
    let pool = POOL.take().unwrap_or_default();
    pool.idle.iter().for_each(Lent::spoil);
}

/// A practice WhatsApp with this many chats, in its initial state.
///
/// # Errors
/// If it does not start.
pub fn practice(chats: usize) -> Result<Practice> {
    let shared = POOL.with_borrow(|pool| pool.as_ref().and_then(|pool| pool.practice.clone()));
    if let Some(practice) = shared {
        practice.reset(chats);
        return Ok(practice);
    }
    let practice = Practice::start(&practice_page(), chats)?;
    POOL.with_borrow_mut(|pool| {
        if let Some(pool) = pool {
            pool.practice = Some(practice.clone());
        }
    });
    Ok(practice)
}

/// A browser with Baton and two windows: one for WhatsApp, and one in the extension's origin. Dropping it returns it to
/// the pool.
pub struct Lent {
    /// `None` only during the drop.
    browser: Option<Browser>,
    /// The handle of WhatsApp's tab.
    pub(super) whatsapp: String,
    /// The handle of a window in the extension's origin. It shows a picture, so that none of Baton's code runs in it.
    pub(super) back: String,
    /// The proxy that the browser was started with, if another test may reuse the browser.
    shared: Option<SocketAddr>,
    spoilt: Cell<bool>,
    /// The snapshots of `storage` made by [`Lent::keep`], by name.
    kept: RefCell<BTreeMap<&'static str, Value>>,
}

impl Lent {
    pub(super) fn new(browser: Browser, whatsapp: String, back: String, shared: Option<SocketAddr>) -> Lent {
        Lent {
            browser: Some(browser),
            whatsapp,
            back,
            shared,
            spoilt: Cell::new(false),
            kept: RefCell::default(),
        }
    }

    /// Keeps this browser out of the pool, because the test makes a change that can't be undone.
    pub fn spoil(&self) {
        self.spoilt.set(true);
    }
}

impl Deref for Lent {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        match &self.browser {
            Some(browser) => browser,
            None => unreachable!("it is taken out only when it is dropped"),
        }
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if self.shared.is_none() || self.spoilt.get() || std::thread::panicking() || self.leave().is_err() {
            return;
        }
        let Some(browser) = self.browser.take() else { return };
        let (whatsapp, back) = (std::mem::take(&mut self.whatsapp), std::mem::take(&mut self.back));
        let parked = Lent::new(browser, whatsapp, back, self.shared);
        parked.kept.swap(&self.kept);
        // If the pool is closed, the browser stops here.
        if let Some(parked) = POOL.with_borrow_mut(|pool| keep(pool, parked)) {
            parked.spoil();
        }
    }
}

/// Puts a browser into the pool. Returns the browser if the pool is closed.
fn keep(pool: &mut Option<Pool>, browser: Lent) -> Option<Lent> {
    match pool {
        Some(pool) => {
            pool.idle.push(browser);
            None
        }
        None => Some(browser),
    }
}

impl Lent {
    /// Closes the windows that the test opened, so that no code runs until the next test.
    fn leave(&self) -> Result<()> {
        for window in self.session.windows()? {
            if window != self.whatsapp && window != self.back {
                self.session.switch(&window)?;
                self.session.close()?;
            }
        }
        self.session.switch(&self.whatsapp)?;
        self.session.go("about:blank")
    }

    /// Resets the browser to its state right after the extension was installed.
    fn clean(&self) -> Result<()> {
        self.session.switch(&self.back)?;
        self.clean_whatsapp()?;
        until("nothing is stored any more", || {
            self.in_extension("await Promise.all([api.alarms.clearAll(), api.storage.local.clear(), api.storage.sync.clear()]);")?;
            // A running hub would write its state again.
            self.kill_hub()?;
            let left = self.in_extension(
                "await forget('baton'); \
                 const names = (await indexedDB.databases()).map((it) => it.name).filter((it) => it !== 'kept'); \
                 return [await api.alarms.getAll(), await api.storage.local.get(null), await api.storage.sync.get(null), names];",
            )?;
            Ok((left == json!([[], {}, {}, []])).then_some(()))
        })?;
        self.session.switch(&self.whatsapp)
    }

    /// Deletes the data that WhatsApp's page stored.
    fn clean_whatsapp(&self) -> Result<()> {
        match self.kind {
            Kind::Chromium => {
                let params = json!({ "origin": "https://web.whatsapp.com", "storageTypes": "all" });
                let clear = json!({ "cmd": "Storage.clearDataForOrigin", "params": params });
                self.session.post("/goog/cdp/execute", clear).map(drop)
            }
            Kind::Firefox => {
                let script = "const [done] = arguments; const kinds = Ci.nsIClearDataService; \
                    Services.clearData.deleteDataFromHost('web.whatsapp.com', true, \
                    kinds.CLEAR_DOM_STORAGES | kinds.CLEAR_COOKIES, { onDataDeleted: () => done(null) });";
                self.run_in_firefox(script, &[]).map(drop)
            }
        }
    }

    /// Saves a snapshot of Baton's stored data under a name, for [`Lent::bring_back`]. Baton must be idle.
    pub(super) fn keep(&self, name: &'static str) -> Result<()> {
        let here = self.session.window()?;
        self.session.switch(&self.back)?;
        let stored = self.in_extension(&format!(
            "const from = await open('baton'); const stores = {{}}; \
             for (const store of from.objectStoreNames) {{ \
                 const all = from.transaction(store).objectStore(store); \
                 stores[store] = [await done(all.getAllKeys()), await done(all.getAll())]; }} \
             const {{ version }} = from; from.close(); \
             const kept = await open('kept', 1, (database) => database.createObjectStore('states')); \
             await done(kept.transaction('states', 'readwrite').objectStore('states').put({{ version, stores }}, '{name}')); \
             kept.close(); \
             return {{ local: await api.storage.local.get(null), sync: await api.storage.sync.get(null) }};"
        ))?;
        ensure!(stored["sync"].is_object(), "it was not kept: {stored}");
        self.kept.borrow_mut().insert(name, stored);
        self.session.switch(&here)
    }

    /// Restores the snapshot with this name. The browser must be clean. Returns whether there was such a snapshot.
    pub(super) fn bring_back(&self, name: &str) -> Result<bool> {
        let Some(stored) = self.kept.borrow().get(name).cloned() else { return Ok(false) };
        self.session.switch(&self.back)?;
        let done = self.in_extension(&format!(
            "const kept = await open('kept'); \
             const {{ version, stores }} = await done(kept.transaction('states').objectStore('states').get('{name}')); \
             kept.close(); \
             const to = await open('baton', version, (database) => \
                 Object.keys(stores).forEach((store) => database.createObjectStore(store))); \
             for (const [store, [keys, values]] of Object.entries(stores)) \
                 for (const [at, key] of keys.entries()) \
                     await done(to.transaction(store, 'readwrite').objectStore(store).put(values[at], key)); \
             to.close(); const {{ local, sync }} = {stored}; \
             await api.storage.local.set(local); await api.storage.sync.set(sync); return true;"
        ))?;
        ensure!(done == json!(true), "it was not brought back: {done}");
        self.session.switch(&self.whatsapp)?;
        Ok(true)
    }

    /// Runs the body of an async function in the extension's window. Commands must go to that window.
    fn in_extension(&self, body: &str) -> Result<Value> {
        let script = format!(
            "const end = arguments[arguments.length - 1]; const api = globalThis.browser ?? chrome; \
             {HELPERS} \
             (async () => {{ {body} }})().then((it) => end(it ?? null), (error) => end(String(error)));"
        );
        self.session.run_async(&script, &[])
    }
}

/// Promise wrappers for IndexedDB.
const HELPERS: &str = "\
    const done = (request) => new Promise((resolve, reject) => { \
        request.onsuccess = () => resolve(request.result); request.onerror = () => reject(request.error); \
        request.onblocked = () => resolve(); }); \
    const forget = (name) => done(indexedDB.deleteDatabase(name)); \
    const open = (name, version, create) => { const request = indexedDB.open(name, version); \
        request.onupgradeneeded = () => create(request.result); return done(request); };";

/// Takes a browser from the pool and cleans it; `None` if there is none or it can't be cleaned.
pub(super) fn take(kind: Kind, proxy: SocketAddr) -> Option<Lent> {
    let lent = POOL.with_borrow_mut(|pool| {
        let idle = &mut pool.as_mut()?.idle;
        let at = idle.iter().position(|it| it.kind == kind && it.shared == Some(proxy))?;
        Some(idle.swap_remove(at))
    })?;
    match lent.clean() {
        Ok(()) => Some(lent),
        Err(error) => {
            eprintln!("a browser is not used again: {error:#}");
            lent.spoil();
            None
        }
    }
}

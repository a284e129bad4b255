//! The sync account of several browsers of one kind.

use baton_core::hub::{Count, Quota};
use baton_core::replica::shard::Items;
use fastrand::Rng;

use crate::area::Area;
use crate::chrome::Chrome;
use crate::firefox::Firefox;

/// A sync server, with the conflict rules of its browser.
#[derive(Clone, Debug)]
pub(crate) enum Account {
    /// Google's account server.
    Chrome(Chrome),
    /// Mozilla's account server.
    Firefox(Firefox),
}

/// Firefox's sync interval, in milliseconds.
const RHYTHM: u64 = 10 * 60_000;

impl Account {
    /// A new account.
    pub(crate) fn new(firefox: bool) -> Account {
        if firefox { Account::Firefox(Firefox::default()) } else { Account::Chrome(Chrome::default()) }
    }

    /// Whether it is Mozilla's account server.
    pub(crate) fn is_firefox(&self) -> bool {
        matches!(self, Account::Firefox(_))
    }

    /// The items on the server.
    pub(crate) fn items(&self) -> Items {
        match self {
            Account::Chrome(server) => server.items(),
            Account::Firefox(server) => server.items(),
        }
    }

    /// Sets or deletes a key, in the name of a machine that is not simulated.
    pub(crate) fn put(&mut self, key: &str, text: Option<String>) {
        match self {
            Account::Chrome(server) => drop(server.put(key, text)),
            Account::Firefox(server) => server.put(key, text),
        }
    }

    /// Syncs an area with the server: partially, or completely with a `share` of 1.
    pub(crate) fn sync(&mut self, area: &mut Area, share: f64, rng: &mut Rng) {
        match self {
            Account::Chrome(server) => server.sync(area, share, rng),
            // A person presses "Sync now" from time to time.
            Account::Firefox(_)
                if share < 1.0 && area.now.saturating_sub(area.synced) < RHYTHM && rng.u8(..10) > 0 =>
            {
                return;
            }
            Account::Firefox(server) => server.sync(area),
        }
        area.synced = area.now;
    }

    /// The browser is signed out and in again.
    pub(crate) fn sign_in(&mut self, area: &mut Area) {
        match self {
            Account::Chrome(server) => server.sign_in(area),
            Account::Firefox(server) => server.sign_in(area),
        }
    }

    /// A machine uninstalls the extension, which wipes the account's copy.
    pub(crate) fn uninstall(&mut self, area: &Area) {
        match self {
            Account::Chrome(server) => server.uninstall(area),
            Account::Firefox(server) => server.uninstall(),
        }
    }

    /// Whether the account exceeds the browser's quota.
    pub(crate) fn is_over(&self) -> bool {
        let count = if self.is_firefox() { Count::Firefox } else { Count::Chromium };
        let items = self.items();
        let quota = Quota::STORAGE_SYNC;
        items.len() > quota.total_items || count.all(&items) > quota.total_bytes
    }
}

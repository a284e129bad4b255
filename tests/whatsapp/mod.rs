//! The practice WhatsApp: one account whose chats are in this process, served at WhatsApp's real address.
//!
//! WhatsApp's servers and, in `app/`, its page are models. The address, TLS, the policies, the browser, React and
//! Lexical are real.

mod account;
mod chats;
mod proxy;
mod saved;
mod server;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};

pub use account::{Account, Chat, Message, Quote};
pub use saved::SavedPages;
pub use server::ACCOUNT;

/// A running practice WhatsApp. It stops when the last clone is dropped.
#[derive(Clone)]
pub struct Practice {
    account: Arc<Account>,
    proxy: SocketAddr,
    refused: Arc<Mutex<BTreeSet<String>>>,
    _runtime: Arc<tokio::runtime::Runtime>,
}

impl Practice {
    /// Starts a practice WhatsApp with this many chats. `page` is the folder of the bundled page.
    pub fn start(page: &Path, chats: usize) -> Result<Practice> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let account = Arc::new(Account::new(chats::seeded(chats)));
        let refused = Arc::default();
        let server =
            server::start(&runtime, page, account.clone()).context("starting the practice server")?;
        let proxy = proxy::start(&runtime, server, Arc::clone(&refused)).context("starting the proxy")?;
        Ok(Practice { account, proxy, refused, _runtime: Arc::new(runtime) })
    }

    /// Restores the state after a start with this many chats.
    pub fn reset(&self, chats: usize) {
        self.account.reset(chats::seeded(chats));
        lock(&self.refused).clear();
    }

    /// The proxy that a browser must use for `https:`. It leads `web.whatsapp.com` here and refuses every other host.
    pub fn proxy(&self) -> SocketAddr {
        self.proxy
    }

    /// The account, with the messages of customers and the sent messages.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// The hosts that browsers requested and were refused.
    pub fn refused_hosts(&self) -> Vec<String> {
        lock(&self.refused).iter().cloned().collect()
    }
}

/// Locks a mutex even if it is poisoned: every change is one statement, so a panic leaves no partial change.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

//! The practice WhatsApp: one account whose chats live in this process, served at WhatsApp's real address.
//!
//! Modelled are WhatsApp's servers and, in `app/`, its page. The address, TLS, the policies it sends, the browser, React
//! and Lexical are real.

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

/// A running practice WhatsApp. Dropping the last of its clones ends it.
#[derive(Clone)]
pub struct Practice {
    account: Arc<Account>,
    proxy: SocketAddr,
    refused: Arc<Mutex<BTreeSet<String>>>,
    _runtime: Arc<tokio::runtime::Runtime>,
}

impl Practice {
    /// Starts one with that many chats. `page` is the folder that the page was bundled into.
    pub fn start(page: &Path, chats: usize) -> Result<Practice> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let account = Arc::new(Account::new(chats::seeded(chats)));
        let refused = Arc::default();
        let server =
            server::start(&runtime, page, account.clone()).context("starting the practice server")?;
        let proxy = proxy::start(&runtime, server, Arc::clone(&refused)).context("starting the proxy")?;
        Ok(Practice { account, proxy, refused, _runtime: Arc::new(runtime) })
    }

    /// Makes everything as it is after a start with that many chats.
    pub fn reset(&self, chats: usize) {
        self.account.reset(chats::seeded(chats));
        lock(&self.refused).clear();
    }

    /// The proxy that a browser must use for `https:`. It leads `web.whatsapp.com` here and refuses every other host.
    pub fn proxy(&self) -> SocketAddr {
        self.proxy
    }

    /// The account: what customers write and what was sent.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// The hosts that browsers asked for and did not get.
    pub fn refused_hosts(&self) -> Vec<String> {
        lock(&self.refused).iter().cloned().collect()
    }
}

/// A thread that panicked while it held the lock left nothing half done: every change here is one statement.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

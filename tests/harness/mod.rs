//! Real browsers with the unmodified package, driven as a person would: with the mouse and the keyboard.

mod account;
mod agent;
mod altered;
mod browser;
pub mod pool;
mod probe;
pub mod runner;
mod webdriver;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

pub use account::BrowserAccount;
pub use agent::{Agent, Place};
pub use altered::breakable;
pub use browser::{Browser, Kind, Launch};
pub use probe::Probe;
pub use webdriver::{Element, Session, Shadow};

/// How long a condition may take to come true before a test fails. Nothing ever waits this long when all is well.
const PATIENCE: Duration = Duration::from_secs(20);

/// The top of the repository.
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map(PathBuf::from).unwrap_or(here)
}

/// The unpacked extension.
pub fn package() -> PathBuf {
    root().join("target/dist")
}

/// The bundled page of the practice WhatsApp.
pub fn practice_page() -> PathBuf {
    root().join("target/whatsapp")
}

/// Asks until the answer is `Some`.
pub fn until<T>(what: &str, mut ask: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    let start = Instant::now();
    loop {
        if let Some(answer) = ask()? {
            return Ok(answer);
        }
        if start.elapsed() > PATIENCE {
            bail!("waited in vain for: {what}");
        }
        // The browser is another process: there is nothing to wait on, only to ask again.
        std::thread::sleep(Duration::from_millis(20));
    }
}

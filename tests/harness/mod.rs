//! Runs real browsers with the unmodified package. Tests drive them as a person would, with the mouse and the keyboard.

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

/// How long a condition may take before a test fails. A passing test never waits this long.
const PATIENCE: Duration = Duration::from_secs(20);

/// The root folder of the repository.
pub fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map(PathBuf::from).unwrap_or(here)
}

/// The folder of the unpacked extension.
pub fn package() -> PathBuf {
    root().join("target/dist")
}

/// The bundled page of the practice WhatsApp.
pub fn practice_page() -> PathBuf {
    root().join("target/whatsapp")
}

/// Polls until the answer is `Some`.
pub fn until<T>(what: &str, mut ask: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    let start = Instant::now();
    loop {
        if let Some(answer) = ask()? {
            return Ok(answer);
        }
        if start.elapsed() > PATIENCE {
            bail!("waited in vain for: {what}");
        }
        // The browser is another process without a notification to wait for, so its state is polled.
        std::thread::sleep(Duration::from_millis(20));
    }
}

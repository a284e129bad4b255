//! What time it is.

use baton_core::replica::Minutes;

/// Milliseconds since the epoch.
pub(crate) fn now() -> u64 {
    js_sys::Date::now() as u64
}

/// Minutes since the epoch.
pub(crate) fn minute() -> Minutes {
    Minutes::try_from(now() / 60_000).unwrap_or(Minutes::MAX)
}

//! The browser: extension APIs, IndexedDB, time, randomness and localisation. No other code touches them.

pub(crate) mod alarms;
pub(crate) mod clock;
pub(crate) mod codes;
pub(crate) mod i18n;
pub(crate) mod idb;
pub(crate) mod json;
pub(crate) mod pinyin;
pub(crate) mod port;
pub(crate) mod random;
pub(crate) mod runtime;
pub(crate) mod signature;
pub(crate) mod storage;
pub(crate) mod text;
pub(crate) mod worker;

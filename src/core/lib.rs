//! Baton's core: everything that needs no browser.
//!
//! No clock, no randomness and no input or output are here; they come in as arguments. So the core can't fail for
//! outside reasons, and all of it is tested natively.

pub mod app;
pub mod chat;
pub mod edits;
pub mod holder;
pub mod hub;
pub mod id;
pub mod member;
pub mod replica;
pub mod reply;
pub mod search;
pub mod shared;
pub mod tag;
pub mod team;
pub mod wire;
pub mod words;

//! The application: what happens on WhatsApp's page ([`Msg`]), what is known there ([`Page`]), what to do about it
//! ([`Effect`]) and what is on screen ([`view`]); and the same for the desk ([`desk`]). No widget talks to storage and no
//! adapter draws: all passes through [`Page::update`].
//!
//! Each feature has a folder with its state, its messages, what follows from them, and its view. It is given a
//! [`context::Context`], what is open ([`surface`]) and what WhatsApp shows ([`screen`]), and knows nothing of the router
//! that calls it.

pub mod attachments;
pub mod chats;
pub mod chip;
pub mod context;
pub mod desk;
mod effect;
pub mod filter;
pub mod holder;
pub mod keys;
pub mod locale;
pub mod notices;
mod page;
pub mod palette;
pub mod reading;
mod screen;
mod surface;
pub mod tags;
#[cfg(test)]
mod tests;
pub mod trouble;
pub mod unfilled;
mod values;
pub mod view;

pub use context::{Link, Toast};
pub use effect::{Effect, InsertProblem, Insertion, Spot};
pub use page::{Msg, Page};

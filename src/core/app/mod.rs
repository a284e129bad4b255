//! The application on the page: what happened ([`Msg`]), what is known ([`Model`]), what to do about it ([`Effect`])
//! and what is on screen ([`view`]). No widget talks to storage and no adapter draws: all passes through
//! [`Model::update`].

mod attach;
mod chats;
pub mod desk;
mod hand;
mod hear;
pub mod keys;
pub mod locale;
mod model;
pub mod palette;
pub mod reading;
#[cfg(test)]
mod tests;
pub mod trouble;
mod update;
pub mod view;

pub use model::{Filter, Link, Model, Toast};
pub use update::{Effect, InsertProblem, Msg, Spot};

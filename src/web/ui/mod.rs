//! The widgets. A surface is a struct that owns its nodes and listeners. It draws views and sends messages.

pub(crate) mod desk;
pub(crate) mod icons;
pub(crate) mod keys;
pub(crate) mod overlay;
pub(crate) mod sidebar;
pub(crate) mod widget;

mod chats;
mod filter;
mod holder;
mod notices;
mod palette;
mod shortlist;
mod start;
mod tags;
mod unfilled;

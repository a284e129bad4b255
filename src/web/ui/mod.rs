//! What is drawn. A surface is a struct that owns its nodes and listeners; it is shown views and sends messages.

pub(crate) mod desk;
pub(crate) mod icons;
pub(crate) mod keys;
pub(crate) mod overlay;
pub(crate) mod sidebar;
pub(crate) mod widget;

mod banner;
mod chat;
mod chips;
mod help;
mod narrowed;
mod palette;
mod tags;
mod unfilled;

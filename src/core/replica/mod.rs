//! The replica: every register a device knows, and how two of them become one.
//!
//! All shared state is a map of last-writer-wins registers. A register is a [`Key`], a [`Value`] and the [`Stamp`] of
//! the edit that wrote it; merging keeps the later stamp. That makes a merge commutative, associative and idempotent,
//! so it does not matter in which order, how often or by which way registers arrive.

mod bytes;
mod clock;
pub mod dense;
mod document;
mod register;
pub mod shard;

pub(crate) use bytes::{Bytes, put};
pub use clock::{Clock, Minutes, Stamp};
pub use document::{Document, Merged, Outcome};
pub use register::{Edit, Key, Later, Register, Shape, Value};

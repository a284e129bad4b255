//! The replica: all registers that a device knows, and how two replicas merge.
//!
//! All shared state is a map of last-writer-wins registers. A register has a [`Key`], a [`Value`] and the [`Stamp`] of
//! the edit that wrote it. Merging keeps the register with the later stamp, so it is commutative, associative and
//! idempotent: registers may arrive in any order, any number of times and by any transport.

mod bytes;
mod clock;
pub mod dense;
mod digest;
mod document;
mod register;
pub mod shard;

pub use bytes::Malformed;
pub(crate) use bytes::{Bytes, put};
pub use clock::{Clock, Minutes, Stamp};
pub use digest::{Digests, Parts};
pub use document::{Document, Merged, Outcome};
pub use register::{Edit, Register, Shape, UnknownKey, Value};

pub use crate::team::kinds::Key;

//! The dense encoding of a shard: chat tables that devices share, columns of decisions, an adaptive coder, and a
//! base-92 text.
//!
//! Chat ids would take half of a team's data. So each device publishes a table of the chats that it was the first to
//! mention, in that order, and the other devices refer to these chats by index. Indices are stable: a table only grows,
//! and a removed chat is replaced by a [`HOLE`]. A shard contains the length of the prefix of each foreign table that
//! it refers to, and a checksum. A reader whose table is shorter or different can't read the shard yet, and waits.

mod columns;
mod head;

pub use baton_coder::letters::{to_bytes, to_text};
pub use head::{HOLE, Head, TableRef};

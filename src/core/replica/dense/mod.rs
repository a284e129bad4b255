//! The dense encoding of a shard: chat tables that devices share, columns of decisions, an adaptive coder, and a base-92
//! text.
//!
//! Chat ids would be half of a team's data. So each device publishes a table of the chats that it was the first to
//! mention, in that order, and the other devices refer to these chats by index. Indices are stable: a table only grows,
//! and a chat that is left out leaves a [`HOLE`]. A shard says which prefix of each foreign table it refers to, with a
//! checksum. A reader that has a shorter or another table can't read the shard yet and waits.

mod columns;
mod head;

pub use baton_coder::letters::{to_bytes, to_text};
pub use head::{HOLE, Head, TableRef};

//! The dense encoding of a shard: a chat table that devices share, columns of decisions, an adaptive coder, and a text
//! of 92 characters.
//!
//! Half of what a team knows is *which* chat something is about, at eight bytes a chat. So each device keeps a table of
//! the chats that it was the first to speak of, in the order in which it did, and only ever adds to it; its colleagues
//! say "the 17th of hers". A shard says how much of each table it uses, with a check of that much: whoever has not heard
//! of so much yet, or of something else, can't read the shard and waits.

mod columns;
mod head;

pub use baton_coder::letters::{to_bytes, to_text};
pub use head::{HOLE, Head, Use};

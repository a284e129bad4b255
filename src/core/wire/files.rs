//! Files that are attached to replies in one browser. They never travel: browser sync has no room for them.

use serde::{Deserialize, Serialize};

/// How many bytes of a file one message brings.
pub const PART_BYTES: u32 = 256 * 1024;

/// A file that is attached to a reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileNote {
    /// A [`crate::id::ReplyId`].
    pub reply: String,
    /// Which of the reply's files: they are given in this order.
    pub at: u32,
    /// What it is called.
    pub name: String,
    /// Its MIME type, perhaps empty.
    pub kind: String,
    /// In bytes.
    pub size: u32,
}

//! Files that are attached to replies in one browser. They never travel: browser sync has no room for them.

use serde::{Deserialize, Serialize};

use super::codec::Blob;

/// How many bytes of a file one message brings.
pub const PART_BYTES: u32 = 256 * 1024;

/// A file that is attached to a reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileNote {
    /// A [`crate::id::ReplyId`].
    pub reply: String,
    /// Which of the reply's files: they are given in this order.
    pub at: u32,
    /// The file's name.
    pub name: String,
    /// Its MIME type, perhaps empty.
    pub kind: String,
    /// In bytes.
    pub size: u32,
}

/// Messages to the hub about files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToFiles {
    /// The desk attached or removed files. The hub sends the new list to all pages and desks.
    Changed,
    /// See [`ReadFilePart`].
    ReadPart(ReadFilePart),
}

/// Reads a part of a file. The answer is [`FilePart`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadFilePart {
    /// [`FileNote::reply`].
    pub reply: String,
    /// [`FileNote::at`].
    pub at: u32,
    /// The index of the part's first byte.
    pub offset: u32,
}

/// A part of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilePart {
    /// The part that was asked for.
    pub request: ReadFilePart,
    /// At most [`PART_BYTES`]; `None` if the file is gone.
    pub bytes: Option<Blob>,
}

//! The file that a team's tags and replies are exported to and imported from.
//!
//! It is JSON that people may read and write by hand, so what is missing reads as empty. The shell turns it into text
//! and back: browsers bring a JSON parser along.

use serde::{Deserialize, Serialize};

/// The version that this Baton writes, and the latest that it reads.
pub const FILE_VERSION: u32 = 1;

/// The file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TeamFile {
    /// The version.
    pub baton: u32,
    /// The tags, in the team's order.
    pub tags: Vec<FileTag>,
    /// The replies, in the team's order.
    pub replies: Vec<FileReply>,
    /// The people.
    pub members: Vec<FileMember>,
}

/// A tag.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FileTag {
    /// A [`crate::id::TagId`], or anything else in a file that was written by hand.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// [`crate::tag::Colour::name`].
    pub colour: String,
}

/// A reply.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FileReply {
    /// A [`crate::id::ReplyId`], or anything else in a file that was written by hand.
    pub id: String,
    /// What it is called in lists.
    pub title: String,
    /// What is typed after `;;`.
    pub shortcut: String,
    /// What is inserted, with its `{fields}`.
    pub body: String,
}

/// A person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FileMember {
    /// A [`crate::id::MemberId`].
    pub id: String,
    /// What colleagues call them.
    pub name: String,
    /// What is shown where there is no room for the name.
    pub initials: String,
    /// [`crate::tag::Colour::name`].
    pub colour: String,
}

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
    /// The fields that replies are filled with.
    pub fields: Vec<FileField>,
    /// The people.
    pub members: Vec<FileMember>,
}

/// A tag.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FileTag {
    /// A [`crate::id::TagId`], or anything else in a file that was written by hand.
    pub id: String,
    /// The tag's name.
    pub name: String,
    /// [`crate::team::tag::Colour::name`].
    pub colour: String,
}

/// A reply.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FileReply {
    /// A [`crate::id::ReplyId`], or anything else in a file that was written by hand.
    pub id: String,
    /// The title in lists.
    pub title: String,
    /// The shortcut, typed after `;;`.
    pub shortcut: String,
    /// The text, with its `{fields}`.
    pub body: String,
    /// The folder it is kept in. Left out: as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folder: Option<String>,
    /// The names of the tags in whose chats it is offered; none: in all. Left out: as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// Whether it is the exporter's own and becomes the importer's. Whose a reply is that is there does not change.
    pub mine: bool,
    /// Kept, and offered no more. Left out: as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived: Option<bool>,
}

/// A field of the team's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FileField {
    /// The name between the braces.
    pub name: String,
    /// The value; several lines are choices.
    pub value: String,
}

/// A person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FileMember {
    /// A [`crate::id::MemberId`].
    pub id: String,
    /// The name that colleagues see.
    pub name: String,
    /// The initials, for places without room for the name.
    pub initials: String,
    /// [`crate::team::tag::Colour::name`].
    pub colour: String,
}

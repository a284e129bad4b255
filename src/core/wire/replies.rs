//! Messages about facts of replies that stay in one browser: how often its person uses each, and their earlier versions.

use serde::{Deserialize, Serialize};

use crate::versions::Version;

/// Messages to the hub about replies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToReplies {
    /// A reply was inserted. The hub sends the new [`crate::uses::Uses`] to all pages and desks.
    Used {
        /// A [`crate::id::ReplyId`].
        reply: String,
        /// The [`crate::id::TagId`]s of the chat.
        tags: Vec<String>,
    },
    /// Pin a reply to the top in this browser, or unpin it. The hub sends the new uses to all pages and desks.
    Pin {
        /// A [`crate::id::ReplyId`].
        reply: String,
        /// Whether it is to be pinned.
        on: bool,
    },
    /// See [`ReadVersions`].
    ReadVersions(ReadVersions),
}

/// Reads the earlier versions of a reply. The answer is [`Versions`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadVersions {
    /// A [`crate::id::ReplyId`].
    pub reply: String,
}

/// The earlier versions of a reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions {
    /// A [`crate::id::ReplyId`].
    pub reply: String,
    /// The versions, oldest first.
    pub versions: Vec<Version>,
}

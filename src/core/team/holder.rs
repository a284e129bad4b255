//! Holders: who has a chat.

use crate::id::MemberId;
use crate::replica::Minutes;

/// Who has a chat, since when, and what they were told when it was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Who.
    pub member: MemberId,
    /// The minute in which they got it.
    pub since: Minutes,
    /// Why it was handed to them; empty when they claimed it.
    pub reason: String,
}

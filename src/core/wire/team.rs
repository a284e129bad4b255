//! Messages about a team's registers: the first message on a port, and ops.

use serde::{Deserialize, Serialize};

use super::codec::{Edits, Registers};
use crate::hub::{Problem, Refusal, Sync};
use crate::replica::{Digests, Parts};

/// The first message on a port. The answer is [`HelloAnswer`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// The WhatsApp account. `None` from the desk: the account last used in this profile.
    pub account: Option<String>,
    /// A random name of this tab's life, so that an op sent again after a broken port is applied once.
    pub session: String,
    /// The digests of the registers that this tab already has. A port is often opened anew, since the browser stops an idle hub, and mostly nothing
    /// has changed meanwhile.
    pub known: Digests,
}

/// The answer to [`Hello`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HelloAnswer {
    /// The team is loaded.
    Welcome(Welcome),
    /// The desk named no account, and no WhatsApp account was ever seen in this profile.
    NoTeam,
    /// The team can't be loaded from this browser's disk.
    NotLoaded(Problem),
}

/// The state of a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// The account whose team this is.
    pub account: String,
    /// The person this browser profile belongs to, as a [`crate::id::MemberId`].
    pub member: String,
    /// The last op of this session that is stored.
    pub done: u32,
    /// The parts in which the hub's registers differ from what the tab knows.
    pub parts: Parts,
    /// All registers in these parts. They replace those that the tab has there.
    pub registers: Registers,
    /// How sync is doing.
    pub sync: Sync,
}

/// Edits that belong together: all of them are stored, or none. The answer is [`OpDone`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Op {
    /// Counts up from 1 within a session.
    pub n: u32,
    /// The edits.
    pub edits: Edits,
}

/// The answer to [`Op`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpDone {
    /// [`Op::n`].
    pub n: u32,
    /// The op's registers, stamped, once they are on disk. A refused op has no effect.
    pub stored: Result<Registers, Refusal>,
}

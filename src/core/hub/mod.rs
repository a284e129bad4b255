//! The hub's decisions: the one writer of a browser profile, for one team. Storing and sending is left to its callers.
//!
//! An op is stamped and merged, and acknowledged once its [`Accepted`] is on disk. The shards of other devices are adopted
//! one by one. The registers that this device wins are published, no faster than the transport allows. [`writer`] orders
//! these steps so that nothing is lost.
//!
//! A *colleague* is another device of the team, and its last shard that we adopted. *Our* shard is this device's.

mod adopt;
mod archive;
mod conflicts;
mod contents;
mod pace;
mod publish;
mod quota;
mod recovery;
mod retirement;
mod room;
mod sync_centre;
mod tombstones;
mod transport;
pub mod writer;

use crate::id::{DeviceId, MemberId, ReplyId, TeamId};
use crate::map::Map;
use crate::replica::dense::Head;
use crate::replica::shard::Items;
use crate::replica::{Clock, Document, Edit, Key, Minutes, Register, Value};
use crate::team::Team;
use crate::team::chat::ChatKey;
use crate::team::tag::TAG_LIMIT;

pub use archive::{brought_back, taken_away};
pub use conflicts::Conflict;
pub use contents::{Contents, PublishedContents};
pub use pace::Pace;
pub use publish::{NextVersion, Plan};
pub use quota::{Count, Quota, bytes_of};
pub use sync_centre::{Centre, DeviceState, Reason};
pub use transport::{Listing, Observed, Problem, Sync, TransportState, Version};

/// Why an op was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There would be more tags than [`TAG_LIMIT`]. The person can delete one.
    TooManyTags,
    /// This browser's disk did not store it. The person can free space and try again.
    NotStored,
    /// It could not be decoded: sender and hub are of different versions. The person can reload the page.
    NotUnderstood,
}

/// How many sessions are remembered, each with its last op. A session that was forgotten may send an op again, which
/// matters only if somebody else changed the same register in between.
const SESSIONS: usize = 32;

/// The hub of one team.
#[derive(Clone, Debug)]
pub struct Hub {
    team: TeamId,
    saved: Saved,
    /// Whether anything in `saved` except the results of ops has changed since it was last written to disk.
    changed: bool,
}

/// Another device's shard. Its items are kept byte for byte, so that this device can publish them again when the
/// transport loses them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Colleague {
    /// The sequence number of the version.
    pub seq: u32,
    /// Its items.
    pub items: Items,
    /// Its decoded content, which is not on disk. `None` until [`Hub::open`] has decoded it.
    pub contents: Option<Contents>,
    /// Its head. Holes in the chat table are filled from the versions that we adopted before.
    pub head: Head,
    /// Whether some of its registers are too far ahead of our clock, and must be merged later.
    pub ahead: bool,
    /// When we adopted this version, in milliseconds since the epoch.
    pub adopted_at: u64,
}

/// The state of a hub that must survive a restart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// This profile's device.
    pub device: DeviceId,
    /// The person at this profile.
    pub member: MemberId,
    /// The latest moment that this device knows of.
    pub clock: Clock,
    /// The sequence number last used. A number never stands for two contents, since colleagues skip a number that they
    /// have adopted.
    pub seq: u32,
    /// This device's chat table: the chats that it was the first to mention.
    pub table: Vec<ChatKey>,
    /// The chats of the table that its last version left out, because no register mentions them. Sorted.
    pub left_out: Vec<ChatKey>,
    /// The moment of the latest edit made here.
    pub edited: Clock,
    /// The transport of browser sync.
    pub transport: TransportState,
    /// The shards of other devices.
    pub colleagues: Map<DeviceId, Colleague>,
    /// The devices that this one stands in for: retired devices, and earlier names of this one. This device publishes
    /// the registers that they wrote.
    pub carried: Vec<DeviceId>,
    /// The last op of each session, latest last.
    pub sessions: Vec<(String, u32)>,
    /// Concurrent edits of one register by two people, latest last.
    pub conflicts: Vec<Conflict>,
    /// All registers.
    pub document: Document,
}

impl Saved {
    /// The state of a profile that has never seen its team.
    pub fn new(device: DeviceId, member: MemberId) -> Saved {
        Saved {
            device,
            member,
            clock: Clock::default(),
            seq: 0,
            table: Vec::new(),
            left_out: Vec::new(),
            edited: Clock::default(),
            transport: TransportState::new(Quota::STORAGE_SYNC),
            colleagues: Map::new(),
            carried: Vec::new(),
            sessions: Vec::new(),
            conflicts: Vec::new(),
            document: Document::default(),
        }
    }
}

/// An accepted op. It must be on disk before it is acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The session that sent it.
    pub session: String,
    /// Its number.
    pub n: u32,
    /// Its edits, stamped.
    pub registers: Vec<(Key, Register)>,
}

impl Hub {
    /// A hub for a profile that has never seen this team.
    pub fn new(team: TeamId, device: DeviceId, member: MemberId) -> Hub {
        Hub::restore(team, Saved::new(device, member), Vec::new())
    }

    /// The hub from its record, with the ops accepted since.
    ///
    /// The shards in the record are not decoded yet, because a page that waits for the registers need not wait for that.
    /// See [`Hub::open`].
    pub fn restore(team: TeamId, saved: Saved, since: Vec<Accepted>) -> Hub {
        let mut hub = Hub { team, saved, changed: false };
        hub.saved.transport.observed = Observed::default();
        for Accepted { session, n, registers } in since {
            hub.note_op(&session, n);
            for (key, register) in registers {
                hub.saved.clock.see(register.stamp);
                hub.saved.edited = hub.saved.edited.max(register.stamp.moment());
                // The hub was killed before a new name of its own was on disk. It still publishes the registers that it
                // wrote under that name.
                if !hub.carries(register.stamp.device) {
                    hub.saved.carried.push(register.stamp.device);
                }
                hub.saved.document.restore(key, register);
            }
        }
        // The hub may have been killed after it retired a device, and before `carried` was on disk.
        for (key, register) in hub.saved.document.iter() {
            if let Key::DeviceRetired(device) = key
                && register.stamp.device == hub.saved.device
                && !hub.saved.carried.contains(device)
            {
                hub.saved.carried.push(*device);
            }
        }
        hub
    }

    /// Whether anything except the results of ops has changed since the last call, so that [`Hub::saved`] must be written
    /// to disk.
    pub fn take_changed(&mut self) -> bool {
        core::mem::take(&mut self.changed)
    }

    /// The state that must be on disk.
    pub fn saved(&self) -> &Saved {
        &self.saved
    }

    /// This profile's device.
    pub fn device(&self) -> DeviceId {
        self.saved.device
    }

    /// The person at this profile.
    pub fn member(&self) -> MemberId {
        self.saved.member
    }

    /// All registers.
    pub fn registers(&self) -> Vec<(Key, Register)> {
        self.saved.document.registers()
    }

    /// The number of a session's last op that was accepted. 0: none.
    pub fn done(&self, session: &str) -> u32 {
        self.saved.sessions.iter().find(|(known, _)| known == session).map_or(0, |(_, n)| *n)
    }

    /// Accepts an op: all of its edits get one stamp. An op that was accepted before is acknowledged again, with the
    /// registers as they are now.
    pub fn accept(&mut self, session: &str, n: u32, edits: Vec<Edit>, now: u64) -> Result<Accepted, Refusal> {
        if n <= self.done(session) {
            let stands = |(key, _): &Edit| Some((*key, self.saved.document.get(key)?.clone()));
            let registers = edits.iter().filter_map(stands).collect();
            return Ok(Accepted { session: session.to_owned(), n, registers });
        }
        if self.too_many_tags(&edits) {
            return Err(Refusal::TooManyTags);
        }
        // Of two edits of one key the map keeps the later one. With equal stamps it might not win.
        let registers = self.write(edits.into_iter().collect(), now);
        self.note_op(session, n);
        Ok(Accepted { session: session.to_owned(), n, registers })
    }

    /// Gives edits one stamp and merges them.
    fn write(&mut self, edits: Map<Key, Value>, now: u64) -> Vec<(Key, Register)> {
        let stamp = self.saved.clock.next(minute(now), self.saved.device);
        let stamped = |(key, value)| (key, Register { value, stamp });
        let registers: Vec<(Key, Register)> = edits.into_iter().map(stamped).collect();
        for (key, register) in &registers {
            self.saved.document.restore(*key, register.clone());
        }
        self.saved.edited = stamp.moment();
        registers
    }

    /// When a register was last written.
    pub fn written(&self, key: &Key) -> Option<Minutes> {
        self.saved.document.get(key).map(|register| register.stamp.tick)
    }

    /// The present text of a reply, with the time and the author of its last edit.
    pub fn version_of(&self, reply: ReplyId) -> Option<crate::versions::Version> {
        let register = |key| self.saved.document.get(&key);
        let parts = [Key::ReplyTitle(reply), Key::ReplyShortcut(reply), Key::ReplyBody(reply)].map(register);
        let text = |part: Option<&Register>| match part.map(|it| &it.value) {
            Some(Value::Text(text)) => text.clone(),
            _ => String::new(),
        };
        let last =
            parts.iter().flatten().map(|register| register.stamp).max_by_key(|stamp| stamp.moment())?;
        let who = match register(Key::DeviceMember(last.device)).map(|it| &it.value) {
            Some(Value::Id(id)) => Some(MemberId(*id)),
            _ => None,
        };
        let [title, shortcut, body] = parts.map(text);
        Some(crate::versions::Version { at: last.tick, who, title, shortcut, body })
    }

    /// The edit that names the person at this browser, unless the team knows it already.
    pub fn introduction(&self) -> Option<Edit> {
        let (key, me) = (Key::DeviceMember(self.saved.device), Value::Id(self.saved.member.0));
        self.saved.document.get(&key).is_none_or(|register| register.value != me).then_some((key, me))
    }

    /// Whether edits exceed [`TAG_LIMIT`]. Pages check that as well, but two pages may each create a tag at once.
    fn too_many_tags(&self, edits: &[Edit]) -> bool {
        let grows = |(key, value): &Edit| match (key, value) {
            (Key::TagName(id), _) => self.saved.document.get(&Key::TagName(*id)).is_none(),
            (Key::TagGone(_), value) => *value != Value::Flag(true),
            _ => false,
        };
        if !edits.iter().any(grows) {
            return false;
        }
        let mut team = Team::of(&self.saved.document);
        let before = team.tags().len();
        for (key, value) in edits {
            team.set(key, value, 0);
        }
        team.tags().len() > TAG_LIMIT.max(before)
    }

    fn note_op(&mut self, session: &str, n: u32) {
        let n = n.max(self.done(session));
        self.saved.sessions.retain(|(known, _)| known != session);
        self.saved.sessions.push((session.to_owned(), n));
        if self.saved.sessions.len() > SESSIONS {
            self.saved.sessions.remove(0);
        }
    }
}

/// The minute of a moment in milliseconds, both since the epoch.
fn minute(now: u64) -> Minutes {
    Minutes::try_from(now / 60_000).unwrap_or(Minutes::MAX)
}

#[cfg(test)]
mod tests;

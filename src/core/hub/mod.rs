//! The hub's decisions: the one writer of a browser profile, for one team. What it stores and sends, others do.
//!
//! An op is stamped and merged, and acknowledged once its [`Accepted`] is on disk. What others publish is adopted shard
//! by shard. What this device wins is published, no faster than the browser lets a device write. [`writer`] puts these
//! in the order in which nothing is lost.

mod adopt;
mod archive;
mod pace;
mod publish;
mod retirement;
mod sync_centre;
pub mod writer;

use crate::id::{DeviceId, MemberId, ReplyId, TeamId};
use crate::map::Map;
use crate::replica::dense::Head;
use crate::replica::shard::{Items, Unreadable};
use crate::replica::{Clock, Document, Edit, Key, Minutes, Register, Value};
use crate::team::Team;
use crate::team::chat::ChatKey;
use crate::team::tag::TAG_LIMIT;

pub use adopt::Conflict;
pub use archive::{brought_back, taken_away};
pub use pace::Pace;
pub use publish::Plan;
pub use sync_centre::{Centre, DeviceState, Reason};

/// Why an op was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There would be more tags than [`TAG_LIMIT`]. The person can delete one.
    TooManyTags,
    /// This browser's disk did not take it. The person can free space and try again.
    NotStored,
    /// It could not be read: sender and hub are of different versions. The person can reload the page.
    NotUnderstood,
}

/// How the transport is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sync {
    /// Whether edits of this device wait to be published.
    pub waiting: bool,
    /// When the transport last took or brought something, in milliseconds since the epoch. 0: never.
    pub at: u64,
    /// Bytes used of the transport.
    pub used: u32,
    /// Bytes the transport holds at most.
    pub limit: u32,
    /// Foreign items that could not be read and were left alone.
    pub unreadable: u32,
    /// What is wrong, if anything.
    pub problem: Option<Problem>,
}

/// What keeps the transport from working. Edits stay on disk meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Publishing would exceed the quota.
    Full,
    /// The browser refused a write or a read; it is tried again.
    Refused,
    /// This browser's own disk can't be read, so there is nothing to show and nothing can be saved.
    Disk,
    /// A later version of Baton published from this browser. This one leaves that alone, and publishes nothing.
    Newer,
    /// A later version of Baton wrote this browser's disk: there is nothing to show and nothing can be saved, but all that
    /// was there is.
    DiskNewer,
}

/// How many tabs' last ops are remembered. A tab that was forgotten sends an op again at worst, which is harmless
/// unless somebody else changed the same thing in between.
const SESSIONS: usize = 32;

/// What the transport holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The items that are text.
    pub items: Items,
    /// What everything else in it costs, in bytes.
    pub rest: usize,
}

/// The hub of one team.
#[derive(Clone, Debug)]
pub struct Hub {
    team: TeamId,
    saved: Saved,
    /// What [`Hub::left_out`] found of colleagues, and in which version.
    left_out: Map<DeviceId, (u32, Vec<ChatKey>)>,
    /// Those of [`Saved::carried`] whose shards the transport still held when it was last read.
    leftover: Vec<DeviceId>,
    unreadable: Vec<(DeviceId, Unreadable)>,
    used: usize,
    problem: Option<Problem>,
    synced_at: u64,
    /// Whether [`Saved::behind`] was waited for in vain: see [`Hub::renew`].
    astray: bool,
    /// Whether what the transport holds of ours was written by a later version. It is read each time before anything is
    /// published, so it need not be on disk.
    newer: bool,
    /// Whether something beside ops has changed that must be on disk.
    changed: bool,
}

/// Another device's shard, kept byte for byte: what its account loses, this device still has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Colleague {
    /// Its version.
    pub seq: u32,
    /// Its items.
    pub items: Items,
    /// What stands before its registers. Its table has no holes where we know what was there.
    pub head: Head,
    /// Whether some of its registers wait for our clock to reach them.
    pub ahead: bool,
    /// When we took this version in, in milliseconds since the epoch.
    pub heard: u64,
    /// Since when the transport has lost it, in milliseconds since the epoch. 0: it is there.
    pub lost: u64,
}

/// One version of our shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its number.
    pub seq: u32,
    /// What its items cost, in bytes.
    pub size: usize,
    /// The latest edit of ours in it.
    pub clock: Clock,
}

/// What must be on disk for a hub to go on where it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// This profile's device.
    pub device: DeviceId,
    /// The person at this profile.
    pub member: MemberId,
    /// The latest moment that this device knows of.
    pub clock: Clock,
    /// The version last planned. One number never stands for two contents: colleagues skip what they have seen.
    pub seq: u32,
    /// The chats that this device was the first to speak of.
    pub chats: Vec<ChatKey>,
    /// Those of them that it left out last, since nobody spoke of them.
    pub holes: Vec<ChatKey>,
    /// What this device put into the transport last.
    pub published: Items,
    /// The latest edit of ours in what was published.
    pub published_clock: Clock,
    /// When this device last published, in milliseconds since the epoch.
    pub published_at: u64,
    /// The latest edit made here.
    pub edited: Clock,
    /// Whether what was published has to be written anew although nothing was edited.
    pub rewrite: bool,
    /// What was published lately and colleagues may not have taken in yet.
    pub versions: Vec<Version>,
    /// The shards of other devices.
    pub colleagues: Map<DeviceId, Colleague>,
    /// Retired devices, and former names of this one, whose facts this device publishes in their place.
    pub carried: Vec<DeviceId>,
    /// The last op of each tab, latest last.
    pub sessions: Vec<(String, u32)>,
    /// What two people wrote without knowing of each other, latest last.
    pub conflicts: Vec<Conflict>,
    /// Since when the transport holds a later version of ours that can't be read yet, in milliseconds since the epoch;
    /// 0: it does not. Nothing is written over it meanwhile.
    pub behind: u64,
    /// How many writes to the transport are left.
    pub pace: Pace,
    /// All registers.
    pub document: Document,
}

impl Saved {
    /// A profile that has never seen its team.
    pub fn new(device: DeviceId, member: MemberId) -> Saved {
        Saved {
            device,
            member,
            clock: Clock::default(),
            seq: 0,
            chats: Vec::new(),
            holes: Vec::new(),
            published: Items::new(),
            published_clock: Clock::default(),
            published_at: 0,
            edited: Clock::default(),
            rewrite: false,
            versions: Vec::new(),
            colleagues: Map::new(),
            carried: Vec::new(),
            sessions: Vec::new(),
            conflicts: Vec::new(),
            behind: 0,
            pace: Pace::new(),
            document: Document::default(),
        }
    }
}

/// An op that was accepted: on disk it must be before anybody hears of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The tab that sent it.
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

    /// The hub as it was saved, with the ops accepted since then.
    pub fn restore(team: TeamId, saved: Saved, since: Vec<Accepted>) -> Hub {
        let mut hub = Hub {
            team,
            saved,
            left_out: Map::new(),
            leftover: Vec::new(),
            unreadable: Vec::new(),
            used: 0,
            problem: None,
            synced_at: 0,
            astray: false,
            newer: false,
            changed: false,
        };
        for Accepted { session, n, registers } in since {
            hub.note(&session, n);
            for (key, register) in registers {
                hub.saved.clock.see(register.stamp);
                hub.saved.edited = hub.saved.edited.max(register.stamp.moment());
                // Killed before a new name of its own was on disk, it still says what it said under that.
                if !hub.carries(register.stamp.device) {
                    hub.saved.carried.push(register.stamp.device);
                }
                hub.saved.document.restore(key, register);
            }
        }
        // Killed between retiring a device and remembering that it stands in for it, the hub still does.
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

    /// Whether something beside ops has changed since this was last asked, and must be on disk.
    pub fn take_changed(&mut self) -> bool {
        core::mem::take(&mut self.changed)
    }

    /// Everything that must be on disk.
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

    /// The last op of a session that was accepted.
    pub fn done(&self, session: &str) -> u32 {
        self.saved.sessions.iter().find(|(known, _)| known == session).map_or(0, |(_, n)| *n)
    }

    /// Accepts an op: all of its edits get one stamp. One that was accepted before is acknowledged again, with what
    /// stands now.
    pub fn accept(&mut self, session: &str, n: u32, edits: Vec<Edit>, now: u64) -> Result<Accepted, Refusal> {
        if n <= self.done(session) {
            let stands = |(key, _): &Edit| Some((*key, self.saved.document.get(key)?.clone()));
            let registers = edits.iter().filter_map(stands).collect();
            return Ok(Accepted { session: session.to_owned(), n, registers });
        }
        if self.too_many_tags(&edits) {
            return Err(Refusal::TooManyTags);
        }
        // Of two edits of one key the later one is meant, and it could not win against a stamp of its own.
        let registers = self.write(edits.into_iter().collect(), now);
        self.note(session, n);
        Ok(Accepted { session: session.to_owned(), n, registers })
    }

    /// Gives edits one stamp, and has them stand.
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

    /// When a fact was last written.
    pub fn written(&self, key: &Key) -> Option<Minutes> {
        self.saved.document.get(key).map(|register| register.stamp.tick)
    }

    /// What a reply says now, and since when.
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

    /// What tells colleagues who is at this browser, if they were not told yet: people read names, not browsers.
    pub fn introduction(&self) -> Option<Edit> {
        let (key, me) = (Key::DeviceMember(self.saved.device), Value::Id(self.saved.member.0));
        self.saved.document.get(&key).is_none_or(|register| register.value != me).then_some((key, me))
    }

    /// Pages refuse the twenty-first tag themselves; this is for the moment in which two of them create one each.
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

    fn note(&mut self, session: &str, n: u32) {
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

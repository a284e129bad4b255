//! The hub's decisions: the one writer of a browser profile, for one team. What it stores and sends, others do.
//!
//! An op is stamped and merged, and acknowledged once its [`Stored`] is on disk. What others publish is adopted shard by
//! shard. What this device wins is published, no faster than the browser lets a device write.

use crate::id::{DeviceId, MemberId, TeamId};
use crate::map::Map;
use crate::replica::shard::{self, Items, Manifest, Shard, Unreadable};
use crate::replica::{Clock, Document, Edit, Key, Merged, Minutes, Register, Value};
use crate::tag::TAG_LIMIT;
use crate::team::Team;
use crate::wire::{Problem, Refusal, Sync};

/// How many tabs' last ops are remembered. A tab that was forgotten sends an op again at worst, which is harmless
/// unless somebody else changed the same thing in between.
const SESSIONS: usize = 32;

/// The hub of one team.
#[derive(Clone, Debug)]
pub struct Hub {
    team: TeamId,
    device: DeviceId,
    member: MemberId,
    clock: Clock,
    document: Document,
    /// The version last planned. One number never stands for two contents: colleagues skip what they have seen.
    seq: u32,
    /// What this device put into the transport last.
    published: Items,
    /// Whether this device wins registers that it has not published.
    waiting: bool,
    foreign: Map<DeviceId, Foreign>,
    sessions: Vec<(String, u32)>,
    unreadable: u32,
    used: usize,
    problem: Option<Problem>,
    synced_at: u64,
    pace: Pace,
}

/// A colleague's shard, kept byte for byte: what its account loses, this device still has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreign {
    /// Its version.
    pub seq: u32,
    /// Its items.
    pub items: Items,
    /// Whether some of its registers wait for our clock to reach them.
    pub ahead: bool,
}

/// What must be on disk for a hub to go on where it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// This profile's device.
    pub device: DeviceId,
    /// The person at this profile.
    pub member: MemberId,
    /// The version last planned.
    pub seq: u32,
    /// What was published last.
    pub published: Items,
    /// Whether something waited to be published: finding that out anew takes longer than all the rest of waking.
    pub waiting: bool,
    /// Colleagues' shards.
    pub foreign: Map<DeviceId, Foreign>,
    /// Last op of each session.
    pub sessions: Vec<(String, u32)>,
    /// Everything known.
    pub registers: Vec<(Key, Register)>,
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

/// What is to be written to the transport.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Items to set.
    pub set: Items,
    /// Items to remove afterwards.
    pub remove: Vec<String>,
}

/// When the next write may be made, in a bucket of our own below the browser's: Chrome's sync gives a data type 100
/// commits at once and one more every 100 s, for all extensions together.
#[derive(Clone, Copy, Debug)]
struct Pace {
    tokens: f64,
    at: u64,
}

impl Pace {
    const FULL: f64 = 60.0;
    const REFILL: u64 = 100_000;

    fn fill(&mut self, now: u64) {
        let gained = now.saturating_sub(self.at) as f64 / Self::REFILL as f64;
        *self = Pace { tokens: (self.tokens + gained).min(Self::FULL), at: now };
    }

    /// How long to wait before the next write, in milliseconds: long enough to gather what is typed in one go, and
    /// longer the fewer tokens are left.
    fn delay(self) -> u64 {
        match self.tokens {
            20.0.. => 1_500,
            5.0.. => 15_000,
            1.0.. => 60_000,
            _ => Self::REFILL,
        }
    }
}

impl Hub {
    /// A hub for a profile that has never seen this team.
    pub fn new(team: TeamId, device: DeviceId, member: MemberId) -> Hub {
        Hub {
            team,
            device,
            member,
            clock: Clock::default(),
            document: Document::default(),
            seq: 0,
            published: Items::new(),
            waiting: false,
            foreign: Map::new(),
            sessions: Vec::new(),
            unreadable: 0,
            used: 0,
            problem: None,
            synced_at: 0,
            pace: Pace { tokens: Pace::FULL, at: 0 },
        }
    }

    /// The hub as it was saved, with the ops accepted since then.
    pub fn restore(team: TeamId, saved: Saved, since: Vec<Accepted>) -> Hub {
        let mut hub = Hub::new(team, saved.device, saved.member);
        hub.seq = saved.seq;
        hub.published = saved.published;
        hub.waiting = saved.waiting || !since.is_empty();
        hub.foreign = saved.foreign;
        hub.sessions = saved.sessions;
        for (key, register) in saved.registers {
            hub.clock.see(register.stamp);
            hub.document.restore(key, register);
        }
        for Accepted { session, n, registers } in since {
            hub.note(&session, n);
            for (key, register) in registers {
                hub.clock.see(register.stamp);
                hub.document.restore(key, register);
            }
        }
        hub
    }

    /// Everything that must be on disk.
    pub fn save(&self) -> Saved {
        Saved {
            device: self.device,
            member: self.member,
            seq: self.seq,
            published: self.published.clone(),
            waiting: self.waiting,
            foreign: self.foreign.clone(),
            sessions: self.sessions.clone(),
            registers: self.registers(),
        }
    }

    /// The person at this profile.
    pub fn member(&self) -> MemberId {
        self.member
    }

    /// All registers.
    pub fn registers(&self) -> Vec<(Key, Register)> {
        self.document.iter().map(|(key, register)| (*key, register.clone())).collect()
    }

    /// The last op of a session that was accepted.
    pub fn done(&self, session: &str) -> u32 {
        self.sessions.iter().find(|(known, _)| known == session).map_or(0, |(_, n)| *n)
    }

    /// Accepts an op. One that was accepted before is acknowledged again, with what stands now.
    pub fn accept(
        &mut self,
        session: &str,
        n: u32,
        edits: Vec<Edit>,
        now: Minutes,
    ) -> Result<Accepted, Refusal> {
        if n <= self.done(session) {
            let stands = |(key, _): &Edit| Some((*key, self.document.get(key)?.clone()));
            let registers = edits.iter().filter_map(stands).collect();
            return Ok(Accepted { session: session.to_owned(), n, registers });
        }
        if self.too_many_tags(&edits) {
            return Err(Refusal::TooManyTags);
        }
        let registers: Vec<(Key, Register)> = edits
            .into_iter()
            .map(|(key, value)| (key, Register { value, stamp: self.clock.next(now, self.device) }))
            .collect();
        for (key, register) in &registers {
            self.document.restore(*key, register.clone());
        }
        self.note(session, n);
        self.waiting = true;
        Ok(Accepted { session: session.to_owned(), n, registers })
    }

    /// Takes in everything that the transport holds, and returns the registers that changed.
    ///
    /// Items that are gone are not forgotten: colleagues' are kept, ours are published again.
    pub fn adopt(&mut self, items: &Items, now: Minutes) -> Vec<(Key, Register)> {
        let mut changed = Vec::new();
        let mut unreadable = 0;
        let mut devices: Vec<DeviceId> =
            items.keys().filter_map(|name| shard::device_of(self.team, name)).collect();
        devices.dedup();
        let me = self.device;
        for device in devices.into_iter().filter(|device| *device != me) {
            let known = self.foreign.get(&device);
            let manifest =
                items.get(&format!("{}0", shard::prefix(self.team, device))).map(|it| Manifest::read(it));
            if let (Some(Ok(manifest)), Some(known)) = (&manifest, known)
                && manifest.seq <= known.seq
                && !known.ahead
            {
                continue;
            }
            match Shard::read(self.team, device, items) {
                Ok(shard) => changed.extend(self.merge(shard, items, now)),
                Err(Unreadable::Incomplete) => {}
                Err(Unreadable::Corrupt | Unreadable::Newer) => unreadable += 1,
            }
        }
        self.unreadable = unreadable;
        self.used = shard::bytes_of(items);
        let prefix = shard::prefix(self.team, self.device);
        let mine: Items =
            items.iter().filter(|(name, _)| name.starts_with(&prefix)).map(clone_pair).collect();
        if mine != self.published {
            // Wiped, rolled back or half written: what this device wins has to be there in full.
            self.seq = self.seq.max(
                mine.get(&format!("{prefix}0")).and_then(|it| Manifest::read(it).ok()).map_or(0, |it| it.seq),
            );
            self.published = mine;
            self.waiting = self.shard(self.seq).items(self.team) != self.published;
        }
        if self.problem == Some(Problem::Full) && self.fits(&self.shard(self.seq).items(self.team), items) {
            // Somebody made room: there is nothing to wait for.
            self.problem = None;
        }
        changed
    }

    /// What to write so that the transport holds what this device wins; `None` when it does.
    /// `others` is what the transport holds of everybody else.
    ///
    /// The hub must be on disk before the plan is carried out, since it has used up a version: whether a write that was
    /// not acknowledged arrived, nobody knows.
    pub fn plan(&mut self, others: &Items) -> Option<Plan> {
        if !self.waiting {
            return None;
        }
        let seq = self.seq.saturating_add(1);
        let items = self.shard(seq).items(self.team);
        if !self.fits(&items, others) {
            self.problem = Some(Problem::Full);
            return None;
        }
        self.seq = seq;
        let set = items
            .iter()
            .filter(|(name, text)| self.published.get(*name) != Some(text))
            .map(clone_pair)
            .collect();
        let remove = self.published.keys().filter(|name| !items.contains_key(*name)).cloned().collect();
        Some(Plan { set, remove })
    }

    /// Whether our items have room beside everybody else's.
    fn fits(&self, mine: &Items, others: &Items) -> bool {
        let prefix = shard::prefix(self.team, self.device);
        let foreign = others.iter().filter(|(name, _)| !name.starts_with(&prefix));
        shard::bytes_of(foreign.chain(mine)) <= shard::TOTAL_BYTES
    }

    /// The plan was carried out at `now` (milliseconds since the epoch).
    pub fn published(&mut self, plan: Plan, now: u64) {
        for name in plan.remove {
            self.published.remove(&name);
        }
        self.published.extend(plan.set);
        self.waiting = self.shard(self.seq).items(self.team) != self.published;
        self.problem = None;
        self.pace.fill(now);
        self.pace.tokens -= 1.0;
        self.synced_at = now;
    }

    /// The transport refused to write or to be read.
    pub fn refused(&mut self) {
        self.problem = Some(Problem::Refused);
    }

    /// The transport was read at `now` (milliseconds since the epoch).
    pub fn heard(&mut self, now: u64) {
        self.problem.take_if(|problem| *problem == Problem::Refused && !self.waiting);
        self.synced_at = now;
    }

    /// How long to wait before publishing, in milliseconds; `None` when nothing waits.
    pub fn delay(&mut self, now: u64) -> Option<u64> {
        self.pace.fill(now);
        match self.problem {
            _ if !self.waiting => None,
            Some(_) => Some(self.pace.delay().max(60_000)),
            None => Some(self.pace.delay()),
        }
    }

    /// How sync is doing.
    pub fn sync(&self) -> Sync {
        Sync {
            waiting: self.waiting,
            at: self.synced_at,
            used: u32::try_from(self.used).unwrap_or(u32::MAX),
            limit: shard::TOTAL_BYTES as u32,
            unreadable: self.unreadable,
            problem: self.problem,
        }
    }

    fn merge(&mut self, shard: Shard, items: &Items, now: Minutes) -> Vec<(Key, Register)> {
        let mut ahead = false;
        let mut changed = Vec::new();
        for (key, register) in shard.registers {
            match self.document.merge(key, register.clone(), now) {
                Merged::Won => {
                    self.clock.see(register.stamp);
                    changed.push((key, register));
                }
                Merged::Lost => {}
                Merged::Ahead => ahead = true,
            }
        }
        let prefix = shard::prefix(self.team, shard.device);
        let items = items.iter().filter(|(name, _)| name.starts_with(&prefix)).map(clone_pair).collect();
        self.foreign.insert(shard.device, Foreign { seq: shard.seq, items, ahead });
        // A register of ours that lost is not ours to publish any more.
        self.waiting |= self.shard(self.seq).items(self.team) != self.published;
        changed
    }

    /// The registers that this device wins.
    fn shard(&self, seq: u32) -> Shard {
        let mine = self.document.iter().filter(|(_, register)| register.stamp.device == self.device);
        Shard {
            device: self.device,
            seq,
            registers: mine.map(|(key, register)| (*key, register.clone())).collect(),
        }
    }

    /// Pages refuse the twenty-first tag themselves; this is for the moment in which two of them create one each.
    fn too_many_tags(&self, edits: &[Edit]) -> bool {
        let grows = |(key, value): &Edit| match (key, value) {
            (Key::TagName(id), _) => self.document.get(&Key::TagName(*id)).is_none(),
            (Key::TagGone(_), value) => *value != Value::Flag(true),
            _ => false,
        };
        if !edits.iter().any(grows) {
            return false;
        }
        let mut team = Team::of(&self.document);
        let before = team.tags().len();
        for (key, value) in edits {
            team.set(key, value, 0);
        }
        team.tags().len() > TAG_LIMIT.max(before)
    }

    fn note(&mut self, session: &str, n: u32) {
        self.sessions.retain(|(known, _)| known != session);
        self.sessions.push((session.to_owned(), n));
        if self.sessions.len() > SESSIONS {
            self.sessions.remove(0);
        }
    }
}

fn clone_pair((name, text): (&String, &String)) -> (String, String) {
    (name.clone(), text.clone())
}

#[cfg(test)]
#[path = "hub_tests.rs"]
mod tests;

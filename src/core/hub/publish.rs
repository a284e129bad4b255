//! Publishing the registers that this device wins, and shards of others that the transport has lost.

use super::tombstones::MIN_AGE;
use super::transport::HEARTBEAT;
use super::{Hub, Listing, Problem, PublishedContents, Sync, TransportState, Version, bytes_of, minute};
use crate::id::DeviceId;
use crate::replica::dense::{HOLE, Head};
use crate::replica::shard::{self, Items};
use crate::replica::{Key, Register};
use crate::team::chat::ChatKey;

/// After how long a device publishes a shard of another that the transport has lost, in milliseconds. The shard's own
/// device usually is faster. Each device waits longer than the one before it in the list, so that one of them does it.
const GRACE: u64 = 10 * 60 * 1_000;

/// The changes to make to a transport.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Items to set.
    pub set: Items,
    /// Items to remove afterwards.
    pub remove: Vec<String>,
    /// The version of our own shard in it, if any.
    version: Option<(Version, PublishedContents)>,
}

/// Our shard, encoded as a new version.
#[derive(Clone, Debug)]
pub struct NextVersion {
    /// Its number and its size.
    pub version: Version,
    /// Its items.
    pub items: Items,
    /// Its properties that the hub needs once it is published.
    pub contents: PublishedContents,
}

impl Hub {
    /// Plans the changes that make the transport hold our shard as it is now, and the shards of others that it has lost.
    /// `None` if there are none to make, or if they do not fit.
    ///
    /// The hub must be on disk before the plan is carried out, since the plan may use up a sequence number: if a write is
    /// not answered, nobody knows whether it arrived.
    pub fn plan(&mut self, listing: &Listing, now: u64) -> Option<Plan> {
        let mut plan = Plan::default();
        if (self.is_waiting() || self.is_heartbeat_due(now)) && self.may_publish() {
            self.plan_version(listing, now, &mut plan);
        }
        self.republish_lost(listing, now, &mut plan);
        self.remove_leftover(listing, &mut plan);
        let writes = usize::from(!plan.set.is_empty()) + usize::from(!plan.remove.is_empty());
        self.saved.transport.spend_writes(writes, now);
        (plan != Plan::default()).then_some(plan)
    }

    /// Plans the next version of our shard, if it fits.
    fn plan_version(&mut self, listing: &Listing, now: u64, plan: &mut Plan) {
        self.drop_tombstones(MIN_AGE, now);
        let NextVersion { version, items, contents } = self.next_version(now);
        let others = self.others(listing);
        let is_too_large = version.size > self.limit(&others, now) && !self.only_removes(version.size);
        let transport = &mut self.saved.transport;
        if is_too_large || !transport.quota.fits_beside(&others, &items) {
            transport.observed.problem = Some(Problem::Full);
            return;
        }
        self.saved.seq = version.seq;
        transport.versions.push(version);
        let published = &transport.published;
        let differs = |(name, text): &(&String, &String)| published.get(*name) != Some(*text);
        plan.set = items.iter().filter(differs).map(|(name, text)| (name.clone(), text.clone())).collect();
        plan.remove = published.keys().filter(|name| !items.contains_key(*name)).cloned().collect();
        plan.version = Some((version, contents));
    }

    /// Whether edits of ours are not in the transport.
    pub fn is_waiting(&self) -> bool {
        self.saved.transport.is_waiting(self.saved.edited)
    }

    /// Whether our shard may be written: a later version of it that we do not know, or can't read, must not be replaced.
    pub(super) fn may_publish(&self) -> bool {
        !self.is_behind() && !self.saved.transport.observed.newer
    }

    /// Whether it is time to publish although nothing was edited. A device that has never published has no need to.
    fn is_heartbeat_due(&self, now: u64) -> bool {
        self.saved.seq > 0 && self.saved.transport.is_heartbeat_due(now)
    }

    /// Encodes our shard as a new version, whose number is used up when the caller stores it.
    pub fn next_version(&mut self, now: u64) -> NextVersion {
        let seq = self.saved.seq.saturating_add(1);
        let registers = self.mine();
        let left_out = self.left_out_by_others();
        let colleagues = self.saved.colleagues.iter().filter(|(device, _)| self.retired(**device).is_none());
        let tables: Vec<(DeviceId, &[ChatKey])> =
            colleagues.map(|(device, known)| (*device, known.head.table.as_slice())).collect();
        let mut head = Head {
            at: minute(now),
            clock: self.saved.clock,
            heads: self.saved.colleagues.iter().map(|(device, known)| (*device, known.seq)).collect(),
            table_refs: Vec::new(),
            table: self.saved.table.clone(),
        };
        head.introduce(&registers, &tables, &left_out);
        self.saved.table.clone_from(&head.table);
        self.saved.left_out = self.unmentioned_chats();
        for chat in head.table.iter_mut().filter(|chat| self.saved.left_out.binary_search(chat).is_ok()) {
            *chat = HOLE;
        }
        let bytes = head.write(self.saved.device, &registers, &tables);
        let item_bytes = self.saved.transport.quota.item_bytes;
        let items = shard::items(self.team, self.saved.device, seq, &bytes, item_bytes);
        let version = Version { seq, size: bytes_of(&items), clock: self.saved.edited };
        NextVersion { version, items, contents: PublishedContents::new(&head, Some(&registers)) }
    }

    /// The chats that colleagues left out of their tables, and that we know from earlier versions of these. Sorted.
    fn left_out_by_others(&self) -> Vec<ChatKey> {
        let contents = self.saved.colleagues.values().filter_map(|known| known.contents.as_ref());
        let mut all: Vec<ChatKey> = contents.flat_map(|contents| &contents.left_out).copied().collect();
        all.sort_unstable();
        all
    }

    /// The registers that this device publishes: those that it won, and those of the devices that it stands in for.
    pub(super) fn mine(&self) -> Vec<(Key, Register)> {
        // There are thousands of registers and few devices, so `carries` is called once for each device.
        let mut known: Vec<(DeviceId, bool)> = Vec::new();
        let mut carries = |device| match known.iter().find(|it| it.0 == device) {
            Some((_, carries)) => *carries,
            None => {
                let carries = self.carries(device);
                known.push((device, carries));
                carries
            }
        };
        let mine = self.saved.document.iter().filter(|(_, register)| carries(register.stamp.device));
        mine.map(|(key, register)| (*key, register.clone())).collect()
    }

    /// The chats of our table that no register mentions any more, sorted.
    fn unmentioned_chats(&self) -> Vec<ChatKey> {
        let mut chats: Vec<ChatKey> = self.saved.table.clone();
        chats.sort_unstable();
        let mut is_mentioned = vec![false; chats.len()];
        for chat in self.saved.document.iter().filter_map(|(key, _)| Some(key.chat()?.number())) {
            if let Ok(at) = chats.binary_search_by_key(&chat, |it| it.number()) {
                is_mentioned[at] = true;
            }
        }
        chats.into_iter().zip(is_mentioned).filter(|(_, is)| !is).map(|(chat, _)| chat).collect()
    }

    /// Plans to publish the shards of colleagues that the transport has lost, byte for byte.
    fn republish_lost(&self, listing: &Listing, now: u64, plan: &mut Plan) {
        let before = |device: &&DeviceId| **device < self.saved.device;
        let place = self.saved.colleagues.keys().filter(before).count() as u64;
        for (device, since) in &self.saved.transport.lost {
            let Some(known) = self.saved.colleagues.get(device).filter(|_| self.is_wanted(*device)) else {
                continue;
            };
            let there = shard::of_device(self.team, *device, &listing.items);
            let patience = self.patience_with(*device, known.seq, &known.items, &there);
            if now.saturating_sub(*since) < patience + GRACE * (1 + place) {
                continue;
            }
            let mut all = listing.clone();
            for name in there.keys() {
                all.items.remove(name);
            }
            all.items.extend(plan.set.clone());
            if self.saved.transport.quota.fits_beside(&all, &known.items) {
                plan.set.extend(known.items.clone());
            }
        }
    }

    /// How long to wait before a colleague's shard is published in place of the items of it that are there, in
    /// milliseconds. They may be a later version that arrives in parts, with its manifest last, or that waits for the
    /// table of another colleague. Then they may be all that is left of their device's registers.
    fn patience_with(&self, device: DeviceId, seq: u32, ours: &Items, there: &Items) -> u64 {
        let is_ours = |(name, text): (&String, &String)| ours.get(name) == Some(text);
        match shard::manifest_of(self.team, device, there) {
            Some(manifest) if manifest.seq < seq => 0,
            Some(manifest) if manifest.seq > seq => {
                if shard::read(self.team, device, there).is_ok() {
                    2 * HEARTBEAT
                } else {
                    HEARTBEAT
                }
            }
            _ if there.iter().all(is_ours) => 0,
            _ => HEARTBEAT,
        }
    }

    /// Notes that the plan was carried out at `now`, in milliseconds since the epoch.
    pub fn published(&mut self, plan: Plan, now: u64) {
        if let Some((version, contents)) = plan.version {
            let prefix = shard::prefix(self.team, self.saved.device);
            let ours = plan.set.into_iter().filter(|(name, _)| name.starts_with(&prefix)).collect();
            self.saved.transport.note_published(version, contents, ours, &plan.remove, now);
        }
        let known = self.acknowledged(now, true).map_or(0, |version| version.seq);
        self.saved.transport.versions.retain(|version| version.seq >= known);
        self.saved.transport.observed.synced_at = now;
    }

    /// Notes that the transport refused to be written or read.
    pub fn refused(&mut self) {
        self.saved.transport.observed.problem = Some(Problem::Refused);
    }

    /// Notes that the transport could be read. A refused write is still a problem as long as something waits.
    pub fn read_succeeded(&mut self) {
        let is_waiting = self.is_waiting();
        let problem = &mut self.saved.transport.observed.problem;
        problem.take_if(|problem| *problem == Problem::Refused && !is_waiting);
    }

    /// How long to wait before publishing, in milliseconds. `None`: there is nothing to publish.
    pub fn delay(&mut self, now: u64) -> Option<u64> {
        let pace = self.saved.transport.pace_delay(now);
        let TransportState { observed, lost, .. } = &self.saved.transport;
        let is_behind = self.is_behind();
        // The end of most of these is noticed as a change of the transport, so trying is seldom needed.
        let is_stuck = observed.problem.is_some() || is_behind;
        if observed.newer || !self.is_waiting() {
            let is_heartbeat_due = self.is_heartbeat_due(now) && !observed.newer;
            let has_leftover = self.may_publish()
                && observed.problem.is_none()
                && observed.leftover.iter().any(|device| self.is_done_with(*device));
            let is_lost = lost.keys().any(|device| self.is_wanted(*device));
            return match () {
                () if has_leftover => Some(pace),
                () if is_lost || is_heartbeat_due && is_stuck => Some(pace.max(GRACE)),
                () => is_heartbeat_due.then_some(pace),
            };
        }
        Some(match observed.problem {
            // Room is made by devices of the team, which is noticed, or by a device that has been silent for too long.
            Some(Problem::Full) => pace.max(6 * GRACE),
            _ if is_stuck => pace.max(60_000),
            _ => pace,
        })
    }

    /// The state of sync.
    pub fn sync(&self) -> Sync {
        self.saved.transport.sync(self.saved.edited)
    }

    /// The items of a packet: our shard as it is now, and those of all colleagues.
    pub fn pack(&mut self, now: u64) -> Items {
        let mut items = if self.is_waiting() && self.may_publish() {
            let NextVersion { version, items, .. } = self.next_version(now);
            self.saved.seq = version.seq;
            self.saved.transport.versions.push(version);
            // The transport must not hold another content under this number.
            self.saved.transport.rewrite = true;
            items
        } else {
            self.saved.transport.published.clone()
        };
        for (_, known) in self.saved.colleagues.iter().filter(|(device, _)| self.is_wanted(**device)) {
            items.extend(known.items.clone());
        }
        items
    }
}

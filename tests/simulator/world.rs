//! The world of a schedule: accounts, devices, packets in transit, and the steps that they can take.

use std::cell::RefCell;
use std::rc::Rc;

use baton_core::hub::writer::Writer;
use baton_core::hub::{Listing, Refusal};
use baton_core::id::{DeviceId, MemberId};
use baton_core::replica::shard::Items;
use baton_core::replica::{Edit, Key, Register};
use fastrand::Rng;

use crate::account::Account;
use crate::area::Link;
use crate::device::Device;
use crate::disk::Disk;
use crate::faults::Faults;
use crate::oracle::Oracle;
use crate::steps::drive;
use crate::{Report, TEAM, ops};

/// The start of every schedule, in milliseconds since the epoch.
pub(crate) const START: u64 = 29_800_000 * 60_000;
/// An hour, in milliseconds.
pub(crate) const HOUR: u64 = 60 * 60_000;

/// Formats registers for the log.
fn brief(registers: &[(Key, Register)]) -> Vec<String> {
    let brief = |(key, Register { stamp, .. }): &(Key, Register)| {
        let key = format!("{key:?}").replace("ChatKey", "").replace(", 1, 1, 1, 1, 0, 0])", "");
        format!("{key} @{}.{} {}", stamp.tick % 10_000, stamp.counter, &stamp.device.to_string()[..4])
    };
    registers.iter().map(brief).collect()
}

/// The world of a schedule.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) rng: Rng,
    pub(crate) faults: Faults,
    pub(crate) now: u64,
    pub(crate) step: usize,
    pub(crate) accounts: Vec<Rc<RefCell<Account>>>,
    pub(crate) devices: Vec<Device>,
    pub(crate) packets: Vec<Items>,
    pub(crate) oracle: Oracle,
    pub(crate) report: Report,
    /// Items of a later version, which must not be touched.
    pub(crate) later: Vec<(usize, String)>,
    pub(crate) blind: bool,
    /// The log of the steps, if it is requested.
    pub(crate) story: Option<Vec<String>>,
    names: u64,
}

impl World {
    /// Creates the world of a seed. In a `blind` world, devices do not notice lost items.
    pub(crate) fn new(seed: u64, blind: bool) -> World {
        let mut rng = Rng::with_seed(seed);
        let faults = Faults::of(&mut rng);
        let mut world = World {
            rng,
            faults,
            now: START,
            step: 0,
            accounts: Vec::new(),
            devices: Vec::new(),
            packets: Vec::new(),
            oracle: Oracle::default(),
            report: Report { schedules: 1, ..Report::default() },
            later: Vec::new(),
            blind,
            story: None,
            names: 0,
        };
        for (firefox, count) in [(false, faults.chromes), (true, faults.firefoxes)] {
            if count == 0 {
                continue;
            }
            world.accounts.push(Rc::new(RefCell::new(Account::new(firefox))));
            for _ in 0..count {
                world.join(world.accounts.len() - 1);
            }
        }
        world
    }

    /// Appends to the log.
    pub(crate) fn tell(&mut self, what: impl FnOnce(&World) -> String) {
        if self.story.is_some() {
            let told = format!("{:>4} {:>6} min  {}", self.step, (self.now - START) / 60_000, what(self));
            self.story.get_or_insert_default().push(told);
        }
    }

    /// Describes a device for the log.
    pub(crate) fn who(&self, at: usize) -> String {
        let Some(writer) = &self.devices[at].writer else { return format!("device {at} (not awake)") };
        let saved = writer.hub().saved();
        let devices = writer.hub().centre(&Listing::default(), 0).devices;
        let heads: Vec<String> = devices
            .iter()
            .filter(|it| !it.is_me)
            .map(|it| {
                let why = it.unreadable.map(|why| format!(" {why:?}")).unwrap_or_default();
                let lost = if it.lost { " lost" } else { "" };
                let retired = if it.retired { " retired" } else { "" };
                format!("{}:{}{lost}{retired}{why}", &it.id[..4], it.seq)
            })
            .collect();
        let id = saved.device.to_string();
        let area = self.devices[at].area().borrow();
        let name = format!("{}0", baton_core::replica::shard::prefix(TEAM, saved.device));
        let there = area.items.get(&name).map_or("nothing", |text| &text[..4.min(text.len())]);
        format!("device {at} {} at {}, {there} there, {heads:?}", &id[..4], saved.seq)
    }

    fn name(&mut self) -> String {
        self.names += 1;
        format!("page {}", self.names)
    }

    /// Adds a new profile to an account.
    pub(crate) fn join(&mut self, account: usize) {
        let session = self.name();
        let firefox = self.accounts[account].borrow().is_firefox();
        let mut device = Device::new(account, firefox, self.blind, session);
        if self.faults.skew {
            device.skew = self.rng.i64(-5..=5) * HOUR as i64 / 2;
        }
        device.beat = self.now;
        self.devices.push(device);
    }

    /// Replaces a profile by a new one: its disk and its area are lost.
    pub(crate) fn replace(&mut self, at: usize) {
        let account = self.devices[at].account;
        self.join(account);
        self.devices.swap_remove(at);
    }

    /// Syncs a device's area with its account, partially unless `whole`.
    pub(crate) fn sync(&mut self, at: usize, whole: bool) {
        let device = &self.devices[at];
        if device.offline > self.now {
            return;
        }
        let share = if whole || !self.faults.partial { 1.0 } else { [0.3, 0.7, 0.999][self.rng.usize(..3)] };
        let mut area = device.area().borrow_mut();
        area.now = self.now;
        self.accounts[device.account].borrow_mut().sync(&mut area, share, &mut self.rng);
        drop(area);
        self.tell(|world| format!("{} synced", world.who(at)));
    }

    /// Runs a writer's action, unless it is killed on the way.
    fn work<R>(&mut self, at: usize, act: impl AsyncFnOnce(&mut Writer<Disk, Link>, u64) -> R) -> Option<R> {
        let mut writer = self.devices[at].writer.take()?;
        let kill = self.faults.crashes && self.rng.u8(..14) == 0;
        let race = self.faults.races && self.rng.u8(..6) == 0;
        let device = &self.devices[at];
        device.fuse.arm(if kill || race { self.rng.u32(1..10) } else { 0 });
        if self.faults.broken_disks && self.rng.u8(..25) == 0 {
            device.disk.failing.set(self.rng.u32(1..3));
        }
        let account = self.accounts[device.account].clone();
        let area = device.area().clone();
        area.borrow_mut().now = self.now;
        area.borrow_mut().raced = race;
        let is_online = device.offline <= self.now;
        let rng = &mut self.rng;
        let done = drive(act(&mut writer, device.clock(self.now)), || {
            if !kill && is_online {
                account.borrow_mut().sync(&mut area.borrow_mut(), 0.7, rng);
            }
            !kill
        });
        let device = &mut self.devices[at];
        device.fuse.arm(0);
        if done.is_some() {
            device.writer = Some(writer);
        } else {
            self.report.kills += 1;
            device.due = None;
            self.tell(|_| format!("device {at} was killed"));
        }
        done
    }

    /// Does what a hub requires after any action: it gets a new id if one is due, and a time to publish.
    fn after(&mut self, at: usize) {
        let id = DeviceId(self.rng.u64(..).to_be_bytes());
        let renewed = self.work(at, async move |writer, now| {
            writer.renew(now, id).await;
            if writer.is_long() {
                let _ = writer.compact().await;
            }
        });
        let (now, device) = (self.now, &mut self.devices[at]);
        let clock = device.clock(now);
        if let (Some(()), Some(writer)) = (renewed, &mut device.writer) {
            let due = writer.hub_mut().delay(clock).map(|delay| now + delay);
            device.due = match (device.due, due) {
                (Some(before), Some(after)) => Some(before.min(after)),
                (_, after) => after,
            };
        }
    }

    /// Starts a device's hub if it is not running. The page sends its unacknowledged op again, unless it was closed.
    pub(crate) fn wake(&mut self, at: usize) -> bool {
        if self.devices[at].writer.is_some() {
            return true;
        }
        let device = &self.devices[at];
        let (disk, link) = (device.disk.clone(), device.link.clone());
        let id = DeviceId(self.rng.u64(..).to_be_bytes());
        let member = MemberId([at as u8 + 1, 3, 3, 3, 3, 3, 0, 0]);
        match drive(Writer::load(TEAM, disk, link, id, member), || false) {
            Some(Ok(writer)) => {
                self.oracle.find(&writer.hub().registers());
                let device = &mut self.devices[at];
                device.writer = Some(writer);
                device.due = None;
                self.tell(|world| format!("{} woke", world.who(at)));
            }
            _ => return false,
        }
        if let Some(op) = self.devices[at].unanswered.take()
            && self.rng.u8(..10) < 7
        {
            self.send(at, op);
        }
        self.after(at);
        self.devices[at].writer.is_some()
    }

    fn send(&mut self, at: usize, (session, n, edits): (String, u32, Vec<Edit>)) {
        let again = (session.clone(), n, edits.clone());
        match self.work(at, async |writer, now| writer.op(&session, n, edits, now).await) {
            Some(Ok(accepted)) => {
                self.tell(|world| format!("{} accepted {:?}", world.who(at), brief(&accepted.registers)));
                self.oracle.acknowledge(&accepted.registers);
                self.report.ops += 1;
            }
            Some(Err(Refusal::NotStored)) => {
                self.devices[at].writer = None;
                self.devices[at].unanswered = Some(again);
            }
            Some(Err(_)) => {}
            None => self.devices[at].unanswered = Some(again),
        }
    }

    /// A person makes edits.
    pub(crate) fn edit(&mut self, at: usize) {
        let edits = ops::edits(&mut self.rng);
        self.op(at, edits);
    }

    /// The page sends an op.
    pub(crate) fn op(&mut self, at: usize, edits: Vec<Edit>) {
        if self.wake(at) {
            let device = &mut self.devices[at];
            device.n += 1;
            let op = (device.session.clone(), device.n, edits);
            self.send(at, op);
            self.after(at);
        }
    }

    /// The hub receives the event that the area changed.
    pub(crate) fn adopt(&mut self, at: usize) {
        if self.wake(at) {
            let changed = self.work(at, async |writer, now| writer.adopt(now).await);
            self.parted(&changed);
            self.tell(|world| {
                format!("{} adopted {:?}", world.who(at), changed.map(|it| it.map(|it| brief(&it))))
            });
            self.after(at);
        }
    }

    /// The hub publishes.
    pub(crate) fn publish(&mut self, at: usize) {
        if self.wake(at) {
            self.devices[at].due = None;
            self.names += 1;
            let id = DeviceId(self.names.to_be_bytes());
            let changed = self.work(at, async move |writer, now| writer.publish(now, id).await);
            self.parted(&changed);
            self.tell(|world| {
                format!("{} published {:?}", world.who(at), changed.map(|it| it.map(|it| brief(&it))))
            });
            self.after(at);
        }
    }

    /// Handles a retirement by the hub: it may have retired a device whose state forked. No acknowledged edit did that,
    /// so the retirement need not be known at the end.
    fn parted<E>(&mut self, changed: &Option<Result<Vec<(Key, Register)>, E>>) {
        let is_retired = |(key, _): &&(Key, Register)| matches!(key, Key::DeviceRetired(_));
        let changed = changed.iter().flatten().flatten();
        let retired: Vec<_> = changed.filter(is_retired).cloned().collect();
        self.oracle.find(&retired);
    }

    /// A person creates a packet.
    pub(crate) fn pack(&mut self, at: usize) {
        if self.wake(at) {
            let packet = self.work(at, async |writer, now| writer.pack(now).await);
            self.tell(|world| format!("{} packed", world.who(at)));
            self.packets.extend(packet.and_then(Result::ok));
            self.after(at);
        }
    }

    /// A person imports a packet, which may be old or imported before.
    pub(crate) fn take_in(&mut self, at: usize, packet: usize) {
        if self.wake(at) {
            let packet = self.packets[packet].clone();
            self.report.packets += 1;
            let changed = self.work(at, async |writer, now| writer.take_in(&packet, now).await);
            self.parted(&changed);
            self.tell(|world| {
                format!("{} took in {:?}", world.who(at), changed.map(|it| it.map(|it| brief(&it))))
            });
            self.after(at);
        }
    }

    /// A person retires a device that this one knows.
    pub(crate) fn retire(&mut self, at: usize, device: DeviceId) {
        if !self.wake(at) {
            return;
        }
        // The hub's memory of the retired device must be on disk before the retirement is published.
        let edit = self.work(at, async |writer, _| {
            let edit = writer.hub_mut().retire(device);
            writer.compact().await.ok()?;
            edit
        });
        if let Some(Some(edit)) = edit {
            self.report.retirements += 1;
            self.op(at, vec![edit]);
        }
    }

    /// Returns a rule that a writer has broken.
    pub(crate) fn violation(&self) -> Option<String> {
        let of_area = self.devices.iter().find_map(|device| device.area().borrow().violation.clone());
        // If the room is known from the start, our writes never exceed it on the server either.
        let is_over = self.faults.tight && self.accounts.iter().any(|account| account.borrow().is_over());
        of_area.or_else(|| is_over.then(|| "the account holds more than its quota".into()))
    }
}

//! A schedule: the storm of edits and faults, the calm after it, and the checks at the end.

use std::rc::Rc;

use baton_core::hub::{Hub, Listing, Quota};
use baton_core::id::{DeviceId, MemberId};
use baton_core::replica::shard;

use crate::TEAM;
use crate::area::NO_TEXT;
use crate::faults::Kind;
use crate::oracle::{History, effective};
use crate::world::{HOUR, World};

/// The longest duration of the storm, in milliseconds: shorter than tombstones are kept for devices that were offline.
const STORM: u64 = 56 * HOUR;
/// The largest number of rounds until the devices must agree.
const ROUNDS: usize = 130;
const CROWD: &str = "others ";

/// A step of the storm, on one device.
enum Step {
    Edit,
    Sync,
    Adopt,
    /// Creates a packet, to be carried by hand.
    Pack,
    /// Imports a packet that was carried.
    TakeIn,
    Fault,
}

impl World {
    /// Runs the schedule, and returns the error if it failed.
    pub(crate) fn run(&mut self) -> Result<(), String> {
        if self.faults.tight {
            // The room that is left is enough for the edits, if the devices share it as planned.
            let room = self.rng.usize(20..30) * 1_024;
            for account in 0..self.accounts.len() {
                self.crowd(account, Quota::STORAGE_SYNC.total_bytes - room);
            }
        }
        let steps = self.rng.usize(25..90);
        self.storm(steps, self.now + STORM)?;
        self.calm()?;
        let account = self.rng.usize(..self.accounts.len());
        self.join(account);
        self.calm()?;
        if self.faults.days > 0 {
            let mild = self.faults.mild();
            self.pass(mild.days)?;
            self.faults = mild;
            self.storm(40, self.now + 20 * HOUR)?;
            self.calm()?;
            self.join(account);
            self.calm()?;
        }
        self.left_alone()
    }

    fn storm(&mut self, steps: usize, end: u64) -> Result<(), String> {
        for _ in 0..steps {
            self.step += 1;
            let hurry = self.now >= end;
            let chance = self.rng.u8(..20);
            self.now += match if hurry { 0 } else { chance } {
                0..10 => self.rng.u64(1_000..60_000),
                10..16 => self.rng.u64(60_000..900_000),
                16..19 => self.rng.u64(900_000..5_400_000),
                _ => self.rng.u64(HOUR..5 * HOUR),
            };
            for at in 0..self.devices.len() {
                if self.devices[at].due.is_some_and(|due| due <= self.now) && self.rng.bool() {
                    self.publish(at);
                }
            }
            let at = self.rng.usize(..self.devices.len());
            let chance = self.rng.u8(..100);
            match self.step_of(chance) {
                Step::Edit => self.edit(at),
                Step::Sync => self.sync(at, false),
                Step::Adopt => self.adopt(at),
                Step::Pack => self.pack(at),
                Step::TakeIn => {
                    let packet = self.rng.usize(..self.packets.len());
                    self.take_in(at, packet);
                }
                Step::Fault => self.fault(at),
            }
            self.sound()?;
        }
        Ok(())
    }

    /// The step for a random number below 100. Packets replace some syncs and a few faults.
    fn step_of(&self, chance: u8) -> Step {
        let carries = self.faults.packets;
        let can_take_in = carries && !self.packets.is_empty();
        match chance {
            0..34 => Step::Edit,
            34..64 => Step::Sync,
            64..78 => Step::Adopt,
            78..83 if carries => Step::Pack,
            78..83 => Step::Sync,
            83..88 if can_take_in => Step::TakeIn,
            83..86 => Step::Sync,
            _ => Step::Fault,
        }
    }

    fn sound(&self) -> Result<(), String> {
        self.violation().map_or(Ok(()), Err)
    }

    fn fault(&mut self, at: usize) {
        let (faults, account) = (self.faults, self.devices[at].account);
        let kinds = faults.kinds();
        let kind = kinds[self.rng.usize(..kinds.len())];
        self.tell(|world| format!("{kind:?} at {}", world.who(at)));
        match kind {
            Kind::Partition => {
                self.report.partitions += 1;
                self.devices[at].offline = self.now + self.rng.u64(HOUR..40 * HOUR);
            }
            Kind::Jump => self.devices[at].skew += self.rng.i64(-4..=4) * HOUR as i64 / 2,
            Kind::SignIn => {
                self.report.sign_ins += 1;
                let area = self.devices[at].area().clone();
                self.accounts[account].borrow_mut().sign_in(&mut area.borrow_mut());
                self.destroyed();
            }
            Kind::Uninstall => {
                if self.rng.bool() {
                    self.report.wipes += 1;
                    let area = self.devices[at].area().clone();
                    self.accounts[account].borrow_mut().uninstall(&area.borrow());
                    self.later.clear();
                }
                self.replace(at);
                self.destroyed();
            }
            Kind::Wipe => {
                self.report.wipes += 1;
                let items = self.accounts[account].borrow().items();
                for name in items.keys() {
                    if !name.starts_with(CROWD) {
                        self.accounts[account].borrow_mut().put(name, None);
                    }
                }
                self.later.clear();
                self.destroyed();
            }
            Kind::Corruption => {
                self.corrupt(account);
                self.destroyed();
            }
            Kind::Backup => self.back_up(at),
            Kind::Retirement => {
                let other = self.rng.usize(..self.devices.len());
                let device = self.devices[other].id().filter(|_| other != at);
                if let Some(device) = device {
                    self.retire(at, device);
                }
            }
            Kind::Late if self.devices.len() < 6 => self.join(account),
            Kind::LaterVersion => {
                let prefix = shard::prefix(TEAM, DeviceId(self.rng.u64(..).to_be_bytes()));
                let name = format!("{prefix}0");
                self.accounts[account].borrow_mut().put(&name, Some("3 what it may be".into()));
                self.later.push((account, name));
            }
            Kind::Crowd => {
                let bytes = if self.rng.bool() { Quota::STORAGE_SYNC.total_bytes - 300 } else { 0 };
                self.crowd(account, bytes);
            }
            Kind::Sleep | Kind::Late => self.devices[at].writer = None,
        }
    }

    /// Lets items of others take this many bytes of the area. With 0, they are removed.
    fn crowd(&mut self, account: usize, bytes: usize) {
        let mut left = bytes;
        for number in 0..14 {
            let size = left.min(8_000);
            left -= size;
            let name =
                if number % 3 == 0 { format!("{NO_TEXT}{number}") } else { format!("{CROWD}{number}") };
            let text = (size > 100).then(|| "x".repeat(size - name.len() - 8));
            let is_there = self.accounts[account].borrow().items().contains_key(&name);
            if text.is_some() || is_there {
                self.accounts[account].borrow_mut().put(&name, text);
            }
        }
    }

    /// Flips a bit of one of our items, or cuts off its end.
    fn corrupt(&mut self, account: usize) {
        let items = self.accounts[account].borrow().items();
        let ours: Vec<_> = items.iter().filter(|(name, _)| shard::device_of(TEAM, name).is_some()).collect();
        if ours.is_empty() {
            return;
        }
        let (name, text) = ours[self.rng.usize(..ours.len())];
        let mut bytes = text.clone().into_bytes();
        if bytes.is_empty() || self.rng.bool() {
            bytes.truncate(self.rng.usize(..=bytes.len()));
        } else {
            let at = self.rng.usize(..bytes.len());
            bytes[at] ^= 1 << self.rng.u8(..7);
        }
        self.later.retain(|(_, later)| later != name);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        self.accounts[account].borrow_mut().put(name, Some(text));
    }

    /// Stores a copy of a profile, or restores one: its disk, and in some cases the area too.
    fn back_up(&mut self, at: usize) {
        let session = format!("brought back {}", self.step);
        let whole = self.rng.bool() && self.devices[at].offline <= self.now;
        let device = &mut self.devices[at];
        let copies = device.backups.len();
        if copies == 0 || self.rng.u8(..3) == 0 {
            // Make a copy.
            let copy = (device.disk.content.borrow().clone(), device.area().borrow().clone());
            device.backups.push(copy);
            return;
        }
        self.report.restored += 1;
        let (content, area) = device.backups[self.rng.usize(..copies)].clone();
        device.writer = None;
        device.due = None;
        device.unanswered = None;
        device.session = session;
        device.n = 0;
        *device.disk.content.borrow_mut() = content;
        self.tell(|_| format!("device {at} brought back, {whole}"));
        let device = &mut self.devices[at];
        if whole {
            let mut now = device.link.area.borrow_mut();
            area.clone_into(&mut now);
        }
        // Browsers sync when they start. A restored hub that published twice before that would reuse sequence numbers that
        // it no longer knows, and nobody could notice.
        self.sync(at, true);
        self.destroyed();
    }

    /// Tells the oracle that copies were destroyed, and which registers are still held.
    fn destroyed(&mut self) {
        let minute = (self.now / 60_000) as u32;
        let hubs = self.devices.iter().filter_map(|device| device.disk.content.borrow().hub());
        let mut hubs: Vec<Hub> = hubs.collect();
        let mut held = History::new();
        let hold = |held: &mut History, hub: &Hub| {
            for (key, register) in hub.registers() {
                held.entry(key).or_default().push(register);
            }
        };
        hubs.iter().for_each(|hub| hold(&mut held, hub));
        if self.oracle.is_whole(&held, minute) {
            return;
        }
        // By now the accounts may have the missing registers. The time is late enough for stamps that were ahead of a
        // clock.
        let late = self.now + 1_000 * HOUR;
        let mut listing = Listing::default();
        for account in &self.accounts {
            listing.items.extend(account.borrow().items());
        }
        hubs.push(Hub::new(TEAM, DeviceId([0; 8]), MemberId([0; 8])));
        for hub in &mut hubs {
            hub.open();
            hub.adopt(&listing, late);
            hold(&mut held, hub);
        }
        self.oracle.destroyed(&held, minute);
    }

    /// The calm: without faults, all devices must get to know every acknowledged register, and agree.
    fn calm(&mut self) -> Result<(), String> {
        let storm = self.faults;
        self.faults = storm.none();
        self.step += 1;
        for device in &mut self.devices {
            device.offline = 0;
            device.disk.failing.set(0);
        }
        let mut wrong = String::new();
        for round in 0..ROUNDS {
            self.now += self.rng.u64(20..40) * 60_000;
            if storm.crowd {
                // This is repeated, because a browser that signs in again uploads its items.
                (0..self.accounts.len()).for_each(|account| self.crowd(account, 0));
            }
            self.round();
            self.sound()?;
            // Agreement must last: it is checked again a round later.
            match self.agreement() {
                Ok(()) if wrong.is_empty() && round > 0 => {
                    self.faults = storm;
                    return Ok(());
                }
                Ok(()) => wrong.clear(),
                Err(why) => {
                    self.tell(|_| format!("wrong: {why}"));
                    wrong = why;
                }
            }
        }
        self.report.lost += 1;
        Err(wrong)
    }

    fn round(&mut self) {
        for at in 0..self.devices.len() {
            self.sync(at, true);
            self.adopt(at);
            let device = &self.devices[at];
            let is_time = self.now - device.beat > 6 * HOUR;
            if device.due.is_some_and(|due| due <= self.now) || is_time {
                self.devices[at].beat = self.now;
                self.publish(at);
            }
            self.sync(at, true);
        }
        if self.accounts.len() > 1 {
            let from = self.rng.usize(..self.devices.len());
            self.packets.clear();
            self.pack(from);
            for at in 0..self.devices.len() {
                if self.devices[at].account != self.devices[from].account && !self.packets.is_empty() {
                    self.take_in(at, 0);
                }
            }
        }
    }

    fn agreement(&mut self) -> Result<(), String> {
        let mut first = None;
        for (at, device) in self.devices.iter().enumerate() {
            let Some(writer) = &device.writer else { return Err(format!("device {at} does not wake")) };
            let wrong = self.oracle.judge(writer.hub());
            if !wrong.is_empty() {
                self.report.wrong = wrong.len();
                return Err(format!("device {at}: {}", wrong.join("; ")));
            }
            let state = effective(writer.hub());
            if *first.get_or_insert_with(|| state.clone()) != state {
                return Err(format!("device {at} differs from the first"));
            }
        }
        self.report.wrong = 0;
        Ok(())
    }

    /// Days without faults, in which devices drop old tombstones. Long before the end, some devices are forgotten.
    fn pass(&mut self, days: u64) -> Result<(), String> {
        self.faults = self.faults.none();
        for round in 0..8 {
            self.step += 1;
            self.now += if round == 4 { days.saturating_sub(4) * 24 * HOUR } else { 14 * HOUR };
            self.round();
            self.sound()?;
            self.agreement()?;
        }
        Ok(())
    }

    /// Checks that the items of a later version are untouched.
    fn left_alone(&self) -> Result<(), String> {
        let is_there = |(account, name): &&(usize, String)| {
            Rc::clone(&self.accounts[*account]).borrow().items().contains_key(name)
        };
        match self.later.iter().find(|later| !is_there(later)) {
            Some((_, name)) => Err(format!("{name} was a later version's")),
            None => Ok(()),
        }
    }
}

//! A deterministic simulator: many devices, the sync rules of two browsers, and faults, all derived from a seed.
//!
//! The writer under test is the real one; disk, browser and account are models. A schedule is a storm of edits and faults,
//! followed by a calm in which all devices must converge: every device knows each acknowledged edit, unless the edit was
//! destroyed together with every copy of it.

mod account;
mod area;
mod chrome;
mod device;
mod disk;
mod faults;
mod firefox;
mod naive;
mod ops;
mod oracle;
mod schedule;
mod steps;
mod world;

use std::ops::{AddAssign, Range};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use baton_core::id::TeamId;

pub use naive::{Layout, run_naive};
use world::World;

/// The team of all schedules.
const TEAM: TeamId = TeamId([7; 8]);

/// The results of schedules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The number of schedules.
    pub schedules: usize,
    /// Ops that were acknowledged.
    pub ops: usize,
    /// Writers that were killed between two steps.
    pub kills: usize,
    /// Accounts that were wiped.
    pub wipes: usize,
    /// Browsers that signed in again.
    pub sign_ins: usize,
    /// Devices that were partitioned.
    pub partitions: usize,
    /// Profiles that were restored from a copy.
    pub restored: usize,
    /// Devices that were retired.
    pub retirements: usize,
    /// Packets that were opened.
    pub packets: usize,
    /// Conflicts that the devices noticed: registers that two people wrote concurrently.
    pub conflicts: usize,
    /// Registers that were acknowledged and not overwritten since.
    pub registers: usize,
    /// Registers that were destroyed together with every copy, which nothing can prevent.
    pub gone: usize,
    /// Schedules that failed.
    pub lost: usize,
    /// Registers that were wrong at the end.
    pub wrong: usize,
    /// Descriptions of the failures, with the seed and the step.
    pub failures: Vec<String>,
}

impl AddAssign for Report {
    fn add_assign(&mut self, other: Report) {
        self.schedules += other.schedules;
        self.ops += other.ops;
        self.kills += other.kills;
        self.wipes += other.wipes;
        self.sign_ins += other.sign_ins;
        self.partitions += other.partitions;
        self.restored += other.restored;
        self.retirements += other.retirements;
        self.packets += other.packets;
        self.conflicts += other.conflicts;
        self.registers += other.registers;
        self.gone += other.gone;
        self.lost += other.lost;
        self.wrong += other.wrong;
        self.failures.extend(other.failures);
    }
}

/// Runs the schedule of a seed.
pub fn run(seed: u64) -> Report {
    schedule(&mut World::new(seed, false), seed)
}

/// Like [`run`], and returns a log of the steps.
pub fn tell(seed: u64) -> (Report, Vec<String>) {
    let mut world = World::new(seed, false);
    world.story = Some(vec![format!("{:?}", world.faults)]);
    (schedule(&mut world, seed), world.story.unwrap_or_default())
}

/// Like [`run`], with devices that do not notice lost items, so that nothing is published again.
pub fn run_without_republishing(seed: u64) -> Report {
    schedule(&mut World::new(seed, true), seed)
}

/// Runs many seeds on all cores.
pub fn run_all(seeds: Range<u64>, run: impl Fn(u64) -> Report + Sync) -> Report {
    let next = AtomicU64::new(seeds.start);
    let work = || {
        let mut all = Report::default();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds.end {
                return all;
            }
            all += run(seed);
        }
    };
    let mut all = Report::default();
    thread::scope(|scope| {
        let count = thread::available_parallelism().map_or(1, usize::from);
        let threads: Vec<_> = (0..count).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            // A panicking schedule has already reported itself.
            all += thread.join().unwrap_or_default();
        }
    });
    all
}

fn schedule(world: &mut World, seed: u64) -> Report {
    // A panic is a failure like any other, and has a seed.
    let result = catch_unwind(AssertUnwindSafe(|| world.run()));
    let why = match result {
        Ok(Ok(())) => None,
        Ok(Err(why)) => Some(why),
        Err(_) => Some("it panicked".to_owned()),
    };
    world.report.gone = world.oracle.gone;
    world.report.registers = world.oracle.len();
    let hubs = world.devices.iter().filter_map(|device| device.writer.as_ref());
    world.report.conflicts = hubs.map(|writer| writer.hub().saved().conflicts.len()).sum();
    if let Some(why) = why {
        world.report.lost = 1;
        world.report.failures = vec![format!("seed {seed}, step {}: {why}", world.step)];
    }
    world.report.clone()
}

#[cfg(test)]
mod tests;

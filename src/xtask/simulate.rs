//! `cargo xtask simulate`: runs many seeded schedules of edits and faults, and prints the results.

use anyhow::{Result, bail};
use baton_simulator::{Layout, Report, run, run_all, run_naive, run_without_republishing, tell};

use crate::sh::step;

/// Progress is printed after this many schedules.
const PART: u64 = 500;
/// The most schedules that the comparison runs. The other merge strategies fail in many of them.
const COMPARED: u64 = 300;

/// Runs the schedules of `count` seeds from `first` on, and prints a table.
pub fn simulate(count: u64, first: u64) -> Result<()> {
    let end = first + count;
    let mut all = Report::default();
    for from in (first..end).step_by(PART as usize) {
        let to = end.min(from + PART);
        all += step(&format!("Schedules {from} to {}", to - 1), || Ok(run_all(from..to, run)))?;
    }
    eprintln!();
    for (what, number) in [
        ("schedules", all.schedules),
        ("ops acknowledged", all.ops),
        ("kills", all.kills),
        ("accounts wiped", all.wipes),
        ("sign-ins", all.sign_ins),
        ("partitions", all.partitions),
        ("disks brought back", all.restored),
        ("devices retired", all.retirements),
        ("packets opened", all.packets),
        ("conflicts noticed", all.conflicts),
        ("destroyed with all copies", all.gone),
        ("schedules that ended wrong", all.lost),
    ] {
        eprintln!("   {what:<28}{number:>9}");
    }
    compare(first..first + count.min(COMPARED), &all)?;
    for failure in all.failures.iter().take(20) {
        eprintln!("{failure}");
    }
    if all.failures.is_empty() { Ok(()) } else { bail!("{} schedules ended wrong", all.failures.len()) }
}

/// Runs the same schedules with merge strategies that are known to lose edits, which shows that the oracle detects
/// losses.
fn compare(seeds: std::ops::Range<u64>, ours: &Report) -> Result<()> {
    let mut rows = vec![("a shard for each device, republished", ours.clone())];
    step("Other ways, under the same rules", || {
        let no_republishing = run_all(seeds.clone(), run_without_republishing);
        rows.push(("the same, nothing republished", no_republishing));
        for (name, layout) in [("one item for all", Layout::Blob), ("one item a chat", Layout::ItemPerChat)] {
            rows.push((name, run_all(seeds.clone(), |seed| run_naive(seed, layout))));
        }
        Ok(())
    })?;
    eprintln!("\n   {:<38}{:>10}{:>8}{:>11}{:>8}", "", "schedules", "wrong", "registers", "lost");
    for (name, it) in rows {
        let (schedules, wrong, registers, lost) = (it.schedules, it.lost, it.registers, it.wrong);
        eprintln!("   {name:<38}{schedules:>10}{wrong:>8}{registers:>11}{lost:>8}");
    }
    eprintln!();
    Ok(())
}

/// Prints the events in the schedule of one seed.
pub fn story(seed: u64) -> Result<()> {
    let (report, story) = tell(seed);
    for line in story {
        eprintln!("{line}");
    }
    match report.failures.first() {
        Some(failure) => bail!("{failure}"),
        None => Ok(()),
    }
}

//! The faults of a schedule.

use fastrand::Rng;

/// The faults that a schedule may have. Each alone is easy to survive. Seeds combine them.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)] // The names are the explanation.
pub(crate) struct Faults {
    pub(crate) chromes: usize,
    pub(crate) firefoxes: usize,
    pub(crate) partitions: bool,
    pub(crate) skew: bool,
    pub(crate) jumps: bool,
    pub(crate) crashes: bool,
    pub(crate) broken_disks: bool,
    /// Whether syncs may be partial.
    pub(crate) partial: bool,
    pub(crate) races: bool,
    pub(crate) sign_ins: bool,
    pub(crate) uninstalls: bool,
    pub(crate) wipes: bool,
    pub(crate) corruption: bool,
    pub(crate) backups: bool,
    pub(crate) retirements: bool,
    pub(crate) late: bool,
    pub(crate) later_versions: bool,
    pub(crate) packets: bool,
    /// Whether items of others fill the area during the schedule.
    pub(crate) crowd: bool,
    /// Whether the area is nearly full from the start.
    pub(crate) tight: bool,
    /// How many days pass at the end, which lets devices drop tombstones.
    pub(crate) days: u64,
}

/// A fault at one moment.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)] // The names are those of the faults.
pub(crate) enum Kind {
    Sleep,
    Partition,
    Jump,
    SignIn,
    Uninstall,
    Wipe,
    Corruption,
    Backup,
    Retirement,
    Late,
    LaterVersion,
    Crowd,
}

impl Faults {
    /// The faults that may happen. Common ones are in the list more than once.
    pub(crate) fn kinds(self) -> Vec<Kind> {
        let all = [
            (true, Kind::Sleep),
            (true, Kind::Sleep),
            (self.partitions, Kind::Partition),
            (self.partitions, Kind::Partition),
            (self.jumps, Kind::Jump),
            (self.sign_ins, Kind::SignIn),
            (self.uninstalls, Kind::Uninstall),
            (self.wipes, Kind::Wipe),
            (self.corruption, Kind::Corruption),
            (self.backups, Kind::Backup),
            (self.backups, Kind::Backup),
            (self.retirements, Kind::Retirement),
            (self.late, Kind::Late),
            (self.later_versions, Kind::LaterVersion),
            (self.crowd, Kind::Crowd),
        ];
        all.into_iter().filter(|(some, _)| *some).map(|(_, kind)| kind).collect()
    }

    /// Draws the faults of a schedule.
    pub(crate) fn of(rng: &mut Rng) -> Faults {
        let (chromes, firefoxes) = match rng.u8(..10) {
            0..4 => (rng.usize(2..4), 0),
            4 => (4, 0),
            5..7 => (0, rng.usize(2..4)),
            7 => (0, 4),
            _ => (rng.usize(1..3), rng.usize(1..3)),
        };
        let mut some = |of: u8| rng.u8(..of) == 0;
        let tight = some(8);
        Faults {
            chromes,
            firefoxes,
            partitions: some(2),
            skew: some(3),
            jumps: some(6),
            crashes: some(2),
            broken_disks: some(4),
            partial: !some(4),
            races: some(3),
            sign_ins: some(3),
            uninstalls: some(4),
            wipes: some(4),
            corruption: some(4),
            backups: some(4),
            retirements: some(4),
            late: some(3),
            later_versions: some(4),
            packets: chromes * firefoxes > 0 || some(4),
            crowd: !tight && some(6),
            tight,
            days: match rng.u8(..12) {
                0..3 => 4,
                3 => 20,
                _ => 0,
            },
        }
    }

    /// The faults of the phase after the storm: none that lose data or separate devices. Crashes, races, partial syncs,
    /// skewed clocks and a tight area remain.
    pub(crate) fn mild(self) -> Faults {
        Faults {
            jumps: false,
            broken_disks: false,
            sign_ins: false,
            uninstalls: false,
            wipes: false,
            corruption: false,
            backups: false,
            retirements: false,
            late: false,
            later_versions: false,
            crowd: false,
            partitions: false,
            ..self
        }
    }

    /// No fault that occurs during a step. Skewed clocks and a tight area remain.
    pub(crate) fn none(self) -> Faults {
        Faults { crashes: false, races: false, partial: false, ..self.mild() }
    }
}

//! The usual design of extensions, for comparison. The shared state is only in `storage.sync`, in items that all
//! devices write. The accounts and the edits are the same as in the real schedules.

use std::collections::BTreeMap;

use baton_core::id::DeviceId;
use baton_core::replica::shard::Items;
use baton_core::replica::{Clock, Document, Key, Register};
use baton_core::wire::{decode_registers, encode_registers};
use fastrand::Rng;

use crate::account::Account;
use crate::area::Area;
use crate::faults::Faults;
use crate::world::{HOUR, START};
use crate::{Report, ops};

/// How the shared state is split into items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One item with everything.
    Blob,
    /// One item for each chat, and one for the rest.
    ItemPerChat,
}

impl Layout {
    fn name(self, key: &Key) -> String {
        match (self, key.chat()) {
            (Layout::ItemPerChat, Some(chat)) => format!("chat {:?}", chat.0),
            _ => "everything".into(),
        }
    }
}

struct Device {
    account: usize,
    area: Area,
    clock: Clock,
    id: DeviceId,
    offline: u64,
}

/// Runs a schedule with the same faults, and reports how many registers are wrong at the end.
pub fn run_naive(seed: u64, layout: Layout) -> Report {
    let mut rng = Rng::with_seed(seed);
    let faults = Faults::of(&mut rng);
    let mut report = Report { schedules: 1, ..Report::default() };
    let mut accounts = Vec::new();
    let mut devices = Vec::new();
    for (firefox, count) in [(false, faults.chromes), (true, faults.firefoxes)] {
        // Without packets two accounts never exchange data, so only the first is simulated.
        if count == 0 || !accounts.is_empty() {
            continue;
        }
        accounts.push(Account::new(firefox));
        for n in 0..count.max(2) {
            let area = Area { firefox, ..Area::default() };
            devices.push(Device {
                account: 0,
                area,
                clock: Clock::default(),
                id: DeviceId([n as u8; 8]),
                offline: 0,
            });
        }
    }
    let mut best: BTreeMap<Key, Register> = BTreeMap::new();
    let mut now = START;
    for _ in 0..rng.usize(25..90) {
        now += if rng.u8(..20) == 0 { rng.u64(HOUR..5 * HOUR) } else { rng.u64(1_000..900_000) };
        let at = rng.usize(..devices.len());
        let device = &mut devices[at];
        device.area.now = now;
        let account = &mut accounts[device.account];
        match rng.u8(..100) {
            0..45 => {
                report.ops += usize::from(edit(device, layout, now, &mut best, &mut rng));
            }
            45..92 if device.offline <= now => {
                account.sync(&mut device.area, if faults.partial { 0.7 } else { 1.0 }, &mut rng);
            }
            92 | 93 if faults.partitions => {
                report.partitions += 1;
                device.offline = now + rng.u64(HOUR..40 * HOUR);
            }
            94 | 95 if faults.sign_ins => {
                report.sign_ins += 1;
                account.sign_in(&mut device.area);
            }
            96 if faults.wipes => {
                report.wipes += 1;
                account.uninstall(&device.area);
            }
            _ => {}
        }
    }
    for _ in 0..4 {
        for device in &mut devices {
            now += HOUR;
            device.area.now = now;
            accounts[device.account].sync(&mut device.area, 1.0, &mut rng);
        }
    }
    let known = devices.first().map_or_else(Document::default, |device| document(&device.area.items));
    report.registers = best.len();
    report.wrong = best
        .iter()
        .filter(|(key, best)| {
            let found = known.get(key).filter(|found| !found.value.is_tombstone());
            found.map(|it| &it.value) != Some(&best.value).filter(|value| !value.is_tombstone())
        })
        .count();
    report.lost = usize::from(report.wrong > 0);
    report
}

/// Reads the items of some edits, and writes them with the edits.
fn edit(
    device: &mut Device,
    layout: Layout,
    now: u64,
    best: &mut BTreeMap<Key, Register>,
    rng: &mut Rng,
) -> bool {
    let edits: BTreeMap<_, _> = ops::edits(rng).into_iter().collect();
    let stamp = device.clock.next((now / 60_000) as u32, device.id);
    let registers: Vec<(Key, Register)> =
        edits.into_iter().map(|(key, value)| (key, Register { value, stamp })).collect();
    let mut items = Items::new();
    for (key, register) in &registers {
        let name = layout.name(key);
        let before = items.get(&name).or_else(|| device.area.items.get(&name));
        let mut document = Document::of(before.and_then(|it| decode_registers(it).ok()).unwrap_or_default());
        document.restore(*key, register.clone());
        let all: Vec<_> = document.iter().map(|(key, it)| (*key, it.clone())).collect();
        items.insert(name, encode_registers(&all));
    }
    if device.area.set(&items).is_err() {
        return false;
    }
    for (key, register) in registers {
        let stands = best.get(&key).is_some_and(|it| it.precedence(&register).is_ge());
        if !stands {
            best.insert(key, register);
        }
    }
    true
}

fn document(items: &Items) -> Document {
    Document::of(items.iter().filter_map(|(_, text)| decode_registers(text).ok()).flatten().collect())
}

//! How the golden files were made: three devices of a team, a fourth that was retired, and a transport.

use super::*;

/// Numbers that look random and are the same each time.
struct Seed(u64);

impl Seed {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        (self.next() % most as u64) as usize
    }
}

const TEXTS: [&str; 12] = [
    "Order",
    "",
    "Thanks, {first name}! We are open until 18:00.\nSee you soon.",
    "您好，{名字}！您的订单已经发货，预计三天内送达。",
    "退款",
    "🚚 on its way 🎉👩‍👩‍👧",
    "Größe \"M\" <klein> \\ ñandú",
    "https://example.org/track?id=1&x=<y>",
    "a0V",
    "好的👌 OK",
    "VIP",
    "\u{2028}tab\there",
];

/// The id of a tag, a reply, a member and so on. One id stands for several of these: their kinds keep them apart.
fn thing(at: usize) -> [u8; 8] {
    let mut seed = Seed(at as u64 % 12 + 1_000);
    let [a, b, c, d, e, f, g, h] = seed.next().to_be_bytes();
    // Most ids end with two zeroes.
    if at.is_multiple_of(4) { [a, b, c, d, e, f, g, h] } else { [a, b, c, d, e, f, 0, 0] }
}

fn chat(at: usize) -> [u8; 8] {
    let mut seed = Seed(at as u64 % 40 + 2_000);
    ChatKey::of_id(seed.next().to_be_bytes()).id()
}

pub(super) fn me() -> MemberId {
    MemberId(thing(3))
}

fn key_at(kind: u8, at: usize) -> Key {
    if kind < 128 {
        key(kind, thing(at), [0; 8])
    } else {
        key(kind, chat(at * 7 + usize::from(kind)), thing(at))
    }
}

/// A value of one of the eight sorts.
fn value(sort: usize, seed: &mut Seed) -> Value {
    let text = TEXTS[seed.below(TEXTS.len())].to_owned();
    let at = seed.below(12);
    match sort % 8 {
        0 => Value::Nothing,
        1 => Value::Flag(false),
        2 => Value::Flag(true),
        3 => Value::Number([0, 3, 300, 29_800_777, u32::MAX][seed.below(5)]),
        4 => Value::Text(text),
        5 => Value::Holder(MemberId(thing(at)), text),
        6 => Value::Id(thing(at)),
        _ => Value::Unknown(seed.next().to_be_bytes()[..at % 9].to_vec()),
    }
}

/// The sort of value that a known kind is for.
fn usual(kind: u8) -> usize {
    match kind {
        7 | 12 | 19 | 192 => 2,
        3 | 5 | 14 | 129 | 131 => 3,
        18 | 20 | 132 => 6,
        128 => 5,
        _ => 4,
    }
}

/// Edits of every kind in the files, with each sort of value.
fn edits_of_all_kinds(seed: &mut Seed) -> Vec<Edit> {
    let mut edits = Vec::new();
    for kind in kinds() {
        edits.extend((0..8).map(|sort| (key_at(kind, sort), value(sort, seed))));
        // Known kinds also get their usual values, so that there are tags, replies and members with all that they have.
        if KNOWN.iter().any(|range| range.contains(&kind)) {
            edits.extend((8..12).map(|at| (key_at(kind, at), value(usual(kind), seed))));
        }
    }
    // A few that are whole, and not deleted.
    for at in [0, 2, 3, 4, 6, 9] {
        for (kind, text) in [
            (1, "陈丽 Chen Li"),
            (2, "CL"),
            (4, "Bestellung 订单"),
            (8, "Opening hours 🕗"),
            (9, "hours"),
            (10, "We are open 9–18, {name}.\n周末休息。"),
            (16, "Greetings"),
            (22, "Shop"),
            (23, "Baton & Söhne\n第二家店"),
        ] {
            edits.push((key_at(kind, at), Value::Text(format!("{text} {at}"))));
        }
        edits.push((key_at(17, at), Value::Text(format!("{} {}", TagId(thing(0)), TagId(thing(2))))));
        edits.push((key_at(21, at), Value::Text("0101017 a0b0c012 ffffff1".to_owned())));
        edits.push((key_at(18, at), if at == 3 { Value::Id(me().0) } else { Value::Nothing }));
        edits.extend([7, 12].map(|kind| (key_at(kind, at), Value::Flag(false))));
    }
    edits
}

/// A long text that takes much room: Chinese characters in no order.
fn long(seed: &mut Seed) -> Value {
    let character = |_| char::from_u32(0x4e00 + seed.below(0x51a0) as u32).expect("a character");
    Value::Text((0..1_500).map(character).collect())
}

/// A hub, and the number of the last op that was sent to it.
struct Device {
    hub: Hub,
    sent: u32,
}

impl Device {
    fn new(device: DeviceId) -> Device {
        Device { hub: new_hub(device), sent: 0 }
    }

    fn op(&mut self, edits: Vec<Edit>, now: u64) -> Accepted {
        self.sent += 1;
        let session = format!("tab {}", self.sent % 3);
        self.hub.accept(&session, self.sent, edits, now).expect("accepted")
    }
}

fn sync_all(devices: &mut [Device], transport: &mut Items, now: u64) {
    for device in devices {
        sync(&mut device.hub, transport, now);
    }
}

pub(super) fn one_key_of_each_kind() -> Vec<Key> {
    kinds().map(|kind| key_at(kind, usize::from(kind))).collect()
}

pub(super) fn some_uses() -> Uses {
    let mut uses = Uses::default();
    for at in 0..5_u16 {
        let by_tag = (0..usize::from(at)).map(|tag| (TagId(thing(tag)), f32::from(at) + 0.25)).collect();
        let (count, last) = (u32::from(at) * 100, 29_800_000 - u32::from(at));
        let used = Use { count, last, pinned: at % 2 == 1, weight: f32::from(at) * 1.5, by_tag };
        uses.restore(ReplyId(thing(usize::from(at))), used);
    }
    uses
}

pub(super) fn some_versions() -> Vec<Version> {
    let version = |at: usize| Version {
        at: 29_700_000 + at as u32,
        who: at.is_multiple_of(2).then(|| MemberId(thing(at))),
        title: TEXTS[at].to_owned(),
        shortcut: TEXTS[at + 2].to_owned(),
        body: TEXTS[at + 4].to_owned(),
    };
    (0..6).map(version).collect()
}

/// A backup as the desk writes its file.
pub(super) fn backup_file(registers: &[(Key, Register)]) -> String {
    let (version, registers) = (restore::BACKUP_VERSION, wire::encode_registers(registers));
    let made = "2026-08-29T10:40:00.000Z";
    format!(
        "{{\"baton_backup\":{version},\"team\":\"{TEAM}\",\"made\":\"{made}\",\"registers\":\"{registers}\"}}\n"
    )
}

#[test]
#[ignore = "makes the golden files, which stay as they are"]
fn write_the_files() {
    let write = |name: &str, bytes: &[u8]| {
        assert!(!path(name).exists(), "{name} is there, and is not overwritten");
        fs::write(path(name), bytes).expect("written");
    };
    let mut seed = Seed(2_026);
    let mut transport = Items::new();
    let mut devices: Vec<Device> = DEVICES.iter().map(|(_, device)| Device::new(*device)).collect();

    // A chat that everybody leaves out again makes a hole in the table of the first device.
    let early = NOW - 20 * DAY;
    let mut dora = Device::new(RETIRED.1);
    let left_out = key(192, [0xfe, 1, 2, 3, 4, 0, 0, 0], thing(1));
    devices[0].op(vec![(left_out, Value::Flag(true)), (key_at(192, 91), Value::Flag(true))], early);
    dora.op(
        vec![(key_at(8, 5), Value::Text("Dora's".into())), (key_at(128, 77), value(5, &mut seed))],
        early,
    );
    devices.push(dora);
    for _ in 0..2 {
        sync_all(&mut devices, &mut transport, early);
    }
    devices[0].op(vec![(left_out, Value::Flag(false))], early + MINUTE);
    for day in 0..6 {
        sync_all(&mut devices, &mut transport, early + MINUTE + day * DAY);
    }

    // The fourth device is retired.
    let (name, retired) = RETIRED;
    write(&format!("{name}.items"), write_items(&items_of(retired, &transport)).as_bytes());
    devices.pop();
    let edit = devices[0].hub.retire(retired).expect("it is known");
    devices[0].op(vec![edit], NOW - 10 * DAY);
    for _ in 0..3 {
        sync_all(&mut devices, &mut transport, NOW - 10 * DAY);
    }

    // Each device writes a third of all kinds, and something long.
    for (at, edits) in edits_of_all_kinds(&mut seed).chunks(24).enumerate() {
        devices[at % 3].op(edits.to_vec(), NOW - DAY + at as u64 * 3 * MINUTE);
    }
    for (at, device) in devices.iter_mut().enumerate() {
        let ids = [10, 10, 10, 23, 23].into_iter().enumerate();
        let texts = ids.map(|(body, kind)| (key(kind, thing(at * 4 + body), [0; 8]), long(&mut seed)));
        device.op(texts.collect(), NOW - DAY / 2);
    }
    for minute in 0..3 {
        sync_all(&mut devices, &mut transport, NOW - DAY / 3 + minute * MINUTE);
    }
    // Two write the same without knowing of each other, and learn of it.
    for (at, device) in devices.iter_mut().enumerate() {
        let edit = |kind: u8| (key_at(kind, 4), Value::Text(format!("written by {at}")));
        device.op(vec![edit(4), edit(8), edit(22), edit(130)], NOW - DAY / 4 + at as u64);
    }
    for minute in 0..2 {
        sync_all(&mut devices, &mut transport, NOW - DAY / 4 + minute * MINUTE);
    }
    write("before.items", write_items(&transport).as_bytes());

    // The record of each device, and the ops since. Two records also say what is seldom so.
    for (at, ((name, _), device)) in DEVICES.iter().zip(&mut devices).enumerate() {
        let mut record = saved(&device.hub);
        if at == 1 {
            record.transport.rewrite = true;
            record.transport.behind = NOW - DAY;
        }
        if at == 2 {
            let seldom = |(device, mut known): (DeviceId, Colleague)| {
                known.ahead = true;
                (device, known)
            };
            record.colleagues = record.colleagues.into_iter().map(seldom).collect();
            record.transport.lost = record.colleagues.keys().map(|device| (*device, NOW - MINUTE)).collect();
        }
        // A hub that wakes notes whom it retired; the record of one that has woken has that already.
        write(&format!("{name}.record"), &write_record(&saved(&hub_of(record, Vec::new()))));
        let mut journal = String::new();
        for op in 0..6_u64 {
            let edits = (0..4).map(|_| {
                let kinds = [1, 4, 8, 10, 15, 16, 22, 23, 128, 130, 192, 192, 120, 184, 248];
                let kind = kinds[seed.below(kinds.len())];
                (key_at(kind, seed.below(12)), value(seed.below(8), &mut seed))
            });
            let edits = edits.collect();
            let accepted = device.op(edits, NOW - 60 * MINUTE + op % 4 * 5 * MINUTE);
            journal.push_str(&STANDARD_NO_PAD.encode(write_op(&accepted)));
            journal.push('\n');
        }
        write(&format!("{name}.journal"), journal.as_bytes());
    }

    // They meet.
    let mut hubs = stored_hubs();
    meet(&mut hubs, ORDERS[0], &mut transport);
    for (name, device) in DEVICES {
        write(&format!("{name}.items"), write_items(&items_of(device, &transport)).as_bytes());
    }
    let registers = registers_of(&hubs[0]);
    write("listing.txt", listing(&registers).as_bytes());
    write("registers.txt", wire::encode_registers(&registers).as_bytes());
    let edits: Vec<Edit> = registers.iter().map(|(key, register)| (*key, register.value.clone())).collect();
    write("edits.txt", STANDARD_NO_PAD.encode(Edits::encode(&edits).0.0).as_bytes());
    write("packet.txt", wire::encode_packet(TEAM, &hubs[0].pack(NOW + 5 * MINUTE)).as_bytes());
    let team = serde_json::to_string_pretty(&team_file(&registers, me())).expect("JSON");
    write("team.json", team.as_bytes());
    write("backup.json", backup_file(&registers).as_bytes());
    write("uses.txt", wire::encode_uses(&some_uses()).as_bytes());
    write("versions.txt", wire::encode_versions(&some_versions()).as_bytes());
    let mut keys = one_key_of_each_kind();
    keys.sort_unstable();
    let line = |key: &Key| format!("{} {:016x}\n", key_in_words(key), beginning(key));
    write("keys.txt", keys.iter().map(line).collect::<String>().as_bytes());
}

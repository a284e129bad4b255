//! Valid input to begin with, written into the folder that is given: one folder for each target.

use std::fs;
use std::path::Path;

use baton_core::chat::ChatKey;
use baton_core::codes;
use baton_core::hub::{Accepted, Hub};
use baton_core::id::{DeviceId, MemberId};
use baton_core::replica::dense::{self, Head};
use baton_core::replica::{Clock, Edit, Key, Register, Stamp, Value, shard};
use baton_core::wire::{self, FromHub, Problem, Refusal, Sync, ToHub};
use baton_fuzz::bodies::{self, NOW, TARGETS, TEAM, WRITER, colleagues, device, sync, work, world};

fn main() {
    let folder = std::env::args().nth(1).expect("the folder to write to");
    for (target, _) in TARGETS {
        let folder = Path::new(&folder).join(target);
        fs::create_dir_all(&folder).expect("a folder");
        for (number, seed) in seeds(target).into_iter().enumerate() {
            fs::write(folder.join(format!("seed-{number}")), seed).expect("a file");
        }
    }
}

fn seeds(target: &str) -> Vec<Vec<u8>> {
    match target {
        "letters" => [&[][..], b"a", &[0; 13], &[255; 26], &all_bytes()]
            .map(|bytes| dense::to_text(bytes).into_bytes())
            .into(),
        "manifest" => ["2 1 1 0000000000000000", "2 4294967295 12 0123456789abcdef signed", "3 1", "1 1 1"]
            .map(|text| text.as_bytes().to_vec())
            .into(),
        "shard" => shards(),
        "registers" => samples().map(|it| untext(&wire::encode_registers(&it))).collect(),
        "edits" => samples().map(|it| untext(&wire::encode_edits(&edits(it)))).collect(),
        "saved" => hubs().iter().map(|hub| wire::encode_saved(&hub.save())).collect(),
        "accepted" => samples()
            .map(|registers| wire::encode_accepted(&Accepted { session: "tab".into(), n: 3, registers }))
            .collect(),
        "to_hub" => to_hub().iter().map(|message| untext(&message.write())).collect(),
        "from_hub" => from_hub().iter().map(|message| untext(&message.write())).collect(),
        "packet" => packets(),
        "codes" => packets().iter().map(|text| in_codes(text)).collect(),
        _ => take_in(),
    }
}

fn all_bytes() -> Vec<u8> {
    (0..=255).collect()
}

/// The bytes that a text of ours stands for, without its format.
fn untext(text: &str) -> Vec<u8> {
    bodies::untext(text)[1..].to_vec()
}

fn edits(registers: Vec<(Key, Register)>) -> Vec<Edit> {
    registers.into_iter().map(|(key, register)| (key, register.value)).collect()
}

/// No registers, one of each kind of key and value, and many that are alike.
fn samples() -> impl Iterator<Item = Vec<(Key, Register)>> {
    let values = [
        Value::Nothing,
        Value::Flag(true),
        Value::Number(29_801_440),
        Value::Text("Your parcel is on its way. 谢谢 😀".into()),
        Value::Holder(MemberId([9; 8]), "speaks Chinese".into()),
        Value::Id([5; 8]),
        Value::Later(vec![1, 2, 3]),
    ];
    let one = move |number: usize, kind: u8, first: u8| {
        let stamp = Stamp {
            tick: 29_700_000 + 1_500 * number as u32,
            counter: number as u32 % 3,
            device: if number % 7 == 6 { DeviceId([8; 8]) } else { WRITER },
        };
        let register = Register { value: values[number % values.len()].clone(), stamp };
        (Key::of_parts(kind, [first; 8], [6, 6, 6, 6, 6, 6, 0, 0]), register)
    };
    let kinds: Vec<u8> = (1..=15).chain([100]).chain(128..=132).chain([150, 192, 250]).collect();
    let each = kinds.iter().enumerate().map(|(number, kind)| one(number, *kind, 20 + number as u8)).collect();
    let alike = (0..30).map(|number| one(2, 128 + number % 4, 20 + number / 2)).collect();
    let few = vec![one(0, 128, 41), one(3, 130, 41), one(1, 192, 42), one(1, 4, 9)];
    [vec![], few, each, alike].into_iter()
}

fn shards() -> Vec<Vec<u8>> {
    let colleagues = colleagues();
    let tables: Vec<(DeviceId, &[ChatKey])> =
        colleagues.iter().map(|(device, table)| (*device, table.as_slice())).collect();
    let some = [&tables[..], &tables[..1], &[]];
    let mut shards = Vec::new();
    for (registers, tables) in samples().flat_map(|it| some.map(|tables| (it.clone(), tables))) {
        let mut head = Head {
            at: 29_800_000,
            clock: Clock { tick: 29_800_000, counter: 2 },
            heads: tables.iter().map(|(device, _)| (*device, 300)).collect(),
            ..Head::default()
        };
        let mut registers = registers;
        registers.sort_by_key(|(key, _)| *key);
        registers.dedup_by_key(|(key, _)| *key);
        head.introduce(&registers, tables);
        head.table.insert(0, dense::HOLE);
        shards.push(head.write(WRITER, &registers, tables));
    }
    shards
}

fn hubs() -> Vec<Hub> {
    let (mine, theirs, _) = world();
    vec![Hub::new(TEAM, device(0), MemberId([1; 8])), mine, theirs]
}

fn to_hub() -> Vec<ToHub> {
    let account = Some("4915112345678@c.us".to_owned());
    let edits = samples().nth(1).map(edits).unwrap_or_default();
    vec![
        ToHub::Hello { account, session: "a tab".into() },
        ToHub::Hello { account: None, session: String::new() },
        ToHub::Op { n: 300, edits: wire::encode_edits(&edits) },
        ToHub::SyncNow,
        ToHub::OpenDesk,
    ]
}

fn from_hub() -> Vec<FromHub> {
    let registers = samples().nth(1).map(|it| wire::encode_registers(&it)).unwrap_or_default();
    let problem = Some(Problem::Full);
    let sync = Sync { waiting: true, at: NOW, used: 20_000, limit: 102_400, unreadable: 1, problem };
    vec![
        FromHub::Welcome {
            account: "4915112345678@c.us".into(),
            member: MemberId([1; 8]).to_string(),
            done: 3,
            registers: registers.clone(),
            sync: sync.clone(),
        },
        FromHub::NoTeam,
        FromHub::Accepted { n: 4, registers: registers.clone() },
        FromHub::Refused { n: 5, why: Refusal::TooManyTags },
        FromHub::Changed { registers },
        FromHub::Sync { sync },
    ]
}

fn packets() -> Vec<Vec<u8>> {
    let (_, _, listing) = world();
    vec![
        wire::encode_packet(TEAM, &listing.items).into_bytes(),
        wire::encode_packet(TEAM, &shard::Items::new()).into_bytes(),
    ]
}

/// A text three times over, so that it takes several codes, in another order than they came in.
fn in_codes(text: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(text).repeat(3);
    codes::split(&text).into_iter().rev().collect::<Vec<_>>().join("\n").into_bytes()
}

/// What colleagues publish after what the hub has taken in: in order, with one missing, and with items of no device.
fn take_in() -> Vec<Vec<u8>> {
    let (_, mut theirs, mut listing) = world();
    let mut third = Hub::new(TEAM, device(2), MemberId([3; 8]));
    work(&mut third, 1, 50);
    sync(&mut third, &mut listing);
    work(&mut theirs, 2, 42);
    sync(&mut theirs, &mut listing);
    work(&mut third, 2, 30);
    sync(&mut third, &mut listing);
    let shard = |number: u8| {
        let (manifest, bytes) = shard::read(TEAM, device(number), &listing.items).expect("published");
        piece(number, manifest.seq as u8, &bytes)
    };
    let stray = [piece(200, 3, b"b1.left over"), piece(200, 0, b"")].concat();
    vec![
        vec![],
        shard(1),
        shard(2),
        [shard(1), shard(2)].concat(),
        [shard(0), stray.clone(), shard(1)].concat(),
        [stray, shard(2), shard(0)].concat(),
    ]
}

/// One piece of what [`baton_fuzz::bodies::items_of`] reads.
fn piece(number: u8, seq: u8, bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).expect("short").to_be_bytes();
    [&[number, seq], &length[..], bytes].concat()
}

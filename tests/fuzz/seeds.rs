//! Valid input to begin with, written into the folder that is given: one folder for each target.

use std::fs;
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use baton_core::codes;
use baton_core::hub::{Accepted, Hub};
use baton_core::id::{DeviceId, MemberId, ReplyId, TagId};
use baton_core::replica::dense::{self, Head};
use baton_core::replica::{Clock, Digests, Edit, Key, Parts, Register, Stamp, Value, shard};
use baton_core::team::chat::ChatKey;
use baton_core::uses::Uses;
use baton_core::versions::{self, Version};
use baton_core::wire::{
    self, Edits, FromHub, HelloAnswer, Hello, Op, OpDone, Problem, Refusal, Registers, Sync, ToAll, ToHub,
    Welcome,
};
use baton_fuzz::bodies::{NOW, TARGETS, TEAM, WRITER, colleagues, device, sync, work, world};

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
        "edits" => samples().map(|it| Edits::encode(&edits(it)).0.0.split_off(1)).collect(),
        "saved" => hubs().iter().map(|hub| wire::encode_saved(hub.saved())).collect(),
        "accepted" => samples()
            .map(|registers| wire::encode_accepted(&Accepted { session: "tab".into(), n: 3, registers }))
            .collect(),
        "to_hub" => to_hub().iter().map(|message| untext(&message.write())).collect(),
        "from_hub" => from_hub().iter().map(|message| untext(&message.write())).collect(),
        "packet" => packets(),
        "codes" => packets().iter().map(|text| in_codes(text)).collect(),
        "template" => templates(),
        "bring" => files(),
        "hours" => [
            "1-5 09:00-12:30 13:30-18:00; 6 10:00-14:00",
            "1,3,7 22:00-06:00",
            "1-7 00:00-24:00",
            "1－5 9：00–17：00",
        ]
        .map(|text| [b"\x02\x02\x30\x00\xf0", text.as_bytes()].concat())
        .into(),
        "search" => searches(),
        "uses" => uses(),
        "versions" => earlier(),
        "backup" => samples().map(|it| untext(&wire::encode_registers(&it))).collect(),
        _ => take_in(),
    }
}

fn all_bytes() -> Vec<u8> {
    (0..=255).collect()
}

/// The bytes that a text of ours stands for, without its format.
fn untext(text: &str) -> Vec<u8> {
    BASE64_STANDARD_NO_PAD.decode(text).expect("our own").split_off(1)
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
        Value::Unknown(vec![1, 2, 3]),
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
    let kinds: Vec<u8> = (1..=15).chain([120]).chain(128..=132).chain([184, 192, 250]).collect();
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
        head.introduce(&registers, tables, &[]);
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
        Hello { account, session: "a tab".into(), known: Digests::of(world().0.document()) }.into(),
        Hello { account: None, session: String::new(), known: Digests::default() }.into(),
        Op { n: 300, edits: Edits::encode(&edits) }.into(),
        ToHub::SyncNow,
        ToHub::OpenDesk,
    ]
}

fn from_hub() -> Vec<FromHub> {
    let registers = Registers::encode(&samples().nth(1).unwrap_or_default());
    let problem = Some(Problem::Full);
    let sync = Sync { waiting: true, at: NOW, used: 20_000, limit: 102_400, unreadable: 1, problem };
    vec![
        HelloAnswer::Welcome(Welcome {
            account: "4915112345678@c.us".into(),
            member: MemberId([1; 8]).to_string(),
            done: 3,
            parts: Parts::ALL,
            registers: registers.clone(),
            sync: sync.clone(),
        })
        .into(),
        HelloAnswer::NoTeam.into(),
        OpDone { n: 4, stored: Ok(registers.clone()) }.into(),
        OpDone { n: 5, stored: Err(Refusal::TooManyTags) }.into(),
        ToAll::Changed(registers).into(),
        ToAll::Sync(sync).into(),
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

fn templates() -> Vec<Vec<u8>> {
    [
        "Hi {first_name},{? your order {order number=12} is} {packed|on its way|}.{cursor}",
        "{{ {} {date+3} {date-1} {;;a} {;;b} {;;all} { {1} {a\\|b|c\\}} {?{?{x}}}",
        "{;;b}{?\\{x\\}}{greeting} {agent} {clipboard} {eta} {time} 你好 {name}！👋",
    ]
    .into_iter()
    .flat_map(|text| [[0; 4], [255; 4]].map(|dice| [&dice[..], text.as_bytes()].concat()))
    .collect()
}

/// A file of each kind.
fn files() -> Vec<Vec<u8>> {
    let files = [
        "title,shortcut,text,folder,tags\r\n\"Hi, \"\"you\"\"\",hi,\"Two\nlines\",A,x;y\r\nb,c",
        "matches:\n  - trigger: \":hi\"\n    replace: \"Hi {{name}}$|$\"\n    vars:\n      - name: name\n        type: echo\n        params: {echo: you}\n  - triggers: [\":a\", ':b']\n    replace: |\n      one\n      two\n  - trigger: x\n    form: \"[[f]]\"\n",
        "{\"version\":1,\"folders\":[{\"name\":\"A\",\"snippets\":[{\"name\":\"n\",\"shortcut\":\"/n\",\"type\":\"text\",\"text\":\"{formtext: name=a; default=b} {time: YYYY}\"}]}]}",
        "name,shortcut,text\nn,/n,\"{formmenu: a; default=b; name=c} {clipboard}\"\n",
        "[{\"id\":1,\"short_code\":\"hi\",\"content\":\"Hi {{contact.name}} <b>x</b> **y**\"}]",
    ];
    (0..).zip(files).map(|(kind, file)| [&[kind], file.as_bytes()].concat()).collect()
}

fn searches() -> Vec<Vec<u8>> {
    let replies = "Return policy\tret\tYou can return anything\tOrders\n没有美达\tmm\t你好，没美\t妹\nÉcole d'été\t\tbody\n";
    ["ret pol", "retrun", "myd", "没美", "ecole ete", "reutrn anythign"]
        .map(|query| [replies, query].concat().into_bytes())
        .into()
}

fn uses() -> Vec<Vec<u8>> {
    let mut uses = Uses::default();
    for n in 1..20u8 {
        uses.note(ReplyId([n % 5; 8]), &[TagId([n; 8])], 29_700_000 + 500 * u32::from(n));
    }
    uses.pin(ReplyId([9; 8]), true);
    let totals = uses.totals().write().into_bytes();
    vec![untext(&wire::encode_uses(&uses)), untext(&wire::encode_uses(&Uses::default())), totals]
}

fn earlier() -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for n in 0..4 {
        let who = (n % 2 == 0).then_some(MemberId([9; 8]));
        let body = format!("Nine to {n} 你好");
        versions::add(
            &mut all,
            Version { at: 29_700_000 + 20 * n, who, title: "Hours".into(), shortcut: "h".into(), body },
        );
    }
    vec![untext(&wire::encode_versions(&all)), untext(&wire::encode_versions(&[]))]
}

/// One piece of what [`baton_fuzz::bodies::items_of`] reads.
fn piece(number: u8, seq: u8, bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).expect("short").to_be_bytes();
    [&[number, seq], &length[..], bytes].concat()
}

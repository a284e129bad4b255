//! Golden tests: an earlier build wrote the files in `tests/golden`, and every later build must decode them and encode
//! the same bytes.
//!
//! The files contain every kind of register that was known when they were written, some unknown kinds, and every type
//! of value.
//!
//! The table lists the stored formats, which every later version must read. A change of a format needs a new format
//! number, a decoder for the old number, and additional files here. The existing files never change.
//!
//! | format | where it is stored | file |
//! |---|---|---|
//! | record of a hub (`encode_saved`) with the shards of its colleagues | IndexedDB | `*.record` |
//! | journaled op (`encode_accepted`), with its registers as below | IndexedDB | `*.journal`, in base64, one a line |
//! | registers (`encode_registers`) | records, journals, daily copies, archives, backups | `registers.txt` |
//! | items of a shard: manifest and parts | browser sync, records, packets | `*.items`, name and text of one a line |
//! | packet (`encode_packet`) | files, clipboard, pictures | `packet.txt` |
//! | team file | files that people keep and edit | `team.json` |
//! | backup | files that people keep | `backup.json` |
//! | uses of replies (`encode_uses`) | IndexedDB | `uses.txt` |
//! | earlier texts of a reply (`encode_versions`) | IndexedDB | `versions.txt` |
//!
//! Edits (`Edits`, `edits.txt` in base64), `ToHub` and `FromHub` only cross a port between contexts of one package. They
//! are never stored: a journal has the stamped registers of an op. So their format may change at any time, and then
//! `edits.txt` is written again.
//!
//! `listing.txt` lists the registers of the shards, in the order of their keys: the number of the kind, the ids of the
//! key in bytes, the value, and the stamp as minute.counter@device. `keys.txt` has one key of each kind in order.
//!
//! The ignored test [`write_the_files`] wrote the files. It never overwrites a file.

use std::fs;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::hub::{Accepted, Colleague, Hub, Listing, Quota, Saved};
use crate::id::{DeviceId, MemberId, ReplyId, TagId, TeamId};
use crate::replica::dense::{HOLE, Head};
use crate::replica::shard::{self, Items};
use crate::replica::{Document, Edit, Key, Register, Shape, Value};
use crate::restore::{self, Backup};
use crate::team::Team;
use crate::team::chat::ChatKey;
use crate::team::kinds::NEVER_USED;
use crate::team_file;
use crate::uses::{Use, Uses};
use crate::versions::Version;
use crate::wire::{self, Blob, Edits, TeamFile};

// Calls into the core. Only these functions depend on its names.

fn key(kind: u8, first: [u8; 8], second: [u8; 8]) -> Key {
    Key::of_parts(kind, first, second)
}

/// The number of the kind, and the ids of the key in bytes.
fn parts(key: &Key) -> (u8, Vec<u8>) {
    match key.parts() {
        (kind, Shape::Id(id)) => (kind, id.to_vec()),
        (kind, Shape::Chat(chat)) => (kind, chat.0.to_vec()),
        (kind, Shape::ChatAnd(chat, id)) => (kind, [&chat.0[..], &id].concat()),
    }
}

fn beginning(key: &Key) -> u64 {
    key.sort_prefix()
}

fn read_record(bytes: &[u8]) -> Saved {
    wire::decode_saved(bytes).expect("a record")
}

fn write_record(saved: &Saved) -> Vec<u8> {
    wire::encode_saved(saved)
}

fn read_op(bytes: &[u8]) -> Accepted {
    wire::decode_accepted(bytes).expect("an op")
}

fn write_op(op: &Accepted) -> Vec<u8> {
    wire::encode_accepted(op)
}

fn hub_of(saved: Saved, journal: Vec<Accepted>) -> Hub {
    let mut hub = Hub::restore(TEAM, saved, journal);
    hub.open();
    hub
}

fn new_hub(device: DeviceId) -> Hub {
    Hub::new(TEAM, device, MemberId(device.0))
}

fn saved(hub: &Hub) -> Saved {
    hub.saved().clone()
}

fn registers_of(hub: &Hub) -> Vec<(Key, Register)> {
    hub.registers()
}

fn adopt(hub: &mut Hub, transport: &Items, now: u64) {
    hub.adopt(&Listing { items: transport.clone(), rest: 0 }, now);
}

/// Adopts the items of the transport, and publishes the registers that wait.
fn sync(hub: &mut Hub, transport: &mut Items, now: u64) {
    adopt(hub, transport, now);
    let Some(plan) = hub.plan(&Listing { items: transport.clone(), rest: 0 }, now) else { return };
    transport.extend(plan.set.clone());
    transport.retain(|name, _| !plan.remove.contains(name));
    hub.published(plan, now);
}

fn items_of(device: DeviceId, transport: &Items) -> Items {
    shard::of_device(TEAM, device, transport)
}

/// The sequence number of a shard, its head, and its registers in bytes.
fn read_shard(device: DeviceId, items: &Items) -> (u32, Head, Vec<u8>) {
    let (manifest, bytes) = shard::read(TEAM, device, items).expect("a whole shard");
    let (head, rest) = Head::read(&bytes).expect("a head");
    (manifest.seq, head, rest.to_vec())
}

/// Decodes the registers of a shard and encodes the shard again. `tables` are the chat tables of the other devices.
fn rewritten(device: DeviceId, items: &Items, tables: &[(DeviceId, Vec<ChatKey>)]) -> Items {
    let (seq, mut head, bytes) = read_shard(device, items);
    let table = |of| &tables.iter().find(|(device, _)| *device == of).expect("a table").1[..];
    let used: Vec<&[ChatKey]> = head.table_refs.iter().map(|used| table(used.device)).collect();
    let registers = head.registers(device, &bytes, &used).expect("registers");
    let of: Vec<DeviceId> = head.table_refs.iter().map(|used| used.device).collect();
    let tables: Vec<(DeviceId, &[ChatKey])> = of.into_iter().map(|device| (device, table(device))).collect();
    let bytes = head.write(device, &registers, &tables);
    shard::items(TEAM, device, seq, &bytes, Quota::STORAGE_SYNC.item_bytes)
}

fn team_file(registers: &[(Key, Register)], me: MemberId) -> TeamFile {
    team_file::export(&Team::of(&Document::of(registers.to_vec())), Some(me))
}

// The devices in the files, and when they sync.

const TEAM: TeamId = TeamId([0xba, 0x70, 0, 1, 2, 3, 4, 5]);
/// The devices that sync. A fourth device was retired.
const DEVICES: [(&str, DeviceId); 3] = [
    ("ana", DeviceId([0x1a, 0xf0, 3, 4, 5, 6, 7, 8])),
    ("ben", DeviceId([0x9b, 0x11, 3, 4, 5, 6, 7, 8])),
    ("cleo", DeviceId([0x5c, 0x20, 3, 4, 5, 6, 7, 8])),
];
const RETIRED: (&str, DeviceId) = ("dora", DeviceId([0x77, 0xd0, 3, 4, 5, 6, 7, 8]));
const MINUTE: u64 = 60_000;
const DAY: u64 = 24 * 60 * MINUTE;
/// When the devices sync, in milliseconds since the epoch.
const NOW: u64 = 29_800_000 * MINUTE;
/// The kinds that are known in the files. A kind that was declared after the files were made is in none of them.
const KNOWN: [RangeInclusive<u8>; 3] = [1..=23, 128..=132, 192..=192];
const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

/// The kinds in the files, in the order of their keys.
///
/// A kind that becomes known takes another position in the order of keys, and so in the stored bytes. Therefore the
/// unknown kinds in the files have numbers that no kind will ever have.
fn kinds() -> impl Iterator<Item = u8> {
    KNOWN.into_iter().chain(NEVER_USED).flatten()
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/golden")).join(name)
}

fn bytes(name: &str) -> Vec<u8> {
    fs::read(path(name)).expect(name)
}

fn text(name: &str) -> String {
    String::from_utf8(bytes(name)).expect(name)
}

fn read_items(text: &str) -> Items {
    let item = |line: &str| line.split_once(' ').map(|(name, item)| (name.to_owned(), item.to_owned()));
    text.lines().map(|line| item(line).expect("an item")).collect()
}

fn write_items(items: &Items) -> String {
    items.iter().map(|(name, item)| format!("{name} {item}\n")).collect()
}

fn read_journal(name: &str) -> Vec<Vec<u8>> {
    text(name).lines().map(|line| STANDARD_NO_PAD.decode(line).expect("base64")).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn value_in_words(value: &Value) -> String {
    match value {
        Value::Nothing => "nothing".to_owned(),
        Value::Flag(flag) => format!("flag {flag}"),
        Value::Number(number) => format!("number {number}"),
        Value::Text(text) => format!("text {text:?}"),
        Value::Holder(member, reason) => format!("holder {member} {reason:?}"),
        Value::Id(id) => format!("id {}", hex(id)),
        Value::Unknown(bytes) => format!("later {}", hex(bytes)),
    }
}

fn key_in_words(key: &Key) -> String {
    let (kind, name) = parts(key);
    format!("{kind} {}", hex(&name))
}

/// The registers, one a line.
fn listing(registers: &[(Key, Register)]) -> String {
    let line = |(key, Register { value, stamp }): &(Key, Register)| {
        let (key, value) = (key_in_words(key), value_in_words(value));
        format!("{key} = {value} at {}.{}@{}\n", stamp.tick, stamp.counter, stamp.device)
    };
    registers.iter().map(line).collect()
}

/// The hub of a device as it is stored before the devices sync.
fn stored_hub(name: &str) -> Hub {
    let journal = read_journal(&format!("{name}.journal"));
    let record = bytes(&format!("{name}.record"));
    hub_of(read_record(&record), journal.iter().map(|op| read_op(op)).collect())
}

fn stored_hubs() -> Vec<Hub> {
    DEVICES.iter().map(|(name, _)| stored_hub(name)).collect()
}

/// The devices sync in turn, in three rounds. After that no device has anything left to publish.
fn meet(hubs: &mut [Hub], order: [usize; 3], transport: &mut Items) {
    for round in 0..3 {
        for at in order {
            sync(&mut hubs[at], transport, NOW + round * MINUTE);
        }
    }
}

/// All items that the devices have published in the end.
fn published() -> Items {
    let texts = DEVICES.iter().map(|(name, _)| text(&format!("{name}.items")));
    texts.flat_map(|text| read_items(&text)).collect()
}

/// The chat tables of all devices, in their last versions.
fn tables() -> Vec<(DeviceId, Vec<ChatKey>)> {
    let (name, retired) = RETIRED;
    let mut all = published();
    all.extend(read_items(&text(&format!("{name}.items"))));
    let devices = DEVICES.iter().map(|(_, device)| *device).chain([retired]);
    devices.map(|device| (device, read_shard(device, &all).1.table)).collect()
}

#[test]
fn a_record_and_its_journal_are_written_again_byte_for_byte() {
    for (name, _) in DEVICES {
        let record = bytes(&format!("{name}.record"));
        let from_disk = read_record(&record);
        assert!(write_record(&from_disk) == record, "{name}: the record");
        assert!(write_record(&saved(&hub_of(from_disk, Vec::new()))) == record, "{name}: through a hub");
        let journal = read_journal(&format!("{name}.journal"));
        assert!(journal.len() > 3, "{name}");
        for op in journal {
            assert!(write_op(&read_op(&op)) == op, "{name}: an op");
        }
    }
}

#[test]
fn a_record_has_something_in_every_list() {
    let all: Vec<Saved> =
        DEVICES.iter().map(|(name, _)| read_record(&bytes(&format!("{name}.record")))).collect();
    let some = |has: &dyn Fn(&Saved) -> bool| all.iter().any(has);
    assert!(some(&|it| !it.table.is_empty()) && some(&|it| !it.left_out.is_empty()));
    assert!(some(&|it| !it.transport.published.is_empty()) && some(&|it| !it.transport.versions.is_empty()));
    assert!(some(&|it| !it.carried.is_empty()) && some(&|it| !it.sessions.is_empty()));
    assert!(some(&|it| !it.conflicts.is_empty()) && some(&|it| !it.transport.pace.writes.is_empty()));
    assert!(some(&|it| it.transport.behind > 0) && some(&|it| it.transport.rewrite));
    let colleague =
        |has: &dyn Fn(&Colleague) -> bool| some(&|it| it.colleagues.iter().any(|(_, known)| has(known)));
    assert!(
        colleague(&|it| it.ahead)
            && some(&|it| !it.transport.lost.is_empty())
            && colleague(&|it| it.items.len() > 2)
    );
    assert!(colleague(&|it| !it.head.table_refs.is_empty()) && colleague(&|it| !it.head.heads.is_empty()));
}

#[test]
fn shards_are_written_again_byte_for_byte() {
    let tables = tables();
    let (mut uses, mut holes) = (0, 0);
    for (name, device) in DEVICES.into_iter().chain([RETIRED]) {
        let file = text(&format!("{name}.items"));
        let items = read_items(&file);
        assert!(write_items(&rewritten(device, &items, &tables)) == file, "{name}");
        let (_, head, _) = read_shard(device, &items);
        uses += head.table_refs.len();
        holes += head.table.iter().filter(|chat| **chat == HOLE).count();
        assert!(device == RETIRED.1 || items.len() > 2, "{name}: a manifest and several parts");
    }
    assert!(uses > 0 && holes > 0, "{uses} tables of colleagues are used, {holes} holes");
}

#[test]
fn stored_devices_meet_and_publish_the_same_bytes() {
    let (mut hubs, mut transport) = (stored_hubs(), read_items(&text("before.items")));
    meet(&mut hubs, ORDERS[0], &mut transport);
    for ((name, device), hub) in DEVICES.iter().zip(&hubs) {
        let file = text(&format!("{name}.items"));
        assert!(write_items(&items_of(*device, &transport)) == file, "{name}: items");
        assert_eq!(listing(&registers_of(hub)), text("listing.txt"), "{name}");
    }
}

#[test]
fn stored_devices_agree_in_whatever_order_they_meet() {
    for order in ORDERS {
        let (mut hubs, mut transport) = (stored_hubs(), read_items(&text("before.items")));
        meet(&mut hubs, order, &mut transport);
        for hub in &hubs {
            assert_eq!(listing(&registers_of(hub)), text("listing.txt"), "{order:?}");
        }
    }
}

#[test]
fn a_new_device_reads_the_shards_in_any_order() {
    let all = published();
    for order in ORDERS {
        let (mut hub, mut transport) = (new_hub(DeviceId([0xee; 8])), Items::new());
        for at in order {
            transport.extend(items_of(DEVICES[at].1, &all));
            adopt(&mut hub, &transport, NOW + 9 * MINUTE);
        }
        assert_eq!(listing(&registers_of(&hub)), text("listing.txt"), "{order:?}");
    }
}

#[test]
fn every_kind_and_every_value_is_in_the_listing() {
    let listing = text("listing.txt");
    let has = |beginning: &str| listing.lines().any(|line| line.starts_with(beginning));
    let missing: Vec<u8> = kinds().filter(|kind| !has(&format!("{kind} "))).collect();
    assert_eq!(missing, [0; 0], "kinds");
    for value in ["nothing", "flag true", "flag false", "number", "text", "holder", "id", "later"] {
        assert!(listing.contains(&format!(" = {value}")), "{value}");
    }
}

#[test]
fn registers_and_edits_are_written_again_byte_for_byte() {
    let file = text("registers.txt");
    let registers = wire::decode_registers(&file).expect("registers");
    assert_eq!(listing(&registers), text("listing.txt"));
    assert!(wire::encode_registers(&registers) == file);
    let file = text("edits.txt");
    let edits = Edits(Blob(STANDARD_NO_PAD.decode(&file).expect("base64"))).decode().expect("edits");
    let expected: Vec<Edit> = registers.into_iter().map(|(key, register)| (key, register.value)).collect();
    assert!(edits == expected && STANDARD_NO_PAD.encode(Edits::encode(&edits).0.0) == file);
}

#[test]
fn a_packet_is_read_and_written_again_byte_for_byte() {
    let file = text("packet.txt");
    let items = wire::decode_packet(TEAM, &file).expect("a packet");
    assert!(wire::is_packet(&file) && wire::encode_packet(TEAM, &items) == file);
    let mut hub = new_hub(DeviceId([0xee; 8]));
    hub.take_in(&items, NOW + 9 * MINUTE);
    assert_eq!(listing(&registers_of(&hub)), text("listing.txt"));
}

#[test]
fn a_team_file_is_read_and_written_again_byte_for_byte() {
    let file = text("team.json");
    let team: TeamFile = serde_json::from_str(&file).expect("a team file");
    assert_eq!(serde_json::to_string_pretty(&team).expect("JSON"), file);
    let registers = wire::decode_registers(&text("registers.txt")).expect("registers");
    assert_eq!(team_file(&registers, me()), team, "the team of the registers");
    assert!(!team.tags.is_empty() && !team.replies.is_empty() && !team.members.is_empty());
    assert!(!team.fields.is_empty());
}

#[test]
fn a_backup_is_read_and_written_again_byte_for_byte() {
    let file = text("backup.json");
    let json: serde_json::Value = serde_json::from_str(&file).expect("JSON");
    let word = |name: &str| json[name].as_str().expect(name).to_owned();
    let version = json["baton_backup"].as_u64().expect("a version") as u32;
    assert_eq!(version, restore::BACKUP_VERSION);
    let backup = Backup { version, team: word("team"), made: NOW, registers: word("registers") };
    let registers = restore::open(&backup, TEAM).expect("a backup of this team");
    assert_eq!(listing(&registers), text("listing.txt"));
    assert!(backup_file(&registers) == file);
}

#[test]
fn uses_and_versions_are_written_again_byte_for_byte() {
    let file = text("uses.txt");
    let uses = wire::decode_uses(&file).expect("uses");
    assert_eq!((uses.clone(), wire::encode_uses(&uses)), (some_uses(), file));
    let file = text("versions.txt");
    let versions = wire::decode_versions(&file).expect("versions");
    assert_eq!((versions.clone(), wire::encode_versions(&versions)), (some_versions(), file));
}

#[test]
fn keys_are_in_the_order_of_their_numbers_and_unknown_ones_are_last() {
    let mut keys = one_key_of_each_kind();
    keys.reverse();
    keys.sort_unstable();
    let lines: String =
        keys.iter().map(|key| format!("{} {:016x}\n", key_in_words(key), beginning(key))).collect();
    assert_eq!(lines, text("keys.txt"));
    assert!(keys.is_sorted_by_key(beginning), "beginnings rise with the keys");
    let order: Vec<u8> = keys.iter().map(|key| parts(key).0).collect();
    assert_eq!(order, kinds().collect::<Vec<u8>>());
}

mod making_tests;
use making_tests::{backup_file, me, one_key_of_each_kind, some_uses, some_versions};

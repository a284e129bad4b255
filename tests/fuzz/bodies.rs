//! What each target does with an input. None may panic, take long or take much memory, whatever the input is; and what
//! was read must read the same after it was written again.

use std::sync::OnceLock;

use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use baton_core::chat::ChatKey;
use baton_core::codes::{self, Parts};
use baton_core::hub::{Hub, Listing};
use baton_core::id::{DeviceId, MemberId, TagId, TeamId};
use baton_core::replica::dense::{self, Head};
use baton_core::replica::shard::{self, Items, Manifest};
use baton_core::replica::{Edit, Key, Value};
use baton_core::wire::{self, FromHub, ToHub};

/// A target: what it is called and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: [Target; 12] = [
    ("letters", letters),
    ("manifest", manifest),
    ("shard", shard),
    ("registers", registers),
    ("edits", edits),
    ("saved", saved),
    ("accepted", accepted),
    ("to_hub", to_hub),
    ("from_hub", from_hub),
    ("packet", packet),
    ("codes", codes),
    ("take_in", take_in),
];

/// The team of all hubs.
pub const TEAM: TeamId = TeamId([7; 8]);
/// The moment of all that happens, in milliseconds since the epoch.
pub const NOW: u64 = 29_800_000 * 60_000;
/// Whose shard is read.
pub const WRITER: DeviceId = DeviceId([1; 8]);

/// Colleagues and their chat tables, by which the shard's registers may speak of chats.
pub fn colleagues() -> [(DeviceId, Vec<ChatKey>); 2] {
    let table = |chats: std::ops::Range<u8>| chats.map(|chat| ChatKey([chat; 5])).collect();
    [(DeviceId([2; 8]), table(20..40)), (DeviceId([3; 8]), table(40..43))]
}

/// The devices that items are made up for; the first is the hub's own.
pub fn device(number: u8) -> DeviceId {
    DeviceId([number + 1; 8])
}

/// Text of 92 characters to bytes.
pub fn letters(input: &[u8]) {
    let again = dense::to_text(input);
    assert!(dense::to_bytes(&again).is_some_and(|bytes| bytes.starts_with(input)));
    let Ok(text) = std::str::from_utf8(input) else { return };
    if let Some(bytes) = dense::to_bytes(text) {
        let again = dense::to_bytes(&dense::to_text(&bytes));
        assert!(again.is_some_and(|again| again.starts_with(&bytes)));
    }
}

/// A manifest.
pub fn manifest(input: &[u8]) {
    if let Ok(text) = std::str::from_utf8(input)
        && let Ok(manifest) = Manifest::read(text)
    {
        assert!(manifest.parts <= shard::TOTAL_ITEMS);
    }
}

/// A head and its registers, with the tables of [`colleagues`].
pub fn shard(input: &[u8]) {
    let Ok((head, rest)) = Head::read(input) else { return };
    let colleagues = colleagues();
    let table = |device: DeviceId| {
        if device == WRITER {
            return Some(head.table.as_slice());
        }
        colleagues.iter().find(|(colleague, _)| *colleague == device).map(|(_, table)| table.as_slice())
    };
    let Some(tables) = head.uses.iter().map(|used| table(used.device)).collect::<Option<Vec<_>>>() else {
        return;
    };
    let Ok(mut registers) = head.registers(WRITER, rest, &tables) else { return };
    // A hostile shard may say two things of one key. Written again, it is as a hub would write it.
    registers.sort_by_key(|(key, _)| *key);
    registers.dedup_by_key(|(key, _)| *key);
    let known: Vec<(DeviceId, &[ChatKey])> =
        colleagues.iter().map(|(device, table)| (*device, table.as_slice())).collect();
    let heads = known.iter().map(|(device, _)| (*device, 1)).collect();
    let mut again = Head { heads, uses: Vec::new(), ..head.clone() };
    again.introduce(&registers, &known);
    let bytes = again.write(WRITER, &registers, &known);
    let (read, rest) = Head::read(&bytes).expect("a head that was just written");
    let tables: Vec<&[ChatKey]> = read.uses.iter().filter_map(|used| table(used.device)).collect();
    let mut second = read.registers(WRITER, rest, &tables).expect("registers that were just written");
    second.sort_by_key(|(key, _)| *key);
    assert_eq!(second, registers);
}

/// Registers.
pub fn registers(input: &[u8]) {
    for text in texts(input) {
        if let Ok(registers) = wire::decode_registers(&text) {
            assert_eq!(wire::decode_registers(&wire::encode_registers(&registers)), Ok(registers));
        }
    }
}

/// Edits.
pub fn edits(input: &[u8]) {
    for text in texts(input) {
        if let Ok(edits) = wire::decode_edits(&text) {
            assert_eq!(wire::decode_edits(&wire::encode_edits(&edits)), Ok(edits));
        }
    }
}

/// A hub's record, and the hub that it becomes.
pub fn saved(input: &[u8]) {
    if let Ok(saved) = wire::decode_saved(input) {
        assert_eq!(wire::decode_saved(&wire::encode_saved(&saved)).as_ref(), Ok(&saved));
        let hub = Hub::restore(TEAM, saved, Vec::new());
        hub.registers();
    }
}

/// An op's record.
pub fn accepted(input: &[u8]) {
    if let Ok(accepted) = wire::decode_accepted(input) {
        assert_eq!(wire::decode_accepted(&wire::encode_accepted(&accepted)), Ok(accepted));
    }
}

/// A message to the hub.
pub fn to_hub(input: &[u8]) {
    for text in texts(input) {
        if let Ok(message) = ToHub::read(&text) {
            assert_eq!(ToHub::read(&message.write()), Ok(message));
        }
    }
}

/// A message of the hub's.
pub fn from_hub(input: &[u8]) {
    for text in texts(input) {
        if let Ok(message) = FromHub::read(&text) {
            assert_eq!(FromHub::read(&message.write()), Ok(message));
        }
    }
}

/// A packet's text.
pub fn packet(input: &[u8]) {
    if let Ok(text) = std::str::from_utf8(input)
        && let Ok(items) = wire::decode_packet(TEAM, text)
        // No item of ours has one; that of a last line without an end is taken for a part of the end.
        && !text.contains('\r')
    {
        assert_eq!(wire::decode_packet(TEAM, &wire::encode_packet(TEAM, &items)), Ok(items));
    }
}

/// Codes of a text, a line each.
pub fn codes(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let mut parts = Parts::default();
    for code in text.lines() {
        let missing = parts.missing().len();
        if parts.take(code).is_ok() {
            assert!(parts.missing().len() <= missing.max(parts.of()));
        }
    }
    // No text at all takes no codes.
    if let Some(Ok(text)) = parts.text().filter(|text| *text != Ok(String::new())) {
        let mut again = Parts::default();
        assert!(codes::split(&text).iter().rev().all(|code| again.take(code).is_ok()));
        assert_eq!(again.text(), Some(Ok(text)));
    }
}

/// Items, taken in by a hub that knows one colleague, and what it makes of them.
pub fn take_in(input: &[u8]) {
    static HUB: OnceLock<Hub> = OnceLock::new();
    let mut hub = HUB.get_or_init(|| world().0).clone();
    let items = items_of(input);
    hub.take_in(&items, NOW);
    hub.take_in(&items, NOW);
    let saved = hub.save();
    assert_eq!(wire::decode_saved(&wire::encode_saved(&saved)), Ok(saved));
    let listing = Listing { items, rest: 0 };
    hub.adopt(&listing, NOW);
    if let Some(plan) = hub.plan(&listing, NOW) {
        hub.published(plan, NOW);
    }
}

/// The input as text, and as the bytes that a text of ours would stand for.
fn texts(input: &[u8]) -> impl Iterator<Item = String> {
    let plain = std::str::from_utf8(input).ok().map(str::to_owned);
    let format = untext(&wire::encode_edits(&[]))[..1].to_vec();
    let coded = BASE64_STANDARD_NO_PAD.encode([&format, input].concat());
    plain.into_iter().chain([coded])
}

/// The bytes that a text of ours stands for. The first one is its format.
pub fn untext(text: &str) -> Vec<u8> {
    BASE64_STANDARD_NO_PAD.decode(text).expect("our own")
}

/// A hub with a colleague that both know of some chats, and what they have published.
pub fn world() -> (Hub, Hub, Listing) {
    let mut mine = Hub::new(TEAM, device(0), MemberId([1; 8]));
    let mut theirs = Hub::new(TEAM, device(1), MemberId([2; 8]));
    let mut listing = Listing::default();
    work(&mut mine, 1, 30);
    work(&mut theirs, 1, 40);
    for _ in 0..2 {
        for hub in [&mut mine, &mut theirs] {
            sync(hub, &mut listing);
        }
    }
    (mine, theirs, listing)
}

/// A hub does something about some chats, in its op number `n`.
pub fn work(hub: &mut Hub, n: u32, first: u8) {
    let chat = |number: u8| ChatKey([first + number; 5]);
    let edits: Vec<Edit> = vec![
        (Key::MemberName(hub.member()), Value::Text("Mei Lin".into())),
        (Key::TagName(TagId([first; 8])), Value::Text("New order".into())),
        (Key::TagGone(TagId([first; 8])), Value::Flag(false)),
        (Key::ChatState(chat(0)), Value::Number(1)),
        (Key::ChatTag(chat(0), TagId([first; 8])), Value::Flag(true)),
        (Key::ChatNote(chat(1)), Value::Text("Waits for a parcel".into())),
        (Key::ChatHolder(chat(1)), Value::Holder(hub.member(), "knows it".into())),
        (Key::ChatSnooze(chat(2)), Value::Number(29_801_000)),
        (Key::ChatTag(chat(2), TagId([first; 8])), Value::Flag(false)),
    ];
    hub.accept("tab", n, edits, NOW).expect("few tags");
}

/// A hub takes in what is there and publishes.
pub fn sync(hub: &mut Hub, listing: &mut Listing) {
    hub.adopt(listing, NOW);
    if let Some(plan) = hub.plan(listing, NOW) {
        plan.remove.iter().for_each(|name| drop(listing.items.remove(name)));
        listing.items.extend(plan.set.clone());
        hub.published(plan, NOW);
    }
}

/// Items out of pieces of the input: each says a device, a version and a length, and then what its shard holds. A piece
/// of a device that there is none of is the name and the text of an item.
pub fn items_of(mut input: &[u8]) -> Items {
    let mut items = Items::new();
    while let [number, seq, high, low, rest @ ..] = input {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let (piece, rest) = rest.split_at(length.min(rest.len()));
        input = rest;
        if *number < 5 {
            items.extend(shard::items(TEAM, device(*number), u32::from(*seq), piece));
        } else if let Ok(text) = std::str::from_utf8(piece) {
            let (name, text) = text.split_at_checked(usize::from(*seq)).unwrap_or((text, ""));
            items.insert(name.to_owned(), text.to_owned());
        }
    }
    items
}

//! What each target does with an input. None may panic, take long or take much memory, whatever the input is; and what
//! was read must read the same after it was written again.

use std::sync::OnceLock;

use base64::Engine;
use base64::prelude::BASE64_STANDARD_NO_PAD;
use baton_core::codes::{self, Parts};
use baton_core::hub::{Hub, Listing, Quota};
use baton_core::id::{DeviceId, MemberId, ReplyId, TagId, TeamId};
use baton_core::import::{self as files, Kind, Reader};
use baton_core::optimistic_team::OptimisticTeam;
use baton_core::replica::dense::{self, Head};
use baton_core::replica::shard::{self, Items, Manifest};
use baton_core::replica::{Edit, Key, Value};
use baton_core::restore::{self, BACKUP_VERSION, Backup};
use baton_core::search::{Entry, Finder, Initials};
use baton_core::team::chat::ChatKey;
use baton_core::team::hours::{DAY, LocalMinute, Week};
use baton_core::template::{self as replies, Answers, Need, Values};
use baton_core::uses::Totals;
use baton_core::versions::{self as earlier, Version};
use baton_core::wire::{self, Blob, Edits, FromHub, ToHub};

/// A target: what it is called and what it does.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: [Target; 19] = [
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
    ("template", template),
    ("bring", bring),
    ("hours", hours),
    ("search", search),
    ("uses", uses),
    ("versions", versions),
    ("backup", backup),
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
        assert!(manifest.parts <= shard::MAX_PARTS);
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
    let Some(tables) = head.table_refs.iter().map(|used| table(used.device)).collect::<Option<Vec<_>>>()
    else {
        return;
    };
    let Ok(mut registers) = head.registers(WRITER, rest, &tables) else { return };
    // A hostile shard may say two things of one key. Written again, it is as a hub would write it.
    registers.sort_by_key(|(key, _)| *key);
    registers.dedup_by_key(|(key, _)| *key);
    let known: Vec<(DeviceId, &[ChatKey])> =
        colleagues.iter().map(|(device, table)| (*device, table.as_slice())).collect();
    let heads = known.iter().map(|(device, _)| (*device, 1)).collect();
    let mut again = Head { heads, table_refs: Vec::new(), ..head.clone() };
    again.introduce(&registers, &known, &[]);
    let bytes = again.write(WRITER, &registers, &known);
    let (read, rest) = Head::read(&bytes).expect("a head that was just written");
    let tables: Vec<&[ChatKey]> = read.table_refs.iter().filter_map(|used| table(used.device)).collect();
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
    for bytes in [input.to_vec(), with_format(input)] {
        if let Ok(edits) = Edits(Blob(bytes)).decode() {
            assert_eq!(Edits::encode(&edits).decode(), Ok(edits));
        }
    }
}

/// A hub's record, and the hub that it becomes.
pub fn saved(input: &[u8]) {
    if let Ok(saved) = wire::decode_saved(input) {
        assert_eq!(wire::decode_saved(&wire::encode_saved(&saved)).as_ref(), Ok(&saved));
        let mut hub = Hub::restore(TEAM, saved, Vec::new());
        hub.open();
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
        let Ok(message) = FromHub::read(&text) else { continue };
        // Weights of uses that are no numbers do not equal themselves, so texts are compared.
        let written = message.write();
        assert_eq!(FromHub::read(&written).map(|message| message.write()), Ok(written));
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
    let record = wire::encode_saved(hub.saved());
    assert_eq!(wire::decode_saved(&record).map(|saved| wire::encode_saved(&saved)), Ok(record));
    let listing = Listing { items, rest: 0 };
    hub.adopt(&listing, NOW);
    if let Some(plan) = hub.plan(&listing, NOW) {
        hub.published(plan, NOW);
    }
}

/// A reply's text, with answers by the first four bytes. Replies that it includes are pieces of itself.
pub fn template(input: &[u8]) {
    let Some((dice, text)) = input.split_first_chunk::<4>() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let middle = text.floor_char_boundary(text.len() / 2);
    let lookup = |code: &str| match code {
        "all" => Some(text.to_owned()),
        "a" => Some(text[..middle].to_owned()),
        "b" => Some(text[middle..].to_owned()),
        _ => None,
    };
    let read = replies::parse(text, &lookup);
    let printed = replies::print(&read);
    let again = replies::parse(&printed, &lookup);
    assert_eq!(replies::print(&again), printed);
    // Alone, a text is what it is printed as.
    let alone = replies::parse(text, &|_| None);
    let printed = replies::print(&alone);
    assert_eq!(replies::parse(&printed, &|_| None).nodes, alone.nodes);

    let values = Values {
        name: (dice[0] & 1 == 0).then_some("Mei {Lin}"),
        agent: (dice[0] & 2 == 0).then_some("Ana"),
        greeting: &|| "Good morning".into(),
        date: &|days| days.to_string(),
        time: &|| "09:30".into(),
        eta: &|| (dice[0] & 4 == 0).then(|| "{today}".into()),
        clipboard: (dice[0] & 8 == 0).then_some("😀{"),
        field: &|name| (name.len() % 2 == usize::from(dice[0] >> 7)).then(|| name.to_owned()),
    };
    let mut answers = Answers::default();
    // Parts that are switched on may ask for more.
    for round in 0..3 {
        for need in replies::needs(&read, &values, &answers) {
            match need {
                Need::Text { name, .. } if dice[1] & 1 == 0 => answers.write(&name, "{}|"),
                Need::Text { .. } => {}
                Need::Choice { index, options, .. } => {
                    assert!(options.len() > 1);
                    answers.choose(index, usize::from(dice[2]) % (options.len() + 1));
                }
                Need::Optional { index, .. } => {
                    answers.switch(index, (index + round) % 3 < usize::from(dice[3] % 4))
                }
            }
        }
    }
    let filled = replies::fill(&read, &values, &answers);
    assert!(filled.cursor.is_none_or(|cursor| cursor <= filled.text.encode_utf16().count()));
    for draft in [text, &filled.text] {
        for place in replies::unfilled(draft) {
            assert!(
                draft
                    .get(place.bytes.clone())
                    .is_some_and(|it| it.encode_utf16().count() == place.utf16.len())
            );
        }
    }
}

/// A file of another tool, by the first byte, and what is written for others of what was in it.
pub fn bring(input: &[u8]) {
    files::encoding(input);
    let Some((kind, text)) = input.split_first() else { return };
    let kinds = [Kind::Csv, Kind::Espanso, Kind::Blaze, Kind::BlazeCsv, Kind::Chatwoot];
    let kind = kinds[usize::from(*kind) % kinds.len()];
    let Ok(text) = std::str::from_utf8(text) else { return };
    files::kind("", text);
    let Ok(mut reader) = Reader::new(kind, text) else { return };
    let mut done = 0;
    loop {
        let progress = reader.step(3);
        assert!(done <= progress.done && progress.done <= progress.of);
        done = progress.done;
        if progress.finished {
            break;
        }
    }
    let imported = reader.imported();
    for reply in &imported.rows {
        assert!(!reply.title.is_empty() && reply.body.chars().count() <= files::BODY_CHARS);
        for name in [&reply.title, &reply.shortcut, &reply.folder].into_iter().chain(&reply.tags) {
            assert!(name.chars().count() <= files::NAME_CHARS, "{name}");
        }
    }
    let rows: Vec<(&str, &str, &str)> =
        imported.rows.iter().map(|it| (it.title.as_str(), it.shortcut.as_str(), it.body.as_str())).collect();
    files::duplicates(&rows);
    files::to_csv(&imported.rows);
    files::to_espanso(&imported.rows);
    let taken = imported.rows.len();
    assert!(files::answer(Ok(imported)).map_or(taken > 1_000, |file| file.team.replies.len() == taken));
}

/// Working hours, and what is promised by them at the moment that the first five bytes say.
pub fn hours(input: &[u8]) {
    let Some((moment, text)) = input.split_first_chunk::<5>() else { return };
    let Ok(week) = std::str::from_utf8(text).map_or(Ok(Week::default()), Week::parse) else { return };
    assert_eq!(Week::parse(&week.print()).as_ref(), Ok(&week));
    let minute = u16::from_be_bytes([moment[1], moment[2]]) % DAY;
    let now = LocalMinute { weekday: moment[0] % 7 + 1, minute };
    let short = u32::from(u16::from_be_bytes([moment[3], moment[4]]));
    for minutes in [0, short, short << 16, u32::MAX] {
        let due = week.promised(now, minutes);
        assert!(due.is_none() == week.is_empty() && due.is_none_or(|due| due.minute < DAY));
    }
}

/// Replies, a line each, and what is looked for in the last line, letter by letter.
pub fn search(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let mut lines: Vec<&str> = text.lines().collect();
    let Some(query) = lines.pop() else { return };
    let entries = lines.iter().map(|line| {
        let mut cells = line.split('\t');
        let mut cell = || cells.next().unwrap_or_default();
        let (title, shortcut, body, folder) = (cell(), cell(), cell(), cell());
        Entry { title, shortcut, body, folder, tags: &[] }
    });
    let initials = Initials::new("啊阿埃芭捌扒吧擦猜搭达没美妹你拿");
    let mut finder = Finder::new(entries, &initials);
    for (at, letter) in query.char_indices().take(60) {
        let typed = &query[..at + letter.len_utf8()];
        let results = finder.find(typed, 5, |n| n as u32);
        assert!(results.found.len() == results.total.min(5) && results.total <= lines.len());
        for found in results.found {
            let cells: Vec<&str> = lines[found.index].split('\t').collect();
            let cell = |n: usize| cells.get(n).map_or(0, |cell| cell.chars().count()) as u32;
            assert!(found.title_hits.is_sorted() && found.title_hits.iter().all(|hit| *hit < cell(0)));
            assert!(found.shortcut_hits.is_sorted() && found.shortcut_hits.iter().all(|hit| *hit < cell(1)));
        }
    }
}

/// What a person used, and what a colleague's browser says of it.
pub fn uses(input: &[u8]) {
    if let Ok(text) = std::str::from_utf8(input) {
        let totals = Totals::read(text);
        assert_eq!(Totals::read(&totals.write()), totals);
    }
    for text in texts(input) {
        let Ok(mut uses) = wire::decode_uses(&text) else { continue };
        // Numbers that are none are not equal to themselves.
        let written = wire::encode_uses(&uses);
        assert_eq!(wire::decode_uses(&written).map(|uses| wire::encode_uses(&uses)), Ok(written));
        let replies: Vec<ReplyId> = uses.iter().map(|(reply, _)| *reply).chain([ReplyId([1; 8])]).collect();
        for reply in replies {
            uses.likelihood(reply, &[TagId([1; 8])], 29_800_000);
            uses.note(reply, &[TagId([1; 8])], 29_800_000);
            uses.pin(reply, !uses.is_pinned(reply));
        }
        assert_eq!(Totals::read(&uses.totals().write()), uses.totals());
    }
}

/// The earlier texts of a reply.
pub fn versions(input: &[u8]) {
    for text in texts(input) {
        let Ok(mut read) = wire::decode_versions(&text) else { continue };
        assert_eq!(wire::decode_versions(&wire::encode_versions(&read)).as_ref(), Ok(&read));
        earlier::add(
            &mut read,
            Version {
                at: 29_800_000,
                who: None,
                title: "Hours".into(),
                shortcut: "h".into(),
                body: "9 to 18".into(),
            },
        );
        assert!(read.len() <= 20);
    }
}

/// A backup's registers, put back where others stand.
pub fn backup(input: &[u8]) {
    static SHARED: OnceLock<OptimisticTeam> = OnceLock::new();
    let shared = SHARED.get_or_init(|| {
        let mut shared = OptimisticTeam::default();
        shared.changed(world().0.registers());
        shared
    });
    for registers in texts(input) {
        let backup = Backup { version: BACKUP_VERSION, team: TEAM.to_string(), made: NOW, registers };
        let Ok(registers) = restore::open(&backup, TEAM) else { continue };
        let comparison = restore::compare(shared, &registers);
        let lines = comparison.missing.lines.len() + comparison.changed.lines.len();
        assert!(lines <= registers.len());
        assert!(comparison.missing.edits.len() + comparison.changed.edits.len() <= registers.len());
    }
}

/// The input as text, and as the bytes that a text of ours would stand for.
fn texts(input: &[u8]) -> impl Iterator<Item = String> {
    let plain = std::str::from_utf8(input).ok().map(str::to_owned);
    plain.into_iter().chain([BASE64_STANDARD_NO_PAD.encode(with_format(input))])
}

/// The input behind the byte of the format.
fn with_format(input: &[u8]) -> Vec<u8> {
    let format = &Edits::encode(&[]).0.0[..1];
    [format, input].concat()
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
            let item_bytes = Quota::STORAGE_SYNC.item_bytes;
            items.extend(shard::items(TEAM, device(*number), u32::from(*seq), piece, item_bytes));
        } else if let Ok(text) = std::str::from_utf8(piece) {
            let (name, text) = text.split_at_checked(usize::from(*seq)).unwrap_or((text, ""));
            items.insert(name.to_owned(), text.to_owned());
        }
    }
    items
}

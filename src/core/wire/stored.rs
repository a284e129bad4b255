//! The hub's state as it lies on disk: one record with everything, and one for each op accepted since.

use serde::{Deserialize, Serialize};

use super::codec;
use crate::hub::{Accepted, Colleague, Conflict, Pace, Saved, Version as Published};
use crate::id::{DeviceId, MemberId, ReplyId, TagId};
use crate::replica::Clock;
use crate::replica::dense::{Head, TableRef};
use crate::replica::shard::Items;
use crate::team::chat::ChatKey;
use crate::uses::{Use as Used, Uses};
use crate::versions::Version;
use crate::wire::{Malformed, decode_registers, encode_registers};

/// The layout of the record.
const FORMAT: u8 = 3;

/// Items by name.
type Pairs = Vec<(String, String)>;
type Moment = (u32, u32);

#[derive(Serialize, Deserialize)]
struct SavedRecord {
    device: [u8; 8],
    member: [u8; 8],
    clock: Moment,
    seq: u32,
    chats: Vec<[u8; 5]>,
    holes: Vec<[u8; 5]>,
    published: Pairs,
    published_clock: Moment,
    published_at: u64,
    edited: Moment,
    rewrite: bool,
    versions: Vec<(u32, u32, Moment)>,
    colleagues: Vec<([u8; 8], ColleagueRecord)>,
    carried: Vec<[u8; 8]>,
    sessions: Vec<(String, u32)>,
    conflicts: Vec<(u64, String)>,
    behind: u64,
    /// How full the bucket of writes is, when it was, and the writes of the last hour.
    pace: (u64, u64, Vec<u64>),
    registers: String,
}

#[derive(Serialize, Deserialize)]
struct ColleagueRecord {
    seq: u32,
    items: Pairs,
    at: u32,
    clock: Moment,
    heads: Vec<([u8; 8], u32)>,
    uses: Vec<([u8; 8], u32, u32)>,
    table: Vec<[u8; 5]>,
    ahead: bool,
    heard: u64,
    lost: u64,
}

#[derive(Serialize, Deserialize)]
struct VersionRecord {
    at: u32,
    who: Option<[u8; 8]>,
    title: String,
    shortcut: String,
    body: String,
}

#[derive(Serialize, Deserialize)]
struct UseRecord {
    reply: [u8; 8],
    count: u32,
    last: u32,
    pinned: bool,
    weight: f32,
    by_tag: Vec<([u8; 8], f32)>,
}

#[derive(Serialize, Deserialize)]
struct AcceptedRecord {
    session: String,
    n: u32,
    registers: String,
}

/// The record with everything.
pub fn encode_saved(saved: &Saved) -> Vec<u8> {
    let conflict = |it: &Conflict| {
        let both = [(it.key, it.kept.clone()), (it.key, it.lost.clone())];
        (it.at, encode_registers(&both))
    };
    let record = SavedRecord {
        device: saved.device.0,
        member: saved.member.0,
        clock: moment(saved.clock),
        seq: saved.seq,
        chats: saved.chats.iter().map(|chat| chat.0).collect(),
        holes: saved.holes.iter().map(|chat| chat.0).collect(),
        published: pairs(&saved.published),
        published_clock: moment(saved.published_clock),
        published_at: saved.published_at,
        edited: moment(saved.edited),
        rewrite: saved.rewrite,
        versions: saved.versions.iter().map(|it| (it.seq, it.size as u32, moment(it.clock))).collect(),
        colleagues: saved.colleagues.iter().map(|(device, it)| (device.0, colleague_record(it))).collect(),
        carried: saved.carried.iter().map(|device| device.0).collect(),
        sessions: saved.sessions.clone(),
        conflicts: saved.conflicts.iter().map(conflict).collect(),
        behind: saved.behind,
        pace: (saved.pace.filled, saved.pace.at, saved.pace.writes.clone()),
        registers: encode_registers(&saved.registers),
    };
    let mut bytes = vec![FORMAT];
    // Writing into memory has nothing that can fail.
    bytes.extend(postcard::to_allocvec(&record).unwrap_or_default());
    bytes
}

/// Reads the record with everything.
pub fn decode_saved(bytes: &[u8]) -> Result<Saved, Malformed> {
    decode_saved_and_text(bytes).map(|(saved, _)| saved)
}

/// Reads the record with everything, and returns the registers as the text that they are in it as well: whoever greets a
/// page need not write it anew.
pub fn decode_saved_and_text(bytes: &[u8]) -> Result<(Saved, String), Malformed> {
    let record: SavedRecord = match bytes.split_first() {
        Some((&FORMAT, rest)) => codec::whole(rest)?,
        Some((format, _)) if *format > FORMAT => return Err(Malformed::Newer),
        _ => return Err(Malformed::Corrupt),
    };
    let conflict = |(at, both): (u64, String)| {
        let mut both = decode_registers(&both).ok()?.into_iter();
        let ((key, kept), (_, lost)) = (both.next()?, both.next()?);
        Some(Conflict { at, key, kept, lost })
    };
    let registers = decode_registers(&record.registers)?;
    let saved = Saved {
        device: DeviceId(record.device),
        member: MemberId(record.member),
        clock: of_moment(record.clock),
        seq: record.seq,
        chats: record.chats.into_iter().map(ChatKey).collect(),
        holes: record.holes.into_iter().map(ChatKey).collect(),
        published: of_pairs(record.published),
        published_clock: of_moment(record.published_clock),
        published_at: record.published_at,
        edited: of_moment(record.edited),
        rewrite: record.rewrite,
        versions: record
            .versions
            .into_iter()
            .map(|(seq, size, clock)| Published { seq, size: size as usize, clock: of_moment(clock) })
            .collect(),
        colleagues: record.colleagues.into_iter().map(|(id, it)| (DeviceId(id), colleague(it))).collect(),
        carried: record.carried.into_iter().map(DeviceId).collect(),
        sessions: record.sessions,
        conflicts: record.conflicts.into_iter().filter_map(conflict).collect(),
        behind: record.behind,
        pace: Pace { filled: record.pace.0, at: record.pace.1, writes: record.pace.2 },
        registers,
    };
    Ok((saved, record.registers))
}

fn colleague_record(it: &Colleague) -> ColleagueRecord {
    ColleagueRecord {
        seq: it.seq,
        items: pairs(&it.items),
        at: it.head.at,
        clock: moment(it.head.clock),
        heads: it.head.heads.iter().map(|(device, seq)| (device.0, *seq)).collect(),
        uses: it.head.table_refs.iter().map(|used| (used.device.0, used.length, used.check)).collect(),
        table: it.head.table.iter().map(|chat| chat.0).collect(),
        ahead: it.ahead,
        heard: it.heard,
        lost: it.lost,
    }
}

fn colleague(it: ColleagueRecord) -> Colleague {
    let used = |(device, length, check)| TableRef { device: DeviceId(device), length, check };
    let head = Head {
        at: it.at,
        clock: of_moment(it.clock),
        heads: it.heads.into_iter().map(|(device, seq)| (DeviceId(device), seq)).collect(),
        table_refs: it.uses.into_iter().map(used).collect(),
        table: it.table.into_iter().map(ChatKey).collect(),
    };
    Colleague {
        seq: it.seq,
        items: of_pairs(it.items),
        head,
        ahead: it.ahead,
        heard: it.heard,
        lost: it.lost,
    }
}

fn moment(clock: Clock) -> Moment {
    (clock.tick, clock.counter)
}

fn of_moment((tick, counter): Moment) -> Clock {
    Clock { tick, counter }
}

/// What a browser's person used, as text.
pub fn encode_uses(uses: &Uses) -> String {
    let record = |(reply, used): (&ReplyId, &Used)| UseRecord {
        reply: reply.0,
        count: used.count,
        last: used.last,
        pinned: used.pinned,
        weight: used.weight,
        by_tag: used.by_tag.iter().map(|(tag, weight)| (tag.0, *weight)).collect(),
    };
    codec::to_text(&uses.iter().map(record).collect::<Vec<_>>())
}

/// Reads what a browser's person used.
pub fn decode_uses(text: &str) -> Result<Uses, Malformed> {
    let mut uses = Uses::default();
    for UseRecord { reply, count, last, pinned, weight, by_tag } in
        codec::whole::<Vec<UseRecord>>(&codec::from_text(text)?)?
    {
        let by_tag = by_tag.into_iter().map(|(tag, weight)| (TagId(tag), weight)).collect();
        uses.restore(ReplyId(reply), Used { count, last, pinned, weight, by_tag });
    }
    Ok(uses)
}

/// The earlier texts of a reply, as text.
pub fn encode_versions(versions: &[Version]) -> String {
    let record = |it: &Version| VersionRecord {
        at: it.at,
        who: it.who.map(|who| who.0),
        title: it.title.clone(),
        shortcut: it.shortcut.clone(),
        body: it.body.clone(),
    };
    codec::to_text(&versions.iter().map(record).collect::<Vec<_>>())
}

/// Reads the earlier texts of a reply.
pub fn decode_versions(text: &str) -> Result<Vec<Version>, Malformed> {
    let version = |VersionRecord { at, who, title, shortcut, body }| Version {
        at,
        who: who.map(MemberId),
        title,
        shortcut,
        body,
    };
    let records: Vec<VersionRecord> = codec::whole(&codec::from_text(text)?)?;
    Ok(records.into_iter().map(version).collect())
}

/// The record of one op.
pub fn encode_accepted(accepted: &Accepted) -> Vec<u8> {
    let Accepted { session, n, registers } = accepted;
    let record = AcceptedRecord { session: session.clone(), n: *n, registers: encode_registers(registers) };
    postcard::to_allocvec(&record).unwrap_or_default()
}

/// Reads the record of one op.
pub fn decode_accepted(bytes: &[u8]) -> Result<Accepted, Malformed> {
    let AcceptedRecord { session, n, registers } = codec::whole(bytes)?;
    Ok(Accepted { session, n, registers: decode_registers(&registers)? })
}

fn pairs(items: &Items) -> Pairs {
    items.clone().into_iter().collect()
}

fn of_pairs(pairs: Pairs) -> Items {
    pairs.into_iter().collect()
}

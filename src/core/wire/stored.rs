//! The hub's state as it lies on disk: one record with everything, and one for each op accepted since.

use serde::{Deserialize, Serialize};

use crate::hub::{Accepted, Foreign, Saved};
use crate::id::{DeviceId, MemberId};
use crate::replica::shard::Items;
use crate::wire::{Malformed, decode_registers, encode_registers};

/// Items by name.
type Pairs = Vec<(String, String)>;

#[derive(Serialize, Deserialize)]
struct SavedRecord {
    device: [u8; 8],
    member: [u8; 8],
    seq: u32,
    published: Pairs,
    waiting: bool,
    foreign: Vec<([u8; 8], u32, Pairs, bool)>,
    sessions: Vec<(String, u32)>,
    registers: String,
}

#[derive(Serialize, Deserialize)]
struct AcceptedRecord {
    session: String,
    n: u32,
    registers: String,
}

/// The record with everything.
pub fn encode_saved(saved: &Saved) -> Vec<u8> {
    let foreign = saved.foreign.iter().map(|(device, it)| (device.0, it.seq, pairs(&it.items), it.ahead));
    let record = SavedRecord {
        device: saved.device.0,
        member: saved.member.0,
        seq: saved.seq,
        published: pairs(&saved.published),
        waiting: saved.waiting,
        foreign: foreign.collect(),
        sessions: saved.sessions.clone(),
        registers: encode_registers(&saved.registers),
    };
    // Writing into memory has nothing that can fail.
    postcard::to_allocvec(&record).unwrap_or_default()
}

/// Reads the record with everything.
pub fn decode_saved(bytes: &[u8]) -> Result<Saved, Malformed> {
    let record: SavedRecord = postcard::from_bytes(bytes).map_err(|_| Malformed::Corrupt)?;
    let foreign = record.foreign.into_iter().map(|(device, seq, items, ahead)| {
        (DeviceId(device), Foreign { seq, items: of_pairs(items), ahead })
    });
    Ok(Saved {
        device: DeviceId(record.device),
        member: MemberId(record.member),
        seq: record.seq,
        published: of_pairs(record.published),
        waiting: record.waiting,
        foreign: foreign.collect(),
        sessions: record.sessions,
        registers: decode_registers(&record.registers)?,
    })
}

/// The record of one op.
pub fn encode_accepted(accepted: &Accepted) -> Vec<u8> {
    let Accepted { session, n, registers } = accepted;
    let record = AcceptedRecord { session: session.clone(), n: *n, registers: encode_registers(registers) };
    postcard::to_allocvec(&record).unwrap_or_default()
}

/// Reads the record of one op.
pub fn decode_accepted(bytes: &[u8]) -> Result<Accepted, Malformed> {
    let AcceptedRecord { session, n, registers } =
        postcard::from_bytes(bytes).map_err(|_| Malformed::Corrupt)?;
    Ok(Accepted { session, n, registers: decode_registers(&registers)? })
}

fn pairs(items: &Items) -> Pairs {
    items.clone().into_iter().collect()
}

fn of_pairs(pairs: Pairs) -> Items {
    pairs.into_iter().collect()
}

//! The stored state of a hub: one record with everything, and one for each op accepted since. And the notes beside it:
//! the uses of replies, and their earlier texts.

use serde::{Deserialize, Serialize};

use super::codec;
use super::hub::{decode_conflict, encode_conflict};
use crate::hub::{Accepted, Colleague, Pace, Saved, Version as Published};
use crate::id::{DeviceId, MemberId};
use crate::replica::dense::{Head, TableRef};
use crate::replica::shard::Items;
use crate::replica::{Clock, Document, Malformed};
use crate::team::chat::ChatKey;
use crate::uses::Uses;
use crate::versions::Version;
use crate::wire::{decode_registers, encode_registers};

/// The format of the record.
const FORMAT: u8 = 3;

type Moment = (u32, u32);

#[derive(Serialize, Deserialize)]
struct AcceptedRecord {
    session: String,
    n: u32,
    registers: String,
}

/// Encodes the record: its fields one after the other, without names.
pub fn encode_saved(saved: &Saved) -> Vec<u8> {
    let mut record = Record(vec![FORMAT]);
    record.put(&saved.device.0);
    record.put(&saved.member.0);
    record.put(&moment(saved.clock));
    record.put(&saved.seq);
    record.put_all(saved.table.iter().map(|chat| chat.0));
    record.put_all(saved.left_out.iter().map(|chat| chat.0));
    let transport = &saved.transport;
    record.put_all(&transport.published);
    record.put(&moment(transport.published_clock));
    record.put(&transport.published_at);
    record.put(&moment(saved.edited));
    record.put(&transport.rewrite);
    record.put_all(transport.versions.iter().map(|it| (it.seq, it.size as u32, moment(it.clock))));
    record.put(&(saved.colleagues.len() as u32));
    for (device, colleague) in &saved.colleagues {
        record.put(&device.0);
        record.put_colleague(colleague, transport.lost.get(device).copied().unwrap_or_default());
    }
    record.put_all(saved.carried.iter().map(|device| device.0));
    record.put_all(&saved.sessions);
    record.put_all(saved.conflicts.iter().map(encode_conflict));
    record.put(&transport.behind);
    record.put(&(transport.pace.filled, transport.pace.at, &transport.pace.writes));
    record.put(&encode_registers(&saved.document.registers()));
    record.0
}

/// Decodes the record.
pub fn decode_saved(bytes: &[u8]) -> Result<Saved, Malformed> {
    decode_saved_and_text(bytes).map(|(saved, _)| saved)
}

/// Decodes the record, and also returns the text of the registers in it, which a hub can send to a page without encoding
/// the registers again.
pub fn decode_saved_and_text(bytes: &[u8]) -> Result<(Saved, String), Malformed> {
    let mut record = match bytes.split_first() {
        Some((&FORMAT, rest)) => Fields(rest),
        Some((format, _)) if *format > FORMAT => return Err(Malformed::Newer),
        _ => return Err(Malformed::Corrupt),
    };
    let mut saved = Saved::new(DeviceId(record.take()?), MemberId(record.take()?));
    saved.clock = record.moment()?;
    saved.seq = record.take()?;
    saved.table = record.all(ChatKey)?;
    saved.left_out = record.all(ChatKey)?;
    let transport = &mut saved.transport;
    transport.published = record.items()?;
    transport.published_clock = record.moment()?;
    transport.published_at = record.take()?;
    saved.edited = record.moment()?;
    transport.rewrite = record.take()?;
    transport.versions = record.all(|(seq, size, clock): (u32, u32, Moment)| Published {
        seq,
        size: size as usize,
        clock: of_moment(clock),
    })?;
    // Each round consumes bytes or fails, so a forged count costs nothing.
    for _ in 0..record.take::<u32>()? {
        let device = DeviceId(record.take()?);
        let (colleague, lost) = record.colleague()?;
        saved.colleagues.insert(device, colleague);
        if lost > 0 {
            transport.lost.insert(device, lost);
        }
    }
    saved.carried = record.all(DeviceId)?;
    saved.sessions = record.take()?;
    saved.conflicts = record.all(decode_conflict)?.into_iter().flatten().collect();
    transport.behind = record.take()?;
    let (filled, at, writes) = record.take()?;
    transport.pace = Pace { filled, at, writes };
    let registers: String = record.take()?;
    saved.document = Document::of(decode_registers(&registers)?);
    if record.0.is_empty() { Ok((saved, registers)) } else { Err(Malformed::Corrupt) }
}

/// A record that is being encoded.
struct Record(Vec<u8>);

impl Record {
    fn put(&mut self, field: &impl Serialize) {
        // Encoding into memory can't fail.
        self.0.extend(postcard::to_allocvec(field).unwrap_or_default());
    }

    fn put_all(&mut self, rows: impl IntoIterator<Item = impl Serialize>) {
        self.put(&rows.into_iter().collect::<Vec<_>>());
    }

    /// `lost` is since when the transport has lost the shard. 0: it has not.
    fn put_colleague(&mut self, colleague: &Colleague, lost: u64) {
        let Colleague { seq, items, contents: _, head, ahead, adopted_at } = colleague;
        let Head { at, clock, heads, table_refs, table } = head;
        self.put(seq);
        self.put_all(items);
        self.put(&(at, moment(*clock)));
        self.put_all(heads.iter().map(|(device, seq)| (device.0, seq)));
        self.put_all(table_refs.iter().map(|used| (used.device.0, used.length, used.check)));
        self.put_all(table.iter().map(|chat| chat.0));
        self.put(&(ahead, adopted_at, lost));
    }
}

/// The rest of a record that is being decoded.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn take<T: Deserialize<'a>>(&mut self) -> Result<T, Malformed> {
        let (field, rest) = postcard::take_from_bytes(self.0).map_err(|_| Malformed::Corrupt)?;
        self.0 = rest;
        Ok(field)
    }

    fn all<T: Deserialize<'a>, R>(&mut self, of: impl Fn(T) -> R) -> Result<Vec<R>, Malformed> {
        Ok(self.take::<Vec<T>>()?.into_iter().map(of).collect())
    }

    fn items(&mut self) -> Result<Items, Malformed> {
        Ok(self.take::<Vec<(String, String)>>()?.into_iter().collect())
    }

    fn moment(&mut self) -> Result<Clock, Malformed> {
        self.take().map(of_moment)
    }

    /// A colleague, and since when the transport has lost its shard. 0: it has not.
    fn colleague(&mut self) -> Result<(Colleague, u64), Malformed> {
        let (seq, items) = (self.take()?, self.items()?);
        let head = Head {
            at: self.take()?,
            clock: self.moment()?,
            heads: self.all(|(device, seq)| (DeviceId(device), seq))?,
            table_refs: self.all(|(device, length, check)| TableRef {
                device: DeviceId(device),
                length,
                check,
            })?,
            table: self.all(ChatKey)?,
        };
        let (ahead, adopted_at, lost) = self.take()?;
        Ok((Colleague { seq, items, contents: None, head, ahead, adopted_at }, lost))
    }
}

fn moment(clock: Clock) -> Moment {
    (clock.tick, clock.counter)
}

fn of_moment((tick, counter): Moment) -> Clock {
    Clock { tick, counter }
}

/// Encodes the uses of replies in this browser.
pub fn encode_uses(uses: &Uses) -> String {
    codec::to_text(uses)
}

/// Decodes the uses of replies in this browser.
pub fn decode_uses(text: &str) -> Result<Uses, Malformed> {
    codec::whole(&codec::from_text(text)?)
}

/// Encodes the earlier texts of a reply.
pub fn encode_versions(versions: &[Version]) -> String {
    codec::to_text(&versions)
}

/// Decodes the earlier texts of a reply.
pub fn decode_versions(text: &str) -> Result<Vec<Version>, Malformed> {
    codec::whole(&codec::from_text(text)?)
}

/// Encodes the record of one op.
pub fn encode_accepted(accepted: &Accepted) -> Vec<u8> {
    let Accepted { session, n, registers } = accepted;
    let record = AcceptedRecord { session: session.clone(), n: *n, registers: encode_registers(registers) };
    postcard::to_allocvec(&record).unwrap_or_default()
}

/// Decodes the record of one op.
pub fn decode_accepted(bytes: &[u8]) -> Result<Accepted, Malformed> {
    let AcceptedRecord { session, n, registers } = codec::whole(bytes)?;
    Ok(Accepted { session, n, registers: decode_registers(&registers)? })
}

//! The registers of a shard as a stream of small decisions, each coded with an adaptive probability.
//!
//! Registers about members, tags, replies and settings come first, by kind and then by stamp. Registers about chats
//! follow, in the order of the chat tables. The encoding does not depend on the meaning of a kind: the kind's number
//! determines the shape of its key, and each value carries its type. So a version that does not know a kind can still
//! read it.

use baton_coder::text::{self, Model};
use baton_coder::{Coder, Exhausted};

use crate::id::{DeviceId, MemberId};
use crate::replica::{Key, Minutes, Register, Shape, Stamp, Value};
use crate::team::chat::ChatKey;

/// The largest number of registers in a shard. Without it, a forged shard of the same size could hold a thousand times
/// as many empty registers.
pub(super) const MOST_REGISTERS: usize = 100_000;
/// The largest total size of all texts in a shard, in bytes.
const MOST_TEXT: usize = 4 << 20;
const DAY: Minutes = 24 * 60;

/// The stream is not a valid encoding of registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BadStream;

impl From<Exhausted> for BadStream {
    fn from(_: Exhausted) -> BadStream {
        BadStream
    }
}

impl From<text::NoText> for BadStream {
    fn from(_: text::NoText) -> BadStream {
        BadStream
    }
}

/// The context that writer and reader share before the stream begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'a> {
    /// The device that publishes the shard.
    pub(super) device: DeviceId,
    /// A minute that is no earlier than most stamps.
    pub(super) latest: Minutes,
    /// The chat tables: the device's own, then the foreign ones that it refers to.
    pub(super) tables: &'a [&'a [ChatKey]],
}

/// Appends registers, which are sorted by key, to `before`. Registers about a chat that is in no table are skipped.
pub(super) fn write(known: Known<'_>, registers: &[(Key, Register)], before: Vec<u8>) -> Vec<u8> {
    text::primed(|texts| {
        let mut columns = Columns::new(known, Coder::writer(before), texts);
        // Writing fails only if the texts are too long. The publisher notices that by the size of the shard.
        let _ = columns.all(registers);
        columns.coder.finish()
    })
}

/// Reads registers.
pub(super) fn read(known: Known<'_>, bytes: &[u8]) -> Result<Vec<(Key, Register)>, BadStream> {
    text::primed(|texts| {
        let mut columns = Columns::new(known, Coder::reader(bytes), texts);
        columns.all(&[])?;
        Ok(columns.read)
    })
}

/// The distinct stamps of one chat, and which of them its registers have used so far.
struct ChatStamps<'a> {
    stamps: &'a [Stamp],
    used: Vec<bool>,
    /// The number of stamps that are not used yet. Counting them for every register would take quadratic time.
    unused: usize,
    /// The index of the previous register's stamp.
    before: Option<usize>,
}

type Row<'a> = (Key, &'a Register);

struct Columns<'a> {
    known: Known<'a>,
    coder: Coder<'a>,
    texts: &'a mut Model,
    text_bytes: usize,
    /// The ids coded so far, each with its latest stamp, by class.
    ids: [Vec<([u8; 8], Stamp)>; 4],
    devices: Vec<DeviceId>,
    last: Stamp,
    /// The expected first stamp of the next chat. It follows the first stamps of the chats before.
    flow: Stamp,
    read: Vec<(Key, Register)>,
}

// The context numbers of the decisions. `of` combines each with a kind.
const KIND: u32 = 1;
const SAME_KIND: u32 = 2;
const PLACE: u32 = 3;
const INDEX: u32 = 4;
const SAME_STAMP: u32 = 5;
const DEVICE: u32 = 6;
const TICK: u32 = 7;
const COUNTER: u32 = 8;
const TYPE: u32 = 9;
const NEAR: u32 = 10;
const NUMBER: u32 = 11;
const LENGTH: u32 = 12;
const PRESENT: u32 = 13;
const WHICH_STAMP: u32 = 14;
const NEAR_STAMP: u32 = 15;
const AGE: u32 = 16;
const HOUR: u32 = 17;
const MINUTE: u32 = 18;
const GAP: u32 = 19;
const STAMPS: u32 = 20;
const DAYS: u32 = 21;
const LONG_ID: u32 = 22;
const END: u32 = 23;
const SAME_STAMP_LATER: u32 = 24;

/// The context of a decision for a kind.
fn of(decision: u32, kind: u8) -> u32 {
    decision << 8 | u32::from(kind)
}

/// The list in which the ids of a kind are looked up. The mapping is part of the format and never changes.
fn class(kind: u8) -> usize {
    match kind {
        1..=3 | 128 => 1,
        4..=7 | 192 => 2,
        8..=12 => 3,
        _ => 0,
    }
}

impl<'a> Columns<'a> {
    fn new(known: Known<'a>, coder: Coder<'a>, texts: &'a mut Model) -> Columns<'a> {
        let last = Stamp { tick: known.latest, counter: 0, device: known.device };
        Columns {
            known,
            coder,
            texts,
            text_bytes: 0,
            ids: Default::default(),
            devices: vec![known.device],
            last,
            flow: last,
            read: Vec::new(),
        }
    }

    fn all(&mut self, registers: &[(Key, Register)]) -> Result<(), BadStream> {
        let mut facts = Vec::new();
        let mut about_chats = Vec::new();
        let places = self.places(!registers.is_empty());
        for (key, register) in registers {
            match key.chat() {
                None => facts.push((*key, register)),
                Some(chat) => {
                    if let Ok(at) = places.binary_search_by_key(&chat.number(), |place| place.0) {
                        let (_, table, index) = places[at];
                        about_chats.push((table, index, (*key, register)));
                    }
                }
            }
        }
        facts.sort_by_cached_key(|(key, register)| (key.parts().0, register.stamp, *key));
        // By chat and kind. The sort is stable, so registers of one kind stay in the order of their keys.
        about_chats.sort_by_cached_key(|(table, index, (key, _))| (*table, *index, key.parts().0));
        self.facts(&facts)?;
        self.chats(&about_chats)
    }

    /// The table and the index of each chat, sorted by chat. Empty for a reader, which does not need it.
    fn places(&self, wanted: bool) -> Vec<(u64, usize, usize)> {
        let tables = self.known.tables.iter().enumerate().filter(|_| wanted);
        let mut places: Vec<_> = tables
            .flat_map(|(table, chats)| {
                chats.iter().enumerate().map(move |(index, chat)| (chat.number(), table, index))
            })
            .collect();
        places.sort_unstable();
        places.dedup_by_key(|place| place.0);
        places
    }

    fn facts(&mut self, facts: &[Row<'_>]) -> Result<(), BadStream> {
        let mut facts = facts.iter();
        let mut kind = 0;
        let mut place = 0;
        loop {
            let row = facts.next();
            let next = row.map_or(0, |(key, _)| key.parts().0);
            if !self.coder.bit(of(SAME_KIND, kind), next == kind && row.is_some()) {
                kind = self.coder.symbol(KIND, 8, u32::from(next)) as u8;
                place = 0;
            }
            match kind {
                0 => return Ok(()),
                1..128 => {}
                _ => return Err(BadStream),
            }
            let id = match row.map(|(key, _)| key.parts().1) {
                Some(Shape::Id(id)) => id,
                _ => [0; 8],
            };
            let (id, at, before) = self.id(kind, id, Some(place))?;
            place = at + 1;
            let given = row.map(|(_, register)| register.stamp);
            let same = before.filter(|before| self.coder.bit(of(SAME_STAMP, kind), given == Some(*before)));
            let stamp = match same {
                Some(stamp) => stamp,
                None => self.stamp_after(kind, given.unwrap_or(self.last))?,
            };
            self.ids[class(kind)][at].1 = stamp;
            let value = self.value(kind, stamp.tick, row.map(|(_, register)| &register.value))?;
            self.push(Key::of_parts(kind, id, [0; 8]), value, stamp)?;
        }
    }

    fn chats(&mut self, rows: &[(usize, usize, Row<'_>)]) -> Result<(), BadStream> {
        let mut rows = rows.iter().peekable();
        for (table, chats) in self.known.tables.iter().enumerate() {
            let mut present = 1;
            self.flow = self.last;
            for (index, chat) in chats.iter().enumerate() {
                let context = of(PRESENT, u8::from(table > 0) * 2 + present);
                let is_next = rows.peek().is_some_and(|(t, i, _)| (*t, *i) == (table, index));
                let is_present = self.coder.bit(context, is_next);
                present = u8::from(is_present);
                if is_present {
                    let mut of_chat = Vec::new();
                    while let Some((.., row)) = rows.next_if(|(t, i, _)| (*t, *i) == (table, index)) {
                        of_chat.push(*row);
                    }
                    self.chat(*chat, &of_chat)?;
                }
            }
        }
        Ok(())
    }

    fn chat(&mut self, chat: ChatKey, rows: &[Row<'_>]) -> Result<(), BadStream> {
        let mut given: Vec<Stamp> = rows.iter().map(|(_, register)| register.stamp).collect();
        given.sort_unstable();
        given.dedup();
        let stamps = self.stamps(&given)?;
        let mut rows = rows.iter();
        let mut before = 0;
        let count = stamps.len();
        let mut chat_stamps =
            ChatStamps { stamps: &stamps, used: vec![false; count], unused: count, before: None };
        loop {
            let row = rows.next();
            // Every stamp belongs to some register, so the end is possible only when all are used.
            if chat_stamps.unused == 0 && self.coder.bit(of(END, before), row.is_none()) {
                return Ok(());
            }
            let kind = row.map_or(0, |(key, _)| u32::from(key.parts().0));
            let kind = self.coder.symbol(of(KIND, before), 8, kind) as u8;
            before = kind;
            let second = match row.map(|(key, _)| key.parts().1) {
                Some(Shape::ChatAnd(_, id)) => id,
                _ => [0; 8],
            };
            let second = match kind {
                192.. => self.id(kind, second, None)?.0,
                128.. => second,
                _ => return Err(BadStream),
            };
            let stamp = self.chat_stamp(kind, row.map(|(_, register)| register.stamp), &mut chat_stamps)?;
            let value = self.value(kind, stamp.tick, row.map(|(_, register)| &register.value))?;
            self.push(Key::of_parts(kind, chat.id(), second), value, stamp)?;
        }
    }

    /// Codes which of the chat's stamps a register has: that of the previous register, or another one.
    fn chat_stamp(
        &mut self,
        kind: u8,
        stamp: Option<Stamp>,
        chat_stamps: &mut ChatStamps<'_>,
    ) -> Result<Stamp, BadStream> {
        let count = chat_stamps.stamps.len();
        let given =
            stamp.and_then(|stamp| chat_stamps.stamps.iter().position(|met| *met == stamp)).unwrap_or(0);
        let same = of(if chat_stamps.unused > 0 { SAME_STAMP_LATER } else { SAME_STAMP }, kind);
        let at = match chat_stamps.before {
            Some(before) if count == 1 || self.coder.bit(same, given == before) => before,
            Some(before) if count == 2 => 1 - before,
            None if count == 1 => 0,
            _ => {
                let age = self.coder.number(of(WHICH_STAMP, kind), (count - 1).saturating_sub(given) as u32);
                // A corrupt age can be as great as `u32::MAX`, so that `count - age` might underflow.
                (count - 1).checked_sub(age as usize).ok_or(BadStream)?
            }
        };
        chat_stamps.before = Some(at);
        chat_stamps.unused -= usize::from(!chat_stamps.used[at]);
        chat_stamps.used[at] = true;
        Ok(chat_stamps.stamps[at])
    }

    /// Codes the distinct stamps of a chat's registers, in ascending order. A table lists chats in the order in which
    /// they were first mentioned, so the first stamp of a chat is often near that of the chat before. The other stamps
    /// of a chat often follow soon after its first.
    fn stamps(&mut self, given: &[Stamp]) -> Result<Vec<Stamp>, BadStream> {
        let count = self.coder.number(STAMPS, (given.len() as u32).saturating_sub(1)).saturating_add(1);
        // Each stamp has at least one register, so the limit of registers limits the stamps as well.
        if count as usize > MOST_REGISTERS - self.read.len() && self.coder.reads() {
            return Err(BadStream);
        }
        let mut stamps: Vec<Stamp> = Vec::new();
        for at in 0..count as usize {
            let stamp = given.get(at).copied().unwrap_or(self.flow);
            let place = u8::from(at == 0);
            let before = stamps.last().copied().unwrap_or(self.flow);
            let gap = folded(stamp.tick.wrapping_sub(before.tick));
            let tick = if self.coder.bit(of(NEAR_STAMP, place), gap < DAY) {
                before.tick.wrapping_add(unfolded(self.coder.number(of(GAP, place), gap)))
            } else {
                let today = self.known.latest / DAY;
                let age = self.coder.number(of(AGE, place), folded(today.wrapping_sub(stamp.tick / DAY)));
                let hour = self.coder.symbol(HOUR, 5, stamp.tick % DAY / 60);
                let minute = self.coder.symbol(MINUTE, 6, stamp.tick % 60);
                today.wrapping_sub(unfolded(age)).wrapping_mul(DAY).wrapping_add(hour * 60 + minute)
            };
            let counter = self.coder.number(of(COUNTER, 2 + u8::from(tick == before.tick)), stamp.counter);
            let device = self.device(stamp.device)?;
            let stamp = Stamp { tick, counter, device };
            if at == 0 {
                // A single chat with a far-off stamp does not move the flow; two in a row do.
                let near = |other: Stamp| folded(tick.wrapping_sub(other.tick)) < 4 * DAY;
                if near(self.flow) || near(self.last) {
                    self.flow = stamp;
                }
                self.last = stamp;
            }
            stamps.push(stamp);
            self.coder.check()?;
        }
        Ok(stamps)
    }

    /// Codes an id. Returns it, its index among the ids of its class, and its latest stamp if it was coded before.
    fn id(
        &mut self,
        kind: u8,
        id: [u8; 8],
        expected: Option<usize>,
    ) -> Result<([u8; 8], usize, Option<Stamp>), BadStream> {
        let class = class(kind);
        let count = self.ids[class].len();
        // A reader has no id to look up.
        let wanted = !self.coder.reads();
        let met = self.ids[class].iter().filter(|_| wanted).position(|(met, _)| *met == id);
        // 0: the id is at the expected index. 1: it is new. 2: it is at another index.
        let place = match met {
            None => 1,
            Some(_) if met == expected => 0,
            Some(_) => 2,
        };
        let at = match self.coder.symbol(of(PLACE, kind), 2, place) {
            0 => expected.filter(|at| *at < count).ok_or(BadStream)?,
            1 => {
                let id = self.fresh(id);
                self.ids[class].push((id, self.last));
                return Ok((id, count, None));
            }
            _ => {
                let at = self.coder.number(of(INDEX, kind), met.unwrap_or(0) as u32) as usize;
                if at < count { at } else { return Err(BadStream) }
            }
        };
        let (id, stamp) = self.ids[class][at];
        Ok((id, at, Some(stamp)))
    }

    /// Codes a new id. Most ids are six random bytes and two zeroes: see [`crate::id`].
    fn fresh(&mut self, id: [u8; 8]) -> [u8; 8] {
        let [a, b, c, d, e, f, g, h] = id;
        let [a, b, c, d, e, f] = self.coder.raw([a, b, c, d, e, f]);
        let rest = if self.coder.bit(LONG_ID, [g, h] != [0, 0]) { self.coder.raw([g, h]) } else { [0, 0] };
        [a, b, c, d, e, f, rest[0], rest[1]]
    }

    /// Codes a stamp relative to the previous one.
    fn stamp_after(&mut self, kind: u8, stamp: Stamp) -> Result<Stamp, BadStream> {
        let last = self.last;
        let gap = unfolded(self.coder.number(of(TICK, kind), folded(stamp.tick.wrapping_sub(last.tick))));
        let tick = last.tick.wrapping_add(gap);
        let counter = if gap == 0 {
            let gap = self.coder.number(of(COUNTER, 1), folded(stamp.counter.wrapping_sub(last.counter)));
            last.counter.wrapping_add(unfolded(gap))
        } else {
            self.coder.number(of(COUNTER, 0), stamp.counter)
        };
        let device = self.device(stamp.device)?;
        self.last = Stamp { tick, counter, device };
        Ok(self.last)
    }

    /// Codes a device. It is nearly always the publisher of the shard.
    fn device(&mut self, device: DeviceId) -> Result<DeviceId, BadStream> {
        let count = self.devices.len();
        let wanted = !self.coder.reads();
        let at = self.devices.iter().filter(|_| wanted).position(|met| *met == device).unwrap_or(count);
        let at = self.coder.number(of(DEVICE, 0), at as u32) as usize;
        if at == count {
            let device = DeviceId(self.coder.raw(device.0));
            self.devices.push(device);
        }
        self.devices.get(at).copied().ok_or(BadStream)
    }

    fn value(&mut self, kind: u8, tick: Minutes, value: Option<&Value>) -> Result<Value, BadStream> {
        let number = match value {
            None | Some(Value::Nothing) => 0,
            Some(Value::Flag(false)) => 1,
            Some(Value::Flag(true)) => 2,
            Some(Value::Number(_)) => 3,
            Some(Value::Text(_)) => 4,
            Some(Value::Holder(..)) => 5,
            Some(Value::Id(_)) => 6,
            Some(Value::Unknown(_)) => 7,
        };
        Ok(match self.coder.symbol(of(TYPE, kind), 3, number) {
            0 => Value::Nothing,
            1 => Value::Flag(false),
            2 => Value::Flag(true),
            3 => {
                let number = if let Some(Value::Number(number)) = value { *number } else { 0 };
                Value::Number(self.moment_or_number(kind, tick, number))
            }
            4 => Value::Text(self.text(kind, if let Some(Value::Text(text)) = value { text } else { "" })?),
            5 => {
                let (member, reason) = match value {
                    Some(Value::Holder(member, reason)) => (member.0, reason.as_str()),
                    _ => ([0; 8], ""),
                };
                let (member, ..) = self.id(kind, member, None)?;
                Value::Holder(MemberId(member), self.text(kind, reason)?)
            }
            6 => Value::Id(self.coder.raw(if let Some(Value::Id(id)) = value { *id } else { [0; 8] })),
            _ => {
                let given: &[u8] = if let Some(Value::Unknown(bytes)) = value { bytes } else { &[] };
                let length = self.coder.number(of(LENGTH, kind), given.len() as u32) as usize;
                let mut bytes = Vec::new();
                for at in 0..length {
                    bytes.extend(self.coder.raw([given.get(at).copied().unwrap_or(0)]));
                    self.coder.check()?;
                }
                Value::Unknown(bytes)
            }
        })
    }

    /// Codes a number. A number soon after `tick` is taken for a minute in the future and coded as day, hour and minute.
    fn moment_or_number(&mut self, kind: u8, tick: Minutes, number: u32) -> u32 {
        let near = number >= tick && number - tick < 1 << 20;
        if !self.coder.bit(of(NEAR, kind), near) {
            return self.coder.number(of(NUMBER, kind), number);
        }
        let days = self.coder.number(of(DAYS, kind), number / DAY - tick.min(number) / DAY);
        let hour = self.coder.symbol(of(HOUR, kind), 5, number % DAY / 60);
        let minute = self.coder.symbol(of(MINUTE, kind), 6, number % 60);
        (tick / DAY).wrapping_add(days).wrapping_mul(DAY).wrapping_add(hour * 60 + minute)
    }

    fn text(&mut self, kind: u8, text: &str) -> Result<String, BadStream> {
        let text = self.texts.text(&mut self.coder, kind, text, MOST_TEXT - self.text_bytes)?;
        self.text_bytes += text.len();
        Ok(text)
    }

    /// Adds a register that was read. A writer only checks.
    fn push(&mut self, key: Key, value: Value, stamp: Stamp) -> Result<(), BadStream> {
        self.coder.check()?;
        if self.coder.reads() {
            self.read.push((key, Register { value, stamp }));
        }
        if self.read.len() > MOST_REGISTERS { Err(BadStream) } else { Ok(()) }
    }
}

/// The zigzag encoding of a signed difference: small differences of either sign become small numbers.
fn folded(difference: u32) -> u32 {
    let signed = difference as i32;
    (signed << 1 ^ signed >> 31) as u32
}

fn unfolded(number: u32) -> u32 {
    number >> 1 ^ (number & 1).wrapping_neg()
}

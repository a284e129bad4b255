//! The registers of a shard as a stream of small decisions, each coded by how likely it is.
//!
//! First come the facts about members, tags, replies and settings, kind by kind, in the order in which they were
//! written; then those about chats, chat by chat in the order of the chat tables. Nothing here depends on what a kind
//! means: its number says what its name is made of, and a value says its own type. So a version that does not know a
//! kind reads it all the same.

use baton_coder::text::{self, Model};
use baton_coder::{Coder, Exhausted};

use crate::id::{DeviceId, MemberId};
use crate::replica::{Key, Minutes, Register, Shape, Stamp, Value};
use crate::team::chat::ChatKey;

/// The most registers a shard may hold. Its bytes would allow a thousand times as many that say nothing.
pub(super) const MOST_REGISTERS: usize = 100_000;
/// The most bytes that the texts of a shard may have in all.
const MOST_TEXT: usize = 4 << 20;
const DAY: Minutes = 24 * 60;

/// The stream is not what a shard's registers look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Malformed;

impl From<Exhausted> for Malformed {
    fn from(_: Exhausted) -> Malformed {
        Malformed
    }
}

impl From<text::Malformed> for Malformed {
    fn from(_: text::Malformed) -> Malformed {
        Malformed
    }
}

/// What both sides know before the stream begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'a> {
    /// Whose shard it is.
    pub(super) device: DeviceId,
    /// A minute that is no earlier than most stamps.
    pub(super) latest: Minutes,
    /// The chats that registers are about: the device's own table, then those of colleagues that it uses.
    pub(super) tables: &'a [&'a [ChatKey]],
}

/// Writes registers, which are sorted by key, behind what `before` holds. Those about a chat that stands in no table are left
/// out.
pub(super) fn write(known: Known<'_>, registers: &[(Key, Register)], before: Vec<u8>) -> Vec<u8> {
    text::primed(|texts| {
        let mut columns = Columns::new(known, Coder::writer(before), texts);
        // Writing goes wrong only where a text is too long, and what does not fit into a transport is told from its size.
        let _ = columns.all(registers);
        columns.coder.finish()
    })
}

/// Reads registers.
pub(super) fn read(known: Known<'_>, bytes: &[u8]) -> Result<Vec<(Key, Register)>, Malformed> {
    text::primed(|texts| {
        let mut columns = Columns::new(known, Coder::reader(bytes), texts);
        columns.all(&[])?;
        Ok(columns.read)
    })
}

/// The stamps of a chat, and how far they have been given to its registers.
struct Which<'a> {
    stamps: &'a [Stamp],
    used: Vec<bool>,
    /// How many are not used yet. Counting them for every register takes the square of their number.
    unused: usize,
    before: Option<usize>,
}

type Row<'a> = (Key, &'a Register);

struct Columns<'a> {
    known: Known<'a>,
    coder: Coder<'a>,
    texts: &'a mut Model,
    text_bytes: usize,
    /// Ids met so far and the stamp last met with each, by class.
    ids: [Vec<([u8; 8], Stamp)>; 4],
    devices: Vec<DeviceId>,
    last: Stamp,
    /// When the chat was met that is being spoken of, roughly.
    flow: Stamp,
    read: Vec<(Key, Register)>,
}

// The contexts of decisions. Each has room for a kind beside it.
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

/// A context of a decision, beside a kind.
fn of(decision: u32, kind: u8) -> u32 {
    decision << 8 | u32::from(kind)
}

/// Ids of one class share a list. The class follows from the number of the kind, for ever.
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

    fn all(&mut self, registers: &[(Key, Register)]) -> Result<(), Malformed> {
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
        // Those of a chat by kind, and those of a kind in the order in which they come.
        about_chats.sort_by_cached_key(|(table, index, (key, _))| (*table, *index, key.parts().0));
        self.facts(&facts)?;
        self.chats(&about_chats)
    }

    /// Where each chat stands, sorted. A reader has no need of it.
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

    fn facts(&mut self, facts: &[Row<'_>]) -> Result<(), Malformed> {
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
                _ => return Err(Malformed),
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

    fn chats(&mut self, rows: &[(usize, usize, Row<'_>)]) -> Result<(), Malformed> {
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

    fn chat(&mut self, chat: ChatKey, rows: &[Row<'_>]) -> Result<(), Malformed> {
        let mut given: Vec<Stamp> = rows.iter().map(|(_, register)| register.stamp).collect();
        given.sort_unstable();
        given.dedup();
        let stamps = self.stamps(&given)?;
        let mut rows = rows.iter();
        let mut before = 0;
        let count = stamps.len();
        let mut which = Which { stamps: &stamps, used: vec![false; count], unused: count, before: None };
        loop {
            let row = rows.next();
            // Every stamp has a register, so there is no end before that.
            if which.unused == 0 && self.coder.bit(of(END, before), row.is_none()) {
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
                _ => return Err(Malformed),
            };
            let stamp = self.which(kind, row.map(|(_, register)| register.stamp), &mut which)?;
            let value = self.value(kind, stamp.tick, row.map(|(_, register)| &register.value))?;
            self.push(Key::of_parts(kind, chat.id(), second), value, stamp)?;
        }
    }

    /// Which of a chat's stamps a register has: that of the one before it, or another one.
    fn which(&mut self, kind: u8, stamp: Option<Stamp>, which: &mut Which<'_>) -> Result<Stamp, Malformed> {
        let count = which.stamps.len();
        let given = stamp.and_then(|stamp| which.stamps.iter().position(|met| *met == stamp)).unwrap_or(0);
        let same = of(if which.unused > 0 { SAME_STAMP_LATER } else { SAME_STAMP }, kind);
        let at = match which.before {
            Some(before) if count == 1 || self.coder.bit(same, given == before) => before,
            Some(before) if count == 2 => 1 - before,
            None if count == 1 => 0,
            _ => {
                let age = self.coder.number(of(WHICH_STAMP, kind), (count - 1).saturating_sub(given) as u32);
                // One more than the greatest age is no number where a place has 32 bits.
                (count - 1).checked_sub(age as usize).ok_or(Malformed)?
            }
        };
        which.before = Some(at);
        which.unused -= usize::from(!which.used[at]);
        which.used[at] = true;
        Ok(which.stamps[at])
    }

    /// The stamps of a chat's registers, rising. Chats follow each other in the order in which the team met them, so the
    /// first stamp of one is often near that of the one before, and the others of one soon follow.
    fn stamps(&mut self, given: &[Stamp]) -> Result<Vec<Stamp>, Malformed> {
        let count = self.coder.number(STAMPS, (given.len() as u32).saturating_sub(1)).saturating_add(1);
        // Each has a register, so there can't be more of them.
        if count as usize > MOST_REGISTERS - self.read.len() && self.coder.reads() {
            return Err(Malformed);
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
                // One chat that came back later does not carry the flow away; two in a row do.
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

    /// An id, where it stands among those of its class, and the stamp last met with it if it was met.
    fn id(
        &mut self,
        kind: u8,
        id: [u8; 8],
        expected: Option<usize>,
    ) -> Result<([u8; 8], usize, Option<Stamp>), Malformed> {
        let class = class(kind);
        let count = self.ids[class].len();
        // A reader has no id to look for.
        let wanted = !self.coder.reads();
        let met = self.ids[class].iter().filter(|_| wanted).position(|(met, _)| *met == id);
        // 0: it is where it is expected. 1: it was not met. 2: it is elsewhere.
        let place = match met {
            None => 1,
            Some(_) if met == expected => 0,
            Some(_) => 2,
        };
        let at = match self.coder.symbol(of(PLACE, kind), 2, place) {
            0 => expected.filter(|at| *at < count).ok_or(Malformed)?,
            1 => {
                let id = self.fresh(id);
                self.ids[class].push((id, self.last));
                return Ok((id, count, None));
            }
            _ => {
                let at = self.coder.number(of(INDEX, kind), met.unwrap_or(0) as u32) as usize;
                if at < count { at } else { return Err(Malformed) }
            }
        };
        let (id, stamp) = self.ids[class][at];
        Ok((id, at, Some(stamp)))
    }

    /// An id that was not met. Those made here are six bytes of chance: see [`crate::id`].
    fn fresh(&mut self, id: [u8; 8]) -> [u8; 8] {
        let [a, b, c, d, e, f, g, h] = id;
        let [a, b, c, d, e, f] = self.coder.raw([a, b, c, d, e, f]);
        let rest = if self.coder.bit(LONG_ID, [g, h] != [0, 0]) { self.coder.raw([g, h]) } else { [0, 0] };
        [a, b, c, d, e, f, rest[0], rest[1]]
    }

    /// A stamp that follows the one before it.
    fn stamp_after(&mut self, kind: u8, stamp: Stamp) -> Result<Stamp, Malformed> {
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

    /// A device: nearly always the one whose shard it is.
    fn device(&mut self, device: DeviceId) -> Result<DeviceId, Malformed> {
        let count = self.devices.len();
        let wanted = !self.coder.reads();
        let at = self.devices.iter().filter(|_| wanted).position(|met| *met == device).unwrap_or(count);
        let at = self.coder.number(of(DEVICE, 0), at as u32) as usize;
        if at == count {
            let device = DeviceId(self.coder.raw(device.0));
            self.devices.push(device);
        }
        self.devices.get(at).copied().ok_or(Malformed)
    }

    fn value(&mut self, kind: u8, tick: Minutes, value: Option<&Value>) -> Result<Value, Malformed> {
        let number = match value {
            None | Some(Value::Nothing) => 0,
            Some(Value::Flag(false)) => 1,
            Some(Value::Flag(true)) => 2,
            Some(Value::Number(_)) => 3,
            Some(Value::Text(_)) => 4,
            Some(Value::Holder(..)) => 5,
            Some(Value::Id(_)) => 6,
            Some(Value::Later(_)) => 7,
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
                let given: &[u8] = if let Some(Value::Later(bytes)) = value { bytes } else { &[] };
                let length = self.coder.number(of(LENGTH, kind), given.len() as u32) as usize;
                let mut bytes = Vec::new();
                for at in 0..length {
                    bytes.extend(self.coder.raw([given.get(at).copied().unwrap_or(0)]));
                    self.coder.check()?;
                }
                Value::Later(bytes)
            }
        })
    }

    /// A number. A moment is soon after it was written, and is coded as the day and the minute that it is.
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

    fn text(&mut self, kind: u8, text: &str) -> Result<String, Malformed> {
        let text = self.texts.text(&mut self.coder, kind, text, MOST_TEXT - self.text_bytes)?;
        self.text_bytes += text.len();
        Ok(text)
    }

    /// Notes what was read.
    fn push(&mut self, key: Key, value: Value, stamp: Stamp) -> Result<(), Malformed> {
        self.coder.check()?;
        if self.coder.reads() {
            self.read.push((key, Register { value, stamp }));
        }
        if self.read.len() > MOST_REGISTERS { Err(Malformed) } else { Ok(()) }
    }
}

/// A difference as a number that is small when the difference is, whichever way it goes.
fn folded(difference: u32) -> u32 {
    let signed = difference as i32;
    (signed << 1 ^ signed >> 31) as u32
}

fn unfolded(number: u32) -> u32 {
    number >> 1 ^ (number & 1).wrapping_neg()
}

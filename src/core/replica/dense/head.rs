//! The head of a shard: the uncompressed part before the registers, with the clock, the versions seen and the chat table.

use sha2::{Digest, Sha256};

use super::columns::{self, Known};
use crate::id::DeviceId;
use crate::replica::shard::Unreadable;
use crate::replica::{Bytes, Clock, Key, Malformed, Minutes, Register, Stamp, put};
use crate::team::chat::ChatKey;

/// A shard without its registers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// When the shard was published, in minutes since the Unix epoch by the publisher's wall clock.
    pub at: Minutes,
    /// The publisher's logical clock. A reader advances its own clock to at least this.
    pub clock: Clock,
    /// The sequence number (seq) of each foreign shard that the publisher had adopted.
    pub heads: Vec<(DeviceId, u32)>,
    /// The foreign chat tables that the registers refer to.
    pub table_refs: Vec<TableRef>,
    /// The publisher's own chat table: the chats that it was the first to mention. Later versions append to it. A chat
    /// that no register is about any more is replaced by [`HOLE`], so that indices stay valid.
    pub table: Vec<ChatKey>,
}

/// A reference to a prefix of a foreign chat table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableRef {
    /// The device that publishes the table.
    pub device: DeviceId,
    /// The length of the prefix, in chats.
    pub length: u32,
    /// A checksum of the referenced chats: see [`checks`].
    pub check: u32,
}

/// The entry of a table in place of a removed chat.
pub const HOLE: ChatKey = ChatKey([0; 5]);

/// The distinct chats that registers are about, as numbers in ascending order.
fn chats_of(registers: &[(Key, Register)]) -> Vec<u64> {
    let mut chats: Vec<u64> = registers.iter().filter_map(|(key, _)| Some(key.chat()?.number())).collect();
    // Registers of one chat are mostly adjacent, so this makes the sort short.
    chats.dedup();
    chats.sort_unstable();
    chats.dedup();
    chats
}

/// A checksum for each table, equal on two devices if both resolve the indices used to the same chats. `chats` comes
/// from [`chats_of`]. If several tables have a chat, it counts for the first one, which is the one that is referred to.
fn checks(chats: &[u64], tables: &[&[ChatKey]]) -> Vec<u32> {
    let mut table_of = vec![usize::MAX; chats.len()];
    for (table, places) in tables.iter().enumerate() {
        for at in places.iter().filter_map(|chat| chats.binary_search(&chat.number()).ok()) {
            table_of[at] = table_of[at].min(table);
        }
    }
    let check = |table: usize| {
        let mut digest = Sha256::new();
        for (chat, _) in chats.iter().zip(&table_of).filter(|(_, it)| **it == table) {
            digest.update(&chat.to_be_bytes()[..HOLE.0.len()]);
        }
        let digest = digest.finalize();
        u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]])
    };
    (0..tables.len()).map(check).collect()
}

impl Head {
    /// Encodes the shard, and sets [`Head::table_refs`]. `tables` are the foreign chat tables. Chats that are in no
    /// table must have been added to our own before: see [`Head::introduce`].
    pub fn write(
        &mut self,
        device: DeviceId,
        registers: &[(Key, Register)],
        tables: &[(DeviceId, &[ChatKey])],
    ) -> Vec<u8> {
        let mut used: Vec<&[ChatKey]> = vec![&self.table];
        self.table_refs.clear();
        let chats = chats_of(registers);
        for (colleague, length) in self.needed(registers, tables) {
            let Some((_, table)) = tables.iter().find(|(device, _)| *device == colleague) else { continue };
            self.table_refs.push(TableRef { device: colleague, length: length as u32, check: 0 });
            used.push(&table[..length]);
        }
        // The first table is our own, which needs no checksum.
        for (used, check) in self.table_refs.iter_mut().zip(checks(&chats, &used).into_iter().skip(1)) {
            used.check = check;
        }
        let mut bytes = Vec::new();
        for number in [self.at, self.clock.tick, self.clock.counter, self.heads.len() as u32] {
            put(&mut bytes, number);
        }
        for (device, seq) in &self.heads {
            bytes.extend(device.0);
            put(&mut bytes, *seq);
        }
        put(&mut bytes, self.table_refs.len() as u32);
        for TableRef { device, length, check } in &self.table_refs {
            // We have adopted a shard of every device whose table we refer to, so the device is among the heads.
            let place = self.heads.iter().position(|(known, _)| known == device).unwrap_or_default();
            put(&mut bytes, place as u32);
            put(&mut bytes, *length);
            bytes.extend(check.to_be_bytes());
        }
        let holes: Vec<u32> =
            (0..).zip(&self.table).filter(|(_, chat)| **chat == HOLE).map(|(place, _)| place).collect();
        put(&mut bytes, self.table.len() as u32);
        put(&mut bytes, holes.len() as u32);
        let mut last = 0;
        for hole in holes {
            put(&mut bytes, hole - last);
            last = hole;
        }
        for chat in self.table.iter().filter(|chat| **chat != HOLE) {
            bytes.extend(chat.0);
        }
        let known = Known { device, latest: self.clock.tick, tables: &used };
        columns::write(known, registers, bytes)
    }

    /// The length of the prefix of each foreign table that the registers need.
    fn needed(
        &self,
        registers: &[(Key, Register)],
        tables: &[(DeviceId, &[ChatKey])],
    ) -> Vec<(DeviceId, usize)> {
        let mut places: Vec<(u64, usize, usize)> =
            self.table.iter().map(|chat| (chat.number(), 0, 0)).collect();
        for (at, (_, table)) in (1..).zip(tables) {
            places.extend((1..).zip(*table).map(|(length, chat)| (chat.number(), at, length)));
        }
        places.retain(|place| place.0 != HOLE.number());
        places.sort_unstable();
        let mut lengths = vec![0; tables.len() + 1];
        for chat in registers.iter().filter_map(|(key, _)| Some(key.chat()?.number())) {
            let at = places.partition_point(|place| place.0 < chat);
            if let Some((_, table, length)) = places.get(at).filter(|place| place.0 == chat) {
                lengths[*table] = *length.max(&lengths[*table]);
            }
        }
        let devices = tables.iter().map(|(device, _)| *device);
        devices.zip(lengths.into_iter().skip(1)).filter(|(_, length)| *length > 0).collect()
    }

    /// Adds the chats of registers that are in no table to our own. `left_out` (sorted) are chats that another device
    /// dropped from its table. These are added as well: we may still know their index there, but a new device never
    /// saw it.
    pub fn introduce(
        &mut self,
        registers: &[(Key, Register)],
        tables: &[(DeviceId, &[ChatKey])],
        left_out: &[ChatKey],
    ) {
        let theirs = tables.iter().flat_map(|(_, table)| *table);
        let theirs = theirs.filter(|chat| left_out.binary_search(chat).is_err());
        let mut known: Vec<u64> = theirs.chain(&self.table).map(|chat| chat.number()).collect();
        known.sort_unstable();
        let mut new: Vec<(Stamp, ChatKey)> = registers
            .iter()
            .filter_map(|(key, register)| Some((register.stamp, key.chat()?)))
            .filter(|(_, chat)| known.binary_search(&chat.number()).is_err())
            .collect();
        new.sort_unstable();
        for (_, chat) in new {
            if let Err(at) = known.binary_search(&chat.number()) {
                known.insert(at, chat.number());
                self.table.push(chat);
            }
        }
    }

    /// Decodes the head of a shard. Also returns the bytes of the registers behind it, for [`Head::registers`].
    pub fn read(bytes: &[u8]) -> Result<(Head, &[u8]), Malformed> {
        let mut bytes = Bytes(bytes);
        let at = bytes.number()?;
        let clock = Clock { tick: bytes.number()?, counter: bytes.number()? };
        let mut head = Head { at, clock, ..Head::default() };
        // Each round consumes bytes or fails, so a forged count costs nothing.
        for _ in 0..bytes.number()? {
            head.heads.push((DeviceId(bytes.take()?), bytes.number()?));
        }
        for _ in 0..bytes.number()? {
            let (place, length) = (bytes.number()? as usize, bytes.number()?);
            let device = head.heads.get(place).ok_or(Malformed::Corrupt)?.0;
            // Without this check, a forged shard that repeats a long table many times would cost that many times the
            // table's length.
            if head.table_refs.iter().any(|used| used.device == device) {
                return Err(Malformed::Corrupt);
            }
            head.table_refs.push(TableRef { device, length, check: u32::from_be_bytes(bytes.take()?) });
        }
        let (length, mut holes) = (bytes.number()?, bytes.number()?);
        let mut hole = 0_u32;
        let mut places = Vec::new();
        while holes > 0 {
            hole = hole.checked_add(bytes.number()?).ok_or(Malformed::Corrupt)?;
            places.push(hole);
            holes -= 1;
        }
        let mut places = places.into_iter().peekable();
        for place in 0..length {
            let chat = if places.next_if_eq(&place).is_some() { HOLE } else { ChatKey(bytes.take()?) };
            head.table.push(chat);
        }
        Ok((head, bytes.0))
    }

    /// Decodes the registers, given the tables of [`Head::table_refs`] in the same order. Fails with
    /// [`Unreadable::Incomplete`] if a table is too short or a checksum differs: the right table may still arrive.
    pub fn registers(
        &self,
        device: DeviceId,
        bytes: &[u8],
        tables: &[&[ChatKey]],
    ) -> Result<Vec<(Key, Register)>, Unreadable> {
        let mut all = vec![&self.table[..]];
        for (used, table) in self.table_refs.iter().zip(tables) {
            all.push(table.get(..used.length as usize).ok_or(Unreadable::Incomplete)?);
        }
        let known = Known { device, latest: self.clock.tick, tables: &all };
        let registers = columns::read(known, bytes).map_err(|columns::BadStream| Unreadable::Corrupt)?;
        let chats = chats_of(&registers);
        let checks = checks(&chats, &all);
        let agrees = |(used, check): (&TableRef, &u32)| used.check == *check;
        // A register must not refer to a hole. `HOLE` is the smallest number, so it would come first.
        let holds = chats.first() != Some(&HOLE.number());
        let complete = all.len() == self.table_refs.len() + 1 && holds;
        if complete && self.table_refs.iter().zip(&checks[1..]).all(agrees) {
            Ok(registers)
        } else {
            Err(Unreadable::Incomplete)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::id::MemberId;
    use crate::replica::Value;

    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(Value::Nothing),
            any::<bool>().prop_map(Value::Flag),
            any::<u32>().prop_map(Value::Number),
            any::<String>().prop_map(Value::Text),
            (0..3u8, any::<String>()).prop_map(|(id, reason)| Value::Holder(MemberId([id; 8]), reason)),
            any::<[u8; 8]>().prop_map(Value::Id),
            any::<Vec<u8>>().prop_map(Value::Unknown),
        ]
    }

    /// Few ids, so that they repeat, and every kind, including those that are still unused.
    fn registers() -> impl Strategy<Value = Vec<(Key, Register)>> {
        let stamp =
            (prop_oneof![90_000..100_000u32, any::<u32>()], prop_oneof![0..3u32, any::<u32>()], 0..3u8)
                .prop_map(|(tick, counter, device)| Stamp { tick, counter, device: DeviceId([device; 8]) });
        let key = (prop_oneof![Just(4), Just(128), Just(192), 1..=u8::MAX], 1..9u8, 0..4u8)
            .prop_map(|(kind, first, second)| Key::of_parts(kind, [first; 8], [second; 8]));
        let register = (key, value(), stamp).prop_map(|(key, value, stamp)| (key, Register { value, stamp }));
        prop::collection::vec(register, 0..40).prop_map(|mut registers| {
            registers.sort_by_key(|(key, _)| *key);
            registers.dedup_by_key(|(key, _)| *key);
            registers
        })
    }

    const ME: DeviceId = DeviceId([1; 8]);
    const COLLEAGUE: DeviceId = DeviceId([2; 8]);

    fn read(bytes: &[u8], colleagues: &[ChatKey]) -> Result<(Head, Vec<(Key, Register)>), Unreadable> {
        let (head, rest) = Head::read(bytes).map_err(|_| Unreadable::Corrupt)?;
        let tables: Vec<&[ChatKey]> = head.table_refs.iter().map(|_| colleagues).collect();
        let mut registers = head.registers(ME, rest, &tables)?;
        registers.sort_by_key(|(key, _)| *key);
        Ok((head, registers))
    }

    proptest! {
        #[test]
        fn a_shard_reads_back(registers in registers(), theirs in prop::collection::vec(1..9u8, 0..5)) {
            let theirs: Vec<ChatKey> = theirs.into_iter().map(|chat| ChatKey([chat; 5])).collect();
            let tables = [(COLLEAGUE, theirs.as_slice())];
            let mut head = Head { at: 99_000, clock: Clock { tick: 99_999, counter: 7 }, ..Head::default() };
            head.heads.push((COLLEAGUE, 300));
            head.introduce(&registers, &tables, &[]);
            let bytes = head.write(ME, &registers, &tables);
            let (read_head, read_registers) = read(&bytes, &theirs).expect("our own");
            prop_assert_eq!(read_head, head);
            prop_assert_eq!(read_registers, registers);
        }

        #[test]
        fn nothing_that_is_altered_or_cut_panics(
            registers in registers(),
            at in any::<prop::sample::Index>(),
            bit in 0..8u8,
            cut in any::<prop::sample::Index>(),
        ) {
            let mut head = Head::default();
            head.introduce(&registers, &[], &[]);
            let mut bytes = head.write(ME, &registers, &[]);
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            bytes.truncate(1 + cut.index(bytes.len()));
            let _ = read(&bytes, &[]);
        }

        #[test]
        fn noise_is_no_shard(noise in any::<Vec<u8>>()) {
            let _ = read(&noise, &[]);
        }
    }
}

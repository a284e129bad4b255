//! Registers and edits as text.
//!
//! A row says its kind in one byte and carries key and value as bytes with a length, so that a version which does not
//! know a kind or a value can pass over it and read the rest. Rows are postcard, then base64: every character costs
//! one byte in the storage of both browsers. The first byte is the format, so a denser one can follow.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::chat::ChatKey;
use crate::id::{DeviceId, MemberId};
use crate::replica::{Edit, Key, Register, Shape, Stamp, Value};

/// The format written.
const FORMAT: u8 = 1;

/// The text is not what this version writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// Cut short, altered, or never ours: leave it alone.
    Corrupt,
    /// Of a later format: an update of Baton can read it.
    Newer,
}

#[derive(Serialize, Deserialize)]
struct Row<'a> {
    kind: u8,
    key: &'a [u8],
    value: &'a [u8],
}

#[derive(Serialize, Deserialize)]
struct StampedRow<'a> {
    #[serde(borrow)]
    row: Row<'a>,
    tick: u32,
    counter: u32,
    device: [u8; 8],
}

#[derive(Serialize, Deserialize)]
enum Stored<'a> {
    Nothing,
    Flag(bool),
    Number(u32),
    Text(&'a str),
    Holder([u8; 8], &'a str),
    Id([u8; 8]),
    Later(&'a [u8]),
}

/// Writes registers.
pub fn encode_registers(registers: &[(Key, Register)]) -> String {
    let parts: Vec<_> =
        registers.iter().map(|(key, register)| (row_bytes(key, &register.value), register.stamp)).collect();
    let rows: Vec<StampedRow<'_>> = parts
        .iter()
        .map(|((kind, key, value), stamp)| StampedRow {
            row: Row { kind: *kind, key, value },
            tick: stamp.tick,
            counter: stamp.counter,
            device: stamp.device.0,
        })
        .collect();
    to_text(&rows)
}

/// Reads registers. Rows of kinds that this version does not know are passed over.
pub fn decode_registers(text: &str) -> Result<Vec<(Key, Register)>, Malformed> {
    let bytes = from_text(text)?;
    let rows: Vec<StampedRow<'_>> = whole(&bytes)?;
    let known = rows.into_iter().filter_map(|StampedRow { row, tick, counter, device }| {
        let (key, value) = edit_of(&row)?;
        Some((key, Register { value, stamp: Stamp { tick, counter, device: DeviceId(device) } }))
    });
    Ok(known.collect())
}

/// Writes edits.
pub fn encode_edits(edits: &[Edit]) -> String {
    let parts: Vec<_> = edits.iter().map(|(key, value)| row_bytes(key, value)).collect();
    let rows: Vec<Row<'_>> = parts.iter().map(|(kind, key, value)| Row { kind: *kind, key, value }).collect();
    to_text(&rows)
}

/// Reads edits. All of them must be known: half an op is no op.
pub fn decode_edits(text: &str) -> Result<Vec<Edit>, Malformed> {
    let bytes = from_text(text)?;
    let rows: Vec<Row<'_>> = whole(&bytes)?;
    rows.iter().map(|row| edit_of(row).ok_or(Malformed::Newer)).collect()
}

/// Anything as text.
pub(super) fn to_text(rows: &impl Serialize) -> String {
    let mut bytes = vec![FORMAT];
    // Writing into memory has nothing that can fail.
    bytes.extend(postcard::to_allocvec(rows).unwrap_or_default());
    STANDARD_NO_PAD.encode(bytes)
}

/// The bytes of such a text, without its format.
pub(super) fn from_text(text: &str) -> Result<Vec<u8>, Malformed> {
    let mut bytes = STANDARD_NO_PAD.decode(text).map_err(|_| Malformed::Corrupt)?;
    match bytes.first() {
        Some(&FORMAT) => {
            bytes.remove(0);
            Ok(bytes)
        }
        Some(&format) if format > FORMAT => Err(Malformed::Newer),
        _ => Err(Malformed::Corrupt),
    }
}

/// What the bytes say, when they say nothing more.
pub(super) fn whole<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Malformed> {
    match postcard::take_from_bytes(bytes) {
        Ok((rows, [])) => Ok(rows),
        _ => Err(Malformed::Corrupt),
    }
}

fn row_bytes(key: &Key, value: &Value) -> (u8, Vec<u8>, Vec<u8>) {
    let (kind, key) = key_bytes(key);
    let stored = match value {
        Value::Nothing => Stored::Nothing,
        Value::Flag(flag) => Stored::Flag(*flag),
        Value::Number(number) => Stored::Number(*number),
        Value::Text(text) => Stored::Text(text),
        Value::Holder(member, reason) => Stored::Holder(member.0, reason),
        Value::Id(id) => Stored::Id(*id),
        Value::Later(bytes) => Stored::Later(bytes),
    };
    (kind, key, postcard::to_allocvec(&stored).unwrap_or_default())
}

fn key_bytes(key: &Key) -> (u8, Vec<u8>) {
    let (kind, shape) = key.parts();
    let bytes = match shape {
        Shape::Id(id) => id.to_vec(),
        Shape::Chat(chat) => chat.0.to_vec(),
        Shape::ChatAnd(chat, id) => [&chat.0[..], &id].concat(),
    };
    (kind, bytes)
}

fn key_of(kind: u8, bytes: &[u8]) -> Option<Key> {
    let (first, rest) = match kind {
        0 => return None,
        1..128 => (bytes.first_chunk().copied()?, bytes.get(8..)?),
        128.. => (ChatKey(bytes.first_chunk().copied()?).id(), bytes.get(5..)?),
    };
    let second = if kind < 192 { <[u8; 0]>::try_from(rest).map(|_| [0; 8]) } else { rest.try_into() };
    Some(Key::of_parts(kind, first, second.ok()?))
}

fn edit_of(row: &Row<'_>) -> Option<Edit> {
    let key = key_of(row.kind, row.key)?;
    let value = match whole(row.value).ok()? {
        Stored::Nothing => Value::Nothing,
        Stored::Flag(flag) => Value::Flag(flag),
        Stored::Number(number) => Value::Number(number),
        Stored::Text(text) => Value::Text(text.to_owned()),
        Stored::Holder(member, reason) => Value::Holder(MemberId(member), reason.to_owned()),
        Stored::Id(id) => Value::Id(id),
        Stored::Later(bytes) => Value::Later(bytes.to_owned()),
    };
    Some((key, value))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::id::TagId;

    fn key() -> impl Strategy<Value = Key> {
        (1..=u8::MAX, any::<[u8; 8]>(), any::<[u8; 8]>())
            .prop_map(|(kind, first, second)| Key::of_parts(kind, first, second))
    }

    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(Value::Nothing),
            any::<bool>().prop_map(Value::Flag),
            any::<u32>().prop_map(Value::Number),
            any::<String>().prop_map(Value::Text),
            (any::<[u8; 8]>(), any::<String>()).prop_map(|(id, reason)| Value::Holder(MemberId(id), reason)),
            any::<[u8; 8]>().prop_map(Value::Id),
            any::<Vec<u8>>().prop_map(Value::Later),
        ]
    }

    fn registers() -> impl Strategy<Value = Vec<(Key, Register)>> {
        let stamp = (any::<u32>(), any::<u32>(), any::<[u8; 8]>())
            .prop_map(|(tick, counter, device)| Stamp { tick, counter, device: DeviceId(device) });
        let register =
            (key(), value(), stamp).prop_map(|(key, value, stamp)| (key, Register { value, stamp }));
        prop::collection::vec(register, 0..20)
    }

    proptest! {
        #[test]
        fn registers_read_back(registers in registers()) {
            prop_assert_eq!(decode_registers(&encode_registers(&registers)), Ok(registers));
        }

        #[test]
        fn edits_read_back(edits in prop::collection::vec((key(), value()), 0..20)) {
            prop_assert_eq!(decode_edits(&encode_edits(&edits)), Ok(edits));
        }

        #[test]
        fn nothing_that_is_altered_or_cut_panics(
            registers in registers(),
            at in any::<prop::sample::Index>(),
            bit in 0..8u8,
            cut in any::<prop::sample::Index>(),
        ) {
            let mut bytes = STANDARD_NO_PAD.decode(encode_registers(&registers)).expect("our own");
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            bytes.truncate(1 + cut.index(bytes.len()));
            let text = STANDARD_NO_PAD.encode(&bytes);
            let _ = decode_registers(&text);
            let _ = decode_edits(&text);
        }

        #[test]
        fn noise_is_refused_without_panic(noise in any::<Vec<u8>>(), text in any::<String>()) {
            let _ = decode_registers(&STANDARD_NO_PAD.encode(noise));
            let _ = decode_registers(&text);
        }
    }

    #[test]
    fn hostile_text_survives() {
        for text in ["<b>bold</b>", "\u{202e}gnihton", "a\0b", "\"\\<", "\u{2028}", "😀 李雷", "\u{fffd}"]
        {
            let edit = (Key::TagName(TagId([1; 8])), Value::Text(text.into()));
            assert_eq!(decode_edits(&encode_edits(core::slice::from_ref(&edit))), Ok(vec![edit]));
        }
    }

    #[test]
    fn a_kind_from_a_later_version_does_not_hide_the_rest() {
        let stamp = Stamp { tick: 1, counter: 0, device: DeviceId([1; 8]) };
        let known = (Key::TagGone(TagId([1; 8])), Register { value: Value::Flag(true), stamp });
        let (kind, key, value) = row_bytes(&known.0, &known.1.value);
        let stamped = |row| StampedRow { row, tick: 1, counter: 0, device: [1; 8] };
        let rows = [
            stamped(Row { kind: 0, key: b"whatever", value: b"" }),
            stamped(Row { kind, key: &key, value: b"\x7f unknown value" }),
            stamped(Row { kind, key: &key, value: &value }),
        ];
        assert_eq!(decode_registers(&to_text(&rows.as_slice())), Ok(vec![known]));
    }

    #[test]
    fn a_later_format_is_told_from_corruption() {
        assert_eq!(decode_registers(&STANDARD_NO_PAD.encode([2, 0])), Err(Malformed::Newer));
        assert_eq!(decode_registers(""), Err(Malformed::Corrupt));
        assert_eq!(decode_registers("{}"), Err(Malformed::Corrupt));
    }

    #[test]
    fn a_claimed_length_costs_no_memory() {
        // Five bytes that announce four thousand million rows.
        let text = STANDARD_NO_PAD.encode([FORMAT, 0xff, 0xff, 0xff, 0xff, 0x0f]);
        assert_eq!(decode_registers(&text), Err(Malformed::Corrupt));
    }
}

//! Registers and edits as bytes, and any value as text.
//!
//! A register says its kind in one byte, and the number of the kind says what its name is made of; its value carries
//! its length. So a version that does not know a kind or a value reads the rest. The first byte is the format, so another
//! one can follow. What is stored, and a whole message, is base64 of such bytes.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::id::{DeviceId, MemberId};
use crate::replica::{Bytes, Edit, Key, Malformed, Register, Shape, Stamp, Value, put};

/// The format written.
const FORMAT: u8 = 2;

/// Bytes inside a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blob(pub Vec<u8>);

impl Serialize for Blob {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Blob {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Blob, D::Error> {
        struct Copied;
        impl Visitor<'_> for Copied {
            type Value = Blob;

            fn expecting(&self, to: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                to.write_str("bytes")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Blob, E> {
                Ok(Blob(bytes.to_owned()))
            }
        }
        from.deserialize_bytes(Copied)
    }
}

/// Registers as bytes. A message carries them as they are, and only its receiver decodes them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registers(pub Blob);

impl Registers {
    /// Encodes registers.
    pub fn encode(registers: &[(Key, Register)]) -> Registers {
        Registers(Blob(registers_to_bytes(registers)))
    }

    /// The registers of a text of [`encode_registers`], which are not decoded.
    pub fn of_text(text: &str) -> Result<Registers, Malformed> {
        STANDARD_NO_PAD.decode(text).map(|bytes| Registers(Blob(bytes))).map_err(|_| Malformed::Corrupt)
    }

    /// Decodes the registers. Those of no kind are left out.
    pub fn decode(&self) -> Result<Vec<(Key, Register)>, Malformed> {
        registers_from_bytes(&self.0.0)
    }
}

/// Edits as bytes. A message that has unreadable edits can still be read, so the hub can refuse them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edits(pub Blob);

impl Edits {
    /// Encodes edits.
    pub fn encode(edits: &[Edit]) -> Edits {
        let mut bytes = vec![FORMAT];
        put(&mut bytes, edits.len() as u32);
        for (key, value) in edits {
            put_edit(&mut bytes, key, value);
        }
        Edits(Blob(bytes))
    }

    /// Decodes the edits. All of them must be of a kind: half an op is no op.
    pub fn decode(&self) -> Result<Vec<Edit>, Malformed> {
        let mut bytes = Bytes(without_format(&self.0.0)?);
        let mut edits = Vec::new();
        for _ in 0..bytes.number()? {
            edits.push(take_edit(&mut bytes)?.ok_or(Malformed::Newer)?);
        }
        if bytes.0.is_empty() { Ok(edits) } else { Err(Malformed::Corrupt) }
    }
}

/// Registers as text.
pub fn encode_registers(registers: &[(Key, Register)]) -> String {
    STANDARD_NO_PAD.encode(registers_to_bytes(registers))
}

/// Reads registers from text. Those of no kind are left out.
pub fn decode_registers(text: &str) -> Result<Vec<(Key, Register)>, Malformed> {
    Registers::of_text(text)?.decode()
}

fn registers_to_bytes(registers: &[(Key, Register)]) -> Vec<u8> {
    let mut devices: Vec<DeviceId> = Vec::new();
    let mut rows = Vec::with_capacity(registers.len() * 24);
    for (key, Register { value, stamp }) in registers {
        put_edit(&mut rows, key, value);
        let known = devices.iter().position(|device| *device == stamp.device);
        let device = known.unwrap_or_else(|| {
            devices.push(stamp.device);
            devices.len() - 1
        });
        for number in [stamp.tick, stamp.counter, device as u32] {
            put(&mut rows, number);
        }
    }
    let mut bytes = vec![FORMAT];
    put(&mut bytes, devices.len() as u32);
    devices.iter().for_each(|device| bytes.extend(device.0));
    put(&mut bytes, registers.len() as u32);
    bytes.extend(rows);
    bytes
}

fn registers_from_bytes(bytes: &[u8]) -> Result<Vec<(Key, Register)>, Malformed> {
    let mut bytes = Bytes(without_format(bytes)?);
    let mut devices = Vec::new();
    // Each round takes bytes or ends, so a count that claims more than there is costs nothing.
    for _ in 0..bytes.number()? {
        devices.push(DeviceId(bytes.take()?));
    }
    let mut registers = Vec::new();
    for _ in 0..bytes.number()? {
        let edit = take_edit(&mut bytes)?;
        let (tick, counter, device) = (bytes.number()?, bytes.number()?, bytes.number()? as usize);
        let device = *devices.get(device).ok_or(Malformed::Corrupt)?;
        registers.extend(
            edit.map(|(key, value)| (key, Register { value, stamp: Stamp { tick, counter, device } })),
        );
    }
    if bytes.0.is_empty() { Ok(registers) } else { Err(Malformed::Corrupt) }
}

fn put_edit(bytes: &mut Vec<u8>, key: &Key, value: &Value) {
    let (kind, shape) = key.parts();
    bytes.push(kind);
    match shape {
        Shape::Id(id) => bytes.extend(id),
        Shape::Chat(chat) => bytes.extend(chat.0),
        Shape::ChatAnd(chat, id) => {
            bytes.extend(chat.0);
            bytes.extend(id);
        }
    }
    let mut number = Vec::new();
    let (kind, head, tail): (u8, &[u8], &[u8]) = match value {
        Value::Nothing => (0, &[], &[]),
        Value::Flag(false) => (1, &[], &[]),
        Value::Flag(true) => (2, &[], &[]),
        Value::Number(it) => {
            put(&mut number, *it);
            (3, &number, &[])
        }
        Value::Text(text) => (4, text.as_bytes(), &[]),
        Value::Holder(member, reason) => (5, &member.0, reason.as_bytes()),
        Value::Id(id) => (6, id, &[]),
        Value::Unknown(later) => (7, later, &[]),
    };
    put(bytes, 1 + (head.len() + tail.len()) as u32);
    bytes.push(kind);
    bytes.extend(head);
    bytes.extend(tail);
}

/// An edit; `None` for one whose kind or value is none.
fn take_edit(bytes: &mut Bytes<'_>) -> Result<Option<Edit>, Malformed> {
    let [kind] = bytes.take()?;
    let (first, second) = match kind {
        0..128 => (bytes.take()?, [0; 8]),
        128.. => {
            let [a, b, c, d, e] = bytes.take()?;
            ([a, b, c, d, e, 0, 0, 0], if kind < 192 { [0; 8] } else { bytes.take()? })
        }
    };
    let length = bytes.number()? as usize;
    let value = bytes.slice(length)?;
    let key = (kind > 0).then(|| Key::of_parts(kind, first, second));
    Ok(key.zip(value_of(value)))
}

fn value_of(bytes: &[u8]) -> Option<Value> {
    let (kind, rest) = bytes.split_first()?;
    let text = |bytes: &[u8]| core::str::from_utf8(bytes).ok().map(str::to_owned);
    Some(match kind {
        0 => Value::Nothing,
        1 => Value::Flag(false),
        2 => Value::Flag(true),
        3 => Value::Number(Bytes(rest).number().ok()?),
        4 => Value::Text(text(rest)?),
        5 => {
            let (member, reason) = rest.split_first_chunk()?;
            Value::Holder(MemberId(*member), text(reason)?)
        }
        6 => Value::Id(rest.try_into().ok()?),
        7 => Value::Unknown(rest.to_owned()),
        _ => return None,
    })
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
    let bytes = STANDARD_NO_PAD.decode(text).map_err(|_| Malformed::Corrupt)?;
    without_format(&bytes).map(<[u8]>::to_vec)
}

/// The bytes behind the format.
fn without_format(bytes: &[u8]) -> Result<&[u8], Malformed> {
    match bytes.split_first() {
        Some((&FORMAT, rest)) => Ok(rest),
        Some((&format, _)) if format > FORMAT => Err(Malformed::Newer),
        _ => Err(Malformed::Corrupt),
    }
}

/// Reads a value that takes all of the bytes.
pub(super) fn whole<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Malformed> {
    match postcard::take_from_bytes(bytes) {
        Ok((rows, [])) => Ok(rows),
        _ => Err(Malformed::Corrupt),
    }
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
            any::<Vec<u8>>().prop_map(Value::Unknown),
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
            prop_assert_eq!(Edits::encode(&edits).decode(), Ok(edits));
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
            let _ = Registers(Blob(bytes.clone())).decode();
            let _ = Edits(Blob(bytes)).decode();
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
            assert_eq!(Edits::encode(core::slice::from_ref(&edit)).decode(), Ok(vec![edit]));
        }
    }

    #[test]
    fn a_value_from_a_later_version_does_not_hide_the_rest() {
        let known = (Key::TagGone(TagId([1; 8])), Value::Flag(true));
        let mut bytes = vec![FORMAT, 3];
        bytes.extend([4, 1, 1, 1, 1, 1, 1, 1, 1, 3, 99, 1, 2]);
        put_edit(&mut bytes, &known.0, &known.1);
        bytes.extend([0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]);
        // As registers: one device, and a stamp behind each.
        let mut stamped = vec![FORMAT, 1];
        stamped.extend([9; 8]);
        stamped.push(2);
        stamped.extend([4, 1, 1, 1, 1, 1, 1, 1, 1, 3, 99, 1, 2, 5, 0, 0]);
        put_edit(&mut stamped, &known.0, &known.1);
        stamped.extend([5, 0, 0]);
        let stamp = Stamp { tick: 5, counter: 0, device: DeviceId([9; 8]) };
        let register = Register { value: known.1.clone(), stamp };
        assert_eq!(Registers(Blob(stamped)).decode(), Ok(vec![(known.0, register)]));
        assert_eq!(Edits(Blob(bytes)).decode(), Err(Malformed::Newer));
    }

    #[test]
    fn a_later_format_is_told_from_corruption() {
        assert_eq!(decode_registers(&STANDARD_NO_PAD.encode([FORMAT + 1, 0])), Err(Malformed::Newer));
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

//! What the hub tells, as it crosses a port: the hub itself does not know how that is written.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::codec::{decode_registers, encode_registers};
use crate::hub::{Centre, Conflict, DeviceState, Problem, Reason, Refusal, Sync};

/// Structs as the sequence of their fields.
macro_rules! fields {
    ($($name:ident { $($field:ident),* })*) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                let $name { $($field),* } = self;
                ($($field),*).serialize(to)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<$name, D::Error> {
                let ($($field),*) = Deserialize::deserialize(from)?;
                Ok($name { $($field),* })
            }
        }
    )*};
}

/// Enums without content as the numbers of their variants.
macro_rules! variants {
    ($($name:ident { $($number:literal $variant:ident),* })*) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                let number: u8 = match self { $($name::$variant => $number),* };
                number.serialize(to)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<$name, D::Error> {
                match u8::deserialize(from)? {
                    $($number => Ok($name::$variant),)*
                    _ => Err(D::Error::custom("no variant")),
                }
            }
        }
    )*};
}

fields! {
    Sync { waiting, at, used, limit, unreadable, problem }
    Centre { mine, share, waiting, writes_left, needless, archived, devices, conflicts, copies }
    DeviceState { id, is_me, seq, bytes, seen, retired, lost, unreadable }
}

variants! {
    Problem { 0 Full, 1 Refused, 2 Disk, 3 Newer, 4 DiskNewer }
    Reason { 0 Incomplete, 1 Corrupt, 2 Newer }
    Refusal { 0 TooManyTags, 1 NotStored, 2 NotUnderstood }
}

/// The two registers of a conflict as [`encode_registers`] writes them: the one that stands, then the one that lost.
pub(super) fn encode_conflict(conflict: &Conflict) -> (u64, String) {
    let Conflict { at, key, kept, lost } = conflict;
    (*at, encode_registers(&[(*key, kept.clone()), (*key, lost.clone())]))
}

/// Reads a conflict.
pub(super) fn decode_conflict((at, registers): (u64, String)) -> Option<Conflict> {
    let mut both = decode_registers(&registers).ok()?.into_iter();
    let ((key, kept), (_, lost)) = (both.next()?, both.next()?);
    Some(Conflict { at, key, kept, lost })
}

impl Serialize for Conflict {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        encode_conflict(self).serialize(to)
    }
}

impl<'de> Deserialize<'de> for Conflict {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Conflict, D::Error> {
        decode_conflict(Deserialize::deserialize(from)?).ok_or_else(|| D::Error::custom("no conflict"))
    }
}

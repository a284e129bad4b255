//! Values of other modules inside a message: those modules do not know serde.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::codec::{Registers, decode_registers, encode_registers};
use crate::hub::{Centre, Conflict, DeviceState, Problem, Reason, Refusal, Sync};
use crate::id::{MemberId, ReplyId, TagId};
use crate::replica::{Digests, Key, Parts, Register};
use crate::uses::{Use, Uses};
use crate::versions::Version;

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

/// Structs with one field as that field.
macro_rules! newtypes {
    ($($name:ident)*) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(to)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<$name, D::Error> {
                Deserialize::deserialize(from).map($name)
            }
        }
    )*};
}

newtypes! { MemberId ReplyId TagId Digests Parts }

fields! {
    Sync { waiting, at, used, limit, unreadable, problem }
    Centre { mine, share, waiting, writes_left, needless, archived, devices, conflicts, copies }
    DeviceState { id, is_me, seq, bytes, seen, retired, lost, unreadable }
    Use { count, last, pinned, weight, by_tag }
    Version { at, who, title, shortcut, body }
}

variants! {
    Problem { 0 Full, 1 Refused, 2 Disk, 3 Newer, 4 DiskNewer }
    Reason { 0 Incomplete, 1 Corrupt, 2 Newer }
    Refusal { 0 TooManyTags, 1 NotStored, 2 NotUnderstood }
}

impl Serialize for Uses {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Uses {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Uses, D::Error> {
        let mut uses = Uses::default();
        for (reply, used) in Vec::deserialize(from)? {
            uses.restore(reply, used);
        }
        Ok(uses)
    }
}

/// The two registers of a conflict as they are stored: the one that stands, then the one that lost.
pub(super) fn encode_conflict(conflict: &Conflict) -> (u64, String) {
    let Conflict { at, key, kept, lost } = conflict;
    (*at, encode_registers(&[(*key, kept.clone()), (*key, lost.clone())]))
}

/// Reads a conflict from its stored form.
pub(super) fn decode_conflict((at, registers): (u64, String)) -> Option<Conflict> {
    conflict_of(at, decode_registers(&registers).ok()?)
}

fn conflict_of(at: u64, registers: Vec<(Key, Register)>) -> Option<Conflict> {
    let mut both = registers.into_iter();
    let ((key, kept), (_, lost)) = (both.next()?, both.next()?);
    Some(Conflict { at, key, kept, lost })
}

impl Serialize for Conflict {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Conflict { at, key, kept, lost } = self;
        (at, Registers::encode(&[(*key, kept.clone()), (*key, lost.clone())])).serialize(to)
    }
}

impl<'de> Deserialize<'de> for Conflict {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Conflict, D::Error> {
        let (at, registers): (u64, Registers) = Deserialize::deserialize(from)?;
        let conflict = registers.decode().ok().and_then(|registers| conflict_of(at, registers));
        conflict.ok_or_else(|| D::Error::custom("no conflict"))
    }
}

//! The decoded contents of the shards that a hub holds, kept beside their items.
//!
//! A hub decodes a shard once: when it adopts it, or when it first needs a shard that it has loaded from disk. Only
//! [`Hub::open`] decodes stored items. Everything else uses the decoded contents, so that it need not wait for them.
//!
//! Contents stay valid as long as the version is the adopted one. The items of a version never change. Its registers
//! refer to chats by their index in the tables of other devices, and those tables change. But a table only grows: an index
//! keeps its chat or becomes a hole, and holes are filled from the earlier versions of the table. And the checksums of the
//! shard were compared, so the decoded chats are those that the writer meant, whatever becomes of the tables.

use super::{Hub, Saved};
use crate::id::DeviceId;
use crate::replica::dense::{HOLE, Head};
use crate::replica::shard::{self, Items, Unreadable};
use crate::replica::{Key, Register};
use crate::team::chat::ChatKey;

/// The decoded content of a colleague's shard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// The chats that the shard leaves out of its table, and that we know from earlier versions of it.
    pub left_out: Vec<ChatKey>,
    /// The registers. `None`: they refer to a table that we do not have.
    pub registers: Option<Vec<(Key, Register)>>,
}

/// The properties of our own published version that the hub needs again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublishedContents {
    /// The devices to whose tables it refers.
    pub uses: Vec<DeviceId>,
    /// How many of its registers are facts, and no tombstones. `None`: they refer to a table that we do not have.
    pub facts: Option<usize>,
}

impl PublishedContents {
    /// The content of a version with this head and these registers.
    pub(super) fn new(head: &Head, registers: Option<&[(Key, Register)]>) -> PublishedContents {
        PublishedContents {
            uses: head.table_refs.iter().map(|used| used.device).collect(),
            facts: registers.map(facts),
        }
    }
}

impl Hub {
    /// Decodes the stored shards that are not decoded yet. It must be called before the hub adopts new shards, packs or
    /// tidies, and again before it plans, because the transport may hold other items of ours than we published.
    /// [`super::writer::Writer`] does so. A shard that is not decoded is treated as one that can't be decoded.
    pub fn open(&mut self) {
        let is_closed = |known: &Option<Contents>| known.as_ref().is_none_or(|it| it.registers.is_none());
        let colleagues = self.saved.colleagues.iter();
        let closed = colleagues.filter(|(_, known)| is_closed(&known.contents)).map(|(device, _)| *device);
        for device in closed.collect::<Vec<DeviceId>>() {
            let contents = self.open_colleague(device);
            if let Some(known) = self.saved.colleagues.get_mut(&device) {
                known.contents = contents;
            }
        }
        if self.saved.transport.contents.as_ref().is_none_or(|it| it.facts.is_none()) {
            self.saved.transport.contents = self.open_published();
        }
    }

    fn open_colleague(&self, device: DeviceId) -> Option<Contents> {
        let known = self.saved.colleagues.get(&device)?;
        let (head, bytes, at) = decode_head(shard::read(self.team, device, &known.items).ok()?.1).ok()?;
        let left_out = left_out(&head.table, &known.head.table);
        let head = Head { table: known.head.table.clone(), ..head };
        let mut registers = self.decode_registers(device, &head, &bytes[at..], |_| None).ok();
        // They stay in memory as long as the hub runs.
        registers.iter_mut().for_each(Vec::shrink_to_fit);
        Some(Contents { left_out, registers })
    }

    fn open_published(&self) -> Option<PublishedContents> {
        let (me, items) = (self.saved.device, &self.saved.transport.published);
        let (head, bytes, at) = decode_head(shard::read(self.team, me, items).ok()?.1).ok()?;
        let head = Head { table: self.saved.table.clone(), ..head };
        let registers = self.decode_registers(me, &head, &bytes[at..], |_| None).ok();
        Some(PublishedContents::new(&head, registers.as_deref()))
    }

    /// Decodes the registers of a shard. `newer` returns the table of a version that is not adopted yet; without one, the
    /// table of the adopted version is used.
    pub(super) fn decode_registers<'a>(
        &'a self,
        device: DeviceId,
        head: &Head,
        bytes: &[u8],
        newer: impl Fn(DeviceId) -> Option<&'a [ChatKey]>,
    ) -> Result<Vec<(Key, Register)>, Unreadable> {
        let table = |device: DeviceId| -> Option<&[ChatKey]> {
            if device == self.saved.device {
                return Some(&self.saved.table);
            }
            newer(device).or_else(|| Some(self.saved.colleagues.get(&device)?.head.table.as_slice()))
        };
        let tables: Option<Vec<&[ChatKey]>> = head.table_refs.iter().map(|used| table(used.device)).collect();
        head.registers(device, bytes, &tables.ok_or(Unreadable::Incomplete)?)
    }

    /// Whether adopting these items needs the contents of shards that are stored: if there is anything new in them, if
    /// stored registers wait for our clock, or if there are shards to remove. Most wake-ups of a hub need none, and opening
    /// all shards takes longer than the rest of a wake-up.
    pub(super) fn needs_contents(&self, items: &Items) -> bool {
        let Saved { device: me, transport, colleagues, carried, .. } = &self.saved;
        let stored = |device: DeviceId| {
            if device == *me { Some(&transport.published) } else { Some(&colleagues.get(&device)?.items) }
        };
        let is_known = |(name, text): (&String, &String)| {
            shard::device_of(self.team, name).is_none_or(|device| {
                !carried.contains(&device)
                    && stored(device).is_some_and(|items| items.get(name) == Some(text))
            })
        };
        !items.iter().all(is_known) || colleagues.values().any(|known| known.ahead)
    }
}

/// Decodes the head of a shard. Also returns the bytes, and where in them the registers begin.
pub(super) fn decode_head(bytes: Vec<u8>) -> Result<(Head, Vec<u8>, usize), Unreadable> {
    let (head, rest) = Head::read(&bytes).map_err(|_| Unreadable::Corrupt)?;
    let at = bytes.len() - rest.len();
    Ok((head, bytes, at))
}

/// The chats that a published table leaves out, and that `known`, with the holes filled, has.
pub(super) fn left_out(published: &[ChatKey], known: &[ChatKey]) -> Vec<ChatKey> {
    let places = published.iter().zip(known);
    places
        .filter(|(published, known)| **published == HOLE && **known != HOLE)
        .map(|(_, known)| *known)
        .collect()
}

/// How many registers are facts, and no tombstones.
pub(super) fn facts(registers: &[(Key, Register)]) -> usize {
    registers.iter().filter(|(_, register)| !register.value.is_tombstone()).count()
}

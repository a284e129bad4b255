//! Shards: what one device publishes, as the small text items a transport carries.
//!
//! Item 0 is a manifest; the others are the parts of one text. A transport may deliver items one by one, late, or not
//! at all, so a shard is read only when every part that the manifest announces is there and their hash is right.

use sha2::{Digest, Sha256};

use crate::id::{DeviceId, TeamId};
use crate::map::Map;
use crate::replica::{Key, Register};
use crate::wire::{self, Malformed};

/// Items of a transport: name → text.
pub type Items = Map<String, String>;

/// The most bytes of one item in both browsers, name and the JSON text of its value together.
pub const ITEM_BYTES: usize = 8_192;
/// The most bytes of all items together in both browsers.
pub const TOTAL_BYTES: usize = 102_400;
/// How much text one part carries; the rest of [`ITEM_BYTES`] is for its name and the quotes around the text.
const PART: usize = 8_100;
/// The layout of manifest and parts.
const FORMAT: u32 = 1;

/// What a device published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Who.
    pub device: DeviceId,
    /// Which version: it only grows.
    pub seq: u32,
    /// The registers that device won when it published.
    pub registers: Vec<(Key, Register)>,
}

/// Why a shard can't be read now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Parts are missing or of another version: they may still arrive.
    Incomplete,
    /// All parts are there and make no sense: the device will publish again.
    Corrupt,
    /// Written by a later version: an update of Baton can read it.
    Newer,
}

/// What a manifest says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// Which version.
    pub seq: u32,
    parts: usize,
    hash: [u8; 8],
}

/// The names of a device's items begin with this.
pub fn prefix(team: TeamId, device: DeviceId) -> String {
    format!("b1.{team}.{device}.")
}

/// The device that an item of this team belongs to. `None`: not one of this team's items.
pub fn device_of(team: TeamId, name: &str) -> Option<DeviceId> {
    let rest = name.strip_prefix("b1.")?.strip_prefix(&team.to_string())?.strip_prefix('.')?;
    let (device, part) = rest.split_once('.')?;
    part.parse::<usize>().ok().filter(|number| number.to_string() == part)?;
    device.parse().ok()
}

impl Shard {
    /// The items that publish this shard.
    pub fn items(&self, team: TeamId) -> Items {
        let text = wire::encode_registers(&self.registers);
        let prefix = prefix(team, self.device);
        let name = |part: usize| format!("{prefix}{part}");
        // The text is ASCII, so every place is a character border.
        let parts: Vec<&str> =
            (0..text.len()).step_by(PART).map(|at| &text[at..text.len().min(at + PART)]).collect();
        let hash = Manifest::hash_of(self.seq, &text);
        let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        let manifest = format!("{FORMAT} {} {} {hash}", self.seq, parts.len());
        let mut items = Items::new();
        items.insert(name(0), manifest);
        items.extend((1..).zip(parts).map(|(part, text)| (name(part), text.to_owned())));
        items
    }

    /// Reads a device's shard out of all items of a transport.
    pub fn read(team: TeamId, device: DeviceId, items: &Items) -> Result<Shard, Unreadable> {
        let prefix = prefix(team, device);
        let item = |part: usize| items.get(&format!("{prefix}{part}"));
        let manifest = Manifest::read(item(0).ok_or(Unreadable::Incomplete)?)?;
        let mut text = String::new();
        for part in 1..=manifest.parts {
            text.push_str(item(part).ok_or(Unreadable::Incomplete)?);
        }
        if Manifest::hash_of(manifest.seq, &text) != manifest.hash {
            // Parts of two versions look like this as well; the manifest of the later one is then on its way.
            return Err(Unreadable::Incomplete);
        }
        let registers = wire::decode_registers(&text).map_err(|malformed| match malformed {
            Malformed::Corrupt => Unreadable::Corrupt,
            Malformed::Newer => Unreadable::Newer,
        })?;
        Ok(Shard { device, seq: manifest.seq, registers })
    }
}

impl Manifest {
    /// Reads a manifest.
    pub fn read(text: &str) -> Result<Manifest, Unreadable> {
        let mut words = text.split(' ');
        let mut number = || words.next()?.parse::<u32>().ok();
        match number() {
            Some(FORMAT) => {}
            Some(format) if format > FORMAT => return Err(Unreadable::Newer),
            _ => return Err(Unreadable::Corrupt),
        }
        let (seq, parts) = (number().ok_or(Unreadable::Corrupt)?, number().ok_or(Unreadable::Corrupt)?);
        let hash: DeviceId = words.next().and_then(|hash| hash.parse().ok()).ok_or(Unreadable::Corrupt)?;
        let parts = usize::try_from(parts).map_err(|_| Unreadable::Corrupt)?;
        if parts > TOTAL_BYTES / PART + 1 || words.next().is_some() {
            return Err(Unreadable::Corrupt);
        }
        Ok(Manifest { seq, parts, hash: hash.0 })
    }

    fn hash_of(seq: u32, text: &str) -> [u8; 8] {
        let digest = Sha256::new().chain_update(seq.to_be_bytes()).chain_update(text).finalize();
        let mut hash = [0; 8];
        hash.copy_from_slice(&digest[..8]);
        hash
    }
}

/// What items cost, as the stricter browser counts: Firefox measures the JSON text of all of them together, so each
/// name brings its quotes, a colon and a comma. Exact for text of characters that JSON writes in one byte.
pub fn bytes_of<'a>(items: impl IntoIterator<Item = (&'a String, &'a String)>) -> usize {
    items.into_iter().map(|(name, text)| name.len() + text.len() + 2 + 4).sum::<usize>() + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ReplyId;
    use crate::replica::{Stamp, Value};

    const TEAM: TeamId = TeamId([1; 8]);
    const ME: DeviceId = DeviceId([2; 8]);

    fn shard(seq: u32, replies: u8) -> Shard {
        let registers = (0..replies).map(|n| {
            let value = Value::Text(format!("{n} ").repeat(200));
            (
                Key::ReplyBody(ReplyId([n; 8])),
                Register { value, stamp: Stamp { tick: 1, counter: 0, device: ME } },
            )
        });
        Shard { device: ME, seq, registers: registers.collect() }
    }

    #[test]
    fn a_shard_reads_back_and_its_items_fit() {
        for replies in [0, 1, 100] {
            let shard = shard(7, replies);
            let items = shard.items(TEAM);
            assert!(items.iter().all(|(name, text)| name.len() + text.len() + 2 <= ITEM_BYTES));
            assert!(items.values().all(|text| text.bytes().all(|b| b.is_ascii() && !b"<\"\\".contains(&b))));
            assert_eq!(Shard::read(TEAM, ME, &items), Ok(shard));
        }
    }

    #[test]
    fn parts_of_two_versions_are_not_read_as_one() {
        let old = shard(1, 100).items(TEAM);
        let mut new = shard(2, 100);
        new.registers[0].1.value = Value::Flag(true);
        for (name, text) in new.items(TEAM) {
            let mut torn = old.clone();
            if torn.insert(name, text.clone()).as_ref() != Some(&text) {
                assert_eq!(Shard::read(TEAM, ME, &torn), Err(Unreadable::Incomplete));
            }
        }
        let mut partial = old;
        partial.remove(&format!("{}1", prefix(TEAM, ME)));
        assert_eq!(Shard::read(TEAM, ME, &partial), Err(Unreadable::Incomplete));
    }

    #[test]
    fn strange_manifests_are_refused() {
        for (text, why) in [
            ("", Unreadable::Corrupt),
            ("1 2", Unreadable::Corrupt),
            ("1 2 3 nohash", Unreadable::Corrupt),
            ("1 2 4000000000 0000000000000000", Unreadable::Corrupt),
            ("1 2 3 0000000000000000 more", Unreadable::Corrupt),
            ("2 anything", Unreadable::Newer),
        ] {
            assert_eq!(Manifest::read(text), Err(why), "{text}");
        }
    }

    #[test]
    fn names_tell_teams_and_devices_apart() {
        let name = format!("{}3", prefix(TEAM, ME));
        assert_eq!(device_of(TEAM, &name), Some(ME));
        assert_eq!(device_of(TeamId([9; 8]), &name), None);
        for name in
            ["", "b1", "b1.x", "other", &format!("{}x", prefix(TEAM, ME)), &format!("{}01", prefix(TEAM, ME))]
        {
            assert_eq!(device_of(TEAM, name), None, "{name}");
        }
    }

    #[test]
    fn cost_is_the_stricter_browsers() {
        let items: Items =
            [("ab".to_owned(), "cde".to_owned()), ("f".to_owned(), String::new())].into_iter().collect();
        assert_eq!(bytes_of(&items), r#"{"ab":"cde","f":""}"#.len());
    }
}

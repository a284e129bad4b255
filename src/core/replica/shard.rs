//! Shards: the data that one device publishes, as small text items that a transport carries.
//!
//! Item 0 is the manifest; the other items are the parts of one text. A transport may deliver items one by one, late, or
//! not at all. So a shard is read only when every part that the manifest announces is there, and their hash matches.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::id::{DeviceId, TeamId};
use crate::map::Map;
use crate::replica::dense;

/// The items of a transport: name → text.
pub type Items = Map<String, String>;

/// The most parts that a manifest may announce. The index of a part has at most three digits, and a forged manifest
/// can't make a reader look for more.
pub const MAX_PARTS: usize = 512;
/// The format of manifest and parts.
const FORMAT: u32 = 2;

/// Why a shard can't be read now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Recoverable: parts, or a chat table that it refers to, are missing or of another version. They may still arrive.
    Incomplete,
    /// All parts are there, but can't be decoded. Only the device itself can repair that, by publishing again.
    Corrupt,
    /// A later version of Baton wrote it. An update of Baton can read it.
    Newer,
}

/// The manifest of a shard. Words behind the hash belong to later versions (such as a signature) and are ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// The sequence number of the version. It only grows, and is never used for two different contents.
    pub seq: u32,
    /// How many parts there are.
    pub parts: usize,
    /// The first bytes of a hash of `seq` and the whole text.
    pub hash: [u8; 8],
}

/// The prefix of the names of a device's items.
pub fn prefix(team: TeamId, device: DeviceId) -> String {
    format!("b2.{}.{}.", URL_SAFE_NO_PAD.encode(team.0), URL_SAFE_NO_PAD.encode(device.0))
}

/// The device that an item belongs to; `None` if it is not an item of this team.
pub fn device_of(team: TeamId, name: &str) -> Option<DeviceId> {
    let rest = name.strip_prefix("b2.")?.strip_prefix(&URL_SAFE_NO_PAD.encode(team.0))?.strip_prefix('.')?;
    let (device, part) = rest.split_once('.')?;
    part.parse::<usize>().ok().filter(|number| number.to_string() == part)?;
    let device = URL_SAFE_NO_PAD.decode(device).ok()?;
    Some(DeviceId(device.try_into().ok()?))
}

/// Splits the bytes of a device's shard into items. An item takes at most `item_bytes` of the transport: its name, and its
/// text in quotes.
pub fn items(team: TeamId, device: DeviceId, seq: u32, bytes: &[u8], item_bytes: usize) -> Items {
    let text = dense::to_text(bytes);
    let prefix = prefix(team, device);
    // The index of a part has at most three digits, and the text has two quotes. An item needs room for some text.
    let most = item_bytes.saturating_sub(prefix.len() + 3 + 2).max(1);
    // The text is ASCII, so every index is a character boundary.
    let parts: Vec<&str> =
        (0..text.len()).step_by(most).map(|at| &text[at..text.len().min(at + most)]).collect();
    let hash = DeviceId(Manifest::hash_of(seq, &text));
    let mut items = Items::new();
    items.insert(format!("{prefix}0"), with_checksum(&format!("{FORMAT} {seq} {} {hash}", parts.len())));
    items.extend((1..).zip(parts).map(|(part, text)| (format!("{prefix}{part}"), text.to_owned())));
    items
}

/// Reads the manifest and the bytes of a device's shard from all items.
pub fn read(team: TeamId, device: DeviceId, items: &Items) -> Result<(Manifest, Vec<u8>), Unreadable> {
    let prefix = prefix(team, device);
    let item = |part: usize| items.get(&format!("{prefix}{part}"));
    let manifest = Manifest::read(item(0).ok_or(Unreadable::Incomplete)?)?;
    let mut text = String::new();
    for part in 1..=manifest.parts {
        text.push_str(item(part).ok_or(Unreadable::Incomplete)?);
    }
    if Manifest::hash_of(manifest.seq, &text) != manifest.hash {
        // Probably parts of two versions are mixed, and the later manifest is still on its way.
        return Err(Unreadable::Incomplete);
    }
    let bytes = dense::to_bytes(&text).ok_or(Unreadable::Corrupt)?;
    Ok((manifest, bytes))
}

/// The items of one device.
pub fn of_device(team: TeamId, device: DeviceId, items: &Items) -> Items {
    let prefix = prefix(team, device);
    let theirs = items.iter().filter(|(name, _)| name.starts_with(&prefix));
    theirs.map(|(name, text)| (name.clone(), text.clone())).collect()
}

/// The manifest of one device, if it is there and can be read.
pub fn manifest_of(team: TeamId, device: DeviceId, items: &Items) -> Option<Manifest> {
    Manifest::read(items.get(&format!("{}0", prefix(team, device)))?).ok()
}

/// The sequence number that a device published last, even if the rest of the manifest is damaged; 0 if there is none.
pub fn seq_of(team: TeamId, device: DeviceId, items: &Items) -> u32 {
    let manifest = items.get(&format!("{}0", prefix(team, device)));
    manifest.and_then(|text| text.split(' ').nth(1)?.parse().ok()).unwrap_or_default()
}

/// Whether a device published its last version with a later version of Baton, which this version must not overwrite.
pub fn is_newer(team: TeamId, device: DeviceId, items: &Items) -> bool {
    let manifest = items.get(&format!("{}0", prefix(team, device)));
    manifest.is_some_and(|text| Manifest::read(text) == Err(Unreadable::Newer))
}

/// Appends a checksum to the words of a manifest. All future formats must do so as well: without a checksum, a damaged
/// format number would look like a later version, which is never overwritten.
pub fn with_checksum(words: &str) -> String {
    let digest = Sha256::new().chain_update("baton manifest\0").chain_update(words).finalize();
    let mut text = format!("{words} ");
    digest.iter().take(4).for_each(|byte| text.push_str(&format!("{byte:02x}")));
    text
}

impl Manifest {
    /// Reads a manifest.
    pub fn read(text: &str) -> Result<Manifest, Unreadable> {
        let (words, _) = text.rsplit_once(' ').ok_or(Unreadable::Corrupt)?;
        if with_checksum(words) != text {
            return Err(Unreadable::Corrupt);
        }
        let mut words = words.split(' ');
        let mut number = || words.next()?.parse::<u32>().ok();
        match number() {
            Some(FORMAT) => {}
            Some(format) if format > FORMAT => return Err(Unreadable::Newer),
            _ => return Err(Unreadable::Corrupt),
        }
        let (seq, parts) = (number().ok_or(Unreadable::Corrupt)?, number().ok_or(Unreadable::Corrupt)?);
        let hash: DeviceId = words.next().and_then(|hash| hash.parse().ok()).ok_or(Unreadable::Corrupt)?;
        let parts = usize::try_from(parts).map_err(|_| Unreadable::Corrupt)?;
        if parts > MAX_PARTS {
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

#[cfg(test)]
mod tests {
    use super::*;

    const TEAM: TeamId = TeamId([1; 8]);
    const ME: DeviceId = DeviceId([2; 8]);
    const ITEM_BYTES: usize = 8_192;

    /// Bytes that do not repeat.
    fn bytes(count: u32) -> Vec<u8> {
        (0..count).map(|n| (n.wrapping_mul(0x9e37_79b1) >> 24) as u8).collect()
    }

    #[test]
    fn a_shard_reads_back_and_its_items_fit() {
        for count in [0, 1, 30_000] {
            let items = items(TEAM, ME, 7, &bytes(count), ITEM_BYTES);
            for (name, text) in &items {
                assert!(name.len() + text.len() + 2 <= ITEM_BYTES);
            }
            let (manifest, read) = read(TEAM, ME, &items).expect("our own");
            assert_eq!((manifest.seq, manifest.parts + 1), (7, items.len()));
            assert!(read.starts_with(&bytes(count)), "padding may follow");
        }
    }

    #[test]
    fn parts_of_two_versions_are_not_read_as_one() {
        let old = items(TEAM, ME, 1, &bytes(30_000), ITEM_BYTES);
        for (name, text) in items(TEAM, ME, 2, &bytes(30_001), ITEM_BYTES) {
            let mut torn = old.clone();
            if torn.insert(name, text.clone()).as_ref() != Some(&text) {
                assert_eq!(read(TEAM, ME, &torn), Err(Unreadable::Incomplete));
            }
        }
        let mut partial = old;
        partial.remove(&format!("{}1", prefix(TEAM, ME)));
        assert_eq!(read(TEAM, ME, &partial), Err(Unreadable::Incomplete));
    }

    #[test]
    fn strange_manifests_are_refused_and_later_words_are_not() {
        for (text, why) in [
            ("", Unreadable::Corrupt),
            ("2 2", Unreadable::Corrupt),
            ("2 2 3 nohash", Unreadable::Corrupt),
            ("2 2 4000000000 0000000000000000", Unreadable::Corrupt),
            ("1 2 3 0000000000000000", Unreadable::Corrupt),
            ("3 anything", Unreadable::Newer),
        ] {
            assert_eq!(Manifest::read(&with_checksum(text)), Err(why), "{text}");
            assert_eq!(Manifest::read(text), Err(Unreadable::Corrupt), "{text} without a check");
        }
        let signed = with_checksum("2 5 3 0000000000000000 signed");
        assert_eq!(Manifest::read(&signed).map(|it| (it.seq, it.parts)), Ok((5, 3)));
        // A damaged number is none of a later version.
        assert_eq!(Manifest::read(&signed.replacen('2', "6", 1)), Err(Unreadable::Corrupt));
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
}

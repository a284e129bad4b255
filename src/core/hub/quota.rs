//! The limits of a transport, and how browsers count against them.
//!
//! Quotas are computed before a write. They are never discovered by a write that fails.

use super::Listing;
use crate::replica::shard::Items;

/// The limits of a transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// The largest item, in bytes as [`Count::item`] counts them.
    pub item_bytes: usize,
    /// The most that all items take together, in bytes as [`bytes_of`] counts them.
    pub total_bytes: usize,
    /// The largest number of items.
    pub total_items: usize,
    /// Bytes that every device leaves free: for devices that it does not know yet, and for saying that something was
    /// taken away.
    pub reserve_bytes: usize,
    /// The largest number of writes in a minute.
    pub writes_per_minute: usize,
    /// The largest number of writes in an hour.
    pub writes_per_hour: usize,
    /// How long the hub takes to gain one write of its own budget, in milliseconds: see [`super::Pace`].
    pub refill: u64,
    /// The largest budget of writes.
    pub burst: u64,
}

impl Quota {
    /// The quota of `storage.sync`, which is the same in both browsers.
    ///
    /// Chrome's sync server gives all extensions of a profile together 100 writes at once and one more every 100 s, and
    /// Chrome refuses more than 120 writes a minute and 1,800 an hour. Our own budget stays below.
    pub const STORAGE_SYNC: Quota = Quota {
        item_bytes: 8_192,
        total_bytes: 102_400,
        total_items: 512,
        reserve_bytes: 12 * 1_024,
        writes_per_minute: 120,
        writes_per_hour: 1_800,
        refill: 100_000,
        burst: 60,
    };

    /// Whether `items` fit into a transport that already holds `others`.
    pub(super) fn fits_beside(&self, others: &Listing, items: &Items) -> bool {
        let mut all = others.items.clone();
        all.extend(items.clone());
        all.len() <= self.total_items && bytes_of(&all) + others.rest <= self.total_bytes
    }
}

/// The rule by which a browser counts items against its quotas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Name and JSON text of each item. `<` and the two separators of lines cost six bytes.
    Chromium,
    /// The JSON text of all items as one object, with the quotes, the colon and the comma of each name.
    Firefox,
}

impl Count {
    /// All rules.
    pub const ALL: [Count; 2] = [Count::Chromium, Count::Firefox];

    /// The cost of a text as a value, in bytes, its quotes included.
    pub fn text(self, text: &str) -> usize {
        let chromium = self == Count::Chromium;
        // Only ASCII characters and the two line separators cost more than their own bytes.
        let more = |byte: u8| match byte {
            b'"' | b'\\' | b'\t' | b'\n' | b'\r' | 8 | 12 => 1,
            0..b' ' => 5,
            b'<' if chromium => 5,
            _ => 0,
        };
        let separators = if chromium { text.matches(['\u{2028}', '\u{2029}']).count() } else { 0 };
        2 + text.len() + text.bytes().map(more).sum::<usize>() + 3 * separators
    }

    /// The cost of one item, which [`Quota::item_bytes`] bounds.
    pub fn item(self, name: &str, text: &str) -> usize {
        name.len() + self.text(text)
    }

    /// The cost of items together, which [`Quota::total_bytes`] bounds.
    pub fn all<'a>(self, items: impl IntoIterator<Item = (&'a String, &'a String)>) -> usize {
        let items = items.into_iter();
        match self {
            Count::Chromium => items.map(|(name, text)| self.item(name, text)).sum(),
            Count::Firefox => {
                1 + items.map(|(name, text)| self.text(name) + self.text(text) + 2).sum::<usize>()
            }
        }
    }
}

/// The cost of items in the browser that counts more, so that they fit into both.
pub fn bytes_of<'a>(items: impl IntoIterator<Item = (&'a String, &'a String)> + Clone) -> usize {
    Count::ALL.into_iter().map(|count| count.all(items.clone())).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{DeviceId, TeamId};
    use crate::replica::shard;

    #[test]
    fn the_items_of_a_shard_fit() {
        let quota = Quota::STORAGE_SYNC;
        let bytes: Vec<u8> = (0..30_000_u32).map(|n| (n.wrapping_mul(0x9e37_79b1) >> 24) as u8).collect();
        let items = shard::items(TeamId([1; 8]), DeviceId([2; 8]), 7, &bytes, quota.item_bytes);
        assert!(items.len() > 2, "a manifest and several parts");
        for (name, text) in &items {
            assert!(Count::ALL.iter().all(|way| way.item(name, text) <= quota.item_bytes));
        }
    }

    #[test]
    fn cost_is_what_the_browsers_count() {
        let items: Items =
            [("ab".to_owned(), "c<\"\u{2028}中".to_owned()), ("f".to_owned(), "\u{1}\n".to_owned())]
                .into_iter()
                .collect();
        let object =
            serde_json::to_string(&items.iter().collect::<std::collections::BTreeMap<_, _>>()).expect("text");
        assert_eq!(Count::Firefox.all(&items), object.len());
        let values: usize =
            items.iter().map(|(k, v)| k.len() + serde_json::to_string(v).expect("text").len()).sum();
        assert_eq!(Count::Chromium.all(&items), values + 5 + 3);
    }
}

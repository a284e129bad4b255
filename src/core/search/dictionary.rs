//! An inverted index: every distinct word, with the replies that contain it. Ten thousand replies share some thousand
//! words, so comparing a query with these is much less work than searching all text.

use super::points::{PLACES, Places};
use super::text::{Letter, Texts, mask};

/// Words, their letters, and where they are.
pub(super) struct Dictionary {
    words: Texts,
    masks: Vec<u64>,
    slots: Vec<u32>,
    /// The end of each word's entries in `places`.
    ends: Vec<u32>,
    /// Entries: a reply's index, shifted, and the word's places in it.
    places: Vec<u32>,
}

/// Collects words reply by reply.
#[derive(Default)]
pub(super) struct Collecting {
    words: Texts,
    /// A hash table with linear probing: a word's number plus 1; 0 for an empty slot.
    slots: Vec<u32>,
    /// Entries of words and their places, reply by reply.
    stream: Stream,
    /// The end of each reply's entries in `stream`.
    ends: Vec<u32>,
    /// The index of each word's last entry in `stream`, plus 1; 0 for none.
    last: Vec<u32>,
}

/// A long list in blocks. A growing `Vec` needs up to three times its size while it is copied, and Wasm memory never
/// shrinks.
#[derive(Default)]
struct Stream {
    blocks: Vec<Vec<u32>>,
}

/// How long a block is.
const BLOCK: usize = 4_096;

impl Stream {
    fn len(&self) -> usize {
        self.blocks.last().map_or(0, |last| (self.blocks.len() - 1) * BLOCK + last.len())
    }

    fn push(&mut self, entry: u32) {
        match self.blocks.last_mut() {
            Some(last) if last.len() < BLOCK => last.push(entry),
            _ => {
                let mut block = Vec::with_capacity(BLOCK);
                block.push(entry);
                self.blocks.push(block);
            }
        }
    }

    fn get_mut(&mut self, n: usize) -> Option<&mut u32> {
        self.blocks.get_mut(n / BLOCK)?.get_mut(n % BLOCK)
    }

    fn iter(&self) -> impl Iterator<Item = &u32> {
        self.blocks.iter().flatten()
    }
}

/// The load factor of the hash table, in thousandths.
const FILLED: usize = 700;

fn hash(word: &[Letter]) -> usize {
    let mix =
        |hash: u32, letter: &Letter| (hash.rotate_left(5) ^ u32::from(*letter)).wrapping_mul(0x9e37_79b9);
    let hash = word.iter().fold(0, mix);
    (hash ^ (hash >> 15)) as usize
}

/// The slot of a word, or the empty slot for it.
fn slot(slots: &[u32], words: &Texts, word: &[Letter]) -> usize {
    let last = slots.len().wrapping_sub(1);
    let mut at = hash(word) & last;
    while let Some(filled) = slots.get(at).filter(|it| **it > 0) {
        if words.get(*filled as usize - 1) == word {
            break;
        }
        at = (at + 1) & last;
    }
    at
}

impl Collecting {
    /// Adds a word of the reply at hand. Returns its number, and whether it is a new one.
    pub(super) fn add(&mut self, word: &[Letter], places: Places) -> (usize, bool) {
        if self.words.len() * 1_000 >= self.slots.len() * FILLED {
            self.grow();
        }
        let at = slot(&self.slots, &self.words, word);
        let filled = self.slots.get(at).copied().unwrap_or_default();
        let is_new = filled == 0;
        let number = if is_new { self.words.len() } else { filled as usize - 1 };
        if is_new {
            self.words.push(word.iter().copied());
            self.last.push(0);
            if let Some(slot) = self.slots.get_mut(at) {
                *slot = number as u32 + 1;
            }
        }
        let begin = self.ends.last().copied().unwrap_or_default();
        let last = self.last.get_mut(number);
        match last.as_ref().and_then(|last| last.checked_sub(1)).filter(|last| *last >= begin) {
            // The reply has the word already.
            Some(last) => {
                if let Some(known) = self.stream.get_mut(last as usize) {
                    *known |= places;
                }
            }
            None => {
                self.stream.push((number as u32) << PLACES | places);
                if let Some(last) = last {
                    *last = self.stream.len() as u32;
                }
            }
        }
        (number, is_new)
    }

    /// The reply at hand has no more words.
    pub(super) fn next(&mut self) {
        self.ends.push(self.stream.len() as u32);
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(64);
        self.slots = vec![0; size];
        for number in 0..self.words.len() {
            let at = slot(&self.slots, &self.words, self.words.get(number));
            if let Some(slot) = self.slots.get_mut(at) {
                *slot = number as u32 + 1;
            }
        }
    }

    /// The dictionary of all that was added.
    pub(super) fn finish(self) -> Dictionary {
        let Collecting { mut words, slots, stream, ends, last } = self;
        drop(last);
        let word = |entry: u32| (entry >> PLACES) as usize;
        // A counting sort: the index at which each word's next entry is written. At the end it is the end of its entries.
        let mut next = vec![0_u32; words.len() + 1];
        for entry in stream.iter() {
            if let Some(count) = next.get_mut(word(*entry) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for count in &mut next {
            sum += *count;
            *count = sum;
        }
        let mut places = vec![0; stream.len()];
        let mut reply = 0;
        for (n, entry) in stream.iter().enumerate() {
            // A reply may have no words at all.
            while ends.get(reply).is_some_and(|end| *end as usize <= n) {
                reply += 1;
            }
            let Some(at) = next.get_mut(word(*entry)) else { continue };
            if let Some(place) = places.get_mut(*at as usize) {
                *place = (reply as u32) << PLACES | (*entry & ((1 << PLACES) - 1));
            }
            *at += 1;
        }
        next.pop();
        words.shrink();
        let masks = (0..words.len()).map(|number| mask(words.get(number))).collect();
        Dictionary { words, masks, slots, ends: next, places }
    }
}

impl Dictionary {
    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// A word and which letters it has.
    #[inline]
    pub(super) fn word(&self, number: usize) -> (&[Letter], u64) {
        (self.words.get(number), self.masks.get(number).copied().unwrap_or_default())
    }

    /// Which letters words have, in their order.
    pub(super) fn masks(&self) -> &[u64] {
        &self.masks
    }

    /// Where a word is: replies and places, rising.
    #[inline]
    pub(super) fn places(&self, number: usize) -> impl Iterator<Item = (usize, Places)> {
        let start = if number == 0 { 0 } else { self.ends.get(number - 1).map_or(0, |end| *end as usize) };
        let end = self.ends.get(number).map_or(start, |end| *end as usize);
        let places = self.places.get(start..end).unwrap_or_default();
        places.iter().map(|place| ((place >> PLACES) as usize, place & ((1 << PLACES) - 1)))
    }

    /// The number of a word.
    pub(super) fn number(&self, word: &[Letter]) -> Option<usize> {
        let filled = self.slots.get(slot(&self.slots, &self.words, word))?;
        (*filled as usize).checked_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_where_they_were_added() {
        let mut collecting = Collecting::default();
        for reply in 0..100_u16 {
            for word in 0..=reply {
                collecting.add(&[word, 7], 1);
            }
            collecting.add(&[0, 7], 2);
            collecting.next();
        }
        let dictionary = collecting.finish();
        assert_eq!(dictionary.len(), 100);
        let places = |word: &[Letter]| {
            dictionary.number(word).map(|number| dictionary.places(number).collect::<Vec<_>>())
        };
        assert_eq!(places(&[98, 7]), Some(vec![(98, 1), (99, 1)]));
        assert_eq!(places(&[0, 7]).map(|it| (it.len(), it[5])), Some((100, (5, 3))));
        assert_eq!(places(&[100, 7]), None);
        assert_eq!(Collecting::default().finish().number(&[1]), None);
    }
}

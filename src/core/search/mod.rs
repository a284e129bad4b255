//! Finding a reply by a few letters of its title, shortcut, body, folder or tags.
//!
//! What is promised: all words of a query are found, in any order, by their beginning, with a typo from four letters on
//! and with two from eight, and whatever their accents and capitals; names by the initials of their words, and Chinese
//! ones by their characters or the initials of their pinyin. What matches best comes first, and among equals what the
//! caller prefers.
//!
//! The query's words are compared with every different word once ([`dictionary`]) and with names ([`names`]); what
//! matched gives points ([`points`]) to the replies it is in. A keystroke so costs what the vocabulary is large, not the
//! text.

mod best;
mod dictionary;
mod initials;
mod marks;
mod names;
mod points;
mod query;
mod text;
mod typos;

#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use initials::sorted_characters;
pub use initials::{COLUMNS, Initials, LAST, ROWS};

use best::Best;
use dictionary::{Collecting, Dictionary};
use names::Names;
use points::{
    BEGIN_SHORTCUT, BODY, FINE, Kind, NAME, Places, SHORTCUT, TITLE, TITLE_BEGIN, WHOLE_SHORTCUT,
    WHOLE_TITLE, WORTH, Worth,
};
use query::{Word, words_of};
use text::{Letter, Script, Texts, letters, words};

/// What is looked at of a reply.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// What it is called.
    pub title: &'a str,
    /// What is typed for it; may be empty.
    pub shortcut: &'a str,
    /// What is inserted.
    pub body: &'a str,
    /// The name of the folder it is in; may be empty.
    pub folder: &'a str,
    /// The names of its tags.
    pub tags: &'a [&'a str],
}

/// Finds among replies. What can be prepared is prepared once, not at every keystroke.
pub struct Finder {
    /// Words of all fields.
    dictionary: Dictionary,
    /// Neighbouring characters of bodies.
    pairs: Dictionary,
    titles: Names,
    shortcuts: Texts,
    /// Folders and tags, whole: where they are, and what they are.
    labels: Dictionary,
    label_names: Names,
    /// What the best match of a word is worth, for each reply.
    best: Vec<Worth>,
    /// How many pairs of characters were found, for each reply.
    pairs_found: Vec<u16>,
    /// The points of each reply; 0 where a word was not found.
    sums: Vec<u32>,
    /// All words but the last that were looked for, and the points that they gave: while a word is typed, those before it
    /// stay the same.
    kept: (Vec<Vec<Letter>>, Vec<u32>),
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Results {
    /// The best, first of all the very best.
    pub found: Vec<Found>,
    /// How many were found in all.
    pub total: usize,
}

/// A reply that was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Its index in the list that was searched.
    pub index: usize,
    /// The characters of its title that matched, by index, rising.
    pub title_hits: Vec<u32>,
    /// The characters of its shortcut that matched, by index, rising.
    pub shortcut_hits: Vec<u32>,
}

/// The most words of a query that are looked at.
const WORDS: usize = 16;
/// A query that is all of a title is worth this much more.
const ALL_OF_TITLE: u32 = 12;
/// Points are above these bits of a sum; below them is what decides only between equals.
const POINTS: u32 = 16;

impl Finder {
    /// A finder among replies.
    pub fn new<'a>(entries: impl IntoIterator<Item = Entry<'a>>, initials: &Initials) -> Finder {
        let mut collecting = Collecting::default();
        let mut pairs = Collecting::default();
        let mut labels = Collecting::default();
        let mut label_names = Names::new(initials);
        let mut titles = Names::new(initials);
        let mut shortcuts = Texts::default();
        let mut room = Vec::new();
        for (n, entry) in entries.into_iter().enumerate() {
            titles.push(letters(entry.title));
            let mut places = TITLE | TITLE_BEGIN;
            words(titles.get(n).iter().copied(), &mut room, |word, script, _| {
                if script == Script::Letters {
                    collecting.add(word, places);
                }
                places = TITLE;
            });
            shortcuts.push(letters(entry.shortcut));
            let shortcut = shortcuts.get(n);
            words(shortcut.iter().copied(), &mut room, |word, script, _| {
                if script == Script::Letters {
                    // A part of a shortcut is not what is typed for it.
                    collecting.add(word, if word.len() == shortcut.len() { SHORTCUT } else { NAME });
                }
            });
            for label in entry.tags.iter().copied().chain([entry.folder]) {
                let label: Vec<Letter> = letters(label).collect();
                if labels.add(&label, NAME).1 {
                    label_names.push(label.iter().copied());
                }
                words(label, &mut room, |word, script, _| {
                    if script == Script::Letters {
                        collecting.add(word, NAME);
                    }
                });
            }
            words(letters(entry.body), &mut room, |word, script, _| {
                if script == Script::Letters {
                    collecting.add(word, BODY);
                    return;
                }
                for pair in word.windows(2) {
                    pairs.add(pair, BODY);
                }
                // Pairs are found by their first character, too; the last one begins none.
                pairs.add(word.get(word.len() - 1..).unwrap_or_default(), BODY);
            });
            for collecting in [&mut collecting, &mut pairs, &mut labels] {
                collecting.next();
            }
        }
        titles.shrink();
        shortcuts.shrink();
        let count = shortcuts.len();
        Finder {
            pairs: pairs.finish(),
            dictionary: collecting.finish(),
            titles,
            shortcuts,
            labels: labels.finish(),
            label_names,
            best: vec![0; count],
            pairs_found: vec![0; count],
            sums: vec![0; count],
            kept: Default::default(),
        }
    }

    /// The replies that match every word of `query`, best first, and at most `most`. Those that match equally well come
    /// by `boost`, greatest first. An empty query finds all, in their own order.
    pub fn find(&mut self, query: &str, most: usize, boost: impl Fn(usize) -> u32) -> Results {
        let typed: Vec<Letter> = letters(query.trim()).collect();
        if typed.is_empty() {
            let found = (0..self.sums.len()).take(most).map(|index| Found { index, ..Found::default() });
            return Results { found: found.collect(), total: self.sums.len() };
        }
        let mut query = words_of(query);
        query.truncate(WORDS);
        self.look_for_all(&query);
        self.count_shortcuts(&typed, query.len());
        self.best_of(&query, most, boost)
    }

    /// Adds up for each reply how well it matches all words.
    fn look_for_all(&mut self, query: &[Word]) {
        let (last, before) = query.split_last().map_or((None, query), |(last, before)| (Some(last), before));
        let is_kept = before.iter().map(|word| &word.letters).eq(&self.kept.0) && !before.is_empty();
        if is_kept {
            self.sums.clone_from(&self.kept.1);
        } else {
            self.sums.fill(0);
            for (nth, word) in before.iter().enumerate() {
                self.add(word, nth == 0);
            }
            self.kept.0 = before.iter().map(|word| word.letters.clone()).collect();
            if !before.is_empty() {
                self.kept.1.clone_from(&self.sums);
            }
        }
        if let Some(last) = last {
            self.add(last, before.is_empty());
        }
    }

    /// Adds what a word gives to the sums.
    fn add(&mut self, word: &Word, is_first: bool) {
        self.best.fill(0);
        self.look_for(word);
        for (sum, best) in self.sums.iter_mut().zip(&self.best) {
            let is_found = *best > 0 && (is_first || *sum > 0);
            let points = u32::from(best >> FINE) << POINTS | u32::from(best & ((1 << FINE) - 1));
            *sum = if is_found { *sum + points } else { 0 };
        }
    }

    /// Notes for each reply how well it matches a word.
    fn look_for(&mut self, word: &Word) {
        if word.script == Script::Characters {
            self.look_for_pairs(word);
        } else {
            let Finder { dictionary, best, .. } = self;
            for (number, mask) in dictionary.masks().iter().enumerate() {
                let kind =
                    if word.may_match(*mask) { word.compare(dictionary.word(number).0, *mask) } else { None };
                if let Some(kind) = kind {
                    raise_all(best, kind, dictionary.places(number));
                }
            }
        }
        let Finder { titles, labels, label_names, best, .. } = self;
        titles.matching(word, |n, kind| raise_all(best, kind, [(n, TITLE)]));
        label_names.matching(word, |n, kind| raise_all(best, kind, labels.places(n)));
    }

    /// Notes which bodies have characters next to each other: those that have all pairs of them.
    fn look_for_pairs(&mut self, word: &Word) {
        let Finder { pairs, best, pairs_found, .. } = self;
        if word.letters.len() == 1 {
            for number in 0..pairs.len() {
                if pairs.word(number).0.first() == word.letters.first() {
                    raise_all(best, Kind::Together, pairs.places(number));
                }
            }
            return;
        }
        pairs_found.fill(0);
        let mut step = 0;
        for pair in word.letters.windows(2) {
            let Some(number) = pairs.number(pair) else { return };
            for (reply, _) in pairs.places(number) {
                if let Some(found) = pairs_found.get_mut(reply).filter(|found| **found == step) {
                    *found += 1;
                }
            }
            step += 1;
        }
        let all = pairs_found.iter().enumerate().filter(|(_, found)| **found == step);
        raise_all(best, Kind::Together, all.map(|(reply, _)| (reply, BODY)));
    }

    /// Counts what begins with all that was typed, whatever it is made of.
    fn count_shortcuts(&mut self, typed: &[Letter], words: usize) {
        let words = words.max(1) as u32;
        for (n, sum) in self.sums.iter_mut().enumerate() {
            let shortcut = self.shortcuts.get(n);
            if shortcut.starts_with(typed) {
                let is_all = shortcut.len() == typed.len();
                let points = if is_all { WHOLE_SHORTCUT } else { BEGIN_SHORTCUT };
                *sum = (*sum).max((points * words) << POINTS);
            }
        }
    }

    fn best_of(&self, query: &[Word], most: usize, boost: impl Fn(usize) -> u32) -> Results {
        let len = |word: &Word| if word.script == Script::Letters { 1 } else { word.letters.len() };
        let words: usize = query.iter().map(len).sum();
        let all_of_title = WHOLE_TITLE * query.len() as u32;
        let mut best = Best::new(most);
        let mut total = 0;
        for (index, sum) in self.sums.iter().enumerate().filter(|(_, sum)| **sum > 0) {
            total += 1;
            let title_words = self.titles.words(index);
            let (mut points, fine) = (sum >> POINTS, sum & ((1 << POINTS) - 1));
            if title_words == words && points >= all_of_title {
                points += ALL_OF_TITLE;
            }
            // Of a short title a larger part was typed.
            let fine = (fine << 8) + 255_u32.saturating_sub(title_words as u32);
            best.add(points, || (boost(index), fine), index);
        }
        let found = best.sorted().into_iter().map(|index| Found {
            index,
            title_hits: marks::marks(query, self.titles.get(index), Some((&self.titles, index))),
            shortcut_hits: marks::marks(query, self.shortcuts.get(index), None),
        });
        Results { found: found.collect(), total }
    }
}

/// Notes what a match is worth for all replies that have it, where none was worth more.
#[inline]
fn raise_all(best: &mut [Worth], kind: Kind, places: impl IntoIterator<Item = (usize, Places)>) {
    let worth = &WORTH[kind as usize];
    for (reply, places) in places {
        if let Some(best) = best.get_mut(reply) {
            *best = (*best).max(worth[places as usize & (worth.len() - 1)]);
        }
    }
}

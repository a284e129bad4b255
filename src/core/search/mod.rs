//! Fuzzy search for replies by title, shortcut, body, folder and tags.
//!
//! A reply matches if it has all words of the query, in any order. A word matches by its prefix, with one typo from four
//! letters on and two from eight, ignoring accents and case. Names also match by the initials of their words; Chinese
//! names by their characters or the initials of their pinyin. The best match comes first, and among equals the one that
//! the caller prefers.
//!
//! Each query word is compared once with every distinct word ([`dictionary`]) and with names ([`names`]). Matches give
//! points ([`points`]) to the replies that contain them. So the cost of a keystroke grows with the vocabulary, not with
//! the text.

mod best;
mod dictionary;
mod initials;
mod marks;
mod names;
mod points;
mod query;
mod suggest;
mod text;
mod typos;

#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use initials::sorted_characters;
pub use initials::{COLUMNS, Initials, LAST, ROWS};

pub use suggest::fitting;

use best::Best;
use dictionary::{Collecting, Dictionary};
use names::Names;
use points::{
    BEGIN_SHORTCUT, BODY, FINE, Kind, NAME, Places, SHORTCUT, TITLE, TITLE_BEGIN, WHOLE_SHORTCUT,
    WHOLE_TITLE, WORTH, Worth,
};
use query::{Word, words_of};
use text::{Letter, Script, Texts, letters, words};

/// The searchable fields of a reply.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The title.
    pub title: &'a str,
    /// The shortcut; may be empty.
    pub shortcut: &'a str,
    /// The text.
    pub body: &'a str,
    /// The name of the folder it is in; may be empty.
    pub folder: &'a str,
    /// The names of its tags.
    pub tags: &'a [&'a str],
}

/// A search index over replies, built once and queried at every keystroke.
pub struct Finder {
    /// Words of all fields.
    dictionary: Dictionary,
    /// Bigrams of characters in bodies.
    pairs: Dictionary,
    titles: Names,
    shortcuts: Texts,
    /// Whole names of folders and tags: the replies that have them, and the names.
    labels: Dictionary,
    label_names: Names,
    /// For each reply, the worth of the current word's best match.
    best: Vec<Worth>,
    /// For each reply, how many of the word's bigrams it has.
    pairs_found: Vec<u16>,
    /// For each reply, the sum of its points; 0 if some word was not found.
    sums: Vec<u32>,
    /// A cache: all words of the last query but its last one, and their sums. They stay the same while the last word is
    /// being typed.
    kept: (Vec<Vec<Letter>>, Vec<u32>),
}

/// The results of a search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Results {
    /// The best matches, best first.
    pub found: Vec<Found>,
    /// How many replies match in all.
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

/// The most words of a query. Further words are ignored.
const WORDS: usize = 16;
/// The bonus for a query that is the whole title.
const ALL_OF_TITLE: u32 = 12;
/// The bits of a sum below its points. They hold the tie-breaker.
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
                    // Only a whole shortcut counts as one.
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
                // A single character is found by the bigrams that it begins. The last character begins none, so it is
                // added alone.
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

    /// Computes `sums` for all words of a query.
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

    /// Adds the points of a word to `sums`.
    fn add(&mut self, word: &Word, is_first: bool) {
        self.best.fill(0);
        self.look_for(word);
        for (sum, best) in self.sums.iter_mut().zip(&self.best) {
            let is_found = *best > 0 && (is_first || *sum > 0);
            let points = u32::from(best >> FINE) << POINTS | u32::from(best & ((1 << FINE) - 1));
            *sum = if is_found { *sum + points } else { 0 };
        }
    }

    /// Computes `best` for a word.
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

    /// Matches a run of characters in bodies: a body has it if it has all its bigrams. That is approximate.
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

    /// Raises replies whose shortcut begins with the whole query, including its punctuation.
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
            // The tie-breaker prefers short titles, of which the query is a larger part.
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

/// Raises `best` to the worth of a match, for all replies that have it.
#[inline]
fn raise_all(best: &mut [Worth], kind: Kind, places: impl IntoIterator<Item = (usize, Places)>) {
    let worth = &WORTH[kind as usize];
    for (reply, places) in places {
        if let Some(best) = best.get_mut(reply) {
            *best = (*best).max(worth[places as usize & (worth.len() - 1)]);
        }
    }
}

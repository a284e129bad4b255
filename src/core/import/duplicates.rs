//! Detection of duplicate and near-duplicate replies.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use super::sink::Fixed;
use crate::letters::plain;

/// Near-duplicates share at least so many tenths of their trigrams of words.
const TENTHS: usize = 9;
/// The most candidates that a reply is compared with. If there are more, the latest ones are compared.
const COMPARED: usize = 48;
/// How many replies are kept for each trigram.
const REMEMBERED: usize = 8;

/// Groups replies, each given by title, shortcut and text, whose texts are equal or nearly so. Accents, case, spaces and
/// punctuation make no difference. Replies without text are compared by their titles and shortcuts.
///
/// Each group has at least two indices, in ascending order; the groups are sorted by their first index. Texts that differ
/// are near-duplicates if they share nine tenths of their trigrams of words. A Chinese character counts as a word.
pub fn duplicates(replies: &[(&str, &str, &str)]) -> Vec<Vec<usize>> {
    let texts: Vec<Vec<u64>> =
        replies.iter().map(|(title, shortcut, body)| words(title, shortcut, body)).collect();
    let mut groups = Groups { parents: (0..replies.len()).collect() };
    let mut same: HashMap<u64, usize, Fixed> = HashMap::default();
    let mut different = Vec::new();
    for (i, text) in texts.iter().enumerate().filter(|it| !it.1.is_empty()) {
        let first = *same.entry(hash(text)).or_insert(i);
        if first == i { different.push(i) } else { groups.join(first, i) }
    }
    near(&texts, &different, &mut groups);
    let mut members: HashMap<usize, Vec<usize>, Fixed> = HashMap::default();
    for i in 0..replies.len() {
        members.entry(groups.first(i)).or_default().push(i);
    }
    let mut found: Vec<Vec<usize>> = members.into_values().filter(|it| it.len() > 1).collect();
    found.sort_unstable();
    found
}

/// Joins the groups of near-duplicates, by prefix filtering.
///
/// If two sets are sorted alike and share nine tenths, they share an element of their prefixes, which are a tenth of each
/// set plus one. So only sets that share an element of the prefix are compared. With the rarest trigrams first, few sets
/// meet by chance.
fn near(texts: &[Vec<u64>], different: &[usize], groups: &mut Groups) {
    let mut runs: Vec<(usize, Vec<u64>)> =
        different.iter().filter_map(|i| Some((*i, runs_of(texts.get(*i)?)))).collect();
    let mut counts: HashMap<u64, u32, Fixed> = HashMap::default();
    for run in runs.iter().flat_map(|it| &it.1) {
        *counts.entry(*run).or_default() += 1;
    }
    let rarity = |run: &u64| (counts.get(run).copied().unwrap_or_default(), *run);
    let mut meeting: HashMap<u64, Vec<usize>, Fixed> = HashMap::default();
    // `meeting` maps a trigram to indices into `runs`.
    for at in 0..runs.len() {
        let (before, rest) = runs.split_at_mut(at);
        let Some((i, set)) = rest.first_mut() else { continue };
        set.sort_unstable_by_key(rarity);
        let first_tenth = set.len() - (set.len() * TENTHS).div_ceil(10) + 1;
        let mut compared: Vec<usize> = Vec::new();
        for run in set.iter().take(first_tenth).filter(|it| rarity(it).0 > 1) {
            let others = meeting.entry(*run).or_default();
            for other in others.iter().rev() {
                if compared.len() < COMPARED && !compared.contains(other) {
                    compared.push(*other);
                }
            }
            others.push(at);
            if others.len() > REMEMBERED {
                others.remove(0);
            }
        }
        for (other, their) in compared.into_iter().filter_map(|it| before.get(it)) {
            if groups.first(*other) != groups.first(*i) && is_near(set, their, rarity) {
                groups.join(*other, *i);
            }
        }
    }
}

/// Whether two sets share enough elements. Both are sorted by `rarity`.
fn is_near(a: &[u64], b: &[u64], rarity: impl Fn(&u64) -> (u32, u64)) -> bool {
    let enough = |it: usize| it * 10 >= a.len().max(b.len()) * TENTHS;
    if !enough(a.len().min(b.len())) {
        return false;
    }
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        let order = rarity(x).cmp(&rarity(y));
        i += usize::from(order.is_le());
        j += usize::from(order.is_ge());
        shared += usize::from(order.is_eq());
    }
    enough(shared)
}

/// The hashes of the words of a reply.
fn words(title: &str, shortcut: &str, body: &str) -> Vec<u64> {
    let words = words_of(body);
    if words.is_empty() { [words_of(title), words_of(shortcut)].concat() } else { words }
}

fn words_of(text: &str) -> Vec<u64> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.chars().map(plain) {
        let is_whole =
            matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}');
        if !c.is_alphanumeric() || is_whole {
            if !word.is_empty() {
                words.push(hash(&word));
                word.clear();
            }
            if is_whole {
                words.push(hash(&c));
            }
        } else {
            word.push(c);
        }
    }
    if !word.is_empty() {
        words.push(hash(&word));
    }
    words
}

/// The distinct trigrams of words. A shorter text is one run.
fn runs_of(words: &[u64]) -> Vec<u64> {
    let mut runs: Vec<u64> = words.windows(3.min(words.len()).max(1)).map(hash).collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

fn hash<T: Hash + ?Sized>(it: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    it.hash(&mut hasher);
    hasher.finish()
}

/// A disjoint-set forest: each reply points to an earlier one of its group, the first one to itself.
struct Groups {
    parents: Vec<usize>,
}

impl Groups {
    fn first(&mut self, mut i: usize) -> usize {
        while let Some(parent) = self.parents.get(i).copied().filter(|it| *it != i) {
            // Path halving keeps the paths short.
            let above = self.parents.get(parent).copied().unwrap_or(parent);
            if let Some(it) = self.parents.get_mut(i) {
                *it = above;
            }
            i = above;
        }
        i
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        if let Some(it) = self.parents.get_mut(a.max(b)) {
            *it = a.min(b);
        }
    }
}

#[cfg(test)]
mod tests;

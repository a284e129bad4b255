//! Matching of whole names (titles, folders and tags) where no single word matches: by the initials of their words, by
//! prefixes of several words in order, and by Chinese characters, which have no spaces between words.

use super::initials::Initials;
use super::points::Kind;
use super::query::{Word, find};
use super::text::{Letter, Script, Texts, begins, bit, is_character, mask};

/// Many names.
pub(super) struct Names {
    texts: Texts,
    /// Where the words of each begin, a bit a letter.
    begins: Vec<u64>,
    /// Which letters each has, with the initials of its characters.
    masks: Vec<u64>,
    /// The initials of each name's words. 0 where there is none.
    initials: Texts,
    initial_masks: Vec<u64>,
    table: Initials,
}

/// The fewest initials in the middle of a name that count as more than a coincidence.
const MIDDLE: usize = 3;

impl Names {
    /// No names yet.
    pub(super) fn new(table: &Initials) -> Names {
        Names {
            texts: Texts::default(),
            begins: Vec::new(),
            masks: Vec::new(),
            initials: Texts::default(),
            initial_masks: Vec::new(),
            table: table.clone(),
        }
    }

    /// Adds one.
    pub(super) fn push(&mut self, name: impl IntoIterator<Item = Letter>) {
        self.texts.push(name);
        let name = self.texts.get(self.texts.len() - 1);
        let begins = begins(name);
        let initial = |(at, letter): (usize, &Letter)| {
            (begins >> at & 1 == 1).then(|| initial(*letter, &self.table).unwrap_or(*letter))
        };
        self.begins.push(begins);
        self.initials.push(name.iter().take(64).enumerate().filter_map(initial));
        let initials = mask(self.initials.get(self.initials.len() - 1));
        self.initial_masks.push(initials);
        self.masks.push(mask(name) | initials);
    }

    /// Gives back the room that was not needed.
    pub(super) fn shrink(&mut self) {
        self.texts.shrink();
        self.initials.shrink();
        self.begins.shrink_to_fit();
        self.masks.shrink_to_fit();
        self.initial_masks.shrink_to_fit();
    }

    /// The letters of the `n`th name.
    pub(super) fn get(&self, n: usize) -> &[Letter] {
        self.texts.get(n)
    }

    /// How many words and characters the `n`th name has.
    pub(super) fn words(&self, n: usize) -> usize {
        self.initials.get(n).len()
    }

    /// Tells which names match a word of the query, and how.
    pub(super) fn matching(&self, word: &Word, mut tell: impl FnMut(usize, Kind)) {
        let both = self.masks.iter().zip(&self.initial_masks).enumerate();
        if word.script == Script::Characters {
            for (n, _) in both.filter(|(_, (mask, _))| word.may_match(**mask)) {
                if let Some(kind) = characters(word, self.texts.get(n)) {
                    tell(n, kind);
                }
            }
            return;
        }
        if word.letters.len() < 2 {
            return;
        }
        let first = word.letters.first().map_or(0, |letter| bit(*letter));
        for (n, (mask, initials)) in both {
            // Whatever it is made of, a word of it begins with the first letter.
            if first & !initials != 0 || word.mask & !mask != 0 {
                continue;
            }
            let kind = if word.mask & !initials == 0 {
                by_initials(&word.letters, self.initials.get(n))
            } else {
                None
            };
            let is_possible = kind.is_none() && word.is_long();
            let kind = if is_possible { self.goes_along(word, n, |_| {}) } else { kind };
            if let Some(kind) = kind {
                tell(n, kind);
            }
        }
    }

    /// How the `n`th name matches a word that none of its own words match, and by which of its letters, a bit each.
    pub(super) fn marks(&self, word: &Word, n: usize) -> u64 {
        let name = self.texts.get(n);
        if word.script == Script::Characters
            && let Some(at) = find(name, &word.letters)
        {
            return (at..at + word.letters.len())
                .fold(0, |marks, at| marks | 1_u64.checked_shl(at as u32).unwrap_or(0));
        }
        let initials = self.initials.get(n);
        if let Some(skipped) = find(initials, &word.letters)
            && word.letters.len() > 1
        {
            let mut begins = self.begins(n);
            for _ in 0..skipped {
                begins &= begins.wrapping_sub(1);
            }
            let mut rest = begins;
            for _ in &word.letters {
                rest &= rest.wrapping_sub(1);
            }
            return begins & !rest;
        }
        if word.is_long() || word.script == Script::Characters { self.along(word, n) } else { 0 }
    }

    /// The letters of a name that [`Names::goes_along`] matches, as a bit set.
    fn along(&self, word: &Word, n: usize) -> u64 {
        let mut steps: Vec<u64> = Vec::with_capacity(word.letters.len());
        match self.goes_along(word, n, |step| steps.push(step)) {
            Some(_) => way(&steps, self.begins(n)),
            None => 0,
        }
    }

    /// Matches a word as prefixes of several words of a name: each letter is the next one of the name, or begins a later
    /// word. All alternatives are tried at once, as a bit set of the positions that they have reached.
    fn goes_along(&self, word: &Word, n: usize, mut step: impl FnMut(u64)) -> Option<Kind> {
        let (name, initials, begins) = (self.texts.get(n), self.initials.get(n), self.begins(n));
        let mut now = 0;
        let mut jumps = 0;
        for (nth, letter) in word.letters.iter().enumerate() {
            let next_one = now << 1;
            let mut possible = if nth == 0 { begins } else { next_one | (begins & later(now)) };
            now = 0;
            while possible != 0 {
                let here = possible & possible.wrapping_neg();
                possible ^= here;
                let is_here = name.get(here.trailing_zeros() as usize) == Some(letter)
                    || (begins & here != 0
                        && initials.get((begins & (here - 1)).count_ones() as usize) == Some(letter));
                if is_here {
                    now |= here;
                }
            }
            if now == 0 {
                return None;
            }
            jumps += usize::from(nth > 0 && now & next_one == 0);
            step(now);
        }
        let is_short = jumps * 2 <= word.letters.len() || word.script == Script::Characters;
        Some(if is_short { Kind::Apart } else { Kind::Initials })
    }

    fn begins(&self, n: usize) -> u64 {
        self.begins.get(n).copied().unwrap_or_default()
    }
}

/// The initial of a character.
fn initial(letter: Letter, table: &Initials) -> Option<Letter> {
    if is_character(letter) { table.of(letter).map(Letter::from) } else { None }
}

/// All bits above the lowest bit that is set.
fn later(places: u64) -> u64 {
    !(places ^ places.wrapping_sub(1))
}

/// Traces back one path to the last step. Towards the end of the name it prefers steps without jumps.
fn way(steps: &[u64], begins: u64) -> u64 {
    let mut marks = 0;
    let mut at: Option<u64> = None;
    for step in steps.iter().rev() {
        let here = match at {
            None => *step & step.wrapping_neg(),
            Some(next) if step & (next >> 1) != 0 => next >> 1,
            // The next one begins a word, so any place before it will do.
            Some(next) if next & begins != 0 => {
                let before = step & (next - 1);
                1_u64.checked_shl(63_u32.saturating_sub(before.leading_zeros())).unwrap_or(0)
            }
            Some(_) => 0,
        };
        marks |= here;
        at = Some(here.max(1));
    }
    marks
}

fn characters(word: &Word, name: &[Letter]) -> Option<Kind> {
    if find(name, &word.letters).is_some() {
        return Some(if name.len() == word.letters.len() { Kind::Whole } else { Kind::Together });
    }
    let mut rest = name.iter();
    if word.letters.iter().all(|letter| rest.any(|it| it == letter)) {
        return Some(Kind::Apart);
    }
    word.is_nearly_in(name).then_some(Kind::OneTypo)
}

fn by_initials(word: &[Letter], initials: &[Letter]) -> Option<Kind> {
    match find(initials, word)? {
        0 if initials.len() == word.len() => Some(Kind::AllInitials),
        0 => Some(Kind::FirstInitials),
        _ if word.len() >= MIDDLE => Some(Kind::Apart),
        _ => Some(Kind::Initials),
    }
}

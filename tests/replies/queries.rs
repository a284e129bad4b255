//! Labelled queries. Each is derived from a reply that chance picks, by one of nine ways in which people type less, or
//! something else, than what is written. Right is every reply that holds what the query was derived from.

use std::collections::BTreeSet;

use baton_core::letters::plain;
use baton_core::search::Initials;

use crate::{Reply, SEED, sorted_characters};

/// What somebody types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// How it was derived: one of [`KINDS`].
    pub kind: &'static str,
    /// What is typed.
    pub text: String,
    /// Which replies are right, by index.
    pub right: Vec<usize>,
}

/// How queries are derived, and how many of each there are.
pub const KINDS: [(&str, usize); 9] = [
    ("typos", 40),
    ("initials", 20),
    ("order", 20),
    ("accents", 20),
    ("pinyin", 20),
    ("characters", 20),
    ("body", 20),
    ("prefixes", 20),
    ("shortcuts", 20),
];

/// A query that fits more replies than this says too little to be judged by.
const MOST_RIGHT: usize = 40;

/// A reply's words, as they are compared.
struct Words {
    /// Of the title, in order.
    title: Vec<String>,
    /// Of all fields.
    all: BTreeSet<String>,
    /// The initials of the title's words, or of its characters' pinyin.
    initials: String,
}

/// The labelled queries of these replies.
pub fn queries(replies: &[Reply]) -> Vec<Query> {
    let mut rng = fastrand::Rng::with_seed(SEED + 1);
    let table = Initials::new(&sorted_characters());
    let all: Vec<Words> = replies.iter().map(|reply| words_of(reply, &table)).collect();
    let mut queries: Vec<Query> = Vec::new();
    for (kind, count) in KINDS {
        let mut left = count;
        while left > 0 {
            let n = rng.usize(..replies.len());
            let Some((text, is_right)) = derive(kind, &replies[n], &all[n], &mut rng) else { continue };
            let right: Vec<usize> = (0..replies.len()).filter(|n| is_right(&replies[*n], &all[*n])).collect();
            let is_new = queries.iter().all(|query| query.text != text);
            if is_new && right.len() <= MOST_RIGHT && right.contains(&n) {
                queries.push(Query { kind, text, right });
                left -= 1;
            }
        }
    }
    queries
}

type IsRight = Box<dyn Fn(&Reply, &Words) -> bool>;

/// A query for a reply, and which replies are right; nothing where this kind does not fit the reply.
fn derive(kind: &str, reply: &Reply, words: &Words, rng: &mut fastrand::Rng) -> Option<(String, IsRight)> {
    let is_chinese = reply.language == 2;
    let of_title = |most: usize, least: usize, rng: &mut fastrand::Rng| {
        let mut picked: Vec<usize> =
            (0..words.title.len()).filter(|n| words.title[*n].chars().count() >= least).collect();
        rng.shuffle(&mut picked);
        picked.truncate(most);
        picked.sort_unstable();
        let picked: Vec<String> = picked.into_iter().map(|n| words.title[n].clone()).collect();
        (picked.len() == most).then_some(picked)
    };
    let has_all = |clean: Vec<String>| -> IsRight {
        Box::new(move |_, it| clean.iter().all(|word| it.title.contains(word)))
    };
    match kind {
        "typos" if !is_chinese => {
            let clean = of_title(2, 4, rng)?;
            let mut typed = clean.clone();
            let n = rng.usize(..2);
            typed[n] = mistyped(&typed[n], rng);
            // In long words people err twice.
            if typed[n].len() >= 9 && rng.bool() {
                typed[n] = mistyped(&typed[n], rng);
            }
            Some((typed.join(" "), has_all(clean)))
        }
        "initials" if !is_chinese && words.initials.len() >= 4 => {
            let typed = words.initials.clone();
            Some((typed.clone(), Box::new(move |_, it| it.initials.starts_with(&typed))))
        }
        "order" if !is_chinese => {
            let clean = of_title(3, 3, rng)?;
            let mut typed = clean.clone();
            rng.shuffle(&mut typed);
            (typed != clean).then(|| (typed.join(" "), has_all(clean)))
        }
        "accents" if reply.language == 1 => {
            let clean = of_title(3, 4, rng)?;
            let had_accents =
                |word: &String| reply.title.to_lowercase().split([' ', ':']).all(|it| it != word);
            clean.iter().any(had_accents).then(|| (clean.join(" "), has_all(clean)))
        }
        "pinyin" if is_chinese => {
            let typed: String = words.initials.chars().take(rng.usize(5..8)).collect();
            Some((typed.clone(), Box::new(move |_, it| it.initials.starts_with(&typed))))
        }
        "characters" if is_chinese => {
            let (intent, product) = reply.title.split_once('：')?;
            let (intent, product): (Vec<char>, Vec<char>) =
                (intent.chars().collect(), product.chars().collect());
            let thing: String = product[2..].iter().collect();
            // Half of the time two neighbours of what it is about; otherwise one of them is left out.
            let at = rng.usize(..intent.len() - 2);
            let (source, part): (String, String) = if rng.bool() {
                let part: String = intent[at..at + 2].iter().collect();
                (part.clone(), part)
            } else {
                (intent[at..at + 3].iter().collect(), [intent[at], intent[at + 2]].iter().collect())
            };
            let typed = format!("{part} {thing}");
            let is_right = move |it: &Reply, _: &Words| {
                it.title.contains(&thing) && (it.title.contains(&source) || it.title.contains(&part))
            };
            Some((typed, Box::new(is_right)))
        }
        "body" if !is_chinese => {
            let mut of_body: Vec<String> =
                split(&reply.body).into_iter().filter(|it| it.len() >= 4).collect();
            let start = rng.usize(..of_body.len().checked_sub(4)?);
            let mut picked = of_body.split_off(start);
            picked.truncate(4);
            picked.remove(rng.usize(1..3));
            let clean = picked.clone();
            Some((picked.join(" "), Box::new(move |_, it| clean.iter().all(|word| it.all.contains(word)))))
        }
        "prefixes" if !is_chinese => {
            let clean = of_title(3, 4, rng)?;
            let typed: Vec<String> =
                clean.iter().map(|it| it.chars().take(rng.usize(3..5)).collect()).collect();
            let text = typed.join(" ");
            let begins = move |begin: &String, it: &Words| {
                it.title.iter().any(|word| word.starts_with(begin.as_str()))
            };
            Some((text, Box::new(move |_, it| typed.iter().all(|begin| begins(begin, it)))))
        }
        "shortcuts" => {
            let typed = reply.shortcut.clone();
            Some((typed.clone(), Box::new(move |it, _| it.shortcut == typed)))
        }
        _ => None,
    }
}

/// A word with one wrong, missing, doubled or swapped letter, as fingers do it.
fn mistyped(word: &str, rng: &mut fastrand::Rng) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = rng.usize(..letters.len() - 1);
    match rng.u32(..4) {
        0 => letters[at] = rng.lowercase(),
        1 => drop(letters.remove(at)),
        2 => letters.insert(at, rng.lowercase()),
        _ => letters.swap(at, at + 1),
    }
    let typed: String = letters.into_iter().collect();
    if typed == word { mistyped(word, rng) } else { typed }
}

fn words_of(reply: &Reply, table: &Initials) -> Words {
    let title = split(&reply.title);
    let initials = match reply.language {
        2 => reply.title.encode_utf16().filter_map(|it| table.of(it)).map(char::from).collect(),
        _ => title.iter().filter_map(|word| word.chars().next()).collect(),
    };
    let fields = [&reply.title, &reply.shortcut, &reply.body, &reply.folder];
    let all = fields.into_iter().chain(&reply.tags).flat_map(|field| split(field)).collect();
    Words { title, all, initials }
}

/// Words without accents and capitals.
fn split(text: &str) -> Vec<String> {
    let text: String = text.chars().map(plain).collect();
    text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

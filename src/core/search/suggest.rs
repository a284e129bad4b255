//! Replies that fit a message: those whose title, shortcut or labels share a rare word with it.

use super::Entry;
use super::text::{Letter, Script, letters, words};
use std::collections::HashMap;

/// A word of fewer letters says little about what a message is about.
const LONG: usize = 4;
/// How many letters a word may be longer than another one with the same beginning, as "returned" is than "return".
const ENDING: usize = 2;
/// Common words of this length or longer. They connect words and name no subject.
const COMMON: [&str; 30] = [
    "about", "been", "could", "does", "from", "have", "hello", "here", "just", "know", "like", "need",
    "please", "that", "thank", "thanks", "there", "they", "this", "very", "want", "were", "what", "when",
    "where", "will", "with", "would", "your", "yours",
];

/// Returns the indices of the replies that fit `message`, best first, at most `most`. A word counts less the more
/// replies it occurs in, so that a word of every title suggests none.
pub fn fitting<'a>(entries: impl IntoIterator<Item = Entry<'a>>, message: &str, most: usize) -> Vec<usize> {
    let asked = subjects(message);
    if asked.is_empty() {
        return Vec::new();
    }
    let matches: Vec<Vec<usize>> = entries.into_iter().map(|entry| matching(&asked, &entry)).collect();
    let mut replies_with: HashMap<usize, usize> = HashMap::new();
    for word in matches.iter().flatten() {
        *replies_with.entry(*word).or_default() += 1;
    }
    // A word in more than a third of the replies tells nothing apart, except in a team with few replies.
    let common = (matches.len() / 3).max(3);
    let worth = |word: &usize| {
        let count = replies_with.get(word).copied().unwrap_or(1);
        if count > common { 0.0 } else { 1.0 / count as f32 }
    };
    let mut scored: Vec<(f32, usize)> = matches
        .iter()
        .enumerate()
        .map(|(at, words)| (words.iter().map(worth).sum(), at))
        .filter(|(score, _)| *score > 0.0)
        .collect();
    // The sort is stable, so equal scores keep the order of the replies.
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    scored.into_iter().take(most).map(|(_, at)| at).collect()
}

/// Returns the indices of the words in `asked` that occur in the title, the shortcut or a label of a reply.
fn matching(asked: &[Vec<Letter>], entry: &Entry) -> Vec<usize> {
    let mut known = Vec::new();
    for text in [entry.title, entry.shortcut, entry.folder].into_iter().chain(entry.tags.iter().copied()) {
        known.extend(subjects(text));
    }
    (0..asked.len()).filter(|at| known.iter().any(|word| is_same(word, &asked[*at]))).collect()
}

/// Whether two words are equal but for their endings.
fn is_same(a: &[Letter], b: &[Letter]) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short == long || (short.len() >= LONG && long.len() - short.len() <= ENDING && long.starts_with(short))
}

/// Returns the distinct words of a text that name a subject: long words, and pairs of Chinese characters.
fn subjects(text: &str) -> Vec<Vec<Letter>> {
    let mut found: Vec<Vec<Letter>> = Vec::new();
    let mut push = |word: &[Letter]| {
        if !found.iter().any(|it| it == word) {
            found.push(word.to_vec());
        }
    };
    words(letters(text), &mut Vec::new(), |word, script, _| match script {
        Script::Characters => word.windows(2).for_each(&mut push),
        Script::Letters if word.len() >= LONG && !is_common(word) => push(word),
        Script::Letters => {}
    });
    found
}

fn is_common(word: &[Letter]) -> bool {
    COMMON.iter().any(|common| letters(common).eq(word.iter().copied()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPLIES: [(&str, &str, &str); 6] = [
        ("Greeting", "hi", ""),
        ("Returns policy", "ret", "Orders"),
        ("Parcel on its way", "pc", "Orders"),
        ("Opening hours", "open", ""),
        ("退换货政策", "th", ""),
        ("营业时间", "yy", ""),
    ];

    fn titles(message: &str) -> Vec<&'static str> {
        let entries = REPLIES.iter().map(|(title, shortcut, folder)| Entry {
            title,
            shortcut,
            folder,
            body: "",
            tags: &[],
        });
        fitting(entries, message, 3).into_iter().map(|at| REPLIES[at].0).collect()
    }

    #[test]
    fn replies_about_the_subject_of_a_message_fit() {
        for (message, fitting) in [
            ("Where is my parcel?", &["Parcel on its way"][..]),
            ("can I return both PARCELS", &["Returns policy", "Parcel on its way"]),
            ("What are your opening hours", &["Opening hours"]),
            ("请问可以退换货吗", &["退换货政策"]),
            ("你们几点营业", &["营业时间"]),
        ] {
            assert_eq!(titles(message), fitting, "{message}");
        }
    }

    #[test]
    fn a_message_without_a_subject_suggests_nothing() {
        for message in ["", "ok", "Thank you, that is what I need", "👍", "retro"] {
            assert_eq!(titles(message), [""; 0], "{message}");
        }
    }

    #[test]
    fn a_word_of_many_replies_suggests_none() {
        let titles: Vec<String> = (0..12).map(|n| format!("Order number {n}")).collect();
        let entries =
            titles.iter().map(|title| Entry { title, shortcut: "", folder: "", body: "", tags: &[] });
        assert_eq!(fitting(entries, "my order", 3), [0; 0]);
    }
}

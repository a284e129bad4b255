//! Finding a reply by a few letters of its title, shortcut or body.

use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::letters::{in_small, plain};
use crate::reply::Reply;

/// Finds among replies. What can be prepared is prepared once, not at every keystroke.
pub struct Finder {
    matcher: Matcher,
    texts: Vec<Text>,
}

/// What is looked at of a reply.
struct Text {
    title: Vec<char>,
    shortcut: Vec<char>,
    /// The shortcut in small letters.
    begins: String,
    /// The body as it is looked for.
    body: String,
}

/// A reply that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its index in the list that was searched.
    pub index: usize,
    /// The characters of its title that matched, by index, rising.
    pub title_hits: Vec<u32>,
}

/// A hit in the title is worth more than the same hit in the body: people look for what they see.
const TITLE_BONUS: u32 = 40;
/// A shortcut that begins with the query is what the person typed it for.
const SHORTCUT_BONUS: u32 = 400;

/// What a letter of the query is worth in the body, about as much as the matcher gives for one that follows another.
const BODY_LETTER: usize = 20;

impl Finder {
    /// A finder among these replies.
    pub fn new(replies: &[Reply]) -> Finder {
        let text = |reply: &Reply| Text {
            title: reply.title.chars().collect(),
            shortcut: reply.shortcut.chars().collect(),
            begins: in_small(&reply.shortcut),
            body: reply.body.chars().map(plain).collect(),
        };
        Finder { matcher: Matcher::new(Config::DEFAULT), texts: replies.iter().map(text).collect() }
    }

    /// The replies that match every word of `query`, best first. An empty query finds all, in their own order.
    pub fn find(&mut self, query: &str) -> Vec<Found> {
        // The query is text: the matcher's pattern language, in which `!` and `^` say something, is not used.
        let words: Vec<Vec<char>> =
            query.split_whitespace().map(|word| word.chars().map(plain).collect()).collect();
        let begins = in_small(query.trim());
        let plain_words: Vec<String> = words.iter().map(|word| word.iter().collect()).collect();
        let in_body = (words.iter().map(Vec::len).sum::<usize>() * BODY_LETTER) as u32;
        let mut found: Vec<(u32, Found)> = Vec::new();
        let Finder { matcher, texts } = self;
        for (index, text) in texts.iter().enumerate() {
            if words.is_empty() {
                found.push((0, Found { index, title_hits: Vec::new() }));
                continue;
            }
            let title = fuzzy(matcher, &words, &text.title).map(|(score, hits)| (score + TITLE_BONUS, hits));
            let (title, title_hits) = title.unzip();
            let shortcut = fuzzy(matcher, &words, &text.shortcut).map(|(score, _)| {
                if text.begins.starts_with(&begins) { score + SHORTCUT_BONUS } else { score }
            });
            // Nearly every few letters can be picked out of a whole paragraph in order, so a body has to hold the words.
            let holds = |word: &String| text.body.contains(word.as_str());
            let body = plain_words.iter().all(holds).then_some(in_body);
            if let Some(score) = title.max(shortcut).max(body) {
                let title_hits = title_hits.unwrap_or_default();
                found.push((score, Found { index, title_hits }));
            }
        }
        found.sort_unstable_by(|(a, x), (b, y)| b.cmp(a).then(x.index.cmp(&y.index)));
        found.into_iter().map(|(_, found)| found).collect()
    }
}

/// How well a text matches all words, and by which of its characters.
fn fuzzy(matcher: &mut Matcher, words: &[Vec<char>], text: &[char]) -> Option<(u32, Vec<u32>)> {
    let (mut score, mut hits) = (0, Vec::new());
    for word in words {
        let (points, at) = best(matcher, word, text)?;
        score += u32::from(points);
        hits.extend(at);
    }
    hits.sort_unstable();
    hits.dedup();
    Some((score, hits))
}

/// How well a text matches a word. The greedy matcher takes the first letters that fit, so it is asked anew from each
/// word of the text; the one that weighs all ways to pick them is larger than all of the palette.
fn best(matcher: &mut Matcher, word: &[char], text: &[char]) -> Option<(u16, Vec<u32>)> {
    let mut best: Option<(u16, Vec<u32>)> = None;
    for start in (0..text.len()).filter(|at| *at == 0 || text[*at - 1].is_whitespace()) {
        let mut hits = Vec::new();
        let (rest, word) = (Utf32Str::Unicode(&text[start..]), Utf32Str::Unicode(word));
        // What is not in the rest from here on is not in a shorter rest.
        let Some(score) = matcher.fuzzy_indices_greedy(rest, word, &mut hits) else { break };
        if best.as_ref().is_none_or(|(most, _)| score > *most) {
            best = Some((score, hits.iter().map(|hit| hit + start as u32).collect()));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ReplyId;

    fn replies() -> Vec<Reply> {
        [
            ("Greeting", "hi", "Hello {name}, how can I help?"),
            ("Returns policy", "ret", "You can return anything within 30 days."),
            ("Return label, EU", "label", "Please print this label."),
            ("Opening hours", "hours", "We are here from 9 to 18. Returns are taken until 17."),
            ("退换货政策", "thz", "30天内可以退换。"),
            ("Café", "", "Où est le café ?"),
        ]
        .into_iter()
        .map(|(title, shortcut, body)| Reply {
            title: title.into(),
            shortcut: shortcut.into(),
            body: body.into(),
            ..Reply::new(ReplyId([0; 8]))
        })
        .collect()
    }

    fn titles(query: &str) -> Vec<String> {
        let replies = replies();
        Finder::new(&replies).find(query).iter().map(|found| replies[found.index].title.clone()).collect()
    }

    #[test]
    fn a_shortcut_comes_first_and_the_body_last() {
        assert_eq!(titles("ret"), ["Returns policy", "Return label, EU", "Greeting", "Opening hours"]);
        assert_eq!(titles("label")[0], "Return label, EU");
    }

    #[test]
    fn letters_may_be_missing_and_words_in_any_order() {
        assert_eq!(titles("rtrn eu")[0], "Return label, EU");
        assert_eq!(titles("policy ret")[0], "Returns policy");
        assert_eq!(titles("cafe"), ["Café"]);
        assert_eq!(titles("退货"), ["退换货政策"]);
    }

    #[test]
    fn an_empty_query_lists_all_and_a_strange_one_nothing() {
        assert_eq!(titles("  ").len(), 6);
        assert_eq!(titles("zzzz"), Vec::<String>::new());
        assert_eq!(titles("^ret"), Vec::<String>::new());
    }

    #[test]
    fn matched_letters_of_the_title_are_told() {
        let replies = replies();
        let found = Finder::new(&replies).find("grt");
        assert_eq!(found[0].title_hits, [0, 1, 4]);
    }
}

//! Finding a reply by a few letters of its title, shortcut or body.

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::reply::Reply;

/// The finder keeps the matcher's tables between keystrokes.
pub struct Finder {
    matcher: Matcher,
    buffer: Vec<char>,
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

impl Default for Finder {
    fn default() -> Self {
        Finder { matcher: Matcher::new(Config::DEFAULT), buffer: Vec::new() }
    }
}

impl Finder {
    /// The replies that match every word of `query`, best first. An empty query finds all, in their own order.
    pub fn find(&mut self, query: &str, replies: &[Reply]) -> Vec<Found> {
        let query = query.trim();
        if query.is_empty() {
            return (0..replies.len()).map(|index| Found { index, title_hits: Vec::new() }).collect();
        }
        // The query is text, not the matcher's pattern language: `!` and `^` are letters here.
        let pattern = |kind| Pattern::new(query, CaseMatching::Ignore, Normalization::Smart, kind);
        let fuzzy = pattern(AtomKind::Fuzzy);
        // Nearly every few letters can be picked out of a whole paragraph in order, so a body has to hold the words.
        let literal = pattern(AtomKind::Substring);
        let lower = query.to_lowercase();
        let mut found: Vec<(u32, Found)> = Vec::new();
        for (index, reply) in replies.iter().enumerate() {
            let mut title_hits = Vec::new();
            let title = Utf32Str::new(&reply.title, &mut self.buffer);
            let title =
                fuzzy.indices(title, &mut self.matcher, &mut title_hits).map(|score| score + TITLE_BONUS);
            if title.is_none() {
                title_hits.clear();
            }
            let shortcut = Utf32Str::new(&reply.shortcut, &mut self.buffer);
            let begins = reply.shortcut.to_lowercase().starts_with(&lower);
            let shortcut = fuzzy
                .score(shortcut, &mut self.matcher)
                .map(|score| if begins { score + SHORTCUT_BONUS } else { score });
            let body = Utf32Str::new(&reply.body, &mut self.buffer);
            let body = literal.score(body, &mut self.matcher);
            let best = title.max(shortcut).max(body);
            if let Some(score) = best {
                title_hits.sort_unstable();
                title_hits.dedup();
                found.push((score, Found { index, title_hits }));
            }
        }
        found.sort_by(|(a, x), (b, y)| b.cmp(a).then(x.index.cmp(&y.index)));
        found.into_iter().map(|(_, found)| found).collect()
    }
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
            id: ReplyId([0; 8]),
            title: title.into(),
            shortcut: shortcut.into(),
            body: body.into(),
            place: String::new(),
        })
        .collect()
    }

    fn titles(query: &str) -> Vec<String> {
        let replies = replies();
        Finder::default()
            .find(query, &replies)
            .iter()
            .map(|found| replies[found.index].title.clone())
            .collect()
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
        let found = Finder::default().find("grt", &replies);
        assert_eq!(found[0].title_hits, [0, 1, 4]);
    }
}

//! Usage of replies. A person's own usage ranks the palette; the team's totals reveal unused replies.

use crate::id::{ReplyId, TagId};
use crate::map::Map;
use crate::replica::Minutes;

/// How many tags are kept for each reply. The tags with the greatest weights stay.
const TAGS: usize = 8;
/// The half-life of a use, in minutes: a fortnight.
const HALF: f32 = 14.0 * 24.0 * 60.0;
/// Tags whose weight is below this are dropped.
const FADED: f32 = 0.05;

/// The usage of replies by the person at one browser.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Uses {
    replies: Map<ReplyId, Use>,
}

/// The usage of one reply.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Use {
    /// How often the reply was used.
    pub count: u32,
    /// When the reply was last used, in minutes since the Unix epoch.
    pub last: Minutes,
    /// Whether the reply is pinned to the top.
    pub pinned: bool,
    /// The recent usage: each use adds 1, and the sum decays exponentially. The value is as of `last`.
    pub weight: f32,
    /// The same for each tag, counting only uses in chats with the tag.
    pub by_tag: Vec<(TagId, f32)>,
}

impl Uses {
    /// The usage of a reply, if it was ever used or pinned.
    pub fn of(&self, reply: ReplyId) -> Option<&Use> {
        self.replies.get(&reply)
    }

    /// All replies that were used or pinned.
    pub fn iter(&self) -> impl Iterator<Item = (&ReplyId, &Use)> {
        self.replies.iter()
    }

    /// Restores the usage of a reply from storage.
    pub fn restore(&mut self, reply: ReplyId, used: Use) {
        self.replies.insert(reply, used);
    }

    /// Records that a reply was used in a chat with the tags `worn`.
    pub fn note(&mut self, reply: ReplyId, worn: &[TagId], now: Minutes) {
        let used = self.replies.entry(reply);
        let fading = faded(used.last, now);
        used.by_tag.iter_mut().for_each(|(_, weight)| *weight *= fading);
        used.by_tag.retain(|(_, weight)| *weight > FADED);
        for tag in worn {
            match used.by_tag.iter_mut().find(|(it, _)| it == tag) {
                Some((_, weight)) => *weight += 1.0,
                None => used.by_tag.push((*tag, 1.0)),
            }
        }
        used.by_tag.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        used.by_tag.truncate(TAGS);
        used.weight = used.weight * fading + 1.0;
        used.count = used.count.saturating_add(1);
        used.last = used.last.max(now);
    }

    /// Pins a reply to the top, or unpins it.
    pub fn pin(&mut self, reply: ReplyId, on: bool) {
        self.replies.entry(reply).pinned = on;
    }

    /// Whether a reply is pinned.
    pub fn is_pinned(&self, reply: ReplyId) -> bool {
        self.of(reply).is_some_and(|used| used.pinned)
    }

    /// A score from 0 (never used) to 1,000 for how likely a reply is wanted in a chat with the tags `worn`. A use in a
    /// chat with one of these tags counts three times.
    pub fn likelihood(&self, reply: ReplyId, worn: &[TagId], now: Minutes) -> u32 {
        let Some(used) = self.of(reply) else { return 0 };
        let here: f32 =
            used.by_tag.iter().filter(|(tag, _)| worn.contains(tag)).map(|(_, weight)| weight).sum();
        let weight = (used.weight + 2.0 * here) * faded(used.last, now);
        // Saturating: the tenth use adds less than the first.
        (1_000.0 * weight / (weight + 4.0)) as u32
    }

    /// The counts that this browser shares with the team, as [`crate::replica::Key::DeviceUses`].
    pub fn totals(&self) -> Totals {
        let counted = self.replies.iter().filter(|(_, used)| used.count > 0);
        Totals { counts: counted.map(|(reply, used)| (short(*reply), used.count)).collect() }
    }
}

/// How often each reply was used at one browser. To save space, three bytes of a reply's id stand for it: enough to tell a
/// few hundred replies apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    counts: Map<[u8; 3], u32>,
}

impl Totals {
    /// Writes six hexadecimal digits and the count of each reply, separated by spaces and sorted, which compresses well.
    pub fn write(&self) -> String {
        let mut text = String::new();
        for ([a, b, c], count) in self.counts.iter() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&format!("{a:02x}{b:02x}{c:02x}{count}"));
        }
        text
    }

    /// Reads the text of [`Totals::write`]. Malformed entries are skipped.
    pub fn read(text: &str) -> Totals {
        let entry = |entry: &str| {
            let (id, count) = entry.split_at_checked(6)?;
            let id = u32::from_str_radix(id, 16).ok()?.to_be_bytes();
            Some(([id[1], id[2], id[3]], count.parse().ok()?))
        };
        Totals { counts: text.split(' ').filter_map(entry).collect() }
    }

    /// How often a reply was used at this browser.
    pub fn of(&self, reply: ReplyId) -> u32 {
        self.counts.get(&short(reply)).copied().unwrap_or(0)
    }
}

/// The fraction of a weight that is left after its decay from `then` to `now`.
fn faded(then: Minutes, now: Minutes) -> f32 {
    (-(now.saturating_sub(then) as f32) / HALF).exp2()
}

fn short(reply: ReplyId) -> [u8; 3] {
    let [a, b, c, ..] = reply.0;
    [a, b, c]
}

#[cfg(test)]
mod tests {
    use super::*;

    const HELLO: ReplyId = ReplyId([1; 8]);
    const HOURS: ReplyId = ReplyId([2; 8]);
    const ORDER: TagId = TagId([7; 8]);
    const DAY: Minutes = 24 * 60;

    #[test]
    fn what_is_used_more_and_later_and_here_is_likelier() {
        let mut uses = Uses::default();
        let now = 100 * DAY;
        assert_eq!(uses.likelihood(HELLO, &[], now), 0);
        uses.note(HELLO, &[], now);
        uses.note(HOURS, &[], now - 60 * DAY);
        assert!(uses.likelihood(HELLO, &[], now) > uses.likelihood(HOURS, &[], now));
        for _ in 0..3 {
            uses.note(HOURS, &[ORDER], now);
        }
        let (here, elsewhere) = (uses.likelihood(HOURS, &[ORDER], now), uses.likelihood(HOURS, &[], now));
        assert!(here > elsewhere && elsewhere > uses.likelihood(HELLO, &[ORDER], now));
        assert!(uses.likelihood(HOURS, &[ORDER], now + 365 * DAY) < 10, "it fades");
        for _ in 0..10_000 {
            uses.note(HELLO, &[ORDER], now);
        }
        assert!(uses.likelihood(HELLO, &[ORDER], now) <= 1_000);
    }

    #[test]
    fn a_clock_that_went_back_breaks_nothing() {
        let mut uses = Uses::default();
        uses.note(HELLO, &[ORDER], 1_000);
        uses.note(HELLO, &[ORDER], 10);
        assert_eq!(uses.of(HELLO).map(|used| (used.count, used.last)), Some((2, 1_000)));
        assert!(uses.likelihood(HELLO, &[], 0) > 0);
    }

    #[test]
    fn totals_read_back_and_nonsense_is_left_out() {
        let mut uses = Uses::default();
        for _ in 0..12 {
            uses.note(HELLO, &[], 5);
        }
        uses.pin(HOURS, true);
        let totals = uses.totals();
        assert_eq!(totals.write(), "01010112");
        assert_eq!(Totals::read(&totals.write()), totals);
        assert_eq!((totals.of(HELLO), totals.of(HOURS)), (12, 0));
        assert_eq!(Totals::read("é1 zzzzzz4 0101 010101x 0101013").of(HELLO), 3);
    }
}

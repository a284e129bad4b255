//! How often and how lately replies were used: mine, by which the palette ranks, and the team's, which show the dead ones.

use crate::id::{ReplyId, TagId};
use crate::map::Map;
use crate::replica::Minutes;

/// How many tags a reply is remembered with. The one that was used longest ago makes room.
const TAGS: usize = 8;
/// After so many minutes a use counts half: a fortnight.
const HALF: f32 = 14.0 * 24.0 * 60.0;
/// Weights fade; below this one is nothing any more.
const FADED: f32 = 0.05;

/// What one browser's person used.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Uses {
    replies: Map<ReplyId, Use>,
}

/// How one reply was used.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Use {
    /// How often in all.
    pub count: u32,
    /// When last.
    pub last: Minutes,
    /// Whether it was pinned to the top.
    pub pinned: bool,
    /// How much it is used lately: each use adds one, and what was there fades.
    pub weight: f32,
    /// The same in chats that wear a tag.
    pub by_tag: Vec<(TagId, f32)>,
}

impl Uses {
    /// What is known of a reply.
    pub fn of(&self, reply: ReplyId) -> Option<&Use> {
        self.replies.get(&reply)
    }

    /// All replies that were used or pinned.
    pub fn iter(&self) -> impl Iterator<Item = (&ReplyId, &Use)> {
        self.replies.iter()
    }

    /// Puts back what was stored.
    pub fn restore(&mut self, reply: ReplyId, used: Use) {
        self.replies.insert(reply, used);
    }

    /// Notes that a reply was used in a chat that wears these tags.
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

    /// Pins a reply to the top, or lets it go.
    pub fn pin(&mut self, reply: ReplyId, on: bool) {
        self.replies.entry(reply).pinned = on;
    }

    /// Whether a reply is pinned.
    pub fn is_pinned(&self, reply: ReplyId) -> bool {
        self.of(reply).is_some_and(|used| used.pinned)
    }

    /// How likely it is that a reply is meant in a chat that wears these tags: 0 for one never used, at most 1,000. A
    /// use in such a chat counts three times.
    pub fn likelihood(&self, reply: ReplyId, worn: &[TagId], now: Minutes) -> u32 {
        let Some(used) = self.of(reply) else { return 0 };
        let here: f32 =
            used.by_tag.iter().filter(|(tag, _)| worn.contains(tag)).map(|(_, weight)| weight).sum();
        let weight = (used.weight + 2.0 * here) * faded(used.last, now);
        // The tenth use says less than the first.
        (1_000.0 * weight / (weight + 4.0)) as u32
    }

    /// The counts as this browser's word to the team, for [`crate::replica::Key::DeviceUses`].
    pub fn totals(&self) -> Totals {
        let counted = self.replies.iter().filter(|(_, used)| used.count > 0);
        Totals { counts: counted.map(|(reply, used)| (short(*reply), used.count)).collect() }
    }
}

/// How often replies were used at a browser, in few bytes: three bytes of each reply's id tell it from a few hundred.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    counts: Map<[u8; 3], u32>,
}

impl Totals {
    /// Six hexadecimal digits a reply and its count, parted by spaces and rising, which a text model takes in well.
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

    /// Reads what [`Totals::write`] wrote. What is nothing of the kind is left out.
    pub fn read(text: &str) -> Totals {
        let entry = |entry: &str| {
            let (id, count) = entry.split_at_checked(6)?;
            let id = u32::from_str_radix(id, 16).ok()?.to_be_bytes();
            Some(([id[1], id[2], id[3]], count.parse().ok()?))
        };
        Totals { counts: text.split(' ').filter_map(entry).collect() }
    }

    /// How often a reply was used there.
    pub fn of(&self, reply: ReplyId) -> u32 {
        self.counts.get(&short(reply)).copied().unwrap_or(0)
    }
}

/// How much of a weight is left.
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

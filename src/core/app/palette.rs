//! The quick-reply palette: a query, what it finds, and which of it is active.

use crate::reply::Reply;
use crate::search::{Entry, Finder, Found, Initials};

/// The most rows that are drawn. Nobody looks through more, and each costs time at every keystroke.
const DRAWN: usize = 20;

/// The open palette.
pub struct Palette {
    /// What was typed.
    pub query: String,
    /// What it finds, best first.
    pub found: Vec<Found>,
    /// Which row of `found` Enter inserts.
    pub active: usize,
    /// How many characters before the caret opened it and are replaced by the reply: 2 for `;;`.
    pub trigger: usize,
    replies: Vec<Reply>,
    finder: Finder,
}

/// Where an arrow key leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The next row, or the first after the last.
    Down,
    /// The row before, or the last before the first.
    Up,
    /// The first row.
    First,
    /// The last row.
    Last,
}

impl Palette {
    /// A palette over the team's replies.
    pub fn open(replies: Vec<Reply>, initials: &Initials, trigger: usize) -> Palette {
        let mut palette = Palette {
            query: String::new(),
            found: Vec::new(),
            active: 0,
            trigger,
            finder: finder(&replies, initials),
            replies,
        };
        palette.search(String::new());
        palette
    }

    /// Searches anew; the best match becomes active.
    pub fn search(&mut self, query: String) {
        self.found = self.finder.find(&query, usize::MAX, |_| 0).found;
        self.query = query;
        self.active = 0;
    }

    /// Goes on with replies that changed meanwhile; the active reply stays active where it still matches.
    pub fn renew(&mut self, replies: Vec<Reply>, initials: &Initials) {
        let active = self.reply(self.active).map(|reply| reply.id);
        self.finder = finder(&replies, initials);
        self.replies = replies;
        let query = core::mem::take(&mut self.query);
        self.search(query);
        let same = |found: &Found| self.replies.get(found.index).map(|reply| reply.id) == active;
        self.active = self.found.iter().position(same).unwrap_or(0);
    }

    /// Moves the active row.
    pub fn step(&mut self, step: Step) {
        let last = self.found.len().saturating_sub(1);
        self.active = match step {
            Step::Down if self.active >= last => 0,
            Step::Down => self.active + 1,
            Step::Up if self.active == 0 => last,
            Step::Up => self.active - 1,
            Step::First => 0,
            Step::Last => last,
        };
    }

    /// The reply in a row.
    pub fn reply(&self, row: usize) -> Option<&Reply> {
        self.replies.get(self.found.get(row)?.index)
    }

    /// The rows around the active one that are to be drawn: more than can be seen, so that the list scrolls.
    pub fn drawn(&self) -> core::ops::Range<usize> {
        let last = self.found.len().saturating_sub(DRAWN);
        let first = self.active.saturating_sub(DRAWN / 2).min(last);
        first..self.found.len().min(first + DRAWN)
    }

    /// How many replies there are to search.
    pub fn total(&self) -> usize {
        self.replies.len()
    }
}

/// A finder among replies.
pub(crate) fn finder(replies: &[Reply], initials: &Initials) -> Finder {
    fn entry(reply: &Reply) -> Entry<'_> {
        Entry { title: &reply.title, shortcut: &reply.shortcut, body: &reply.body, folder: "", tags: &[] }
    }
    Finder::new(replies.iter().map(entry), initials)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ReplyId;

    fn reply(id: u8, title: &str) -> Reply {
        let (title, text) = (title.to_owned(), String::new);
        Reply { id: ReplyId([id; 8]), title, shortcut: text(), body: text(), place: text() }
    }

    #[test]
    fn arrows_go_round_and_never_leave_the_list() {
        let mut palette = Palette::open(vec![reply(1, "a"), reply(2, "b")], &Initials::default(), 0);
        for (step, active) in
            [(Step::Up, 1), (Step::Down, 0), (Step::Down, 1), (Step::First, 0), (Step::Last, 1)]
        {
            palette.step(step);
            assert_eq!(palette.active, active, "{step:?}");
        }
        let mut empty = Palette::open(Vec::new(), &Initials::default(), 0);
        empty.step(Step::Down);
        empty.step(Step::Up);
        assert_eq!((empty.active, empty.reply(0)), (0, None));
    }

    #[test]
    fn of_many_replies_those_around_the_active_one_are_drawn() {
        let mut palette = Palette::open((0..200).map(|id| reply(id, "a")).collect(), &Initials::default(), 0);
        assert_eq!(palette.drawn(), 0..20);
        palette.active = 100;
        assert_eq!(palette.drawn(), 90..110);
        palette.step(Step::Last);
        assert_eq!(palette.drawn(), 180..200);
    }

    #[test]
    fn a_change_from_elsewhere_does_not_move_what_the_hand_is_on() {
        let mut palette = Palette::open(vec![reply(1, "a"), reply(2, "b")], &Initials::default(), 0);
        palette.step(Step::Down);
        palette.renew(vec![reply(3, "new"), reply(1, "a"), reply(2, "b")], &Initials::default());
        assert_eq!(palette.reply(palette.active).map(|reply| reply.id), Some(ReplyId([2; 8])));
    }
}

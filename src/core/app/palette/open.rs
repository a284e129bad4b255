//! The open palette: what is offered here, and what is found among it for what was typed.

use std::cell::RefCell;
use std::rc::Rc;

use super::form::Form;
use crate::id::{MemberId, ReplyId, TagId};
use crate::replica::Minutes;
use crate::search::{Entry, Finder, Found, Initials, Results};
use crate::team::reply::Reply;
use crate::team::tag::Tag;
use crate::template::{self, Template};
use crate::uses::Uses;

/// The most rows that are drawn. Nobody looks through more, and each costs time at every keystroke.
const DRAWN: usize = 20;

/// The open palette.
pub struct Palette {
    /// What was typed.
    pub query: String,
    /// What it finds, best first.
    pub found: Vec<Found>,
    /// How many it finds in all.
    pub total: usize,
    /// Which row of `found` Enter inserts.
    pub active: usize,
    /// How many characters before the caret opened it and are replaced by the reply: 2 for `;;`.
    pub trigger: usize,
    /// How far the person has come.
    pub stage: Stage,
    offer: Offer,
    /// How likely each reply is meant here; pinned ones come before all others.
    likely: Vec<u32>,
}

/// The most that are found for a query.
const BEST: usize = 200;

/// How far the person has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// They look for a reply.
    Finding,
    /// The clipboard is being read for a reply; `stay` is as of [`Form`].
    Reading {
        /// Which reply.
        reply: ReplyId,
        /// Whether the palette stays open.
        stay: bool,
    },
    /// They answer what the reply asks.
    Asking(Form),
    /// They change a reply, or write a new one, without leaving WhatsApp: the last of the drafts.
    Editing,
}

/// The replies that are offered, in the team's order, and what finds among them. Making that takes longer than all else
/// that opening the palette does, so it outlives the palette, and holds as long as nothing changes.
#[derive(Clone)]
pub struct Offer {
    replies: Rc<Vec<Reply>>,
    tags: Rc<Vec<Tag>>,
    finder: Rc<RefCell<Finder>>,
}

impl Offer {
    /// What fits a place; `before` if that is the same.
    fn new(replies: Vec<Reply>, place: &Place, before: Option<Offer>) -> Offer {
        let mut offered = replies;
        offered.retain(|reply| reply.is_offered(place.me, place.worn));
        match before.filter(|it| *it.replies == offered && *it.tags == place.tags) {
            Some(before) => before,
            None => Offer {
                finder: Rc::new(RefCell::new(finder(&offered, place.tags, place.initials))),
                replies: Rc::new(offered),
                tags: Rc::new(place.tags.to_vec()),
            },
        }
    }
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

/// Whom replies are for, and where: decides which are offered, and in which order.
pub struct Place<'a> {
    /// The person at this browser.
    pub me: Option<MemberId>,
    /// The tags that the open chat wears.
    pub worn: &'a [TagId],
    /// The team's tags, by whose names replies are found too.
    pub tags: &'a [Tag],
    /// By which letters Chinese characters are found.
    pub initials: &'a Initials,
    /// What the person uses.
    pub uses: &'a Uses,
    /// The minute it is.
    pub now: Minutes,
}

/// What a pin adds to a likelihood.
const PIN: u32 = 10_000;

impl Palette {
    /// A palette over those of the team's replies that fit this place.
    pub fn open(replies: Vec<Reply>, place: &Place, trigger: usize, before: Option<Offer>) -> Palette {
        let mut palette = Palette {
            query: String::new(),
            found: Vec::new(),
            active: 0,
            trigger,
            stage: Stage::Finding,
            offer: Offer::new(replies, place, before),
            total: 0,
            likely: Vec::new(),
        };
        palette.weigh(place);
        palette.search(String::new());
        palette
    }

    /// What is offered and what finds it, for the next palette.
    pub fn offer(&self) -> Offer {
        self.offer.clone()
    }

    /// How likely each reply is meant here.
    fn weigh(&mut self, place: &Place) {
        let likely = |reply: &Reply| {
            let pin = if place.uses.is_pinned(reply.id) { PIN } else { 0 };
            pin + place.uses.likelihood(reply.id, place.worn, place.now)
        };
        self.likely = self.offer.replies.iter().map(likely).collect();
    }

    /// Searches anew; the best match becomes active.
    pub fn search(&mut self, query: String) {
        // Marking what matched takes time, and nobody steps through more than the best.
        let most = if query.trim().is_empty() { usize::MAX } else { BEST };
        let likely = |at: usize| self.likely.get(at).copied().unwrap_or(0);
        let Results { mut found, total } = self.offer.finder.borrow_mut().find(&query, most, likely);
        if most == usize::MAX {
            // What is probably meant comes first; those that are equally likely stay in the team's order.
            found.sort_by_cached_key(|it| core::cmp::Reverse(likely(it.index)));
        }
        (self.found, self.total) = (found, total);
        self.query = query;
        self.active = 0;
    }

    /// The one reply whose whole shortcut was typed, with a space behind it.
    pub fn called(&self) -> Option<ReplyId> {
        let code = self.query.strip_suffix([' ', '\u{3000}'])?;
        let mut meant = self.offer.replies.iter().filter(|reply| is_called(reply, code));
        let only = meant.next().filter(|_| meant.next().is_none())?;
        Some(only.id)
    }

    /// Goes on with replies that changed meanwhile; the active reply stays active where it still matches.
    pub fn renew(&mut self, replies: Vec<Reply>, place: &Place) {
        let active = self.reply(self.active).map(|reply| reply.id);
        self.offer = Offer::new(replies, place, Some(self.offer.clone()));
        self.weigh(place);
        let query = core::mem::take(&mut self.query);
        self.search(query);
        let same = |found: &Found| self.offer.replies.get(found.index).map(|reply| reply.id) == active;
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
        self.offer.replies.get(self.found.get(row)?.index)
    }

    /// A reply that is offered here.
    pub fn offered(&self, reply: ReplyId) -> Option<&Reply> {
        self.offer.replies.iter().find(|it| it.id == reply)
    }

    /// The text of a reply, read; it may include others that are offered here.
    pub fn template(&self, body: &str) -> Template {
        let lookup = |code: &str| {
            let called = self.offer.replies.iter().find(|reply| is_called(reply, code));
            called.map(|reply| reply.body.clone())
        };
        template::parse(body, &lookup)
    }

    /// The rows around the active one that are to be drawn: more than can be seen, so that the list scrolls.
    pub fn drawn(&self) -> core::ops::Range<usize> {
        let last = self.found.len().saturating_sub(DRAWN);
        let first = self.active.saturating_sub(DRAWN / 2).min(last);
        first..self.found.len().min(first + DRAWN)
    }

    /// How many replies there are to search.
    pub fn offers(&self) -> usize {
        self.offer.replies.len()
    }
}

/// A finder among replies, by all that people may remember of one.
pub(crate) fn finder(replies: &[Reply], tags: &[Tag], initials: &Initials) -> Finder {
    let named = |id: &TagId| tags.iter().find(|tag| tag.id == *id).map(|tag| tag.name.as_str());
    let names: Vec<Vec<&str>> =
        replies.iter().map(|reply| reply.tags.iter().filter_map(named).collect()).collect();
    let entries = replies.iter().zip(&names).map(|(reply, tags)| Entry {
        title: &reply.title,
        shortcut: &reply.shortcut,
        body: &reply.body,
        folder: &reply.folder,
        tags,
    });
    Finder::new(entries, initials)
}

fn is_called(reply: &Reply, code: &str) -> bool {
    let code = template::fold(code.trim());
    !code.is_empty() && template::fold(reply.shortcut.trim()) == code
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(id: u8, title: &str) -> Reply {
        Reply { title: title.to_owned(), shortcut: title.to_owned(), ..Reply::new(ReplyId([id; 8])) }
    }

    fn open(replies: Vec<Reply>) -> Palette {
        with(replies, &Uses::default())
    }

    fn with(replies: Vec<Reply>, uses: &Uses) -> Palette {
        Palette::open(
            replies,
            &Place { me: None, worn: &[], tags: &[], initials: &Initials::default(), uses, now: 100 },
            2,
            None,
        )
    }

    fn ids(palette: &Palette) -> Vec<u8> {
        (0..palette.found.len()).filter_map(|row| palette.reply(row)).map(|reply| reply.id.0[0]).collect()
    }

    #[test]
    fn arrows_go_round_and_never_leave_the_list() {
        let mut palette = open(vec![reply(1, "a"), reply(2, "b")]);
        for (step, active) in
            [(Step::Up, 1), (Step::Down, 0), (Step::Down, 1), (Step::First, 0), (Step::Last, 1)]
        {
            palette.step(step);
            assert_eq!(palette.active, active, "{step:?}");
        }
        let mut empty = open(Vec::new());
        empty.step(Step::Down);
        empty.step(Step::Up);
        assert_eq!((empty.active, empty.reply(0)), (0, None));
    }

    #[test]
    fn of_many_replies_those_around_the_active_one_are_drawn() {
        let mut palette = open((0..200).map(|id| reply(id, "a")).collect());
        assert_eq!(palette.drawn(), 0..20);
        palette.active = 100;
        assert_eq!(palette.drawn(), 90..110);
        palette.step(Step::Last);
        assert_eq!(palette.drawn(), 180..200);
    }

    #[test]
    fn a_change_from_elsewhere_does_not_move_what_the_hand_is_on() {
        let mut palette = open(vec![reply(1, "a"), reply(2, "b")]);
        palette.step(Step::Down);
        let uses = Uses::default();
        let initials = Initials::default();
        let place = Place { me: None, worn: &[], tags: &[], initials: &initials, uses: &uses, now: 100 };
        palette.renew(vec![reply(3, "new"), reply(1, "a"), reply(2, "b")], &place);
        assert_eq!(palette.reply(palette.active).map(|reply| reply.id), Some(ReplyId([2; 8])));
    }

    #[test]
    fn without_a_query_the_pinned_and_the_used_come_first() {
        let mut uses = Uses::default();
        uses.note(ReplyId([3; 8]), &[], 100);
        uses.pin(ReplyId([4; 8]), true);
        let palette = with((1..=4).map(|id| reply(id, "a")).collect(), &uses);
        assert_eq!(ids(&palette), [4, 3, 1, 2]);
    }

    #[test]
    fn only_what_fits_this_person_and_chat_is_offered() {
        let (tag, other) = (TagId([7; 8]), TagId([8; 8]));
        let replies = vec![
            reply(1, "everywhere"),
            Reply { tags: vec![tag], ..reply(2, "returns") },
            Reply { tags: vec![other], ..reply(3, "orders") },
            Reply { archived: true, ..reply(4, "old") },
            Reply { owner: Some(MemberId([1; 8])), ..reply(5, "mine") },
            Reply { owner: Some(MemberId([2; 8])), ..reply(6, "theirs") },
        ];
        let uses = Uses::default();
        let initials = Initials::default();
        let me = Some(MemberId([1; 8]));
        let place = Place { me, worn: &[tag], tags: &[], initials: &initials, uses: &uses, now: 1 };
        assert_eq!(ids(&Palette::open(replies.clone(), &place, 0, None)), [1, 2, 5]);
        let nowhere = Place { worn: &[], ..place };
        assert_eq!(ids(&Palette::open(replies, &nowhere, 0, None)), [1, 5]);
    }

    #[test]
    fn a_shortcut_and_a_space_name_one_reply_or_none() {
        let mut palette = open(vec![reply(1, "hi"), reply(2, "hi2"), reply(3, "thx"), reply(4, "THX")]);
        for (query, called) in [("hi", None), ("Hi ", Some(1)), ("h ", None), ("thx ", None), (" ", None)] {
            palette.search(query.into());
            assert_eq!(palette.called().map(|id| id.0[0]), called, "{query:?}");
        }
    }
}

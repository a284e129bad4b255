//! The open palette: the offered replies and the search results.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use super::form::Form;
use crate::id::{MemberId, ReplyId, TagId};
use crate::replica::Minutes;
use crate::search::{Entry, Finder, Found, Initials, Results, fitting};
use crate::team::reply::Reply;
use crate::team::tag::Tag;
use crate::template::{self, Template};
use crate::uses::Uses;

/// The largest number of drawn rows. People do not look through more, and each row costs time at every keystroke.
const DRAWN: usize = 20;

/// The open palette.
pub struct Palette {
    /// The typed query.
    pub query: String,
    /// The search results, best first.
    pub found: Vec<Found>,
    /// The number of all results.
    pub total: usize,
    /// The row of `found` that Enter inserts.
    pub active: usize,
    /// The number of characters before the caret that opened the palette and are replaced by the reply: 2 for `;;`.
    pub trigger: usize,
    /// The folder whose replies are listed while there is no query; `None` lists all replies.
    pub folder: Option<String>,
    /// The current step.
    pub stage: Stage,
    /// Whether the reply was chosen in the sidebar, which then shows its form.
    pub in_sidebar: bool,
    offer: Offer,
    /// A score for each reply, higher if it is more likely to be wanted here. Pinned replies score above all others.
    likely: Vec<u32>,
}

/// The largest number of results of a query.
const BEST: usize = 200;

/// The steps from the search to an insertion.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// The person searches.
    Finding,
    /// The clipboard is being read for a reply; `stay` is that of [`Form`].
    Reading {
        /// The reply.
        reply: ReplyId,
        /// Whether the palette stays open after the insertion.
        stay: bool,
    },
    /// The person answers the form of a reply.
    Asking(Form),
    /// The person edits a reply or a new one: the last of the drafts.
    Editing,
}

/// The replies that are offered, in the team's order, and the search index over them. Building the index takes longer
/// than anything else, so the first query builds it, and the offer outlives the palette as a cache, which is valid
/// until a reply or tag changes.
#[derive(Clone)]
pub struct Offer {
    replies: Rc<Vec<Reply>>,
    tags: Rc<Vec<Tag>>,
    initials: Initials,
    finder: Rc<OnceCell<RefCell<Finder>>>,
}

impl Offer {
    /// Returns the offer for a place; `before` if it is still valid.
    fn new(replies: Vec<Reply>, place: &Place, before: Option<Offer>) -> Offer {
        let mut offered = replies;
        offered.retain(|reply| reply.is_offered(place.me, place.worn));
        match before.filter(|it| *it.replies == offered && *it.tags == place.tags) {
            Some(before) => before,
            None => Offer {
                finder: Rc::default(),
                initials: place.initials.clone(),
                replies: Rc::new(offered),
                tags: Rc::new(place.tags.to_vec()),
            },
        }
    }

    fn finder(&self) -> &RefCell<Finder> {
        self.finder.get_or_init(|| RefCell::new(finder(&self.replies, &self.tags, &self.initials)))
    }
}

/// A movement of the active row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the next row, or from the last to the first.
    Down,
    /// To the previous row, or from the first to the last.
    Up,
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

/// The context that decides which replies are offered, and in which order.
pub struct Place<'a> {
    /// The person at this browser.
    pub me: Option<MemberId>,
    /// The tags of the open chat.
    pub worn: &'a [TagId],
    /// The team's tags. Replies are also found by the names of their tags.
    pub tags: &'a [Tag],
    /// The table of initials by which Chinese characters are found.
    pub initials: &'a Initials,
    /// The person's uses and pins.
    pub uses: &'a Uses,
    /// The current minute.
    pub now: Minutes,
}

/// The score of a pin for the whole team. All likelihoods are at most 1,000.
const PIN_FOR_ALL: u32 = 40_000;
/// The score of a pin of the person's own.
const PIN: u32 = 20_000;
/// The score of a reply that is meant for chats with a tag of the open chat.
const CALLED_FOR: u32 = 10_000;

impl Palette {
    /// Opens a palette over the team's replies that are offered in this place.
    pub fn open(replies: Vec<Reply>, place: &Place, trigger: usize, before: Option<Offer>) -> Palette {
        let mut palette = Palette {
            query: String::new(),
            found: Vec::new(),
            active: 0,
            trigger,
            folder: None,
            stage: Stage::Finding,
            in_sidebar: false,
            offer: Offer::new(replies, place, before),
            total: 0,
            likely: Vec::new(),
        };
        palette.weigh(place);
        palette.search(String::new());
        palette
    }

    /// Returns the offer, as a cache for the next palette.
    pub fn offer(&self) -> Offer {
        self.offer.clone()
    }

    /// Recomputes the scores.
    fn weigh(&mut self, place: &Place) {
        let likely = |reply: &Reply| {
            let points = |yes: bool, points: u32| if yes { points } else { 0 };
            points(reply.pinned, PIN_FOR_ALL)
                + points(place.uses.is_pinned(reply.id), PIN)
                + points(reply.tags.iter().any(|tag| place.worn.contains(tag)), CALLED_FOR)
                + place.uses.likelihood(reply.id, place.worn, place.now)
        };
        self.likely = self.offer.replies.iter().map(likely).collect();
    }

    /// Runs a query. The best match becomes active.
    pub fn search(&mut self, query: String) {
        let likely = |at: usize| self.likely.get(at).copied().unwrap_or(0);
        let Results { found, total } = if query.trim().is_empty() {
            let is_here = |reply: &Reply| self.folder.as_ref().is_none_or(|folder| reply.folder == *folder);
            let here = self.offer.replies.iter().enumerate().filter(|(_, reply)| is_here(reply));
            let mut found: Vec<Found> = here.map(|(index, _)| Found { index, ..Found::default() }).collect();
            // The highest score comes first; the sort is stable, so equal scores keep the team's order.
            found.sort_by_cached_key(|it| core::cmp::Reverse(likely(it.index)));
            Results { total: found.len(), found }
        } else {
            // The number of results is limited, because marking the matches takes time.
            self.offer.finder().borrow_mut().find(&query, BEST, likely)
        };
        (self.found, self.total) = (found, total);
        self.query = query;
        self.active = 0;
    }

    /// Returns the reply whose whole shortcut was typed with a space behind it, if there is exactly one.
    pub fn called(&self) -> Option<ReplyId> {
        let code = self.query.strip_suffix([' ', '\u{3000}'])?;
        let mut meant = self.offer.replies.iter().filter(|reply| is_called(reply, code));
        let only = meant.next().filter(|_| meant.next().is_none())?;
        Some(only.id)
    }

    /// Refreshes the palette after a change. The active reply stays active if it still matches.
    pub fn renew(&mut self, replies: Vec<Reply>, place: &Place) {
        let active = self.reply(self.active).map(|reply| reply.id);
        self.offer = Offer::new(replies, place, Some(self.offer.clone()));
        self.weigh(place);
        let query = core::mem::take(&mut self.query);
        self.search(query);
        let same = |found: &Found| self.offer.replies.get(found.index).map(|reply| reply.id) == active;
        self.active = self.found.iter().position(same).unwrap_or(0);
    }

    /// The folders of the offered replies, in the team's order of replies.
    pub fn folders(&self) -> Vec<&str> {
        let mut folders: Vec<&str> = Vec::new();
        for reply in self.offer.replies.iter() {
            if !reply.folder.is_empty() && !folders.contains(&reply.folder.as_str()) {
                folders.push(&reply.folder);
            }
        }
        folders
    }

    /// Lists the replies of a folder, or all of them.
    pub fn show_folder(&mut self, folder: Option<String>) {
        self.folder = folder;
        self.search(String::new());
    }

    /// Lists the replies of the next or the previous folder. All replies come before the first folder.
    pub fn step_folder(&mut self, forward: bool) {
        let folders = self.folders();
        let at = self.folder.as_ref().and_then(|it| folders.iter().position(|folder| folder == it));
        let next = match (at, forward) {
            (None, true) => folders.first(),
            (None, false) => folders.last(),
            (Some(at), true) => folders.get(at + 1),
            (Some(at), false) => at.checked_sub(1).and_then(|at| folders.get(at)),
        };
        let next = next.map(|folder| (*folder).to_owned());
        self.show_folder(next);
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

    /// Returns the reply in a row.
    pub fn reply(&self, row: usize) -> Option<&Reply> {
        self.offer.replies.get(self.found.get(row)?.index)
    }

    /// Returns a reply, if it is offered here.
    pub fn offered(&self, reply: ReplyId) -> Option<&Reply> {
        self.offer.replies.iter().find(|it| it.id == reply)
    }

    /// Parses the text of a reply, which may include other offered replies.
    pub fn template(&self, body: &str) -> Template {
        let lookup = |code: &str| {
            let called = self.offer.replies.iter().find(|reply| is_called(reply, code));
            called.map(|reply| reply.body.clone())
        };
        template::parse(body, &lookup)
    }

    /// Returns the range of rows to draw around the active one. It is larger than the visible part, so that the list
    /// scrolls.
    pub fn drawn(&self) -> core::ops::Range<usize> {
        let last = self.found.len().saturating_sub(DRAWN);
        let first = self.active.saturating_sub(DRAWN / 2).min(last);
        first..self.found.len().min(first + DRAWN)
    }

    /// The offered replies that fit a message, best first, at most `most`.
    pub fn fitting(&self, message: &str, most: usize) -> Vec<ReplyId> {
        let Offer { replies, tags, .. } = &self.offer;
        let found = with_entries(replies, tags, |entries| fitting(entries.iter().copied(), message, most));
        found.into_iter().filter_map(|at| replies.get(at)).map(|reply| reply.id).collect()
    }

    /// The number of offered replies.
    pub fn offers(&self) -> usize {
        self.offer.replies.len()
    }
}

/// Builds a search index over replies. It covers everything that people may remember of a reply.
pub(crate) fn finder(replies: &[Reply], tags: &[Tag], initials: &Initials) -> Finder {
    with_entries(replies, tags, |entries| Finder::new(entries.iter().copied(), initials))
}

/// Passes the searchable texts of replies, with the names of their tags.
fn with_entries<T>(replies: &[Reply], tags: &[Tag], then: impl FnOnce(&[Entry]) -> T) -> T {
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
    then(&entries.collect::<Vec<_>>())
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
        assert_eq!(
            ids(&Palette::open(replies.clone(), &place, 0, None)),
            [2, 1, 5],
            "those for this chat come first"
        );
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

//! What happens to chats: they are tagged, claimed, handed over, put off, noted about and closed.

use baton_core::id::TagId;
use baton_core::replica::{Edit, Key, Minutes, Value};
use baton_core::team::chat::{self, ChatKey, State};
use baton_core::team::holder;

use crate::{Action, DAYS, Size, WORKING_DAY, after_work, ids, phrases};

/// What a person can do about a chat, and the part of the draws that it gets. A draw that does not fit the chat as it
/// is (there is no tag to take off, nobody to release it) is drawn again.
const DEEDS: [(Deed, u32); 8] = [
    (Deed::Tag, 64),
    (Deed::Untag, 24),
    (Deed::Claim, 4),
    (Deed::ClaimAndTag, 78),
    (Deed::HandOver, 3),
    (Deed::Close, 46),
    (Deed::Snooze, 10),
    (Deed::Note, 0),
];

/// Of a hundred hand-overs, those that leave a note.
const NOTED: u32 = 5;

/// How many other actions of the team lie between two of one conversation, on average.
const BREATH: f64 = 12.0;

/// Edits that an action on a chat has on average. It paces the month, so that its last edit is on its last day.
const EDITS_PER_ACTION: f64 = 1.78;

#[derive(Clone, Copy)]
enum Deed {
    Tag,
    Untag,
    Claim,
    ClaimAndTag,
    HandOver,
    Close,
    Snooze,
    Note,
}

/// A chat as the team sees it.
struct Chat {
    key: ChatKey,
    worn: Vec<TagId>,
    /// The device at which its holder works.
    holder: Option<usize>,
    /// The device at which something was done about it last.
    last: Option<usize>,
}

/// What happens to all chats, oldest first: as many edits as are asked for.
pub(crate) fn actions(size: Size, tags: &[TagId], edits: usize, rng: &mut fastrand::Rng) -> Vec<Action> {
    let new = |rng: &mut fastrand::Rng| Chat {
        key: ChatKey::of_id(ids::any(rng)),
        worn: Vec::new(),
        holder: None,
        last: None,
    };
    let mut chats: Vec<Chat> = (0..size.chats).map(|_| new(rng)).collect();
    // No action has two edits on average, so there are at least this many.
    let mut turns = turns(size, edits / 2, rng).into_iter();
    let mut actions = Vec::new();
    let mut left = edits;
    let mut worked = 0.0;
    while left > 0 && !chats.is_empty() {
        // A wait that is exponential, at a pace that spends what is left of the month on what is left of the edits,
        // is how moments look that are evenly drawn and put in order.
        let wait = f64::from(DAYS * WORKING_DAY) - worked;
        worked -= (1.0 - rng.f64()).ln() * wait * EDITS_PER_ACTION / (left as f64 + EDITS_PER_ACTION);
        let minute = after_work(worked as u32);
        let turn = turns.next().unwrap_or_else(|| rng.usize(..size.chats));
        let device = whose(&chats[turn], size, rng);
        let mut edits = act(&mut chats[turn], device, minute, size, tags, rng);
        chats[turn].last = Some(device);
        edits.truncate(left);
        left -= edits.len();
        actions.push(Action { device, minute, edits });
    }
    actions
}

/// Whose turn it is: nearly every chat's at least once, since the last turns may find no edits left.
///
/// Customers write in their own time, are answered in one go, and come back: a chat's turns are a few that follow each
/// other within the hour, at any time of the month, once or more than once. Scattered, they are anywhere.
fn turns(size: Size, count: usize, rng: &mut fastrand::Rng) -> Vec<usize> {
    let mut places: Vec<(f64, usize)> = Vec::new();
    let mut next = 0;
    // Of a hundred turns, those that are followed by another one soon: fewer where there are few for each chat.
    let spare = (count as f64 / size.chats as f64 - 1.0) * 100.0 / 3.0 * 0.76;
    let followed = (spare.max(0.0) as u32).min(55);
    while next < size.chats || places.len() < count {
        let chat = if next < size.chats { next } else { rng.usize(..size.chats) };
        next += 1;
        let mut at = rng.f64() * count as f64;
        let turns = if size.scattered { 1 } else { 1 + (0..3).filter(|_| rng.u32(..100) < followed).count() };
        for _ in 0..turns {
            places.push((at, chat));
            at += 1.0 - (1.0 - rng.f64()).ln() * BREATH;
        }
    }
    places.sort_by(|a, b| a.0.total_cmp(&b.0));
    places.into_iter().map(|(_, chat)| chat).collect()
}

/// Who does it: mostly the holder, or else whoever had the chat last, if anybody.
fn whose(chat: &Chat, size: Size, rng: &mut fastrand::Rng) -> usize {
    let (known, often) = match (chat.holder, chat.last) {
        (Some(holder), _) => (holder, 85),
        (None, Some(last)) => (last, 40),
        (None, None) => (0, 0),
    };
    if !size.scattered && rng.u32(..100) < often { known } else { rng.usize(..size.devices) }
}

/// Somebody does something about a chat.
fn act(
    chat: &mut Chat,
    device: usize,
    minute: Minutes,
    size: Size,
    tags: &[TagId],
    rng: &mut fastrand::Rng,
) -> Vec<Edit> {
    let deed = loop {
        let deed = draw(rng);
        let fits = match deed {
            Deed::Tag => chat.worn.len() < tags.len(),
            Deed::Untag => !chat.worn.is_empty(),
            Deed::Claim => chat.holder != Some(device),
            Deed::ClaimAndTag => chat.holder != Some(device) && chat.worn.len() < tags.len(),
            Deed::HandOver | Deed::Close => chat.holder.is_some(),
            Deed::Snooze | Deed::Note => true,
        };
        if fits {
            break deed;
        }
    };
    match deed {
        Deed::Tag => chat.tag(tags, rng),
        Deed::Untag => {
            let tag = chat.worn.swap_remove(rng.usize(..chat.worn.len()));
            chat::set_tag(chat.key, tag, false)
        }
        Deed::Claim => chat.claim(device),
        Deed::ClaimAndTag => [chat.claim(device), chat.tag(tags, rng)].concat(),
        Deed::HandOver => {
            let others: Vec<usize> = (0..size.devices).filter(|other| Some(*other) != chat.holder).collect();
            let to = rng.choice(others).unwrap_or_default();
            chat.holder = Some(to);
            let mut edits = holder::give(chat.key, ids::member(to), &phrases::reason(rng));
            if rng.u32(..100) < NOTED {
                edits.push(chat.note(rng));
            }
            edits
        }
        Deed::Close => {
            chat.holder = None;
            [holder::release(chat.key), vec![chat.state(State::Closed)]].concat()
        }
        Deed::Snooze => {
            let until = Value::Number(until(minute, rng));
            vec![(Key::ChatSnooze(chat.key), until), chat.state(State::Waiting)]
        }
        Deed::Note => vec![chat.note(rng)],
    }
}

fn draw(rng: &mut fastrand::Rng) -> Deed {
    let mut at = rng.u32(..DEEDS.iter().map(|(_, part)| part).sum::<u32>());
    for (deed, part) in DEEDS {
        if at < part {
            return deed;
        }
        at -= part;
    }
    Deed::Tag
}

/// Until when a chat rests: an hour or a few, or 09:00 of a day to come.
fn until(minute: Minutes, rng: &mut fastrand::Rng) -> Minutes {
    if rng.u32(..3) == 0 {
        return minute + 60 * rng.u32(1..=4);
    }
    let today = (minute - crate::START) / (24 * 60);
    crate::START + (today + rng.u32(1..=7)) * 24 * 60
}

impl Chat {
    /// Puts on a tag that it does not wear.
    fn tag(&mut self, tags: &[TagId], rng: &mut fastrand::Rng) -> Vec<Edit> {
        if self.worn.len() == tags.len() {
            return Vec::new();
        }
        loop {
            // The first tags are the most used, as those who made them had in mind.
            let tag = tags[rng.usize(..tags.len()).min(rng.usize(..tags.len()))];
            if !self.worn.contains(&tag) {
                self.worn.push(tag);
                return chat::set_tag(self.key, tag, true);
            }
        }
    }

    fn claim(&mut self, device: usize) -> Vec<Edit> {
        self.holder = Some(device);
        [holder::give(self.key, ids::member(device), ""), vec![self.state(State::Open)]].concat()
    }

    fn state(&self, state: State) -> Edit {
        (Key::ChatState(self.key), Value::Number(state.number()))
    }

    fn note(&self, rng: &mut fastrand::Rng) -> Edit {
        (Key::ChatNote(self.key), Value::Text(phrases::note(rng)))
    }
}

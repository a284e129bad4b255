//! A team's month, made up from a seed and the same every time: what sizes and times are measured on.
//!
//! It is what one team would do in 30 days with 3,000 chats: customers write, are answered in one go, mostly by one
//! person, and come back another day. A scattered month draws the chat and the person of each action evenly among all,
//! so that nothing about one action helps to guess the next: no team works like that, and nobody who has to write it in
//! little space could have it harder.

mod chats;
mod ids;
mod office;
mod phrases;

use baton_core::id::TagId;
use baton_core::replica::{Edit, Key, Minutes};

pub use ids::{device, member};

/// 2026-03-02 09:00 in a team eight hours before UTC, in minutes since the epoch.
pub const START: Minutes = 20_514 * 24 * 60 + 60;
/// How many days the month has; all of them are worked.
pub const DAYS: u32 = 30;
/// From 09:00 to 19:00, in minutes.
const WORKING_DAY: u32 = 10 * 60;

/// One thing a person did: edits that were made together, on one device, in one minute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Which device, from 0; [`device`] names it.
    pub device: usize,
    /// Minutes since the epoch.
    pub minute: Minutes,
    /// One or more.
    pub edits: Vec<Edit>,
}

/// How big the team is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// How many chats are written about, from 300 to 5,000.
    pub chats: usize,
    /// How many devices write, from 2 to 20; each is a member's own.
    pub devices: usize,
    /// What chance begins with.
    pub seed: u64,
    /// Whether which chat an action is about has nothing to do with the one before.
    pub scattered: bool,
}

impl Size {
    /// The size that every figure is given for, unless it says otherwise.
    pub const REFERENCE: Size = Size { chats: 3_000, devices: 5, seed: 1, scattered: false };
    /// How many edits a month of [`Size::REFERENCE`] has.
    pub const REFERENCE_EDITS: usize = 19_992;

    /// How many edits a month of this size has.
    pub fn edits(self) -> usize {
        Size::REFERENCE_EDITS * self.chats / Size::REFERENCE.chats
    }
}

/// A month of the team, oldest first.
///
/// 20 tags, 200 replies and a member for each device whatever the size; the rest of its edits are about chats.
pub fn month(size: Size) -> Vec<Action> {
    let mut rng = fastrand::Rng::with_seed(size.seed);
    let mut actions = office::actions(size.devices, &mut rng);
    let made: usize = actions.iter().map(|action| action.edits.len()).sum();
    let tags = tags(&actions);
    actions.extend(chats::actions(size, &tags, size.edits().saturating_sub(made), &mut rng));
    actions.sort_by_key(|action| action.minute);
    actions
}

fn tags(actions: &[Action]) -> Vec<TagId> {
    let edits = actions.iter().flat_map(|action| &action.edits);
    edits.filter_map(|(key, _)| if let Key::TagName(id) = key { Some(*id) } else { None }).collect()
}

/// The minute of the epoch after so many minutes of work; what is beyond the month is its last minute.
fn after_work(minutes: u32) -> Minutes {
    let minutes = minutes.min(DAYS * WORKING_DAY - 1);
    START + minutes / WORKING_DAY * 24 * 60 + minutes % WORKING_DAY
}

#[cfg(test)]
mod tests;

//! Tests of the month: that it is as large as it says, whatever else it is.

use std::collections::{BTreeMap, BTreeSet};

use baton_core::replica::{Key, Value};

use super::*;

/// What every key holds in the end.
fn end(actions: &[Action]) -> BTreeMap<Key, Value> {
    actions.iter().flat_map(|action| action.edits.iter().cloned()).collect()
}

fn edits(actions: &[Action]) -> usize {
    actions.iter().map(|action| action.edits.len()).sum()
}

#[track_caller]
fn about(count: usize, expected: usize) {
    assert!(count.abs_diff(expected) * 20 <= expected, "{count} is not about {expected}");
}

#[test]
fn the_reference_is_as_large_as_it_says() {
    let month = month(Size::REFERENCE);
    assert_eq!(edits(&month), 19_992);
    about(month.len(), 10_792);
    let end = end(&month);
    about(end.len(), 14_151);
    about(end.values().filter(|value| value.is_tombstone()).count(), 1_700);
}

#[test]
fn every_size_has_its_edits_and_nearly_every_chat_one() {
    for (chats, devices) in [(300, 2), (300, 20), (1_000, 5), (3_000, 5), (5_000, 20)] {
        let size = Size { chats, devices, seed: 7, scattered: devices == 20 };
        let month = month(size);
        assert_eq!(edits(&month), size.edits());
        let touched: BTreeSet<_> = end(&month).keys().filter_map(Key::chat).collect();
        assert!(touched.len() * 100 >= chats * 99, "{} of {chats}", touched.len());
        assert!(month.iter().all(|action| action.device < devices && !action.edits.is_empty()));
    }
}

#[test]
fn it_is_in_order_and_within_the_hours() {
    let month = month(Size::REFERENCE);
    assert!(month.is_sorted_by_key(|action| action.minute));
    for action in &month {
        let since = action.minute - START;
        assert!(since / (24 * 60) < DAYS && since % (24 * 60) < WORKING_DAY, "{}", action.minute);
    }
    let last_days = month.iter().filter(|action| action.minute >= START + (DAYS - 3) * 24 * 60).count();
    let tenth = month.len() / 10;
    assert!(last_days.abs_diff(tenth) < tenth / 5, "{last_days} actions in the last tenth of the month");
}

#[test]
fn chance_is_the_seeds() {
    let size = Size { chats: 300, devices: 3, seed: 4, scattered: false };
    assert_eq!(month(size), month(size));
    assert_ne!(month(size), month(Size { seed: 5, ..size }));
    assert_ne!(device(0), device(1));
    assert_ne!(device(1).0, member(1).0);
}

#[test]
fn tags_and_replies_are_all_there() {
    let end = end(&month(Size::REFERENCE));
    let mut team = baton_core::team::Team::default();
    end.iter().for_each(|(key, value)| team.set(key, value, 0));
    assert_eq!((team.tags().len(), team.replies().len()), (20, 200));
    let lines: Vec<Vec<&str>> =
        include_str!("replies.tsv").lines().map(|line| line.split('\t').collect()).collect();
    let shortcuts: BTreeSet<_> = lines.iter().map(|line| line[1]).collect();
    let bodies: usize = lines.iter().map(|line| line[2].replace("\\n", "\n").len()).sum();
    assert!(lines.iter().all(|line| line.len() == 3) && shortcuts.len() == 200);
    assert!((110..=116).contains(&(bodies / 200)), "{bodies} bytes of replies");
}

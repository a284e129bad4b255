//! Devices that contradict themselves: their disk was brought back from a backup, or copied, and they could not notice.

use super::*;
use crate::team::chat;

fn chat(n: u8) -> Vec<Edit> {
    chat::set_tag(ChatKey([n; 5]), TagId([1; 8]), true)
}

/// How many facts about chats a hub knows.
fn facts(hub: &Hub) -> usize {
    hub.registers()
        .into_iter()
        .filter(|(key, register)| key.chat().is_some() && !register.value.is_tombstone())
        .count()
}

/// One device retires another, a minute later.
fn retire(hub: &mut Hub, other: &Hub) {
    let edit = hub.retire(other.device()).expect("known");
    hub.accept("s", 1, vec![edit], NOW + MINUTE).expect("accepted");
}

#[test]
fn a_device_that_contradicts_itself_becomes_two_and_no_register_is_lost() {
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    a.accept("s", 1, chat(1), NOW).expect("accepted");
    publish(&mut a, &mut items);
    let backup = revived(&a);
    a.accept("s", 2, chat(2), NOW).expect("accepted");
    publish(&mut a, &mut items);
    adopt(&mut b, &items, NOW);
    b.accept("s", 1, chat(5), NOW).expect("accepted");
    // The account has lost the version from which the restored device would have noticed.
    let (mut a, mut items) = (backup, Items::new());
    for n in [3, 4] {
        a.accept("t", u32::from(n), chat(n), NOW + MINUTE).expect("accepted");
        publish_at(&mut a, &mut items, NOW + MINUTE);
    }
    let mut c = hub(3);
    for hour in 0..48 {
        for hub in [&mut b, &mut c, &mut a] {
            sync(hub, &mut items, NOW + hour * 60 * MINUTE);
        }
    }
    assert_eq!(facts(&a), 5);
    assert_eq!(a.registers(), b.registers());
    assert_eq!(a.registers(), c.registers());
    assert!([&a, &b, &c].iter().all(|hub| hub.saved.transport.observed.unreadable.is_empty()));
    assert_ne!(a.device(), DeviceId([1; 8]));
}

#[test]
fn nothing_is_published_under_a_name_that_is_being_given_up() {
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    let backup = revived(&a);
    a.accept("s", 1, chat(1), NOW).expect("accepted");
    publish(&mut a, &mut items);
    adopt(&mut b, &items, NOW);
    b.accept("s", 1, chat(1), NOW).expect("accepted");
    publish(&mut b, &mut items);
    items.entry(format!("{}0", shard::prefix(TEAM, a.device()))).push('x');
    let before = of(&a, &items);
    let mut a = backup;
    a.accept("t", 1, chat(3), NOW).expect("accepted");
    for hour in 0..72 {
        // A hub reads before it publishes, and may be killed right after that.
        adopt(&mut a, &items, NOW + hour * 60 * MINUTE);
        publish_at(&mut a, &mut items, NOW + hour * 60 * MINUTE);
        a = revived(&a);
    }
    assert_eq!(of(&a, &items), before);
    sync(&mut a, &mut items, NOW + 72 * 60 * MINUTE);
    assert_eq!(a.device(), DeviceId([11; 8]));
    adopt(&mut b, &items, NOW + 72 * 60 * MINUTE);
    assert_eq!(facts(&b), 2);
}

#[test]
fn registers_that_their_writer_forgot_are_kept_although_its_numbers_went_on() {
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    let backup = revived(&a);
    for tag in [2, 3] {
        a.accept("s", u32::from(tag), tag_edit(tag, true), NOW).expect("accepted");
        publish(&mut a, &mut items);
    }
    adopt(&mut b, &items, NOW);
    let (mut a, mut items) = (backup, Items::new());
    // It passes the number that the colleague knows, and its table does not contradict.
    for tag in 4..10 {
        a.accept("t", u32::from(tag), tag_edit(tag, true), NOW + MINUTE).expect("accepted");
        publish_at(&mut a, &mut items, NOW + MINUTE);
    }
    for hour in 0..48 {
        for hub in [&mut b, &mut a] {
            sync(hub, &mut items, NOW + hour * 60 * MINUTE);
        }
    }
    assert_eq!((facts(&a), facts(&b)), (9, 9));
    assert_eq!(a.registers(), b.registers());
}

#[test]
fn a_device_that_knew_more_of_a_retired_one_stands_in_too() {
    let (mut a, mut b, mut c, mut items) = (hub(1), hub(2), hub(3), Items::new());
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    adopt(&mut b, &items, NOW);
    let early = items.clone();
    a.accept("s", 2, tag_edit(2, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    adopt(&mut c, &items, NOW);
    // The first device is gone, and the device that retires it has not adopted its last version.
    let mut items = early;
    retire(&mut b, &a);
    for hour in 0..72 {
        for hub in [&mut b, &mut c] {
            sync(hub, &mut items, NOW + (1 + hour * 60) * MINUTE);
        }
    }
    assert_eq!((facts(&b), facts(&c)), (2, 2));
    assert_eq!(of(&a, &items), Items::new(), "it is not needed any more");
    let mut newcomer = hub(4);
    adopt(&mut newcomer, &items, NOW + 4 * DAY);
    assert_eq!(newcomer.registers(), b.registers());
}

#[test]
fn registers_of_a_retired_device_are_published_once() {
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    for tag in 1..9 {
        a.accept("s", u32::from(tag), tag_edit(tag, true), NOW).expect("accepted");
    }
    publish(&mut a, &mut items);
    adopt(&mut b, &items, NOW);
    retire(&mut b, &a);
    // It is still running, learns of that, and goes on under another name.
    for hour in 0..72 {
        for hub in [&mut b, &mut a] {
            sync(hub, &mut items, NOW + (1 + hour * 60) * MINUTE);
        }
    }
    assert_eq!((a.device(), facts(&a), facts(&b)), (DeviceId([11; 8]), 8, 8));
    assert_eq!((a.mine().len(), b.mine().len()), (0, 9));
}

#[test]
fn an_op_under_a_name_that_never_reached_the_disk_is_published_all_the_same() {
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    adopt(&mut b, &items, NOW);
    retire(&mut b, &a);
    publish_at(&mut b, &mut items, NOW + MINUTE);
    adopt(&mut a, &items, NOW + MINUTE);
    let saved = a.saved().clone();
    assert!(a.renew(DeviceId([9; 8]), NOW + MINUTE));
    let accepted = a.accept("s", 2, tag_edit(2, true), NOW + MINUTE).expect("accepted");
    // The disk failed in between, and the hub was killed.
    let mut a = Hub::restore(TEAM, saved, vec![accepted]);
    for hour in 0..48 {
        for hub in [&mut a, &mut b] {
            sync(hub, &mut items, NOW + (2 + hour * 60) * MINUTE);
        }
    }
    assert_eq!((facts(&a), facts(&b)), (2, 2));
}

#[test]
fn a_later_version_whose_manifest_arrives_last_is_not_replaced() {
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    adopt(&mut b, &items, NOW);
    let before = items.clone();
    a.accept("s", 2, tag_edit(2, true), NOW + MINUTE).expect("accepted");
    publish_at(&mut a, &mut items, NOW + MINUTE);
    let manifest = format!("{}0", shard::prefix(TEAM, a.device()));
    let mut partial = items.clone();
    partial.insert(manifest.clone(), before.get(&manifest).expect("a manifest").clone());
    for minute in [2, 30, 600] {
        sync(&mut b, &mut partial, NOW + minute * MINUTE);
    }
    assert!(of(&a, &items).iter().all(|(name, text)| *name == manifest || partial.get(name) == Some(text)));
}

#[test]
fn a_heartbeat_that_does_not_fit_is_not_tried_again_at_once() {
    let (mut a, mut items) = (hub(1), Items::new());
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    let full = Listing { items, rest: Quota::STORAGE_SYNC.total_bytes };
    a.adopt(&full, NOW + 2 * DAY);
    assert!(a.delay(NOW + 2 * DAY).is_some_and(|delay| delay < MINUTE), "it is due");
    assert!(a.plan(&full, NOW + 2 * DAY).is_none());
    assert!(a.delay(NOW + 2 * DAY).is_some_and(|delay| delay >= 10 * MINUTE));
}

//! Hubs that share a map as their transport.

mod backup_tests;
mod fork_tests;
mod newer_tests;
mod table_tests;

use super::*;
use crate::id::TagId;
use crate::replica::shard;
use crate::team::chat::{self, ChatKey};
use crate::team::tag::{self, Colour};
use crate::wire;

const TEAM: TeamId = TeamId([1; 8]);
const MINUTE: u64 = 60_000;
const DAY: u64 = 24 * 60 * MINUTE;
const NOW: u64 = 1_000 * MINUTE;
const CHAT: ChatKey = ChatKey([7; 5]);

fn hub(n: u8) -> Hub {
    Hub::new(TEAM, DeviceId([n; 8]), MemberId([n; 8]))
}

fn tag_edit(tag: u8, on: bool) -> Vec<Edit> {
    chat::set_tag(CHAT, TagId([tag; 8]), on)
}

fn listing(items: &Items) -> Listing {
    Listing { items: items.clone(), rest: 0 }
}

fn adopt(hub: &mut Hub, items: &Items, now: u64) -> Vec<(Key, Register)> {
    hub.open();
    hub.adopt(&listing(items), now)
}

fn carry_out(plan: &Plan, items: &mut Items) {
    items.extend(plan.set.clone());
    for name in &plan.remove {
        items.remove(name);
    }
}

/// Publishes if anything waits.
fn publish_at(hub: &mut Hub, items: &mut Items, now: u64) {
    hub.open();
    if let Some(plan) = hub.plan(&listing(items), now) {
        carry_out(&plan, items);
        hub.published(plan, now);
    }
}

fn publish(hub: &mut Hub, items: &mut Items) {
    publish_at(hub, items, NOW);
}

/// The hub after a restart.
fn revived(hub: &Hub) -> Hub {
    let saved = wire::decode_saved(&wire::encode_saved(hub.saved())).expect("a record that was just encoded");
    Hub::restore(TEAM, saved, Vec::new())
}

/// The items of one device.
fn of(hub: &Hub, items: &Items) -> Items {
    shard::of_device(TEAM, hub.device(), items)
}

/// Reads the transport, and publishes if anything waits.
fn sync(hub: &mut Hub, items: &mut Items, now: u64) {
    adopt(hub, items, now);
    hub.renew(DeviceId([hub.device().0[0] + 10; 8]), now);
    publish_at(hub, items, now);
}

#[test]
fn two_hubs_converge_through_a_transport() {
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    b.accept("s", 1, tag_edit(2, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    assert_eq!(adopt(&mut b, &items, NOW).len(), 1);
    publish(&mut b, &mut items);
    assert_eq!(adopt(&mut a, &items, NOW).len(), 1);
    assert_eq!(a.registers(), b.registers());
    assert_eq!(adopt(&mut a, &items, NOW), [], "nothing new");
    assert!(a.plan(&listing(&items), NOW).is_none() && b.plan(&listing(&items), NOW).is_none());
}

#[test]
fn an_op_sent_twice_is_applied_once() {
    let mut hub = hub(1);
    let first = hub.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    hub.accept("t", 1, tag_edit(1, false), NOW).expect("another tab");
    let again = hub.accept("s", 1, tag_edit(1, true), NOW).expect("acknowledged");
    assert_ne!(first.registers, again.registers);
    assert_eq!(again.registers[0].1.value, Value::Flag(false), "the register as it is now");
    assert_eq!((hub.done("s"), hub.done("t"), hub.done("u")), (1, 1, 0));
}

#[test]
fn a_hub_killed_after_storing_goes_on_where_it_was() {
    let mut before = hub(1);
    let saved = before.saved().clone();
    let accepted = before.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    let record =
        wire::decode_accepted(&wire::encode_accepted(&accepted)).expect("a record that was just encoded");
    let mut after = Hub::restore(TEAM, saved, vec![record]);
    assert_eq!((after.done("s"), after.registers()), (1, before.registers()));
    assert!(after.plan(&Listing::default(), NOW).is_some(), "it still has to be published");
    let late = Accepted { n: 0, ..accepted.clone() };
    assert_eq!(
        Hub::restore(TEAM, after.saved().clone(), vec![late]).done("s"),
        1,
        "what was counted stays counted"
    );
    let later = after.accept("s", 2, tag_edit(1, false), NOW - 5 * MINUTE).expect("accepted");
    assert!(later.registers[0].1.stamp > accepted.registers[0].1.stamp, "the clock has advanced");
}

#[test]
fn a_wiped_account_is_filled_again() {
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    adopt(&mut b, &items, NOW);
    items = Items::new();
    assert_eq!(adopt(&mut a, &items, NOW), []);
    adopt(&mut b, &items, NOW);
    assert_eq!(b.registers().len(), 1, "a deleted item is not forgotten");
    publish(&mut a, &mut items);
    let mut newcomer = hub(3);
    adopt(&mut newcomer, &items, NOW);
    assert_eq!(newcomer.registers(), a.registers());
}

#[test]
fn a_version_stands_for_one_content() {
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    // The write arrives, but the hub is killed before it is acknowledged. Then the account is emptied.
    let plan = a.plan(&listing(&items), NOW).expect("something waits");
    items.extend(plan.set);
    adopt(&mut b, &items, NOW);
    let mut a = revived(&a);
    items = Items::new();
    adopt(&mut a, &items, NOW);
    a.accept("s", 2, tag_edit(1, false), NOW + MINUTE).expect("accepted");
    publish(&mut a, &mut items);
    adopt(&mut b, &items, NOW + MINUTE);
    assert_eq!(b.registers(), a.registers());
}

#[test]
fn freed_room_is_used_at_once() {
    let (mut a, mut items) = (hub(1), Items::new());
    items.insert("fill".into(), "x".repeat(Quota::STORAGE_SYNC.total_bytes - 100));
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    assert_eq!(a.plan(&listing(&items), NOW), None);
    adopt(&mut a, &items, NOW);
    let full = a.delay(0);
    adopt(&mut a, &Items::new(), NOW);
    assert_eq!(a.sync().problem, None);
    assert!(a.delay(0) < full);
}

#[test]
fn a_rolled_back_account_is_brought_forward() {
    let (mut a, mut items) = (hub(1), Items::new());
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    let old = items.clone();
    a.accept("s", 2, tag_edit(2, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    let mut b = hub(2);
    adopt(&mut b, &items, NOW);
    assert_eq!(adopt(&mut b, &old, NOW), [], "an older version is not adopted");
    adopt(&mut a, &old, NOW);
    let mut items = old;
    publish(&mut a, &mut items);
    let mut newcomer = hub(3);
    adopt(&mut newcomer, &items, NOW);
    assert_eq!(newcomer.registers(), a.registers());
}

#[test]
fn corrupt_and_later_items_are_counted_and_left_alone() {
    let (mut a, mut items) = (hub(1), Items::new());
    let theirs = shard::prefix(TEAM, DeviceId([9; 8]));
    let later = shard::prefix(TEAM, DeviceId([8; 8]));
    items.insert(format!("{theirs}0"), "2 nonsense".into());
    items.insert(format!("{later}0"), "9 unknown".into());
    items.insert("somebody else's".into(), "\"<&".into());
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    assert_eq!(adopt(&mut a, &items, NOW), []);
    assert_eq!(a.sync().unreadable, 2);
    publish(&mut a, &mut items);
    assert_eq!(items.get(&format!("{theirs}0")).map(String::as_str), Some("2 nonsense"));
}

#[test]
fn memory_for_decoded_shards_is_bounded() {
    let (mut a, mut items) = (hub(1), Items::new());
    a.accept("s", 1, vec![(Key::TagName(TagId([1; 8])), Value::Text("x".repeat(1_000)))], NOW)
        .expect("accepted");
    publish(&mut a, &mut items);
    assert!(bytes_of(&items) < 250);
    let mut room = 2_300;
    let taken = [(); 4].map(|()| adopt::takes(&mut room, &a.registers()));
    assert_eq!(taken, [true, true, false, false]);
}

#[test]
fn a_full_transport_keeps_everything_here() {
    let (mut a, mut items) = (hub(1), Items::new());
    items.insert("fill".into(), "x".repeat(Quota::STORAGE_SYNC.total_bytes - 100));
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    assert_eq!(a.plan(&listing(&items), NOW), None);
    assert_eq!(a.sync().problem, Some(Problem::Full));
    assert_eq!(revived(&a).registers(), a.registers());
    items = Items::new();
    publish(&mut a, &mut items);
    assert_eq!((a.sync().problem, a.sync().waiting), (None, false));
}

#[test]
fn the_twenty_first_tag_of_two_tabs_is_refused() {
    let mut hub = hub(1);
    let empty = Team::default();
    for n in 0..20 {
        let new = tag::create(&empty, TagId([n; 8]), "t", Colour::Blue).expect("room");
        hub.accept("s", u32::from(n) + 1, new, NOW).expect("accepted");
    }
    let late = tag::create(&empty, TagId([99; 8]), "t", Colour::Blue).expect("room");
    assert_eq!(hub.accept("t", 1, late, NOW), Err(Refusal::TooManyTags));
    hub.accept("s", 21, tag::delete(TagId([3; 8])), NOW).expect("deleting is fine");
    hub.accept("s", 22, tag::rename(&Team::of(hub.document()), TagId([4; 8]), "u"), NOW)
        .expect("so is renaming");
}

#[test]
fn registers_ahead_of_our_clock_are_merged_later() {
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    a.accept("s", 1, tag_edit(1, true), NOW + 60 * MINUTE).expect("a clock that is an hour ahead");
    publish(&mut a, &mut items);
    assert_eq!(adopt(&mut b, &items, NOW), []);
    let mut b = revived(&b);
    assert_eq!(adopt(&mut b, &items, NOW + 55 * MINUTE).len(), 1);
}

#[test]
fn writes_slow_down_before_the_browser_would_stop_them() {
    let (mut a, mut items) = (hub(1), Items::new());
    let mut waited = 0;
    for n in 1..=100 {
        // Restarts do not refill the budget.
        a = revived(&a);
        a.accept("s", n, tag_edit(1, n % 2 == 0), NOW + waited).expect("accepted");
        waited += a.delay(NOW + waited).expect("something waits");
        // A write counts although the hub is killed before it is acknowledged.
        let plan = a.plan(&listing(&items), NOW + waited).expect("something waits");
        let killed = revived(&a);
        carry_out(&plan, &mut items);
        a.published(plan, NOW + waited);
        if n % 2 == 0 {
            a = killed;
        }
    }
    assert!(waited > 40 * MINUTE, "{waited} ms for a hundred writes");
    let (minute, hour) = a.centre(&listing(&items), NOW + waited).writes_left;
    assert!(minute > 110 && hour < 1_770, "{minute} and {hour}");
}

#[test]
fn a_dropped_register_does_not_return_with_an_older_shard() {
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    let old = items.clone();
    adopt(&mut b, &items, NOW);
    b.accept("s", 1, tag_edit(1, false), NOW + MINUTE).expect("accepted");
    sync(&mut b, &mut items, NOW + MINUTE);
    // Both publish a heartbeat, and the tombstone is dropped.
    for hub in [&mut a, &mut b] {
        sync(hub, &mut items, NOW + 4 * DAY);
    }
    assert_eq!(b.registers(), []);
    let mut newcomer = hub(3);
    let mut partial = items.clone();
    partial.extend(old);
    adopt(&mut newcomer, &partial, NOW + 4 * DAY);
    assert_eq!(newcomer.registers().len(), 1);
    adopt(&mut newcomer, &items, NOW + 4 * DAY);
    assert_eq!(newcomer.registers(), []);
}

#[test]
fn an_tombstone_stays_while_a_silent_device_publishes_the_older_register() {
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    adopt(&mut b, &items, NOW);
    b.accept("s", 1, tag_edit(1, false), NOW + MINUTE).expect("accepted");
    for day in [0, 20, 22] {
        sync(&mut b, &mut items, NOW + day * DAY + MINUTE);
    }
    let mut newcomer = hub(3);
    for hub in [&mut b, &mut newcomer] {
        adopt(hub, &items, NOW + 22 * DAY);
        assert_eq!(hub.registers()[0].1.value, Value::Flag(false));
    }
}

#[test]
fn a_later_version_that_arrives_in_parts_is_not_replaced() {
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    adopt(&mut b, &items, NOW);
    let old = items.clone();
    a.accept("s", 2, tag_edit(2, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    let manifest = format!("{}0", shard::prefix(TEAM, a.device()));
    let mut torn = old.clone();
    torn.extend(items.get(&manifest).cloned().map(|text| (manifest, text)));
    let before = torn.clone();
    adopt(&mut b, &torn, NOW);
    sync(&mut b, &mut torn, NOW + 60 * MINUTE);
    assert_eq!(torn, before, "the rest may still arrive");
    sync(&mut b, &mut torn, NOW + 2 * DAY);
    assert_eq!(torn, old, "it never arrived");
}

#[test]
fn two_devices_that_retire_each_other_both_continue() {
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    for (n, hub) in (1..).zip([&mut a, &mut b]) {
        hub.accept("s", 1, tag_edit(n, true), NOW).expect("accepted");
        publish(hub, &mut items);
    }
    for hub in [&mut a, &mut b] {
        adopt(hub, &items, NOW);
    }
    for (hub, other) in [(&mut a, 2), (&mut b, 1)] {
        let edit = hub.retire(DeviceId([other; 8])).expect("they know each other");
        hub.accept("s", 2, vec![edit], NOW).expect("accepted");
    }
    publish(&mut a, &mut items);
    for minute in 1..4 {
        for (n, hub) in (11..).zip([&mut b, &mut a]) {
            adopt(hub, &items, NOW + minute * MINUTE);
            hub.renew(DeviceId([n; 8]), NOW);
            publish_at(hub, &mut items, NOW + minute * MINUTE);
        }
    }
    assert_eq!((a.device(), b.device()), (DeviceId([12; 8]), DeviceId([11; 8])));
    let mut newcomer = hub(3);
    for hub in [&mut a, &mut b, &mut newcomer] {
        adopt(hub, &items, NOW + 5 * MINUTE);
        assert_eq!(hub.registers().len(), 4);
    }
}

#[test]
fn a_device_publishes_for_all_that_its_retired_device_stood_in_for() {
    let (mut a, mut b, mut c, mut items) = (hub(1), hub(2), hub(3), Items::new());
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    for (hub, other) in [(&mut b, 1), (&mut c, 2)] {
        adopt(hub, &items, NOW);
        let edit = hub.retire(DeviceId([other; 8])).expect("known");
        hub.accept("s", 1, vec![edit], NOW).expect("accepted");
        publish(hub, &mut items);
    }
    let mut newcomer = hub(4);
    adopt(&mut newcomer, &of(&c, &items), NOW);
    assert_eq!(newcomer.registers(), c.registers());
    assert_eq!(newcomer.registers().len(), 3);
}

#[test]
fn archiving_is_shared_even_when_there_is_no_room_left() {
    let (mut a, mut items) = (hub(1), Items::new());
    for chat in 1..=40 {
        let n = u32::from(chat);
        let tagged = chat::set_tag(ChatKey([chat; 5]), TagId([1; 8]), true);
        a.accept("s", n, tagged, NOW + u64::from(n) * MINUTE).expect("accepted");
    }
    publish(&mut a, &mut items);
    let full = |items: &Items| Listing {
        items: items.clone(),
        rest: Quota::STORAGE_SYNC.total_bytes - bytes_of(items) - 2_000,
    };
    let later = NOW + 50 * MINUTE;
    a.adopt(&full(&items), later);
    let resting: Vec<_> = a.resting(0, later).into_iter().step_by(3).collect();
    a.accept("s", 41, taken_away(&resting), later).expect("accepted");
    let plan = a.plan(&full(&items), later).expect("a removal may need a little room");
    let grows = bytes_of(&plan.set) > bytes_of(&items);
    assert!(grows, "otherwise this tests nothing");
    carry_out(&plan, &mut items);
    a.published(plan, later);
    assert_eq!(a.sync().problem, None);
    // The tombstones that nobody needs any more are then dropped, which frees the room.
    let before = bytes_of(&items);
    a.tidy(later + MINUTE);
    let plan = a.plan(&full(&items), later + MINUTE).expect("it is written again");
    carry_out(&plan, &mut items);
    a.published(plan, later + MINUTE);
    assert!(bytes_of(&items) < before - 50);
    // One more register is still too much.
    a.accept("s", 42, chat::set_tag(ChatKey([99; 5]), TagId([1; 8]), true), later).expect("accepted");
    a.accept("s", 43, chat::set_tag(ChatKey([98; 5]), TagId([2; 8]), true), later).expect("accepted");
    let listing =
        Listing { items: items.clone(), rest: Quota::STORAGE_SYNC.total_bytes - bytes_of(&items) - 2_000 };
    assert_eq!(a.plan(&listing, later + 2 * MINUTE), None);
    assert_eq!(a.sync().problem, Some(Problem::Full));
}

//! Hubs against a map that stands for the transport.

use proptest::prelude::*;

use super::*;
use crate::chat::ChatKey;
use crate::edits;
use crate::id::TagId;
use crate::tag::Colour;
use crate::wire;

const TEAM: TeamId = TeamId([1; 8]);
const NOW: Minutes = 1_000;
const CHAT: ChatKey = ChatKey([7; 8]);

fn hub(n: u8) -> Hub {
    Hub::new(TEAM, DeviceId([n; 8]), MemberId([n; 8]))
}

fn tag_edit(tag: u8, on: bool) -> Vec<Edit> {
    edits::tag_chat(CHAT, TagId([tag; 8]), on)
}

/// Publishes what waits.
fn publish(hub: &mut Hub, items: &mut Items) {
    if let Some(plan) = hub.plan(items) {
        for name in &plan.remove {
            items.remove(name);
        }
        items.extend(plan.set.clone());
        hub.published(plan, 1);
    }
}

/// The hub as it comes back from disk.
fn revived(hub: &Hub) -> Hub {
    let saved = wire::decode_saved(&wire::encode_saved(&hub.save())).expect("our own record");
    Hub::restore(TEAM, saved, Vec::new())
}

#[test]
fn two_hubs_converge_through_a_transport() {
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    b.accept("s", 1, tag_edit(2, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    assert_eq!(b.adopt(&items, NOW).len(), 1);
    publish(&mut b, &mut items);
    assert_eq!(a.adopt(&items, NOW).len(), 1);
    assert_eq!(a.registers(), b.registers());
    assert_eq!(a.adopt(&items, NOW), [], "nothing new");
    assert!(a.plan(&items).is_none() && b.plan(&items).is_none());
}

#[test]
fn an_op_sent_twice_is_applied_once() {
    let mut hub = hub(1);
    let first = hub.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    hub.accept("t", 1, tag_edit(1, false), NOW).expect("another tab");
    let again = hub.accept("s", 1, tag_edit(1, true), NOW).expect("acknowledged");
    assert_ne!(first.registers, again.registers);
    assert_eq!(again.registers[0].1.value, Value::Flag(false), "what stands now");
    assert_eq!((hub.done("s"), hub.done("t"), hub.done("u")), (1, 1, 0));
}

#[test]
fn a_hub_killed_after_storing_goes_on_where_it_was() {
    let mut before = hub(1);
    let saved = before.save();
    let accepted = before.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    let record = wire::decode_accepted(&wire::encode_accepted(&accepted)).expect("our own record");
    let mut after = Hub::restore(TEAM, saved, vec![record]);
    assert_eq!((after.done("s"), after.registers()), (1, before.registers()));
    assert!(after.plan(&Items::new()).is_some(), "it still has to be published");
    let later = after.accept("s", 2, tag_edit(1, false), NOW - 5).expect("accepted");
    assert!(later.registers[0].1.stamp > accepted.registers[0].1.stamp, "the clock went on");
}

#[test]
fn a_wiped_account_is_filled_again() {
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    b.adopt(&items, NOW);
    items = Items::new();
    assert_eq!(a.adopt(&items, NOW), []);
    b.adopt(&items, NOW);
    assert_eq!(b.registers().len(), 1, "nobody's deletion makes us forget");
    publish(&mut a, &mut items);
    let mut newcomer = hub(3);
    newcomer.adopt(&items, NOW);
    assert_eq!(newcomer.registers(), a.registers());
}

#[test]
fn a_version_stands_for_one_content() {
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    // It arrives, but the hub is killed before it hears so, and then the account is emptied.
    let plan = a.plan(&items).expect("something waits");
    items.extend(plan.set);
    b.adopt(&items, NOW);
    let mut a = revived(&a);
    items = Items::new();
    a.adopt(&items, NOW);
    a.accept("s", 2, tag_edit(1, false), NOW + 1).expect("accepted");
    publish(&mut a, &mut items);
    b.adopt(&items, NOW + 1);
    assert_eq!(b.registers(), a.registers());
}

#[test]
fn room_that_is_made_is_used_at_once() {
    let (mut a, mut items) = (hub(1), Items::new());
    items.insert("fill".into(), "x".repeat(shard::TOTAL_BYTES - 100));
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    assert_eq!(a.plan(&items), None);
    a.adopt(&items, NOW);
    let full = a.delay(0);
    a.adopt(&Items::new(), NOW);
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
    b.adopt(&items, NOW);
    assert_eq!(b.adopt(&old, NOW), [], "an older version is not adopted");
    a.adopt(&old, NOW);
    let mut items = old;
    publish(&mut a, &mut items);
    let mut newcomer = hub(3);
    newcomer.adopt(&items, NOW);
    assert_eq!(newcomer.registers(), a.registers());
}

#[test]
fn corrupt_and_later_items_are_counted_and_left_alone() {
    let (mut a, mut items) = (hub(1), Items::new());
    let theirs = shard::prefix(TEAM, DeviceId([9; 8]));
    let later = shard::prefix(TEAM, DeviceId([8; 8]));
    items.insert(format!("{theirs}0"), "1 nonsense".into());
    items.insert(format!("{later}0"), "9 unknown".into());
    items.insert("somebody else's".into(), "\"<&".into());
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    assert_eq!(a.adopt(&items, NOW), []);
    assert_eq!(a.sync().unreadable, 2);
    publish(&mut a, &mut items);
    assert_eq!(items.get(&format!("{theirs}0")).map(String::as_str), Some("1 nonsense"));
}

#[test]
fn a_full_transport_keeps_everything_here() {
    let (mut a, mut items) = (hub(1), Items::new());
    items.insert("fill".into(), "x".repeat(shard::TOTAL_BYTES - 100));
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    assert_eq!(a.plan(&items), None);
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
        let new = edits::new_tag(&empty, TagId([n; 8]), "t", Colour::Blue).expect("room");
        hub.accept("s", u32::from(n) + 1, new, NOW).expect("accepted");
    }
    let late = edits::new_tag(&empty, TagId([99; 8]), "t", Colour::Blue).expect("room");
    assert_eq!(hub.accept("t", 1, late, NOW), Err(Refusal::TooManyTags));
    hub.accept("s", 21, edits::delete_tag(TagId([3; 8])), NOW).expect("deleting is fine");
    hub.accept("s", 22, edits::rename_tag(&Team::of(&hub.document), TagId([4; 8]), "u"), NOW)
        .expect("so is renaming");
}

#[test]
fn what_is_ahead_of_our_clock_is_merged_when_its_time_comes() {
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    a.accept("s", 1, tag_edit(1, true), NOW + 60).expect("a clock that is an hour ahead");
    publish(&mut a, &mut items);
    assert_eq!(b.adopt(&items, NOW), []);
    let mut b = revived(&b);
    assert_eq!(b.adopt(&items, NOW + 55).len(), 1);
}

#[test]
fn writes_slow_down_before_the_browser_would_stop_them() {
    let (mut a, mut items) = (hub(1), Items::new());
    let mut waited = 0;
    for n in 1..=100 {
        a.accept("s", n, tag_edit(1, n % 2 == 0), NOW).expect("accepted");
        waited += a.delay(waited).expect("something waits");
        let plan = a.plan(&items).expect("something waits");
        items.extend(plan.set.clone());
        a.published(plan, waited);
    }
    assert!(waited > 40 * 60_000, "{waited} ms for a hundred writes");
    assert_eq!(a.delay(waited), None);
}

/// What can happen to one of three devices.
#[derive(Clone, Debug)]
enum Step {
    Edit { device: usize, tag: u8, on: bool, skew: u32 },
    Publish { device: usize, only: prop::sample::Index, whole: bool },
    Adopt { device: usize },
    Kill { device: usize },
    Wipe,
}

fn step() -> impl Strategy<Value = Step> {
    let device = || 0..3usize;
    prop_oneof![
        4 => (device(), 0..4u8, any::<bool>(), 0..5u32)
            .prop_map(|(device, tag, on, skew)| Step::Edit { device, tag, on, skew }),
        3 => (device(), any::<prop::sample::Index>(), any::<bool>())
            .prop_map(|(device, only, whole)| Step::Publish { device, only, whole }),
        3 => device().prop_map(|device| Step::Adopt { device }),
        1 => device().prop_map(|device| Step::Kill { device }),
        1 => Just(Step::Wipe),
    ]
}

proptest! {
    #[test]
    fn nothing_accepted_is_lost_and_all_converge(steps in prop::collection::vec(step(), 0..60)) {
        let mut hubs = [hub(1), hub(2), hub(3)];
        let mut items = Items::new();
        let mut oracle = Document::default();
        for (n, step) in (1..).zip(steps) {
            match step {
                Step::Edit { device, tag, on, skew } => {
                    let accepted = hubs[device].accept("s", n, tag_edit(tag, on), NOW + skew).expect("room");
                    for (key, register) in accepted.registers {
                        oracle.restore(key, register);
                    }
                }
                Step::Publish { device, whole: true, .. } => publish(&mut hubs[device], &mut items),
                // A write of which a reader sees one item only, before the hub was told that it went through.
                Step::Publish { device, only, .. } => if let Some(plan) = hubs[device].plan(&items) {
                    let set: Vec<_> = plan.set.into_iter().collect();
                    items.extend((!set.is_empty()).then(|| only.get(&set).clone()));
                },
                Step::Adopt { device } => { hubs[device].adopt(&items, NOW); }
                Step::Kill { device } => hubs[device] = revived(&hubs[device]),
                Step::Wipe => items = Items::new(),
            }
            prop_assert!(shard::bytes_of(&items) <= shard::TOTAL_BYTES);
        }
        for _ in 0..3 {
            for hub in &mut hubs {
                hub.adopt(&items, NOW);
                publish(hub, &mut items);
            }
        }
        let expected: Vec<_> = oracle.iter().map(|(key, register)| (*key, register.clone())).collect();
        for hub in &hubs {
            prop_assert_eq!(&hub.registers(), &expected);
        }
    }
}

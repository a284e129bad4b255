//! Chats that a device leaves out of its table, and whose index others still know.

use super::*;

#[test]
fn a_chat_that_a_silent_colleague_left_out_is_introduced_again_for_new_devices() {
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    a.accept("s", 2, vec![(Key::TagName(TagId([1; 8])), Value::Text("Order".into()))], NOW)
        .expect("accepted");
    sync(&mut a, &mut items, NOW);
    sync(&mut b, &mut items, NOW);
    a.accept("s", 3, tag_edit(1, false), NOW + MINUTE).expect("accepted");
    for day in 0..6 {
        sync(&mut a, &mut items, NOW + MINUTE + day * DAY);
        sync(&mut b, &mut items, NOW + MINUTE + day * DAY);
    }
    assert!(a.registers().iter().all(|(key, _)| key.chat().is_none()), "no register mentions it");
    assert_eq!(b.saved.colleagues.get(&a.device()).map(|known| known.head.table.clone()), Some(vec![CHAT]));
    // From here on the first device is silent.
    b.accept("s", 1, tag_edit(1, true), NOW + 7 * DAY).expect("accepted");
    sync(&mut b, &mut items, NOW + 7 * DAY);
    let mut newcomer = hub(3);
    adopt(&mut newcomer, &items, NOW + 7 * DAY);
    assert_eq!(newcomer.saved.transport.observed.unreadable, []);
    assert_eq!(newcomer.registers(), b.registers());
    // The devices that still know the index can read it too.
    for hub in [&mut a, &mut b] {
        sync(hub, &mut items, NOW + 7 * DAY + MINUTE);
        assert_eq!(hub.saved.transport.observed.unreadable, []);
        assert_eq!(hub.registers(), newcomer.registers());
    }
}

#[test]
fn stored_shards_are_opened_to_what_they_were_when_they_were_adopted() {
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    let other = ChatKey([8; 5]);
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    a.accept("s", 2, chat::set_tag(other, TagId([1; 8]), true), NOW).expect("accepted");
    sync(&mut a, &mut items, NOW);
    sync(&mut b, &mut items, NOW);
    a.accept("s", 3, tag_edit(1, false), NOW + MINUTE).expect("accepted");
    b.accept("s", 1, chat::set_tag(other, TagId([2; 8]), true), NOW + MINUTE).expect("accepted");
    for day in 0..6 {
        sync(&mut a, &mut items, NOW + MINUTE + day * DAY);
        sync(&mut b, &mut items, NOW + MINUTE + day * DAY);
    }
    let known = b.saved.colleagues.get(&a.device()).and_then(|known| known.contents.clone());
    assert_eq!(known.map(|contents| contents.left_out), Some(vec![CHAT]));
    for hub in [&a, &b] {
        let mut again = revived(hub);
        assert!(again.saved.colleagues.values().all(|known| known.contents.is_none()));
        again.open();
        assert_eq!(again.saved.colleagues, hub.saved.colleagues);
        assert_eq!(again.saved.transport.contents, hub.saved.transport.contents);
    }
}

#[test]
fn a_hub_that_wakes_opens_no_shards_unless_there_is_something_new() {
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    sync(&mut a, &mut items, NOW);
    b.accept("s", 1, tag_edit(2, true), NOW).expect("accepted");
    sync(&mut b, &mut items, NOW);
    let b = revived(&b);
    let mut beside = items.clone();
    beside.insert("somebody else's".into(), "1".into());
    assert!(!b.needs_contents(&items) && !b.needs_contents(&beside) && !b.needs_contents(&Items::new()));
    a.accept("s", 2, tag_edit(3, true), NOW + MINUTE).expect("accepted");
    sync(&mut a, &mut items, NOW + MINUTE);
    assert!(b.needs_contents(&items));
}

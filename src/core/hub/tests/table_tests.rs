//! Chats that a device leaves out of its table, and that others still know by their place in it.

use super::*;

#[test]
fn a_chat_that_a_silent_colleague_left_out_is_spelt_out_again_for_who_is_new() {
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
    assert!(a.registers().iter().all(|(key, _)| key.chat().is_none()), "nobody speaks of it");
    assert_eq!(b.saved.colleagues.get(&a.device()).map(|known| known.head.table.clone()), Some(vec![CHAT]));
    // From here on the first device is silent.
    b.accept("s", 1, tag_edit(1, true), NOW + 7 * DAY).expect("accepted");
    sync(&mut b, &mut items, NOW + 7 * DAY);
    let mut newcomer = hub(3);
    adopt(&mut newcomer, &items, NOW + 7 * DAY);
    assert_eq!(newcomer.saved.transport.observed.unreadable, []);
    assert_eq!(newcomer.registers(), b.registers());
    // Who knows the place as well reads it all the same, and so does the first device.
    for hub in [&mut a, &mut b] {
        sync(hub, &mut items, NOW + 7 * DAY + MINUTE);
        assert_eq!(hub.saved.transport.observed.unreadable, []);
        assert_eq!(hub.registers(), newcomer.registers());
    }
}

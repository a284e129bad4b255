//! Devices whose disk was brought back from a backup, and that notice.

use super::*;

#[test]
fn a_disk_from_a_backup_catches_up_with_what_it_had_published() {
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    let about = |chat: u8| chat::set_tag(ChatKey([chat; 5]), TagId([1; 8]), true);
    a.accept("s", 1, about(1), NOW).expect("accepted");
    publish(&mut a, &mut items);
    let backup = revived(&a);
    // Both continue, and each refers to the other's table.
    adopt(&mut b, &items, NOW);
    b.accept("s", 1, [about(1), about(2)].concat(), NOW + MINUTE).expect("accepted");
    publish(&mut b, &mut items);
    adopt(&mut a, &items, NOW + MINUTE);
    a.accept(
        "s",
        2,
        [chat::set_tag(ChatKey([2; 5]), TagId([2; 8]), true), about(3)].concat(),
        NOW + 2 * MINUTE,
    )
    .expect("accepted");
    publish(&mut a, &mut items);
    adopt(&mut b, &items, NOW + 2 * MINUTE);
    let before = items.clone();
    let mut a = backup;
    adopt(&mut a, &items, NOW + 3 * MINUTE);
    assert_eq!(a.registers(), b.registers());
    publish(&mut a, &mut items);
    assert_eq!(items, before, "there is nothing to write");
}

#[test]
fn a_disk_from_a_backup_whose_shard_is_damaged_goes_on_under_another_name() {
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    let backup = revived(&a);
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    adopt(&mut b, &items, NOW);
    a.accept("s", 2, tag_edit(2, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    items.entry(format!("{}0", shard::prefix(TEAM, a.device()))).push('x');
    let mut a = backup;
    a.accept("t", 1, tag_edit(3, true), NOW).expect("accepted");
    for hour in 0..72 {
        for hub in [&mut a, &mut b] {
            sync(hub, &mut items, NOW + hour * 60 * MINUTE);
        }
    }
    assert_eq!(a.device(), DeviceId([11; 8]));
    assert_eq!(a.registers(), b.registers());
    assert_eq!(a.registers().len(), 2, "the colleague's copy, and the edit made since");
}

#[test]
fn a_disk_from_a_backup_waits_for_what_a_colleague_has() {
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    let backup = revived(&a);
    a.accept("s", 2, tag_edit(2, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    adopt(&mut b, &items, NOW);
    b.accept("s", 1, tag_edit(3, true), NOW).expect("accepted");
    publish(&mut b, &mut items);
    // The second version is neither in the account nor in the backup.
    let (mut a, mut items) = (backup, of(&b, &items));
    a.accept("t", 1, tag_edit(4, true), NOW + MINUTE).expect("accepted");
    sync(&mut a, &mut items, NOW + MINUTE);
    assert_eq!(of(&a, &items), Items::new(), "colleagues would take a version with less for the last one");
    let mut a = revived(&a);
    adopt(&mut b, &items, NOW + MINUTE);
    sync(&mut b, &mut items, NOW + 30 * MINUTE);
    sync(&mut a, &mut items, NOW + 31 * MINUTE);
    assert_eq!(a.registers().len(), 4);
    adopt(&mut b, &items, NOW + 31 * MINUTE);
    assert_eq!(b.registers(), a.registers());
}

#[test]
fn a_sequence_number_used_again_after_a_backup_hides_nothing() {
    let (mut a, mut items) = (hub(1), Items::new());
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    let (mut again, mut elsewhere) = (revived(&a), items.clone());
    a.accept("s", 2, tag_edit(2, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    again.accept("t", 1, tag_edit(3, true), NOW + MINUTE).expect("accepted");
    publish_at(&mut again, &mut elsewhere, NOW + MINUTE);
    sync(&mut again, &mut items, NOW + 2 * MINUTE);
    let mut newcomer = hub(2);
    adopt(&mut newcomer, &items, NOW + 2 * MINUTE);
    assert_eq!((again.registers().len(), newcomer.registers().len()), (3, 3));
}

#[test]
fn a_version_of_ours_that_waits_for_a_colleagues_table_is_not_replaced() {
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    let backup = revived(&a);
    b.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    publish(&mut b, &mut items);
    adopt(&mut a, &items, NOW);
    a.accept("s", 1, tag_edit(2, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    let (mut again, mut partial) = (backup, of(&a, &items));
    again.accept("t", 1, tag_edit(3, true), NOW + MINUTE).expect("accepted");
    for minute in [1, 120] {
        sync(&mut again, &mut partial, NOW + minute * MINUTE);
        assert_eq!(partial, of(&a, &items));
    }
    sync(&mut again, &mut items, NOW + 121 * MINUTE);
    assert_eq!(again.registers().len(), 3);
}

#[test]
fn a_hub_waits_longer_for_a_table_than_the_tables_device_waits_itself() {
    const HOUR: u64 = 60 * MINUTE;
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    let before = revived(&a);
    b.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    publish(&mut b, &mut items);
    let backup = revived(&b);
    b.accept("s", 2, tag_edit(2, true), NOW).expect("accepted");
    publish(&mut b, &mut items);
    adopt(&mut a, &items, NOW);
    a.accept("s", 1, tag_edit(3, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    // Both disks come from backups, and a part of the second device's shard is lost. The first needs it to read its own
    // shard, and the second waits until it gives up.
    items.remove(&format!("{}1", shard::prefix(TEAM, b.device())));
    let (mut a, mut b) = (before, backup);
    for hour in 0..48 {
        sync(&mut a, &mut items, NOW + hour * HOUR);
        if hour >= 10 {
            sync(&mut b, &mut items, NOW + hour * HOUR);
        }
    }
    assert_eq!(a.registers(), b.registers());
    assert_eq!(a.registers().len(), 2, "all but the lost register");
}

//! Records and shards of a later version of Baton are left alone.

use super::*;

/// A device's manifest of a later version of Baton.
fn later(hub: &Hub) -> (String, String) {
    (format!("{}0", shard::prefix(TEAM, hub.device())), shard::with_checksum("99 2 what it may be"))
}

#[test]
fn a_shard_of_ours_by_a_later_baton_is_not_replaced() {
    let (mut a, mut items) = (hub(1), Items::new());
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    let readable = items.clone();
    // Baton was updated, published, and was downgraded again.
    items.extend([later(&a)]);
    let before = items.clone();
    a.accept("s", 2, tag_edit(2, true), NOW + MINUTE).expect("edits are stored all the same");
    for minute in [1, 60, 3 * 24 * 60] {
        sync(&mut a, &mut items, NOW + minute * MINUTE);
        assert_eq!(items, before);
    }
    assert_eq!(a.sync().problem, Some(Problem::Newer));
    assert_eq!(a.delay(NOW + 4 * DAY), None, "there is nothing to do until the transport changes");
    let mut a = revived(&a);
    sync(&mut a, &mut items, NOW + 4 * DAY);
    assert_eq!((items, a.sync().problem), (before, Some(Problem::Newer)));
    // Once the shard is readable again, the edits made meanwhile are published.
    let mut items = readable;
    sync(&mut a, &mut items, NOW + 5 * DAY);
    let mut newcomer = hub(2);
    adopt(&mut newcomer, &items, NOW + 5 * DAY);
    assert_eq!((newcomer.registers().len(), a.sync().problem), (2, None));
}

#[test]
fn a_damaged_format_number_is_not_taken_for_a_later_baton() {
    let (mut a, mut items) = (hub(1), Items::new());
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    let manifest = format!("{}0", shard::prefix(TEAM, a.device()));
    let damaged = items.get(&manifest).map(|text| text.replacen('2', "6", 1)).expect("published");
    items.insert(manifest, damaged);
    sync(&mut a, &mut items, NOW + MINUTE);
    let mut newcomer = hub(2);
    adopt(&mut newcomer, &items, NOW + MINUTE);
    assert_eq!((newcomer.registers().len(), a.sync().problem), (1, None));
}

#[test]
fn a_damaged_format_number_is_not_taken_for_a_later_baton_when_parts_are_missing() {
    let (mut a, mut items) = (hub(1), Items::new());
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    let manifest = format!("{}0", shard::prefix(TEAM, a.device()));
    let damaged = items.get(&manifest).map(|text| text.replacen('2', "6", 1)).expect("published");
    items.retain(|name, _| *name == manifest);
    items.insert(manifest, damaged);
    for minute in 1..3 {
        sync(&mut a, &mut items, NOW + minute * MINUTE);
    }
    let mut newcomer = hub(2);
    adopt(&mut newcomer, &items, NOW + 3 * MINUTE);
    assert_eq!((newcomer.registers().len(), a.sync().problem), (1, None));
}

#[test]
fn a_colleagues_shard_by_a_later_baton_is_not_taken_for_lost() {
    let (mut a, mut b, mut items) = (hub(1), hub(2), Items::new());
    a.accept("s", 1, tag_edit(1, true), NOW).expect("accepted");
    publish(&mut a, &mut items);
    adopt(&mut b, &items, NOW);
    items.extend([later(&a)]);
    let before = items.clone();
    for minute in [1, 30, 60, 3 * 24 * 60] {
        sync(&mut b, &mut items, NOW + minute * MINUTE);
        assert_eq!(items, before);
    }
    assert_eq!(
        (b.sync().unreadable, b.registers().len()),
        (1, 1),
        "it is counted, and the known register stays"
    );
}

/// A disk whose record never changes.
struct Frozen(Vec<u8>);

impl writer::Disk for Frozen {
    async fn load(&self) -> Result<(Option<Saved>, Vec<Accepted>), writer::NotLoaded> {
        Ok((Some(wire::decode_saved(&self.0)?), Vec::new()))
    }

    async fn append(&self, _: u32, _: &Accepted) -> Result<(), writer::DiskFailed> {
        Err(writer::DiskFailed)
    }

    async fn replace(&self, _: &Saved) -> Result<(), writer::DiskFailed> {
        Err(writer::DiskFailed)
    }
}

impl writer::Transport for () {
    async fn list(&self) -> Result<Listing, writer::Unavailable> {
        Err(writer::Unavailable)
    }

    async fn publish(&self, _: &Items) -> Result<(), writer::Unavailable> {
        Err(writer::Unavailable)
    }

    async fn withdraw(&self, _: &[String]) -> Result<(), writer::Unavailable> {
        Err(writer::Unavailable)
    }
}

#[test]
fn a_disk_of_a_later_baton_is_told_from_a_broken_one() {
    let load = |record: Vec<u8>| {
        let (me, member) = (DeviceId([1; 8]), MemberId([1; 8]));
        let loading = core::pin::pin!(writer::Writer::load(TEAM, Frozen(record), (), me, member));
        let mut context = core::task::Context::from_waker(core::task::Waker::noop());
        match loading.poll(&mut context) {
            core::task::Poll::Ready(loaded) => loaded.map(|writer| writer.hub().registers().len()),
            core::task::Poll::Pending => unreachable!("nothing is waited for"),
        }
    };
    let record = wire::encode_saved(hub(1).saved());
    assert_eq!(load(record.clone()), Ok(0));
    assert_eq!(load([&[200], &record[1..]].concat()), Err(writer::NotLoaded::Newer));
    assert_eq!(load(vec![]), Err(writer::NotLoaded::Disk));
}

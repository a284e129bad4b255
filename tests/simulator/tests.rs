//! The schedules that the test suite runs, and a proof that the oracle detects losses.

use super::*;

#[test]
fn schedules() {
    let all = run_all(0..2_000, run);
    let failures = all.failures.iter().take(10).cloned().collect::<Vec<_>>().join("\n");
    assert!(all.failures.is_empty(), "{} of {}:\n{failures}", all.failures.len(), all.schedules);
    assert!(all.ops > 20_000 && all.kills > 500 && all.wipes > 200 && all.packets > 500, "{all:?}");
}

#[test]
fn a_schedule_is_the_same_every_time() {
    assert_eq!(run(7), run(7));
}

#[test]
fn whoever_does_not_republish_loses() {
    let all = run_all(0..60, run_without_republishing);
    assert!(all.lost > 0 && all.wrong > 0, "{all:?}");
}

#[test]
fn whoever_shares_items_loses() {
    for layout in [Layout::Blob, Layout::ItemPerChat] {
        let all = run_all(0..200, |seed| run_naive(seed, layout));
        assert!(all.wrong * 20 > all.registers, "{layout:?}: {all:?}");
    }
}

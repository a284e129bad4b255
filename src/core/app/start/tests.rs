//! Tests of the starter packs.

use super::{Msg as In, Trade, packs};
use crate::app::tests::*;
use crate::template;

#[test]
fn a_pack_is_added_and_undone_as_a_whole() {
    let mut test = TestPage::new();
    let count = |test: &TestPage| (test.page.ctx.team().tags().len(), test.page.ctx.team().replies().len());
    let before = count(&test);
    for round in 0..2 {
        test.send(Msg::Start(In::Add { trade: Trade::Shop, chinese: false }));
        assert_eq!(count(&test), (before.0 + 5, before.1 + 8), "round {round}");
        test.send(Msg::Context(app::context::Msg::Undo));
        assert_eq!(count(&test), before, "round {round}");
    }
}

#[test]
fn the_replies_of_a_pack_keep_their_order_and_are_found_by_their_shortcuts() {
    let mut test = TestPage::new();
    test.send(Msg::Start(In::Add { trade: Trade::Clinic, chinese: true }));
    let replies = test.page.ctx.team().replies();
    let titles: Vec<&str> = replies.iter().map(|reply| reply.title.as_str()).collect();
    assert_eq!(titles[1..4], ["打招呼", "提供时间", "预约成功"]);
}

#[test]
fn every_pack_is_well_formed() {
    for (trade, _) in Trade::ALL {
        for chinese in [false, true] {
            let pack = packs::pack(trade, chinese);
            let mut shortcuts: Vec<&str> = pack.replies.iter().map(|[_, shortcut, _]| *shortcut).collect();
            shortcuts.sort_unstable();
            shortcuts.dedup();
            assert_eq!(shortcuts.len(), 8, "{trade:?} {chinese}");
            for [title, _, body] in &pack.replies {
                let template = template::parse(body, &|_| None);
                assert!(template.problems.is_empty(), "{title}: {:?}", template.problems);
            }
        }
    }
}

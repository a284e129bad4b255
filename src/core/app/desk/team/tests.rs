//! Tests of the members.

use super::Msg as Of;
use crate::app::desk::tests::{Lead, NOW};
use crate::app::desk::view::{Body, view};
use crate::app::desk::{Msg, Section};
use crate::id::MemberId;
use crate::team::chat::ChatKey;
use crate::team::tag::Colour;
use crate::team::{Team, holder, member};

const BEN: MemberId = MemberId([2; 8]);
const CLEO: MemberId = MemberId([3; 8]);

#[test]
fn all_chats_of_a_member_are_moved_and_moved_back() {
    let mut lead = Lead::new(Section::Me);
    let mut edits = Vec::new();
    for (id, name) in [(BEN, "Ben"), (CLEO, "Cleo")] {
        edits.extend(member::change(&Team::default(), id, name, "", Colour::Blue));
    }
    edits.extend((1..=3).flat_map(|n| holder::give(ChatKey([n; 5]), BEN, "")));
    lead.colleague(&edits);
    let holds = |lead: &Lead| -> Vec<(String, usize, bool)> {
        let Body::Me(_, members) = view(&lead.desk).body else { panic!("another section") };
        let others = members.into_iter().filter(|it| !it.is_me);
        others.map(|it| (it.chip.name, it.holds, it.oldest.is_some_and(|at| at <= NOW))).collect()
    };
    assert_eq!(holds(&lead), [("Ben".into(), 3, true), ("Cleo".into(), 0, false)]);
    lead.send(Msg::Team(Of::MoveAll { from: BEN, to: CLEO }));
    assert_eq!((lead.ops(), lead.toast()), (1, Some("team_toast_moved")));
    assert_eq!(holds(&lead), [("Ben".into(), 0, false), ("Cleo".into(), 3, true)]);
    lead.send(Msg::Context(crate::app::context::Msg::Undo));
    assert_eq!(holds(&lead)[0].1, 3);
}

//! Tests of entering the name where it is needed.

use super::Msg as In;
use crate::app::tests::*;
use crate::id::MemberId;

fn nameless() -> TestPage {
    let mut test = TestPage::new();
    test.page.ctx.me = Some(MemberId([77; 8]));
    test
}

#[test]
fn a_claim_goes_on_once_there_is_a_name() {
    let mut test = nameless();
    let effects = test.send(Msg::Holder(app::holder::Msg::Claim)).to_vec();
    assert_eq!(effects, [Effect::Focus(Spot::Name)]);
    assert_eq!(test.holder(), HolderLine::Free);
    test.send(Msg::Person(In::Type("Noor".into())));
    test.send(Msg::Person(In::Save));
    assert!(matches!(test.holder(), HolderLine::Mine { .. }));
    assert_eq!(test.page.ctx.myself().map(|me| me.name), Some("Noor".into()));
    assert!(test.page.sidebar().notice.is_none());
}

#[test]
fn a_chat_that_somebody_claimed_meanwhile_is_not_taken() {
    let mut test = nameless();
    test.send(Msg::Holder(app::holder::Msg::Claim));
    test.send(Msg::Person(In::Type("Noor".into())));
    test.ben_has_it();
    test.send(Msg::Person(In::Save));
    assert!(matches!(test.holder(), HolderLine::Theirs { .. }));
}

#[test]
fn a_newcomer_gets_the_colour_that_fewest_have() {
    let mut test = nameless();
    test.send(Msg::Person(In::Type("Noor".into())));
    test.send(Msg::Person(In::Save));
    let mine = test.page.ctx.myself().expect("named").colour;
    let others = test.page.ctx.team().members().into_iter().filter(|it| it.name != "Noor");
    assert!(others.into_iter().all(|it| it.colour != mine));
}

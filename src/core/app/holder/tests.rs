//! Tests of claiming, releasing and handing over.

use crate::app::tests::*;

#[test]
fn claiming_handing_over_and_releasing() {
    let mut test = TestPage::new();
    assert_eq!(test.holder(), HolderLine::Free);
    test.send(Msg::Key(Action::ClaimOrRelease));
    assert!(matches!(test.holder(), HolderLine::Mine { since: NOW, .. }));
    test.send(Msg::Key(Action::HandOver));
    test.send(Msg::Holder(app::holder::Msg::TypeReason(" on leave ".into())));
    test.send(Msg::Holder(app::holder::Msg::HandOver(BEN)));
    assert!(
        matches!(test.holder(), HolderLine::Theirs { chip, reason, .. } if chip.text == "BO" && reason == "on leave")
    );
    test.send(Msg::Context(app::context::Msg::Undo));
    assert!(matches!(test.holder(), HolderLine::Mine { .. }));
    test.send(Msg::Key(Action::ClaimOrRelease));
    assert_eq!(test.holder(), HolderLine::Free);
}

#[test]
fn nobody_without_a_name_claims_a_chat() {
    let mut test = TestPage::new();
    test.page.ctx.me = Some(MemberId([77; 8]));
    let effects = test.send(Msg::Holder(app::holder::Msg::Claim)).to_vec();
    assert!(effects.contains(&Effect::Send(ToHub::OpenDesk)));
    assert_eq!(test.holder(), HolderLine::Free);
}

#[test]
fn a_colleagues_chat_asks_before_the_first_key() {
    let mut test = TestPage::new();
    assert!(!test.page.guarded());
    test.ben_has_it();
    assert!(test.page.guarded());
    let banner = test.page.banner().expect("Ben has it");
    assert_eq!((banner.chip.name.as_str(), banner.asking), ("Ben Okafor", false));
    assert_eq!(test.send(Msg::Holder(app::holder::Msg::Guarded)), [Effect::Focus(Spot::Question)]);
    assert!(test.page.banner().is_some_and(|banner| banner.asking));
    assert_eq!(test.send(Msg::Holder(app::holder::Msg::HelpHere)), [Effect::RestoreFocus]);
    assert!(!test.page.guarded());
    assert!(test.page.banner().is_some_and(|banner| banner.helping), "it still says whose chat it is");
}

#[test]
fn the_question_is_asked_again_in_another_chat_and_for_another_holder() {
    let mut test = TestPage::new();
    test.ben_has_it();
    test.send(Msg::Holder(app::holder::Msg::HelpHere));
    test.send(Msg::Read(reading(Some("Omar"))));
    test.send(Msg::Read(reading(Some("Mei Lin"))));
    assert!(test.page.guarded(), "after another chat");
    test.send(Msg::Holder(app::holder::Msg::HelpHere));
    let chat = test.open_chat();
    test.colleague(&holder::give(chat, MemberId([5; 8]), ""));
    assert!(test.page.guarded(), "somebody else has it now");
}

#[test]
fn a_reply_waits_for_the_answer_in_a_colleagues_chat() {
    let mut test = TestPage::new();
    test.ben_has_it();
    let effects = test.type_and_insert("greet").to_vec();
    assert_eq!(inserted(&effects), None);
    assert!(test.page.is_asking());
    let effects = test.send(Msg::Holder(app::holder::Msg::Claim)).to_vec();
    assert_eq!(inserted(&effects), Some("Hello Mei Lin, Ana here."));
    assert!(matches!(test.holder(), HolderLine::Mine { .. }));
}

#[test]
fn declining_the_question_leaves_everything_as_it_was() {
    let mut test = TestPage::new();
    test.ben_has_it();
    test.type_and_insert("greet");
    assert_eq!(test.send(Msg::Back), [Effect::RestoreFocus]);
    assert!(test.page.guarded() && !test.page.is_asking());
}

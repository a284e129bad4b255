//! Tests of claiming, releasing and handing over.

use crate::app::tests::*;
use crate::id::DeviceId;
use crate::replica::{Edit, Key, Value};

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
fn a_colleagues_chat_asks_before_the_first_key() {
    let mut test = TestPage::new();
    assert!(!test.page.guarded());
    test.ben_has_it();
    assert!(test.page.guarded());
    let banner = test.page.banner().expect("Ben has it");
    assert_eq!((banner.chip.name.as_str(), banner.asking), ("Ben Okafor", false));
    assert_eq!(test.send(Msg::Holder(app::holder::Msg::Wrote)), [], "the focus stays in the draft");
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
fn writing_asks_once_and_sending_asks_each_time() {
    let mut test = TestPage::new();
    test.ben_has_it();
    test.send(Msg::Holder(app::holder::Msg::Wrote));
    test.send(Msg::Back);
    test.send(Msg::Holder(app::holder::Msg::Wrote));
    assert!(!test.page.is_asking(), "the person writes on");
    test.send(Msg::Holder(app::holder::Msg::Stopped));
    assert!(test.page.is_asking());
}

#[test]
fn taking_over_is_undone_with_one_press() {
    let mut test = TestPage::new();
    test.ben_has_it();
    test.send(Msg::Holder(app::holder::Msg::Claim));
    assert_eq!(toast(&test), Some("holder_toast_taken"));
    test.send(Msg::Context(app::context::Msg::Undo));
    assert!(matches!(test.holder(), HolderLine::Theirs { reason, .. } if reason == "knows the order"));
}

#[test]
fn declining_the_question_leaves_everything_as_it_was() {
    let mut test = TestPage::new();
    test.ben_has_it();
    test.type_and_insert("greet");
    assert_eq!(test.send(Msg::Back), [Effect::RestoreFocus]);
    assert!(test.page.guarded() && !test.page.is_asking());
}

/// Edits by Ben's browser.
fn by_ben(test: &mut TestPage, edits: &[Edit]) {
    let device = DeviceId([8; 8]);
    test.colleague(&[(Key::DeviceMember(device), Value::Id(BEN.0))]);
    test.colleague(edits);
}

fn words(test: &TestPage) -> Option<(&'static str, Vec<String>)> {
    test.page.ctx.toast.as_ref().map(|toast| (toast.words.name, toast.words.with.clone()))
}

#[test]
fn a_chat_that_a_colleague_hands_over_is_told_with_open_and_undo() {
    let mut test = TestPage::new();
    let chat = test.open_chat();
    test.send(Msg::Read(reading(None)));
    by_ben(&mut test, &holder::give(chat, ME, "speaks Chinese"));
    assert_eq!(
        words(&test),
        Some((
            "holder_toast_given_why",
            ["Ben Okafor", "Mei Lin", "speaks Chinese"].map(String::from).into()
        ))
    );
    assert_eq!(test.page.sidebar().news, 1);
    assert!(test.page.toast().is_some_and(|toast| toast.open && toast.undo));
    test.send(Msg::OpenToast);
    assert_eq!(test.effects, [Effect::OpenChat("Mei Lin".into())]);
    test.send(Msg::Read(reading(Some("Mei Lin"))));
    assert_eq!(test.page.sidebar().news, 0);
}

#[test]
fn a_chat_that_a_colleague_takes_or_releases_is_told() {
    for (edits, name) in [
        (holder::give as fn(_, _, &str) -> _, "holder_toast_lost"),
        ((|chat, _, _: &str| holder::release(chat)) as fn(_, _, &str) -> _, "holder_toast_released_for_you"),
    ] {
        let mut test = TestPage::new();
        let chat = test.open_chat();
        test.send(Msg::Holder(app::holder::Msg::Claim));
        test.store();
        by_ben(&mut test, &edits(chat, BEN, ""));
        assert_eq!(words(&test).map(|(name, _)| name), Some(name));
        test.send(Msg::Context(app::context::Msg::Undo));
        assert!(matches!(test.holder(), HolderLine::Mine { .. }));
    }
}

#[test]
fn news_wait_for_the_toast_of_the_persons_own_action() {
    let mut test = TestPage::new();
    let chat = test.open_chat();
    test.send(Msg::Holder(app::holder::Msg::Claim));
    test.store();
    test.send(Msg::Holder(app::holder::Msg::HandOver(BEN)));
    test.store();
    by_ben(&mut test, &holder::give(chat, ME, ""));
    assert_eq!(toast(&test), Some("holder_toast_handed_over"));
    let number = test.page.ctx.toast.as_ref().map_or(0, |toast| toast.number);
    test.send(Msg::Context(app::context::Msg::ToastOver(number)));
    assert_eq!(toast(&test), Some("holder_toast_given"));
}

#[test]
fn what_happened_while_the_tab_was_closed_is_told_at_the_next_start() {
    let mut before = TestPage::new();
    let remembered = |test: &TestPage| {
        test.effects
            .iter()
            .find_map(|it| if let Effect::RememberHeld(line) = it { Some(line.clone()) } else { None })
    };
    before.send(Msg::Holder(app::holder::Msg::Claim));
    let line = remembered(&before).expect("it is stored");
    let mut test = TestPage::new_after(Some(&line));
    assert_eq!(toast(&test), Some("holder_toast_lost_many"), "nobody has the chat any more");
    assert!(test.page.toast().is_some_and(|toast| toast.undo), "and it can be undone");
    assert!(remembered(&test).is_some_and(|now| now != line));
    test.send(Msg::Context(app::context::Msg::Minute));
    assert_eq!(test.page.sidebar().news, 0);
}

#[test]
fn news_come_again_after_a_toast_of_the_persons_own_action() {
    let mut test = TestPage::new();
    let chat = test.open_chat();
    test.send(Msg::Holder(app::holder::Msg::Claim));
    test.store();
    by_ben(&mut test, &holder::give(chat, BEN, ""));
    assert_eq!(toast(&test), Some("holder_toast_lost"));
    test.send(Msg::Read(reading(None)));
    test.send(Msg::Key(Action::Palette));
    assert_eq!(toast(&test), Some("palette_toast_no_chat"));
    let number = test.page.ctx.toast.as_ref().map_or(0, |toast| toast.number);
    test.send(Msg::Context(app::context::Msg::ToastOver(number)));
    assert_eq!(toast(&test), Some("holder_toast_lost"));
}

#[test]
fn who_moved_a_chat_to_another_colleague_is_named() {
    let mut test = TestPage::new();
    let chat = test.open_chat();
    let cleo = MemberId([3; 8]);
    test.colleague(&crate::team::member::change(&team::Team::default(), cleo, "Cleo", "", Colour::Blue));
    test.send(Msg::Holder(app::holder::Msg::Claim));
    test.store();
    by_ben(&mut test, &holder::give(chat, cleo, ""));
    let told = ["Ben Okafor", "Mei Lin", "Cleo"].map(String::from).into();
    assert_eq!(words(&test), Some(("holder_toast_moved_from_you", told)));
}

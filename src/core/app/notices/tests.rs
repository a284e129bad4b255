//! Tests of the notices.

use crate::app::tests::*;
use crate::wire::Problem;

#[test]
fn trouble_is_told_with_what_is_safe() {
    let mut test = TestPage::new();
    for problem in [Problem::Full, Problem::Refused] {
        test.receive(ToAll::Sync(Sync { problem: Some(problem), ..Sync::default() }));
        let notice = test.page.sidebar().notice.expect("told");
        assert!(notice.action.is_some());
    }
    for (problem, words) in [(Problem::Newer, "notices_newer"), (Problem::DiskNewer, "notices_disk_newer")] {
        test.receive(ToAll::Sync(Sync { problem: Some(problem), ..Sync::default() }));
        assert_eq!(test.page.sidebar().notice.map(|notice| notice.words.name), Some(words));
    }
}

#[test]
fn a_page_that_is_cut_off_says_so_and_keeps_nobody_from_writing() {
    let mut test = TestPage::new();
    test.send(Msg::Context(app::context::Msg::Gone));
    let words = test.page.sidebar().notice.map(|notice| notice.words);
    assert_eq!(words, Some(crate::words::Words::plain("notices_gone")));
    test.send(Msg::Holder(app::holder::Msg::Claim));
    assert_eq!(test.sent(), [], "what can't be saved is not shown as if it were");
    assert!(!test.page.guarded());
}

#[test]
fn who_knew_the_former_keys_is_told_once_that_they_changed() {
    let mut test = TestPage::new();
    test.page.ctx.preferences.knows_keys = false;
    let notice = test.page.sidebar().notice.map(|notice| notice.words.name);
    assert_eq!(notice, Some("keys_changed"));
    let effects = test.send(Msg::Key(Action::Help)).to_vec();
    assert!(effects.contains(&Effect::Remember(crate::app::Preference::KnowsKeys, true)));
    assert_eq!(test.page.sidebar().notice, None);
}

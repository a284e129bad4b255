//! Tests of drafts with unfilled fields.

use crate::app::tests::*;

#[test]
fn what_is_not_filled_in_keeps_a_draft_from_being_sent() {
    let mut test = TestPage::new();
    let draft = |fields: &[&str]| {
        let unfilled = fields.iter().map(|field| (*field).to_owned()).collect();
        Msg::Read(Reading { unfilled, composer: Composer::Draft, ..reading(Some("Mei Lin")) })
    };
    test.send(draft(&["{order}"]));
    assert_eq!(test.page.unfilled().map(|it| (it.fields, it.asking)), Some((vec!["{order}".into()], false)));
    assert_eq!(test.send(Msg::Unfilled(app::unfilled::Msg::SendBlocked)), [], "the focus stays in the draft");
    assert_eq!(
        test.send(Msg::Unfilled(app::unfilled::Msg::FillIn)),
        [Effect::RestoreFocus, Effect::SelectUnfilled]
    );
    test.send(Msg::Unfilled(app::unfilled::Msg::SendBlocked));
    assert_eq!(test.send(Msg::Unfilled(app::unfilled::Msg::SendAsItIs)), [Effect::RestoreFocus]);
    assert!(test.page.unfilled().is_none());
    test.send(draft(&["{order}", "{date of birth}"]));
    assert!(test.page.unfilled().is_some(), "another gap is another question");
    test.send(Msg::Unfilled(app::unfilled::Msg::SendBlocked));
    assert_eq!(test.send(draft(&[])), [Effect::RestoreFocus], "what is filled in is not asked about");
}

#[test]
fn braces_that_are_text_do_not_keep_a_reply_from_being_sent() {
    let mut test = with_reply("Write {{name} and {order} and {clipboard}");
    test.type_and_insert("ask");
    test.send(Msg::Palette(In::Clipboard(Some("{x}".into()))));
    let effects = test.send(Msg::Palette(In::SubmitAnyway)).to_vec();
    assert_eq!(inserted(&effects), Some("Write {name} and {order} and {x}"));
    test.send(visited(1, &["{name}", "{order}", "{x}"]));
    assert_eq!(test.page.unfilled_fields(), ["{order}"]);
    test.send(visited(2, &["{name}"]));
    assert_eq!(test.page.unfilled_fields(), ["{name}"], "another draft is another matter");
}

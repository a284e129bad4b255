//! Tests of attaching a reply's files.

use crate::app::notices::view::NoticeAction;
use crate::app::tests::*;

/// A page with a reply `ask` that has one file attached.
fn with_file(body: &str) -> (TestPage, Vec<FileNote>) {
    let mut test = with_reply(body);
    let reply = ReplyId([30; 8]).to_string();
    let files = vec![FileNote { reply, at: 0, name: "a.pdf".into(), kind: String::new(), size: 9 }];
    test.receive(ToAll::Files(files.clone()));
    (test, files)
}

#[test]
fn a_replys_files_are_given_to_the_chat_they_were_chosen_for() {
    let (mut test, files) = with_file("Now.");
    test.type_and_insert("ask");
    let effects = test.send(Msg::Inserted(Ok(()))).to_vec();
    assert!(effects.contains(&Effect::Attach(files)), "{effects:?}");
    test.send(visited(1, &[]));
    assert_eq!(test.send(Msg::Attachments(app::attachments::Msg::Here)), [Effect::PassFiles]);
    assert_eq!(test.send(Msg::Attachments(app::attachments::Msg::Here)), [], "they are given once");
}

#[test]
fn a_replys_files_do_not_follow_into_another_chat() {
    let (mut test, _) = with_file("Now.");
    test.type_and_insert("ask");
    test.send(Msg::Inserted(Ok(())));
    assert!(test.page.is_fetching());
    test.send(visited(2, &[]));
    assert!(!test.page.is_fetching());
    assert_eq!(toast(&test), Some("attachments_toast_left"));
    assert_eq!(test.send(Msg::Attachments(app::attachments::Msg::Here)), []);

    // The files are not attached either if the chat changes while the text is being inserted.
    test.type_and_insert("ask");
    test.send(visited(3, &[]));
    let effects = test.send(Msg::Inserted(Ok(()))).to_vec();
    assert!(!effects.iter().any(|it| matches!(it, Effect::Attach(_))), "{effects:?}");
}

#[test]
fn a_replys_files_are_not_given_to_a_chat_that_a_colleague_took_meanwhile() {
    let (mut test, _) = with_file("Now.");
    test.type_and_insert("ask");
    test.send(Msg::Inserted(Ok(())));
    test.ben_has_it();
    let effects = test.send(Msg::Attachments(app::attachments::Msg::Here)).to_vec();
    assert!(!effects.contains(&Effect::PassFiles), "{effects:?}");
    assert_eq!(toast(&test), Some("attachments_toast_left"));
}

#[test]
fn a_replys_files_wait_until_it_is_filled_in() {
    let (mut test, files) = with_file("Order {order}.");
    test.type_and_insert("ask");
    test.send(Msg::Palette(In::SubmitAnyway));
    let effects = test.send(Msg::Inserted(Ok(()))).to_vec();
    assert!(!effects.iter().any(|it| matches!(it, Effect::Attach(_))), "{effects:?}");
    test.send(visited(1, &["{order}"]));
    let notice = test.page.sidebar().notice.expect("they wait");
    assert_eq!(notice.action.map(|it| it.1), Some(NoticeAction::Attach));
    assert_eq!(test.send(Msg::Attachments(app::attachments::Msg::AttachWaiting)), [Effect::SelectUnfilled]);
    test.send(visited(1, &[]));
    assert!(
        test.send(Msg::Attachments(app::attachments::Msg::AttachWaiting)).contains(&Effect::Attach(files))
    );
    assert!(test.page.sidebar().notice.is_none());
}

//! Tests of the filter.

use crate::app::filter::Filter;
use crate::app::tests::*;

#[test]
fn narrowing_lists_the_chats_by_name_and_counts_the_unseen() {
    let mut test = TestPage::new();
    test.send(Msg::Tags(app::tags::Msg::Toggle(ORDER)));
    test.colleague(&chat::set_tag(crate::team::chat::ChatKey([99; 5]), ORDER, true));
    test.send(Msg::Filter(app::filter::Msg::Show(Some(Filter::Tag(ORDER)))));
    let list = test.page.narrowed().expect("narrowed");
    assert_eq!(list.chats.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), ["Mei Lin"]);
    assert_eq!(list.unseen, 1);
    assert_eq!(
        test.send(Msg::Chats(app::chats::Msg::Open(list.chats[0].chat))),
        [Effect::OpenChat("Mei Lin".into())]
    );
    test.send(Msg::Filter(app::filter::Msg::Show(Some(Filter::Free))));
    assert_eq!(test.page.narrowed().map(|list| list.chats.len()), Some(3));
    test.send(Msg::Filter(app::filter::Msg::Show(Some(Filter::Free))));
    assert_eq!(test.page.narrowed(), None, "pressing it again shows all");
}

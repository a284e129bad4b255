//! Tests of the filter.

use crate::app::filter::Filter;
use crate::app::reading::{ChatFacts, Listed};
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

#[test]
fn narrowed_rows_have_facts_and_the_newest_comes_first() {
    let mut test = TestPage::new();
    let fact = |title: &str, at, unread| ChatFacts { id: ChatId::Title(title.into()), at, unread };
    test.send(Msg::Filter(app::filter::Msg::Show(Some(Filter::Free))));
    assert!(test.effects.contains(&Effect::ReadChats), "the facts are asked for");
    test.send(Msg::Chats(app::chats::Msg::Facts(vec![fact("Omar", 2_000, 3), fact("Mei Lin", 5_000, 0)])));
    let rows = test.page.narrowed().expect("a filter").chats;
    let told: Vec<_> = rows.iter().map(|row| (row.title.as_str(), row.at, row.unread)).collect();
    assert_eq!(told, [("Mei Lin", 5_000, 0), ("Omar", 2_000, 3), ("李雷", 0, 0)]);
    assert_eq!(rows[0].initials, "ML");
    // The row on screen knows the last message, and its count is the newer one.
    let mut read = reading(Some("Mei Lin"));
    read.rows[1].preview = "see you".into();
    read.rows[1].unread = 4;
    test.send(Msg::Read(read));
    let row = test.page.narrowed().expect("a filter").chats.remove(1);
    assert_eq!((row.preview.as_str(), row.unread), ("see you", 4));
}

#[test]
fn unread_chats_of_the_persons_own_are_counted() {
    let mut test = TestPage::new();
    test.send(Msg::Holder(app::holder::Msg::Claim));
    let facts =
        ["Mei Lin", "Omar"].map(|title| ChatFacts { id: ChatId::Title(title.into()), at: 1, unread: 2 });
    test.send(Msg::Chats(app::chats::Msg::Facts(facts.into())));
    assert_eq!(test.page.sidebar().unread, 1);
}

#[test]
fn the_search_wins_over_the_filter_which_waits() {
    let mut test = TestPage::new();
    test.send(Msg::Filter(app::filter::Msg::Show(Some(Filter::Mine))));
    test.send(Msg::Read(Reading { searching: true, ..reading(Some("Mei Lin")) }));
    assert!(test.page.narrowed().is_none() && test.page.sidebar().paused);
    test.send(Msg::Read(reading(Some("Mei Lin"))));
    assert!(test.page.narrowed().is_some() && !test.page.sidebar().paused);
}

#[test]
fn selected_rows_are_changed_at_once_and_undone_at_once() {
    use crate::app::filter::selection::Msg as Of;
    let mut test = TestPage::new();
    let select = |test: &mut TestPage, msg| {
        test.send(Msg::Filter(app::filter::Msg::Select(msg)));
    };
    test.send(Msg::Filter(app::filter::Msg::Show(Some(Filter::Free))));
    let listed: Vec<_> = test.page.narrowed().expect("a filter").chats.iter().map(|row| row.chat).collect();
    select(&mut test, Of::Toggle(listed[0]));
    select(&mut test, Of::To(listed[2]));
    assert_eq!(test.page.narrowed().and_then(|it| it.selection).map(|bar| bar.count), Some(3));
    select(&mut test, Of::Toggle(listed[1]));
    select(&mut test, Of::Tag(ORDER));
    let tagged = |test: &TestPage| test.page.ctx.team().tagged(ORDER).count();
    assert_eq!((tagged(&test), toast(&test)), (2, Some("filter_toast_tagged")));
    test.send(Msg::Context(app::context::Msg::Undo));
    assert_eq!(tagged(&test), 0);
    select(&mut test, Of::HandOver(BEN));
    assert_eq!(test.page.ctx.team().held_by(BEN).count(), 2);
    // They are not listed any more, so they are not selected either.
    select(&mut test, Of::Release);
    assert_eq!(test.page.ctx.team().held_by(BEN).count(), 2);
    test.send(Msg::Filter(app::filter::Msg::Show(None)));
    test.send(Msg::Filter(app::filter::Msg::Show(Some(Filter::Free))));
    assert_eq!(test.page.narrowed().and_then(|it| it.selection), None);
}

#[test]
fn the_last_message_of_a_chat_is_known_from_its_first_sight() {
    let mut test = TestPage::new();
    let mut read = reading(Some("Mei Lin"));
    read.rows[2].title = "New".into();
    read.rows[2].identity = Identity::Known(ChatId::Title("New".into()));
    read.rows[2].preview = "hello".into();
    test.send(Msg::Read(read));
    test.send(Msg::Filter(app::filter::Msg::Show(Some(Filter::Free))));
    let rows = test.page.narrowed().expect("a filter").chats;
    assert!(rows.iter().any(|row| row.title == "New" && row.preview == "hello"));
}

#[test]
fn the_end_of_a_filter_leads_back_to_the_open_chat() {
    let mut test = TestPage::new();
    let show = |filter| Msg::Filter(app::filter::Msg::Show(filter));
    test.send(show(Some(Filter::Mine)));
    assert_eq!(test.send(show(None)), [Effect::FocusComposer]);
    test.send(show(Some(Filter::Mine)));
    assert_eq!(test.send(show(Some(Filter::Free))).first(), Some(&Effect::Focus(Spot::Chats)));
    test.send(Msg::Read(reading(None)));
    assert_eq!(test.send(Msg::Back), [Effect::RestoreFocus], "there is no composer");
}

#[test]
fn long_lists_are_drawn_in_parts() {
    let mut test = TestPage::new();
    let chats = (0..250).map(|i| Listed {
        id: ChatId::Phone(format!("49{i:03}")),
        title: format!("Customer {i:03}"),
        number: None,
    });
    test.send(Msg::Chats(app::chats::Msg::Names(chats.collect())));
    test.send(Msg::Filter(app::filter::Msg::Show(Some(Filter::Free))));
    let drawn = |test: &TestPage| test.page.narrowed().map(|list| (list.chats.len(), list.more));
    assert_eq!(drawn(&test), Some((100, 153)));
    test.send(Msg::Filter(app::filter::Msg::More));
    assert_eq!(drawn(&test), Some((200, 53)));
    test.send(Msg::Filter(app::filter::Msg::More));
    assert_eq!(drawn(&test), Some((253, 0)));
    test.send(Msg::Filter(app::filter::Msg::Show(Some(Filter::Mine))));
    test.send(Msg::Filter(app::filter::Msg::Show(Some(Filter::Free))));
    assert_eq!(drawn(&test), Some((100, 153)), "another list begins anew");
}

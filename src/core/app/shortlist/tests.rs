//! Tests of the replies for the open chat.

use super::Msg as In;
use crate::app::reading::Open;
use crate::app::tests::*;
use crate::app::{Effect, Msg, palette};
use crate::id::{ReplyId, TagId};
use crate::team::chat;
use crate::team::reply::{self, Reply};

fn id(n: u8) -> ReplyId {
    ReplyId([n; 8])
}

/// A page with Ana's greeting and these further replies.
fn with(replies: Vec<Reply>) -> TestPage {
    let mut test = TestPage::new();
    let edits: Vec<_> = replies.iter().flat_map(|reply| reply::create(test.page.ctx.team(), reply)).collect();
    test.colleague(&edits);
    test
}

fn plain(n: u8, title: &str) -> Reply {
    Reply { title: title.into(), body: title.into(), ..Reply::new(id(n)) }
}

fn listed(test: &TestPage) -> Vec<u8> {
    let list = test.page.sidebar().shortlist.expect("a chat is open");
    list.rows.iter().map(|row| row.id.0[0]).collect()
}

fn press(test: &mut TestPage, n: u8) -> Vec<Effect> {
    test.send(Msg::Shortlist(In::Insert(id(n)))).to_vec()
}

#[test]
fn one_press_inserts_and_leaves_nothing_open() {
    let mut test = TestPage::new();
    let effects = press(&mut test, 20);
    assert_eq!(inserted(&effects), Some("Hello Mei Lin, Ana here."));
    assert!(test.page.surfaces.palette().is_none());
}

#[test]
fn a_reply_that_asks_opens_its_form_in_the_sidebar() {
    let mut test = with(vec![Reply { body: "Order {order number}".into(), ..plain(30, "Order") }]);
    let effects = press(&mut test, 30);
    assert_eq!(inserted(&effects), None);
    let form = test.page.sidebar().shortlist.and_then(|it| it.form).expect("it asks");
    assert!(form.missing && test.page.palette().is_none(), "and the palette stays closed");
    test.send(Msg::Back);
    assert!(test.page.surfaces.palette().is_none(), "one step back closes it");
    press(&mut test, 30);
    test.send(Msg::Palette(palette::Msg::Answer(palette::form::Answer::Text(
        "order number".into(),
        "77".into(),
    ))));
    let effects = test.send(Msg::Palette(palette::Msg::Submit)).to_vec();
    assert_eq!(inserted(&effects), Some("Order 77"));
}

#[test]
fn pins_come_first_then_the_chats_tags_then_the_most_used() {
    let mut test = with(vec![
        plain(30, "a"),
        plain(31, "b"),
        Reply { tags: vec![ORDER], ..plain(32, "c") },
        plain(33, "d"),
    ]);
    test.colleague(&reply::pin(id(31), true));
    test.page.ctx.uses.pin(id(30), true);
    test.page.ctx.uses.note(id(33), &[], 999);
    let chat = test.open_chat();
    test.colleague(&chat::set_tag(chat, ORDER, true));
    assert_eq!(listed(&test), [31, 30, 32, 33, 20]);
}

#[test]
fn the_order_stays_while_the_chat_is_open() {
    let mut test = with(vec![plain(30, "a"), plain(31, "b")]);
    let before = listed(&test);
    test.send(Msg::Shortlist(In::Pin(id(31))));
    press(&mut test, 30);
    test.send(Msg::Inserted(Ok(())));
    assert_eq!(listed(&test), before);
    let row = test.page.sidebar().shortlist.and_then(|it| it.rows.into_iter().find(|row| row.id == id(31)));
    assert!(row.is_some_and(|row| row.pinned), "the pin is shown at once");
    let mut other = reading(Some("Noor"));
    other.open = other.open.map(|open| Open { visit: 2, ..open });
    test.send(Msg::Read(other));
    assert_eq!(listed(&test)[0], 31, "and the next chat begins with it");
}

#[test]
fn a_query_lists_its_results_until_a_reply_is_inserted() {
    let mut test = with(vec![plain(30, "Returns policy")]);
    test.send(Msg::Shortlist(In::Query("retu".into())));
    assert_eq!(listed(&test), [30]);
    let effects = test.send(Msg::Shortlist(In::InsertFirst)).to_vec();
    assert_eq!(inserted(&effects), Some("Returns policy"));
    assert_eq!(listed(&test).len(), 2);
}

#[test]
fn the_customers_last_message_suggests_replies() {
    let mut test = with(vec![plain(30, "Returns policy"), plain(31, "Parcel on its way")]);
    let mut asked = reading(Some("Mei Lin"));
    asked.open = asked.open.map(|open| Open { last_in: Some("where is my parcel".into()), ..open });
    test.send(Msg::Read(asked));
    let suggested =
        |test: &TestPage| -> Vec<u8> { test.page.suggestions().iter().map(|it| it.id.0[0]).collect() };
    assert_eq!(suggested(&test), [31]);
    let effects = test.send(Msg::Shortlist(In::Suggest(false))).to_vec();
    assert!(matches!(effects[..], [Effect::Remember(..)]) && suggested(&test).is_empty());
}

#[test]
fn a_new_tag_from_a_chat_is_put_on_it() {
    let mut test = TestPage::new();
    let tag = TagId([40; 8]);
    use crate::app::tags::Msg as Tags;
    test.send(Msg::Tags(Tags::Add { on_chat: true }));
    test.send(Msg::Tags(Tags::TypeNew("VIP".into())));
    test.send(Msg::Tags(Tags::New(tag)));
    let chat = test.open_chat();
    assert!(test.page.ctx.team().tags_of(&chat).iter().any(|it| it.id == tag));
    assert!(test.page.surfaces.new_tag().is_none());
}

//! Tests of the tags on the page.

use crate::app::filter::Filter;
use crate::app::notices::view::Status;
use crate::app::tags::view::Level;
use crate::app::tests::*;

#[test]
fn a_tag_put_on_the_open_chat_shows_on_its_row_at_once() {
    let mut test = TestPage::new();
    test.send(Msg::Tags(app::tags::Msg::Toggle(ORDER)));
    let chips = test.page.row_chips();
    assert_eq!(chips.len(), 1);
    assert_eq!((chips[0].row, chips[0].tags[0].text.as_str()), (0, "Order"));
    assert_eq!(test.page.sidebar().status, Status::Saving);
    test.send(Msg::Tags(app::tags::Msg::Toggle(ORDER)));
    assert!(test.page.row_chips().is_empty());
}

#[test]
fn the_meter_warns_and_the_twenty_first_tag_is_refused() {
    let mut test = TestPage::new();
    for id in 30..46 {
        test.new_tag(TagId([id; 8]), &format!("tag {id}"));
    }
    assert_eq!(test.page.sidebar().meter.level, Level::Warning);
    for id in 46..48 {
        test.new_tag(TagId([id; 8]), &format!("tag {id}"));
    }
    assert_eq!(test.page.sidebar().meter.level, Level::Full);
    test.new_tag(TagId([99; 8]), "one more");
    assert_eq!(test.sent(), []);
    assert!(test.page.ctx.toast.as_ref().is_some_and(|toast| toast.bad));
    assert_eq!(test.page.sidebar().meter.count, 20);
}

#[test]
fn new_tags_wear_different_colours() {
    let mut test = TestPage::new();
    test.new_tag(TagId([30; 8]), "a");
    test.new_tag(TagId([31; 8]), "b");
    let colours: Vec<Colour> = test.page.sidebar().tags.iter().map(|tag| tag.colour).collect();
    assert_eq!(colours, [Colour::Blue, Colour::Red, Colour::Orange, Colour::Green]);
}

#[test]
fn a_deleted_tag_comes_back_with_its_chats() {
    let mut test = TestPage::new();
    test.send(Msg::Tags(app::tags::Msg::Toggle(ORDER)));
    test.send(Msg::Filter(app::filter::Msg::Show(Some(Filter::Tag(ORDER)))));
    test.send(Msg::Tags(app::tags::Msg::Delete(ORDER)));
    assert_eq!((test.page.surfaces.filter(), test.page.row_chips().len()), (None, 0));
    test.send(Msg::Context(app::context::Msg::Undo));
    assert_eq!(test.page.row_chips()[0].tags[0].text, "Order");
}

#[test]
fn a_half_typed_tag_stays_while_chats_change_and_goes_with_its_field() {
    let mut test = TestPage::new();
    let typed = |test: &TestPage| test.page.sidebar().new_tag;
    test.send(Msg::Tags(app::tags::Msg::Add { on_chat: false }));
    test.send(Msg::Tags(app::tags::Msg::TypeNew("VI".into())));
    test.send(Msg::Read(reading(Some("Omar"))));
    assert_eq!(typed(&test).as_deref(), Some("VI"));
    test.send(Msg::Tags(app::tags::Msg::New(TagId([30; 8]))));
    assert_eq!(typed(&test).as_deref(), Some(""), "the field is open for the next tag");
    test.send(Msg::Tags(app::tags::Msg::TypeNew("half".into())));
    test.send(Msg::Back);
    assert_eq!(typed(&test), None);
    test.send(Msg::Tags(app::tags::Msg::TypeNew("late".into())));
    assert_eq!(typed(&test), None, "typing opens nothing");
}

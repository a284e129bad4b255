//! Tags, as a person on the page uses them.

use crate::app::filter::Filter;
use crate::app::notices::view::Status;
use crate::app::tags::view::Level;
use crate::app::tests::*;

#[test]
fn a_tag_put_on_the_open_chat_shows_on_its_row_at_once() {
    let mut test = TestPage::new();
    test.send(Msg::Tags(app::tags::Msg::Toggle(ORDER)));
    let chips = view::row_chips(&test.page);
    assert_eq!(chips.len(), 1);
    assert_eq!((chips[0].row, chips[0].tags[0].text.as_str()), (0, "Order"));
    assert_eq!(view::sidebar(&test.page).status, Status::Saving);
    test.send(Msg::Tags(app::tags::Msg::Toggle(ORDER)));
    assert!(view::row_chips(&test.page).is_empty());
}

#[test]
fn the_meter_warns_and_the_twenty_first_tag_is_refused() {
    let mut test = TestPage::new();
    for id in 30..46 {
        test.send(Msg::Tags(app::tags::Msg::New(TagId([id; 8]), format!("tag {id}"))));
    }
    assert_eq!(view::sidebar(&test.page).meter.level, Level::Warning);
    for id in 46..48 {
        test.send(Msg::Tags(app::tags::Msg::New(TagId([id; 8]), format!("tag {id}"))));
    }
    assert_eq!(view::sidebar(&test.page).meter.level, Level::Full);
    test.send(Msg::Tags(app::tags::Msg::New(TagId([99; 8]), "one more".into())));
    assert_eq!(test.sent(), []);
    assert!(test.page.ctx.toast.as_ref().is_some_and(|toast| toast.bad));
    assert_eq!(view::sidebar(&test.page).meter.count, 20);
}

#[test]
fn new_tags_wear_different_colours() {
    let mut test = TestPage::new();
    test.send(Msg::Tags(app::tags::Msg::New(TagId([30; 8]), "a".into())));
    test.send(Msg::Tags(app::tags::Msg::New(TagId([31; 8]), "b".into())));
    let colours: Vec<Colour> = view::sidebar(&test.page).tags.iter().map(|tag| tag.colour).collect();
    assert_eq!(colours, [Colour::Blue, Colour::Red, Colour::Orange, Colour::Green]);
}

#[test]
fn a_deleted_tag_comes_back_with_its_chats() {
    let mut test = TestPage::new();
    test.send(Msg::Tags(app::tags::Msg::Toggle(ORDER)));
    test.send(Msg::Filter(app::filter::Msg::Show(Some(Filter::Tag(ORDER)))));
    test.send(Msg::Tags(app::tags::Msg::Delete(ORDER)));
    assert_eq!((test.page.surfaces.filter(), view::row_chips(&test.page).len()), (None, 0));
    test.send(Msg::Context(app::context::Msg::Undo));
    assert_eq!(view::row_chips(&test.page)[0].tags[0].text, "Order");
}

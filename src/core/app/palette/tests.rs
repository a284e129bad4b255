//! Tests of the palette.

use crate::app::InsertProblem;
use crate::app::palette::form::Answer;
use crate::app::palette::view::{EditorView, Page as Stage, Question};
use crate::app::palette::{Part, Step};
use crate::app::tests::*;
use crate::id::FieldId;
use crate::team::reply::{self, BODY_UNITS};

#[test]
fn a_reply_is_filled_and_inserted_where_the_trigger_stood() {
    let mut test = TestPage::new();
    test.send(Msg::Palette(app::palette::Msg::Open { trigger: 2 }));
    let effects = test.send(Msg::Palette(In::Insert { row: None, stay: false })).to_vec();
    assert_eq!(inserted(&effects), Some("Hello Mei Lin, Ana here."));
    assert!(matches!(&effects[..], [Effect::RestoreFocus, Effect::Insert(it)] if it.replace_before == 2));
    assert!(test.page.surfaces.palette().is_none());
}

#[test]
fn folders_are_walked_while_there_is_no_query() {
    let mut test = TestPage::new();
    let in_folder = |n: u8, title: &str, folder: &str| Reply {
        title: title.into(),
        body: "Hello\n {name}".into(),
        folder: folder.into(),
        ..Reply::new(ReplyId([n; 8]))
    };
    let replies = [in_folder(30, "Label", "Orders"), in_folder(31, "Refund", "Returns")];
    let team = team::Team::default();
    test.colleague(&replies.iter().flat_map(|reply| reply::create(&team, reply)).collect::<Vec<_>>());
    test.send(Msg::Key(Action::Palette));
    let listed = |test: &TestPage| -> Vec<String> {
        test.page.palette().expect("open").rows.into_iter().map(|row| row.title).collect()
    };
    assert_eq!(listed(&test).len(), 3);
    for (forward, titles) in [
        (true, &["Label"][..]),
        (true, &["Refund"]),
        (false, &["Label"]),
        (false, &["Greeting", "Label", "Refund"]),
    ] {
        test.send(Msg::Palette(In::StepFolder { forward }));
        let mut found = listed(&test);
        found.sort();
        assert_eq!(found, titles);
    }
    test.send(Msg::Palette(In::ShowFolder(Some("Returns".into()))));
    test.send(Msg::Palette(In::Query("lab".into())));
    assert_eq!(listed(&test), ["Label"], "a query searches all folders");
    assert_eq!(
        test.page.palette().expect("open").rows[0].preview,
        "Hello Mei Lin",
        "rows show the filled text"
    );
}

#[test]
fn without_a_chat_no_reply_is_offered() {
    let mut test = TestPage::new();
    test.send(Msg::Read(reading(None)));
    test.send(Msg::Key(Action::Palette));
    assert!(test.page.palette().is_none());
    assert_eq!(toast(&test), Some("palette_toast_no_chat"));
}

#[test]
fn on_an_unknown_layout_the_reply_goes_to_the_clipboard() {
    let mut test = TestPage::new();
    let layout = Layout::Unknown(vec!["composer"]);
    test.send(Msg::Read(Reading { layout, ..reading(Some("Mei Lin")) }));
    assert!(test.page.sidebar().notice.is_some());
    let effects = test.type_and_insert("greet").to_vec();
    assert_eq!(inserted(&effects), None);
    assert!(effects.contains(&Effect::Copy("Hello Mei Lin, Ana here.".into())));
}

#[test]
fn a_new_reply_arriving_while_choosing_does_not_move_the_choice() {
    let mut test = TestPage::new();
    let team = team::Team::default();
    test.colleague(&reply::create(
        &team,
        &Reply {
            title: "Zebra".into(),
            shortcut: "z".into(),
            body: "z".into(),
            ..Reply::new(ReplyId([21; 8]))
        },
    ));
    test.send(Msg::Key(Action::Palette));
    test.send(Msg::Palette(In::Move(Step::Last)));
    let before = test.page.palette().map(|palette| palette.rows[palette.active].id);
    test.colleague(&reply::create(
        &team,
        &Reply {
            title: "Aardvark".into(),
            shortcut: "a".into(),
            body: "a".into(),
            ..Reply::new(ReplyId([22; 8]))
        },
    ));
    let after = test.page.palette().map(|palette| palette.rows[palette.active].id);
    assert_eq!(before, after);
}

fn questions(test: &TestPage) -> Vec<Question> {
    match test.page.palette().map(|palette| palette.page) {
        Some(Stage::Form(form)) => form.questions,
        other => panic!("{other:?}"),
    }
}

fn editor(test: &TestPage) -> EditorView {
    match test.page.palette().map(|palette| palette.page) {
        Some(Stage::Editor(editor)) => editor,
        other => panic!("{other:?}"),
    }
}

impl TestPage {
    fn write(&mut self, part: Part, text: &str) {
        self.send(Msg::Palette(In::Write(part, text.into())));
    }

    fn begin(&mut self, id: u8, body: &str) {
        self.send(Msg::Palette(In::Begin(ReplyId([id; 8]), body.into())));
    }
}

#[test]
fn what_is_not_known_is_asked_before_anything_is_inserted() {
    let mut test = with_reply(
        "{first_name}, order {order number} comes {today|tomorrow}{?, by {carrier}}. {order number}!",
    );
    let effects = test.type_and_insert("asks").to_vec();
    assert_eq!(effects, [Effect::Focus(Spot::Form)]);
    let asked = questions(&test);
    assert_eq!(asked.len(), 3, "{asked:?}");
    assert!(matches!(&asked[0], Question::Text { name, missing: true, .. } if name == "order number"));
    assert_eq!(
        test.send(Msg::Palette(In::Submit)),
        [Effect::Focus(Spot::Form)],
        "the empty field comes first"
    );
    test.send(Msg::Palette(In::Answer(Answer::Text("order number".into(), "77".into()))));
    test.send(Msg::Palette(In::Answer(Answer::Choice(0, 1))));
    let effects = test.send(Msg::Palette(In::Submit)).to_vec();
    assert_eq!(inserted(&effects), Some("Mei, order 77 comes tomorrow. 77!"));
    assert!(test.page.surfaces.palette().is_none());
}

#[test]
fn switching_a_part_on_asks_what_stands_in_it() {
    let mut test = with_reply("Hi{?, by {carrier}}.");
    test.type_and_insert("asks");
    assert_eq!(questions(&test).len(), 1);
    test.send(Msg::Palette(In::Answer(Answer::Part(0, true))));
    assert_eq!(questions(&test).len(), 2);
    let effects = test.send(Msg::Palette(In::SubmitAnyway)).to_vec();
    assert_eq!(inserted(&effects), Some("Hi, by {carrier}."));
}

#[test]
fn escape_leads_from_the_form_to_the_list_and_then_out() {
    let mut test = with_reply("{order}");
    test.type_and_insert("asks");
    assert_eq!(test.send(Msg::Back), [Effect::RestoreFocus]);
    assert!(test.page.palette().is_some_and(|palette| palette.page == Stage::List));
    test.send(Msg::Back);
    assert!(test.page.surfaces.palette().is_none());
}

#[test]
fn several_are_inserted_one_after_the_other() {
    let mut test = TestPage::new();
    test.send(Msg::Palette(app::palette::Msg::Open { trigger: 2 }));
    let stay = Msg::Palette(In::Insert { row: None, stay: true });
    let effects = test.send(stay.clone()).to_vec();
    assert!(matches!(&effects[..], [Effect::RestoreFocus, Effect::Insert(it)] if it.replace_before == 2));
    let effects = test.send(Msg::Inserted(Ok(()))).to_vec();
    assert_eq!(effects.last(), Some(&Effect::Focus(Spot::Palette)));
    let effects = test.send(stay).to_vec();
    assert!(
        matches!(&effects[..], [_, Effect::Insert(it)] if it.replace_before == 0),
        "the trigger is gone by now: {effects:?}"
    );
}

#[test]
fn a_use_is_counted_when_the_text_has_landed() {
    let mut test = TestPage::new();
    test.send(Msg::Tags(app::tags::Msg::Toggle(ORDER)));
    test.type_and_insert("greet");
    let used = |effects: &[Effect]| {
        effects.iter().any(
            |effect| matches!(effect, Effect::Send(ToHub::Replies(ToReplies::Used { tags, .. })) if tags == &[ORDER.to_string()]),
        )
    };
    assert!(used(test.send(Msg::Inserted(Ok(())))));
    test.type_and_insert("greet");
    assert!(!used(test.send(Msg::Inserted(Err(InsertProblem::Composing)))));
}

#[test]
fn the_clipboard_is_read_only_for_a_reply_that_asks_for_it() {
    let mut test = with_reply("See {clipboard}");
    assert_eq!(test.type_and_insert("asks"), [Effect::ReadClipboard]);
    let effects = test.send(Msg::Palette(In::Clipboard(Some("{name}".into())))).to_vec();
    assert_eq!(inserted(&effects), Some("See {name}"));
    test.type_and_insert("asks");
    assert_eq!(test.send(Msg::Palette(In::Clipboard(None))), [Effect::Focus(Spot::Form)], "refused: asked");
}

#[test]
fn a_whole_shortcut_and_a_space_insert_at_once() {
    let mut test = with_reply("Now.");
    test.send(Msg::Palette(app::palette::Msg::Open { trigger: 2 }));
    assert_eq!(inserted(test.send(Msg::Palette(In::Query("ask".into())))), None);
    assert_eq!(inserted(test.send(Msg::Palette(In::Query("ask ".into())))), Some("Now."));
    test.send(Msg::Key(Action::Palette));
    assert_eq!(inserted(test.send(Msg::Palette(In::Query("ask ".into())))), None, "searching has spaces");
}

#[test]
fn a_reply_is_changed_without_leaving_whatsapp() {
    let mut test = TestPage::new();
    test.send(Msg::Key(Action::Palette));
    assert_eq!(test.send(Msg::Palette(In::Edit(None))), [Effect::Focus(Spot::EditReply)]);
    test.send(Msg::Palette(In::Write(Part::Body, "Hi {name".into())));
    let page = test.page.palette().map(|palette| palette.page);
    assert!(matches!(page, Some(Stage::Editor(it)) if it.problems.len() == 1 && !it.is_new));
    test.send(Msg::Palette(In::Save));
    assert_eq!(test.sent(), [(Key::ReplyBody(ReplyId([20; 8])), Value::Text("Hi {name".into()))]);
    test.send(Msg::Context(app::context::Msg::Undo));
    assert_eq!(test.sent().len(), 1);
}

#[test]
fn a_message_becomes_a_reply_whose_braces_are_text() {
    let mut test = TestPage::new();
    test.send(Msg::Palette(In::Begin(ReplyId([40; 8]), "Use {curly} braces\nand rest".into())));
    test.send(Msg::Palette(In::Save));
    let reply = test.page.ctx.optimistic.team().reply(ReplyId([40; 8])).expect("it was saved");
    assert_eq!(
        (reply.title.as_str(), reply.body.as_str()),
        ("Use {curly} braces", "Use {{curly} braces\nand rest")
    );
    test.send(Msg::Context(app::context::Msg::Undo));
    assert!(test.page.ctx.optimistic.team().reply(ReplyId([40; 8])).is_none());
}

#[test]
fn what_is_typed_into_a_reply_is_there_again_until_it_is_saved_or_dropped() {
    let mut test = TestPage::new();
    let edit = Msg::Palette(In::Edit(None));
    test.send(Msg::Key(Action::Palette));
    test.send(edit.clone());
    assert!(!editor(&test).kept, "nothing was typed yet");
    test.write(Part::Body, "Half a sent");
    // Escape, a press outside the palette, and another chat.
    for leave in [Msg::Back, Msg::PressedOutside, Msg::Read(reading(Some("Li Lei")))] {
        test.send(leave);
        test.send(Msg::Palette(app::palette::Msg::Open { trigger: 2 }));
        test.send(edit.clone());
        assert_eq!((editor(&test).body.as_str(), editor(&test).kept), ("Half a sent", true));
    }
    // A colleague's change stays in the parts that were not edited.
    let greeting = ReplyId([20; 8]);
    test.colleague(&[(Key::ReplyShortcut(greeting), Value::Text("yo".into()))]);
    test.send(Msg::Palette(In::Save));
    assert_eq!(test.sent(), [(Key::ReplyBody(greeting), Value::Text("Half a sent".into()))]);
    test.send(edit.clone());
    assert!(!editor(&test).kept, "it is saved");

    test.write(Part::Title, "Other");
    test.send(Msg::Back);
    test.send(edit.clone());
    assert_eq!(test.send(Msg::Palette(In::Drop)), [Effect::Focus(Spot::EditReply)]);
    assert_eq!((editor(&test).body.as_str(), editor(&test).kept), ("Half a sent", false));
    test.send(Msg::Back);
    test.send(edit);
    assert!(!editor(&test).kept, "it was dropped");
}

#[test]
fn what_the_hub_refused_is_still_written_in_the_reply() {
    let mut test = with_reply("Old.");
    for (answer, body) in [(Some(Refusal::NotStored), "New."), (None, "New.")] {
        test.send(Msg::Palette(app::palette::Msg::Open { trigger: 0 }));
        test.send(Msg::Palette(In::Query("ask".into())));
        test.send(Msg::Palette(In::Edit(None)));
        test.write(Part::Body, "New.");
        let effects = test.send(Msg::Palette(In::Save)).to_vec();
        let n = effects.iter().find_map(|it| match it {
            Effect::Send(ToHub::Op(Op { n, .. })) => Some(*n),
            _ => None,
        });
        match answer {
            Some(why) => drop(test.receive(OpDone { n: n.expect("an op"), stored: Err(why) }).to_vec()),
            None => test.store(),
        }
        test.send(Msg::Palette(In::Edit(None)));
        assert_eq!((editor(&test).body.as_str(), editor(&test).kept), (body, answer.is_some()));
        test.send(Msg::PressedOutside);
    }
}

#[test]
fn a_reply_that_was_begun_goes_on_where_it_was_begun() {
    let mut test = TestPage::new();
    test.begin(40, "");
    test.write(Part::Body, "From nothing");
    test.begin(41, "A {message}");
    assert_eq!(editor(&test).body, "A {{message}");
    test.write(Part::Title, "From a message");
    test.send(Msg::Back);
    test.begin(42, "");
    assert_eq!((editor(&test).body.as_str(), editor(&test).kept), ("From nothing", true));
    test.begin(43, "Another");
    assert!(!editor(&test).kept);
    test.begin(44, "A {message}");
    assert_eq!(
        (editor(&test).title.as_str(), editor(&test).body.as_str()),
        ("From a message", "A {{message}")
    );
    test.send(Msg::Palette(In::Save));
    test.begin(45, "A {message}");
    assert!(!editor(&test).kept, "it is saved");
}

#[test]
fn what_is_written_outlives_a_reply_that_a_colleague_deletes() {
    let mut test = TestPage::new();
    test.send(Msg::Key(Action::Palette));
    test.send(Msg::Palette(In::Edit(None)));
    test.write(Part::Body, "New words");
    test.colleague(&reply::delete(ReplyId([20; 8])));
    test.send(Msg::Palette(In::Save));
    let saved = test.page.ctx.optimistic.team().reply(ReplyId([20; 8])).expect("it is back");
    assert_eq!((saved.title.is_empty(), saved.body.as_str()), (false, "New words"));
}

#[test]
fn the_palette_takes_as_long_a_text_as_the_desk() {
    let mut test = TestPage::new();
    test.begin(40, "");
    test.write(Part::Body, &"x".repeat(BODY_UNITS));
    assert!(!editor(&test).cut);
    test.write(Part::Body, &"x".repeat(BODY_UNITS + 1));
    assert_eq!((editor(&test).cut, editor(&test).body.len()), (true, BODY_UNITS));
    test.write(Part::Body, "short");
    assert!(!editor(&test).cut);
}

#[test]
fn a_choice_from_a_field_of_the_teams_is_called_like_the_field() {
    let mut test = with_reply("{a|b} {Warehouse}");
    let field = FieldId([70; 8]);
    test.colleague(&[
        (Key::FieldName(field), Value::Text("warehouse".into())),
        (Key::FieldValue(field), Value::Text("1 Long Street\n2 Short Street".into())),
    ]);
    test.type_and_insert("asks");
    let names: Vec<_> = questions(&test)
        .into_iter()
        .map(|it| match it {
            Question::Choice { name, .. } => name,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(names, [None, Some("Warehouse".to_owned())]);
}

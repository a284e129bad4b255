//! Replies on the page: asked, filled, inserted, counted, changed, and kept from being sent with gaps.

use super::*;
use crate::app::palette::Part;
use crate::app::palette::view::EditorView;
use crate::id::FieldId;
use crate::team::reply::{self, BODY_UNITS};
use crate::wire::FileNote;

/// A chat with one more reply, whose shortcut is `ask`.
fn with_reply(body: &str) -> Desk {
    let mut desk = Desk::new();
    let reply = Reply {
        title: "Asks".into(),
        shortcut: "ask".into(),
        body: body.into(),
        ..Reply::new(ReplyId([30; 8]))
    };
    desk.colleague(&reply::create(&team::Team::default(), &reply));
    desk
}

fn questions(desk: &Desk) -> Vec<Question> {
    match view::palette(&desk.model).map(|palette| palette.page) {
        Some(Stage::Form(form)) => form.questions,
        other => panic!("{other:?}"),
    }
}

fn editor(desk: &Desk) -> EditorView {
    match view::palette(&desk.model).map(|palette| palette.page) {
        Some(Stage::Editor(editor)) => editor,
        other => panic!("{other:?}"),
    }
}

impl Desk {
    fn write(&mut self, part: Part, text: &str) {
        self.send(Msg::Palette(In::Write(part, text.into())));
    }

    fn begin(&mut self, id: u8, body: &str) {
        self.send(Msg::Palette(In::Begin(ReplyId([id; 8]), body.into())));
    }
}

#[test]
fn what_is_not_known_is_asked_before_anything_is_inserted() {
    let mut desk = with_reply(
        "{first_name}, order {order number} comes {today|tomorrow}{?, by {carrier}}. {order number}!",
    );
    let effects = desk.type_and_insert("asks").to_vec();
    assert_eq!(effects, [Effect::Focus(Spot::Form)]);
    let asked = questions(&desk);
    assert_eq!(asked.len(), 3, "{asked:?}");
    assert!(matches!(&asked[0], Question::Text { name, missing: true, .. } if name == "order number"));
    assert_eq!(
        desk.send(Msg::Palette(In::Submit)),
        [Effect::Focus(Spot::Form)],
        "the empty field comes first"
    );
    desk.send(Msg::Palette(In::Answer(Answer::Text("order number".into(), "77".into()))));
    desk.send(Msg::Palette(In::Answer(Answer::Choice(0, 1))));
    let effects = desk.send(Msg::Palette(In::Submit)).to_vec();
    assert_eq!(inserted(&effects), Some("Mei, order 77 comes tomorrow. 77!"));
    assert!(desk.model.surfaces.palette().is_none());
}

#[test]
fn switching_a_part_on_asks_what_stands_in_it() {
    let mut desk = with_reply("Hi{?, by {carrier}}.");
    desk.type_and_insert("asks");
    assert_eq!(questions(&desk).len(), 1);
    desk.send(Msg::Palette(In::Answer(Answer::Part(0, true))));
    assert_eq!(questions(&desk).len(), 2);
    let effects = desk.send(Msg::Palette(In::SubmitAnyway)).to_vec();
    assert_eq!(inserted(&effects), Some("Hi, by {carrier}."));
}

#[test]
fn escape_leads_from_the_form_to_the_list_and_then_out() {
    let mut desk = with_reply("{order}");
    desk.type_and_insert("asks");
    assert_eq!(desk.send(Msg::Back), [Effect::GiveBack]);
    assert!(view::palette(&desk.model).is_some_and(|palette| palette.page == Stage::List));
    desk.send(Msg::Back);
    assert!(desk.model.surfaces.palette().is_none());
}

#[test]
fn several_are_inserted_one_after_the_other() {
    let mut desk = Desk::new();
    desk.send(Msg::Palette(app::palette::Msg::Open { trigger: 2 }));
    let stay = Msg::Palette(In::Insert { row: None, stay: true });
    let effects = desk.send(stay.clone()).to_vec();
    assert!(matches!(&effects[..], [Effect::GiveBack, Effect::Insert(it)] if it.replace_before == 2));
    let effects = desk.send(Msg::Inserted(Ok(()))).to_vec();
    assert_eq!(effects.last(), Some(&Effect::Focus(Spot::Palette)));
    let effects = desk.send(stay).to_vec();
    assert!(
        matches!(&effects[..], [_, Effect::Insert(it)] if it.replace_before == 0),
        "the trigger is gone by now: {effects:?}"
    );
}

#[test]
fn a_use_is_counted_when_the_text_has_landed() {
    let mut desk = Desk::new();
    desk.send(Msg::Tags(app::tags::Msg::Toggle(ORDER)));
    desk.type_and_insert("greet");
    let used = |effects: &[Effect]| {
        effects.iter().any(
            |effect| matches!(effect, Effect::Send(ToHub::Used { tags, .. }) if tags == &[ORDER.to_string()]),
        )
    };
    assert!(used(desk.send(Msg::Inserted(Ok(())))));
    desk.type_and_insert("greet");
    assert!(!used(desk.send(Msg::Inserted(Err(InsertProblem::Composing)))));
}

#[test]
fn the_clipboard_is_read_only_for_a_reply_that_asks_for_it() {
    let mut desk = with_reply("See {clipboard}");
    assert_eq!(desk.type_and_insert("asks"), [Effect::ReadClipboard]);
    let effects = desk.send(Msg::Palette(In::Clipboard(Some("{name}".into())))).to_vec();
    assert_eq!(inserted(&effects), Some("See {name}"));
    desk.type_and_insert("asks");
    assert_eq!(desk.send(Msg::Palette(In::Clipboard(None))), [Effect::Focus(Spot::Form)], "refused: asked");
}

#[test]
fn a_whole_shortcut_and_a_space_insert_at_once() {
    let mut desk = with_reply("Now.");
    desk.send(Msg::Palette(app::palette::Msg::Open { trigger: 2 }));
    assert_eq!(inserted(desk.send(Msg::Palette(In::Query("ask".into())))), None);
    assert_eq!(inserted(desk.send(Msg::Palette(In::Query("ask ".into())))), Some("Now."));
    desk.send(Msg::Key(Action::Palette));
    assert_eq!(inserted(desk.send(Msg::Palette(In::Query("ask ".into())))), None, "searching has spaces");
}

#[test]
fn what_is_not_filled_in_keeps_a_draft_from_being_sent() {
    let mut desk = Desk::new();
    let draft = |fields: &[&str]| {
        let unfilled = fields.iter().map(|field| (*field).to_owned()).collect();
        Msg::Read(Reading { unfilled, composer: Composer::Draft, ..reading(Some("Mei Lin")) })
    };
    desk.send(draft(&["{order}"]));
    assert_eq!(
        view::unfilled(&desk.model).map(|it| (it.fields, it.asking)),
        Some((vec!["{order}".into()], false))
    );
    assert_eq!(desk.send(Msg::Unfilled(app::unfilled::Msg::SendBlocked)), [Effect::Focus(Spot::Unfilled)]);
    assert_eq!(
        desk.send(Msg::Unfilled(app::unfilled::Msg::FillIn)),
        [Effect::GiveBack, Effect::SelectUnfilled]
    );
    desk.send(Msg::Unfilled(app::unfilled::Msg::SendBlocked));
    assert_eq!(desk.send(Msg::Unfilled(app::unfilled::Msg::SendAsItIs)), [Effect::GiveBack]);
    assert!(view::unfilled(&desk.model).is_none());
    desk.send(draft(&["{order}", "{date of birth}"]));
    assert!(view::unfilled(&desk.model).is_some(), "another gap is another question");
    desk.send(Msg::Unfilled(app::unfilled::Msg::SendBlocked));
    assert_eq!(desk.send(draft(&[])), [Effect::GiveBack], "what is filled in is not asked about");
}

#[test]
fn a_reply_is_changed_without_leaving_whatsapp() {
    let mut desk = Desk::new();
    desk.send(Msg::Key(Action::Palette));
    assert_eq!(desk.send(Msg::Palette(In::Edit(None))), [Effect::Focus(Spot::EditReply)]);
    desk.send(Msg::Palette(In::Write(Part::Body, "Hi {name".into())));
    let page = view::palette(&desk.model).map(|palette| palette.page);
    assert!(matches!(page, Some(Stage::Editor(it)) if it.problems.len() == 1 && !it.is_new));
    desk.send(Msg::Palette(In::Save));
    assert_eq!(desk.sent(), [(Key::ReplyBody(ReplyId([20; 8])), Value::Text("Hi {name".into()))]);
    desk.send(Msg::Context(app::context::Msg::Undo));
    assert_eq!(desk.sent().len(), 1);
}

#[test]
fn a_message_becomes_a_reply_whose_braces_are_text() {
    let mut desk = Desk::new();
    desk.send(Msg::Palette(In::Begin(ReplyId([40; 8]), "Use {curly} braces\nand rest".into())));
    desk.send(Msg::Palette(In::Save));
    let reply = desk.model.ctx.shared.team().reply(ReplyId([40; 8])).expect("it was saved");
    assert_eq!(
        (reply.title.as_str(), reply.body.as_str()),
        ("Use {curly} braces", "Use {{curly} braces\nand rest")
    );
    desk.send(Msg::Context(app::context::Msg::Undo));
    assert!(desk.model.ctx.shared.team().reply(ReplyId([40; 8])).is_none());
}

#[test]
fn what_is_typed_into_a_reply_is_there_again_until_it_is_saved_or_dropped() {
    let mut desk = Desk::new();
    let edit = Msg::Palette(In::Edit(None));
    desk.send(Msg::Key(Action::Palette));
    desk.send(edit.clone());
    assert!(!editor(&desk).kept, "nothing was typed yet");
    desk.write(Part::Body, "Half a sent");
    // Escape, a press elsewhere, another chat.
    for leave in [Msg::Back, Msg::Palette(app::palette::Msg::Close), Msg::Read(reading(Some("Li Lei")))] {
        desk.send(leave);
        desk.send(Msg::Palette(app::palette::Msg::Open { trigger: 2 }));
        desk.send(edit.clone());
        assert_eq!((editor(&desk).body.as_str(), editor(&desk).kept), ("Half a sent", true));
    }
    // What a colleague wrote meanwhile stays where nothing was typed.
    let greeting = ReplyId([20; 8]);
    desk.colleague(&[(Key::ReplyShortcut(greeting), Value::Text("yo".into()))]);
    desk.send(Msg::Palette(In::Save));
    assert_eq!(desk.sent(), [(Key::ReplyBody(greeting), Value::Text("Half a sent".into()))]);
    desk.send(edit.clone());
    assert!(!editor(&desk).kept, "it is saved");

    desk.write(Part::Title, "Other");
    desk.send(Msg::Back);
    desk.send(edit.clone());
    assert_eq!(desk.send(Msg::Palette(In::Drop)), [Effect::Focus(Spot::EditReply)]);
    assert_eq!((editor(&desk).body.as_str(), editor(&desk).kept), ("Half a sent", false));
    desk.send(Msg::Back);
    desk.send(edit);
    assert!(!editor(&desk).kept, "it was dropped");
}

#[test]
fn what_the_hub_refused_is_still_written_in_the_reply() {
    let mut desk = with_reply("Old.");
    for (answer, body) in [(Some(Refusal::NotStored), "New."), (None, "New.")] {
        desk.send(Msg::Palette(app::palette::Msg::Open { trigger: 0 }));
        desk.send(Msg::Palette(In::Query("ask".into())));
        desk.send(Msg::Palette(In::Edit(None)));
        desk.write(Part::Body, "New.");
        let effects = desk.send(Msg::Palette(In::Save)).to_vec();
        let n = effects.iter().find_map(|it| match it {
            Effect::Send(ToHub::Op { n, .. }) => Some(*n),
            _ => None,
        });
        match answer {
            Some(why) => drop(desk.hear(FromHub::Refused { n: n.expect("an op"), why }).to_vec()),
            None => desk.store(),
        }
        desk.send(Msg::Palette(In::Edit(None)));
        assert_eq!((editor(&desk).body.as_str(), editor(&desk).kept), (body, answer.is_some()));
        desk.send(Msg::Palette(app::palette::Msg::Close));
    }
}

#[test]
fn a_reply_that_was_begun_goes_on_where_it_was_begun() {
    let mut desk = Desk::new();
    desk.begin(40, "");
    desk.write(Part::Body, "From nothing");
    desk.begin(41, "A {message}");
    assert_eq!(editor(&desk).body, "A {{message}");
    desk.write(Part::Title, "From a message");
    desk.send(Msg::Back);
    desk.begin(42, "");
    assert_eq!((editor(&desk).body.as_str(), editor(&desk).kept), ("From nothing", true));
    desk.begin(43, "Another");
    assert!(!editor(&desk).kept);
    desk.begin(44, "A {message}");
    assert_eq!(
        (editor(&desk).title.as_str(), editor(&desk).body.as_str()),
        ("From a message", "A {{message}")
    );
    desk.send(Msg::Palette(In::Save));
    desk.begin(45, "A {message}");
    assert!(!editor(&desk).kept, "it is saved");
}

#[test]
fn what_is_written_outlives_a_reply_that_a_colleague_deletes() {
    let mut desk = Desk::new();
    desk.send(Msg::Key(Action::Palette));
    desk.send(Msg::Palette(In::Edit(None)));
    desk.write(Part::Body, "New words");
    desk.colleague(&reply::delete(ReplyId([20; 8])));
    desk.send(Msg::Palette(In::Save));
    let saved = desk.model.ctx.shared.team().reply(ReplyId([20; 8])).expect("it is back");
    assert_eq!((saved.title.is_empty(), saved.body.as_str()), (false, "New words"));
}

#[test]
fn the_palette_takes_as_long_a_text_as_the_desk() {
    let mut desk = Desk::new();
    desk.begin(40, "");
    desk.write(Part::Body, &"x".repeat(BODY_UNITS));
    assert!(!editor(&desk).cut);
    desk.write(Part::Body, &"x".repeat(BODY_UNITS + 1));
    assert_eq!((editor(&desk).cut, editor(&desk).body.len()), (true, BODY_UNITS));
    desk.write(Part::Body, "short");
    assert!(!editor(&desk).cut);
}

#[test]
fn a_choice_from_a_field_of_the_teams_is_called_like_the_field() {
    let mut desk = with_reply("{a|b} {Warehouse}");
    let field = FieldId([70; 8]);
    desk.colleague(&[
        (Key::FieldName(field), Value::Text("warehouse".into())),
        (Key::FieldValue(field), Value::Text("1 Long Street\n2 Short Street".into())),
    ]);
    desk.type_and_insert("asks");
    let names: Vec<_> = questions(&desk)
        .into_iter()
        .map(|it| match it {
            Question::Choice { name, .. } => name,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(names, [None, Some("Warehouse".to_owned())]);
}

/// A chat whose reply `ask` has a file.
fn with_file(body: &str) -> (Desk, Vec<FileNote>) {
    let mut desk = with_reply(body);
    let reply = ReplyId([30; 8]).to_string();
    let files = vec![FileNote { reply, at: 0, name: "a.pdf".into(), kind: String::new(), size: 9 }];
    desk.hear(FromHub::Files { files: files.clone() });
    (desk, files)
}

/// A draft in a visit to Mei Lin's chat.
fn visited(visit: u32, unfilled: &[&str]) -> Msg {
    let mut reading = reading(Some("Mei Lin"));
    reading.composer = Composer::Draft;
    reading.unfilled = unfilled.iter().map(|field| (*field).to_owned()).collect();
    reading.open = reading.open.map(|open| Open { visit, ..open });
    Msg::Read(reading)
}

fn toast(desk: &Desk) -> Option<&str> {
    desk.model.ctx.toast.as_ref().map(|toast| toast.words.name)
}

#[test]
fn a_replys_files_are_given_to_the_chat_they_were_chosen_for() {
    let (mut desk, files) = with_file("Now.");
    desk.type_and_insert("ask");
    let effects = desk.send(Msg::Inserted(Ok(()))).to_vec();
    assert!(effects.contains(&Effect::Attach(files)), "{effects:?}");
    desk.send(visited(1, &[]));
    assert_eq!(desk.send(Msg::Files(app::files::Msg::Here)), [Effect::GiveFiles]);
    assert_eq!(desk.send(Msg::Files(app::files::Msg::Here)), [], "they are given once");
}

#[test]
fn a_replys_files_do_not_follow_into_another_chat() {
    let (mut desk, _) = with_file("Now.");
    desk.type_and_insert("ask");
    desk.send(Msg::Inserted(Ok(())));
    assert!(desk.model.is_fetching());
    desk.send(visited(2, &[]));
    assert!(!desk.model.is_fetching());
    assert_eq!(toast(&desk), Some("toast_files_left"));
    assert_eq!(desk.send(Msg::Files(app::files::Msg::Here)), []);

    // Nor if the chat changed while the text was on its way.
    desk.type_and_insert("ask");
    desk.send(visited(3, &[]));
    let effects = desk.send(Msg::Inserted(Ok(()))).to_vec();
    assert!(!effects.iter().any(|it| matches!(it, Effect::Attach(_))), "{effects:?}");
}

#[test]
fn a_replys_files_are_not_given_to_a_chat_that_a_colleague_took_meanwhile() {
    let (mut desk, _) = with_file("Now.");
    desk.type_and_insert("ask");
    desk.send(Msg::Inserted(Ok(())));
    desk.ben_has_it();
    let effects = desk.send(Msg::Files(app::files::Msg::Here)).to_vec();
    assert!(!effects.contains(&Effect::GiveFiles), "{effects:?}");
    assert_eq!(toast(&desk), Some("toast_files_left"));
}

#[test]
fn a_replys_files_wait_until_it_is_filled_in() {
    let (mut desk, files) = with_file("Order {order}.");
    desk.type_and_insert("ask");
    desk.send(Msg::Palette(In::SubmitAnyway));
    let effects = desk.send(Msg::Inserted(Ok(()))).to_vec();
    assert!(!effects.iter().any(|it| matches!(it, Effect::Attach(_))), "{effects:?}");
    desk.send(visited(1, &["{order}"]));
    let notice = view::sidebar(&desk.model).notice.expect("they wait");
    assert_eq!(notice.action.map(|it| it.1), Some(NoticeAction::Files));
    assert_eq!(desk.send(Msg::Files(app::files::Msg::AttachWaiting)), [Effect::SelectUnfilled]);
    desk.send(visited(1, &[]));
    assert!(desk.send(Msg::Files(app::files::Msg::AttachWaiting)).contains(&Effect::Attach(files)));
    assert!(view::sidebar(&desk.model).notice.is_none());
}

#[test]
fn braces_that_are_text_do_not_keep_a_reply_from_being_sent() {
    let mut desk = with_reply("Write {{name} and {order} and {clipboard}");
    desk.type_and_insert("ask");
    desk.send(Msg::Palette(In::Clipboard(Some("{x}".into()))));
    let effects = desk.send(Msg::Palette(In::SubmitAnyway)).to_vec();
    assert_eq!(inserted(&effects), Some("Write {name} and {order} and {x}"));
    desk.send(visited(1, &["{name}", "{order}", "{x}"]));
    assert_eq!(desk.model.unfilled(), ["{order}"]);
    desk.send(visited(2, &["{name}"]));
    assert_eq!(desk.model.unfilled(), ["{name}"], "another draft is another matter");
}

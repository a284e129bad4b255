//! Tests of the desk without a browser.

use super::files::view::ImportView;
use super::me::view::Me;
use super::replies::view::Replies;
use super::tags::view::Tags;
use super::view::{Body, view};
use super::*;
use crate::app::context::Msg as Context;
use crate::id::{DeviceId, MemberId, TagId};
use crate::replica::{Edit, Key, Parts, Register, Stamp, Value};
use crate::team::Team;
use crate::team::reply::{self, Reply};
use crate::team::tag::{self, Colour};
use crate::team_file::Unusable;
use crate::wire::{
    FileTag, FromHub, Hello, HelloAnswer, Op, OpDone, Problem, Refusal, Registers, Sync, TeamFile, ToAll,
    ToSyncCentre, Welcome,
};

pub(super) const ME: MemberId = MemberId([1; 8]);
pub(super) const ORDER: TagId = TagId([10; 8]);
const HELLO: ReplyId = ReplyId([20; 8]);
const HOURS: ReplyId = ReplyId([21; 8]);
pub(super) const NOW: u64 = 1_000 * 60_000;

pub(super) fn reply(id: ReplyId, title: &str, shortcut: &str, body: &str) -> Reply {
    Reply { title: title.into(), shortcut: shortcut.into(), body: body.into(), ..Reply::new(id) }
}

/// A desk with a lead as the person. The test plays the hub.
pub(super) struct Lead {
    pub(super) desk: Desk,
    pub(super) effects: Vec<Effect>,
}

impl Lead {
    pub(super) fn new(section: Section) -> Lead {
        let mut lead = Lead { desk: Desk::new("s".into(), section, Locale::default()), effects: Vec::new() };
        let mut shared = crate::optimistic_team::OptimisticTeam::default();
        let mut all: Vec<Edit> = Vec::new();
        for edits in [
            |team: &_| tag::create(team, ORDER, "Order", Colour::Blue).expect("room"),
            |team: &_| reply::create(team, &reply(HELLO, "Greeting", "hi", "Hello {name}")),
            |team: &_| reply::create(team, &reply(HOURS, "Hours", "hours", "9 to 18")),
        ] {
            let edits = edits(shared.team());
            shared.edit(edits.clone(), 0);
            all.extend(edits);
        }
        lead.receive(HelloAnswer::Welcome(Welcome {
            account: "1@lid".into(),
            member: ME.to_string(),
            done: 0,
            parts: Parts::ALL,
            registers: stamped(&all, 1),
            sync: Sync::default(),
        }));
        lead
    }

    pub(super) fn send(&mut self, msg: Msg) -> &[Effect] {
        self.effects = self.desk.update(msg, NOW);
        &self.effects
    }

    pub(super) fn receive(&mut self, message: impl Into<FromHub>) {
        self.send(match message.into() {
            FromHub::All(message) => Msg::Context(Context::Hub(message)),
            FromHub::Desk(message) => Msg::Hub(message),
            FromHub::Page(_) => panic!("a desk does not get it"),
        });
    }

    /// Delivers a colleague's edits.
    pub(super) fn colleague(&mut self, edits: &[Edit]) {
        self.receive(ToAll::Changed(stamped(edits, 2)));
    }

    pub(super) fn write(&mut self, field: Field, text: &str) {
        self.send(Msg::Type(field, text.into()));
    }

    /// The number of ops that the last message caused.
    pub(super) fn ops(&self) -> usize {
        self.effects.iter().filter(|it| matches!(it, Effect::Send(ToHub::Op(Op { .. })))).count()
    }

    pub(super) fn toast(&self) -> Option<&'static str> {
        view(&self.desk).toast.map(|toast| toast.words.name)
    }

    fn me(&self) -> Me {
        if let Body::Me(me, _) = view(&self.desk).body { me } else { panic!("another section") }
    }

    fn tags(&self) -> Tags {
        if let Body::Tags(tags) = view(&self.desk).body { tags } else { panic!("another section") }
    }

    fn replies(&self) -> Replies {
        if let Body::Replies(replies) = view(&self.desk).body { *replies } else { panic!("another section") }
    }

    fn titles(&self) -> Vec<String> {
        self.replies().rows.into_iter().map(|row| row.title).collect()
    }

    fn import(&self) -> ImportView {
        if let Body::Files(import) = view(&self.desk).body { import } else { panic!("another section") }
    }
}

fn stamped(edits: &[Edit], tick: u32) -> Registers {
    let stamp = Stamp { tick, counter: 0, device: DeviceId([1; 8]) };
    let registers: Vec<_> =
        edits.iter().map(|(key, value)| (*key, Register { value: value.clone(), stamp })).collect();
    Registers::encode(&registers)
}

fn account(hello: ToHub) -> Option<String> {
    if let ToHub::Hello(Hello { account, .. }) = hello { account } else { panic!("not a greeting") }
}

#[test]
fn the_desk_asks_for_the_account_last_used_and_then_stays_with_it() {
    let mut desk = Desk::new("s".into(), Section::Me, Locale::default());
    assert_eq!(account(desk.hello()), None);
    desk.update(Msg::Context(Context::Hub(ToAll::HelloAnswer(HelloAnswer::NoTeam))), NOW);
    assert_eq!(view(&desk).body, Body::NoTeam);
    let mut lead = Lead::new(Section::Sync);
    assert_eq!(account(lead.desk.hello()), Some("1@lid".into()));
    lead.receive(ToAll::Sync(Sync { problem: Some(Problem::Disk), ..Sync::default() }));
    assert_eq!(view(&lead.desk).notice.map(|notice| notice.words.name), Some("notices_disk"));
    lead.send(Msg::Context(Context::Gone));
    assert_eq!(view(&lead.desk).body, Body::Gone);
}

#[test]
fn a_welcome_shows_the_section_and_asks_for_the_sync_centre() {
    let mut desk = Desk::new("s".into(), Section::Replies, Locale::default());
    let effects = desk.update(
        Msg::Context(Context::Hub(ToAll::HelloAnswer(HelloAnswer::Welcome(Welcome {
            account: "1@lid".into(),
            member: ME.to_string(),
            done: 0,
            parts: Parts::ALL,
            registers: stamped(&reply::create(&Team::default(), &reply(HELLO, "Greeting", "hi", "Hello")), 1),
            sync: Sync { problem: Some(Problem::Disk), ..Sync::default() },
        })))),
        NOW,
    );
    assert!(effects.contains(&Effect::Send(ToSyncCentre::Watch.into())));
    let shown = view(&desk);
    assert_eq!(shown.notice.map(|it| it.words.name), Some("notices_disk"));
    let Body::Replies(replies) = shown.body else { panic!("not the replies") };
    assert_eq!(replies.rows.len(), 1);
}

#[test]
fn who_i_am_is_saved_as_one_once_there_is_a_name() {
    let mut lead = Lead::new(Section::Me);
    lead.send(Msg::Me(me::Msg::Colour(Colour::Pink)));
    assert_eq!((lead.ops(), lead.me().colour, lead.me().chip), (0, Colour::Pink, None));
    lead.write(Field::MyName, "Ana Pop");
    assert_eq!(lead.me().derived, "AP");
    lead.send(Msg::Left);
    assert_eq!(lead.ops(), 1);
    lead.send(Msg::Left);
    assert_eq!(lead.ops(), 0, "nothing is left to save");
    lead.write(Field::MyInitials, "A");
    lead.send(Msg::Left);
    let chip = lead.me().chip.expect("a name");
    assert_eq!((chip.text.as_str(), chip.name.as_str(), chip.colour), ("A", "Ana Pop", Colour::Pink));
    lead.write(Field::MyName, " ");
    lead.send(Msg::Left);
    assert_eq!((lead.ops(), lead.me().name.as_str()), (0, "Ana Pop"));
}

#[test]
fn what_is_being_typed_stays_when_a_colleague_writes() {
    let mut lead = Lead::new(Section::Tags);
    lead.write(Field::TagName(ORDER), "Orders");
    lead.colleague(&[
        (Key::TagName(ORDER), Value::Text("Bestellung".into())),
        (Key::TagColour(ORDER), Value::Number(Colour::Red.number())),
    ]);
    let row = &lead.tags().rows[0];
    assert_eq!((row.name.as_str(), row.colour), ("Orders", Colour::Red));
    lead.send(Msg::Left);
    assert_eq!((lead.ops(), lead.tags().rows[0].name.as_str()), (1, "Orders"));
    lead.write(Field::TagName(ORDER), "  ");
    lead.send(Msg::Left);
    assert_eq!((lead.ops(), lead.tags().rows[0].name.as_str()), (0, "Orders"));
}

#[test]
fn the_twenty_first_tag_is_refused_and_its_name_stays() {
    let mut lead = Lead::new(Section::Tags);
    for n in 100..119 {
        lead.write(Field::NewTag, "more");
        lead.send(Msg::Tags(tags::Msg::New(TagId([n; 8]))));
        assert_eq!(lead.tags().new, "");
    }
    lead.write(Field::NewTag, "one too many");
    lead.send(Msg::Tags(tags::Msg::New(TagId([200; 8]))));
    assert_eq!((lead.tags().meter.count, lead.toast()), (20, Some("tags_toast_too_many")));
    assert_eq!(lead.tags().new, "one too many");
    lead.send(Msg::Tags(tags::Msg::Delete(ORDER)));
    assert_eq!(lead.effects.last(), Some(&Effect::Focus(Spot::Tag(TagId([100; 8])))));
    lead.send(Msg::Context(Context::Undo));
    assert_eq!(lead.tags().rows[0].name, "Order");
}

#[test]
fn a_reply_is_written_field_by_field_and_other_fields_keep_what_colleagues_wrote() {
    let mut lead = Lead::new(Section::Replies);
    lead.send(Msg::Replies(replies::Msg::Open(Some(HELLO))));
    assert_eq!(lead.effects, [Effect::Focus(Spot::Title)]);
    lead.write(Field::Body, "Hello {name}, {agent} here.");
    lead.colleague(&[(Key::ReplyTitle(HELLO), Value::Text("Welcome".into()))]);
    lead.send(Msg::Left);
    let open = lead.replies().open.expect("open");
    assert_eq!((open.title.as_str(), open.body.as_str()), ("Welcome", "Hello {name}, {agent} here."));
    assert_eq!((lead.ops(), open.clash), (1, None));
    lead.write(Field::Shortcut, "HOURS ");
    assert_eq!(lead.replies().open.and_then(|open| open.clash), Some("Hours".into()));
}

#[test]
fn a_new_reply_is_saved_with_its_title_or_with_the_beginning_of_its_text() {
    let mut lead = Lead::new(Section::Replies);
    let (a, b, c) = (ReplyId([30; 8]), ReplyId([31; 8]), ReplyId([32; 8]));
    lead.send(Msg::Replies(replies::Msg::New(a)));
    lead.write(Field::Title, "Label");
    lead.send(Msg::Left);
    assert_eq!(lead.ops(), 1);
    lead.send(Msg::Replies(replies::Msg::New(b)));
    lead.write(Field::Body, "\n  Print this.\nThen send it.");
    lead.send(Msg::Left);
    assert!(lead.ops() == 0 && lead.replies().open.is_some_and(|open| open.untitled));
    lead.send(Msg::Replies(replies::Msg::New(c)));
    assert_eq!(lead.titles(), ["Greeting", "Hours", "Label", "Print this."]);
    lead.send(Msg::Replies(replies::Msg::Open(None)));
    assert_eq!((lead.titles().len(), lead.replies().open), (4, None));
    assert_eq!(lead.effects, [Effect::Focus(Spot::Search)]);
}

#[test]
fn replies_are_searched_moved_and_deleted() {
    let mut lead = Lead::new(Section::Replies);
    lead.send(Msg::Replies(replies::Msg::Move(HOURS, -1)));
    assert_eq!(lead.titles(), ["Hours", "Greeting"]);
    lead.write(Field::Search, "gre");
    assert_eq!((lead.titles(), lead.replies().total), (vec!["Greeting".into()], 2));
    lead.send(Msg::Replies(replies::Msg::Move(HELLO, -1)));
    assert_eq!(lead.ops(), 0, "a place in a search result means nothing");
    lead.write(Field::Search, "");
    lead.send(Msg::Replies(replies::Msg::Open(Some(HOURS))));
    lead.write(Field::Body, "10 to 18");
    lead.send(Msg::Replies(replies::Msg::Delete(HOURS)));
    assert_eq!((lead.titles(), lead.toast()), (vec!["Greeting".into()], Some("replies_toast_deleted")));
    assert_eq!(lead.effects.last(), Some(&Effect::Focus(Spot::Reply(HELLO))));
    lead.send(Msg::Context(Context::Undo));
    lead.send(Msg::Replies(replies::Msg::Open(Some(HOURS))));
    assert_eq!(lead.replies().open.map(|open| open.body), Some("10 to 18".into()));
}

#[test]
fn a_reply_that_a_colleague_deletes_closes_unless_it_is_being_written() {
    let gone = [(Key::ReplyGone(HELLO), Value::Flag(true))];
    let mut lead = Lead::new(Section::Replies);
    lead.send(Msg::Replies(replies::Msg::Open(Some(HELLO))));
    lead.colleague(&gone);
    assert_eq!(lead.replies().open, None);

    let mut lead = Lead::new(Section::Replies);
    lead.send(Msg::Replies(replies::Msg::Open(Some(HELLO))));
    lead.write(Field::Body, "Hello again");
    lead.colleague(&gone);
    lead.send(Msg::Left);
    assert_eq!(lead.titles(), ["Hours", "Greeting"]);
    assert_eq!(lead.replies().open.map(|open| open.body), Some("Hello again".into()));
}

#[test]
fn an_import_is_shown_kept_up_to_date_applied_and_undone() {
    let mut lead = Lead::new(Section::Files);
    let tag = |name: &str| FileTag { name: name.into(), ..FileTag::default() };
    let file = TeamFile { baton: 1, tags: vec![tag("Order"), tag("Urgent")], ..TeamFile::default() };
    lead.send(Msg::Files(files::Msg::Chosen(Err(Unusable::NotBaton))));
    assert!(matches!(lead.import(), ImportView::Unusable(words) if words.name == "import_not_baton"));
    lead.send(Msg::Files(files::Msg::Chosen(Ok(file.clone()))));
    let ImportView::Read { counts, changes, .. } = lead.import() else { panic!("nothing to change") };
    assert_eq!((counts[0].name, counts.len(), changes.list.len()), ("import_tags_new", 1, 1));
    lead.colleague(&[(Key::TagName(ORDER), Value::Text("Urgent".into()))]);
    let ImportView::Read { changes, .. } = lead.import() else { panic!("nothing to change") };
    assert_eq!(changes.list[0].name, "Order", "the colleague's tag is the file's second one now");
    lead.send(Msg::Files(files::Msg::Apply));
    assert_eq!((lead.ops(), lead.toast()), (1, Some("files_toast_imported")));
    lead.send(Msg::Files(files::Msg::Chosen(Ok(file))));
    assert!(matches!(lead.import(), ImportView::Read { counts, .. } if counts.is_empty()));
    lead.send(Msg::Files(files::Msg::Cancel));
    lead.send(Msg::Context(Context::Undo));
    lead.send(Msg::Go(Section::Tags));
    assert_eq!(lead.tags().rows.len(), 1);
}

#[test]
fn an_export_is_the_team_and_a_refused_edit_is_taken_back() {
    let mut lead = Lead::new(Section::Tags);
    lead.send(Msg::Files(files::Msg::Export));
    assert!(matches!(&lead.effects[..], [Effect::Download(file)] if file.replies.len() == 2));
    lead.write(Field::TagName(ORDER), "x");
    lead.send(Msg::Left);
    lead.receive(OpDone { n: 1, stored: Err(Refusal::NotStored) });
    assert_eq!((lead.tags().rows[0].name.as_str(), lead.toast()), ("Order", Some("edit_toast_not_stored")));
}

#[test]
fn an_address_names_a_section() {
    for (section, name, _) in Section::ALL {
        assert_eq!(Section::of(&format!("#{name}")), section);
    }
    assert_eq!(Section::of("#nonsense"), Section::Me);
}

#[test]
fn a_table_of_another_tool_is_shown_with_what_can_not_be_taken() {
    use crate::import::{Kind, Reader, answer};
    let mut lead = Lead::new(Section::Files);
    let table =
        "title,shortcut,text,folder\nParcel,pc,On its way,Shipping\nEmpty,e,,\nHours,hours,9 to 20,\n";
    let mut reader = Reader::new(Kind::Csv, table).expect("a table");
    lead.send(Msg::Files(files::Msg::Reading(reader.step(1).hundredths())));
    assert!(matches!(lead.import(), ImportView::Reading(1..100)));
    assert_eq!(
        lead.send(Msg::Files(files::Msg::Cancel)),
        [Effect::StopReading, Effect::Focus(Spot::Section)]
    );
    reader.step(100);
    lead.send(Msg::Files(files::Msg::Reading(99)));
    let read = answer(Ok(reader.imported()));
    // The worker is stopped when it has nothing left to read.
    assert_eq!(
        lead.send(Msg::Files(files::Msg::ForeignRead(read))),
        [Effect::StopReading, Effect::Focus(Spot::Preview)]
    );
    let ImportView::Read { counts, skipped, more, .. } = lead.import() else { panic!("not read") };
    let names: Vec<_> = counts.iter().map(|words| (words.name, words.count)).collect();
    assert_eq!(names, [("import_replies_new", Some(1)), ("import_replies_changed", Some(1))]);
    assert_eq!(
        (skipped.len(), skipped[0].line, skipped[0].why.name, more),
        (1, 3, "import_left_out_empty", 0)
    );
    lead.send(Msg::Files(files::Msg::Apply));
    let parcel = lead.desk.ctx.team().replies().into_iter().find(|it| it.shortcut == "pc");
    assert_eq!(parcel.map(|it| (it.title, it.folder)), Some(("Parcel".into(), "Shipping".into())));
    lead.send(Msg::Context(Context::Undo));
    assert_eq!(lead.desk.ctx.team().replies().len(), 2);
}

#[test]
fn what_an_import_would_change_is_worked_out_when_something_changed() {
    let mut lead = Lead::new(Section::Files);
    let tags = vec![FileTag { name: "Urgent".into(), ..FileTag::default() }];
    lead.send(Msg::Files(files::Msg::Chosen(Ok(TeamFile { baton: 1, tags, ..TeamFile::default() }))));
    // The test empties the preview. A preview that is not recomputed stays empty.
    let forget = |lead: &mut Lead| match &mut lead.desk.files.import {
        Some(files::Import::Read { changes: Ok(changes), .. }) => changes.list.clear(),
        _ => panic!("not read"),
    };
    let shown = |lead: &Lead| matches!(lead.import(), ImportView::Read { counts, .. } if counts.len() == 1);
    assert!(shown(&lead));
    forget(&mut lead);
    lead.receive(ToAll::Sync(Sync::default()));
    lead.send(Msg::Context(Context::Minute));
    assert!(!shown(&lead));
    lead.colleague(&[(Key::ReplyTitle(HELLO), Value::Text("Hi".into()))]);
    assert!(shown(&lead));
    forget(&mut lead);
    lead.write(Field::TagName(ORDER), "Orders");
    lead.send(Msg::Left);
    lead.receive(OpDone { n: 1, stored: Err(Refusal::NotStored) });
    assert!(shown(&lead));
}

#[test]
fn another_file_ends_the_reading_of_one_and_a_reader_that_failed_is_told() {
    let mut lead = Lead::new(Section::Files);
    assert_eq!(lead.send(Msg::Files(files::Msg::Reading(0))), [Effect::Focus(Spot::Preview)]);
    let stops = [Effect::StopReading, Effect::Focus(Spot::Preview)];
    assert_eq!(lead.send(Msg::Files(files::Msg::Chosen(Err(Unusable::NotBaton)))), stops);
    lead.send(Msg::Files(files::Msg::Reading(0)));
    assert_eq!(lead.send(Msg::Files(files::Msg::ForeignRead(Err(Default::default())))), stops);
    assert!(matches!(lead.import(), ImportView::Unusable(words) if words.name == "import_failed"));
}

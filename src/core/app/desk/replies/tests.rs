//! Tests of the replies at the desk.

use super::view::{OpenReply, Replies, Versions};
use super::{FileRefused, Msg, Scope, Sort};
use crate::app::context::Msg as Context;
use crate::app::desk;
use crate::app::desk::tests::{Lead, ME, ORDER, reply};
use crate::app::desk::view::{Body, view};
use crate::app::desk::{Effect, Field, Msg as Desk, Section, Spot};
use crate::id::{DeviceId, FieldId, MemberId, ReplyId};
use crate::replica::{Key, Value};
use crate::team::reply::{BODY_UNITS, Reply};
use crate::uses::Uses;
use crate::versions::Version;
use crate::wire::{self, FileNote, ReadVersions, ToAll, ToFiles, ToHub};

const OTHER: MemberId = MemberId([2; 8]);
const A: ReplyId = ReplyId([50; 8]);
const B: ReplyId = ReplyId([51; 8]);
const C: ReplyId = ReplyId([52; 8]);
const D: ReplyId = ReplyId([53; 8]);

/// A desk with, after the two replies of every test desk, two team replies in folders, one of the person's own, and an
/// archived one.
fn lead() -> Lead {
    let mut lead = Lead::new(Section::Replies);
    for new in [
        Reply { folder: "Shipping".into(), ..reply(A, "Address", "addr", "{address} {name} {order number}") },
        Reply { folder: "Shipping".into(), tags: vec![ORDER], ..reply(B, "Label", "label", "Print it") },
        Reply { owner: Some(ME), ..reply(C, "My own", "own", "x") },
        Reply { archived: true, folder: "Old".into(), ..reply(D, "Holidays", "hol", "x") },
        Reply { owner: Some(OTHER), folder: "Theirs".into(), ..reply(ReplyId([54; 8]), "Secret", "hi", "x") },
    ] {
        let edits = crate::team::reply::create(lead.desk.ctx.team(), &new);
        lead.colleague(&edits);
    }
    lead
}

impl Lead {
    fn act(&mut self, msg: Msg) {
        self.send(Desk::Replies(msg));
    }

    fn shown(&self) -> Replies {
        if let Body::Replies(replies) = view(&self.desk).body { *replies } else { panic!("another section") }
    }

    fn open(&self) -> OpenReply {
        self.shown().open.expect("one is open")
    }

    fn listed(&self) -> String {
        self.shown().rows.iter().map(|row| row.title.as_str()).collect::<Vec<_>>().join(", ")
    }

    fn saved(&self, id: ReplyId) -> Reply {
        self.desk.ctx.team().reply(id).expect("it is there")
    }
}

#[test]
fn folders_and_scopes_list_some_and_never_those_of_others() {
    let mut lead = lead();
    assert_eq!(lead.listed(), "Greeting, Hours, Address, Label, My own");
    let shown = lead.shown();
    let chips: Vec<_> = shown.folders.iter().map(|it| (it.folder.as_deref(), it.count)).collect();
    assert_eq!(chips, [(None, 5), (Some("Shipping"), 2), (Some(""), 3)]);
    assert_eq!((shown.total, shown.rows[3].folder.as_str(), shown.rows[3].tags.len()), (6, "Shipping", 1));
    for (scope, listed) in [
        (Scope::Team, "Greeting, Hours, Address, Label"),
        (Scope::Mine, "My own"),
        (Scope::Archived, "Holidays"),
    ] {
        lead.act(Msg::Scope(scope));
        assert_eq!(lead.listed(), listed);
    }
    lead.act(Msg::Scope(Scope::All));
    lead.act(Msg::Folder(Some("Shipping".into())));
    assert_eq!(lead.listed(), "Address, Label");
    lead.write(Field::Search, "lab");
    assert_eq!(lead.listed(), "Label");
    lead.act(Msg::Folder(None));
    lead.write(Field::Search, "secret");
    assert_eq!(lead.listed(), "");
}

#[test]
fn a_reply_that_a_colleague_makes_their_own_closes() {
    let mut lead = lead();
    lead.send(Desk::Replies(desk::replies::Msg::Open(Some(B))));
    lead.colleague(&[(Key::ReplyOwner(B), Value::Id(OTHER.0))]);
    assert_eq!((lead.shown().open, lead.listed().contains("Label")), (None, false));
}

#[test]
fn a_move_among_those_listed_passes_those_that_are_not() {
    let mut lead = lead();
    lead.act(Msg::Folder(Some(String::new())));
    assert_eq!(lead.listed(), "Greeting, Hours, My own");
    lead.send(Desk::Replies(desk::replies::Msg::Move(C, -1)));
    assert_eq!(lead.listed(), "Greeting, My own, Hours");
    lead.send(Desk::Replies(desk::replies::Msg::Move(C, 1)));
    assert_eq!(lead.listed(), "Greeting, Hours, My own");
    lead.send(Desk::Replies(desk::replies::Msg::Move(C, 1)));
    assert_eq!(lead.ops(), 0, "it is the last one");
    lead.act(Msg::Sort(Sort::Newest));
    lead.send(Desk::Replies(desk::replies::Msg::Move(C, -1)));
    assert_eq!(lead.ops(), 0, "in another order a place means nothing");
}

#[test]
fn rows_are_selected_one_by_one_to_a_row_by_arrows_and_all() {
    let mut lead = lead();
    let selected = |lead: &Lead| lead.shown().rows.iter().filter(|row| row.selected).count();
    lead.act(Msg::Select(A));
    lead.act(Msg::Extend(A, true));
    assert_eq!((selected(&lead), lead.effects.last()), (2, Some(&Effect::Focus(Spot::Reply(B)))));
    lead.act(Msg::Extend(B, false));
    assert_eq!(selected(&lead), 1, "back towards where it began");
    lead.act(Msg::SelectTo(C));
    assert_eq!(lead.shown().bulk.map(|bulk| bulk.count), Some(3));
    lead.act(Msg::SelectAll);
    assert_eq!(selected(&lead), 5);
    lead.act(Msg::Scope(Scope::Mine));
    lead.act(Msg::Scope(Scope::All));
    assert_eq!(selected(&lead), 1, "what is not seen is not selected");
    lead.act(Msg::SelectNone);
    assert_eq!(lead.shown().bulk, None);
    lead.act(Msg::Extend(C, true));
    assert_eq!(selected(&lead), 0, "there is none behind the last");
}

#[test]
fn what_is_done_with_several_is_one_op_with_one_way_back() {
    let mut lead = lead();
    let (before_a, before_b) = (lead.saved(A), lead.saved(B));
    lead.act(Msg::Select(A));
    lead.act(Msg::Select(B));
    lead.write(Field::BulkFolder, " Parcels ");
    lead.act(Msg::MoveSelected);
    assert_eq!((lead.ops(), lead.toast()), (1, Some("replies_toast_bulk_moved")));
    assert_eq!((lead.saved(A).folder.as_str(), lead.saved(B).folder.as_str()), ("Parcels", "Parcels"));
    lead.send(Desk::Context(Context::Undo));
    assert_eq!((lead.ops(), lead.saved(A)), (1, before_a.clone()));

    let bulk = lead.shown().bulk.expect("two");
    assert_eq!((bulk.count, bulk.tags[0].on, bulk.archive), (2, None, (true, false)));
    lead.act(Msg::TagSelected(ORDER, true));
    assert_eq!((lead.ops(), lead.toast()), (1, Some("replies_toast_bulk_tagged")));
    assert_eq!(lead.shown().bulk.map(|bulk| bulk.tags[0].on), Some(Some(true)));
    lead.act(Msg::TagSelected(ORDER, true));
    assert_eq!(lead.ops(), 0, "nothing is left to change");
    lead.act(Msg::TagSelected(ORDER, false));
    assert_eq!((lead.saved(A).tags, lead.saved(B).tags), (vec![], vec![]));

    lead.act(Msg::Archive(A, true));
    assert_eq!((lead.ops(), lead.toast()), (1, Some("replies_toast_bulk_archived")));
    assert!(lead.saved(A).archived && lead.saved(B).archived, "a selected row stands for all of them");
    assert_eq!(lead.effects.last(), Some(&Effect::Focus(Spot::Reply(C))));
    lead.act(Msg::Scope(Scope::Archived));
    lead.act(Msg::SelectAll);
    lead.act(Msg::DeleteSelected);
    assert_eq!((lead.ops(), lead.listed().as_str()), (1, ""));
    lead.send(Desk::Context(Context::Undo));
    assert_eq!((lead.ops(), lead.listed().as_str()), (1, "Address, Label, Holidays"));
    assert_eq!(lead.saved(B).title, before_b.title);
}

#[test]
fn one_is_archived_and_brought_back() {
    let mut lead = lead();
    lead.act(Msg::Archive(A, true));
    assert_eq!((lead.listed().contains("Address"), lead.toast()), (false, Some("replies_toast_archived")));
    assert_eq!(lead.effects.last(), Some(&Effect::Focus(Spot::Reply(B))));
    lead.send(Desk::Replies(desk::replies::Msg::Open(Some(B))));
    lead.act(Msg::Archive(B, true));
    assert!(lead.open().archived, "the open one stays open");
    lead.act(Msg::Archive(B, false));
    assert!(!lead.open().archived && lead.listed().contains("Label"));
}

#[test]
fn what_is_chosen_for_a_new_reply_is_saved_with_it() {
    let mut lead = lead();
    let new = ReplyId([60; 8]);
    lead.act(Msg::Folder(Some("Shipping".into())));
    lead.send(Desk::Replies(desk::replies::Msg::New(new)));
    assert_eq!((lead.open().folder.as_str(), lead.open().mine), ("Shipping", Some(false)));
    lead.act(Msg::SetTag(ORDER, true));
    lead.act(Msg::SetPersonal(true));
    assert_eq!((lead.ops(), lead.open().mine, lead.open().tags[0].on), (0, Some(true), Some(true)));
    lead.write(Field::Title, "Pickup");
    lead.send(Desk::Left);
    let saved = lead.saved(new);
    assert_eq!((saved.folder.as_str(), saved.tags, saved.owner), ("Shipping", vec![ORDER], Some(ME)));
    lead.act(Msg::SetPersonal(false));
    assert_eq!((lead.saved(new).owner, lead.toast()), (None, Some("replies_toast_teams")));
    lead.send(Desk::Context(Context::Undo));
    assert_eq!(lead.saved(new).owner, Some(ME));
    lead.act(Msg::SetTag(ORDER, false));
    assert_eq!((lead.ops(), lead.saved(new).tags), (1, vec![]));
}

#[test]
fn a_text_longer_than_a_message_is_cut_and_that_is_told() {
    let mut lead = lead();
    lead.send(Desk::Replies(desk::replies::Msg::Open(Some(A))));
    lead.write(Field::Body, &"好".repeat(BODY_UNITS));
    assert!(!lead.open().cut, "it fits");
    lead.write(Field::Body, &"👋a".repeat(400_000));
    assert!(lead.open().cut && lead.open().body.encode_utf16().count() <= BODY_UNITS);
    lead.write(Field::Body, "short");
    assert!(!lead.open().cut);
}

#[test]
fn fields_tell_where_they_are_filled_from_and_problems_where_they_are() {
    let mut lead = lead();
    let field = FieldId([1; 8]);
    lead.colleague(&[
        (Key::FieldName(field), Value::Text("Address".into())),
        (Key::FieldValue(field), Value::Text("1 Long Street".into())),
    ]);
    lead.send(Desk::Replies(desk::replies::Msg::Open(Some(A))));
    let sources: Vec<_> = lead.open().sources.into_iter().map(|it| (it.name, it.with.concat())).collect();
    let from = |name, fields: &str| (name, fields.to_owned());
    assert_eq!(
        sources,
        [
            from("replies_from_baton", "{name}"),
            from("replies_from_team", "{address}"),
            from("replies_from_person", "{order number}")
        ]
    );
    assert_eq!(lead.open().fields, ["Address"]);
    lead.write(Field::Body, "👋 {}");
    assert_eq!(lead.open().problems.first().map(|it| it.1.clone()), Some(3..5));
}

#[test]
fn an_earlier_text_comes_back_as_one_op() {
    let mut lead = lead();
    lead.send(Desk::Replies(desk::replies::Msg::Open(Some(B))));
    assert_eq!(lead.open().versions, Versions::Hidden);
    lead.act(Msg::Versions(true));
    let asked = Effect::Send(ReadVersions { reply: B.to_string() }.into());
    assert_eq!((lead.effects.last(), lead.open().versions), (Some(&asked), Versions::Asked));
    let version = |at, body: &str| Version {
        at,
        who: Some(ME),
        title: "Old label".into(),
        shortcut: "l".into(),
        body: body.into(),
    };
    let now = Version {
        at: 900,
        who: Some(OTHER),
        title: "Label".into(),
        shortcut: "label".into(),
        body: "Print it".into(),
    };
    let all = [version(700, "Print"), version(800, "Print this"), now];
    lead.receive(wire::Versions { reply: B.to_string(), versions: all.into() });
    let Versions::Known(rows) = lead.open().versions else { panic!("they are known") };
    let told: Vec<_> = rows.iter().map(|row| (row.at / 60_000, row.body.as_str(), row.now)).collect();
    assert_eq!(told, [(900, "Print it", true), (800, "Print this", false), (700, "Print", false)]);
    lead.act(Msg::Restore(1));
    assert_eq!(
        (lead.ops(), lead.open().title, lead.open().body),
        (1, "Old label".into(), "Print this".into())
    );
    lead.send(Desk::Context(Context::Undo));
    assert_eq!((lead.ops(), lead.open().title, lead.open().body), (1, "Label".into(), "Print it".into()));
    lead.send(Desk::Replies(desk::replies::Msg::Open(Some(A))));
    assert_eq!(lead.open().versions, Versions::Hidden);
}

#[test]
fn replies_are_sorted_by_use_and_by_change() {
    let mut lead = lead();
    let mut uses = Uses::default();
    uses.note(B, &[], 10);
    lead.receive(ToAll::Uses(uses));
    let device = DeviceId([9; 8]);
    lead.colleague(&[(Key::DeviceUses(device), Value::Text("3232325 3333332".into()))]);
    lead.act(Msg::Sort(Sort::MostUsed));
    assert_eq!(lead.listed(), "Address, Label, Greeting, Hours, My own");
    let uses: Vec<u32> = lead.shown().rows.iter().map(|row| row.uses).collect();
    assert_eq!(uses, [5, 2, 0, 0, 0]);
    lead.act(Msg::Sort(Sort::LeastUsed));
    assert!(lead.listed().starts_with("Greeting, Hours"));
    lead.send(Desk::Replies(desk::replies::Msg::Open(Some(B))));
    lead.write(Field::Body, "Print it now");
    lead.send(Desk::Left);
    lead.act(Msg::Sort(Sort::Newest));
    assert!(lead.listed().starts_with("Label"));
    assert!(lead.shown().meter.bytes > 100);
}

#[test]
fn replies_that_say_nearly_the_same_are_listed_beside_each_other() {
    let mut lead = lead();
    lead.act(Msg::Scope(Scope::Duplicates));
    assert!(lead.shown().rows.is_empty());
    let long = "You can return anything within thirty days, no questions asked, in its box.";
    for (n, title, body) in [(60, "Returns", long), (61, "Other", "Something else"), (62, "Send back", long)]
    {
        let new = reply(ReplyId([n; 8]), title, "", body);
        let edits = crate::team::reply::create(lead.desk.ctx.team(), &new);
        lead.colleague(&edits);
    }
    let titles: Vec<String> = lead.shown().rows.into_iter().map(|row| row.title).collect();
    assert_eq!(titles, ["Returns", "Send back"]);
}

#[test]
fn a_file_that_is_taken_away_can_be_put_back() {
    let mut lead = lead();
    let files = |places: &[u32]| {
        let note = |at: &u32| FileNote {
            reply: A.to_string(),
            at: *at,
            name: format!("{at}.pdf"),
            kind: "application/pdf".into(),
            size: 1,
        };
        ToAll::Files(places.iter().map(note).collect())
    };
    let undo = Desk::Context(Context::Undo);
    let has_undo = |lead: &Lead| view(&lead.desk).toast.is_some_and(|toast| toast.undo);
    lead.receive(files(&[0, 1]));
    lead.send(Desk::Replies(desk::replies::Msg::Open(Some(A))));
    assert_eq!(lead.send(Desk::Replies(desk::replies::Msg::DropFile(A, 1))), [Effect::DropFile(A, 1)]);
    assert_eq!(lead.toast(), None, "it is not gone yet");
    lead.send(Desk::Replies(desk::replies::Msg::FileDetached(A, 1, "1.pdf".into())));
    assert_eq!(lead.effects.last(), Some(&Effect::Send(ToHub::Files(ToFiles::Changed))));
    assert_eq!((lead.toast(), has_undo(&lead)), (Some("replies_toast_file_removed"), true));
    lead.receive(files(&[0]));
    assert_eq!(lead.desk.next_file(A), 2, "its place is kept for it");
    assert_eq!(lead.send(undo.clone()), [Effect::PutBack(A, 1)]);
    assert_eq!((lead.toast(), lead.send(undo.clone())), (None, &[][..]), "once");

    // A later action takes over undo.
    lead.send(Desk::Replies(desk::replies::Msg::FileDetached(A, 1, "1.pdf".into())));
    lead.act(Msg::Archive(A, true));
    assert!(!lead.send(undo).contains(&Effect::PutBack(A, 1)));
    assert!(!lead.saved(A).archived);
    lead.send(Desk::Replies(desk::replies::Msg::FilesAttached(Err(FileRefused::NotStored))));
    assert!(!has_undo(&lead));
}

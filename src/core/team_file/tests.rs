//! Tests of importing files: the preview, and that a second import changes nothing.

use proptest::prelude::*;

use super::*;
use crate::team::member;
use crate::team::reply;
use crate::team::tag::{self, TAG_LIMIT};

/// A team with these tags, and with replies of these titles, shortcuts and bodies.
fn team(tags: &[(&str, Colour)], replies: &[(&str, &str, &str)]) -> OptimisticTeam {
    let mut shared = OptimisticTeam::default();
    for (i, (name, colour)) in (1..).zip(tags) {
        let edits = tag::create(shared.team(), TagId([i; 8]), name, *colour).expect("there is room");
        shared.edit(edits, 0);
    }
    for (i, (title, shortcut, body)) in (1..).zip(replies) {
        let (title, shortcut, body) = ((*title).into(), (*shortcut).into(), (*body).into());
        let reply = Reply { title, shortcut, body, ..Reply::new(ReplyId([i; 8])) };
        let edits = reply::create(shared.team(), &reply);
        shared.edit(edits, 0);
    }
    let me = member::change(shared.team(), MemberId([1; 8]), "Ana Pop", "", Colour::Green);
    shared.edit(me, 0);
    shared
}

fn read(json: &str) -> TeamFile {
    serde_json::from_str(json).expect("a file")
}

fn apply(shared: &mut OptimisticTeam, file: &TeamFile) -> Changes {
    let changes = preview(shared, None, file).expect("usable");
    shared.edit(changes.edits.clone(), 0);
    changes
}

fn tags(shared: &OptimisticTeam) -> Vec<(String, Colour)> {
    shared.team().tags().into_iter().map(|tag| (tag.name, tag.colour)).collect()
}

fn full() -> OptimisticTeam {
    team(
        &[("Order", Colour::Blue), ("退换货", Colour::Red)],
        &[("Greeting", "hi", "Hello {name},\n\tthis is {agent}."), ("Hours", "", "9 to 18")],
    )
}

#[test]
fn a_team_reads_its_own_file_as_no_change() {
    let file = export(full().team(), None);
    let json = serde_json::to_string(&file).expect("text");
    assert_eq!(read(&json), file);
    assert_eq!(preview(&full(), None, &file), Ok(Changes::default()));
}

#[test]
fn an_empty_team_gets_tags_and_replies_in_order_but_not_people() {
    let file = export(full().team(), None);
    let mut fresh = OptimisticTeam::default();
    let changes = apply(&mut fresh, &file);
    assert_eq!(changes.list.len(), 4);
    assert!(changes.list.iter().all(|change| change.is_new));
    assert_eq!(changes.strangers, 1);
    let again = export(fresh.team(), None);
    assert_eq!((&again.tags, &again.replies), (&file.tags, &file.replies));
    assert_eq!(preview(&fresh, None, &file).map(|it| it.edits), Ok(vec![]));
}

#[test]
fn what_differs_is_shown_before_and_after() {
    let mut file = export(full().team(), None);
    file.tags[0].colour = "teal".into();
    file.replies[0].body = "Hi".into();
    file.members[0].name = "Ana Popescu".into();
    let changes = preview(&full(), None, &file).expect("usable");
    assert_eq!(changes.edits.len(), 3);
    assert_eq!(
        changes.list[0],
        Change {
            kind: Kind::Tag,
            name: "Order".into(),
            is_new: false,
            differences: vec![Difference {
                part: Part::Colour,
                before: Content::Colour(Colour::Blue),
                after: Content::Colour(Colour::Teal),
            }],
        }
    );
    assert_eq!(changes.list[1].differences[0].after, Content::Text("Hi".into()));
    assert_eq!(changes.list[2].kind, Kind::Member);
}

#[test]
fn a_person_gets_the_name_and_the_initials_of_the_file() {
    let mut file = export(full().team(), None);
    for (name, initials, expected) in
        [("Bo Li", "AP", "AP"), ("Bo Li", "", "BL"), ("Bo Li", "x", "x"), ("", "x", "x")]
    {
        let mut shared = full();
        file.members[0] =
            FileMember { name: name.into(), initials: initials.into(), ..file.members[0].clone() };
        apply(&mut shared, &file);
        assert_eq!(shared.team().member(MemberId([1; 8])).map(|it| it.initials), Some(expected.into()));
        assert_eq!(preview(&shared, None, &file), Ok(Changes::default()));
    }
}

#[test]
fn another_teams_file_meets_what_is_called_alike() {
    let mut shared = full();
    let file = read(
        r#"{"baton": 1, "tags": [{"id": "00000000000000aa", "name": " Order ", "colour": "red"}, {"name": "New"}],
            "replies": [{"id": "00000000000000aa", "title": "Welcome", "shortcut": "hi", "body": "Welcome!"},
                        {"title": "Hours", "body": "8 to 20"}]}"#,
    );
    let changes = apply(&mut shared, &file);
    assert_eq!(changes.list.iter().filter(|change| change.is_new).count(), 1);
    assert_eq!(
        tags(&shared),
        [("Order".into(), Colour::Red), ("退换货".into(), Colour::Red), ("New".into(), Colour::Blue)]
    );
    let replies = shared.team().replies();
    assert_eq!(
        replies.iter().map(|it| (it.title.as_str(), it.body.as_str())).collect::<Vec<_>>(),
        [("Welcome", "Welcome!"), ("Hours", "8 to 20")]
    );
    assert_eq!(preview(&shared, None, &file), Ok(Changes::default()));
}

#[test]
fn what_was_deleted_comes_back() {
    let file = export(full().team(), None);
    let mut shared = full();
    shared.edit(tag::delete(TagId([1; 8])), 0);
    shared.edit(reply::delete(ReplyId([2; 8])), 0);
    let changes = apply(&mut shared, &file);
    assert_eq!(changes.list.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["Order", "Hours"]);
    assert_eq!(shared.team().tags().len(), 2);
    assert_eq!(shared.team().replies().len(), 2);
    assert_eq!(preview(&shared, None, &file), Ok(Changes::default()));
}

#[test]
fn a_deleted_reply_comes_back_as_the_file_says_and_not_as_it_was() {
    let file = read(r#"{"baton": 1, "replies": [{"title": "Hello", "body": "Hi"}]}"#);
    let mut shared = full();
    apply(&mut shared, &file);
    let made = shared.team().replies().pop().expect("it was imported");
    assert_eq!(shared.value(&Key::ReplyFolder(made.id)), Value::Nothing, "what is absent takes no room");
    let was = Reply {
        shortcut: "old".into(),
        folder: "Old".into(),
        tags: vec![TagId([1; 8])],
        owner: Some(MemberId([2; 8])),
        archived: true,
        ..made.clone()
    };
    let edits = reply::change(shared.team(), &was);
    shared.edit(edits, 0);
    shared.edit(reply::delete(made.id), 0);
    let changes = apply(&mut shared, &file);
    assert!(changes.list.len() == 1 && changes.list[0].is_new);
    assert_eq!(shared.team().reply(made.id), Some(made));
    assert_eq!(preview(&shared, None, &file), Ok(Changes::default()));
}

#[test]
fn tags_are_found_by_name_and_those_that_are_not_are_told() {
    let mut shared = full();
    let edits = reply::change(
        shared.team(),
        &Reply { tags: vec![TagId([2; 8])], ..shared.team().replies()[1].clone() },
    );
    shared.edit(edits, 0);
    let file = read(
        r#"{"baton": 1, "replies": [
            {"title": "Bound", "tags": ["退换货", " ORDER", "order", "vip"]},
            {"title": "Hours", "body": "9 to 18", "tags": ["VIP", "gold"]}]}"#,
    );
    let changes = apply(&mut shared, &file);
    assert_eq!(changes.unknown_tags, ["vip", "gold"]);
    assert_eq!(changes.list.len(), 1, "a file that names none of our tags leaves them alone");
    let replies = shared.team().replies();
    assert_eq!(replies[1].tags, [TagId([2; 8])]);
    assert_eq!(replies[2].tags, [TagId([2; 8]), TagId([1; 8])]);
    assert_eq!(preview(&shared, None, &file).map(|it| it.edits), Ok(vec![]));

    let free = read(r#"{"baton": 1, "replies": [{"title": "Hours", "body": "9 to 18", "tags": []}]}"#);
    apply(&mut shared, &free);
    assert_eq!(shared.team().replies()[1].tags, [], "to name no tag at all is to bind to none");

    let many: Vec<String> = (0..50).map(|n| format!("no {n}")).collect();
    let reply = FileReply { title: "Many".into(), tags: Some(many), ..FileReply::default() };
    let file = TeamFile { baton: 1, replies: vec![reply], ..TeamFile::default() };
    let unknown = preview(&shared, None, &file).expect("usable").unknown_tags;
    assert_eq!((unknown.len(), unknown.last().map(String::as_str)), (UNKNOWN_TAGS + 1, Some("…")));
}

#[test]
fn a_team_reads_its_own_bindings_as_no_change() {
    let mut shared = full();
    for tags in [vec![TagId([2; 8]), TagId([1; 8])], vec![TagId([1; 8]), TagId([2; 8])]] {
        let edits = reply::change(shared.team(), &Reply { tags, ..shared.team().replies()[0].clone() });
        shared.edit(edits, 0);
        assert_eq!(preview(&shared, None, &export(shared.team(), None)), Ok(Changes::default()));
    }
    shared.edit(tag::delete(TagId([1; 8])), 0);
    assert_eq!(preview(&shared, None, &export(shared.team(), None)), Ok(Changes::default()));
    shared.edit(tag::delete(TagId([2; 8])), 0);
    assert_eq!(preview(&shared, None, &export(shared.team(), None)), Ok(Changes::default()));
}

#[test]
fn the_values_from_before_undo_an_import() {
    let mut shared = full();
    let before = export(shared.team(), None);
    let file = read(r#"{"baton": 1, "tags": [{"name": "Order", "colour": "pink"}, {"name": "x"}]}"#);
    let edits = preview(&shared, None, &file).expect("usable").edits;
    let undo = edits.iter().map(|(key, _)| (*key, shared.value(key))).collect();
    shared.edit(edits, 0);
    shared.edit(undo, 0);
    assert_eq!(export(shared.team(), None), before);
}

#[test]
fn too_many_tags_are_refused_with_their_number() {
    let names: Vec<String> = (0..19).map(|n| format!("tag {n}")).collect();
    let file = TeamFile {
        baton: 1,
        tags: names.iter().map(|name| FileTag { name: name.clone(), ..FileTag::default() }).collect(),
        ..TeamFile::default()
    };
    assert_eq!(preview(&full(), None, &file), Err(Unusable::TooManyTags(21)));
    let mut shared = OptimisticTeam::default();
    assert_eq!(apply(&mut shared, &file).list.len(), 19);
}

#[test]
fn what_is_no_file_of_ours_is_refused() {
    assert_eq!(preview(&full(), None, &read(r#"{"baton": 2, "tags": []}"#)), Err(Unusable::Newer));
    assert_eq!(preview(&full(), None, &read("{}")), Err(Unusable::NotBaton));
    for garbage in ["[]", "7", r#"{"baton": -1}"#, r#"{"baton": 1, "tags": {}}"#, r#"{"baton":1,"tags":[1]}"#]
    {
        assert!(serde_json::from_str::<TeamFile>(garbage).map_or(true, |it| it == TeamFile::default()));
    }
    let replies = vec![FileReply { title: "x".into(), ..FileReply::default() }; ENTRIES + 1];
    let file = TeamFile { baton: 1, replies, ..TeamFile::default() };
    assert_eq!(preview(&full(), None, &file), Err(Unusable::TooMany(ENTRIES + 1)));
}

#[test]
fn what_can_not_be_typed_is_left_out_and_what_is_too_long_is_cut() {
    let mut shared = OptimisticTeam::default();
    let name = format!("a\0b\u{7}\nc{}", "😀".repeat(200));
    let file = TeamFile {
        baton: 1,
        tags: vec![
            FileTag { name, ..FileTag::default() },
            FileTag { name: "\0 ".into(), ..FileTag::default() },
        ],
        replies: vec![FileReply {
            title: "t".into(),
            body: "one\r\ntwo\0\tthree".into(),
            ..FileReply::default()
        }],
        ..TeamFile::default()
    };
    apply(&mut shared, &file);
    assert_eq!(tags(&shared), [(format!("abc{}", "😀".repeat(NAME_CHARS - 3)), Colour::Blue)]);
    assert_eq!(shared.team().replies()[0].body, "one\ntwo\tthree");
    assert_eq!(preview(&shared, None, &file), Ok(Changes::default()));
}

prop_compose! {
    /// The names are drawn from a small set, so that they collide.
    fn any_file()(
        tags in prop::collection::vec((0..6u8, "[ab]{0,2}", 0..14usize), 0..8),
        replies in prop::collection::vec((0..6u8, "[ab]{0,2}", "[ab]{0,1}", ".{0,4}"), 0..8),
    ) -> TeamFile {
        let id = |n: u8| if n == 0 { String::new() } else { TagId([n; 8]).to_string() };
        let colour = |n: usize| Colour::ALL.get(n).map_or("mauve", |colour| colour.name()).to_owned();
        TeamFile {
            baton: 1,
            tags: tags.into_iter().map(|(n, name, c)| FileTag { id: id(n), name, colour: colour(c) }).collect(),
            replies: replies
                .into_iter()
                .map(|(n, title, shortcut, body)| FileReply { id: id(n), title, shortcut, body, ..FileReply::default() })
                .collect(),
            ..TeamFile::default()
        }
    }
}

proptest! {
    #[test]
    fn importing_twice_is_importing_once(files in prop::collection::vec(any_file(), 1..4)) {
        let mut shared = OptimisticTeam::default();
        for file in &files {
            // Each file has several tags, so that three files can exceed the limit.
            if let Ok(changes) = preview(&shared, None, file) {
                shared.edit(changes.edits, 0);
                prop_assert_eq!(preview(&shared, None, file), Ok(Changes::default()));
            }
        }
        let own = export(shared.team(), None);
        prop_assert_eq!(preview(&shared, None, &own), Ok(Changes::default()));
        prop_assert!(shared.team().tags().len() <= TAG_LIMIT);
    }
}

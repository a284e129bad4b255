//! Tests of comparing a team with a backup of it.

use super::*;
use crate::id::{DeviceId, MemberId, ReplyId, TagId};
use crate::replica::Stamp;
use crate::team::chat::{self, ChatKey};
use crate::team::holder;
use crate::team::member;
use crate::team::reply::{self, Reply};
use crate::team::tag::{self, Colour};

const TEAM: TeamId = TeamId([7; 8]);
const ORDER: TagId = TagId([1; 8]);
const HELLO: ReplyId = ReplyId([2; 8]);
const ANA: MemberId = MemberId([3; 8]);
const CHAT: ChatKey = ChatKey([4; 5]);

/// A replica that stores edits as registers at once.
#[derive(Default)]
struct Here(OptimisticTeam, u32);

impl Here {
    fn edit(&mut self, edits: Vec<Edit>) {
        self.1 += 1;
        let stamp = Stamp { tick: self.1, counter: 0, device: DeviceId([1; 8]) };
        let registers = edits.into_iter().map(|(key, value)| (key, Register { value, stamp }));
        self.0.changed(registers.collect());
    }

    fn with_team() -> Here {
        let mut here = Here::default();
        here.edit(tag::create(&Team::default(), ORDER, "Order", Colour::Blue).expect("room"));
        here.edit(reply::create(
            &Team::default(),
            &Reply {
                title: "Greeting".into(),
                shortcut: "hi".into(),
                body: "Hello".into(),
                ..Reply::new(HELLO)
            },
        ));
        here.edit(member::change(&Team::default(), ANA, "Ana", "", Colour::Red));
        here.edit(chat::set_tag(CHAT, ORDER, true));
        here.edit(holder::give(CHAT, ANA, ""));
        here
    }
}

fn told(group: &Group) -> Vec<(Kind, &str, Vec<&'static str>)> {
    let line = |it: &'_ Line| it.facts.iter().map(|fact| fact.name).collect();
    group.lines.iter().map(|it| (it.kind, it.name.as_str(), line(it))).collect()
}

#[test]
fn nothing_changed_is_nothing_to_do() {
    let here = Here::with_team();
    assert_eq!(compare(&here.0, &here.0.registers()), Comparison::default());
}

#[test]
fn what_was_deleted_comes_back_and_what_was_changed_only_if_wanted() {
    let mut here = Here::with_team();
    let backup = here.0.registers();
    here.edit(tag::delete(ORDER));
    here.edit(reply::delete(HELLO));
    here.edit(member::change(here.0.team(), ANA, "Anna", "", Colour::Red));
    here.edit(holder::release(CHAT));
    here.edit(tag::create(here.0.team(), TagId([9; 8]), "Later", Colour::Red).expect("room"));
    let comparison = compare(&here.0, &backup);
    let expected = [(Kind::Tag, "Order", vec![]), (Kind::Reply, "Greeting", vec![])];
    assert_eq!(told(&comparison.missing), expected);
    let expected = [
        (Kind::Member, "Anna", vec!["register_member_name"]),
        (Kind::Chat, "040404", vec!["register_chat_holder"]),
    ];
    assert_eq!(told(&comparison.changed), expected);

    here.edit(comparison.missing.edits);
    let team = here.0.team();
    assert_eq!(team.tags().len(), 2, "what is not in the backup stays");
    assert_eq!(team.tags_of(&CHAT).len(), 1);
    assert!(team.reply(HELLO).is_some() && team.member(ANA).is_some_and(|ana| ana.name == "Anna"));
    here.edit(comparison.changed.edits);
    assert!(here.0.team().holder_of(&CHAT).is_some());
    assert_eq!(compare(&here.0, &backup), Comparison::default());
}

#[test]
fn a_deleted_reply_comes_back_as_it_was_in_the_backup() {
    let mut here = Here::with_team();
    let backup = here.0.registers();
    let then = here.0.team().reply(HELLO).expect("a reply");
    let tags = vec![ORDER];
    let later = Reply { tags, folder: "Old".into(), owner: Some(ANA), archived: true, ..then.clone() };
    here.edit(reply::change(here.0.team(), &later));
    here.edit(reply::delete(HELLO));
    let comparison = compare(&here.0, &backup);
    assert_eq!(comparison.changed.edits, []);
    here.edit(comparison.missing.edits);
    assert_eq!(here.0.team().reply(HELLO), Some(then));
    assert_eq!(compare(&here.0, &backup), Comparison::default());
}

#[test]
fn an_empty_browser_gets_everything_back() {
    let backup = Here::with_team().0.registers();
    let mut here = Here::default();
    let comparison = compare(&here.0, &backup);
    let lines = [
        (Kind::Member, "Ana", vec!["register_member_colour"]),
        (Kind::Tag, "Order", vec!["register_tag_colour"]),
        (Kind::Reply, "Greeting", vec!["register_reply_shortcut", "register_reply_body"]),
        (Kind::Chat, "040404", vec!["register_chat_holder", "register_chat_tag"]),
    ];
    assert_eq!((told(&comparison.missing), comparison.changed.lines.len()), (lines.into(), 0));
    here.edit(comparison.missing.edits);
    assert_eq!(here.0.team().tags_of(&CHAT).len(), 1);
}

#[test]
fn what_the_backup_calls_deleted_stays_here() {
    let mut here = Here::with_team();
    here.edit(tag::delete(ORDER));
    let backup = here.0.registers();
    here.edit(vec![(Key::TagGone(ORDER), Value::Flag(false))]);
    here.edit(tag::rename(here.0.team(), ORDER, "Orders"));
    assert_eq!(compare(&here.0, &backup), Comparison::default());
}

#[test]
fn tags_that_have_no_room_are_left_out() {
    let mut here = Here::with_team();
    let backup = here.0.registers();
    here.edit(tag::delete(ORDER));
    for n in 0..TAG_LIMIT as u8 {
        here.edit(tag::create(here.0.team(), TagId([100 + n; 8]), "more", Colour::Red).expect("room"));
    }
    let comparison = compare(&here.0, &backup);
    assert_eq!((comparison.left_out, comparison.missing.edits), (1, vec![]));
}

#[test]
fn a_chat_that_moved_is_found() {
    let mut here = Here::with_team();
    let backup = here.0.registers();
    let to = ChatKey([5; 5]);
    here.edit(chat::move_to(&here.0, CHAT, to));
    here.edit(vec![(Key::ChatMoved(CHAT), Value::Id(to.id()))]);
    assert_eq!(compare(&here.0, &backup), Comparison::default());
}

#[test]
fn other_files_are_refused_with_the_reason() {
    let registers = wire::encode_registers(&Here::with_team().0.registers());
    let backup = Backup { version: 1, team: TEAM.to_string(), made: 0, registers };
    assert_eq!(open(&backup, TEAM).map(|it| it.len()), Ok(12));
    let with = |change: fn(&mut Backup)| {
        let mut backup = backup.clone();
        change(&mut backup);
        open(&backup, TEAM).map(drop)
    };
    assert_eq!(with(|it| it.version = 2), Err(NoBackup::Newer));
    assert_eq!(with(|it| it.team = "0101010101010101".into()), Err(NoBackup::OtherTeam));
    assert_eq!(with(|it| it.team = "x".into()), Err(NoBackup::Malformed));
    assert_eq!(with(|it| it.registers.truncate(50)), Err(NoBackup::Malformed));
    assert_eq!(with(|it| it.registers = "nonsense!".into()), Err(NoBackup::Malformed));
}

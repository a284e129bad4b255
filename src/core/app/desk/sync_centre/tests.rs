//! Tests of the Sync centre. The test plays the hub.

use super::view::{Restore, Shown};
use super::*;
use crate::app::context;
use crate::app::desk::view::{Body, view};
use crate::app::desk::{Desk, Msg as DeskMsg, Section};
use crate::app::locale::Locale;
use crate::hub::Conflict;
use crate::id::TagId;
use crate::replica::{Edit, Parts, Stamp};
use crate::team::Team;
use crate::team::describe::Content;
use crate::team::tag::{self, Colour};
use crate::wire::{
    DeviceState, Edits, FromHub, HelloAnswer, Op, Problem, Reason, Registers, Sync, ToAll, ToHub, Welcome,
};

const DAY: u64 = 24 * 60 * 60_000;
const NOW: u64 = 20_000 * DAY;
const ME: DeviceId = DeviceId([1; 8]);
const BEN: DeviceId = DeviceId([2; 8]);
const ORDER: TagId = TagId([10; 8]);

struct Lead {
    desk: Desk,
    effects: Vec<Effect>,
}

impl Lead {
    fn new() -> Lead {
        let mut lead =
            Lead { desk: Desk::new("s".into(), Section::Sync, Locale::default()), effects: vec![] };
        lead.send(Msg::About("Chrome 137, Baton 0.1.0".into(), false));
        lead.receive(HelloAnswer::Welcome(Welcome {
            account: "1@lid".into(),
            member: "0101010101010101".into(),
            done: 0,
            parts: Parts::ALL,
            registers: stamped(&tag::create(&Team::default(), ORDER, "Order", Colour::Blue).expect("room")),
            sync: Sync { used: 10, limit: 100, ..Sync::default() },
        }));
        assert_eq!(lead.effects, [Effect::Send(ToSyncCentre::Watch.into())]);
        lead
    }

    fn desk(&mut self, msg: DeskMsg) -> &[Effect] {
        self.effects = self.desk.update(msg, NOW);
        &self.effects
    }

    fn send(&mut self, msg: Msg) -> &[Effect] {
        self.desk(DeskMsg::SyncCentre(msg))
    }

    fn receive(&mut self, message: impl Into<FromHub>) -> &[Effect] {
        self.desk(match message.into() {
            FromHub::All(message) => DeskMsg::Context(context::Msg::Hub(message)),
            FromHub::Desk(message) => DeskMsg::Hub(message),
            FromHub::Page(_) => panic!("a desk does not get it"),
        })
    }

    fn shown(&self) -> Shown {
        if let Body::Sync(shown) = view(&self.desk).body { *shown } else { panic!("another section") }
    }

    fn toast(&self) -> Option<&'static str> {
        view(&self.desk).toast.map(|toast| toast.words.name)
    }

    fn taken(&self) -> Vec<&'static str> {
        self.shown().taken.iter().map(|words| words.name).collect()
    }
}

fn stamped(edits: &[Edit]) -> Registers {
    let stamp = Stamp { tick: 2, counter: 0, device: ME };
    let register = |value: &Value| Register { value: value.clone(), stamp };
    Registers::encode(&edits.iter().map(|(key, value)| (*key, register(value))).collect::<Vec<_>>())
}

fn device(id: DeviceId, seen: u64) -> DeviceState {
    DeviceState { id: id.to_string(), is_me: id == ME, seq: 3, bytes: 400, seen, ..DeviceState::default() }
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

#[test]
fn the_centre_is_told_in_words_and_this_device_says_what_it_is() {
    let mut lead = Lead::new();
    let key = Key::TagName(ORDER);
    let register = |text| Register { value: text, stamp: Stamp { tick: 2, counter: 0, device: ME } };
    let clash = |at| Conflict { at, key, kept: register(text("Order")), lost: register(text("Orders")) };
    let bad = DeviceState { unreadable: Some(Reason::Corrupt), lost: true, ..device(BEN, NOW - 8 * DAY) };
    let centre = Centre {
        waiting: 2,
        devices: vec![device(ME, NOW), bad],
        conflicts: vec![clash(NOW - 60_000), clash(NOW - 2 * DAY)],
        ..Centre::default()
    };
    lead.receive(FromSyncCentre::Centre(centre.clone()));
    let about = vec![(Key::DeviceAbout(ME), text("Chrome 137, Baton 0.1.0"))];
    assert_eq!(lead.effects, [Effect::Send(ToHub::Op(Op { n: 1, edits: Edits::encode(&about) }))]);
    assert!(lead.receive(FromSyncCentre::Centre(centre)).is_empty(), "once is enough");
    let shown = lead.shown();
    let names: Vec<_> = shown.devices.iter().map(|it| (it.name.as_str(), it.retirable)).collect();
    assert_eq!(names, [("Chrome 137, Baton 0.1.0", false), ("020202", true)]);
    assert_eq!(shown.devices[1].states, ["sync_centre_device_lost", "sync_centre_device_corrupt"]);
    assert_eq!((shown.waiting, shown.conflicts.len(), shown.room), (2, 1, None));
    let conflict = &shown.conflicts[0];
    assert_eq!((conflict.fact, conflict.about.as_str()), ("register_tag_name", ""));
    assert_eq!(conflict.lost, Content::Text("Orders".into()));

    let same = [(Key::DeviceAbout(BEN), text("Chrome 137, Baton 0.1.0"))];
    lead.receive(ToAll::Changed(stamped(&same)));
    let names: Vec<String> = lead.shown().devices.into_iter().map(|it| it.name).collect();
    assert_eq!(names, ["Chrome 137, Baton 0.1.0 (010101)", "Chrome 137, Baton 0.1.0 (020202)"]);
    lead.send(Msg::Ask(Some(BEN)));
    assert_eq!(lead.shown().asked.as_ref(), Some(&names[1]));
    lead.desk(DeskMsg::Back);
    assert_eq!(
        (lead.effects.as_slice(), lead.shown().asked),
        ([Effect::Focus(Spot::Device(BEN))].as_slice(), None)
    );
    lead.send(Msg::Ask(Some(BEN)));
    lead.send(Msg::Retire);
    assert_eq!(lead.effects[0], Effect::Send(ToSyncCentre::Retire { device: BEN.to_string() }.into()));
}

#[test]
fn room_is_made_when_there_is_little() {
    let mut lead = Lead::new();
    lead.receive(ToAll::Sync(Sync { problem: Some(Problem::Full), ..Sync::default() }));
    lead.receive(FromSyncCentre::Centre(Centre { needless: 4, ..Centre::default() }));
    let room = lead.shown().room.expect("full");
    assert_eq!((room.full, room.days.as_str(), room.needless), (true, "30", 4));
    lead.desk(DeskMsg::Type(Field::Days, "many".into()));
    assert_eq!(lead.send(Msg::Archive), [Effect::Send(Archive { days: u32::MAX }.into())]);
    // A state that the hub sent earlier is not the answer to the request.
    lead.receive(FromSyncCentre::Centre(Centre::default()));
    assert_eq!(lead.toast(), None);
    lead.receive(Archived { chats: 0 });
    assert_eq!(lead.toast(), Some("sync_centre_toast_nothing_rests"));
    lead.desk(DeskMsg::Type(Field::Days, " 7".into()));
    assert_eq!(lead.send(Msg::Archive), [Effect::Send(Archive { days: 7 }.into())]);
    lead.receive(Archived { chats: 3 });
    lead.receive(FromSyncCentre::Centre(Centre { archived: 3, ..Centre::default() }));
    assert_eq!((lead.toast(), lead.shown().archived), (Some("sync_centre_toast_archived"), 3));
}

#[test]
fn packets_go_out_in_three_ways() {
    let mut lead = Lead::new();
    let packet = "x".repeat(4_000);
    assert!(lead.receive(Packet { text: packet.clone() }).is_empty(), "nobody asked");
    assert_eq!(lead.send(Msg::Pack(Carry::File)), [Effect::Send(Pack.into())]);
    assert_eq!(lead.receive(Packet { text: packet.clone() }), [Effect::SavePacket(packet.clone())]);
    lead.send(Msg::Pack(Carry::Clipboard));
    assert_eq!(lead.receive(Packet { text: packet.clone() }), [Effect::Copy(packet.clone())]);
    lead.send(Msg::Pack(Carry::Codes));
    lead.receive(Packet { text: packet });
    assert_eq!(lead.effects, [Effect::LoadCodes, Effect::Focus(Spot::Codes), Effect::TurnTimer(1)]);
    let at = |lead: &Lead| lead.shown().codes.map(|it| (it.at, it.plays));
    assert_eq!(at(&lead), Some(((1, 3), Some(true))));
    assert_eq!(lead.send(Msg::Turn(1)), [Effect::TurnTimer(2)]);
    assert!(lead.send(Msg::Turn(1)).is_empty(), "an old timer");
    lead.send(Msg::Step(-1));
    lead.send(Msg::Step(-1));
    assert_eq!(at(&lead), Some(((3, 3), Some(false))));
    assert!(lead.send(Msg::Turn(2)).is_empty(), "it was stopped by hand");
    lead.desk(DeskMsg::Back);
    assert_eq!(at(&lead), None);
}

#[test]
fn nothing_plays_by_itself_for_those_who_want_it_still() {
    let mut lead = Lead::new();
    lead.send(Msg::About("x".into(), true));
    lead.send(Msg::Pack(Carry::Codes));
    lead.receive(Packet { text: "x".repeat(4_000) });
    assert_eq!(lead.effects, [Effect::LoadCodes, Effect::Focus(Spot::Codes)]);
    assert_eq!(lead.shown().codes.and_then(|it| it.plays), None);
}

#[test]
fn packets_come_in_whole_or_in_codes() {
    let mut lead = Lead::new();
    let sent = |packet: &str| Effect::Send(TakeIn { packet: packet.into() }.into());
    assert_eq!(lead.send(Msg::TakeIn("packet".into())), [sent("packet")]);
    lead.receive(Taken { facts: Ok(3) });
    assert_eq!(lead.taken(), ["sync_centre_packet_taken"]);
    lead.receive(Taken { facts: Err(PacketRefused::OtherTeam) });
    assert_eq!(lead.taken(), ["sync_centre_packet_other_team"]);

    let packet = "y".repeat(5_000);
    let codes = codes::split(&packet);
    lead.send(Msg::Read(vec![Some(codes[2].clone()), None, Some(codes::split("z")[0].clone())]));
    assert_eq!(lead.taken(), ["sync_centre_packet_unread", "sync_centre_packet_others"]);
    let reading = lead.shown().reading.expect("two are missing");
    assert_eq!(reading.with, ["1", "3", "1, 2"]);
    lead.send(Msg::TakeIn(codes[0].clone()));
    assert_eq!(lead.send(Msg::Read(vec![Some(codes[1].clone())])), [sent(&packet)]);
    assert_eq!(lead.shown().reading, None);
    lead.send(Msg::Read(vec![Some("B1 12345678 1/1 forged".into())]));
    assert_eq!(lead.taken(), ["sync_centre_packet_malformed"]);
}

#[test]
fn a_backup_is_looked_at_put_back_and_taken_back() {
    let mut lead = Lead::new();
    let [Effect::SaveBackup(backup)] = lead.send(Msg::Backup) else { panic!("no backup") };
    let backup = backup.clone();
    lead.receive(ToAll::Changed(stamped(&tag::delete(ORDER))));
    lead.send(Msg::Chosen(Ok(Backup { team: "0101010101010101".into(), ..backup.clone() })));
    let refused = Restore::Refused(Words::plain("sync_centre_restore_other_team"));
    assert_eq!(lead.shown().restore, Some(refused));
    lead.send(Msg::Chosen(Ok(backup.clone())));
    assert_eq!(lead.effects, [Effect::Focus(Spot::Restore)]);
    let preview = |lead: &Lead| match lead.shown().restore {
        Some(Restore::Preview { missing, .. }) => missing.lines.len(),
        _ => panic!("no preview"),
    };
    assert_eq!(preview(&lead), 1);
    lead.send(Msg::Restore);
    assert_eq!((lead.toast(), lead.shown().restore), (Some("sync_centre_toast_restored"), None));
    assert!(lead.desk.ctx.team().tag(ORDER).is_some());
    lead.desk(DeskMsg::Context(context::Msg::Undo));
    assert!(lead.desk.ctx.team().tag(ORDER).is_none());

    assert_eq!(lead.send(Msg::Day(7)), [Effect::Send(ReadCopy { day: 7 }.into())]);
    lead.receive(DayCopy {
        day: 7,
        registers: Some(Registers::of_text(&backup.registers).expect("our own encoding")),
    });
    assert_eq!(preview(&lead), 1);
    lead.send(Msg::Cancel);
    assert_eq!(lead.shown().restore, None);
}

#[test]
fn browsers_are_known_by_their_own_names() {
    for (agent, name) in [
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36",
            "Chrome 137, ",
        ),
        (
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36 Edg/138.0.0.0",
            "Edge 138, ",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0", "Firefox 142, "),
        ("", ""),
    ] {
        assert_eq!(about(agent, "0.1.0"), format!("{name}Baton 0.1.0"));
    }
}

//! Tests of the page without a browser: the test page that features use, and tests that concern several features.

mod port_tests;

pub(super) use super::holder::view::HolderLine;
pub(super) use super::keys::Action;
pub(super) use super::locale::Locale;
pub(super) use super::palette::Msg as In;
pub(super) use super::reading::{Composer, Identity, Layout, Open, Reading, Row};
pub(super) use super::{Effect, Msg, Page, Spot};
pub(super) use crate::app;
pub(super) use crate::id::{DeviceId, MemberId, ReplyId, TagId};
pub(super) use crate::replica::{Clock, Edit, Key, Parts, Register, Stamp, Value};
pub(super) use crate::team;
pub(super) use crate::team::chat::{self, ChatId, NamingKey};
pub(super) use crate::team::reply::{self, Reply};
pub(super) use crate::team::tag::Colour;
pub(super) use crate::team::{holder, member, tag};
pub(super) use crate::wire::{
    FileNote, FromHub, Hello, HelloAnswer, Op, OpDone, Refusal, Registers, Sync, ToAll, ToHub, ToReplies,
    Welcome,
};

use super::Preferences;
use super::chats::view::ThisChat;
use super::context::Link;
use super::filter::Filter;

pub(super) const ME: MemberId = MemberId([1; 8]);
pub(super) const BEN: MemberId = MemberId([2; 8]);
pub(super) const ORDER: TagId = TagId([10; 8]);
pub(super) const RETURNS: TagId = TagId([11; 8]);
pub(super) const NOW: u64 = 1_000 * 60_000;

/// A page with Ana as the person. The test plays the hub.
pub(super) struct TestPage {
    pub(super) page: Page,
    pub(super) clock: Clock,
    pub(super) effects: Vec<Effect>,
}

impl TestPage {
    pub(super) fn new() -> TestPage {
        TestPage::new_after(None)
    }

    /// A page in a browser that stored which chats the person held.
    pub(super) fn new_after(held: Option<&str>) -> TestPage {
        let preferences = Preferences { knows_keys: true, ..Preferences::default() };
        let page = Page::new("s".into(), false, preferences, held, Locale::default());
        let mut test = TestPage { page, clock: Clock::default(), effects: Vec::new() };
        test.send(Msg::Read(reading(Some("Mei Lin"))));
        let team = team::Team::default();
        let mut all = Vec::new();
        for (id, name) in [(ME, "Ana"), (BEN, "Ben Okafor")] {
            all.extend(member::change(&team, id, name, "", Colour::Green));
        }
        all.extend(tag::create(&team, ORDER, "Order", Colour::Blue).expect("room"));
        all.extend(tag::create(&team, RETURNS, "Returns", Colour::Red).expect("room"));
        all.extend(reply::create(
            &team,
            &Reply {
                title: "Greeting".into(),
                shortcut: "hi".into(),
                body: "Hello {name}, {agent} here.".into(),
                ..Reply::new(ReplyId([20; 8]))
            },
        ));
        let registers = test.stamp(&all, 9);
        test.receive(HelloAnswer::Welcome(Welcome {
            account: "1@lid".into(),
            member: ME.to_string(),
            done: 0,
            parts: Parts::ALL,
            registers,
            sync: Sync::default(),
        }));
        test
    }

    pub(super) fn send(&mut self, msg: Msg) -> &[Effect] {
        self.effects = self.page.update(msg, NOW);
        &self.effects
    }

    /// Creates a tag, like the field for a new tag.
    pub(super) fn new_tag(&mut self, id: TagId, name: &str) {
        self.send(Msg::Tags(app::tags::Msg::Add { on_chat: false }));
        self.send(Msg::Tags(app::tags::Msg::TypeNew(name.to_owned())));
        self.send(Msg::Tags(app::tags::Msg::New(id)));
    }

    pub(super) fn receive(&mut self, message: impl Into<FromHub>) -> &[Effect] {
        let FromHub::All(message) = message.into() else { panic!("a page does not get it") };
        self.send(Msg::Context(app::context::Msg::Hub(message)))
    }

    pub(super) fn stamp(&mut self, edits: &[Edit], device: u8) -> Registers {
        let stamp = |(key, value): &Edit| {
            let stamp: Stamp = self.clock.next(1_000, DeviceId([device; 8]));
            (*key, Register { value: value.clone(), stamp })
        };
        Registers::encode(&edits.iter().map(stamp).collect::<Vec<_>>())
    }

    /// Acknowledges, as the hub, the ops that the last message sent.
    pub(super) fn store(&mut self) {
        for effect in core::mem::take(&mut self.effects) {
            if let Effect::Send(ToHub::Op(Op { n, edits })) = effect {
                let edits = edits.decode().expect("our own encoding");
                let registers = self.stamp(&edits, 7);
                self.receive(OpDone { n, stored: Ok(registers) });
            }
        }
    }

    /// Delivers a colleague's edits.
    pub(super) fn colleague(&mut self, edits: &[Edit]) {
        let registers = self.stamp(edits, 8);
        self.receive(ToAll::Changed(registers));
    }

    /// Returns the edits of the op that the last message sent.
    pub(super) fn sent(&self) -> Vec<Edit> {
        let op = self.effects.iter().find_map(|effect| match effect {
            Effect::Send(ToHub::Op(Op { edits, .. })) => Some(edits),
            _ => None,
        });
        op.map(|edits| edits.decode().expect("our own encoding")).unwrap_or_default()
    }

    pub(super) fn open_chat(&self) -> crate::team::chat::ChatKey {
        self.page.screen.open.expect("a chat is open")
    }

    pub(super) fn ben_has_it(&mut self) {
        let chat = self.open_chat();
        self.colleague(&holder::give(chat, BEN, "knows the order"));
    }

    pub(super) fn holder(&self) -> HolderLine {
        match self.page.sidebar().chat {
            ThisChat::Open { holder, .. } => holder,
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn type_and_insert(&mut self, query: &str) -> &[Effect] {
        self.send(Msg::Key(Action::Palette));
        self.send(Msg::Palette(In::Query(query.into())));
        self.send(Msg::Palette(In::Insert { row: None, stay: false }))
    }
}

pub(super) fn known(title: &str) -> Identity {
    Identity::Known(ChatId::Title(title.into()))
}

pub(super) fn reading(open: Option<&str>) -> Reading {
    let row = |title: &str| Row {
        title: title.into(),
        identity: known(title),
        unread: 0,
        preview: String::new(),
        selected: open == Some(title),
    };
    Reading {
        layout: Layout::Known,
        account: Some("1@lid".into()),
        rows: ["Mei Lin", "Omar", "李雷"].map(row).into(),
        open: open.map(|title| Open {
            title: title.into(),
            identity: known(title),
            visit: 1,
            last_in: None,
            answered: false,
        }),
        composer: if open.is_some() { Composer::Empty } else { Composer::Absent },
        ..Reading::default()
    }
}

pub(super) fn inserted(effects: &[Effect]) -> Option<&str> {
    effects.iter().find_map(|effect| match effect {
        Effect::Insert(insertion) => Some(insertion.text.as_str()),
        _ => None,
    })
}

/// A page with one more reply, whose shortcut is `ask`.
pub(super) fn with_reply(body: &str) -> TestPage {
    let mut test = TestPage::new();
    let reply = Reply {
        title: "Asks".into(),
        shortcut: "ask".into(),
        body: body.into(),
        ..Reply::new(ReplyId([30; 8]))
    };
    test.colleague(&reply::create(&team::Team::default(), &reply));
    test
}

/// A reading with a draft, in a visit to Mei Lin's chat.
pub(super) fn visited(visit: u32, unfilled: &[&str]) -> Msg {
    let mut reading = reading(Some("Mei Lin"));
    reading.composer = Composer::Draft;
    reading.unfilled = unfilled.iter().map(|field| (*field).to_owned()).collect();
    reading.open = reading.open.map(|open| Open { visit, ..open });
    Msg::Read(reading)
}

pub(super) fn toast(test: &TestPage) -> Option<&str> {
    test.page.ctx.toast.as_ref().map(|toast| toast.words.name)
}

#[test]
fn what_was_begun_in_one_chat_does_not_end_in_another() {
    let mut test = TestPage::new();
    test.send(Msg::Key(Action::Palette));
    test.send(Msg::Read(reading(Some("Omar"))));
    assert!(test.page.surfaces.palette().is_none());
    test.send(Msg::Holder(app::holder::Msg::HandingOver(true)));
    // When a form closes by itself, the focus returns to WhatsApp.
    assert_eq!(test.send(Msg::Read(reading(Some("Mei Lin")))), [Effect::RestoreFocus]);
    assert!(test.page.surfaces.hand_over().is_none());
}

#[test]
fn escape_steps_back_one_level_at_a_time() {
    let mut test = TestPage::new();
    test.send(Msg::Filter(app::filter::Msg::Show(Some(Filter::Mine))));
    test.send(Msg::Tags(app::tags::Msg::Pick(true)));
    test.send(Msg::Key(Action::Palette));
    test.send(Msg::Key(Action::Help));
    let open = |test: &TestPage| {
        let page = &test.page;
        let open = &page.surfaces;
        (open.is_helping(), open.palette().is_some(), open.is_picking_tags(), open.filter().is_some())
    };
    for expected in [(false, true, true, true), (false, false, true, true), (false, false, false, true)] {
        assert_eq!(test.send(Msg::Back), [Effect::RestoreFocus]);
        assert_eq!(open(&test), expected);
    }
    assert_eq!(test.send(Msg::Back), [Effect::FocusComposer], "the person goes on writing");
    assert_eq!(open(&test), (false, false, false, false));
    assert_eq!(test.send(Msg::Back), [Effect::RestoreFocus], "only the focus goes back");
}

#[test]
fn a_refused_edit_is_taken_back_and_told() {
    let mut test = TestPage::new();
    test.send(Msg::Tags(app::tags::Msg::Toggle(ORDER)));
    test.receive(OpDone { n: 1, stored: Err(Refusal::NotStored) });
    assert!(test.page.row_chips().is_empty());
    assert!(test.page.ctx.toast.as_ref().is_some_and(|toast| toast.bad));
}

#[test]
fn a_hub_that_never_answered_is_greeted_once_a_minute() {
    let page = Page::new("s".into(), false, Preferences::default(), None, Locale::default());
    let mut test = TestPage { page, clock: Clock::default(), effects: Vec::new() };
    test.send(Msg::Read(reading(Some("Mei Lin"))));
    assert_eq!(test.send(Msg::Context(app::context::Msg::Closed)), [], "it may die as soon as it is woken");
    assert!(matches!(
        test.send(Msg::Context(app::context::Msg::Minute)),
        [Effect::Send(ToHub::Hello(Hello { .. }))]
    ));
    // A hub that has answered may close its port, and nothing opens it again.
    let mut test = TestPage::new();
    assert_eq!(test.send(Msg::Context(app::context::Msg::Closed)), []);
    assert_eq!(test.send(Msg::Context(app::context::Msg::Minute)), []);
}

#[test]
fn after_the_hub_died_what_it_had_not_stored_is_sent_again() {
    let mut test = TestPage::new();
    test.send(Msg::Tags(app::tags::Msg::Toggle(ORDER)));
    let effects = test
        .receive(HelloAnswer::Welcome(Welcome {
            account: "1@lid".into(),
            member: ME.to_string(),
            done: 0,
            parts: Parts::ALL,
            registers: Registers::encode(&[]),
            sync: Sync::default(),
        }))
        .to_vec();
    assert!(matches!(&effects[..], [Effect::Send(ToHub::Op(Op { n: 1, .. }))]));
    let key = Key::ChatTag(test.open_chat(), ORDER);
    assert_eq!(test.sent(), [(key, Value::Flag(true))]);
}

#[test]
fn another_account_is_another_team() {
    let mut test = TestPage::new();
    test.send(Msg::Tags(app::tags::Msg::Toggle(ORDER)));
    let other = Reading { account: Some("2@lid".into()), ..reading(Some("Mei Lin")) };
    let effects = test.send(Msg::Read(other)).to_vec();
    assert!(
        matches!(&effects[..], [Effect::Send(ToHub::Hello(Hello { account: Some(account), .. }))] if account == "2@lid")
    );
    assert!(test.page.sidebar().tags.is_empty());
    let late = HelloAnswer::Welcome(Welcome {
        account: "1@lid".into(),
        member: ME.to_string(),
        done: 0,
        parts: Parts::ALL,
        registers: Registers::encode(&[]),
        sync: Sync::default(),
    });
    test.receive(late);
    assert_eq!(test.page.ctx.link, Link::Waiting, "an answer for the former account is not ours");
}

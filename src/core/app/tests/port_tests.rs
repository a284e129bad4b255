//! Tests of a page and its hub over ports that close at any moment. Every edit reaches the hub, whichever messages are
//! lost.

use std::collections::VecDeque;

use proptest::prelude::*;

use super::*;
use crate::hub::{Hub, Listing};
use crate::id::{FieldId, TeamId};
use crate::team::chat;

/// A page, its hub, and the messages in flight between them.
struct Line {
    page: Page,
    hub: Hub,
    is_open: bool,
    to_hub: VecDeque<ToHub>,
    to_page: VecDeque<ToAll>,
    /// How many registers the hub sent in each answer to `Hello`.
    sent: Vec<usize>,
    edited: u8,
}

/// A step of a schedule.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// The person makes this many edits, each as an op.
    Edit(u8),
    /// The hub receives one message.
    HubReads,
    /// The page receives one message.
    PageReads,
    /// The hub is killed, and the messages in flight are lost.
    Kill,
}

impl Line {
    fn new() -> Line {
        let mut page = Page::new("s".into(), false, Preferences::default(), None, Locale::default());
        let hello = page.update(Msg::Read(reading(Some("Mei Lin"))), NOW);
        let hub = Hub::new(TeamId([1; 8]), DeviceId([1; 8]), ME);
        let (to_hub, to_page) = (VecDeque::new(), VecDeque::new());
        let mut line = Line { page, hub, is_open: false, to_hub, to_page, sent: Vec::new(), edited: 0 };
        line.carry_out(hello);
        line
    }

    /// Sends messages as the shell does: a closed port is opened first.
    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let Effect::Send(message) = effect else { continue };
            if self.is_open {
                self.to_hub.push_back(message);
            } else {
                self.is_open = true;
                self.to_hub.extend(self.page.opening());
            }
        }
    }

    /// Delivers all messages in flight.
    fn settle(&mut self) {
        while !self.to_hub.is_empty() || !self.to_page.is_empty() {
            self.step(Step::HubReads);
            self.step(Step::PageReads);
        }
    }

    /// A page with the team, whose hub was killed.
    fn killed() -> Line {
        let mut line = Line::new();
        for _ in 0..20 {
            line.step(Step::Edit(2));
        }
        line.settle();
        line.step(Step::Kill);
        assert!(!line.is_open);
        line.sent.clear();
        line
    }

    /// The page opens a port to a new hub, and all messages are delivered.
    fn reconnect(&mut self) {
        let hello = self.page.hello().expect("the account is known");
        self.carry_out(vec![Effect::Send(hello)]);
        self.settle();
        assert_eq!(self.page.ctx.optimistic.registers(), self.hub.registers());
    }

    fn answer(&mut self, message: impl Into<FromHub>) {
        let FromHub::All(message) = message.into() else { panic!("a page does not get it") };
        self.to_page.push_back(message);
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Edit(count) => {
                for _ in 0..count {
                    self.edited += 1;
                    let key = Key::FieldName(FieldId([self.edited; 8]));
                    let effects = self.page.ctx.edit(vec![(key, Value::Text("x".into()))]);
                    self.carry_out(effects);
                }
            }
            Step::HubReads => match self.to_hub.pop_front() {
                Some(ToHub::Hello(hello)) => {
                    let parts = hello.known.differing(self.hub.document());
                    let registers = parts.registers(self.hub.document());
                    self.sent.push(registers.len());
                    self.answer(HelloAnswer::Welcome(Welcome {
                        account: "1@lid".into(),
                        member: ME.to_string(),
                        done: self.hub.done(&hello.session),
                        parts,
                        registers: Registers::encode(&registers),
                        sync: Sync::default(),
                    }));
                }
                Some(ToHub::Op(Op { n, edits })) => {
                    let edits = edits.decode().expect("our own encoding");
                    let accepted = self.hub.accept("s", n, edits, NOW).expect("no tags");
                    let registers = Registers::encode(&accepted.registers);
                    self.answer(OpDone { n, stored: Ok(registers) });
                }
                _ => {}
            },
            Step::PageReads => {
                if let Some(message) = self.to_page.pop_front() {
                    let effects = self.page.update(Msg::Context(app::context::Msg::Hub(message)), NOW);
                    self.carry_out(effects);
                }
            }
            Step::Kill => {
                self.to_hub.clear();
                self.to_page.clear();
                self.is_open = false;
                let effects = self.page.update(Msg::Context(app::context::Msg::Closed), NOW);
                self.carry_out(effects);
            }
        }
    }
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (1..4u8).prop_map(Step::Edit),
        4 => Just(Step::HubReads),
        4 => Just(Step::PageReads),
        1 => Just(Step::Kill),
    ]
}

proptest! {
    #[test]
    fn no_edit_is_lost_between_a_page_and_its_hub(steps in prop::collection::vec(step(), 0..60)) {
        let mut line = Line::new();
        for step in steps {
            line.step(step);
        }
        for _ in 0..3 {
            let again = line.page.update(Msg::Context(app::context::Msg::Minute), NOW);
            line.carry_out(again);
            line.settle();
        }
        prop_assert!(line.page.ctx.optimistic.is_saved());
        prop_assert_eq!(line.page.ctx.optimistic.registers(), line.hub.registers());
        for n in 1..=line.edited {
            let key = Key::FieldName(FieldId([n; 8]));
            prop_assert!(line.hub.document().get(&key).is_some(), "edit {} of {}", n, line.edited);
        }
    }
}

#[test]
fn a_hub_that_dies_when_it_is_woken_is_left_alone_for_a_minute() {
    let mut line = Line::new();
    line.step(Step::HubReads);
    line.step(Step::PageReads);
    line.step(Step::Edit(1));
    line.step(Step::Kill);
    assert!(line.is_open, "it is sent at once what it may have missed");
    line.step(Step::Kill);
    assert!(!line.is_open);
    let again = line.page.update(Msg::Context(app::context::Msg::Minute), NOW);
    assert!(matches!(&again[..], [Effect::Send(ToHub::Hello(Hello { .. }))]));
}

#[test]
fn a_hub_that_owes_nothing_is_not_woken() {
    let mut line = Line::new();
    line.step(Step::HubReads);
    line.step(Step::PageReads);
    line.step(Step::Kill);
    assert!(!line.is_open);
    assert_eq!(line.page.update(Msg::Context(app::context::Msg::Minute), NOW), []);
}

#[test]
fn an_answer_about_the_former_account_is_none_about_this_one() {
    let mut test = TestPage::new();
    test.send(Msg::Tags(app::tags::Msg::Toggle(ORDER)));
    test.send(Msg::Read(Reading { account: Some("2@lid".into()), ..reading(Some("Mei Lin")) }));
    let late = test.stamp(&chat::set_tag(test.open_chat(), ORDER, true), 7);
    let _: Vec<Effect> = test.page.ctx.edit(vec![(Key::FieldName(FieldId([1; 8])), Value::Text("x".into()))]);
    test.receive(OpDone { n: 1, stored: Ok(late.clone()) });
    test.receive(ToAll::Changed(late));
    test.receive(OpDone { n: 1, stored: Err(Refusal::NotStored) });
    assert!(test.page.ctx.optimistic.registers().is_empty(), "the former team's facts are not this one's");
    assert!(!test.page.ctx.optimistic.is_saved(), "what was edited since waits for its own answer");
}

#[test]
fn a_page_whose_hub_was_killed_gets_nothing_that_it_knows() {
    let mut line = Line::killed();
    let revision = line.page.ctx.optimistic.revision();
    line.reconnect();
    assert_eq!((line.sent, line.page.ctx.optimistic.revision()), (vec![0], revision));
}

#[test]
fn a_page_whose_hub_was_killed_gets_what_changed_meanwhile() {
    let mut line = Line::killed();
    let name = Key::FieldName(FieldId([3; 8]));
    line.hub.accept("another tab", 1, vec![(name, Value::Text("y".into()))], NOW).expect("no tags");
    line.reconnect();
    assert_eq!(line.page.ctx.optimistic.value(&name), Value::Text("y".into()));
    assert!(line.sent[0] > 0 && line.sent[0] < 20, "{:?}", line.sent);
}

#[test]
fn pending_ops_do_not_count_as_known() {
    for is_stored in [false, true] {
        let mut line = Line::killed();
        line.step(Step::Edit(1));
        if is_stored {
            // The op is delivered, but the answer is lost.
            line.step(Step::HubReads);
            line.step(Step::HubReads);
        }
        line.sent.clear();
        line.step(Step::Kill);
        line.reconnect();
        let optimistic = &line.page.ctx.optimistic;
        assert!(optimistic.is_saved());
        assert_eq!(optimistic.value(&Key::FieldName(FieldId([line.edited; 8]))), Value::Text("x".into()));
        assert_eq!(line.sent[0] > 0, is_stored, "{:?}", line.sent);
    }
}

#[test]
fn an_tombstone_that_the_hub_has_forgotten_is_forgotten_by_the_page() {
    let mut line = Line::killed();
    let name = Key::FieldName(FieldId([3; 8]));
    line.hub.accept("another tab", 1, vec![(name, Value::Nothing)], NOW).expect("no tags");
    line.reconnect();
    let plan = line.hub.plan(&Listing::default(), NOW).expect("something to publish");
    line.hub.published(plan, NOW);
    line.hub.tidy(NOW + 60_000);
    assert!(line.hub.document().get(&name).is_none());
    line.step(Step::Kill);
    line.reconnect();
    assert_eq!(line.page.ctx.optimistic.written(&name), None);
}

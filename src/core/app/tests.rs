//! The application as a person would use it, without a browser.

mod port_tests;
mod replies_tests;

use super::chats::view::ThisChat;
use super::filter::Filter;
use super::holder::view::HolderLine;
use super::keys::Action;
use super::locale::Locale;
use super::notices::view::{NoticeAction, Status};
use super::palette::Msg as In;
use super::palette::view::{Page as Stage, Question};
use super::palette::{Step, form::Answer};
use super::reading::{Candidate, Composer, Identity, Layout, Listed, Open, Reading, Row};
use super::tags::view::Level;
use super::view;
use super::*;
use crate::app;
use crate::id::{DeviceId, MemberId, ReplyId, TagId};
use crate::replica::{Clock, Edit, Key, Register, Stamp, Value};
use crate::team;
use crate::team::chat::{self, ChatId, NamingKey};
use crate::team::holder;
use crate::team::member;
use crate::team::reply::{self, Reply};
use crate::team::tag::{self, Colour};
use crate::wire::{self, FromHub, Problem, Refusal, Sync, ToHub};

const ME: MemberId = MemberId([1; 8]);
const BEN: MemberId = MemberId([2; 8]);
const ORDER: TagId = TagId([10; 8]);
const RETURNS: TagId = TagId([11; 8]);
const NOW: u64 = 1_000 * 60_000;

/// A page at which Ana sits, with the hub played by the test.
struct Desk {
    model: Page,
    clock: Clock,
    effects: Vec<Effect>,
}

impl Desk {
    fn new() -> Desk {
        let model = Page::new("s".into(), false, Locale::default());
        let mut desk = Desk { model, clock: Clock::default(), effects: Vec::new() };
        desk.send(Msg::Read(reading(Some("Mei Lin"))));
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
        let registers = desk.stamp(&all, 9);
        desk.hear(FromHub::Welcome {
            account: "1@lid".into(),
            member: ME.to_string(),
            done: 0,
            registers,
            sync: Sync::default(),
        });
        desk
    }

    fn send(&mut self, msg: Msg) -> &[Effect] {
        self.effects = self.model.update(msg, NOW);
        &self.effects
    }

    fn hear(&mut self, said: FromHub) -> &[Effect] {
        self.send(Msg::Context(app::context::Msg::Hub(said)))
    }

    fn stamp(&mut self, edits: &[Edit], device: u8) -> String {
        let stamp = |(key, value): &Edit| {
            let stamp: Stamp = self.clock.next(1_000, DeviceId([device; 8]));
            (*key, Register { value: value.clone(), stamp })
        };
        wire::encode_registers(&edits.iter().map(stamp).collect::<Vec<_>>())
    }

    /// The hub stores what the last message sent.
    fn store(&mut self) {
        for effect in core::mem::take(&mut self.effects) {
            if let Effect::Send(ToHub::Op { n, edits }) = effect {
                let edits = wire::decode_edits(&edits).expect("our own encoding");
                let registers = self.stamp(&edits, 7);
                self.hear(FromHub::Accepted { n, registers });
            }
        }
    }

    /// A colleague's edits arrive.
    fn colleague(&mut self, edits: &[Edit]) {
        let registers = self.stamp(edits, 8);
        self.hear(FromHub::Changed { registers });
    }

    /// The edits of the op that the last message sent.
    fn sent(&self) -> Vec<Edit> {
        let op = self.effects.iter().find_map(|effect| match effect {
            Effect::Send(ToHub::Op { edits, .. }) => Some(edits),
            _ => None,
        });
        op.map(|edits| wire::decode_edits(edits).expect("our own encoding")).unwrap_or_default()
    }

    fn open_chat(&self) -> crate::team::chat::ChatKey {
        self.model.screen.open.expect("a chat is open")
    }

    fn ben_has_it(&mut self) {
        let chat = self.open_chat();
        self.colleague(&holder::give(chat, BEN, "knows the order"));
    }

    fn holder(&self) -> HolderLine {
        match view::sidebar(&self.model).chat {
            ThisChat::Open { holder, .. } => holder,
            other => panic!("{other:?}"),
        }
    }

    fn type_and_insert(&mut self, query: &str) -> &[Effect] {
        self.send(Msg::Key(Action::Palette));
        self.send(Msg::Palette(In::Query(query.into())));
        self.send(Msg::Palette(In::Insert { row: None, stay: false }))
    }
}

fn known(title: &str) -> Identity {
    Identity::Known(ChatId::Title(title.into()))
}

fn reading(open: Option<&str>) -> Reading {
    let row = |title: &str| Row {
        title: title.into(),
        identity: known(title),
        unread: 0,
        selected: open == Some(title),
    };
    Reading {
        layout: Layout::Known,
        account: Some("1@lid".into()),
        rows: ["Mei Lin", "Omar", "李雷"].map(row).into(),
        open: open.map(|title| Open { title: title.into(), identity: known(title), visit: 1 }),
        composer: if open.is_some() { Composer::Empty } else { Composer::Absent },
        ..Reading::default()
    }
}

fn inserted(effects: &[Effect]) -> Option<&str> {
    effects.iter().find_map(|effect| match effect {
        Effect::Insert(insertion) => Some(insertion.text.as_str()),
        _ => None,
    })
}

#[test]
fn a_tag_put_on_the_open_chat_shows_on_its_row_at_once() {
    let mut desk = Desk::new();
    desk.send(Msg::Tags(app::tags::Msg::Toggle(ORDER)));
    let chips = view::row_chips(&desk.model);
    assert_eq!(chips.len(), 1);
    assert_eq!((chips[0].row, chips[0].tags[0].text.as_str()), (0, "Order"));
    assert_eq!(view::sidebar(&desk.model).status, Status::Saving);
    desk.send(Msg::Tags(app::tags::Msg::Toggle(ORDER)));
    assert!(view::row_chips(&desk.model).is_empty());
}

#[test]
fn rows_show_two_tags_and_how_many_more() {
    let mut desk = Desk::new();
    for id in 30..33 {
        desk.send(Msg::Tags(app::tags::Msg::New(TagId([id; 8]), format!("tag {id}"))));
        desk.send(Msg::Tags(app::tags::Msg::Toggle(TagId([id; 8]))));
    }
    let chips = view::row_chips(&desk.model);
    assert_eq!((chips[0].tags.len(), chips[0].more), (2, 1));
}

#[test]
fn the_meter_warns_and_the_twenty_first_tag_is_refused() {
    let mut desk = Desk::new();
    for id in 30..46 {
        desk.send(Msg::Tags(app::tags::Msg::New(TagId([id; 8]), format!("tag {id}"))));
    }
    assert_eq!(view::sidebar(&desk.model).meter.level, Level::Warning);
    for id in 46..48 {
        desk.send(Msg::Tags(app::tags::Msg::New(TagId([id; 8]), format!("tag {id}"))));
    }
    assert_eq!(view::sidebar(&desk.model).meter.level, Level::Full);
    desk.send(Msg::Tags(app::tags::Msg::New(TagId([99; 8]), "one more".into())));
    assert_eq!(desk.sent(), []);
    assert!(desk.model.ctx.toast.as_ref().is_some_and(|toast| toast.bad));
    assert_eq!(view::sidebar(&desk.model).meter.count, 20);
}

#[test]
fn new_tags_wear_different_colours() {
    let mut desk = Desk::new();
    desk.send(Msg::Tags(app::tags::Msg::New(TagId([30; 8]), "a".into())));
    desk.send(Msg::Tags(app::tags::Msg::New(TagId([31; 8]), "b".into())));
    let colours: Vec<Colour> = view::sidebar(&desk.model).tags.iter().map(|tag| tag.colour).collect();
    assert_eq!(colours, [Colour::Blue, Colour::Red, Colour::Orange, Colour::Green]);
}

#[test]
fn a_deleted_tag_comes_back_with_its_chats() {
    let mut desk = Desk::new();
    desk.send(Msg::Tags(app::tags::Msg::Toggle(ORDER)));
    desk.send(Msg::Filter(app::filter::Msg::Show(Some(Filter::Tag(ORDER)))));
    desk.send(Msg::Tags(app::tags::Msg::Delete(ORDER)));
    assert_eq!((desk.model.surfaces.filter(), view::row_chips(&desk.model).len()), (None, 0));
    desk.send(Msg::Context(app::context::Msg::Undo));
    assert_eq!(view::row_chips(&desk.model)[0].tags[0].text, "Order");
}

#[test]
fn claiming_handing_over_and_releasing() {
    let mut desk = Desk::new();
    assert_eq!(desk.holder(), HolderLine::Free);
    desk.send(Msg::Key(Action::ClaimOrRelease));
    assert!(matches!(desk.holder(), HolderLine::Mine { since: NOW, .. }));
    desk.send(Msg::Holder(app::holder::Msg::HandOver(BEN, " on leave ".into())));
    assert!(
        matches!(desk.holder(), HolderLine::Theirs { chip, reason, .. } if chip.text == "BO" && reason == "on leave")
    );
    desk.send(Msg::Context(app::context::Msg::Undo));
    assert!(matches!(desk.holder(), HolderLine::Mine { .. }));
    desk.send(Msg::Key(Action::ClaimOrRelease));
    assert_eq!(desk.holder(), HolderLine::Free);
}

#[test]
fn nobody_without_a_name_claims_a_chat() {
    let mut desk = Desk::new();
    desk.model.ctx.me = Some(MemberId([77; 8]));
    let effects = desk.send(Msg::Holder(app::holder::Msg::Claim)).to_vec();
    assert!(effects.contains(&Effect::Send(ToHub::OpenDesk)));
    assert_eq!(desk.holder(), HolderLine::Free);
}

#[test]
fn a_colleagues_chat_asks_before_the_first_key() {
    let mut desk = Desk::new();
    assert!(!desk.model.guarded());
    desk.ben_has_it();
    assert!(desk.model.guarded());
    let banner = view::banner(&desk.model).expect("Ben has it");
    assert_eq!((banner.chip.name.as_str(), banner.asking), ("Ben Okafor", false));
    assert_eq!(desk.send(Msg::Holder(app::holder::Msg::Guarded)), [Effect::Focus(Spot::Question)]);
    assert!(view::banner(&desk.model).is_some_and(|banner| banner.asking));
    assert_eq!(desk.send(Msg::Holder(app::holder::Msg::HelpHere)), [Effect::GiveBack]);
    assert!(!desk.model.guarded());
    assert!(view::banner(&desk.model).is_some_and(|banner| banner.helping), "it still says whose chat it is");
}

#[test]
fn the_question_is_asked_again_in_another_chat_and_for_another_holder() {
    let mut desk = Desk::new();
    desk.ben_has_it();
    desk.send(Msg::Holder(app::holder::Msg::HelpHere));
    desk.send(Msg::Read(reading(Some("Omar"))));
    desk.send(Msg::Read(reading(Some("Mei Lin"))));
    assert!(desk.model.guarded(), "after another chat");
    desk.send(Msg::Holder(app::holder::Msg::HelpHere));
    let chat = desk.open_chat();
    desk.colleague(&holder::give(chat, MemberId([5; 8]), ""));
    assert!(desk.model.guarded(), "somebody else has it now");
}

#[test]
fn a_reply_is_filled_and_inserted_where_the_trigger_stood() {
    let mut desk = Desk::new();
    desk.send(Msg::Palette(app::palette::Msg::Open { trigger: 2 }));
    let effects = desk.send(Msg::Palette(In::Insert { row: None, stay: false })).to_vec();
    assert_eq!(inserted(&effects), Some("Hello Mei Lin, Ana here."));
    assert!(matches!(&effects[..], [Effect::GiveBack, Effect::Insert(it)] if it.replace_before == 2));
    assert!(desk.model.surfaces.palette().is_none());
}

#[test]
fn a_reply_waits_for_the_answer_in_a_colleagues_chat() {
    let mut desk = Desk::new();
    desk.ben_has_it();
    let effects = desk.type_and_insert("greet").to_vec();
    assert_eq!(inserted(&effects), None);
    assert!(desk.model.is_asking());
    let effects = desk.send(Msg::Holder(app::holder::Msg::Claim)).to_vec();
    assert_eq!(inserted(&effects), Some("Hello Mei Lin, Ana here."));
    assert!(matches!(desk.holder(), HolderLine::Mine { .. }));
}

#[test]
fn declining_the_question_leaves_everything_as_it_was() {
    let mut desk = Desk::new();
    desk.ben_has_it();
    desk.type_and_insert("greet");
    assert_eq!(desk.send(Msg::Back), [Effect::GiveBack]);
    assert!(desk.model.guarded() && !desk.model.is_asking());
}

#[test]
fn on_an_unknown_layout_the_reply_goes_to_the_clipboard() {
    let mut desk = Desk::new();
    let layout = Layout::Unknown(vec!["composer"]);
    desk.send(Msg::Read(Reading { layout, ..reading(Some("Mei Lin")) }));
    assert!(view::sidebar(&desk.model).notice.is_some());
    let effects = desk.type_and_insert("greet").to_vec();
    assert_eq!(inserted(&effects), None);
    assert!(effects.contains(&Effect::Copy("Hello Mei Lin, Ana here.".into())));
}

#[test]
fn what_was_begun_in_one_chat_does_not_end_in_another() {
    let mut desk = Desk::new();
    desk.send(Msg::Key(Action::Palette));
    desk.send(Msg::Read(reading(Some("Omar"))));
    assert!(desk.model.surfaces.palette().is_none());
    desk.send(Msg::Holder(app::holder::Msg::HandingOver(true)));
    // A form that goes away leaves the focus to WhatsApp.
    assert_eq!(desk.send(Msg::Read(reading(Some("Mei Lin")))), [Effect::GiveBack]);
    assert!(!desk.model.surfaces.is_handing_over());
}

#[test]
fn escape_steps_back_one_level_at_a_time() {
    let mut desk = Desk::new();
    desk.send(Msg::Filter(app::filter::Msg::Show(Some(Filter::Mine))));
    desk.send(Msg::Tags(app::tags::Msg::Pick(true)));
    desk.send(Msg::Key(Action::Palette));
    desk.send(Msg::Key(Action::Help));
    let open = |desk: &Desk| {
        let model = &desk.model;
        let open = &model.surfaces;
        (open.is_helping(), open.palette().is_some(), open.is_picking_tags(), open.filter().is_some())
    };
    for expected in [
        (false, true, true, true),
        (false, false, true, true),
        (false, false, false, true),
        (false, false, false, false),
    ] {
        assert_eq!(desk.send(Msg::Back), [Effect::GiveBack]);
        assert_eq!(open(&desk), expected);
    }
    assert_eq!(desk.send(Msg::Back), []);
}

#[test]
fn narrowing_lists_the_chats_by_name_and_counts_the_unseen() {
    let mut desk = Desk::new();
    desk.send(Msg::Tags(app::tags::Msg::Toggle(ORDER)));
    desk.colleague(&chat::set_tag(crate::team::chat::ChatKey([99; 5]), ORDER, true));
    desk.send(Msg::Filter(app::filter::Msg::Show(Some(Filter::Tag(ORDER)))));
    let list = view::narrowed(&desk.model).expect("narrowed");
    assert_eq!(list.chats.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), ["Mei Lin"]);
    assert_eq!(list.unseen, 1);
    assert_eq!(
        desk.send(Msg::Chats(app::chats::Msg::Open(list.chats[0].chat))),
        [Effect::OpenChat("Mei Lin".into())]
    );
    desk.send(Msg::Filter(app::filter::Msg::Show(Some(Filter::Free))));
    assert_eq!(view::narrowed(&desk.model).map(|list| list.chats.len()), Some(3));
    desk.send(Msg::Filter(app::filter::Msg::Show(Some(Filter::Free))));
    assert_eq!(view::narrowed(&desk.model), None, "pressing it again shows all");
}

#[test]
fn a_refused_edit_is_taken_back_and_told() {
    let mut desk = Desk::new();
    desk.send(Msg::Tags(app::tags::Msg::Toggle(ORDER)));
    desk.hear(FromHub::Refused { n: 1, why: Refusal::NotStored });
    assert!(view::row_chips(&desk.model).is_empty());
    assert!(desk.model.ctx.toast.as_ref().is_some_and(|toast| toast.bad));
}

#[test]
fn a_hub_that_never_answered_is_greeted_once_a_minute() {
    let model = Page::new("s".into(), false, Locale::default());
    let mut desk = Desk { model, clock: Clock::default(), effects: Vec::new() };
    desk.send(Msg::Read(reading(Some("Mei Lin"))));
    assert_eq!(desk.send(Msg::Context(app::context::Msg::Closed)), [], "it may die as soon as it is woken");
    assert!(matches!(
        desk.send(Msg::Context(app::context::Msg::Minute)),
        [Effect::Send(ToHub::Hello { .. })]
    ));
    // One that has answered rests, and nothing wakes it.
    let mut desk = Desk::new();
    assert_eq!(desk.send(Msg::Context(app::context::Msg::Closed)), []);
    assert_eq!(desk.send(Msg::Context(app::context::Msg::Minute)), []);
}

#[test]
fn after_the_hub_died_what_it_had_not_stored_is_sent_again() {
    let mut desk = Desk::new();
    desk.send(Msg::Tags(app::tags::Msg::Toggle(ORDER)));
    let effects = desk
        .hear(FromHub::Welcome {
            account: "1@lid".into(),
            member: ME.to_string(),
            done: 0,
            registers: wire::encode_registers(&[]),
            sync: Sync::default(),
        })
        .to_vec();
    assert!(matches!(&effects[..], [Effect::Send(ToHub::Op { n: 1, .. })]));
    let key = Key::ChatTag(desk.open_chat(), ORDER);
    assert_eq!(desk.sent(), [(key, Value::Flag(true))]);
}

#[test]
fn another_account_is_another_team() {
    let mut desk = Desk::new();
    desk.send(Msg::Tags(app::tags::Msg::Toggle(ORDER)));
    let other = Reading { account: Some("2@lid".into()), ..reading(Some("Mei Lin")) };
    let effects = desk.send(Msg::Read(other)).to_vec();
    assert!(
        matches!(&effects[..], [Effect::Send(ToHub::Hello { account: Some(account), .. })] if account == "2@lid")
    );
    assert!(view::sidebar(&desk.model).tags.is_empty());
    let late = FromHub::Welcome {
        account: "1@lid".into(),
        member: ME.to_string(),
        done: 0,
        registers: String::new(),
        sync: Sync::default(),
    };
    desk.hear(late);
    assert_eq!(desk.model.ctx.link, Link::Waiting, "an answer for the former account is not ours");
}

#[test]
fn an_ambiguous_title_is_neither_tagged_nor_claimed_until_a_person_says_which_it_is() {
    let mut desk = Desk::new();
    let candidate = |digits: &str| Candidate {
        known: Identity::Known(ChatId::Phone(digits.into())),
        label: format!("+{digits}"),
    };
    let identity = Identity::Ambiguous(vec![candidate("491"), candidate("492")]);
    let visit = |visit| {
        let open = Some(Open { title: "Mei Lin".into(), identity: identity.clone(), visit });
        Reading { open, ..reading(Some("Mei Lin")) }
    };
    desk.send(Msg::Read(visit(2)));
    assert!(
        matches!(view::sidebar(&desk.model).chat, ThisChat::Which(_, candidates) if candidates.len() == 2)
    );
    desk.send(Msg::Tags(app::tags::Msg::Toggle(ORDER)));
    assert_eq!(desk.sent(), []);
    desk.send(Msg::Holder(app::holder::Msg::Claim));
    assert_eq!(desk.sent(), []);

    desk.send(Msg::Chats(app::chats::Msg::ThisIs(ChatId::Phone("492".into()))));
    desk.send(Msg::Read(visit(2)));
    desk.send(Msg::Holder(app::holder::Msg::Claim));
    let key = NamingKey::of_account("1@lid").name(&ChatId::Phone("492".into()));
    assert!(desk.model.ctx.shared.team().holder_of(&key).is_some());
    // The other one may be opened straight after it.
    desk.send(Msg::Read(visit(3)));
    assert!(
        matches!(view::sidebar(&desk.model).chat, ThisChat::Which(..)),
        "it was said about that visit only"
    );
}

#[test]
fn what_was_noted_by_number_or_name_moves_to_the_better_id() {
    let mut desk = Desk::new();
    let naming = NamingKey::of_account("1@lid");
    let [name, number, lid] =
        [ChatId::Title("Ann".into()), ChatId::Phone("491".into()), ChatId::Lid("7".into())];
    let of = |chat: &ChatId| naming.name(chat);
    let noted = [
        chat::set_tag(of(&name), ORDER, true),
        chat::set_tag(of(&number), RETURNS, true),
        holder::give(of(&number), BEN, "speaks French"),
    ];
    let registers = desk.stamp(&noted.concat(), 9);
    desk.hear(FromHub::Changed { registers });

    let late = desk.stamp(&chat::set_tag(of(&number), ORDER, true), 9);

    let listed = Listed { id: lid.clone(), title: "Ann".into(), number: Some(number.clone()) };
    desk.send(Msg::Chats(app::chats::Msg::Names(vec![listed])));
    desk.store();
    let open = Some(Open { title: "Ann".into(), identity: Identity::Known(lid.clone()), visit: 1 });
    desk.send(Msg::Read(Reading { open, ..reading(None) }));
    let team = desk.model.ctx.shared.team();
    let tags: Vec<TagId> = team.tags_of(&of(&lid)).iter().map(|tag| tag.id).collect();
    assert_eq!(tags, [ORDER, RETURNS]);
    let holder = team.holder_of(&of(&lid)).expect("it moved along");
    assert_eq!((holder.member, holder.reason.as_str()), (BEN, "speaks French"));
    assert!(!team.knows(&of(&name)) && !team.knows(&of(&number)));

    // What was noted there earlier and arrives late does not bring back what was taken off since.
    desk.send(Msg::Tags(app::tags::Msg::Toggle(ORDER)));
    desk.store();
    desk.hear(FromHub::Changed { registers: late });
    desk.store();
    assert_eq!(desk.model.ctx.shared.team().worn(&of(&lid)), [RETURNS]);
    assert!(!desk.model.ctx.shared.team().knows(&of(&number)));

    // A browser that does not know better writes there once more.
    let registers = desk.stamp(&chat::set_tag(of(&number), ORDER, true), 9);
    desk.hear(FromHub::Changed { registers });
    assert!(desk.model.ctx.shared.team().worn(&of(&lid)).contains(&ORDER));
    assert!(!desk.model.ctx.shared.team().knows(&of(&number)));
}

#[test]
fn trouble_is_told_with_what_is_safe() {
    let mut desk = Desk::new();
    for problem in [Problem::Full, Problem::Refused] {
        desk.hear(FromHub::Sync { sync: Sync { problem: Some(problem), ..Sync::default() } });
        let notice = view::sidebar(&desk.model).notice.expect("told");
        assert!(notice.action.is_some());
    }
    for (problem, words) in [(Problem::Newer, "notice_newer"), (Problem::DiskNewer, "notice_disk_newer")] {
        desk.hear(FromHub::Sync { sync: Sync { problem: Some(problem), ..Sync::default() } });
        assert_eq!(view::sidebar(&desk.model).notice.map(|notice| notice.words.name), Some(words));
    }
}

#[test]
fn a_page_that_is_cut_off_says_so_and_keeps_nobody_from_writing() {
    let mut desk = Desk::new();
    desk.send(Msg::Context(app::context::Msg::Gone));
    let words = view::sidebar(&desk.model).notice.map(|notice| notice.words);
    assert_eq!(words, Some(crate::words::Words::plain("notice_gone")));
    desk.send(Msg::Holder(app::holder::Msg::Claim));
    assert_eq!(desk.sent(), [], "what can't be saved is not shown as if it were");
    assert!(!desk.model.guarded());
}

#[test]
fn a_new_reply_arriving_while_choosing_does_not_move_the_choice() {
    let mut desk = Desk::new();
    let team = team::Team::default();
    desk.colleague(&reply::create(
        &team,
        &Reply {
            title: "Zebra".into(),
            shortcut: "z".into(),
            body: "z".into(),
            ..Reply::new(ReplyId([21; 8]))
        },
    ));
    desk.send(Msg::Key(Action::Palette));
    desk.send(Msg::Palette(In::Move(Step::Last)));
    let before = view::palette(&desk.model).map(|palette| palette.rows[palette.active].id);
    desk.colleague(&reply::create(
        &team,
        &Reply {
            title: "Aardvark".into(),
            shortcut: "a".into(),
            body: "a".into(),
            ..Reply::new(ReplyId([22; 8]))
        },
    ));
    let after = view::palette(&desk.model).map(|palette| palette.rows[palette.active].id);
    assert_eq!(before, after);
}

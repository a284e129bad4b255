//! Tests of chat identities and moved keys.

use crate::app::chats::view::ThisChat;
use crate::app::reading::{Candidate, Listed};
use crate::app::tests::*;

#[test]
fn rows_show_two_tags_and_how_many_more() {
    let mut test = TestPage::new();
    for id in 30..33 {
        test.new_tag(TagId([id; 8]), &format!("tag {id}"));
        test.send(Msg::Tags(app::tags::Msg::Toggle(TagId([id; 8]))));
    }
    let chips = test.page.row_chips();
    assert_eq!((chips[0].tags.len(), chips[0].more), (2, 1));
}

#[test]
fn an_ambiguous_title_is_neither_tagged_nor_claimed_until_a_person_says_which_it_is() {
    let mut test = TestPage::new();
    let candidate = |digits: &str| Candidate {
        known: Identity::Known(ChatId::Phone(digits.into())),
        label: format!("+{digits}"),
    };
    let identity = Identity::Ambiguous(vec![candidate("491"), candidate("492")]);
    let visit = |visit| {
        let open = Some(Open {
            title: "Mei Lin".into(),
            identity: identity.clone(),
            visit,
            last_in: None,
            answered: false,
        });
        Reading { open, ..reading(Some("Mei Lin")) }
    };
    test.send(Msg::Read(visit(2)));
    assert!(matches!(test.page.sidebar().chat, ThisChat::Which(_, candidates) if candidates.len() == 2));
    test.send(Msg::Tags(app::tags::Msg::Toggle(ORDER)));
    assert_eq!(test.sent(), []);
    test.send(Msg::Holder(app::holder::Msg::Claim));
    assert_eq!(test.sent(), []);

    test.send(Msg::Chats(app::chats::Msg::ThisIs(ChatId::Phone("492".into()))));
    test.send(Msg::Read(visit(2)));
    test.send(Msg::Holder(app::holder::Msg::Claim));
    let key = NamingKey::of_account("1@lid").name(&ChatId::Phone("492".into()));
    assert!(test.page.ctx.optimistic.team().holder_of(&key).is_some());
    // The other chat may be opened directly afterwards.
    test.send(Msg::Read(visit(3)));
    assert!(matches!(test.page.sidebar().chat, ThisChat::Which(..)), "it was said about that visit only");
}

#[test]
fn what_was_noted_by_number_or_name_moves_to_the_better_id() {
    let mut test = TestPage::new();
    let naming = NamingKey::of_account("1@lid");
    let [name, number, lid] =
        [ChatId::Title("Ann".into()), ChatId::Phone("491".into()), ChatId::Lid("7".into())];
    let of = |chat: &ChatId| naming.name(chat);
    let noted = [
        chat::set_tag(of(&name), ORDER, true),
        chat::set_tag(of(&number), RETURNS, true),
        holder::give(of(&number), BEN, "speaks French"),
    ];
    let registers = test.stamp(&noted.concat(), 9);
    test.receive(ToAll::Changed(registers));

    let late = test.stamp(&chat::set_tag(of(&number), ORDER, true), 9);

    let listed = Listed { id: lid.clone(), title: "Ann".into(), number: Some(number.clone()) };
    test.send(Msg::Chats(app::chats::Msg::Names(vec![listed])));
    test.store();
    let open = Some(Open {
        title: "Ann".into(),
        identity: Identity::Known(lid.clone()),
        visit: 1,
        last_in: None,
        answered: false,
    });
    test.send(Msg::Read(Reading { open, ..reading(None) }));
    let team = test.page.ctx.optimistic.team();
    let tags: Vec<TagId> = team.tags_of(&of(&lid)).iter().map(|tag| tag.id).collect();
    assert_eq!(tags, [ORDER, RETURNS]);
    let holder = team.holder_of(&of(&lid)).expect("it moved along");
    assert_eq!((holder.member, holder.reason.as_str()), (BEN, "speaks French"));
    assert!(!team.knows(&of(&name)) && !team.knows(&of(&number)));

    // Registers of the old key that arrive late do not restore a tag that was taken off since.
    test.send(Msg::Tags(app::tags::Msg::Toggle(ORDER)));
    test.store();
    test.receive(ToAll::Changed(late));
    test.store();
    assert_eq!(test.page.ctx.optimistic.team().worn(&of(&lid)), [RETURNS]);
    assert!(!test.page.ctx.optimistic.team().knows(&of(&number)));

    // A browser that does not know the new key writes under the old key again.
    let registers = test.stamp(&chat::set_tag(of(&number), ORDER, true), 9);
    test.receive(ToAll::Changed(registers));
    assert!(test.page.ctx.optimistic.team().worn(&of(&lid)).contains(&ORDER));
    assert!(!test.page.ctx.optimistic.team().knows(&of(&number)));
}

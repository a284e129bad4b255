//! What comes out when a reply is filled, and what is asked before.

use proptest::prelude::*;

use super::super::parse;
use super::super::tests::{any_text, filled, read, replies, values};
use super::*;

fn asked(text: &str) -> Vec<Need> {
    needs(&read(text), &values(), &Answers::default())
}

#[test]
fn what_is_known_is_filled_in() {
    let it = filled("{greeting} {name} ({first_name}), {agent}, {date} {date+3} {time} {eta} {Shop Hours}");
    assert_eq!(it.text, "Good morning Mei Lin (Mei), Ben, <+0> <+3> 09:30 tomorrow at 9 9 to 18");
    assert_eq!((it.cursor, it.missing), (None, vec![]));
}

#[test]
fn of_a_field_with_several_lines_one_is_chosen_wherever_it_stands() {
    let text = "{a|b} {Warehouse} {? {warehouse}}";
    let options = ["1 Long Street", "2 Short Street"].map(str::to_owned).to_vec();
    let asked = asked(text);
    assert_eq!(asked[1], Need::Choice { index: 1, name: Some("Warehouse".into()), options, chosen: 0 });
    assert_eq!(asked.len(), 3, "it is asked once: {asked:?}");
    let mut answers = Answers::default();
    answers.choose(1, 1);
    assert_eq!(fill(&read(text), &values(), &answers).text, "a 2 Short Street  2 Short Street");
    assert_eq!(filled("{shop hours}").text, "9 to 18");
}

#[test]
fn what_is_unknown_stays_and_is_told() {
    let it = filled("{order number} {clipboard} {Order Number} {x=7}{x}");
    assert_eq!(it.text, "{order number} {clipboard} {Order Number} 77");
    assert_eq!(it.missing, ["order number", "clipboard"]);
}

#[test]
fn a_value_is_never_read_as_a_field() {
    let mut values = values();
    values.name = Some("{agent} {{\u{0}\r\n\tx");
    let it = fill(&read("{name}{{{name}"), &values, &Answers::default());
    assert_eq!(it.text, "{agent} {{\n\tx{{agent} {{\n\tx");
}

#[test]
fn a_number_is_no_name() {
    for (title, name, first) in [
        ("Mei Lin", Some("Mei Lin"), "Mei"),
        (" Ана  Поп ", Some("Ана  Поп"), "Ана"),
        ("محمد علي", Some("محمد علي"), "محمد"),
        ("李 小雷", Some("李 小雷"), "李 小雷"),
        ("山田 たろう", Some("山田 たろう"), "山田 たろう"),
        ("김 민수", Some("김 민수"), "김 민수"),
        ("+49 1512 3456789", None, ""),
        ("\u{202a}+55 11 91234-5678\u{202c}", None, ""),
        ("0151 (23) 456", None, ""),
        ("+49 1512 345678 Mei", None, ""),
        ("7-Eleven 24", Some("7-Eleven 24"), "7-Eleven"),
        ("+1 Design", Some("+1 Design"), "+1"),
        ("", None, ""),
    ] {
        assert_eq!(title_as_name(title), name, "{title}");
        assert_eq!(name.map_or("", first_name), first);
    }
    let mut values = values();
    values.name = Some("+49 1512 3456789");
    let need = |name: &str| Need::Text { name: name.into(), default: None };
    let asked = needs(&read("{name} {first_name}"), &values, &Answers::default());
    assert_eq!(asked, [need("name"), need("first_name")]);
    let asked = needs(&read("{first_name=there}"), &values, &Answers::default());
    assert_eq!(asked, [Need::Text { name: "first_name".into(), default: Some("there".into()) }]);
}

#[test]
fn a_form_asks_everything_once_and_in_order() {
    let order =
        |default: Option<&str>| Need::Text { name: "Order".into(), default: default.map(str::to_owned) };
    let choice = |index, chosen| {
        let options = vec!["a".into(), "b".into()];
        Need::Choice { index, name: None, options, chosen }
    };
    assert_eq!(
        asked("{name} {a|b} {Order} {order=5} {a|b} {date}"),
        [choice(0, 0), order(Some("5")), choice(1, 0)]
    );
    assert_eq!(asked("{name} {shop hours}"), []);
    let mut answers = Answers::default();
    answers.choose(0, 1);
    answers.choose(1, 9);
    answers.write("ORDER", "77");
    let template = read("{a|b} {Order} {a|b}");
    assert_eq!(needs(&template, &values(), &answers), [choice(0, 1), order(None), choice(1, 0)]);
    assert_eq!(fill(&template, &values(), &answers).text, "b 77 a");
    assert_eq!((answers.text("order"), answers.text("name")), (Some("77"), None));
}

#[test]
fn an_empty_answer_is_none() {
    let mut answers = Answers::default();
    answers.write("x", "");
    let missing = |text| fill(&read(text), &values(), &answers).missing;
    assert_eq!(missing("{x}"), ["x"]);
    assert_eq!(missing("{x=7}"), ["x"]);
    assert_eq!(missing("{x=}"), [""; 0]);
    // An answer counts for what is known, too.
    answers.write("name", "Ms Lin");
    assert_eq!(fill(&read("{name}"), &values(), &answers).text, "Ms Lin");
}

#[test]
fn parts_start_on_when_nothing_in_them_is_asked() {
    for (written, expected) in [
        ("Hi{? {name}}!", "Hi Mei Lin!"),
        ("Hi{? {order}}!", "Hi!"),
        ("Hi{? {order=3}}!", "Hi 3!"),
        ("Hi{? you}!", "Hi you!"),
        ("Hi{? {a|b}}!", "Hi a!"),
        ("a{? b{? {order}}} c", "a b c"),
        ("a{? {order}{? b}} c", "a c"),
    ] {
        assert_eq!(filled(written).text, expected, "{written}");
    }
    let template = read("Hi{?, order {order}}{? {x}}!");
    let optional = |index, on, excerpt: &str| Need::Optional { index, on, excerpt: excerpt.into() };
    let mut answers = Answers::default();
    assert_eq!(
        needs(&template, &values(), &answers),
        [optional(0, false, ", order {order}"), optional(1, false, " {x}")]
    );
    answers.switch(0, true);
    answers.write("order", "5");
    assert_eq!(
        needs(&template, &values(), &answers),
        [
            optional(0, true, ", order {order}"),
            Need::Text { name: "order".into(), default: None },
            optional(1, false, " {x}")
        ]
    );
    assert_eq!(fill(&template, &values(), &answers).text, "Hi, order 5!");
}

#[test]
fn the_first_caret_counts_in_utf16() {
    assert_eq!(filled("😀{name}{cursor}x{cursor}").cursor, Some(9));
    assert_eq!(filled("{? {order}{cursor}}x{cursor}").cursor, Some(1));
}

proptest! {
    #[test]
    fn what_is_answered_is_not_missing(text in any_text(), on in any::<bool>()) {
        let template = parse(&text, &replies);
        let mut answers = Answers::default();
        for part in 0..30 {
            answers.switch(part, on);
        }
        for need in needs(&template, &values(), &answers) {
            if let Need::Text { name, .. } = need {
                answers.write(&name, "7");
            }
        }
        let it = fill(&template, &values(), &answers);
        prop_assert_eq!(it.missing, Vec::<String>::new());
        prop_assert!(it.cursor.is_none_or(|at| at <= it.text.encode_utf16().count()));
    }
}

//! The grammar and its edges.

use proptest::prelude::*;

use super::place::PROBLEMS;
use super::*;

pub(super) fn read(text: &str) -> Template {
    parse(text, &|_| None)
}

fn nodes(text: &str) -> Vec<Node> {
    read(text).nodes
}

fn text(it: &str) -> Node {
    Node::Text(it.into())
}

fn field(name: &str) -> Node {
    Node::Field { name: name.into(), default: None }
}

fn troubles(text: &str) -> Vec<(Trouble, &str)> {
    let said = |it: Problem| (it.trouble, &text[it.place.bytes]);
    read(text).problems.into_iter().map(said).collect()
}

pub(super) fn date(days: i32) -> String {
    format!("<{days:+}>")
}

fn team_field(name: &str) -> Option<String> {
    match name {
        "shop hours" => Some("9 to 18\n".into()),
        "warehouse" => Some("1 Long Street\n\n 2 Short Street".into()),
        _ => None,
    }
}

pub(super) fn values() -> Values<'static> {
    Values {
        name: Some("Mei Lin"),
        agent: Some("Ben"),
        greeting: &|| "Good morning".into(),
        date: &date,
        time: &|| "09:30".into(),
        eta: &|| Some("tomorrow at 9".into()),
        clipboard: None,
        field: &team_field,
    }
}

pub(super) fn filled(text: &str) -> Filled {
    fill(&read(text), &values(), &Answers::default())
}

#[test]
fn everything_is_read() {
    assert_eq!(nodes("Hi {name}!"), [text("Hi "), field("name"), text("!")]);
    assert_eq!(
        nodes("{NAME}{Date}{date+3}{DATE-14}{cursor}"),
        [field("name"), Node::Date(0), Node::Date(3), Node::Date(-14), Node::Cursor]
    );
    assert_eq!(nodes("{Order number}"), [field("Order number")]);
    let with = |default: &str| [Node::Field { name: "order".into(), default: Some(default.into()) }];
    assert_eq!(nodes("{order=12}"), with("12"));
    assert_eq!(nodes("{order=}"), with(""));
    assert_eq!(nodes("{order=a=b\\}}"), with("a=b}"));
    let choice = |options: [&str; 2]| [Node::Choice { index: 0, options: options.map(str::to_owned).into() }];
    assert_eq!(nodes("{a|b}"), choice(["a", "b"]));
    assert_eq!(nodes("{|, please}"), choice(["", ", please"]));
    assert_eq!(nodes("{a\\|b\\}|\\c\\\\}"), choice(["a|b}", "\\c\\"]));
    assert_eq!(
        nodes("{?, {order}}."),
        [Node::Part { index: 0, nodes: vec![text(", "), field("order")] }, text(".")]
    );
    assert_eq!(nodes("{{name}} }"), [text("{name}} }")]);
    assert_eq!(nodes(""), []);
}

#[test]
fn names_are_of_any_script() {
    for name in
        ["订单号", "número do pedido", "номер_заказа", "रुपये", "เลขที่", "رقم الطلب", "x", "e\u{301}té", "a-1"]
    {
        assert_eq!(nodes(&format!("{{{name}}}")), [field(name)], "{name}");
    }
    assert!(is_name(&"x".repeat(NAME_CHARS)) && !is_name(&"x".repeat(NAME_CHARS + 1)));
    for name in
        ["", " ", " a", "a ", "a  b", "3", "a\nb", "a.b", "\"a\"", "a:b", "你，好", "_", "😀", "a\u{a0}b"]
    {
        assert!(!is_name(name), "{name:?}");
    }
    for name in ["name", "First_Name", "DATE", "date+3", "date-1", "cursor"] {
        assert!(is_built_in(name), "{name}");
    }
    for name in ["names", "date-", "date+x", "date-12345", "order", "datе"] {
        assert!(!is_built_in(name), "{name}");
    }
}

#[test]
fn what_starts_nothing_is_text_and_told() {
    for (written, expected) in [
        ("a { b", vec![(Trouble::Unclosed, "{")]),
        ("{name", vec![(Trouble::Unclosed, "{")]),
        ("{} {?} {|}", vec![(Trouble::Empty, "{}"), (Trouble::Empty, "{?}"), (Trouble::Empty, "{|}")]),
        ("{ \"json\": 1 }", vec![(Trouble::NotAName, "{ \"json\": 1 }")]),
        ("{ name }", vec![(Trouble::NotAName, "{ name }")]),
        (
            "{\"a\": {\"b\": 1}}",
            vec![(Trouble::NotAName, "{\"a\": {\"b\": 1}}"), (Trouble::NotAName, "{\"b\": 1}")],
        ),
        ("{? x", vec![(Trouble::Unclosed, "{")]),
        ("{cursor} {cursor}", vec![(Trouble::SecondCursor, "{cursor}")]),
        ("{;;hi}", vec![(Trouble::UnknownReply("hi".into()), "{;;hi}")]),
        ("{;;} {;;a b}", vec![(Trouble::NotAName, "{;;}"), (Trouble::NotAName, "{;;a b}")]),
        ("{date=3} {cursor=x}", vec![(Trouble::NotAName, "{date=3}"), (Trouble::NotAName, "{cursor=x}")]),
        ("}{name}}", vec![]),
    ] {
        assert_eq!(troubles(written), expected, "{written}");
        if !written.contains("name}}") && !written.contains("cursor}") {
            assert_eq!(nodes(written), [text(written)], "{written}");
        }
    }
    assert_eq!(nodes("{? a\\} {name"), [text("{? a\\} {name")]);
    assert_eq!(nodes("{? a {name}"), [text("{? a "), field("name")]);
}

#[test]
fn braces_that_are_none_of_ours_do_not_close_a_part() {
    let part = |inside: &str| [Node::Part { index: 0, nodes: vec![text(inside)] }];
    assert_eq!(nodes("{?a {\"b\": 1} c}"), part("a {\"b\": 1} c"));
    assert_eq!(nodes("{?a {\"b\": {\"c\": 1}} d}"), part("a {\"b\": {\"c\": 1}} d"));
    assert_eq!(nodes("{?a \\} \\{ \\\\ \\n}"), part("a } { \\ \\n"));
}

#[test]
fn places_are_in_bytes_and_in_utf16() {
    let place = read("你😀{ }").problems.pop().expect("a problem").place;
    assert_eq!(place, Place { bytes: 7..10, utf16: 3..6 });
    let place = unfilled("é {name}").pop().expect("a field");
    assert_eq!(place, Place { bytes: 3..9, utf16: 2..8 });
}

#[test]
fn depth_is_bounded() {
    let nested = |n: usize| format!("{}x{}", "{?".repeat(n), "}".repeat(n));
    assert_eq!(troubles(&nested(DEPTH)), []);
    assert_eq!(troubles(&nested(DEPTH + 1)), [(Trouble::TooDeep, "{?x}")]);
    for n in [100, 100_000] {
        let problems = read(&nested(n)).problems;
        assert_eq!(problems.len(), (n - DEPTH).min(PROBLEMS));
        assert!(problems.iter().all(|it| it.trouble == Trouble::TooDeep));
        assert!(read(&"{?".repeat(n)).problems.iter().all(|it| it.trouble == Trouble::Unclosed));
    }
    // What was too deep only because of parts that stay open is not too deep.
    assert_eq!(nodes(&format!("{}{{?x}}", "{?".repeat(DEPTH))).len(), 2);
}

#[test]
fn replies_include_replies() {
    let replies = |code: &str| match code {
        "bye" => Some("Bye, {agent}{cursor}".to_owned()),
        "all" => Some("{;;bye} {a|b}".to_owned()),
        "me" => Some("x {;;ME} y".to_owned()),
        "ping" => Some("{;;pong}".to_owned()),
        "pong" => Some("{;;ping}".to_owned()),
        "twice" => Some("{;;twice0}{;;twice0}".to_owned()),
        "long" => Some("x".repeat(300 << 10)),
        _ => code
            .strip_prefix("down")
            .and_then(|n| n.parse::<u32>().ok())
            .map(|n| format!("{{;;down{}}}", n + 1)),
    };
    let template = parse("{c|d}{;;all}", &replies);
    assert_eq!(template.problems, []);
    assert_eq!(print(&template), "{c|d}{;;all}");
    let mut answers = Answers::default();
    answers.choose(1, 1);
    let it = fill(&template, &values(), &answers);
    assert_eq!((it.text.as_str(), it.cursor), ("cBye, Ben b", Some(9)));

    let told = |text| parse(text, &replies).problems.into_iter().map(|it| it.trouble).collect::<Vec<_>>();
    assert_eq!(told("{;;me}"), [Trouble::Cycle("ME".into())]);
    assert_eq!(told("{?{;;ping}}"), [Trouble::Cycle("ping".into())]);
    assert_eq!(told("{;;down0}"), [Trouble::TooDeep]);
    assert_eq!(told("{;;long}"), [Trouble::TooLong]);
    assert_eq!(told("{;;twice}"), [Trouble::UnknownReply("twice0".into())]);
    let it = fill(&parse("{;;me} {;;none}", &replies), &values(), &Answers::default());
    assert_eq!(it.text, "x {;;ME} y {;;none}");
}

#[test]
fn replies_that_double_each_other_are_stopped() {
    let double = |code: &str| {
        let n: u32 = code.parse().ok()?;
        Some(format!("{{;;{}}}", n + 1).repeat(200))
    };
    let template = parse("{;;0}", &double);
    assert!(template.problems.iter().any(|it| it.trouble == Trouble::TooLong));
}

#[test]
fn drafts_are_searched_without_false_alarms() {
    let found = |draft: &'static str| -> Vec<&str> {
        unfilled(draft).into_iter().map(|it| &draft[it.bytes]).collect()
    };
    assert_eq!(
        found("Your order {order number}, {a|b} {? x {y}}{;;bye}"),
        ["{order number}", "{a|b}", "{? x {y}}", "{;;bye}"]
    );
    for draft in [
        "",
        "{}",
        "{ \"a\": 1 }",
        "{{",
        "{{name}}",
        ":-{",
        "}{",
        "a{3}",
        "{ }",
        "{?}",
        "{?",
        "if (x) { y(); }",
    ] {
        assert_eq!(found(draft), [""; 0], "{draft}");
    }
}

#[test]
fn long_texts_of_one_piece_do_not_hang() {
    let pieces = [
        "{",
        "}",
        "{?",
        "\\{",
        "{\\",
        "{{",
        "{?x}",
        "{a|b}",
        "{order number}",
        "{\\}",
        "{a\\{",
        "{a=\\|",
        "x",
        "{|",
    ];
    for piece in pieces {
        let long = piece.repeat((1 << 20) / piece.len());
        let template = read(&long);
        needs(&template, &values(), &Answers::default());
        fill(&template, &values(), &Answers::default());
        unfilled(&long);
    }
}

/// Text in which braces meet.
pub(super) fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[{}?|\\\\=; a]{1,3}",
        1 => "\\{(name|date\\+2|order no|a\\|b|;;hi|;;all|cursor|x=1)\\}",
        1 => "\\{\\?",
        1 => "\\PC{0,3}",
    ];
    prop::collection::vec(piece, 0..24).prop_map(|it| it.concat())
}

pub(super) fn replies(code: &str) -> Option<String> {
    match code {
        "hi" => Some("Hi {name} {;;all} {?{x}}".into()),
        "all" => Some("{;;hi}{a|b}".into()),
        _ => None,
    }
}

proptest! {
    #[test]
    fn printing_and_reading_is_the_same_again(text in any_text()) {
        for lookup in [&replies as &dyn Fn(&str) -> Option<String>, &|_| None, &|_| Some(String::new())] {
            let template = parse(&text, lookup);
            let printed = print(&template);
            let again = parse(&printed, lookup);
            prop_assert_eq!(&again.nodes, &template.nodes, "{:?}", printed);
            prop_assert_eq!(print(&again), printed);
        }
    }

    #[test]
    fn places_fit_the_text(text in any_text()) {
        let problems = parse(&text, &replies).problems;
        let places = problems.into_iter().map(|it| it.place).chain(unfilled(&text));
        for Place { bytes, utf16 } in places {
            let starts = text.get(bytes.clone()).is_some_and(|it| it.as_bytes()[0] == b'\x7b');
            prop_assert!(starts);
            prop_assert_eq!(text[..bytes.start].encode_utf16().count(), utf16.start);
            prop_assert_eq!(text[..bytes.end].encode_utf16().count(), utf16.end);
        }
    }

    #[test]
    fn text_without_braces_is_itself(text in "[^{]*") {
        let it = filled(&text);
        prop_assert_eq!(it.text, text);
        prop_assert_eq!(it.missing, Vec::<String>::new());
    }

    #[test]
    fn doubled_braces_make_anything_text(text in any_text()) {
        let it = filled(&text.replace('{', "{{"));
        prop_assert_eq!(it.text, text);
    }
}

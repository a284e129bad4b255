//! Matches as espanso's documentation has them.

use super::super::tests::{ESPANSO, are_clean, read, reply, skipped};
use super::super::{Kind, ReadError, Reader, Why};

#[test]
fn matches_become_replies() {
    let imported = read(Kind::Espanso, ESPANSO);
    for (shortcut, body) in [
        ("hi", "Hello, and thank you for writing to us!"),
        ("addr", "Alder & Finch\n12 Mill Lane\nBristol BS1 4ND"),
        ("fold", "This paragraph is written over several lines but sent as one."),
        ("ty", "Thank you!"),
        ("code", "Your voucher: {{ \"code\": \"FINCH-10\" }"),
        ("curly", "In templates, write {{{{name}} for the name."),
        ("中文", "您好，感谢您的来信！😀"),
        ("sig", "{cursor}\n\nKind regards,\nAlder & Finch"),
        ("now", "It is {time} here."),
        ("stamp", "Received {date} at {time}."),
        ("tomorrow", "We deliver on {date+1}."),
        ("lastweek", "Your parcel left us on {date-7}."),
        ("quote", "{Take your time.|No hurry.|Whenever it suits you.} Let us know what you decide."),
        ("team", "I have passed this on to {our accounts team|the warehouse}."),
        ("rnd", "{Have a lovely day!|All the best!}"),
        ("track", "You can follow your parcel here: {clipboard}"),
        ("full", "{;;hi} {date}"),
        ("order", "Dear {name},\nyour order {order_number} is on its way."),
        ("refund", "We have refunded {amount} to your {bank account|card}. {note=It takes up to five days.}"),
        ("list", "Size {S|M|L} is back in stock."),
        ("verbose", "Hey {name}, do you like {apples|pears}?"),
        ("html", "Dear customer,\nthank you & goodbye."),
    ] {
        assert_eq!(reply(&imported, shortcut).body, body);
    }
    assert_eq!(reply(&imported, "hi").title, "Greeting");
    assert_eq!(reply(&imported, "addr").title, "Alder & Finch");
    assert_eq!(reply(&imported, "hi").line, 25);
    are_clean(&imported);
}

#[test]
fn what_is_no_text_is_told() {
    let imported = read(Kind::Espanso, ESPANSO);
    let unsupported = |what: &str| Why::Unsupported(what.into());
    for (name, why) in [
        (":soon", unsupported("offset 5400")),
        (":year", unsupported("%Y")),
        (":ip", unsupported("shell")),
        (":py", unsupported("script")),
        (":host", unsupported("shell")),
        (":cat", unsupported("image_path")),
        (":greet\\((?P<person>.*)\\)", unsupported("regex")),
        (":md", unsupported("markdown")),
        (":lost", Why::UnknownVariable("nobody".into())),
        (":empty", Why::EmptyText),
        ("../private/_signatures.yml", unsupported("imports")),
    ] {
        assert_eq!(skipped(&imported, name), [(&why, false)], "{name}");
    }
    assert_eq!(
        skipped(&imported, ":ty"),
        [(&Why::OtherShortcut(":thx".into()), true), (&Why::OtherShortcut(":thanks".into()), true)]
    );
    // The last match says again what the first one says.
    assert_eq!(skipped(&imported, "Hello, and thank you for writing to us!"), []);
    assert_eq!(imported.skipped.last().map(|it| (&it.why, it.name.as_str())), Some((&Why::Duplicate, ":hi")));
}

fn body(yaml: &str) -> String {
    read(Kind::Espanso, yaml).rows.pop().map(|it| it.body).unwrap_or_default()
}

#[test]
fn variables_may_stand_in_each_other_but_not_for_ever() {
    let vars = |vars: &str| format!("matches:\n- trigger: a\n  replace: '{{{{a}}}}'\n  vars:\n{vars}");
    let echo =
        |name: &str, text: &str| format!("  - {{name: {name}, type: echo, params: {{echo: '{text}'}}}}\n");
    assert_eq!(body(&vars(&[echo("a", "x{{b}}"), echo("b", "y")].concat())), "xy");
    let imported = read(Kind::Espanso, &vars(&echo("a", "{{a}}")));
    assert_eq!(imported.skipped[0].why, Why::Unsupported("{{…}}".into()));
    let double: String = (0..7)
        .map(|i| {
            let name = char::from(b'a' + i).to_string();
            let next = format!("{{{{{}}}}}", char::from(b'b' + i));
            echo(&name, &next.repeat(40))
        })
        .collect();
    let imported = read(Kind::Espanso, &vars(&[double, echo("h", "x")].concat()));
    assert_eq!(imported.skipped[0].why, Why::TooLong);
}

#[test]
fn formats_say_whether_it_is_a_date_or_a_time() {
    for (format, expected) in [
        ("%x", "{date}"),
        ("%F", "{date}"),
        ("%-d. %B %Y", "{date}"),
        ("on %d/%m", "on {date}"),
        ("%H:%M:%S", "{time}"),
        ("%I:%M %p!", "{time}!"),
        ("%c", "{date} {time}"),
        ("%H:%M, %d.%m.", "{time}, {date}."),
        ("100%% %T", "100% {time}"),
    ] {
        let yaml = format!(
            "matches:\n- trigger: a\n  replace: '{{{{d}}}}'\n  vars: [{{name: d, type: date, params: {{format: '{format}'}}}}]"
        );
        assert_eq!(body(&yaml), expected, "{format}");
    }
    for format in ["", "%Y", "%A", "%H h", "%V", "%s", "week %U of %Y", "%", "%d %H:%M"] {
        let yaml = format!(
            "matches:\n- trigger: a\n  replace: '{{{{d}}}}'\n  vars: [{{name: d, type: date, params: {{format: '{format}'}}}}]"
        );
        assert_eq!(body(&yaml), "", "{format}");
    }
}

#[test]
fn fields_that_would_be_batons_own_are_asked() {
    let form = |field: &str| body(&format!("matches:\n- trigger: a\n  form: 'x [[{field}]]'"));
    assert_eq!(form("date"), "x {date_}");
    assert_eq!(form("cursor"), "x {cursor_}");
    assert_eq!(form("first_name"), "x {first_name}");
    assert_eq!(form("a.b: c?"), "x {a b c}");
    assert_eq!(form("订单 号"), "x {订单 号}");
    assert_eq!(form("???"), "");
}

#[test]
fn bombs_are_refused() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for i in 0..12 {
        bomb += &format!("a{}: &a{} [{}]\n", i + 1, i + 1, vec![format!("*a{i}"); 10].join(", "));
    }
    bomb += "matches: *a12\n";
    let refused = |yaml: &str| Reader::new(Kind::Espanso, yaml).err();
    assert_eq!(refused(&bomb), Some(ReadError::TooBig));
    assert_eq!(refused(&"- ".repeat(100_000)), Some(ReadError::TooDeep));
    assert!(refused(&"[".repeat(100_000)).is_some());
    assert!(refused(&"{a: ".repeat(100_000)).is_some());
    assert!(refused("a: &a [*a]").is_some());
    assert!(refused("matches: &a\n- *a").is_some());
    // Naming something twice is what aliases are for.
    let fair = "global_vars:\n- &v {name: v, type: echo, params: {echo: x}}\nmatches:\n- {trigger: a, replace: '{{v}}', vars: [*v]}";
    assert_eq!(body(fair), "x");
}

#[test]
fn files_with_one_thing_only_are_files() {
    assert_eq!(read(Kind::Espanso, "global_vars:\n- {name: v, type: echo}").rows, []);
    assert_eq!(body("- trigger: a\n  replace: b"), "b");
    assert_eq!(read(Kind::Espanso, "matches:\n- 7\n- trigger: a\n").skipped.len(), 2);
    for yaml in ["", "a: 1", "x", "matches: 7", "matches:\n- a: [", "--- &a"] {
        assert!(Reader::new(Kind::Espanso, yaml).is_err(), "{yaml}");
    }
}

#[test]
fn many_matches_are_read() {
    let mut yaml = String::from("global_vars:\n");
    for i in 0..5_000 {
        yaml += &format!("- {{name: v{i}, type: echo, params: {{echo: 'value {i}'}}}}\n");
    }
    yaml += "matches:\n";
    for i in 0..15_000 {
        yaml += &format!("- trigger: ':t{i}'\n  replace: 'Text {i} with {{{{v{}}}}}'\n", i % 5_000);
    }
    assert_eq!(read(Kind::Espanso, &yaml).rows.len(), 15_000);
}

#[test]
fn dates_farther_off_than_anybody_means_are_told() {
    // The least number of days there is, and more.
    for offset in [i64::from(i32::MIN) * 86_400, i64::MIN / 86_400 * 86_400, 10_000 * 86_400] {
        let yaml = format!(
            "matches:\n  - trigger: a\n    replace: \"{{{{d}}}}\"\n    vars:\n      - name: d\n        type: date\n        params:\n          format: \"%d\"\n          offset: {offset}\n"
        );
        let why = Why::Unsupported(format!("offset {offset}"));
        assert_eq!(skipped(&read(Kind::Espanso, &yaml), "a"), [(&why, false)]);
    }
}

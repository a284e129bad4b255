//! Snippets as Text Blaze exports them.

use super::super::tests::{BLAZE, BLAZE_CSV, are_clean, read, reply, skipped};
use super::super::{Imported, Kind, Reader, Why};

fn check(imported: &Imported) {
    for (shortcut, body) in [
        ("hi", "Hi {first name=there}, thanks for reaching out!"),
        ("order", "Your order {order number} is {packed|on its way|delivered}."),
        ("menu", "We suggest {red|blue|green}."),
        ("multi", "You chose {{formmenu: a; b; c; multiple=yes}."),
        ("refund", "We refunded it.{? Here is a voucher: {voucher code}.} Sorry!"),
        ("toggle", "Gift: {{formtoggle: name=gift; default=no}"),
        ("toggles", "{?x{{formtoggle: name=b\\}y}z"),
        ("note", "{{note}Only for us{{endnote}Hello"),
        ("para", "You wrote:\n{their message}\n{cursor}\nBest"),
        ("clip", "See {clipboard} please"),
        ("json", "Send {{ \"id\": 1 } to us"),
        ("fields", "{field} and {field 2=5}"),
        ("你好", "您好 {姓名}，您的订单已发货。"),
        ("today", "Today is {date}."),
        ("long", "{date}"),
        ("clock", "It is {time}"),
        ("both", "{date} {time}"),
        ("tomorrow", "Until {date+1}"),
        ("weeks", "Until {date+14} at about {time}"),
        ("month", "Until {{time: L; shift=+1M}"),
        ("year", "(c) {{time: YYYY}"),
        ("date", "We meet on {meeting day}"),
        ("sum", "You owe {{=price * 2} for {price}"),
        ("both2", "{;;hi} {;;with-space}"),
        ("nested", "{{formtext: name={{=x}}"),
        ("enter", "a\nb"),
    ] {
        assert_eq!(reply(imported, shortcut).body, body, "{shortcut}");
    }
    let unsupported = |what: &str| Why::Unsupported(what.into());
    assert_eq!(skipped(imported, "Multiple"), [(&unsupported("{formmenu: a; b; c; multiple=yes}"), true)]);
    assert_eq!(
        skipped(imported, "Note"),
        [(&unsupported("{note}"), true), (&unsupported("{endnote}"), true)]
    );
    assert_eq!(skipped(imported, "If").len(), 3);
    assert_eq!(skipped(imported, "Empty"), [(&Why::EmptyText, false)]);
    assert_eq!(skipped(imported, "Greeting again"), [(&Why::Duplicate, false)]);
    assert_eq!(reply(imported, "untitled").title, "A snippet that nobody has given a name…");
    assert_eq!(reply(imported, "today").folder, "Dates");
    are_clean(imported);
}

#[test]
fn snippets_become_replies() {
    let imported = read(Kind::Blaze, BLAZE);
    check(&imported);
    assert_eq!(reply(&imported, "html").body, "Dear {name},\n- one\n- two & three\nBye\n{cursor}");
    assert_eq!(skipped(&imported, "not a snippet"), [(&Why::Malformed, false)]);
    assert_eq!(reply(&imported, "hours").line, 13);
}

#[test]
fn a_table_of_snippets_is_the_same() {
    check(&read(Kind::BlazeCsv, BLAZE_CSV));
}

#[test]
fn other_shapes_of_the_file_are_read() {
    for json in [
        r#"[{"shortcut": "/a", "text": "b"}]"#,
        r#"{"snippets": [{"name": "x", "shortcut": "/a", "content": "b"}]}"#,
        r#"{"groups": [{"name": "G", "folders": [{"name": "F", "snippets": [{"trigger": "a", "text": "b"}]}]}]}"#,
    ] {
        assert_eq!(reply(&read(Kind::Blaze, json), "a").body, "b");
    }
    for json in ["7", "{}", r#"{"folders": 7}"#, "", "[", r#"{"folders": [}"#] {
        assert!(Reader::new(Kind::Blaze, json).is_err(), "{json}");
    }
    assert!(Reader::new(Kind::Blaze, &"[".repeat(1_000_000)).is_err());
}

#[test]
fn texts_full_of_braces_are_read() {
    for piece in ["{a", "{", "{formtoggle}", "{endformtoggle}", "{formtext}", "{}", "<", "<p>", "&", "&amp"] {
        let json = |key: &str| {
            format!(r#"[{{"shortcut": "a", "{key}": "{}"}}]"#, piece.repeat(60_000 / piece.len()))
        };
        for key in ["text", "html"] {
            let imported = read(Kind::Blaze, &json(key));
            assert!(imported.rows.len() + imported.skipped.len() > 0);
        }
    }
}

#[test]
fn dates_farther_off_than_anybody_means_are_told() {
    let shifts = ["-2147483648D", "-306783379W", "10000D", "-10000D", "-9999D", "9999D"];
    let taken = shifts.map(|shift| {
        let json = format!(r#"[{{"shortcut": "a", "text": "{{time: YYYY-MM-DD; shift={shift}}}"}}]"#);
        read(Kind::Blaze, &json).skipped.is_empty()
    });
    assert_eq!(taken, [false, false, false, false, true, true]);
}

//! What is exported is what is imported again.

use proptest::prelude::*;

use super::super::tests::{are_clean, read, reply};
use super::super::{ImportedReply, Kind};
use super::*;

fn one(title: &str, shortcut: &str, body: &str) -> ImportedReply {
    let named = |it: &str| it.to_owned();
    ImportedReply {
        title: named(title),
        shortcut: named(shortcut),
        body: named(body),
        ..ImportedReply::default()
    }
}

#[test]
fn a_table_is_as_the_standard_has_it() {
    let mut replies = vec![one("Sum", "s", "=1+1"), one("Said \"so\"", "q", "a,\nb"), one("", "", "''-x")];
    replies[1].tags = vec!["a".into(), "b".into()];
    assert_eq!(
        to_csv(&replies),
        "\u{feff}title,shortcut,text,folder,tags\r\nSum,s,'=1+1,,\r\n\
         \"Said \"\"so\"\"\",q,\"a,\nb\",,\"a; b\"\r\n,,'''-x,,\r\n"
    );
}

#[test]
fn matches_are_as_espanso_has_them() {
    let replies = [
        one(
            "Order",
            "order",
            "Hi {name}, order {order number=7} and {order number}:{cursor} {a|b}{? on {date+1}}",
        ),
        one("Time", "", "{time} {date-2} {clipboard} {;;order} {{x}} \"\\"),
    ];
    let yaml = to_espanso(&replies);
    let expected = r#"matches:
  - trigger: ":order"
    label: "Order"
    replace: "Hi {{form1.name}}, order {{form1.order_number_2}} and {{form1.order_number_2}}:$|$ {{choice1}} on {{date2}}"
    vars:
      - name: form1
        type: form
        params:
          layout: "name: [[name]]\norder number: [[order_number_2]]"
          fields:
            order_number_2:
              default: "7"
      - name: choice1
        type: choice
        params:
          values:
            - "a"
            - "b"
      - name: date2
        type: date
        params:
          format: "%x"
          offset: 86400
"#;
    assert!(yaml.starts_with(expected), "{yaml}");
    let imported = read(Kind::Espanso, &yaml);
    assert_eq!(imported.skipped, []);
    assert_eq!(
        reply(&imported, "order").body,
        "Hi {name}, order {order_number_2=7} and {order_number_2=7}:{cursor} {a|b} on {date+1}"
    );
    assert_eq!(reply(&imported, "reply-1").body, "{time} {date-2} {clipboard} {;;order} {{x}} \"\\");
    are_clean(&imported);
}

prop_compose! {
    fn any_reply()(
        title in "[a-z=+@'\",;][a-z '\",;=]{0,8}[a-z]",
        shortcut in "([a-z]{1,5})?",
        body in "['=+@\t-]{0,3}[a-z{}|\"',; \n你😀-]{0,12}[a-z]",
        tags in prop::collection::btree_set("[a-z]{1,3}", 0..3),
        folder in "([a-z=-][a-z]{0,3})?",
    ) -> ImportedReply {
        ImportedReply { title, shortcut, body, folder, tags: tags.into_iter().collect(), line: 0 }
    }
}

proptest! {
    #[test]
    fn a_table_reads_as_it_was_written(replies in prop::collection::vec(any_reply(), 1..8)) {
        let mut once: Vec<ImportedReply> = Vec::new();
        for reply in replies {
            if !once.iter().any(|it| (&it.shortcut, &it.body) == (&reply.shortcut, &reply.body)) {
                let title = reply.title.split_whitespace().collect::<Vec<_>>().join(" ");
                once.push(ImportedReply { title, ..reply });
            }
        }
        let mut imported = read(Kind::Csv, &to_csv(&once));
        prop_assert_eq!(&imported.skipped, &vec![]);
        imported.rows.iter_mut().for_each(|it| it.line = 0);
        prop_assert_eq!(imported.rows, once);
    }

    #[test]
    fn espanso_keeps_all_text(body in "[a-z{}\\[\\]\\\\\"': \n#你😀\u{85}\u{2028}-]{0,20}[a-z]") {
        let body = body.replace("[[", "").replace('\u{85}', "");
        // This is how espanso writes braces that are text, so it can't write it as text itself.
        prop_assume!(!body.contains("\\{\\{") && !body.contains("\\}\\}"));
        let body = body.replace('{', "{{");
        let yaml = to_espanso(&[one("t", "s", &body)]);
        let imported = read(Kind::Espanso, &yaml);
        prop_assert_eq!(&imported.skipped, &vec![]);
        prop_assert_eq!(&imported.rows[0].body, &body, "{}", yaml);
    }
}

//! Canned responses as Chatwoot's interface answers them.

use super::super::tests::{CHATWOOT, are_clean, read, reply, skipped};
use super::super::{Kind, Reader, Why};

#[test]
fn responses_become_replies() {
    let imported = read(Kind::Chatwoot, CHATWOOT);
    for (shortcut, body) in [
        ("hello", "Hi {first_name}, thanks for writing!"),
        ("intro", "Hello {name}, this is {agent}."),
        ("there", "Hey {first_name=there}!"),
        ("liquid", "Hey {first_name=friend}!"),
        ("phone", "Is {contact phone number} still your number?"),
        ("ticket", "Your ticket is {conversation id}."),
        ("email", "We wrote to {contact email}."),
        ("custom", "Your plan: {contact custom attribute plan name}"),
        ("agent_first", "It's {agent} again."),
        ("lines", "First line\nSecond line\nThird line"),
        ("braces", "{{ \"a\": {{ \"b\": 1 } } and {{single}"),
        ("unclosed", "{{{{contact.name and so on"),
        ("emoji", "谢谢 😀 {name}"),
        ("surrogate", "\u{fffd} alone, 😀 together"),
    ] {
        assert_eq!(reply(&imported, shortcut).body, body, "{shortcut}");
    }
    assert_eq!(reply(&imported, "hours").title, "We are open 9-18, Monday to Friday.");
    let unsupported = |what: &str| Why::Unsupported(what.into());
    assert_eq!(skipped(&imported, "upper"), [(&unsupported("{{contact.name | upcase}}"), false)]);
    assert_eq!(skipped(&imported, "logic"), [(&unsupported("{% if contact.email %}"), false)]);
    assert_eq!(skipped(&imported, "emptyvar"), [(&unsupported("{{}}"), false)]);
    assert_eq!(skipped(&imported, "blank"), [(&Why::EmptyText, false)]);
    assert_eq!(skipped(&imported, "hello"), [(&Why::Duplicate, false)]);
    assert_eq!(skipped(&imported, "7"), [(&Why::Malformed, false)]);
    are_clean(&imported);
}

#[test]
fn an_answer_may_have_an_envelope() {
    for json in
        [r#"{"payload": [{"short_code": "a", "content": "b"}]}"#, r#"[{"short_code": "a", "content": "b"}]"#]
    {
        assert_eq!(reply(&read(Kind::Chatwoot, json), "a").body, "b");
    }
    assert!(Reader::new(Kind::Chatwoot, r#"{"error": "no access"}"#).is_err());
}

//! Against another reader of JSON.

use proptest::prelude::*;
use serde_json::Value;

use super::*;

fn is_same(tree: &Tree, value: &Value) -> bool {
    match (&tree.what, value) {
        (What::Nothing, Value::Null) => true,
        (What::Text(text), Value::String(it)) => text == it,
        (What::Text(text), Value::Bool(it)) => *text == it.to_string(),
        (What::Text(text), Value::Number(it)) => text.parse::<f64>().ok() == it.as_f64(),
        (What::List(list), Value::Array(it)) => {
            list.len() == it.len() && list.iter().zip(it).all(|(a, b)| is_same(a, b))
        }
        (What::Map(pairs), Value::Object(it)) => {
            pairs.iter().all(|(key, tree)| it.get(key).is_some_and(|value| is_same(tree, value)))
        }
        _ => false,
    }
}

#[test]
fn lines_are_counted() {
    let tree = read("{\n \"a\": [\n1,\n {\"b\": \"x\\n\"}]}").expect("JSON");
    assert_eq!(tree.line, 1);
    let list = tree.get("a").expect("a list");
    assert_eq!(list.list().iter().map(|it| it.line).collect::<Vec<_>>(), [3, 4]);
    assert_eq!(read("[1,\n2,\n]").err(), Some(ReadError::Malformed { line: 3 }));
}

#[test]
fn half_characters_are_replaced() {
    for (json, text) in [
        (r#""\ud83d\ude00""#, "😀"),
        (r#""\ud83d""#, "\u{fffd}"),
        (r#""\ude00x""#, "\u{fffd}x"),
        (r#""\ud83d\n""#, "\u{fffd}\n"),
        (r#""\ud83d\u0041""#, "\u{fffd}A"),
    ] {
        assert_eq!(read(json).expect(json).text(), text);
    }
    for json in [r#""\u12"#, r#""\u12é4""#, r#""\x""#, "\"a\nb\"", r#""\"#] {
        assert!(read(json).is_err(), "{json}");
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "\\PC{0,6}|[\n\t\"\\\\]{0,3}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map("[a-c\"]{0,2}", inner, 0..5).prop_map(|it| it.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn what_another_writes_is_read(value in any_json(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
        let tree = read(&text.expect("text")).expect("JSON");
        prop_assert!(is_same(&tree, &value));
    }

    #[test]
    fn what_another_refuses_is_refused(text in "[\\[\\]{}\",:0-9a-z.\\\\ntu e+-]{0,12}") {
        if let Ok(tree) = read(&text) {
            // Numbers of odd shapes are read as they are.
            let other = serde_json::from_str::<Value>(&text);
            prop_assert!(other.is_err() || other.is_ok_and(|it| is_same(&tree, &it)));
        } else {
            prop_assert!(serde_json::from_str::<Value>(&text).is_err());
        }
    }
}

//! YAML's shapes, as far as files of matches have them.

use super::*;

#[test]
fn values_and_their_lines_are_read() {
    let tree = read("a: &x\n  - 1\n  - 'two'\n  - ~\nb: *x\nc: |\n  x\n  y\n\"d\": {e: \"\\u20ac\"}\n")
        .expect("YAML");
    let text = |key: &str| tree.get(key).map_or("", Tree::text);
    assert_eq!(text("c"), "x\ny\n");
    assert_eq!(tree.get("d").map_or("", |it| it.text_of(&["e"])), "€");
    let list = tree.get("b").expect("a list");
    assert_eq!(list.line, 5);
    assert_eq!(
        list.list().iter().map(|it| (it.line, it.text())).collect::<Vec<_>>(),
        [(2, "1"), (3, "two"), (4, "")]
    );
    assert_eq!(list.list()[2].what, What::Nothing);
}

#[test]
fn odd_keys_are_nobodys() {
    let tree = read("? [a, b]\n: 1\n? {}\n: 2\nc: 3\n").expect("YAML");
    assert_eq!(tree.text_of(&["c"]), "3");
    assert_eq!(read("a: 1\na: 2").expect("YAML").text_of(&["a"]), "1");
}

#[test]
fn only_the_first_document_counts() {
    assert_eq!(read("--- a\n--- b\n").expect("YAML").text(), "a");
}

#[test]
fn no_shape_of_file_takes_long() {
    let pieces = [
        "- a\n",
        "- - a\n",
        "a: b\n",
        "[a, ",
        "[a], ",
        "{a: b, ",
        "? ",
        "? a\n",
        "&a ",
        "&a b\n",
        "- &a b\n",
        "*a ",
        "!!str ",
        "!a ",
        "# c\n",
        "#",
        "\"",
        "\"a\" ",
        "'",
        "''",
        "\"\\n",
        "|\n",
        "|\n a\n",
        ">\n a\n\n",
        "\n",
        " ",
        "\t",
        "a ",
        "a\n",
        "a\n\n",
        ":",
        ": ",
        "-",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "%TAG ! x\n",
        "é",
        "\u{2028}",
        "\u{feff}",
        "a: |\n  b\n",
        "- {a: b}\n",
        "\r",
    ];
    for before in ["", "a: ", "- \"", "- |\n ", "[", "- &x "] {
        for piece in pieces {
            let long = [before, &piece.repeat((1 << 17) / piece.len())].concat();
            let _ = read(&long);
        }
    }
}

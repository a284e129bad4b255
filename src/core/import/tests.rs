//! Files of every format: detection, reading in steps, and damaged input.

use proptest::prelude::*;

use super::*;
use crate::template::{Trouble, parse};

/// Reads a whole file.
pub(super) fn read(kind: Kind, text: &str) -> Imported {
    let mut reader = Reader::new(kind, text).expect("readable");
    while !reader.step(7).finished {}
    reader.imported()
}

/// The reply with a shortcut.
pub(super) fn reply<'a>(imported: &'a Imported, shortcut: &str) -> &'a ImportedReply {
    imported
        .rows
        .iter()
        .find(|it| it.shortcut == shortcut)
        .unwrap_or_else(|| panic!("no {shortcut}: {imported:#?}"))
}

/// The reasons why an entry was skipped, and whether the reply was imported all the same.
pub(super) fn skipped<'a>(imported: &'a Imported, name: &str) -> Vec<(&'a Why, bool)> {
    imported.skipped.iter().filter(|it| it.name == name).map(|it| (&it.why, it.taken)).collect()
}

/// Whether every text parses in Baton's grammar without a problem.
pub(super) fn are_clean(imported: &Imported) {
    for row in &imported.rows {
        let template = parse(&row.body, &|_| Some(String::new()));
        let troubles: Vec<&Trouble> = template.problems.iter().map(|it| &it.trouble).collect();
        assert!(troubles.iter().all(|it| **it == Trouble::SecondCursor), "{}: {troubles:?}", row.body);
        assert!(!row.title.is_empty() && row.line > 0, "{row:?}");
    }
}

pub(super) const ESPANSO: &str = include_str!("../../../tests/samples/espanso.yml");
pub(super) const BLAZE: &str = include_str!("../../../tests/samples/blaze.json");
pub(super) const BLAZE_CSV: &str = include_str!("../../../tests/samples/blaze.csv");
pub(super) const CHATWOOT: &str = include_str!("../../../tests/samples/chatwoot.json");
pub(super) const TABLE: &str = include_str!("../../../tests/samples/replies.csv");
pub(super) const CHINESE: &str = include_str!("../../../tests/samples/replies-zh.csv");

const ALL: [(&str, Kind, &str); 6] = [
    ("espanso.yml", Kind::Espanso, ESPANSO),
    ("blaze.json", Kind::Blaze, BLAZE),
    ("blaze.csv", Kind::BlazeCsv, BLAZE_CSV),
    ("chatwoot.json", Kind::Chatwoot, CHATWOOT),
    ("replies.csv", Kind::Csv, TABLE),
    ("replies-zh.csv", Kind::Csv, CHINESE),
];

#[test]
fn files_are_told_apart() {
    for (name, expected, text) in ALL {
        assert_eq!(kind(name, text), Some(expected), "{name}");
        // The content decides, not the name.
        assert_eq!(kind("download", text), Some(expected), "{name}");
    }
    assert_eq!(kind("a.tsv", "hi\tHello"), Some(Kind::Csv));
    assert_eq!(kind("a.txt", "title\ttext\nhi\tHello"), Some(Kind::Csv));
    for (name, text) in [
        ("team.json", r#"{"baton": 1, "replies": [{"shortcut": "a"}]}"#),
        ("backup.json", r#"{"baton_backup": 1}"#),
        ("x.json", r#"{"short": 1}"#),
        ("x.json", "[]"),
        ("x.yml", "a: 1"),
        ("x.csv", ""),
        ("x.csv", "\u{feff}\n"),
        ("notes.txt", "Just some words, and more."),
        ("x.png", "\u{fffd}PNG"),
    ] {
        assert_eq!(kind(name, text), None, "{text}");
    }
}

#[test]
fn progress_goes_from_start_to_end() {
    for (name, kind, text) in ALL {
        let mut reader = Reader::new(kind, text).expect("readable");
        let mut before = reader.step(0);
        assert!(!before.finished && before.of > 0);
        loop {
            let now = reader.step(5);
            assert!(now.of == before.of && now.done >= before.done && now.done <= now.of, "{name}: {now:?}");
            before = now;
            if now.finished {
                break;
            }
        }
        assert_eq!(before.done, before.of, "{name}");
        assert_eq!(reader.step(5), before);
        assert_eq!(reader.imported(), read(kind, text), "{name}");
    }
}

#[test]
fn stopping_leaves_what_was_read() {
    let mut reader = Reader::new(Kind::Csv, TABLE).expect("readable");
    reader.step(3);
    assert_eq!(reader.imported().rows.len(), 3);
}

#[test]
fn there_is_an_end_to_what_is_taken() {
    let many = |n: usize| (0..n).map(|i| format!("a{i},text {i}\n")).collect::<String>();
    let imported = read(Kind::Csv, &many(ROWS));
    assert_eq!((imported.rows.len(), imported.skipped.len()), (ROWS, 0));
    let imported = read(Kind::Csv, &many(ROWS + 5));
    assert_eq!(imported.rows.len(), ROWS);
    assert_eq!(
        imported.skipped,
        [Skipped { line: ROWS + 1, name: String::new(), why: Why::TooMany, taken: false }]
    );
    assert_eq!(Reader::new(Kind::Csv, &"x".repeat(TEXT_BYTES + 1)).err(), Some(ReadError::TooBig));
    let long = |n: usize| read(Kind::Csv, &format!("a,{}\n", "é".repeat(n)));
    assert_eq!(long(BODY_CHARS).rows.len(), 1);
    assert_eq!(long(BODY_CHARS + 1).skipped[0].why, Why::TooLong);
    let imported = read(Kind::Csv, &format!("{},x\n", "a".repeat(NAME_CHARS + 1)));
    assert_eq!(imported.skipped[0].why, Why::TooLong);
}

#[test]
fn names_are_made_and_cleaned() {
    let imported = read(
        Kind::Csv,
        "title,shortcut,text\n,,\"\n!!\n Please send  us a picture of the parcel and of the label\"\n\
         \u{7}A\u{0}  b,;;x,one\u{1} two\n,::,这是一个很长的标题用来测试没有空格的文字会在哪里被截断因为中文没有空格所以随便哪里都可以\n",
    );
    let names: Vec<(&str, &str)> =
        imported.rows.iter().map(|it| (it.title.as_str(), it.shortcut.as_str())).collect();
    assert_eq!(
        names,
        [
            ("Please send us a picture of the parcel…", ""),
            ("A b", "x"),
            ("这是一个很长的标题用来测试没有空格的文字会在哪里被截断因为中文没有空格所以随便哪…", "")
        ]
    );
    assert_eq!(imported.rows[1].body, "one two");
}

/// A damaged copy of a file: a piece is replaced by one from another place.
fn damaged() -> impl Strategy<Value = (Kind, String)> {
    let index = any::<prop::sample::Index>;
    (prop::sample::select(&ALL[..]), index(), index(), index(), index(), "\\PC{0,4}").prop_map(
        |((_, kind, text), a, b, c, d, junk)| {
            let chars: Vec<char> = text.chars().collect();
            let at = |it: prop::sample::Index| it.index(chars.len());
            let ((a, b), (c, d)) = ((at(a), at(b)), (at(c), at(d)));
            let piece = &chars[c.min(d)..c.max(d).min(c.min(d) + 200)];
            let end = a.max(b).min(a.min(b) + 200);
            let all = chars[..a.min(b)].iter().chain(piece).copied().chain(junk.chars());
            (kind, all.chain(chars[end..].iter().copied()).collect())
        },
    )
}

proptest! {
    #[test]
    fn damage_is_refused_or_read((kind, text) in damaged()) {
        super::kind("", &text);
        if let Ok(mut reader) = Reader::new(kind, &text) {
            while !reader.step(10).finished {}
            let imported = reader.imported();
            for row in &imported.rows {
                prop_assert!(!row.title.is_empty() && !row.body.trim().is_empty());
                prop_assert!(row.line > 0 && row.line <= text.lines().count() + 1);
            }
        }
    }

    #[test]
    fn any_text_is_refused_or_read(text in "[\\[\\]{}\",:;\n\t |>&*!'a-c0%#-]{0,60}") {
        for kind in [Kind::Csv, Kind::BlazeCsv, Kind::Espanso, Kind::Blaze, Kind::Chatwoot] {
            if let Ok(mut reader) = Reader::new(kind, &text) {
                while !reader.step(10).finished {}
            }
        }
    }
}

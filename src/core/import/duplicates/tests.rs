//! Duplicates and near-duplicates, and the time it takes to find them.

use super::*;

fn groups(bodies: &[&str]) -> Vec<Vec<usize>> {
    duplicates(&bodies.iter().map(|it| ("", "", *it)).collect::<Vec<_>>())
}

#[test]
fn signs_and_capitals_make_no_difference() {
    assert_eq!(
        groups(&["Hello, you!", "Bye", "hello   YOU", "Héllo\nyou", "bye."]),
        [vec![0, 2, 3], vec![1, 4]]
    );
    assert_eq!(groups(&["您好，请稍等。", "您好 请稍等", "您好"]), [vec![0, 1]]);
    assert_eq!(groups(&["", "", "  ", "😀"]), Vec::<Vec<usize>>::new());
    assert_eq!(groups(&[]), Vec::<Vec<usize>>::new());
}

#[test]
fn replies_without_text_are_compared_by_name() {
    assert_eq!(duplicates(&[("Hi", "a", ""), ("hi", "A", "!"), ("Hi", "b", "")]), [vec![0, 1]]);
    assert_eq!(duplicates(&[("Hi", "a", "x"), ("Bye", "b", "X")]), [vec![0, 1]]);
}

#[test]
fn nearly_the_same_is_nine_of_ten_runs() {
    let words: Vec<String> = (0..42).map(|i| format!("w{i}")).collect();
    let text = |changed: &[usize]| {
        let word =
            |(i, word): (usize, &String)| if changed.contains(&i) { "other".into() } else { word.clone() };
        words.iter().enumerate().map(word).collect::<Vec<String>>().join(" ")
    };
    // Of 40 runs, one word is in three, at the end in one; five more than four are too many.
    assert_eq!(groups(&[&text(&[]), &text(&[20])]), [vec![0, 1]]);
    assert_eq!(groups(&[&text(&[]), &text(&[20, 41])]), [vec![0, 1]]);
    assert_eq!(groups(&[&text(&[]), &text(&[10, 20])]), Vec::<Vec<usize>>::new());
    assert_eq!(groups(&[&text(&[]), &format!("{} and four more words", text(&[]))]), [vec![0, 1]]);
    assert_eq!(
        groups(&[&text(&[]), &format!("{} and five or more words", text(&[]))]),
        Vec::<Vec<usize>>::new()
    );
}

#[test]
fn ten_thousand_are_compared() {
    // Each its own words; all of the same start; all nearly the same.
    let own = |i: usize| (0..40).map(|j| format!("w{}", hash(&(i, j)) % 2_000)).collect::<Vec<_>>().join(" ");
    let start =
        |i: usize| format!("{} {}", "thank you for writing to us today dear customer ".repeat(2), own(i));
    let near = |i: usize| format!("{} number {i}", (0..60).map(|j| format!("w{j} ")).collect::<String>());
    for (text, expected) in [(&own as &dyn Fn(usize) -> String, 0), (&start, 0), (&near, 1)] {
        let texts: Vec<String> = (0..10_000).map(text).collect();
        let replies: Vec<(&str, &str, &str)> = texts.iter().map(|it| ("", "", it.as_str())).collect();
        assert_eq!(duplicates(&replies).len(), expected);
    }
}

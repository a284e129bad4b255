//! What the replies and the queries have to be for their numbers to say anything.

use std::collections::BTreeSet;

use crate::{KINDS, REPLIES, queries, replies};

#[test]
fn replies_are_many_and_all_different() {
    let replies = replies();
    assert_eq!(replies.len(), REPLIES);
    let titles: BTreeSet<&str> = replies.iter().map(|reply| reply.title.as_str()).collect();
    let shortcuts: BTreeSet<&str> = replies.iter().map(|reply| reply.shortcut.as_str()).collect();
    assert_eq!((titles.len(), shortcuts.len()), (REPLIES, REPLIES));
    let letters = |language: usize| {
        let of_language: Vec<usize> =
            replies.iter().filter(|it| it.language == language).map(|it| it.body.chars().count()).collect();
        of_language.iter().sum::<usize>() / of_language.len()
    };
    assert!(
        (100..130).contains(&letters(0)) && (100..130).contains(&letters(1)),
        "{} {}",
        letters(0),
        letters(1)
    );
    assert!((35..60).contains(&letters(2)), "{}", letters(2));
}

#[test]
fn every_query_is_right_for_a_few_and_the_same_every_time() {
    let replies = replies();
    let all = queries(&replies);
    for (kind, count) in KINDS {
        assert_eq!(all.iter().filter(|it| it.kind == kind).count(), count, "{kind}");
    }
    for query in &all {
        assert!(!query.text.is_empty() && !query.right.is_empty() && query.right.len() <= 40, "{query:?}");
    }
    assert_eq!(all, queries(&replies));
}

//! What is found, and what comes first.

use super::*;

type Sample = (&'static str, &'static str, &'static str, &'static str, &'static [&'static str]);

const SAMPLES: [Sample; 8] = [
    ("Greeting", "hi", "Hello {name}, how can I help?", "", &[]),
    ("Returns policy", "ret", "You can return anything within 30 days.", "After sale", &["Returns"]),
    ("Return label, EU", "label", "Please print this label.", "After sale", &[]),
    ("Opening hours", "hours", "We are here from 9 to 18. Returns are taken until 17.", "", &["Shop"]),
    ("退换货政策", "thz", "30天内可以退换。请保留包装和发票。", "售后", &["VIP客户"]),
    ("Café", "", "Où est le café ?", "", &[]),
    ("Devolução grátis", "dev", "A troca não custa nada.", "Trocas", &[]),
    ("Don't worry", "nw/1", "It happens 👍", "", &[]),
];

fn finder() -> Finder {
    let entries = SAMPLES.iter().map(|(title, shortcut, body, folder, tags)| Entry {
        title,
        shortcut,
        body,
        folder,
        tags,
    });
    Finder::new(entries, &Initials::new(&sorted_characters()))
}

fn titles(query: &str) -> Vec<&'static str> {
    let results = finder().find(query, usize::MAX, |_| 0);
    assert_eq!(results.total, results.found.len());
    results.found.iter().map(|found| SAMPLES[found.index].0).collect()
}

fn hits(query: &str, title: &str) -> Vec<u32> {
    let found = finder().find(query, usize::MAX, |_| 0).found;
    found
        .into_iter()
        .find(|found| SAMPLES[found.index].0 == title)
        .map(|it| it.title_hits)
        .unwrap_or_default()
}

#[test]
fn a_shortcut_comes_first_and_the_body_last() {
    assert_eq!(titles("ret"), ["Returns policy", "Return label, EU", "Opening hours"]);
    assert_eq!(titles("label")[0], "Return label, EU");
    assert_eq!(titles("nw/")[0], "Don't worry");
}

#[test]
fn letters_may_be_missing_and_words_in_any_order() {
    assert_eq!(titles("rtrn eu")[0], "Return label, EU");
    assert_eq!(titles("policy ret")[0], "Returns policy");
    assert_eq!(titles("退货")[0], "退换货政策");
    assert_eq!(titles("retpol")[0], "Returns policy");
}

#[test]
fn accents_and_capitals_do_not_count() {
    for (query, title) in [
        ("cafe", "Café"),
        ("CAFÉ", "Café"),
        ("devolucao", "Devolução grátis"),
        ("gra\u{301}tis", "Devolução grátis"),
        ("dont", "Don't worry"),
        ("ｈｏｕｒｓ", "Opening hours"),
    ] {
        assert_eq!(titles(query)[0], title, "{query}");
    }
}

#[test]
fn typos_are_forgiven_in_longer_words() {
    for (query, title) in [
        ("polcy", "Returns policy"),
        ("pollicy", "Returns policy"),
        ("oplicy", "Returns policy"),
        ("palicy", "Returns policy"),
        ("retruns polic", "Returns policy"),
        ("devoluvcoa", "Devolução grátis"),
        ("greetnig", "Greeting"),
        ("退还货政策", "退换货政策"),
    ] {
        assert_eq!(titles(query).first(), Some(&title), "{query}");
    }
    assert_eq!(titles("hy"), Vec::<&str>::new());
}

#[test]
fn initials_find_names() {
    assert_eq!(titles("rp")[0], "Returns policy");
    assert_eq!(titles("rle")[0], "Return label, EU");
    assert_eq!(titles("thh"), ["退换货政策"]);
    assert_eq!(titles("thhzc"), ["退换货政策"]);
    assert_eq!(titles("vipkh"), ["退换货政策"], "the tag");
    assert!(titles("sh").contains(&"退换货政策"), "the folder");
}

#[test]
fn characters_are_found_in_bodies_where_they_are_together() {
    assert_eq!(titles("保留包装"), ["退换货政策"]);
    assert_eq!(titles("票"), ["退换货政策"]);
    assert_eq!(titles("包发"), Vec::<&str>::new());
    assert_eq!(titles("退货 包装"), ["退换货政策"]);
}

#[test]
fn folders_and_tags_are_found_too() {
    assert_eq!(titles("after sale"), ["Returns policy", "Return label, EU"]);
    assert_eq!(titles("shop"), ["Opening hours"]);
    assert_eq!(titles("售后 vip"), ["退换货政策"]);
}

#[test]
fn an_empty_query_lists_all_and_a_strange_one_nothing() {
    assert_eq!(titles("  ").len(), SAMPLES.len());
    assert_eq!(titles("zzzz"), Vec::<&str>::new());
    assert_eq!(titles("^ret"), Vec::<&str>::new());
    assert_eq!(titles("…!"), Vec::<&str>::new());
    assert_eq!(titles("👍"), ["Don't worry"]);
}

#[test]
fn matched_letters_are_told() {
    assert_eq!(hits("grt", "Greeting"), [0, 1, 4]);
    assert_eq!(hits("rp", "Returns policy"), [0, 8]);
    assert_eq!(hits("retpol", "Returns policy"), [0, 1, 2, 8, 9, 10]);
    assert_eq!(hits("thh", "退换货政策"), [0, 1, 2]);
    assert_eq!(hits("退政", "退换货政策"), [0, 3]);
    assert_eq!(hits("gratis dev", "Devolução grátis"), [0, 1, 2, 10, 11, 12, 13, 14, 15]);
    assert_eq!(hits("dont w", "Don't worry"), [0, 1, 2, 4, 6]);
    assert_eq!(hits("polxcy", "Returns policy"), [8, 9, 10, 12, 13]);
    let found = finder().find("labl", 1, |_| 0).found;
    assert_eq!(found[0].shortcut_hits, [0, 1, 2, 4]);
}

#[test]
fn what_is_used_often_goes_before_its_equals_only() {
    let mut finder = finder();
    let mut first =
        |boosted: usize| finder.find("return", 1, |index| u32::from(index == boosted)).found[0].index;
    assert_eq!(first(2), 2);
    assert_eq!(first(1), 2, "a whole word of the title is better than its beginning");
    assert_eq!(first(3), 2);
}

#[test]
fn a_query_that_grows_finds_what_it_finds_at_once() {
    let mut growing = finder();
    for query in ["return label eu", "退货 包装 vip", "after sale ret", "gratis dev", "rtrn polcy"] {
        let letters: Vec<char> = query.chars().collect();
        for len in (1..=letters.len()).chain((1..letters.len()).rev()) {
            let typed: String = letters[..len].iter().collect();
            let all = |finder: &mut Finder| finder.find(&typed, usize::MAX, |_| 0);
            assert_eq!(all(&mut growing), all(&mut finder()), "{typed}");
        }
    }
}

#[test]
fn no_more_are_listed_than_asked_for() {
    let results = finder().find("e", 1, |_| 0);
    assert_eq!((results.found.len(), results.total > 1), (1, true));
    assert_eq!(finder().find("", 3, |_| 0).found.len(), 3);
    assert_eq!(finder().find("e", 0, |_| 0).found.len(), 0);
    assert_eq!(Finder::new([], &Initials::default()).find("a", 9, |_| 0), Results::default());
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_text_is_taken_and_its_words_find_it(title in "\\PC{0,80}", body in "\\PC{0,40}", query in "\\PC{0,40}") {
            let entries = [Entry { title: &title, shortcut: "", body: &body, folder: "", tags: &[] }];
            let mut finder = Finder::new(entries, &Initials::default());
            for found in finder.find(&query, 1, |_| 0).found {
                prop_assert!(found.title_hits.iter().all(|hit| (*hit as usize) < title.chars().count()));
            }
            for word in title.split_whitespace().chain(body.split_whitespace()) {
                let is_word = !words_of(word).is_empty();
                prop_assert_eq!(finder.find(word, 1, |_| 0).total, usize::from(is_word), "{}", word);
            }
        }
    }
}

//! Tests of the messages: every name in the code exists in `_locales`, every message is used, and all languages have
//! the same messages.
//!
//! A name is found by its shape and not only by the function that takes it, so that a renamed function hides no name.

#[path = "messages/tokens.rs"]
mod tokens;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use baton_tests::harness::root;
use baton_tests::tree::{files, name_of, sources};
use serde_json::Value;

use tokens::{Call, Token, calls, tokens};

/// The Rust functions that take the name of a message as their first argument.
const IN_RUST: [&str; 7] =
    ["Words::plain", "Words::with", "Words::count", "tr", "tr_with", "tr_count", "get_message"];
/// The JavaScript functions that take the name of a message.
const IN_SCRIPTS: [&str; 1] = ["api.i18n.getMessage"];

/// Strings in the code that have the shape of a message's name: keys in files of other programs and of Baton.
const NO_MESSAGES: [&str; 8] = [
    "baton_backup",
    "canned_responses",
    "first_name",
    "form_fields",
    "global_imports",
    "global_vars",
    "image_path",
    "short_code",
];
/// The first words of messages that belong to no feature, and where these are used.
const SHARED: [(&str, &str); 12] = [
    ("app", "the manifest"),
    ("button", "buttons of several features"),
    ("colour", "core/app/chip.rs"),
    ("content", "extension/content.js"),
    ("desk", "the frame of the desk, and extension/desk.js"),
    ("edit", "Context::edit"),
    ("import", "core/import, core/team_file"),
    ("locale", "browser/i18n.rs, and extension/desk.js"),
    ("register", "core/team/kinds.rs, core/team/describe.rs"),
    ("sidebar", "web/ui/sidebar.rs"),
    ("status", "the line that says how sync is doing"),
    ("template", "core/template"),
];

/// The plural categories of CLDR for whole numbers in a language. The category `many` for millions in the Romance
/// languages is left out; it is written as `other`.
fn plurals(language: &str) -> &'static [&'static str] {
    match language.split('_').next().unwrap_or_default() {
        "id" | "ja" | "ko" | "ms" | "th" | "vi" | "zh" => &["other"],
        "bg" | "ca" | "da" | "de" | "el" | "en" | "es" | "et" | "fa" | "fi" | "fr" | "hi" | "hu" | "it"
        | "nb" | "nl" | "pt" | "sv" | "tr" | "ur" => &["one", "other"],
        "he" => &["one", "other", "two"],
        "hr" | "ro" | "sr" => &["few", "one", "other"],
        // Fractions are never counted. They have `many` in Czech and Slovak, and `other` in the other languages.
        "cs" | "sk" => &["few", "one", "other"],
        "be" | "pl" | "ru" | "uk" => &["few", "many", "one", "other"],
        "ar" => &["few", "many", "one", "other", "two", "zero"],
        _ => panic!(
            "which plural forms does {language} have? See https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html"
        ),
    }
}

/// The texts of a language, by the message's name and the plural category. The category is empty for a message without
/// a number.
type Messages = BTreeMap<String, BTreeMap<String, String>>;

/// Reads each language that has a folder.
fn languages() -> BTreeMap<String, Messages> {
    let folders = fs::read_dir(root().join("extension/_locales")).unwrap();
    let names = folders.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.map(|name| (name.clone(), messages(&name))).collect()
}

fn messages(language: &str) -> Messages {
    let file = root().join(format!("extension/_locales/{language}/messages.json"));
    let file: BTreeMap<String, Value> = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let mut messages = Messages::new();
    for (name, entry) in &file {
        let parts = name.rsplit_once('_').filter(|(stem, category)| {
            // A name may end like a plural category. It is one only if the form that every language has exists too.
            CATEGORIES.contains(category) && file.contains_key(&format!("{stem}_other"))
        });
        let (stem, category) = parts.unwrap_or((name, ""));
        let text = entry["message"].as_str().unwrap_or_else(|| panic!("{language}: {name} has no text"));
        let forms = messages.entry(stem.to_owned()).or_default();
        forms.insert(category.to_owned(), text.to_owned());
    }
    messages
}

const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The placeholders of a text, `$1` to `$9`.
fn gaps(text: &str) -> BTreeSet<char> {
    text.split('$').skip(1).filter_map(|part| part.chars().next().filter(char::is_ascii_digit)).collect()
}

#[test]
fn languages_say_the_same_things() {
    let languages = languages();
    assert!(languages.len() >= 2, "{:?}", languages.keys());
    let english = &languages["en"];
    for (language, messages) in &languages {
        let names = |messages: &Messages| messages.keys().cloned().collect::<BTreeSet<_>>();
        let (here, there) = (names(messages), names(english));
        assert!(here.is_subset(&there), "only {language} has {:?}", here.difference(&there));
        assert!(there.is_subset(&here), "{language} lacks {:?}", there.difference(&here));
        for (name, forms) in messages {
            let what = format!("{language}: {name}");
            let categories: Vec<&str> = forms.keys().map(String::as_str).collect();
            let counted = english[name].contains_key("other");
            let wanted = if counted { plurals(language) } else { &[""] };
            assert_eq!(categories, wanted, "the plural forms of {what}");
            let full = if counted { "other" } else { "" };
            assert_eq!(gaps(&forms[full]), gaps(&english[name][full]), "the gaps of {what}");
            for text in forms.values() {
                assert!(!text.trim().is_empty(), "{what} is empty");
                // Only the number may be missing, in a form that spells it out.
                let left_out: Vec<char> = gaps(&forms[full]).difference(&gaps(text)).copied().collect();
                let number_only = counted && left_out == ['1'];
                assert!(left_out.is_empty() || number_only, "{what} leaves out {left_out:?} in {text:?}");
                assert!(gaps(text).is_subset(&gaps(&forms[full])), "{what} has a gap too many in {text:?}");
            }
        }
    }
}

/// The features in a folder, each of which is a folder itself.
fn features(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(root().join(folder)).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path()).filter(|path| path.join("mod.rs").exists());
    paths.map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
}

/// Whether the name of a message begins with the name of a feature.
fn begins(name: &str, feature: &str) -> bool {
    name.strip_prefix(feature).is_some_and(|rest| rest.starts_with('_'))
}

#[test]
fn messages_begin_with_the_name_of_their_feature() {
    let features = &features("src/core/app") | &features("src/core/app/desk");
    for name in messages("en").keys() {
        let has_home =
            features.iter().any(|it| begins(name, it)) || SHARED.iter().any(|it| begins(name, it.0));
        assert!(has_home, "`{name}` begins with no feature: one of {features:?}");
    }
}

/// The most characters of a text on WhatsApp's page. Whoever reads it is busy with a customer.
const SHORT: usize = 120;
/// The first words of messages that belong to no section of the desk, and that no page shows.
const OFF_THE_PAGE: [&str; 5] = ["app", "desk", "import", "locale", "register"];

#[test]
fn texts_on_the_page_are_short() {
    let page = features("src/core/app");
    let sections = features("src/core/app/desk").into_iter().filter(|section| !page.contains(section));
    let elsewhere: Vec<String> = sections.chain(OFF_THE_PAGE.map(str::to_owned)).collect();
    for (language, messages) in languages() {
        for (name, forms) in messages.iter().filter(|(name, _)| !elsewhere.iter().any(|it| begins(name, it)))
        {
            for text in forms.values() {
                let length = text.chars().count();
                assert!(length <= SHORT, "{language}: {name} has {length} characters: {text:?}");
            }
        }
    }
}

/// A file, and the tokens of its code.
struct Code {
    path: String,
    tokens: Vec<Token>,
}

fn rust() -> Vec<Code> {
    let all = ["src/core", "src/web"].into_iter().flat_map(|folder| sources(folder).unwrap());
    all.map(|source| Code { path: source.path, tokens: tokens(&source.code) }).collect()
}

fn scripts() -> Vec<Code> {
    let all = files("extension", ".js").unwrap();
    let code = |path: &std::path::PathBuf| tokens(&fs::read_to_string(path).unwrap());
    all.iter().map(|path| Code { path: name_of(path), tokens: code(path) }).collect()
}

/// Whether a string has the shape of a message's name: words joined by `_`.
fn looks_like_a_name(text: &str) -> bool {
    let words = || text.split('_');
    let is_word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    text.starts_with(|c: char| c.is_ascii_lowercase()) && words().count() > 1 && words().all(is_word)
}

/// The names in the manifest and in the pages, which the browser replaces.
fn filled_in() -> BTreeSet<String> {
    let mut files: Vec<_> =
        [".html", ".css"].iter().flat_map(|kind| files("extension", kind).unwrap()).collect();
    files.push(root().join("manifest.json"));
    let mut names = BTreeSet::new();
    for text in files.iter().map(|file| fs::read_to_string(file).unwrap()) {
        let ends = text.split("__MSG_").skip(1).filter_map(|rest| rest.split_once("__"));
        names.extend(ends.map(|(name, _)| name.to_owned()));
    }
    names
}

#[test]
fn every_name_in_the_code_is_a_message() {
    let english = messages("en");
    let bare: Vec<&String> = english.keys().filter(|it| !looks_like_a_name(it)).collect();
    assert!(bare.is_empty(), "only a `_` tells the name of a message from other strings: {bare:?}");
    let (rust, scripts) = (rust(), scripts());

    // Find names by their shape, in any place: a call, a table, or an arm of a match.
    let mut no_messages = BTreeSet::new();
    for code in rust.iter().chain(&scripts) {
        for text in code.tokens.iter().filter_map(Token::text).filter(|text| looks_like_a_name(text)) {
            match NO_MESSAGES.iter().find(|it| **it == text) {
                Some(it) => drop(no_messages.insert(*it)),
                None => assert!(english.contains_key(text), "{}: no message `{text}`", code.path),
            }
        }
    }
    assert!(
        no_messages.iter().eq(&NO_MESSAGES),
        "NO_MESSAGES names what is gone: only {no_messages:?} is left"
    );

    // Find names by the function that takes them. This also finds a name without `_`.
    for (forms, all) in [(&IN_RUST[..], &rust), (&IN_SCRIPTS[..], &scripts)] {
        for form in forms {
            let mut found = 0;
            for code in all {
                for call in calls(&code.tokens).filter(|call| call.name == *form) {
                    for name in call.texts(0) {
                        assert!(english.contains_key(name), "{}: {form} says `{name}`", code.path);
                        found += 1;
                    }
                }
            }
            assert!(found > 0, "nothing calls {form} any more: name here what does its work");
        }
    }
    let filled_in = filled_in();
    assert!(!filled_in.is_empty(), "the manifest names the messages of the store");
    filled_in.iter().for_each(|name| assert!(english.contains_key(name), "no message `{name}` to fill in"));
}

#[test]
fn what_stands_beside_a_name_is_a_name() {
    let english = messages("en");
    let is_name = |text: &str| looks_like_a_name(text) && english.contains_key(text);
    for code in rust() {
        // If one call of a closure or function of this file takes a name as an argument, all its calls must.
        let mut places: BTreeMap<(String, usize), Vec<&str>> = BTreeMap::new();
        // `Some`, `Ok` and `Err` accept any string.
        let all: Vec<Call> =
            calls(&code.tokens).filter(|it| !["Some", "Ok", "Err"].contains(&&*it.name)).collect();
        for call in &all {
            for at in 0..call.args.len() {
                places.entry((call.name.clone(), at)).or_default().extend(call.only_text(at));
            }
        }
        for ((name, _), texts) in places.into_iter().filter(|(_, texts)| texts.iter().any(|it| is_name(it))) {
            for text in texts {
                assert!(english.contains_key(text), "{}: {name} is given `{text}`", code.path);
            }
        }
        // If an `if` chooses between two strings, both or neither must be names.
        for tokens in code.tokens.windows(7) {
            if let [
                Token::Mark('{'),
                Token::Text(one),
                Token::Mark('}'),
                Token::Word(word),
                Token::Mark('{'),
                Token::Text(other),
                Token::Mark('}'),
            ] = tokens
                && word == "else"
                && (is_name(one) || is_name(other))
            {
                for text in [one, other] {
                    assert!(english.contains_key(text), "{}: no message `{text}`", code.path);
                }
            }
        }
    }
}

#[test]
fn every_message_is_used() {
    let mut used = filled_in();
    for code in rust().iter().chain(&scripts()) {
        used.extend(code.tokens.iter().filter_map(Token::text).map(str::to_owned));
    }
    let idle: Vec<String> = messages("en").into_keys().filter(|name| !used.contains(name)).collect();
    assert!(idle.is_empty(), "nothing says {idle:?}");
}

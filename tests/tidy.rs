//! Tests of the walls between folders, by reading the sources. The list of invariants names each of these tests.

use std::fs;

use baton_tests::harness::root;
use baton_tests::tree::{Source, files, name_of, sources};

/// The places outside of the allowed paths where one of the words occurs.
fn strays(folder: &str, words: &[&str], allowed: &[&str]) -> Vec<String> {
    let elsewhere = |source: &Source| !allowed.iter().any(|path| source.path.starts_with(path));
    let mut strays = Vec::new();
    for source in sources(folder).unwrap().into_iter().filter(elsewhere) {
        for (number, line) in source.code.lines().enumerate() {
            if let Some(word) = words.iter().find(|word| line.contains(**word)) {
                strays.push(format!("{}:{}: {word}", source.path, number + 1));
            }
        }
    }
    strays
}

fn none(strays: Vec<String>) {
    assert!(strays.is_empty(), "{strays:#?}");
}

#[test]
fn core_has_no_browser_clock_or_randomness() {
    let outside =
        ["wasm_bindgen", "web_sys", "js_sys", "gloo", "std::time", "SystemTime", "Instant::", "std::fs"];
    none(strays("src/core", &outside, &[]));
    none(strays("src/core", &["getrandom", "rand::", "std::net", "std::env", "std::thread"], &[]));
    let manifest = fs::read_to_string(root().join("src/core/Cargo.toml")).unwrap();
    let dependencies = manifest.split("[dev-dependencies]").next().unwrap();
    for crate_name in ["wasm-bindgen", "web-sys", "js-sys", "gloo", "rand", "getrandom", "chrono"] {
        assert!(!dependencies.contains(crate_name), "baton-core depends on {crate_name}");
    }
}

#[test]
fn only_locators_hold_selectors() {
    // A string with one of WhatsApp's attributes or ids is a selector.
    let selectors = [
        "data-testid",
        "contenteditable",
        "[role",
        "[data-tab",
        "#pane-side",
        "#side",
        "#main",
        "#app",
        "div#",
    ];
    none(strays("src/web/whatsapp", &selectors, &["src/web/whatsapp/locators.rs"]));
    let knowledge = ["data-testid", "pane-side", "model-storage", "WALid", "last-wid", "lexical"];
    none(strays("src/web", &knowledge, &["src/web/whatsapp/"]));
    none(strays("src/web/ui", &["query_selector", "get_element_by_id"], &["src/web/ui/desk/"]));
}

#[test]
fn only_browser_touches_extension_interfaces() {
    none(strays(
        "src/web",
        &["\"storage\"", "\"runtime\"", "\"alarms\"", "\"i18n\"", "\"chrome\""],
        &["src/web/browser/"],
    ));
}

#[test]
fn only_wire_knows_serde() {
    none(strays("src/core", &["serde", "postcard"], &["src/core/wire"]));
    none(strays("src/web", &["serde"], &["src/web/browser/json.rs"]));
}

#[test]
fn replica_never_sees_what_registers_mean() {
    // The replica knows the number and the shape of a key. The table of kinds is in `team`.
    let kinds =
        ["Key::Member", "Key::Tag", "Key::Reply", "Key::Device", "Key::Setting", "Key::Field", "Key::Chat"];
    none(strays("src/core/replica", &kinds, &[]));
}

#[test]
fn what_is_attached_is_owned() {
    none(strays("src", &[".forget()", "into_js_value()", "mem::forget"], &["src/xtask/"]));
}

#[test]
fn product_code_does_not_unwrap() {
    // Clippy denies these as well. `expect_throw` is allowed for what can't happen.
    none(strays("src", &[".unwrap()", ".expect(", "panic!(", "unreachable!(", "todo!("], &[]));
}

#[test]
fn text_is_never_markup() {
    let markup =
        ["innerHTML", "inner_html", "outer_html", "insert_adjacent_html", "DomParser", "document.write"];
    none(strays("src/web", &markup, &[]));
    for file in files("extension", ".js").unwrap() {
        let text = fs::read_to_string(&file).unwrap();
        for word in ["innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "new Function"] {
            assert!(!text.contains(word), "{}: {word}", name_of(&file));
        }
    }
}

#[test]
fn nothing_is_loaded_from_outside() {
    let kinds = [".js", ".css", ".html"];
    for file in kinds.iter().flat_map(|kind| files("extension", kind).unwrap()) {
        let text = fs::read_to_string(&file).unwrap();
        for address in ["http://", "https://", "ws://", "wss://"] {
            assert!(!text.contains(address), "{}: {address}", name_of(&file));
        }
    }
}

#[test]
fn nobody_but_a_person_sends() {
    // Nothing in the product clicks WhatsApp's Send button or dispatches Enter.
    // The guard names Enter in order to stop it.
    let known = ["locators.rs", "parts.rs", "guard.rs", "mod.rs"].map(|it| format!("src/web/whatsapp/{it}"));
    let known = known.each_ref().map(String::as_str);
    none(strays("src/web/whatsapp", &["wds-ic-send", "\"Send\"", "\"send\""], &known[..1]));
    // The product may look for the Send button to block it and to cover it. The files that do so dispatch no events.
    none(strays("src/web", &["send_button", "&SEND", "SEND."], &known));
    let presses = ["attach.rs", "composer.rs", "open.rs"].map(|it| format!("src/web/whatsapp/{it}"));
    none(strays("src/web", &["dispatch_event"], &presses.each_ref().map(String::as_str)));
    none(strays("src/web/whatsapp", &["\"Enter\""], &["src/web/whatsapp/guard.rs"]));
}

#[test]
fn no_adapter_draws_and_no_widget_stores() {
    none(strays(
        "src/web/ui",
        &["browser::storage", "browser::idb", "browser::port", "whatsapp::locators"],
        &[],
    ));
    none(strays(
        "src/web/whatsapp",
        &["ui::overlay", "ui::sidebar", "ui::root", "baton_core::wire", "baton_core::edits"],
        &[],
    ));
    // An adapter may name the chat that it reads, but no other type of the team.
    none(strays(
        "src/web/whatsapp",
        &["baton_core::team::Team", "baton_core::team::{", "baton_core::team;"],
        &[],
    ));
}

#[test]
fn features_know_nothing_of_their_router() {
    // Routers may import features. The views of the desk are composed beside its router.
    let routers = ["mod.rs", "desk/mod.rs", "desk/view.rs"];
    let routers = routers.map(|it| format!("src/core/app/{it}"));
    let routers = routers.each_ref().map(String::as_str);
    let page = ["app::Page", "app::Msg", "impl Page", "impl Model"];
    let desk = ["desk::Desk", "desk::Msg", "desk::Section", "app::desk::{", "impl Desk"];
    none(strays("src/core/app", &page, &routers));
    none(strays("src/core/app", &desk, &routers));
}

#[test]
fn files_keep_one_idea() {
    let long: Vec<String> = ["src", "tests"]
        .into_iter()
        .flat_map(|folder| files(folder, ".rs").unwrap())
        .filter_map(|file| {
            let lines = fs::read_to_string(&file).unwrap().lines().count();
            (lines > 600).then(|| format!("{}: {lines} lines", name_of(&file)))
        })
        .collect();
    none(long);
}

#[test]
fn every_source_file_says_what_it_is() {
    for folder in ["src", "tests"] {
        for file in files(folder, ".rs").unwrap() {
            let text = fs::read_to_string(&file).unwrap();
            assert!(text.starts_with("//!"), "{} has no heading", name_of(&file));
        }
    }
}

/// The document that lists the invariants, and the heading of the list.
const INVARIANTS: (&str, &str) = ("src/README.md", "Invariants");

/// The invariants of the document, with their number and their text, which may have several lines.
fn invariants() -> Vec<(usize, String)> {
    let (path, heading) = INVARIANTS;
    let document = fs::read_to_string(root().join(path)).unwrap();
    let is_heading = |line: &&str| line.starts_with('#') && line.trim_start_matches('#').trim() == heading;
    let mut lines = document.lines().skip_while(|line| !is_heading(line)).skip(1).peekable();
    assert!(lines.peek().is_some(), "{path} has no heading {heading}");
    let mut invariants: Vec<(usize, String)> = Vec::new();
    for line in lines.take_while(|line| !line.starts_with('#')) {
        let number = line.split_once(". ").and_then(|(number, _)| number.parse().ok());
        match (number, invariants.last_mut()) {
            (Some(number), _) => invariants.push((number, line.to_owned())),
            (None, Some((_, text))) => *text = format!("{text} {}", line.trim()),
            (None, None) => {}
        }
    }
    invariants
}

#[test]
fn invariants_name_their_tests() {
    let invariants = invariants();
    assert!(invariants.iter().map(|(number, _)| *number).eq(1..=invariants.len()) && invariants.len() >= 8);
    let mut lines = Vec::new();
    for file in ["src", "tests"].into_iter().flat_map(|folder| files(folder, ".rs").unwrap()) {
        lines.extend(fs::read_to_string(file).unwrap().lines().map(|line| line.trim().to_owned()));
    }
    // A test of both browsers is a line of its own in `in_both!`.
    let is_test = |name: &str| {
        let function = format!("fn {name}() {{");
        lines.windows(2).any(|pair| pair[1] == name || (pair[0] == "#[test]" && pair[1] == function))
    };
    let mut named = Vec::new();
    for (number, text) in &invariants {
        // The text of an invariant that no test can hold must say so.
        let Some((_, tests)) = text.split_once("Held by ") else {
            assert!(text.contains("No test can hold it"), "invariant {number} does not say what holds it");
            continue;
        };
        let names: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "invariant {number} names no test");
        for name in &names {
            assert!(is_test(name), "invariant {number}: there is no test `{name}`");
        }
        named.extend(names);
    }
    let here = fs::read_to_string(root().join("tests/tidy.rs")).unwrap();
    let tests = here.split("#[test]\nfn ").skip(1).filter_map(|rest| rest.split('(').next());
    let unnamed: Vec<String> = tests.filter(|test| !named.contains(test)).map(str::to_owned).collect();
    none(unnamed);
}

#[test]
fn no_browser_test_is_left_out() {
    // The runner only knows the browser tests in `in_both!` and those that are passed to it explicitly.
    for file in files("tests/browser", ".rs").unwrap() {
        let text = fs::read_to_string(&file).unwrap();
        assert!(!text.contains("#[test]"), "{}: no test with #[test] is run here", name_of(&file));
    }
}

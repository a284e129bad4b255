//! The tree's walls, held by reading it. Each test names the invariant of the README that it holds.

use std::fs;

use baton_tests::harness::root;
use baton_tests::tree::{Source, files, name_of, sources};

/// Where one of the words stands outside of the allowed paths.
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
    // Invariant 1.
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
    // Invariant 2. An attribute selector or an id of WhatsApp's in a string is a selector.
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
    // Invariant 3.
    none(strays(
        "src/web",
        &["\"storage\"", "\"runtime\"", "\"alarms\"", "\"i18n\"", "\"chrome\""],
        &["src/web/browser/"],
    ));
}

#[test]
fn only_wire_knows_serde() {
    // Invariant 3.
    none(strays("src/core", &["serde", "postcard"], &["src/core/wire"]));
    none(strays("src/web", &["serde"], &["src/web/browser/json.rs"]));
}

#[test]
fn what_is_attached_is_owned() {
    // Invariant 4.
    none(strays("src", &[".forget()", "into_js_value()", "mem::forget"], &["src/xtask/"]));
}

#[test]
fn product_code_does_not_unwrap() {
    // Invariant 4. Clippy denies it as well; `expect_throw` remains for what can't happen.
    none(strays("src", &[".unwrap()", ".expect(", "panic!(", "unreachable!(", "todo!("], &[]));
}

#[test]
fn text_is_never_markup() {
    // Invariants 4 and 7.
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
    // Invariant 4.
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
    // Invariant 8: nothing in the product presses WhatsApp's Send or its Enter.
    // The guard names Enter to stop it.
    let known = ["locators.rs", "parts.rs", "guard.rs", "mod.rs"].map(|it| format!("src/web/whatsapp/{it}"));
    let known = known.each_ref().map(String::as_str);
    none(strays("src/web/whatsapp", &["wds-ic-send", "\"Send\"", "\"send\""], &known[..1]));
    // What sends is looked for to be stopped, and where it is to be covered, and by what does either nothing is pressed.
    none(strays("src/web", &["send_button", "&SEND", "SEND."], &known));
    let presses = ["attach.rs", "composer.rs", "open.rs"].map(|it| format!("src/web/whatsapp/{it}"));
    none(strays("src/web", &["dispatch_event"], &presses.each_ref().map(String::as_str)));
    none(strays("src/web/whatsapp", &["\"Enter\""], &["src/web/whatsapp/guard.rs"]));
}

#[test]
fn no_adapter_draws_and_no_widget_stores() {
    // Invariant 6.
    none(strays(
        "src/web/ui",
        &["browser::storage", "browser::idb", "browser::port", "whatsapp::locators"],
        &[],
    ));
    none(strays(
        "src/web/whatsapp",
        &["ui::overlay", "ui::sidebar", "ui::root", "baton_core::wire", "baton_core::team"],
        &[],
    ));
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

#[test]
fn invariants_are_in_the_readme() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    assert!(readme.contains("### Invariants") && readme.contains("tests/tidy.rs"));
}

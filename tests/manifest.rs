//! The package: what it asks for, what it carries, and that its two languages say the same things.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use baton_tests::harness::root;
use serde_json::{Value, json};

fn manifest() -> Value {
    read("manifest.json")
}

fn read(path: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(root().join(path)).unwrap()).unwrap()
}

/// The messages of a language: name → text.
fn messages(language: &str) -> BTreeMap<String, String> {
    let file = read(&format!("extension/_locales/{language}/messages.json"));
    let text =
        |(name, entry): (&String, &Value)| (name.clone(), entry["message"].as_str().unwrap().to_owned());
    file.as_object().unwrap().iter().map(text).collect()
}

#[test]
fn asks_for_no_more_than_it_needs() {
    let manifest = manifest();
    assert_eq!(manifest["manifest_version"], 3);
    assert_eq!(manifest["permissions"], json!(["storage", "alarms"]));
    assert_eq!(manifest["host_permissions"], json!(["https://web.whatsapp.com/*"]));
    assert_eq!(manifest["optional_permissions"], Value::Null);
    let web = &manifest["web_accessible_resources"];
    assert_eq!(web, &json!([{ "resources": ["page.wasm"], "matches": ["https://web.whatsapp.com/*"] }]));
    let gecko = &manifest["browser_specific_settings"]["gecko"];
    assert_eq!(gecko["data_collection_permissions"], json!({ "required": ["none"] }));
}

#[test]
fn runs_apart_from_the_page_and_loads_nothing() {
    let manifest = manifest();
    for script in manifest["content_scripts"].as_array().unwrap() {
        assert_eq!(script["world"], Value::Null, "content scripts stay in their own world");
        assert_eq!(script["matches"], json!(["https://web.whatsapp.com/*"]));
    }
    let policy = manifest["content_security_policy"]["extension_pages"].as_str().unwrap();
    assert_eq!(policy, "script-src 'self' 'wasm-unsafe-eval'; object-src 'self'");
}

#[test]
fn version_is_the_crates() {
    assert_eq!(manifest()["version"], env!("CARGO_PKG_VERSION"));
}

#[test]
fn languages_have_the_same_messages() {
    let (english, chinese) = (messages("en"), messages("zh_CN"));
    // English tells one from many; Chinese has one form for both.
    let names = |messages: &BTreeMap<String, String>| -> BTreeSet<String> {
        messages.keys().filter(|name| !name.ends_with("_one")).cloned().collect()
    };
    assert_eq!(names(&english), names(&chinese));
    for (name, text) in &english {
        let Some(translated) = chinese.get(name) else { continue };
        for place in ["$1", "$2", "$3"] {
            assert_eq!(text.contains(place), translated.contains(place), "{name}: {place}");
        }
        assert!(!text.trim().is_empty() && !translated.trim().is_empty(), "{name} is empty");
    }
}

#[test]
fn every_message_is_used_and_every_used_message_is_there() {
    let english = messages("en");
    let mut code = fs::read_to_string(root().join("manifest.json")).unwrap();
    for folder in ["src/core", "src/web", "extension"] {
        code.push_str(&texts(&root().join(folder)));
    }
    for name in english.keys() {
        let stem = name.trim_end_matches("_one").trim_end_matches("_other");
        let said = [format!("\"{stem}\""), format!("__MSG_{stem}__")].iter().any(|form| code.contains(form));
        assert!(said, "nothing says `{name}`");
    }
    // What names a message in code is found by the functions that take its name.
    for call in ["Words::plain(\"", "Words::with(\"", "Words::count(\"", "say_plain(\""] {
        for part in code.split(call).skip(1) {
            let name = part.split('"').next().unwrap();
            let known = english.contains_key(name) || english.contains_key(&format!("{name}_other"));
            assert!(known || name.is_empty() || name == "x", "no message `{name}`");
        }
    }
}

/// All Rust, JavaScript and HTML below a folder, in one text.
fn texts(folder: &std::path::Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            text.push_str(&texts(&path));
        } else if ["rs", "js", "html"].iter().any(|kind| path.extension().is_some_and(|it| it == *kind)) {
            text.push_str(&fs::read_to_string(path).unwrap());
        }
    }
    text
}

/// The most that a packed extension may take, in bytes.
const PACKAGE_LIMIT: u64 = 3_000_000;

#[test]
fn package_stays_small() {
    for name in ["baton-chrome.zip", "baton-firefox.zip"] {
        let path = root().join("target/package").join(name);
        let bytes = fs::metadata(path).expect("packed by `cargo xtask package`").len();
        assert!(bytes <= PACKAGE_LIMIT, "{name} has grown to {bytes} bytes");
    }
}

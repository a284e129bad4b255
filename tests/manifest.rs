//! Tests of the package: its manifest, its content and its size.

use std::fs;

use baton_tests::harness::root;
use serde_json::{Value, json};

fn manifest() -> Value {
    read("manifest.json")
}

fn read(path: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(root().join(path)).unwrap()).unwrap()
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

/// The largest size of the packed extension, in bytes.
const PACKAGE_LIMIT: u64 = 3_000_000;

#[test]
fn package_stays_small() {
    for name in ["baton-chrome.zip", "baton-firefox.zip"] {
        let path = root().join("target/package").join(name);
        let bytes = fs::metadata(path).expect("packed by `cargo xtask package`").len();
        assert!(bytes <= PACKAGE_LIMIT, "{name} has grown to {bytes} bytes");
    }
}

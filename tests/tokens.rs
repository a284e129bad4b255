//! Tests of the colours: every text colour is readable on its backgrounds in both themes, according to WCAG 2.

use std::collections::BTreeMap;
use std::fs;

use baton_tests::harness::root;

type Tokens = BTreeMap<String, [f64; 3]>;

/// The colours of each theme, `light` and `dark`.
fn themes() -> BTreeMap<&'static str, Tokens> {
    let css = fs::read_to_string(root().join("extension/tokens.css")).unwrap();
    let mut themes: BTreeMap<&str, Tokens> = BTreeMap::new();
    for block in css.split('}') {
        let theme = if block.contains("color-scheme: dark") { "dark" } else { "light" };
        for declaration in block.split([';', '{']) {
            if let Some((name, value)) = declaration.split_once(':')
                && let Some(colour) = parse(value.trim())
            {
                themes.entry(theme).or_default().insert(name.trim().to_owned(), colour);
            }
        }
    }
    themes
}

fn parse(value: &str) -> Option<[f64; 3]> {
    let hex = value.strip_prefix('#').filter(|hex| hex.len() == 6)?;
    let part = |i: usize| u8::from_str_radix(&hex[i..i + 2], 16).ok().map(|byte| f64::from(byte) / 255.0);
    Some([part(0)?, part(2)?, part(4)?])
}

fn luminance(colour: [f64; 3]) -> f64 {
    let linear = colour.map(|c| if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
    if a > b { a / b } else { b / a }
}

#[test]
fn every_text_is_readable() {
    let pairs = [
        ("--text", "--surface"),
        ("--text", "--raised"),
        ("--text", "--hover"),
        ("--muted", "--surface"),
        ("--muted", "--raised"),
        ("--muted", "--hover"),
        ("--accent-text", "--accent"),
        ("--accent-soft-text", "--accent-soft"),
        ("--warn-text", "--warn"),
        ("--danger-text", "--danger"),
        ("--warn", "--surface"),
        ("--danger", "--surface"),
        ("--toast-text", "--toast"),
    ];
    let themes = themes();
    assert_eq!(themes.len(), 2);
    for (theme, tokens) in &themes {
        let tags: Vec<&String> =
            tokens.keys().filter(|name| name.starts_with("--tag-") && !name.ends_with("-text")).collect();
        assert_eq!(tags.len(), 12, "{theme}");
        let on_tags = tags.iter().map(|tag| (format!("{tag}-text"), (*tag).clone()));
        for (text, ground) in pairs.map(|(a, b)| (a.to_owned(), b.to_owned())).into_iter().chain(on_tags) {
            let ratio = contrast(tokens[&text], tokens[&ground]);
            assert!(ratio >= 4.5, "{theme}: {text} on {ground} reaches {ratio:.2}");
        }
    }
}

#[test]
fn focus_and_dots_stand_out() {
    for (theme, tokens) in themes() {
        for (mark, ground) in [("--accent", "--surface"), ("--accent", "--raised")] {
            let ratio = contrast(tokens[mark], tokens[ground]);
            assert!(ratio >= 3.0, "{theme}: {mark} on {ground} reaches {ratio:.2}");
        }
    }
}

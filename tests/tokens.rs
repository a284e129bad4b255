//! Tests of the colours: every text colour is readable on its backgrounds in both themes, according to WCAG 2, also on
//! the surfaces of WhatsApp's that the overlay takes over.

use std::collections::BTreeMap;
use std::fs;

use baton_tests::harness::root;

type Tokens = BTreeMap<String, [f64; 3]>;

/// The surfaces of a page at the bounds of what the overlay takes over as `--page`; see `Ground` in
/// `src/web/whatsapp/theme.rs`. `None` is the colour of our own.
const PAGES: [(&str, [Option<[f64; 3]>; 3]); 2] = [
    ("light", [None, Some([1.0, 1.0, 1.0]), Some([0.955, 0.955, 0.955])]),
    ("dark", [None, Some([0.0, 0.0, 0.0]), Some([0.14, 0.14, 0.14])]),
];

/// The colours of each theme on each page.
fn themes() -> Vec<(String, Tokens)> {
    let css = fs::read_to_string(root().join("extension/tokens.css")).unwrap();
    let declared = |theme: &str| -> BTreeMap<String, String> {
        let blocks = css.split('}').filter(|it| it.contains("color-scheme: dark") == (theme == "dark"));
        let declarations = blocks.flat_map(|block| block.split([';', '{']));
        declarations
            .filter_map(|it| it.split_once(':'))
            .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
            .collect()
    };
    let mut themes = Vec::new();
    for (theme, pages) in PAGES {
        let declared = declared(theme);
        for page in pages {
            let colours = declared
                .iter()
                .filter_map(|(name, value)| Some((name.clone(), evaluate(value, &declared, page)?)));
            themes.push((format!("{theme} on {page:?}"), colours.collect()));
        }
    }
    themes
}

/// The colour that a value computes to: a hexadecimal colour, a token, `--page` with our own colour behind it, or a mix.
fn evaluate(value: &str, declared: &BTreeMap<String, String>, page: Option<[f64; 3]>) -> Option<[f64; 3]> {
    if let Some(hex) = value.strip_prefix('#') {
        let part = |i: usize| u8::from_str_radix(hex.get(i..i + 2)?, 16).ok();
        return Some([part(0)?, part(2)?, part(4)?].map(|byte| f64::from(byte) / 255.0));
    }
    if let Some(own) = value.strip_prefix("var(--page, ") {
        return page.or_else(|| evaluate(own.strip_suffix(')')?, declared, page));
    }
    if let Some(name) = value.strip_prefix("var(") {
        return evaluate(declared.get(name.strip_suffix(')')?)?, declared, page);
    }
    let mix = value.strip_prefix("color-mix(in srgb, ")?.strip_suffix(')')?;
    let (first, second) = mix.split_once(", ")?;
    let (first, share) = first.split_once(' ')?;
    let share: f64 = share.strip_suffix('%')?.parse().ok()?;
    let (a, b) = (evaluate(first, declared, page)?, evaluate(second, declared, page)?);
    Some([0, 1, 2].map(|i| (a[i] * share + b[i] * (100.0 - share)) / 100.0))
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
        ("--accent", "--surface"),
        ("--accent", "--raised"),
        ("--toast-text", "--toast"),
    ];
    for (theme, tokens) in &themes() {
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
fn focus_and_edges_of_controls_stand_out() {
    for (theme, tokens) in themes() {
        let pairs = [
            ("--accent", "--surface"),
            ("--accent", "--raised"),
            ("--edge", "--surface"),
            ("--edge", "--raised"),
        ];
        for (mark, ground) in pairs {
            let ratio = contrast(tokens[mark], tokens[ground]);
            assert!(ratio >= 3.0, "{theme}: {mark} on {ground} reaches {ratio:.2}");
        }
    }
}

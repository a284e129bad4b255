//! Runs the shipped reader on real saved pages of several years and languages, if they are available beside the
//! project.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use baton_tests::harness::{Kind, Probe, root};
use baton_tests::whatsapp::SavedPages;
use serde_json::Value;

in_both! {
    saved_pages_are_read_as_people_see_them
    pages_without_their_best_names_are_read_as_well
}

/// The facts of a page that must be right, as named in `expected.jsonl`.
const FACTS: [&str; 3] = ["chat", "composer", "dark"];

fn saved_pages_are_read_as_people_see_them(kind: Kind) -> Result<()> {
    read_all(kind, |page| page)
}

/// The ids of the list and the conversation exist since 2016. Without them, the reader has to find both by their
/// structure.
fn pages_without_their_best_names_are_read_as_well(kind: Kind) -> Result<()> {
    read_all(kind, |page| {
        [r#" id="side""#, r#" id="pane-side""#, r#" id="main""#]
            .iter()
            .fold(page, |page, id| page.replace(id, ""))
    })
}

/// Reads every page after `change`, and compares the result with what people saw in the page.
fn read_all(kind: Kind, change: impl Fn(String) -> String) -> Result<()> {
    let folder = root().join("../shared/pages");
    let Ok(expected) = std::fs::read_to_string(folder.join("expected.jsonl")) else {
        eprintln!("The saved pages are not here: none was read.");
        return Ok(());
    };
    let expected: Vec<Value> =
        expected.lines().map(serde_json::from_str).collect::<Result<_, _>>().context("expected.jsonl")?;
    let changed = tempfile::tempdir()?;
    let mut files: Vec<PathBuf> = Vec::new();
    for page in &expected {
        let name = page["file"].as_str().context("a file's name")?;
        files.push(changed.path().join(name));
        let text = std::fs::read_to_string(folder.join(name)).with_context(|| name.to_owned())?;
        std::fs::write(changed.path().join(name), change(text))?;
    }
    let pages = SavedPages::start(files)?;
    let probe = Probe::start(kind, pages.proxy())?;
    for (number, page) in expected.iter().enumerate() {
        let seen = probe.open(&SavedPages::address(number))?;
        let file = &page["file"];
        for list in ["rows", "messages"] {
            let (wanted, got) = (items(page, list), items(&seen, list));
            ensure!(wanted.len() == got.len(), "{file}: {} {list}, not {}", got.len(), wanted.len());
            for (wanted, got) in wanted.iter().zip(got) {
                let Some(facts) = wanted.as_object() else { continue };
                for (name, fact) in facts {
                    ensure!(got[name] == *fact, "{file}: {got} is not {wanted}");
                }
            }
        }
        for fact in FACTS {
            ensure!(seen[fact] == page[fact], "{file}: {fact} is {}, not {}", page[fact], seen[fact]);
        }
        ensure!(seen["missing"] == serde_json::json!([]), "{file}: missing {}", seen["missing"]);
        let report = probe.report()?;
        // The report contains the list, and the composer, which is the deepest part.
        ensure!(report.contains("[placed]"), "{file}: no list in the report");
        let is_open = !seen["composer"].is_null();
        ensure!(!is_open || report.contains("[contenteditable=true]"), "{file}: no composer in the report");
        for row in items(page, "rows") {
            let title = row["title"].as_str().unwrap_or_default();
            // One contact is named by a full stop.
            let is_name = title.chars().filter(|c| c.is_alphanumeric()).count() > 3;
            ensure!(!is_name || !report.contains(title), "{file}: {title} is in the report");
        }
    }
    Ok(())
}

fn items<'a>(page: &'a Value, list: &str) -> &'a [Value] {
    page[list].as_array().map(Vec::as_slice).unwrap_or_default()
}

//! The shipped reader on real saved pages of several years and languages, where they lie beside the project.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use baton_tests::harness::{Kind, Probe, root};
use baton_tests::whatsapp::SavedPages;
use serde_json::Value;

in_both! {
    saved_pages_are_read_as_people_see_them
}

/// What of a page has to be right, in words of `expected.jsonl`.
const FACTS: [&str; 3] = ["chat", "composer", "dark"];

fn saved_pages_are_read_as_people_see_them(kind: Kind) -> Result<()> {
    let folder = root().join("../shared/pages");
    let Ok(expected) = std::fs::read_to_string(folder.join("expected.jsonl")) else {
        eprintln!("The saved pages are not here: none was read.");
        return Ok(());
    };
    let expected: Vec<Value> =
        expected.lines().map(serde_json::from_str).collect::<Result<_, _>>().context("expected.jsonl")?;
    let files: Vec<PathBuf> =
        expected.iter().filter_map(|page| Some(folder.join(page["file"].as_str()?))).collect();
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
        for part in ["[id=side]", "[id=pane-side]"] {
            ensure!(report.contains(part), "{file}: {part} is not in the report");
        }
        ensure!(
            seen["chat"].is_null() || report.contains("div[id=main]"),
            "{file}: no conversation in the report"
        );
        for row in items(page, "rows") {
            let title = row["title"].as_str().unwrap_or_default();
            // Somebody is called a full stop.
            let is_name = title.chars().filter(|c| c.is_alphanumeric()).count() > 3;
            ensure!(!is_name || !report.contains(title), "{file}: {title} is in the report");
        }
    }
    Ok(())
}

fn items<'a>(page: &'a Value, list: &str) -> &'a [Value] {
    page[list].as_array().map(Vec::as_slice).unwrap_or_default()
}

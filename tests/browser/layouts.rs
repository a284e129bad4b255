//! Tests of unknown layouts: the notice, layout updates, and the report, which contains no private data.

use anyhow::{Context, Result, ensure};
use baton_tests::harness::{Agent, Kind, Place, pool, root, until};
use serde_json::json;

use super::{CHATS, member, newcomer};

in_both! {
    a_signed_update_teaches_a_layout_and_can_be_forgotten
    an_update_that_was_changed_is_refused
    a_report_tells_how_the_page_is_built_and_nothing_else
}

fn a_signed_update_teaches_a_layout_and_can_be_forgotten(kind: Kind) -> Result<()> {
    let practice = pool::practice(CHATS)?;
    let agent = Agent::start(kind, &practice, "?layout=unknown")?;
    agent.see(Place::Overlay, ".notice", "does not recognise")?;
    agent.open_desk("files")?;
    agent.choose(&root().join("tests/layout-update.json"))?;
    agent.see(Place::Page, "#desk .toast", "Layout update 1")?;
    agent.close_desk()?;
    // The open page uses the layout update at once.
    agent.see(Place::Overlay, ".notice", "Enter your name")?;
    agent.introduce("Ana Souza")?;
    agent.import(&super::team_file())?;
    open_in_unknown(&agent, "Mei Lin")?;
    agent.see(Place::Overlay, ".chat h2", "Mei Lin")?;
    agent.click(Place::Overlay, ".pill:nth-child(1)")?;
    agent.see(Place::Overlay, ".pill[aria-pressed='true'] .name", "Order")?;

    agent.open_desk("sync")?;
    let forget = "#desk .layout button";
    agent.find(Place::Page, forget)?;
    agent.browser.session.run("document.querySelector(arguments[0]).scrollIntoView()", &[json!(forget)])?;
    agent.click(Place::Page, forget)?;
    agent.see(Place::Page, "#desk .toast", "built-in")?;
    agent.close_desk()?;
    agent.see(Place::Overlay, ".notice", "does not recognise")
}

fn an_update_that_was_changed_is_refused(kind: Kind) -> Result<()> {
    let (_practice, agent) = newcomer(kind)?;
    let genuine = std::fs::read_to_string(root().join("tests/layout-update.json"))?;
    let forged = genuine.replace("ul.n-list", "div#main");
    ensure!(forged != genuine, "nothing was changed");
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("layout.json");
    std::fs::write(&file, forged).context("writing a file")?;
    agent.open_desk("files")?;
    agent.choose(&file)?;
    agent.see(Place::Page, "#desk .toast", "was not signed")?;
    ensure!(agent.storage("local.get(arg)", json!("baton.layout"))? == json!({}), "it was stored");
    Ok(())
}

fn a_report_tells_how_the_page_is_built_and_nothing_else(kind: Kind) -> Result<()> {
    let (practice, agent) = member(kind)?;
    agent.open_chat("Mei Lin")?;
    agent.browser.session.press("Escape")?;
    agent.click(Place::Overlay, ".foot .icon-button")?;
    agent.click(Place::Overlay, ".help .row button")?;
    agent.see(Place::Overlay, ".toast", "on the clipboard")?;
    agent.browser.session.press("Escape")?;
    // The report is checked by pasting it, because a script may not read the clipboard.
    agent.click(Place::Page, "div#main footer [contenteditable=true]")?;
    agent.browser.session.press("Control+v")?;
    let report = until("the report is pasted", || {
        Ok(Some(agent.draft()?).filter(|draft| draft.contains("How the page is built")))
    })?;
    for part in ["Baton 0.1.0", "screen: chats", "missing: nothing", "#side #pane-side", "[role=grid]"] {
        ensure!(report.contains(part), "{part} is not in the report:\n{report}");
    }
    for chat in practice.account().chats() {
        for text in chat.messages.iter().map(|it| &it.text).chain([&chat.title]) {
            ensure!(text.is_empty() || !report.contains(text.as_str()), "the report has `{text}`");
        }
    }
    ensure!(!report.contains("491"), "the report has a number");
    Ok(())
}

/// Opens a chat on a page of an unknown layout.
fn open_in_unknown(agent: &Agent, title: &str) -> Result<()> {
    agent.browser.session.run(
        "[...document.querySelectorAll('b')].find((it) => it.textContent === arguments[0]).setAttribute('data-aim', '')",
        &[json!(title)],
    )?;
    agent.click(Place::Page, "[data-aim]")
}

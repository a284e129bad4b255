//! Tests of the desk.

use anyhow::{Context, Result};
use baton_tests::harness::{Kind, Place, until};
use serde_json::json;

use super::{member, newcomer, team_file};

in_both! {
    before_whatsapp_was_opened_the_desk_says_what_to_do
    a_file_is_looked_at_before_it_is_applied
    what_is_no_file_of_ours_changes_nothing
    replies_are_written_and_reach_the_page
}

fn before_whatsapp_was_opened_the_desk_says_what_to_do(kind: Kind) -> Result<()> {
    let (_practice, agent) = newcomer(kind)?;
    // The state of a profile in which no account was ever seen.
    agent.browser.session.go("about:blank")?;
    until("the account is noted", || {
        let noted = agent.storage("local.get(arg)", "baton.account".into())?;
        Ok((noted != json!({})).then_some(()))
    })?;
    agent.storage("local.remove(arg)", "baton.account".into())?;
    agent.open_desk("me")?;
    agent.see(Place::Page, "#desk h1", "WhatsApp Web")
}

fn a_file_is_looked_at_before_it_is_applied(kind: Kind) -> Result<()> {
    let (_practice, agent) = newcomer(kind)?;
    agent.open_desk("files")?;
    agent.choose(&team_file())?;
    agent.see(Place::Page, "#desk .changes li", "Order")?;
    agent.click(Place::Page, "#desk .sticky button:nth-child(2)")?;
    agent.see_none(Place::Page, "#desk .changes li")?;
    agent.choose(&team_file())?;
    agent.click(Place::Page, "#desk .sticky .primary")?;
    agent.see_none(Place::Page, "#desk .changes li")?;
    // A second import changes nothing.
    agent.choose(&team_file())?;
    agent.see(Place::Page, "#desk .card h2", "Nothing would change")?;
    agent.close_desk()?;
    agent.see_all(Place::Overlay, ".tag-row .name", &["Order", "Returns", "Urgent"])
}

fn what_is_no_file_of_ours_changes_nothing(kind: Kind) -> Result<()> {
    let (_practice, agent) = newcomer(kind)?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("other.json");
    std::fs::write(&file, "{\"name\": \"something else\"}").context("writing a file")?;
    agent.open_desk("files")?;
    agent.choose(&file)?;
    agent.see(Place::Page, "#desk .card h2", "nothing that Baton can read")
}

fn replies_are_written_and_reach_the_page(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    let keys = &agent.browser.session;
    agent.open_desk("replies")?;
    agent.click(Place::Page, "#desk .replies .add .primary")?;
    keys.type_text("Opening hours")?;
    keys.press("Tab")?;
    keys.type_text("hours")?;
    keys.press("Tab")?;
    keys.type_text("9 to 18 – ")?;
    keys.press("Tab")?;
    agent.see(Place::Page, "#desk .reply-list", "Opening hours")?;
    agent.close_desk()?;
    agent.open_chat("Mei Lin")?;
    keys.type_text(";;")?;
    agent.find(Place::Overlay, ".palette")?;
    keys.type_text("hours")?;
    agent.see(Place::Overlay, ".replies .title", "Opening hours")?;
    keys.press("Enter")?;
    agent.see_draft("9 to 18 – ")
}

//! Tests of the replies for the open chat: in the sidebar and at the composer.

use anyhow::{Result, ensure};
use baton_tests::harness::{Kind, Place};

use super::{member, newcomer};

in_both! {
    one_click_inserts_a_reply
    at_the_composer_stand_a_button_and_suggestions
    a_starter_pack_is_one_click_and_undone_with_one
}

/// A greeting in a fresh chat is exactly one click, and the caret stays in the composer.
fn one_click_inserts_a_reply(kind: Kind) -> Result<()> {
    let (practice, agent) = member(kind)?;
    let keys = &agent.browser.session;
    agent.open_chat("Mei Lin")?;
    agent.see(Place::Overlay, ".shortlist .name", "Greeting")?;
    let row = agent.texts(Place::Overlay, ".shortlist .name")?.iter().position(|it| it == "Greeting");
    let row = row.map_or(0, |at| at + 1);
    ensure!(row > 0, "the greeting is listed");
    agent.click(Place::Overlay, &format!(".shortlist li:nth-child({row}) .reply"))?;
    agent.see(Place::Page, "div#main footer [contenteditable=true]", "Mei Lin")?;
    keys.type_text(" !")?;
    agent.see(Place::Page, "div#main footer [contenteditable=true]", " !")?;
    ensure!(practice.account().sent("Mei Lin").len() == 1, "nothing was sent");
    // Keys do it too: from the search to the first result.
    agent.click(Place::Overlay, ".search .query")?;
    keys.type_text("ship")?;
    agent.see_all(Place::Overlay, ".shortlist .name", &["Shipping times"])?;
    keys.press("Enter")?;
    agent.see(Place::Page, "div#main footer [contenteditable=true]", "Two to four days")?;
    // Escape gives the focus back to the composer.
    agent.click(Place::Overlay, ".search .query")?;
    keys.press("Escape")?;
    keys.type_text("?")?;
    agent.see(Place::Page, "div#main footer [contenteditable=true]", "?")?;
    // A pin moves nothing while the chat is open.
    let before = agent.texts(Place::Overlay, ".shortlist .name")?;
    agent.hover(Place::Overlay, ".shortlist li:last-child .reply")?;
    agent.see_none(Place::Overlay, ".quick .reads[data-hint]")?;
    agent.click(Place::Overlay, ".shortlist li:last-child .more-action")?;
    agent.find(Place::Overlay, ".shortlist li:last-child .pin-mark")?;
    ensure!(agent.texts(Place::Overlay, ".shortlist .name")? == before, "the order stays");
    agent.open_chat("Tomás Rivera")?;
    agent.see(Place::Overlay, ".chat h2", "Tomás Rivera")?;
    let last = before.last().cloned().unwrap_or_default();
    agent.see(Place::Overlay, ".shortlist li:first-child .name", &last)
}

fn at_the_composer_stand_a_button_and_suggestions(kind: Kind) -> Result<()> {
    let (practice, agent) = member(kind)?;
    agent.open_chat("Mei Lin")?;
    agent.click(Place::Overlay, ".composer-button")?;
    agent.find(Place::Overlay, ".palette")?;
    agent.browser.session.press("Escape")?;
    agent.see_none(Place::Overlay, ".palette")?;
    // The customer asks about something that a reply is about.
    practice.account().customer_writes("Mei Lin", "what about shipping to Oslo?");
    agent.see_all(Place::Overlay, ".suggestion", &["Shipping times"])?;
    agent.click(Place::Overlay, ".suggestion")?;
    agent.see(Place::Page, "div#main footer [contenteditable=true]", "Two to four days")?;
    agent.click(Place::Overlay, ".suggestions .icon-button")?;
    agent.see_none(Place::Overlay, ".suggestion")?;
    agent.reload("")?;
    agent.open_chat("Mei Lin")?;
    agent.find(Place::Overlay, ".composer-button")?;
    agent.see_none(Place::Overlay, ".suggestion")
}

fn a_starter_pack_is_one_click_and_undone_with_one(kind: Kind) -> Result<()> {
    let (_practice, agent) = newcomer(kind)?;
    agent.open_chat("Mei Lin")?;
    agent.click(Place::Overlay, ".start .trade")?;
    agent.see(Place::Overlay, ".shortlist .name", "Parcel on its way")?;
    agent.see_all(Place::Overlay, ".meter", &["5/20"])?;
    agent.see(Place::Overlay, ".toast", "Type ;;hi in a chat")?;
    agent.browser.session.type_text(";;")?;
    agent.find(Place::Overlay, ".palette")?;
    agent.browser.session.type_text("thx ")?;
    agent.see(Place::Page, "div#main footer [contenteditable=true]", "Thank you, Mei!")?;
    agent.click(Place::Overlay, ".toast button:last-of-type")?;
    agent.see(Place::Overlay, ".quick .empty", "No quick replies yet")
}

//! Tests of holders: claim, release, hand over, and the question before writing.

use anyhow::{Result, ensure};
use baton_tests::harness::{Agent, BrowserAccount, Kind, Place, pool};
use baton_tests::whatsapp::Practice;
use serde_json::Value;

use super::{CHATS, become_ana, member, ready};

in_both! {
    a_chat_is_claimed_and_released
    a_claim_without_a_name_asks_for_it_and_goes_on
    a_colleagues_chat_is_guarded_and_can_be_taken_or_helped
    a_chat_is_handed_over_with_a_reason
}

fn a_chat_is_claimed_and_released(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    agent.open_chat("Mei Lin")?;
    agent.see(Place::Overlay, ".holder .who", "Nobody")?;
    agent.click(Place::Overlay, ".chat .primary")?;
    agent.see(Place::Overlay, ".holder .who", "You")?;
    agent.see_chips("Mei Lin", &["AS"])?;
    agent.see(Place::Overlay, ".tabs", "Mine1")?;
    agent.browser.session.press("Alt+c")?;
    agent.see_chips("Mei Lin", &[])?;
    agent.see(Place::Overlay, ".toast", "Mei Lin is unassigned again")?;
    agent.click(Place::Overlay, ".toast button")?;
    agent.see_chips("Mei Lin", &["AS"])?;
    // The holder of a chat writes without being asked.
    agent.click(Place::Page, "div#main footer [contenteditable=true]")?;
    agent.browser.session.type_text("on it")?;
    agent.see_draft("on it")
}

/// The first claim takes one click and the name.
fn a_claim_without_a_name_asks_for_it_and_goes_on(kind: Kind) -> Result<()> {
    let (_practice, agent) = super::newcomer(kind)?;
    agent.open_chat("Mei Lin")?;
    agent.see(Place::Overlay, ".notice", "Enter your name")?;
    agent.click(Place::Overlay, ".chat .primary")?;
    agent.find(Place::Overlay, ".notice input:focus")?;
    agent.see_chips("Mei Lin", &[])?;
    agent.browser.session.type_text("Ana Souza\n")?;
    agent.see_chips("Mei Lin", &["AS"])?;
    agent.see(Place::Overlay, ".holder .who", "You")?;
    agent.see_none(Place::Overlay, ".notice")
}

/// Ana, and Ben in a second profile of the same account. Each of them has received the other's name.
pub(crate) fn ana_and_ben(kind: Kind, other: Kind) -> Result<(Practice, [Agent; 2], BrowserAccount)> {
    let practice = pool::practice(CHATS)?;
    let ana = Agent::start_after(kind, &practice, "Ana", become_ana)?;
    let ben = Agent::start_after(other, &practice, "Ben", become_ben)?;
    let mut account = BrowserAccount::default();
    let agents = [ana, ben];
    // Ana has received Ben's name when she can hand a chat over to him.
    agents[0].open_chat("Zoë")?;
    agents[0].browser.session.press("Alt+o")?;
    account.settle(&agents, "both know each other and the team", |agents| {
        let [ana, ben] = agents;
        let known = ana.texts(Place::Overlay, ".form .person")?.concat().contains("Ben Okafor");
        Ok(known && ben.texts(Place::Overlay, ".fold .count")? == ["3"])
    })?;
    agents[0].browser.session.press("Escape")?;
    agents[0].see_none(Place::Overlay, ".form .person")?;
    Ok((practice, agents, account))
}

/// Sets up Ben's profile: enters his name.
pub(crate) fn become_ben(agent: &Agent) -> Result<()> {
    ready(agent)?;
    agent.introduce("Ben Okafor")
}

fn a_colleagues_chat_is_guarded_and_can_be_taken_or_helped(kind: Kind) -> Result<()> {
    let (practice, agents, mut account) = ana_and_ben(kind, kind)?;
    let [ana, ben] = &agents;
    ana.open_chat("Mei Lin")?;
    ana.browser.session.press("Alt+c")?;
    ana.see_chips("Mei Lin", &["AS"])?;
    account.settle(&agents, "both see who has the chat", |[_, ben]| Ok(ben.chips("Mei Lin")? == ["AS"]))?;
    ben.open_chat("Mei Lin")?;
    ben.see(Place::Overlay, ".banner .text", "Ana Souza has this chat")?;
    // The first letter opens the question and goes into the draft, as all others do; no key presses a button.
    let composer = "div#main footer [contenteditable=true]";
    ben.click(Place::Page, composer)?;
    ben.browser.session.type_text("I")?;
    ben.see(Place::Overlay, ".question", "Ana Souza has this chat. Nothing is sent until you choose.")?;
    ben.browser.session.type_text(" see your lamp")?;
    ben.see_draft("I see your lamp")?;
    // Nothing is sent before the answer: not by Enter, and not by the button.
    ben.browser.session.type_text("\n")?;
    ben.browser.session.press("Escape")?;
    ben.see_none(Place::Overlay, ".question")?;
    ben.click(Place::Page, "div#main footer [aria-label='Send']")?;
    ben.find(Place::Overlay, ".question")?;
    ben.see_draft("I see your lamp")?;
    ben.see_chips("Mei Lin", &["AS"])?;
    // Tab leads to the answers, and Escape back to the draft.
    ben.click(Place::Page, composer)?;
    ben.browser.session.press("Tab")?;
    ben.find(Place::Overlay, ".question .primary:focus")?;
    ben.browser.session.press("Escape")?;
    ben.see_none(Place::Overlay, ".question")?;
    ben.browser.session.type_text("!")?;
    ben.see_draft("I see your lamp!")?;
    ben.browser.session.press("Control+a")?;
    ben.browser.session.press("Delete")?;
    ben.see_draft("")?;
    // Dropping files opens the question too.
    ben.drop_file("label.pdf")?;
    ben.see(Place::Overlay, ".question", "Nothing is sent until you choose")?;
    let shown = ben.browser.session.run("return document.querySelector('.preview') !== null", &[])?;
    ensure!(shown == Value::Bool(false), "the file went in");
    ben.browser.session.press("Escape")?;
    ben.see_none(Place::Overlay, ".question")?;
    // Helping leaves the chat with its holder.
    ben.click(Place::Page, "div#main footer [contenteditable=true]")?;
    ben.browser.session.type_text("\n")?;
    ben.click(Place::Overlay, ".question .row button:nth-of-type(2)")?;
    ben.see(Place::Overlay, ".banner .text", "you are helping")?;
    ben.browser.session.type_text("helping")?;
    ben.see_draft("helping")?;
    ben.see_chips("Mei Lin", &["AS"])?;
    // Taking over changes the holder in both browsers.
    ben.click(Place::Overlay, ".banner button")?;
    ben.see_chips("Mei Lin", &["BO"])?;
    ben.see(Place::Overlay, ".toast", "You took Mei Lin over from Ana Souza")?;
    account.settle(&agents, "both see who has the chat", |[ana, _]| Ok(ana.chips("Mei Lin")? == ["BO"]))?;
    ana.see(Place::Overlay, ".banner .text", "Ben Okafor has this chat")?;
    // Both people are told, and either can undo it.
    ana.see(Place::Overlay, ".toast", "Ben Okafor took Mei Lin from you")?;
    ana.click(Place::Overlay, ".toast button:last-of-type")?;
    ana.see_chips("Mei Lin", &["AS"])?;
    ensure!(practice.account().sent("Mei Lin").len() == 1, "nobody sent anything");
    Ok(())
}

fn a_chat_is_handed_over_with_a_reason(kind: Kind) -> Result<()> {
    let (_practice, agents, mut account) = ana_and_ben(kind, kind)?;
    let [ana, ben] = &agents;
    ana.open_chat("Jonas Weber")?;
    ana.browser.session.press("Alt+o")?;
    ana.find(Place::Overlay, ".form .person")?;
    ana.browser.session.type_text("knows the lamps <b>")?;
    ana.click(Place::Overlay, ".form .person")?;
    ana.see_chips("Jonas Weber", &["BO"])?;
    ana.see(Place::Overlay, ".toast", "Jonas Weber handed over to Ben Okafor")?;
    account
        .settle(&agents, "both see who has the chat", |[_, ben]| Ok(ben.chips("Jonas Weber")? == ["BO"]))?;
    // Ben is told, and one press opens the chat.
    ben.see(Place::Overlay, ".toast", "Ana Souza handed Jonas Weber to you: knows the lamps <b>")?;
    ben.see(Place::Overlay, ".tab[data-news]", "Mine1")?;
    ben.click(Place::Overlay, ".toast button")?;
    ben.see(Place::Overlay, ".chat h2", "Jonas Weber")?;
    ben.see(Place::Overlay, ".holder .who", "You")?;
    ben.see(Place::Overlay, ".reason", "knows the lamps <b>")
}

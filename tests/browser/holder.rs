//! Tests of holders: claim, release, hand over, and the question before writing.

use anyhow::{Result, ensure};
use baton_tests::harness::{Agent, BrowserAccount, Kind, Place, pool};
use baton_tests::whatsapp::Practice;
use serde_json::Value;

use super::{CHATS, become_ana, member, ready};

in_both! {
    a_chat_is_claimed_and_released
    without_a_name_nothing_is_claimed
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
    agent.browser.session.press("Alt+a")?;
    agent.see_chips("Mei Lin", &[])?;
    agent.see(Place::Overlay, ".toast", "Mei Lin is free again")?;
    agent.click(Place::Overlay, ".toast button")?;
    agent.see_chips("Mei Lin", &["AS"])?;
    // The holder of a chat writes without being asked.
    agent.click(Place::Page, "div#main footer [contenteditable=true]")?;
    agent.browser.session.type_text("on it")?;
    agent.see_draft("on it")
}

fn without_a_name_nothing_is_claimed(kind: Kind) -> Result<()> {
    let (_practice, agent) = super::newcomer(kind)?;
    agent.open_chat("Mei Lin")?;
    agent.see(Place::Overlay, ".notice", "Say who you are")?;
    agent.browser.session.press("Alt+a")?;
    agent.see(Place::Overlay, ".toast", "First say who you are")?;
    agent.see_chips("Mei Lin", &[])
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
    agents[0].browser.session.press("Alt+h")?;
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
    ana.browser.session.press("Alt+a")?;
    ana.see_chips("Mei Lin", &["AS"])?;
    account.settle(&agents, "both see who has the chat", |[_, ben]| Ok(ben.chips("Mei Lin")? == ["AS"]))?;
    ben.open_chat("Mei Lin")?;
    ben.see(Place::Overlay, ".banner .text", "Ana Souza has this chat")?;
    // The first keystroke opens the question and is not typed.
    ben.click(Place::Page, "div#main footer [contenteditable=true]")?;
    ben.browser.session.type_text("h")?;
    ben.see(Place::Overlay, ".question", "Ana Souza has this chat. Write anyway?")?;
    ensure!(ben.draft()?.is_empty(), "nothing went in");
    ben.browser.session.press("Escape")?;
    ben.see_none(Place::Overlay, ".question")?;
    // Dropping files opens the question too.
    ben.drop_file("label.pdf")?;
    ben.see(Place::Overlay, ".question", "Write anyway?")?;
    let shown = ben.browser.session.run("return document.querySelector('.preview') !== null", &[])?;
    ensure!(shown == Value::Bool(false), "the file went in");
    ben.browser.session.press("Escape")?;
    ben.see_none(Place::Overlay, ".question")?;
    // Helping leaves the chat with its holder.
    ben.click(Place::Page, "div#main footer [contenteditable=true]")?;
    ben.browser.session.type_text("h")?;
    ben.click(Place::Overlay, ".question .row button:nth-child(2)")?;
    ben.see(Place::Overlay, ".banner .text", "you are helping")?;
    ben.browser.session.type_text("helping")?;
    ben.see_draft("helping")?;
    ben.see_chips("Mei Lin", &["AS"])?;
    // Taking over changes the holder in both browsers.
    ben.click(Place::Overlay, ".banner button")?;
    ben.see_chips("Mei Lin", &["BO"])?;
    account.settle(&agents, "both see who has the chat", |[ana, _]| Ok(ana.chips("Mei Lin")? == ["BO"]))?;
    ana.see(Place::Overlay, ".banner .text", "Ben Okafor has this chat")?;
    ensure!(practice.account().sent("Mei Lin").len() == 1, "nobody sent anything");
    Ok(())
}

fn a_chat_is_handed_over_with_a_reason(kind: Kind) -> Result<()> {
    let (_practice, agents, mut account) = ana_and_ben(kind, kind)?;
    let [ana, ben] = &agents;
    ana.open_chat("Jonas Weber")?;
    ana.browser.session.press("Alt+h")?;
    ana.find(Place::Overlay, ".form .person")?;
    ana.browser.session.type_text("knows the lamps <b>")?;
    ana.click(Place::Overlay, ".form .person")?;
    ana.see_chips("Jonas Weber", &["BO"])?;
    ana.see(Place::Overlay, ".toast", "Jonas Weber handed over to Ben Okafor")?;
    account
        .settle(&agents, "both see who has the chat", |[_, ben]| Ok(ben.chips("Jonas Weber")? == ["BO"]))?;
    ben.open_chat("Jonas Weber")?;
    ben.see(Place::Overlay, ".holder .who", "You")?;
    ben.see(Place::Overlay, ".reason", "knows the lamps <b>")
}

//! Tests of the team's state between tabs and between browsers.

use anyhow::{Result, ensure};
use baton_tests::harness::{Kind, Place};

use super::holder::ana_and_ben;
use super::member;

in_both! {
    two_tabs_see_each_other_and_write_at_once
    two_browsers_converge
}

fn two_tabs_see_each_other_and_write_at_once(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    agent.open_chat("Mei Lin")?;
    let second = agent.second_tab()?;
    agent.see_all(Place::Overlay, ".tag-row .name", &["Order", "Returns", "Urgent"])?;
    agent.open_chat("Mei Lin")?;
    agent.see(Place::Overlay, ".chat h2", "Mei Lin")?;
    agent.click(Place::Overlay, ".pill:nth-child(1)")?;
    agent.first_tab()?;
    agent.click(Place::Overlay, ".pill:nth-child(2)")?;
    agent.see_chips("Mei Lin", &["Order", "Returns"])?;
    agent.browser.session.switch(&second)?;
    agent.see_chips("Mei Lin", &["Order", "Returns"])
}

fn two_browsers_converge(kind: Kind) -> Result<()> {
    let other = if kind == Kind::Chromium { Kind::Firefox } else { Kind::Chromium };
    let (_practice, agents, mut account) = ana_and_ben(kind, other)?;
    let [ana, ben] = &agents;
    for agent in &agents {
        agent.open_chat("Mei Lin")?;
        agent.see(Place::Overlay, ".chat h2", "Mei Lin")?;
    }
    // Concurrent edits: both tags stay, and the chat has one holder.
    ana.click(Place::Overlay, ".pill:nth-child(1)")?;
    ben.click(Place::Overlay, ".pill:nth-child(3)")?;
    ana.browser.session.press("Alt+c")?;
    ben.browser.session.press("Alt+c")?;
    ana.see_chips("Mei Lin", &["Order", "AS"])?;
    ben.see_chips("Mei Lin", &["Urgent", "BO"])?;
    account.settle(&agents, "both show the same", |[ana, ben]| {
        let (a, b) = (ana.chips("Mei Lin")?, ben.chips("Mei Lin")?);
        Ok(a == b && a.len() == 3 && a[..2] == ["Order", "Urgent"])
    })?;
    // Each item on the server has one writer.
    let writers = |prefix: &str| account.items().keys().filter(|key| key.starts_with(prefix)).count();
    ensure!(writers("") >= 2, "each device publishes its own items: {:?}", account.items().keys());
    Ok(())
}

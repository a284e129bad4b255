//! Tests of a Wasm that traps: the page is left as it was found, and the hub continues with a new instance.

use anyhow::{Result, ensure};
use baton_tests::harness::{Agent, Kind, Launch, Place, breakable, practice_page, until};
use baton_tests::whatsapp::Practice;
use serde_json::json;

use super::CHATS;

in_both! {
    a_page_that_traps_is_left_as_it_was_found
    a_desk_that_traps_says_so
    a_hub_that_traps_goes_on_and_loses_nothing
}

fn breakable_agent(kind: Kind) -> Result<(Practice, Agent)> {
    let practice = Practice::start(&practice_page(), CHATS)?;
    let agent = Agent::launch(kind, &Launch::behind(practice.proxy(), Some(breakable()?)), "")?;
    agent.see(Place::Overlay, ".notice", "Enter your name")?;
    Ok((practice, agent))
}

fn break_document(agent: &Agent) -> Result<()> {
    agent.browser.session.run("document.dispatchEvent(new Event('baton-break'))", &[]).map(drop)
}

fn a_page_that_traps_is_left_as_it_was_found(kind: Kind) -> Result<()> {
    let (practice, agent) = breakable_agent(kind)?;
    agent.open_chat("Mei Lin")?;
    break_document(&agent)?;
    agent.browser.session.press("ArrowLeft")?;
    agent.see(Place::Page, "[data-baton=refused]", "Baton stopped")?;
    let left = agent.browser.session.run(
        "return [document.querySelectorAll('[data-baton]:not([data-baton=refused])').length, \
            document.documentElement.className]",
        &[],
    )?;
    ensure!(left == json!([0, ""]), "still on the page: {left}");
    agent.click(Place::Page, "div#main footer [contenteditable=true]")?;
    agent.browser.session.type_text("still here")?;
    agent.see_draft("still here")?;
    agent.browser.session.press("Enter")?;
    until("WhatsApp sends", || {
        Ok(practice.account().sent("Mei Lin").contains(&"still here".to_owned()).then_some(()))
    })?;
    agent.reload("")?;
    agent.see(Place::Overlay, ".notice", "Enter your name")
}

fn a_desk_that_traps_says_so(kind: Kind) -> Result<()> {
    let (_practice, agent) = breakable_agent(kind)?;
    agent.open_desk("tags")?;
    break_document(&agent)?;
    agent.browser.session.press("Escape")?;
    agent.see(Place::Page, "#desk .refused", "The desk stopped")
}

fn a_hub_that_traps_goes_on_and_loses_nothing(kind: Kind) -> Result<()> {
    let (_practice, agent) = breakable_agent(kind)?;
    agent.introduce("Ana Souza")?;
    let script = "const [arg, done] = arguments; (globalThis.browser ?? chrome).runtime.sendMessage(arg) \
        .then(() => done({ ok: null }), () => done({ ok: null }));";
    agent.in_extension(script, json!("baton-break"))?;
    agent.open_chat("Mei Lin")?;
    agent.browser.session.press("Alt+c")?;
    agent.see_chips("Mei Lin", &["AS"])?;
    until("all is on disk", || {
        let status = agent.texts(Place::Overlay, ".status")?.concat();
        Ok((!status.contains('…')).then_some(()))
    })?;
    // After both are restarted, only stored edits exist.
    agent.browser.kill_hub()?;
    agent.reload("")?;
    agent.see_chips("Mei Lin", &["AS"])
}

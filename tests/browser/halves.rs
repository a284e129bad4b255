//! The second half of the page's and the desk's Wasm comes after what is seen first.

use anyhow::Result;
use baton_tests::harness::{Agent, Kind, Launch, Place, held_back, practice_page};
use baton_tests::whatsapp::Practice;

use super::CHATS;

in_both! {
    what_a_hand_does_before_it_can_be_answered_is_answered_then
    what_was_meant_for_one_chat_does_not_end_in_another
    a_file_that_the_desk_is_given_before_it_can_be_read_is_read_then
    without_its_second_half_baton_leaves_the_page_and_says_so
}

/// An agent whose page has the first half only, with the notice that comes with the hub's welcome on screen.
fn half(kind: Kind) -> Result<(Practice, Agent)> {
    let practice = Practice::start(&practice_page(), CHATS)?;
    let launch = Launch::behind(practice.proxy(), Some(held_back()?));
    let agent = Agent::launch(kind, &launch, "")?;
    agent.see(Place::Overlay, ".notice", "Say who you are")?;
    Ok((practice, agent))
}

fn tell(agent: &Agent, event: &str) -> Result<()> {
    agent.browser.session.run(&format!("document.dispatchEvent(new Event('{event}'))"), &[])?;
    Ok(())
}

fn what_a_hand_does_before_it_can_be_answered_is_answered_then(kind: Kind) -> Result<()> {
    let (_practice, agent) = half(kind)?;
    agent.open_chat("Mei Lin")?;
    agent.see(Place::Overlay, ".chat h2", "Mei Lin")?;
    agent.click(Place::Overlay, ".add")?;
    agent.see_none(Place::Overlay, ".add-form")?;
    tell(&agent, "baton-rest")?;
    agent.find(Place::Overlay, ".add-form")?;
    agent.browser.session.type_text("Order\n")?;
    agent.see_all(Place::Overlay, ".tag-row .name", &["Order"])
}

fn what_was_meant_for_one_chat_does_not_end_in_another(kind: Kind) -> Result<()> {
    let (_practice, agent) = half(kind)?;
    agent.open_chat("Mei Lin")?;
    agent.see(Place::Overlay, ".chat h2", "Mei Lin")?;
    agent.click(Place::Overlay, ".chat .primary + button")?;
    agent.open_chat("Tomás Rivera")?;
    agent.see(Place::Overlay, ".chat h2", "Tomás Rivera")?;
    tell(&agent, "baton-rest")?;
    agent.answers()?;
    agent.see_none(Place::Overlay, ".chat .form")
}

fn a_file_that_the_desk_is_given_before_it_can_be_read_is_read_then(kind: Kind) -> Result<()> {
    let (_practice, agent) = half(kind)?;
    agent.visit_desk("files")?;
    agent.choose(&super::team_file())?;
    tell(&agent, "baton-rest")?;
    agent.see(Place::Page, "#desk .changes li", "Order")?;

    agent.visit_desk("files")?;
    agent.find(Place::Page, "#desk .drop")?;
    let drop = "const files = new DataTransfer(); files.items.add(new File([arguments[0]], 'team.json'));
        dispatchEvent(new DragEvent('drop', { dataTransfer: files, cancelable: true }));";
    agent.browser.session.run(drop, &[std::fs::read_to_string(super::team_file())?.into()])?;
    tell(&agent, "baton-rest")?;
    agent.see(Place::Page, "#desk .changes li", "Order")
}

fn without_its_second_half_baton_leaves_the_page_and_says_so(kind: Kind) -> Result<()> {
    let (_practice, agent) = half(kind)?;
    tell(&agent, "baton-no-rest")?;
    agent.see(Place::Page, "[data-baton=refused]", "could not be loaded")?;
    agent.see_none(Place::Page, "[data-baton=overlay], [data-baton=chips]")
}

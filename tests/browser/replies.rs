//! Tests of the replies, fields and hours at the desk.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use baton_tests::harness::{Agent, Kind, Place, until};

use super::holder::ana_and_ben;
use super::member;
use super::sync_centre::press;

in_both! {
    replies_are_put_in_order_by_keyboard
    a_text_is_written_with_help_and_brought_back
    what_a_colleague_changed_is_restored
    fields_and_hours_fill_replies
}

/// Imports these replies into the team, as a file in Baton's format.
pub fn import(agent: &Agent, replies: &str) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("team.json");
    let text = format!("{{\"baton\": 1, \"tags\": [], \"members\": [], \"replies\": [{replies}]}}");
    std::fs::write(&file, text).context("writing a file")?;
    agent.import(Path::new(&file))
}

const FOLDERS: &str = r#"
    { "id": "0000000000000021", "title": "Pickup", "shortcut": "pick", "body": "At {return address}.", "folder": "Parcels" },
    { "id": "0000000000000022", "title": "Customs", "shortcut": "cus", "body": "No customs.", "folder": "Parcels" }"#;

fn selected(agent: &Agent, words: &str) -> Result<()> {
    agent.see(Place::Page, "#desk .bulk strong", words)
}

fn replies_are_put_in_order_by_keyboard(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    import(&agent, FOLDERS)?;
    let keys = &agent.browser.session;
    agent.open_desk("replies")?;
    agent.click(Place::Page, "#desk .replies input[type=search]")?;
    keys.press("ArrowDown")?;
    keys.press(" ")?;
    selected(&agent, "1 selected")?;
    keys.press("Shift+ArrowDown")?;
    selected(&agent, "2 selected")?;
    keys.press("Delete")?;
    agent.see(Place::Page, "#desk .toast", "2 replies archived")?;
    let left = ["Greeting", "Shipping times", "Thanks", "Pickup", "Customs"];
    agent.see_all(Place::Page, "#desk .reply-list .title", &left)?;
    // The focus moved to the next reply, so the keyboard still works.
    keys.press("Alt+ArrowDown")?;
    let moved = ["Shipping times", "Greeting", "Thanks", "Pickup", "Customs"];
    agent.see_all(Place::Page, "#desk .reply-list .title", &moved)?;
    keys.press("Control+a")?;
    selected(&agent, "5 selected")?;
    keys.press("Escape")?;
    agent.see_none(Place::Page, "#desk .bulk")?;
    ensure!(agent.texts(Place::Page, "#desk .editor")?.is_empty(), "Space opened nothing");

    // Filter by folder, then move all of the folder's replies to another one.
    agent.click(Place::Page, "#desk .filters .row:last-child .toggle:nth-child(2)")?;
    agent.see_all(Place::Page, "#desk .reply-list .title", &["Pickup", "Customs"])?;
    agent.click(Place::Page, "#desk .reply-list li:first-child .pick")?;
    agent.click(Place::Page, "#desk .reply-list li:last-child .pick")?;
    selected(&agent, "2 selected")?;
    agent.click(Place::Page, "#desk .bulk .field")?;
    keys.type_text("Shipping\n")?;
    agent.see(Place::Page, "#desk .toast", "2 replies moved to Shipping")?;
    agent.click(Place::Page, "#desk .toast button")?;
    agent.see_all(Place::Page, "#desk .reply-list .title", &["Pickup", "Customs"])?;

    // Archived replies are found under their filter.
    agent.click(Place::Page, "#desk .filters .row:last-child .toggle:nth-child(1)")?;
    agent.click(Place::Page, "#desk .filter .toggle:nth-child(5)")?;
    agent.see_all(Place::Page, "#desk .reply-list .title", &["Returns policy", "Return label, EU"])
}

fn a_text_is_written_with_help_and_brought_back(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    let keys = &agent.browser.session;
    agent.open_desk("replies")?;
    agent.click(Place::Page, "#desk .reply-list li:last-child .reply-row")?;
    agent.see(Place::Page, "#desk .editor .preview", "Thank you")?;
    agent.click(Place::Page, "#desk .editor textarea")?;
    keys.press("Control+a")?;
    keys.type_text("Bye {")?;
    agent.see(Place::Page, "#desk .editor .problem", "{")?;
    keys.type_text("👋 ")?;
    agent.click(Place::Page, "#desk .editor .problem")?;
    let selected =
        "const it = document.activeElement; return it.value.slice(it.selectionStart, it.selectionEnd)";
    let place = keys.run(selected, &[])?;
    ensure!(place.as_str().is_some_and(|it| it.starts_with('{')), "{place} is selected");
    keys.press("Backspace")?;
    keys.press("End")?;
    agent.click(Place::Page, "#desk .editor .insert:nth-child(1)")?;
    agent.see(Place::Page, "#desk .editor .preview", "Mei Lin")?;
    agent.see(Place::Page, "#desk .editor .sources", "Filled in by Baton: {name}")?;
    // A megabyte of text is cut to the length limit of a message, with a warning.
    let paste = "const area = document.querySelector('#desk .editor textarea'); area.focus(); \
        area.setRangeText('x'.repeat(1 << 20), 0, 0, 'end'); area.dispatchEvent(new InputEvent('input'))";
    keys.run(paste, &[])?;
    agent.see(Place::Page, "#desk .editor .text > .clash", "65,536")?;
    let length = keys.run("return document.querySelector('#desk .editor textarea').value.length", &[])?;
    ensure!(length == 65_536, "{length} characters are kept");
    keys.press("Control+a")?;
    keys.type_text("Thanks!")?;
    keys.press("Tab")?;
    // Changes of one sitting are one version, and the text before them is kept.
    keys.run("document.querySelector('#desk .editor .more').scrollIntoView()", &[])?;
    agent.click(Place::Page, "#desk .editor .more")?;
    agent.see(Place::Page, "#desk .editor .versions li:first-child", "Thanks!")?;
    agent.see(Place::Page, "#desk .editor .versions li:first-child .badge", "Now")
}

fn what_a_colleague_changed_is_restored(kind: Kind) -> Result<()> {
    let (_practice, agents, mut account) = ana_and_ben(kind, kind)?;
    let [ana, ben] = &agents;
    let text = |agent: &Agent| {
        agent
            .browser
            .session
            .run("return document.querySelector('#desk .editor textarea')?.value ?? null", &[])
    };
    for agent in [ben, ana] {
        agent.open_desk("replies")?;
        agent.click(Place::Page, "#desk .reply-list li:last-child .reply-row")?;
        agent.see(Place::Page, "#desk .editor .preview", "Thank you")?;
    }
    ben.click(Place::Page, "#desk .editor textarea")?;
    ben.browser.session.press("Control+a")?;
    ben.browser.session.type_text("Bye.")?;
    ben.browser.session.press("Tab")?;
    account.settle(&agents, "Ana reads what Ben wrote", |[ana, _]| Ok(text(ana)? == "Bye."))?;

    press(ana, "#desk .editor .more")?;
    let version = |at: u8, says: &str| {
        ana.see(Place::Page, &format!("#desk .editor .versions li:nth-child({at}) .said"), says)
    };
    version(1, "Bye.")?;
    ana.see(Place::Page, "#desk .editor .versions li:first-child .who", "Ben Okafor")?;
    version(2, "Thank you")?;
    press(ana, "#desk .editor .versions li:nth-child(2) button")?;
    ana.see(Place::Page, "#desk .toast", "says again what it said")?;
    until("the text is back", || Ok((text(ana)? == "Thank you, and have a good day!").then_some(())))?;
    version(1, "Thank you")?;
    version(2, "Bye.")?;
    account.settle(&agents, "Ben reads it too", |[_, ben]| {
        Ok(text(ben)? == "Thank you, and have a good day!")
    })?;
    ana.click(Place::Page, "#desk .toast button")?;
    until("Ben's text is back", || Ok((text(ana)? == "Bye.").then_some(())))
}

fn fields_and_hours_fill_replies(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    import(&agent, FOLDERS)?;
    let keys = &agent.browser.session;
    agent.open_desk("fields")?;
    agent.click(Place::Page, "#desk .wide .field")?;
    keys.type_text("agent")?;
    agent.see(Place::Page, "#desk .card .clash", "Baton fills in {agent} by itself")?;
    keys.press("Control+a")?;
    keys.type_text("return address\n")?;
    // The focus is in the field for the value.
    until("the focus on the value", || {
        let tag = keys.run("return document.activeElement.tagName", &[])?;
        Ok((tag == "TEXTAREA").then_some(()))
    })?;
    keys.type_text("1 Long Street")?;
    keys.press("Tab")?;
    // In the grid, a day gets usual hours with one press, which are copied to the other working days with another.
    agent.click(Place::Page, "#desk .week-day:nth-child(1) .icon-button")?;
    agent.see_all(Place::Page, "#desk .week-day:nth-child(1) input", &["09:00", "18:00"])?;
    agent.click(Place::Page, "#desk .week-day:nth-child(1) .quiet")?;
    agent.see_all(Place::Page, "#desk .week-day:nth-child(5) input", &["09:00", "18:00"])?;
    agent.see_all(Place::Page, "#desk .week-day:nth-child(6) input", &[])?;
    // The same as text.
    agent.click(Place::Page, "#desk details summary")?;
    agent.see_all(Place::Page, "#desk details input", &["1-5 09:00-18:00"])?;
    agent.click(Place::Page, "#desk details input")?;
    keys.press("Control+a")?;
    keys.type_text("1-7 9:00-12:00; 8 9:00-10:00")?;
    agent.see(Place::Page, "#desk .problem", "“8” is no day")?;
    agent.click(Place::Page, "#desk .problem")?;
    keys.type_text("7")?;
    agent.see(Place::Page, "#desk .problem", "meets other hours")?;
    keys.press("End")?;
    for _ in " 7 9:00-10:00;".chars() {
        keys.press("Backspace")?;
    }
    agent.see_all(Place::Page, "#desk .week-day:nth-child(7) input", &["09:00", "12:00"])?;
    keys.press("Tab")?;
    keys.type_text("60")?;
    agent.see(
        Place::Page,
        "#desk .card:last-child > p:last-child",
        "A customer who writes now is promised",
    )?;
    keys.press("Tab")?;
    agent.close_desk()?;
    agent.open_chat("Mei Lin")?;
    keys.press("Alt+q")?;
    agent.find(Place::Overlay, ".palette")?;
    keys.type_text("pickup")?;
    agent.see(Place::Overlay, ".replies .title", "Pickup")?;
    keys.press("Enter")?;
    agent.see_draft("At 1 Long Street.")
}

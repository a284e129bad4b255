//! Tests of the tags in the sidebar.

use anyhow::{Result, ensure};
use baton_tests::harness::{Agent, Kind, Place};

use super::{member, newcomer};

in_both! {
    tags_are_made_changed_and_deleted
    tags_are_worn_and_taken_off
    the_list_is_narrowed_to_a_tag
    the_search_wins_over_a_filter
    ten_chats_are_tagged_in_twelve_presses
    twenty_tags_are_the_limit
    the_sidebar_makes_room_and_remembers
}

fn tags_are_made_changed_and_deleted(kind: Kind) -> Result<()> {
    let (_practice, agent) = newcomer(kind)?;
    let keys = &agent.browser.session;
    agent.see(Place::Overlay, ".tags + .add, .section .empty", "No tags yet")?;
    agent.click(Place::Overlay, ".add")?;
    keys.type_text("Order\nReturns\n")?;
    agent.see_all(Place::Overlay, ".tag-row .name", &["Order", "Returns"])?;
    agent.see_all(Place::Overlay, ".meter", &["2/20"])?;
    keys.press("Escape")?;
    agent.see_none(Place::Overlay, ".add-form")?;

    agent.click(Place::Overlay, ".tag-row .edit")?;
    keys.press("Control+a")?;
    keys.type_text("Orders\n")?;
    agent.see_all(Place::Overlay, ".tag-row .tag-name .name", &["Orders", "Returns"])?;
    agent.click(Place::Overlay, ".editor .swatch[data-colour=purple]")?;
    agent.find(Place::Overlay, ".tag-row .dot[data-colour=purple]")?;
    agent.click(Place::Overlay, ".editor .icon-button[aria-label='Move down']")?;
    agent.see_all(Place::Overlay, ".tag-row .tag-name .name", &["Returns", "Orders"])?;

    agent.click(Place::Overlay, ".editor .danger")?;
    agent.see_all(Place::Overlay, ".tag-row .tag-name .name", &["Returns"])?;
    agent.see(Place::Overlay, ".toast", "Tag Orders deleted")?;
    agent.click(Place::Overlay, ".toast button")?;
    agent.see_all(Place::Overlay, ".tag-row .tag-name .name", &["Returns", "Orders"])?;

    agent.reload("")?;
    agent.see_all(Place::Overlay, ".tag-row .tag-name .name", &["Returns", "Orders"])?;
    agent.find(Place::Overlay, ".tag-row .dot[data-colour=purple]")?;
    Ok(())
}

fn tags_are_worn_and_taken_off(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    let keys = &agent.browser.session;
    agent.open_chat("Mei Lin")?;
    // Add a tag with one click.
    agent.click(Place::Overlay, ".pill:nth-child(2)")?;
    agent.see_chips("Mei Lin", &["Returns"])?;
    agent.see_all(Place::Overlay, ".pill[aria-pressed='true'] .name", &["Returns"])?;
    // Add a tag with the keyboard, starting in the composer, which gets the focus back.
    agent.click(Place::Page, "div#main footer [contenteditable=true]")?;
    keys.press("Alt+l")?;
    agent.find(Place::Overlay, ".menu")?;
    keys.press("ArrowDown")?;
    keys.press("ArrowDown")?;
    keys.press("Enter")?;
    agent.see_chips("Mei Lin", &["Returns", "Urgent"])?;
    keys.press("Escape")?;
    agent.see_none(Place::Overlay, ".menu")?;
    keys.type_text("hi")?;
    agent.see_draft("hi")?;
    // A row shows two tags, and the number of further tags.
    agent.click(Place::Overlay, ".pill:nth-child(1)")?;
    agent.see_chips("Mei Lin", &["Order", "Returns", "+1"])?;
    agent.see_all(Place::Overlay, ".tag-row .count", &["1", "1", "1"])?;
    agent.click(Place::Overlay, ".pill[aria-pressed='true']")?;
    agent.see_chips("Mei Lin", &["Returns", "Urgent"])?;
    // The tags belong to the chat only.
    agent.open_chat("Tomás Rivera")?;
    agent.see(Place::Overlay, ".chat h2", "Tomás Rivera")?;
    agent.see_none(Place::Overlay, ".pill[aria-pressed='true']")?;
    agent.see_chips("Tomás Rivera", &[])
}

fn the_list_is_narrowed_to_a_tag(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    for chat in ["Mei Lin", "Jonas Weber"] {
        agent.open_chat(chat)?;
        agent.see(Place::Overlay, ".chat h2", chat)?;
        agent.click(Place::Overlay, ".pill:nth-child(3)")?;
        agent.see_chips(chat, &["Urgent"])?;
    }
    agent.click(Place::Overlay, ".tag-row:nth-child(3) .tag-name")?;
    // The newest comes first, with its last message and its time.
    agent.see_all(Place::Overlay, ".narrowed .chat-row .name", &["Mei Lin", "Jonas Weber"])?;
    agent.see(Place::Overlay, ".narrowed li:nth-child(1) .preview", "where is my parcel?")?;
    agent.see(Place::Overlay, ".narrowed li:nth-child(2) .since", "ago")?;
    agent.click(Place::Overlay, ".narrowed li:nth-child(1) .chat-row")?;
    agent.see(Place::Overlay, ".chat h2", "Mei Lin")?;
    agent.click(Place::Overlay, ".narrowed .head button")?;
    agent.see_none(Place::Overlay, ".narrowed")
}

fn ten_chats_are_tagged_in_twelve_presses(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    agent.open_chat("Mei Lin")?;
    agent.click(Place::Overlay, ".tab:nth-child(2)")?;
    agent.find(Place::Overlay, ".narrowed li:nth-child(10)")?;
    agent.see(Place::Overlay, ".narrowed .since", "ago")?;
    // A long list is drawn in parts.
    agent.click(Place::Overlay, ".narrowed > button")?;
    agent.find(Place::Overlay, ".narrowed li:nth-child(120)")?;
    // A mark by hand counts alike on WhatsApp's rows and in its storage.
    let marked = ".chat-line:has(.select[aria-label*='Ingrid']) .unread";
    agent.see_all(Place::Overlay, marked, &["1"])?;
    agent.click(Place::Overlay, ".chat-line:has(.select[aria-label*='Jonas']) .chat-row")?;
    agent.see(Place::Overlay, ".chat h2", "Jonas Weber")?;
    ensure!(agent.texts(Place::Overlay, marked)? == ["1"], "the row's count is that of the storage");
    // The first row has the focus when the list opens, and Space selects it.
    agent.click(Place::Overlay, ".narrowed .head button")?;
    agent.click(Place::Overlay, ".tab:nth-child(2)")?;
    agent.find(Place::Overlay, ".narrowed li:first-child .chat-row:focus")?;
    agent.browser.session.press(" ")?;
    agent.see(Place::Overlay, ".selected", "1 selected")?;
    agent.browser.session.press(" ")?;
    agent.see_none(Place::Overlay, ".selection")?;
    for row in 1..=10 {
        agent.click(Place::Overlay, &format!(".narrowed li:nth-child({row}) .select"))?;
        agent.see(Place::Overlay, ".selected", &format!("{row} selected"))?;
    }
    agent.click(Place::Overlay, ".selection .pill")?;
    agent.see(Place::Overlay, ".toast", "10 chats tagged Order")?;
    agent.see_all(Place::Overlay, ".tag-row .count", &["10", "0", "0"])?;
    agent.click(Place::Overlay, ".toast button:last-of-type")?;
    agent.see_all(Place::Overlay, ".tag-row .count", &["0", "0", "0"])
}

fn the_search_wins_over_a_filter(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    let keys = &agent.browser.session;
    agent.open_chat("Mei Lin")?;
    agent.click(Place::Overlay, ".chat .primary")?;
    agent.see_chips("Mei Lin", &["AS"])?;
    agent.click(Place::Overlay, ".tab")?;
    agent.see_all(Place::Overlay, ".narrowed .chat-row .name", &["Mei Lin"])?;
    let search = "#side :is(input, [contenteditable=true])";
    agent.click(Place::Page, search)?;
    keys.type_text("Jonas")?;
    agent.see_none(Place::Overlay, ".narrowed")?;
    agent.find(Place::Overlay, ".tab[aria-pressed='true'] .ends")?;
    // The filter comes back when the search is over.
    keys.press("Control+a")?;
    keys.press("Delete")?;
    agent.see_all(Place::Overlay, ".narrowed .chat-row .name", &["Mei Lin"])?;
    // After the end of the filter, the composer has the focus.
    agent.click(Place::Overlay, ".narrowed .head button")?;
    agent.see_none(Place::Overlay, ".narrowed")?;
    keys.type_text(";;")?;
    agent.find(Place::Overlay, ".palette").map(drop)
}

fn twenty_tags_are_the_limit(kind: Kind) -> Result<()> {
    let (_practice, agent) = newcomer(kind)?;
    let keys = &agent.browser.session;
    agent.click(Place::Overlay, ".add")?;
    for n in 1..=18 {
        keys.type_text(&format!("t{n}\n"))?;
    }
    agent.see_all(Place::Overlay, ".meter", &["18/20"])?;
    agent.find(Place::Overlay, ".meter[data-level=warning]")?;
    keys.type_text("t19\nt20\n")?;
    agent.find(Place::Overlay, ".meter[data-level=full]")?;
    keys.type_text("t21\n")?;
    agent.see(Place::Overlay, ".toast", "at most 20 tags")?;
    agent.see_all(Place::Overlay, ".meter", &["20/20"])?;
    ensure!(agent.texts(Place::Overlay, ".tag-row .tag-name .name")?.len() == 20);
    Ok(())
}

fn the_sidebar_makes_room_and_remembers(kind: Kind) -> Result<()> {
    let (_practice, agent) = newcomer(kind)?;
    let window = edge(&agent, "innerWidth")?;
    ensure!(edge(&agent, APP_EDGE)? == window - 312.0, "WhatsApp makes room");
    agent.browser.session.press("Alt+m")?;
    agent.find(Place::Overlay, ".rail")?;
    baton_tests::harness::until("WhatsApp takes the room back", || {
        Ok((edge(&agent, APP_EDGE)? == window - 44.0).then_some(()))
    })?;
    agent.reload("")?;
    agent.find(Place::Overlay, ".rail")?;
    agent.click(Place::Overlay, ".rail .icon-button")?;
    agent.find(Place::Overlay, ".meter").map(drop)
}

/// The right edge of WhatsApp's page.
const APP_EDGE: &str = "document.querySelector('#app .app-wrapper-web').getBoundingClientRect().right";

fn edge(agent: &Agent, of: &str) -> Result<f64> {
    Ok(agent.browser.session.run(&format!("return {of}"), &[])?.as_f64().unwrap_or_default())
}

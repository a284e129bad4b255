//! Failures of the environment. Each has a visible, defined behaviour, no acknowledged edit is lost, and WhatsApp keeps
//! working.

use anyhow::{Context, Result, ensure};
use baton_tests::harness::{Agent, Element, Kind, Place, pool, until};
use baton_tests::whatsapp::Practice;
use serde_json::{Value, json};

use super::{CHATS, member, newcomer};

in_both! {
    a_layout_nobody_knows_is_told_and_left_alone
    a_page_that_refuses_wasm_is_left_alone
    a_full_sync_is_told_and_goes_on_when_there_is_room
    a_killed_hub_loses_nothing
    two_edits_that_wake_the_hub_both_stand
    an_updated_extension_says_so
    foreign_items_are_left_alone
    hostile_text_is_text
    namesakes_are_not_guessed
    what_was_said_of_a_namesake_holds_while_the_list_scrolls
    whatsapps_own_dialog_keeps_its_keys
}

/// Checks that WhatsApp works, by writing and sending a message.
fn whatsapp_works(agent: &Agent, practice: &Practice, composer: &str) -> Result<()> {
    agent.click(Place::Page, composer)?;
    agent.browser.session.type_text("still here\n")?;
    until("WhatsApp sends", || {
        Ok(practice.account().sent("Mei Lin").contains(&"still here".to_owned()).then_some(()))
    })
}

const COMPOSER: &str = "div#main footer [contenteditable=true]";

fn a_layout_nobody_knows_is_told_and_left_alone(kind: Kind) -> Result<()> {
    let practice = pool::practice(CHATS)?;
    let agent = Agent::start(kind, &practice, "?layout=unknown")?;
    agent.see(Place::Overlay, ".notice", "does not recognise")?;
    agent.browser.session.run(
        "[...document.querySelectorAll('*')].find((it) => it.children.length === 0 && it.textContent === 'Mei Lin') \
         .setAttribute('data-aim', '')",
        &[],
    )?;
    agent.click(Place::Page, "[data-aim]")?;
    whatsapp_works(&agent, &practice, "[contenteditable=true]")
}

fn a_page_that_refuses_wasm_is_left_alone(kind: Kind) -> Result<()> {
    let practice = pool::practice(CHATS)?;
    let agent = Agent::start(kind, &practice, "?csp=nowasm")?;
    match kind {
        Kind::Chromium => agent.see(Place::Page, "[data-baton=refused]", "allows no WebAssembly")?,
        // Firefox does not apply the page's policy to content scripts.
        Kind::Firefox => agent.see(Place::Overlay, ".sidebar", "Tags")?,
    }
    agent.open_chat("Mei Lin")?;
    whatsapp_works(&agent, &practice, COMPOSER)
}

fn a_full_sync_is_told_and_goes_on_when_there_is_room(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    agent.see(Place::Overlay, ".status", "Synced")?;
    // Items of others fill the quota.
    let filler: Vec<String> = (0..13).map(|n| format!("other-{n}")).collect();
    for name in &filler {
        let free = agent.storage("sync.getBytesInUse(null)", Value::Null)?.as_u64().unwrap_or_default();
        let size = usize::try_from(102_100_u64.saturating_sub(free).min(8_000)).unwrap_or_default();
        if size > 60 {
            agent.storage("sync.set(arg)", json!({ name.as_str(): "x".repeat(size - 40) }))?;
        }
    }
    agent.open_chat("Mei Lin")?;
    agent.see(Place::Overlay, ".chat h2", "Mei Lin")?;
    for n in [1, 2, 3] {
        agent.click(Place::Overlay, &format!(".pill:nth-child({n})"))?;
    }
    agent.browser.session.press("Alt+c")?;
    agent.see_chips("Mei Lin", &["Order", "Returns", "+1", "AS"])?;
    agent.click(Place::Overlay, ".add")?;
    agent
        .browser
        .session
        .type_text("A tag with a name that takes some room\nAnd one more that takes some room\n")?;
    agent.see(Place::Overlay, ".notice", "Browser sync is full")?;
    // The edits are stored in this browser.
    agent.reload("")?;
    agent.see_chips("Mei Lin", &["Order", "Returns", "+1", "AS"])?;
    // Once there is room, they are published without a click.
    agent.storage("sync.remove(arg)", json!(filler))?;
    agent.see_none(Place::Overlay, ".notice")
}

fn a_killed_hub_loses_nothing(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    agent.open_chat("Mei Lin")?;
    agent.see(Place::Overlay, ".chat h2", "Mei Lin")?;
    // The hub is killed directly after an op, so that the op may be stored or not.
    agent.click(Place::Overlay, ".pill:nth-child(1)")?;
    agent.browser.kill_hub()?;
    // The next op wakes the hub. The page also sends the unacknowledged op again.
    agent.click(Place::Overlay, ".pill:nth-child(2)")?;
    agent.see_chips("Mei Lin", &["Order", "Returns"])?;
    until("all is on disk", || {
        let status = agent.texts(Place::Overlay, ".status")?.concat();
        Ok((!status.contains('…')).then_some(()))
    })?;
    agent.browser.kill_hub()?;
    agent.reload("")?;
    agent.see_chips("Mei Lin", &["Order", "Returns"])
}

fn two_edits_that_wake_the_hub_both_stand(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    agent.open_desk("tags")?;
    until("the tags are there", || {
        Ok((agent.texts(Place::Page, "#desk .tag-line")?.len() == 3).then_some(()))
    })?;
    agent.browser.kill_hub()?;
    let both =
        "[...document.querySelectorAll('#desk .tag-line .danger')].slice(0, 2).forEach((it) => it.click())";
    agent.browser.session.run(both, &[])?;
    agent.close_desk()?;
    agent.see_all(Place::Overlay, ".tag-row .name", &["Urgent"])?;
    agent.browser.kill_hub()?;
    agent.reload("")?;
    agent.see_all(Place::Overlay, ".tag-row .name", &["Urgent"])
}

fn an_updated_extension_says_so(kind: Kind) -> Result<()> {
    let (practice, agent) = member(kind)?;
    agent.open_chat("Mei Lin")?;
    agent.replace_extension()?;
    match kind {
        // The old Baton stays on the page, cut off from its hub.
        Kind::Chromium => {
            agent.click(Place::Overlay, ".pill:nth-child(1)")?;
            agent.see(Place::Overlay, ".sidebar", "Baton was updated or removed")?;
        }
        // Firefox starts the new version in open pages.
        Kind::Firefox => agent.see_all(Place::Overlay, ".tag-row .name", &["Order", "Returns", "Urgent"])?,
    }
    whatsapp_works(&agent, &practice, COMPOSER)?;
    agent.reload("")?;
    agent.see_all(Place::Overlay, ".tag-row .name", &["Order", "Returns", "Urgent"])
}

fn foreign_items_are_left_alone(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    let published = until("the team is published", || {
        let items = agent.storage("sync.get(null)", Value::Null)?;
        Ok(items.as_object().filter(|items| !items.is_empty()).cloned())
    })?;
    // An item of others, one of an unknown format under a name like ours, and an incomplete shard of another device.
    let (name, text) =
        published.iter().find(|(_, text)| text.is_string()).map(|(k, v)| (k.clone(), v.clone())).unwrap();
    let foreign: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { 'Q' } else { c }).collect();
    let torn: String = text.as_str().unwrap_or_default().chars().rev().collect();
    let items = json!({ "theirs": { "a": [1, 2] }, (foreign.clone()): torn });
    agent.storage("sync.set(arg)", items.clone())?;
    agent.open_chat("Mei Lin")?;
    agent.see(Place::Overlay, ".chat h2", "Mei Lin")?;
    agent.click(Place::Overlay, ".pill:nth-child(1)")?;
    agent.see_chips("Mei Lin", &["Order"])?;
    until("the edit is published", || {
        let now = agent.storage("sync.get(null)", Value::Null)?;
        let changed = published.iter().any(|(name, text)| now[name] != *text);
        ensure!(
            now["theirs"] == items["theirs"] && now[&foreign] == items[&foreign],
            "foreign items were touched"
        );
        Ok(changed.then_some(()))
    })
}

fn hostile_text_is_text(kind: Kind) -> Result<()> {
    let (_practice, agent) = newcomer(kind)?;
    agent.introduce("Eve <img src=x onerror=alert(1)>")?;
    for title in ["<b>Bob</b> & \"Co\"", "Dana \u{202e}evil\u{202c} K"] {
        agent.open_chat(title)?;
        agent.see(Place::Overlay, ".chat h2", title)?;
    }
    let names = ["<img src=x onerror=alert(1)>", "\u{202e}gnorw\u{202c}", "नमस्ते 👩‍👩‍👧 z\u{301}"];
    agent.click(Place::Overlay, ".add")?;
    for name in names {
        agent.browser.session.type_text(name)?;
        agent.browser.session.press("Enter")?;
    }
    agent.see_all(Place::Overlay, ".tag-row .name", &names)?;
    // A lone surrogate and a NUL, which a page or a paste can contain.
    agent.paste_into_new_tag("a\\ud800b\\u0000c")?;
    agent.browser.session.press("Enter")?;
    until("four tags", || Ok((agent.texts(Place::Overlay, ".tag-row .name")?.len() == 4).then_some(())))?;
    agent.reload("")?;
    until("four tags are stored", || {
        Ok((agent.texts(Place::Overlay, ".tag-row .name")?.len() == 4).then_some(()))
    })?;
    until("they are published", || {
        let items = agent.storage("sync.get(null)", Value::Null)?;
        Ok(items.as_object().filter(|items| !items.is_empty()).map(|_| ()))
    })
}

fn namesakes_are_not_guessed(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    agent.open_chat("Alex")?;
    agent.see(Place::Overlay, ".chat .empty", "Several chats are called Alex")?;
    agent.browser.session.press("Alt+c")?;
    agent.drawn()?;
    agent.see_chips("Alex", &[])
}

fn what_was_said_of_a_namesake_holds_while_the_list_scrolls(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    let session = &agent.browser.session;
    agent.open_chat("Alex")?;
    agent.see(Place::Overlay, ".chat .empty", "Several chats are called Alex")?;
    agent.click(Place::Overlay, ".chat [data-row] button")?;
    agent.see(Place::Overlay, ".chat h2", "Alex")?;
    agent.see_none(Place::Overlay, ".chat .empty")?;
    session.press("Alt+o")?;
    agent.find(Place::Overlay, ".chat .form")?;
    until("its row leaves the list", || {
        let script = "const list = document.querySelector('#side #pane-side'); list.scrollTop = list.scrollHeight; \
            return list.querySelector('span[title=Alex]') === null";
        Ok((session.run(script, &[])? == true).then_some(()))
    })?;
    let drawn = "const [done] = arguments; setTimeout(() => requestAnimationFrame(() => done(true)), 100)";
    session.run_async(drawn, &[])?;
    agent.see(Place::Overlay, ".chat h2", "Alex")?;
    agent.find(Place::Overlay, ".chat .form")?;
    // Now open the other chat of this title.
    until("its row is back", || {
        let script = "document.querySelector('#side #pane-side').scrollTop = 0; \
            return document.querySelectorAll('#side #pane-side span[title=Alex]').length";
        Ok((session.run(script, &[])? == 2).then_some(()))
    })?;
    let other = "const rows = [...document.querySelectorAll('#side #pane-side [style*=translateY]')] \
        .filter((row) => row.querySelector('span[title=Alex]') && !row.querySelector('[aria-selected=true]')); \
        rows[0].scrollIntoView({ block: 'nearest' }); return rows[0]";
    let row = session.run(other, &[])?;
    session.click(&Element::from_value(&row).context("the other one has a row")?)?;
    agent.see(Place::Overlay, ".chat .empty", "Several chats are called Alex")
}

fn whatsapps_own_dialog_keeps_its_keys(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    agent.open_chat("Mei Lin")?;
    agent.click(Place::Page, "[aria-label=Settings]")?;
    agent.find(Place::Page, "[role=dialog]")?;
    agent.browser.session.press("Alt+q")?;
    agent.browser.session.press("Alt+c")?;
    agent.drawn()?;
    agent.see_none(Place::Overlay, ".palette")?;
    agent.see_chips("Mei Lin", &[])
}

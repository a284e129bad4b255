//! Tests on a busy page: chips stay with their chats while the list scrolls fast, layouts change at run time, and
//! WhatsApp's own nodes are not changed.

use anyhow::{Context, Result, ensure};
use baton_tests::harness::{Agent, Browser, Kind, Launch, Place, until};
use serde_json::{Value, json};

use super::member;

in_both! {
    no_chip_is_on_a_wrong_row_in_any_frame
    layouts_change_under_baton
    whatsapps_own_nodes_stay_as_they_are
}

/// Chats with tags, and their tags. They are far enough apart that they come and go while the list scrolls.
const TAGGED: [(&str, usize, &str); 4] = [
    ("Mei Lin", 1, "Order"),
    ("李雷", 2, "Returns"),
    ("Harbour team", 3, "Urgent"),
    ("Lena Fischer 🎨", 1, "Order"),
];

fn no_chip_is_on_a_wrong_row_in_any_frame(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    for (title, tag, name) in TAGGED {
        tag_chat(&agent, title, tag, name)?;
    }
    let wanted: serde_json::Map<String, Value> =
        TAGGED.iter().map(|(title, _, name)| ((*title).to_owned(), json!([name]))).collect();
    // The script reads each frame right after it was painted.
    let seen = agent.in_chips(
        "const [root, wanted, done] = arguments; \
         const box = document.querySelector('#side #pane-side'); const channel = new MessageChannel(); \
         let step = 150, shown = 0; const wrong = []; \
         const rows = () => [...box.querySelectorAll('span[dir=auto][title]')].map((span) => \
             ({ title: span.title, top: span.closest('[style*=translateY]').getBoundingClientRect().top })); \
         const look = () => { const all = rows(); \
             for (const frame of root.querySelectorAll('.row-frame:not([hidden])')) { \
                 const { top, height } = frame.getBoundingClientRect(); \
                 if (height === 0) continue; \
                 const chips = JSON.stringify([...frame.querySelectorAll('.chips > *')].map((it) => it.textContent)); \
                 const row = all.find((it) => Math.abs(it.top - top) < 2); shown += 1; \
                 if (!row || JSON.stringify(wanted[row.title] ?? []) !== chips) wrong.push([box.scrollTop, row?.title ?? null, chips]); } }; \
         const tick = () => { box.scrollTop += step; channel.port2.postMessage(0); }; \
         channel.port1.onmessage = () => { look(); \
             if (step > 0 && box.scrollTop + box.clientHeight >= box.scrollHeight - 1) step = -step; \
             if (step < 0 && box.scrollTop <= 0) done({ shown, wrong }); else requestAnimationFrame(tick); }; \
         box.scrollTop = 0; requestAnimationFrame(tick);",
        &Value::Object(wanted),
    )?;
    ensure!(seen["wrong"] == json!([]), "chips on wrong rows: {}", seen["wrong"]);
    let shown = seen["shown"].as_u64().context("a number")?;
    ensure!(shown > 20, "chips were seen {shown} times only");
    Ok(())
}

fn layouts_change_under_baton(kind: Kind) -> Result<()> {
    let (practice, agent) = member(kind)?;
    tag_chat(&agent, "Mei Lin", 1, "Order")?;
    let sent = practice.account().sent("Mei Lin");
    for layout in ["2023-05", "2024-08", "2025-12", "2026-06"] {
        agent.browser.session.run("window.practice.relayout(arguments[0])", &[json!(layout)])?;
        agent.see_chips("Mei Lin", &["Order"]).context(layout)?;
        agent.see(Place::Overlay, ".chat h2", "Mei Lin").context(layout)?;
        agent.open_chat("Jonas Weber").context(layout)?;
        agent.see(Place::Overlay, ".chat h2", "Jonas Weber").context(layout)?;
        agent.open_chat("Mei Lin").context(layout)?;
        agent.see(Place::Overlay, ".pill[aria-pressed='true'] .name", "Order").context(layout)?;
        agent.browser.session.press("Alt+q")?;
        agent.find(Place::Overlay, ".palette").context(layout)?;
        agent.browser.session.type_text("thx")?;
        agent.browser.session.press("Enter")?;
        agent.see_draft("Thank you, and have a good day!").context(layout)?;
        agent.browser.session.press("Control+a")?;
        agent.browser.session.press("Delete")?;
        agent.see_draft("").context(layout)?;
    }
    ensure!(practice.account().sent("Mei Lin") == sent, "something was sent");
    Ok(())
}

fn whatsapps_own_nodes_stay_as_they_are(kind: Kind) -> Result<()> {
    let (practice, agent) = member(kind)?;
    tag_chat(&agent, "Mei Lin", 1, "Order")?;
    let launch = Launch::behind(practice.proxy(), None);
    let bare = Browser::start(kind, &launch)?;
    bare.session.go("https://web.whatsapp.com/")?;
    let open = "const name = [...document.querySelectorAll('#side #pane-side span[dir=auto][title]')] \
        .find((span) => span.title === 'Mei Lin'); \
        name?.dispatchEvent(new MouseEvent('mousedown', { bubbles: true })); \
        return document.querySelector('div#main footer [contenteditable=true]') !== null";
    until("the chat is open in the bare page", || {
        Ok((bare.session.run(open, &[])? == json!(true)).then_some(()))
    })?;
    // Lists every element with the names of its attributes and the number of its children, except Baton's nodes.
    let shape = "const ours = (node) => node.hasAttribute('data-baton'); let hosts = 0; const lines = []; \
        const walk = (node, depth) => { if (ours(node)) { hosts += 1; return; } \
            const children = [...node.children]; \
            lines.push(depth + node.localName + ' ' + node.getAttributeNames().sort() + ' ' + children.filter((it) => !ours(it)).length); \
            for (const child of children) walk(child, depth + ' '); }; \
        walk(document.querySelector('#app'), ''); return { lines, hosts };";
    let same = until("both pages have the same nodes", || {
        let (ours, theirs) = (agent.browser.session.run(shape, &[])?, bare.session.run(shape, &[])?);
        Ok((ours["lines"] == theirs["lines"]).then_some(ours))
    });
    let ours = same.context("WhatsApp's nodes differ with Baton on the page")?;
    // The host of the chips is in the list's scroller. No other node of Baton's is in the app.
    ensure!(ours["hosts"] == json!(1), "{} hosts of ours are in the app", ours["hosts"]);
    Ok(())
}

fn tag_chat(agent: &Agent, title: &str, tag: usize, name: &str) -> Result<()> {
    agent.open_chat(title)?;
    agent.see(Place::Overlay, ".chat h2", title)?;
    agent.click(Place::Overlay, &format!(".pill:nth-child({tag})"))?;
    agent.see(Place::Overlay, ".pill[aria-pressed='true'] .name", name)
}

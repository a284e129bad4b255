//! Tests of importing files of other tools.

use std::fs;

use anyhow::{Result, ensure};
use baton_tests::harness::{Kind, Place, root, until};

use super::member;

in_both! {
    a_table_is_shown_with_what_can_not_be_taken_and_taken_back
    a_table_in_another_encoding_is_read_as_it_was_written
    a_long_table_shows_how_far_it_is_and_is_refused_with_its_length
    a_bomb_is_refused
    reading_that_is_stopped_ends_and_leaves_nothing
    an_importer_that_fails_is_told_and_nothing_is_imported
}

fn a_table_is_shown_with_what_can_not_be_taken_and_taken_back(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("replies.csv");
    fs::write(
        &file,
        "title,shortcut,text,folder,tags\nParcel,pc,\"On its way,\n{name}\",Shipping,vip\nEmpty,e,,,\nSum,sum,'=1+1,,\n",
    )?;
    agent.open_desk("files")?;
    agent.choose(&file)?;
    agent.see(Place::Page, "#desk .counts", "2 new replies")?;
    agent.see(Place::Page, "#desk .card > p", "your team has no such tags: vip")?;
    agent.see(Place::Page, "#desk .left li", "Line 4")?;
    agent.see(Place::Page, "#desk .left li", "It has no text")?;
    agent.click(Place::Page, "#desk .sticky .primary")?;
    agent.see(Place::Page, "#desk .toast", "2 changes imported")?;
    agent.close_desk()?;
    let keys = &agent.browser.session;
    agent.open_chat("Mei Lin")?;
    keys.press("Alt+q")?;
    agent.find(Place::Overlay, ".palette")?;
    keys.type_text("sum")?;
    agent.see(Place::Overlay, ".palette > .reads", "=1+1")?;
    keys.press("Control+a")?;
    keys.type_text("pc")?;
    keys.press("Enter")?;
    agent.see_draft("On its way,\nMei Lin")
}

fn a_table_in_another_encoding_is_read_as_it_was_written(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    let folder = tempfile::tempdir()?;
    agent.open_desk("files")?;
    agent.choose(&root().join("tests/samples/replies-gbk.csv"))?;
    agent.find(Place::Page, "#desk .changes li")?;
    ensure!(!agent.texts(Place::Page, "#desk .changes")?.concat().contains('\u{fffd}'), "it is noise");
    agent.see(Place::Page, "#desk .changes", "退")?;
    agent.click(Place::Page, "#desk .sticky button:not(.primary)")?;
    let wide = folder.path().join("wide.csv");
    let text = "\u{feff}title,shortcut,text\r\n营业时间,yy,九点到六点\r\n";
    fs::write(&wide, text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>())?;
    agent.choose(&wide)?;
    agent.see(Place::Page, "#desk .changes", "九点到六点")
}

fn a_long_table_shows_how_far_it_is_and_is_refused_with_its_length(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("long.csv");
    let rows: Vec<String> = (0..20_000).map(|n| format!("Reply {n},r{n},Text number {n}")).collect();
    fs::write(&file, format!("title,shortcut,text\n{}\n", rows.join("\n")))?;
    agent.open_desk("files")?;
    // The progress bar disappears before a test could read it, so an observer records its values.
    let watch = "window.seen = []; new MutationObserver(() => { \
        const bar = document.querySelector('[role=progressbar]'); \
        if (bar?.getClientRects().length) window.seen.push(Number(bar.ariaValueNow)); \
        }).observe(document.getElementById('desk'), { subtree: true, attributes: true });";
    agent.browser.session.run(watch, &[])?;
    // Worker messages are delivered one by one, so that each step is drawn even on a busy machine.
    let step_by_step = "window.Worker = class extends Worker { constructor(...args) { super(...args); \
        const held = []; \
        const next = () => { const event = new MessageEvent('message', { data: held[0] }); event.own = true; \
            this.dispatchEvent(event); held.shift(); if (held.length) requestAnimationFrame(next); }; \
        this.addEventListener('message', (event) => { if (event.own) return; event.stopImmediatePropagation(); \
            held.push(event.data); if (held.length === 1) requestAnimationFrame(next); }); } };";
    agent.browser.session.run(step_by_step, &[])?;
    agent.choose(&file)?;
    agent.see(Place::Page, "#desk .card h2", "20000 entries")?;
    let seen = agent.browser.session.run("return window.seen", &[])?;
    let seen: Vec<f64> = seen.as_array().into_iter().flatten().filter_map(|it| it.as_f64()).collect();
    ensure!(seen.iter().any(|it| (1.0..100.0).contains(it)), "{seen:?}");
    ensure!(seen.is_sorted(), "{seen:?}");
    Ok(())
}

fn a_bomb_is_refused(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("bomb.yml");
    let mut bomb = String::from("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for n in 1..30 {
        let before = vec![format!("*a{}", n - 1); 9].join(", ");
        bomb.push_str(&format!("a{n}: &a{n} [{before}]\n"));
    }
    bomb.push_str("matches:\n  - trigger: x\n    replace: *a29\n");
    fs::write(&file, bomb)?;
    agent.open_desk("files")?;
    agent.choose(&file)?;
    until("it is refused", || {
        let words = agent.texts(Place::Page, "#desk .card h2")?.concat();
        Ok(words.contains("Nothing was changed").then_some(()))
    })
}

/// A table that is read at once.
const TABLE: &str = "title,shortcut,text\nParcel,pc,On its way\n";

fn reading_that_is_stopped_ends_and_leaves_nothing(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    let folder = tempfile::tempdir()?;
    let long = folder.path().join("long.yml");
    let all: Vec<String> =
        (0..120_000).map(|n| format!("  - trigger: \":r{n}\"\n    replace: \"Text number {n}\"\n")).collect();
    fs::write(&long, format!("matches:\n{}", all.concat()))?;
    agent.open_desk("files")?;
    let run = |script| agent.browser.session.run(script, &[]);
    run("window.ended = 0; const end = Worker.prototype.terminate; \
        Worker.prototype.terminate = function () { window.ended += 1; end.call(this); };")?;
    agent.choose(&long)?;
    agent.find(Place::Page, "#desk [role=progressbar]")?;
    agent.click(Place::Page, "#desk .sticky button:not(.primary)")?;
    agent.see_none(Place::Page, "#desk .sticky")?;
    ensure!(run("return window.ended")? == 1, "what reads has ended");
    // The next import works, and only it is shown.
    let table = folder.path().join("replies.csv");
    fs::write(&table, TABLE)?;
    agent.choose(&table)?;
    agent.see(Place::Page, "#desk .counts", "1 new reply")?;
    ensure!(run("return window.ended")? == 2, "what has read has ended");
    Ok(())
}

fn an_importer_that_fails_is_told_and_nothing_is_imported(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    let folder = tempfile::tempdir()?;
    let table = folder.path().join("replies.csv");
    fs::write(&table, TABLE)?;
    agent.open_desk("files")?;
    let starts = [
        // The worker may not start, or its script is missing or throws.
        "constructor() { super('data:text/javascript,'); }",
        "constructor() { super('missing.js'); }",
        "constructor() { super('desk.js'); }",
        // The worker receives something that is not a file, and fails.
        "postMessage() { super.postMessage(['replies.csv', -1]); }",
        // The worker sends an invalid answer.
        "postMessage() { this.say({ Ok: { team: { replies: [{ title: 5 }] }, left: [] } }); }",
        "postMessage() { this.say({ Err: { name: 'toast_imported', with: [] } }); }",
        "postMessage() { this.say('done'); }",
    ];
    for start in starts {
        let script = format!(
            "window.Real ??= Worker; window.Worker = class extends Real {{ {start} \
             say(data) {{ setTimeout(() => this.dispatchEvent(new MessageEvent('message', {{ data }}))); }} }};"
        );
        agent.browser.session.run(&script, &[])?;
        agent.choose(&table)?;
        agent.see(Place::Page, "#desk .card h2", "was not read to its end")?;
        agent.see_none(Place::Page, "#desk .sticky .primary")?;
        agent.click(Place::Page, "#desk .sticky button:not(.primary)")?;
        agent.see_none(Place::Page, "#desk .sticky")?;
    }
    agent.browser.session.run("window.Worker = Real;", &[])?;
    agent.choose(&table)?;
    agent.see(Place::Page, "#desk .counts", "1 new reply")
}

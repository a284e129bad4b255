//! Replies from other tools' files.

use std::fs;

use anyhow::{Result, ensure};
use baton_tests::harness::{Kind, Place, root, until};

use super::member;

in_both! {
    a_table_is_shown_with_what_can_not_be_taken_and_taken_back
    a_table_in_another_encoding_is_read_as_it_was_written
    a_long_table_shows_how_far_it_is_and_is_refused_with_its_length
    a_bomb_is_refused
}

fn a_table_is_shown_with_what_can_not_be_taken_and_taken_back(kind: Kind) -> Result<()> {
    let (_practice, agent) = member(kind)?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("replies.csv");
    fs::write(
        &file,
        "title,shortcut,text,folder\nParcel,pc,\"On its way,\n{name}\",Shipping\nEmpty,e,,\nSum,sum,'=1+1,\n",
    )?;
    agent.open_desk("files")?;
    agent.choose(&file)?;
    agent.see(Place::Page, "#desk .counts", "2 new replies")?;
    agent.see(Place::Page, "#desk .left li", "Line 4")?;
    agent.see(Place::Page, "#desk .left li", "It has no text")?;
    agent.click(Place::Page, "#desk .sticky .primary")?;
    agent.see(Place::Page, "#desk .toast", "2 changes imported")?;
    agent.close_desk()?;
    let keys = &agent.browser.session;
    agent.open_chat("Mei Lin")?;
    keys.press("Control+k")?;
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
    // What is shown on the way is gone before anybody could ask for it.
    let watch = "window.seen = []; new MutationObserver(() => { \
        const bar = document.querySelector('[role=progressbar]'); \
        if (bar?.getClientRects().length) window.seen.push(Number(bar.ariaValueNow)); \
        }).observe(document.getElementById('desk'), { subtree: true, attributes: true });";
    agent.browser.session.run(watch, &[])?;
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
